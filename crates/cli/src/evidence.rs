//! `fieldbook evidence`.

use crate::args::{Evidence, EvidenceAdd, Transfer};
use crate::export::exported;
use crate::finding::{evidence_ids, number};
use crate::opened::{Machine, work_as};
use crate::print::{Done, Failure};
use fieldbook_app::evidence as custody;
use fieldbook_app::wire::{
    CustodyRequest, EvidenceAbout, EvidenceAddRequest, EvidenceExportRequest, EvidencePageRequest,
    EvidenceRequest, PreviewKindWord,
};
use serde_json::json;

/// Runs an evidence call.
pub fn evidence(machine: Machine, call: &Evidence) -> Result<Done, Failure> {
    match call {
        Evidence::Add(call) => add(machine, call),
        Evidence::List { exam } => {
            let all = custody::evidence(&machine.exam(exam)?)?;
            let lines = all.iter().map(|e| format!("{}  {}  {}", e.number, e.name, e.source));
            Ok(Done::new(json!(all)).lines(lines))
        }
        Evidence::Export { exam, evidence, out } => {
            let (mut desk, id) = (machine.exam(exam)?, id_of(evidence)?);
            let path = out.to_string_lossy().into_owned();
            Ok(exported(&custody::evidence_export(&mut desk, &EvidenceExportRequest { id, path })?))
        }
        Evidence::Show { exam, evidence } => {
            let (desk, id) = (machine.exam(exam)?, id_of(evidence)?);
            let chain = custody::evidence_custody(&desk, &EvidenceRequest { id })?;
            let piece = custody::evidence(&desk)?.into_iter().find(|e| e.id == id);
            let lines = chain.iter().map(|c| {
                let event = json!(c.event);
                format!(
                    "{}  {}  {} → {}  {}",
                    c.happened_at,
                    event.as_str().unwrap_or_default(),
                    c.from,
                    c.to,
                    c.by
                )
            });
            let lines: Vec<String> = lines.collect();
            Ok(Done::new(json!({ "piece": piece, "custody": chain })).lines(lines))
        }
        Evidence::Transfer(call) => transfer(machine, call),
        Evidence::Preview { exam, evidence, sheet } => preview(machine, exam, id_of(evidence)?, *sheet),
    }
}

fn id_of(evidence: &str) -> Result<i64, Failure> {
    Ok(evidence_ids(&[evidence.to_owned()])?.first().copied().unwrap_or_default())
}

fn transfer(machine: Machine, call: &Transfer) -> Result<Done, Failure> {
    let mut desk = machine.exam(&call.exam)?;
    work_as(&mut desk, call.examiner.as_deref())?;
    let request = CustodyRequest {
        id: id_of(&call.evidence)?,
        event: call.event.into(),
        from: call.from.clone(),
        to: call.to.clone(),
        place: call.place.clone(),
        purpose: call.purpose.clone(),
        condition: call.condition.clone(),
        seal: call.seal.clone(),
        receipt: call.receipt.clone(),
        happened_at: call.at.clone(),
    };
    let piece = custody::evidence_record(&mut desk, &request)?;
    Ok(Done::new(json!(piece)).line(format!("已登錄 {}", piece.number)))
}

/// Pictures and pages are told of and not shown: a file of them would be plaintext that nobody asked for.
fn preview(machine: Machine, exam: &str, id: i64, sheet: u32) -> Result<Done, Failure> {
    let mut desk = machine.exam(exam)?;
    let facts = custody::evidence_preview(&mut desk, &EvidenceRequest { id })?;
    let mut shown = json!(facts);
    let mut lines = Vec::new();
    match facts.kind {
        PreviewKindWord::Text => {
            let text = custody::evidence_text(&mut desk, &EvidenceRequest { id })?;
            lines.extend(text.text.lines().map(str::to_owned));
            shown["text"] = json!(text);
        }
        PreviewKindWord::Sheets => {
            let request = EvidencePageRequest { id, page: sheet.saturating_sub(1), width: 0 };
            let grid = custody::evidence_grid(&mut desk, &request)?;
            lines.extend(grid.rows.iter().map(|row| row.cells.join("\t")));
            shown["grid"] = json!(grid);
        }
        _ => lines.push(format!("{} 頁", facts.pages)),
    }
    Ok(Done::new(shown).lines(lines))
}

fn add(machine: Machine, call: &EvidenceAdd) -> Result<Done, Failure> {
    let mut desk = machine.exam(&call.exam)?;
    let findings = call.findings.iter().map(|f| number(&desk, f)).collect::<Result<Vec<_>, _>>()?;
    let request = EvidenceAddRequest {
        path: call.file.to_string_lossy().into_owned(),
        about: EvidenceAbout {
            source: call.source.clone(),
            acquired_by: call.acquired_by.clone(),
            clauses: call.clauses.clone(),
            ..EvidenceAbout::default()
        },
        findings,
    };
    let kept = custody::evidence_add(&mut desk, &request)?;
    Ok(Done::new(json!({ "evidence": kept.number, "sha256": kept.sha256, "size": kept.size as u64 }))
        .line(format!("已收存 {}：{}", kept.number, kept.name)))
}
