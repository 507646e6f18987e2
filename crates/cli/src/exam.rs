//! `fieldbook exam`.

use crate::args::Exam;
use crate::opened::Machine;
use crate::print::{Done, Failure};
use fieldbook_app::wire::{ApplicabilityWord, CountsView, ExamNewRequest};
use fieldbook_app::{AppError, checklist, exam, profile};
use serde_json::json;

/// Runs a call.
pub fn run(machine: Machine, call: &Exam) -> Result<Done, Failure> {
    match call {
        Exam::New { firm, profile: file, as_of, period, examiners, case_no } => {
            let (from, to) = period
                .split_once("..")
                .ok_or_else(|| Failure::words(AppError::new("bad_call").with("what", "--period D1..D2")))?;
            let text = std::fs::read_to_string(file)
                .map_err(|_| AppError::new("file_unreadable").with("file", name(file)))?;
            let examiners = if examiners.is_empty() { vec![operator()] } else { examiners.clone() };
            let request = ExamNewRequest {
                firm: firm.clone(),
                case_no: case_no.clone(),
                as_of: as_of.clone(),
                period_from: from.to_owned(),
                period_to: to.to_owned(),
                examiners,
            };
            let (facts, systems) = profile::profile_from_text(machine.bundle_desk(), &text)?;
            let mut desk = machine.unlocked()?;
            let view = exam::exam_create_with(&mut desk, &request, facts, systems)?;
            Ok(Done::new(json!({ "exam": view.head.id, "items": counts(view.counts) })).line(format!(
                "已建立查核案 {}：適用 {}、不適用 {}、待確認 {}",
                view.head.id, view.counts.applicable, view.counts.not_applicable, view.counts.undetermined
            )))
        }
        Exam::Items { exam } => items(machine, exam),
    }
}

/// Who is at the keyboard, when nobody is named: every record needs a person.
fn operator() -> String {
    let named =
        ["USERNAME", "USER", "LOGNAME"].iter().filter_map(|v| std::env::var(v).ok()).find(|v| !v.is_empty());
    named.unwrap_or_else(|| "查核人員".to_owned())
}

/// File name for a message: the path stays with the caller.
pub fn name(path: &std::path::Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn counts(c: CountsView) -> serde_json::Value {
    json!({ "applicable": c.applicable, "not_applicable": c.not_applicable, "undetermined": c.undetermined })
}

fn items(machine: Machine, exam: &str) -> Result<Done, Failure> {
    let desk = machine.exam(exam)?;
    let mut rows = Vec::new();
    let mut lines = Vec::new();
    for document in checklist::checklist(&desk)?.documents {
        for item in document.chapters.into_iter().flat_map(|c| c.items) {
            // The contract has three words; a better standard or a met exception still applies to the firm.
            let applicability = match item.applicability {
                ApplicabilityWord::Substituted | ApplicabilityWord::Waived => ApplicabilityWord::Applicable,
                word => word,
            };
            lines.push(format!("{}  {}  {}", item.clause, word(item.applicability), item.reason));
            rows.push(
                json!({ "clause": item.clause, "applicability": applicability, "outcome": item.applicability,
                              "reason": item.reason, "result": item.result }),
            );
        }
    }
    Ok(Done::new(json!(rows)).lines(lines))
}

fn word(w: ApplicabilityWord) -> &'static str {
    match w {
        ApplicabilityWord::Applicable => "適用",
        ApplicabilityWord::NotApplicable => "不適用",
        ApplicabilityWord::Undetermined => "待確認",
        ApplicabilityWord::Substituted => "依較佳規範",
        ApplicabilityWord::Waived => "得排除",
    }
}
