//! `fieldbook exam seal`, `unseal`, `archive`, `destroy`, `retention` and `record`.

use crate::opened::Machine;
use crate::print::{Done, Failure};
use fieldbook_app::wire::{
    DestroyRequest, DestructionExportRequest, DestructionView, ExamHeadView, ExamStateWord, PutAwayRequest,
};
use fieldbook_app::{exam, retention};
use serde_json::json;
use std::path::Path;

/// Puts an exam away, or opens it again.
pub fn put_away(machine: Machine, exam: &str, to: ExamStateWord, reason: &str) -> Result<Done, Failure> {
    let mut desk = machine.unlocked()?;
    let request = PutAwayRequest { exam: exam.to_owned(), to, reason: reason.to_owned() };
    let unsigned = retention::put_away(&mut desk, &request)?
        .iter()
        .any(|head| head.id == exam && head.report_on.is_empty() && to != ExamStateWord::Open);
    let done = Done::new(json!({ "exam": exam, "state": to })).line(format!("{exam}：{}", word(to)));
    Ok(if unsigned { done.line("注意：本案尚未全案簽署，保存期限未定。") } else { done })
}

fn word(state: ExamStateWord) -> &'static str {
    match state {
        ExamStateWord::Open => "進行中",
        ExamStateWord::Sealed => "已封存",
        ExamStateWord::Archived => "已歸檔",
    }
}

/// Destroys an exam.
pub fn destroy(machine: Machine, request: &DestroyRequest) -> Result<Done, Failure> {
    let mut desk = machine.unlocked()?;
    let record = retention::destroy(&mut desk, request)?;
    Ok(Done::new(json!(record)).line(format!("{} 已銷毀；備份另行處理。", record.exam)))
}

/// The time of keeping of every exam, those that are over first, those not known last.
pub fn list(machine: Machine) -> Result<Done, Failure> {
    let desk = machine.unlocked()?;
    let mut heads = exam::exams(&desk)?;
    heads.sort_by_key(|head| (head.keep_until.is_empty(), head.keep_until.clone()));
    let destroyed = retention::destructions(&desk)?;
    let row = |h: &ExamHeadView| {
        json!({ "id": h.id, "firm": h.firm, "case_no": h.case_no, "state": h.state, "report_on": some(&h.report_on),
                "keep_until": some(&h.keep_until), "over": h.keep_over })
    };
    let rows: Vec<_> = heads.iter().map(row).collect();
    let line = |h: &ExamHeadView| {
        let until = if h.keep_until.is_empty() { "未定" } else { &h.keep_until };
        let over = if h.keep_over { "  已屆滿" } else { "" };
        format!("{}  {}  {}  保存至 {until}{over}", h.id, h.firm, word(h.state))
    };
    let gone = |d: &DestructionView| format!("{}  {}  已於 {} 銷毀", d.exam, d.firm, d.at);
    Ok(Done::new(json!({ "exams": rows, "destroyed": destroyed }))
        .lines(heads.iter().map(line))
        .lines(destroyed.iter().map(gone)))
}

fn some(text: &str) -> Option<&str> {
    Some(text).filter(|t| !t.is_empty())
}

/// Writes the certificate of a destruction.
pub fn record(machine: Machine, exam: &str, out: &Path) -> Result<Done, Failure> {
    let desk = machine.unlocked()?;
    let path = out.to_string_lossy().into_owned();
    let view = retention::export(&desk, &DestructionExportRequest { exam: exam.to_owned(), path })?;
    Ok(crate::export::exported(&view))
}
