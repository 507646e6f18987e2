//! `fieldbook exam`.

use crate::args::{Exam, OutcomeArg};
use crate::opened::Machine;
use crate::print::{Done, Failure};
use crate::progress::Progress;
use crate::retention;
use fieldbook_app::wire::{
    ApplicabilityRequest, ApplicabilityWord, CountsView, DestroyRequest, EditionView, ExamNewRequest,
    ExamRequest, ExamStateWord,
};
use fieldbook_app::{AppError, Told, checklist, edition, exam, practice, profile};
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
            let examiners = if examiners.is_empty() { vec![machine.operator()] } else { examiners.clone() };
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
        Exam::Override { exam, clause, outcome, reason } => {
            let mut desk = machine.exam(exam)?;
            let request = ApplicabilityRequest {
                clause: clause.clone(),
                applicability: decided(*outcome),
                reason: reason.clone(),
            };
            let item = checklist::applicability_set(&mut desk, &request)?;
            let line =
                format!("{}  {}  {}", item.line.clause, word(item.line.applicability), item.line.reason);
            Ok(Done::new(json!({ "clause": item.line.clause, "outcome": item.line.applicability,
                                 "overridden": item.line.overridden, "reason": item.line.reason }))
            .line(line))
        }
        Exam::Carry { exam, from, preview } => carry(machine, exam, from, *preview),
        Exam::Seal { exam, reason } => retention::put_away(machine, exam, ExamStateWord::Sealed, reason),
        Exam::Unseal { exam, reason } => retention::put_away(machine, exam, ExamStateWord::Open, reason),
        Exam::Archive { exam, reason } => retention::put_away(machine, exam, ExamStateWord::Archived, reason),
        Exam::Destroy { exam, confirm, reason, witness, before_due } => {
            let request = DestroyRequest {
                exam: exam.clone(),
                typed: confirm.clone(),
                reason: reason.clone(),
                witness: witness.clone(),
                before_due: before_due.clone(),
            };
            retention::destroy(machine, &request)
        }
        Exam::Sample { remove: None } => practice_made(machine),
        Exam::Sample { remove: Some(exam) } => {
            practice::remove(&mut machine.unlocked()?, &ExamRequest { exam: exam.clone() })?;
            Ok(Done::new(json!({ "removed": exam })).line(format!("{exam} 已移除。")))
        }
        Exam::Retention => retention::list(machine),
        Exam::Record { exam, out } => retention::record(machine, exam, out),
        Exam::Editions { exam } => {
            let desk = machine.exam(exam)?;
            let view = edition::editions(&desk)?;
            let line = |d: &EditionView| {
                let pinned = d.pinned.clone().unwrap_or_else(|| "（本案無此文件）".to_owned());
                let note = if d.same { "" } else { "  與新案所用版本不同" };
                format!("{}  {}  {pinned}{note}", d.document, d.title)
            };
            let rows: Vec<_> = view
                .documents
                .iter()
                .map(
                    |d| json!({ "id": d.document, "pinned": d.pinned, "current": d.version, "same": d.same }),
                )
                .collect();
            Ok(Done::new(json!(rows)).lines(view.documents.iter().map(line)))
        }
    }
}

fn decided(outcome: OutcomeArg) -> Option<ApplicabilityWord> {
    match outcome {
        OutcomeArg::Applicable => Some(ApplicabilityWord::Applicable),
        OutcomeArg::NotApplicable => Some(ApplicabilityWord::NotApplicable),
        OutcomeArg::Substituted => Some(ApplicabilityWord::Substituted),
        OutcomeArg::Waived => Some(ApplicabilityWord::Waived),
        OutcomeArg::Profile => None,
    }
}

/// Makes the exam to practise on.
fn practice_made(machine: Machine) -> Result<Done, Failure> {
    let mut desk = machine.unlocked()?;
    let mut progress = Progress::new();
    let made = practice::make(&mut desk, &mut |told| match told {
        Told::Import(view) => progress.tell(&view),
        Told::Run(view) => progress.say(f64::from(view.done) / f64::from(view.of.max(1)), &view.title),
        _ => {}
    });
    progress.end();
    let view = made?;
    Ok(Done::new(json!({ "exam": view.head.id, "items": counts(view.counts) }))
        .line(format!("已建立範例查核案 {}：資料均為虛構，僅供練習。", view.head.id)))
}

fn carry(machine: Machine, exam: &str, from: &str, preview: bool) -> Result<Done, Failure> {
    let mut desk = machine.exam(exam)?;
    let request = ExamRequest { exam: from.to_owned() };
    let view = edition::carry_preview(&desk, &request)?;
    let again: Vec<_> = view
        .lines
        .iter()
        .filter(|l| !l.again.is_empty())
        .map(|l| json!({ "clause": l.clause, "unit": l.unit, "system": l.system, "why": l.again }))
        .collect();
    if !preview {
        edition::carry(&mut desk, &request)?;
    }
    let verb = if preview { "可沿用" } else { "已沿用" };
    let lines = view.lines.iter().filter(|l| !l.again.is_empty());
    Ok(Done::new(json!({ "carried": view.carried, "again": again, "stored": !preview }))
        .line(format!("{verb} {} 項；須重新查核 {} 項", view.carried, again.len()))
        .lines(lines.map(|l| format!("{}  {}", l.clause, l.again))))
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
                              "reason": item.reason, "result": item.result, "overridden": item.overridden,
                              "due": item.due, "answered": item.answered, "awaited": item.awaited }),
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
