//! `fieldbook import`.

use crate::args::{Import, Origin};
use crate::exam::name;
use crate::opened::Machine;
use crate::print::{Done, Failure};
use crate::progress::Progress;
use fieldbook_app::import::{
    ImportDone, ImportJob, ImportOrder, SheetOrder, SheetProfile, profiles_from_text,
};
use fieldbook_app::wire::{ImportBatchRequest, SheetView};
use fieldbook_app::{AppError, import};
use fieldbook_model::{ListOrigin, SheetRecord, number_text, read_number};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

/// Runs the call.
pub fn run(machine: Machine, call: &Import) -> Result<Done, Failure> {
    if call.exam == "undo" {
        return undo(machine, call);
    }
    let profiles = call.mapping.as_deref().map(profiles).transpose()?.unwrap_or_default();
    let every = SheetOrder {
        dataset: call.dataset.clone(),
        origin: call.list_origin.map(origin),
        declared_rows: call.declared_rows.map(u64::from),
        ..SheetOrder::default()
    };
    let order = |path: &PathBuf| ImportOrder {
        path: path.to_string_lossy().into_owned(),
        encoding: call.encoding.clone(),
        every: every.clone(),
        only: call.sheet.clone(),
        ..ImportOrder::default()
    };
    let job = ImportJob {
        files: call.files.iter().map(order).collect(),
        received_from: call.received_from.clone(),
        profiles,
        preview: call.preview,
    };
    let mut desk = machine.exam(&call.exam)?;
    let stop = desk.cancel_flag();
    // Nothing of the batch stays when it is broken off; a second Ctrl+C ends the program as usual.
    let _ = ctrlc::set_handler(move || {
        if stop.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    let mut progress = Progress::new();
    let done = import::run_job(&mut desk, &job, &mut |view| progress.tell(&view));
    progress.end();
    let done = done?;
    Ok(told(&done))
}

/// What the import did, for people and as JSON.
fn told(done: &ImportDone) -> Done {
    let (mut rejected, mut stored) = (false, false);
    let (mut files, mut lines) = (Vec::new(), Vec::new());
    for (file, records) in done.view.files.iter().zip(&done.records) {
        let mut records = records.iter();
        let mut sheets = Vec::new();
        for sheet in &file.sheets {
            rejected |= sheet.error.is_some() || sheet.rows_rejected > 0.0 || sheet.issue_count > 0;
            stored |= sheet.error.is_none();
            lines.push(sheet_line(&file.file, sheet));
            lines.extend(warnings(sheet));
            let record = if sheet.error.is_none() { records.next() } else { None };
            sheets.push(sheet_json(sheet, record));
        }
        if let Some(error) = &file.error {
            rejected = true;
            eprintln!("錯誤：{}\n建議：{}", error.message, error.hint);
        }
        files.push(json!({
            "file": file.file, "sha256": file.sha256, "size": file.size as u64, "encoding": file.encoding,
            "batch": if file.error.is_none() { done.view.batch as i64 } else { 0 },
            "sheets": sheets, "error": file.error.as_ref().map(|e| json!({ "code": e.code, "message": e.message, "hint": e.hint })),
        }));
    }
    if done.view.batch > 0.0 && files.len() > 1 {
        let taken = done.view.files.iter().filter(|f| f.error.is_none()).count();
        lines.push(format!("第 {} 批：收受 {taken} 個檔案。", number_text(done.view.batch as i64, 1)));
    }
    let code = match (rejected, stored) {
        (false, _) => 0,
        (true, true) => 3,
        (true, false) => 1,
    };
    Done::new(json!({ "batch": done.view.batch as i64, "files": files })).lines(lines).code(code)
}

fn profiles(path: &Path) -> Result<Vec<SheetProfile>, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|_| AppError::new("file_unreadable").with("file", name(path)))?;
    Ok(profiles_from_text(&text)?)
}

fn origin(origin: Origin) -> ListOrigin {
    match origin {
        Origin::Filed => ListOrigin::Filed,
        Origin::Ledger => ListOrigin::Ledger,
        Origin::Onsite => ListOrigin::Onsite,
        Origin::Discovered => ListOrigin::Discovered,
    }
}

fn undo(machine: Machine, call: &Import) -> Result<Done, Failure> {
    let bad = || Failure::words(AppError::new("bad_call").with("what", "import undo EXAM BATCH"));
    let [exam, batch] = call.files.as_slice() else { return Err(bad()) };
    let batch = batch.to_str().and_then(read_number).ok_or_else(bad)?;
    let mut desk = machine.exam(&exam.to_string_lossy())?;
    let done = import::undo(&mut desk, &ImportBatchRequest { batch: batch as f64 })?;
    let rows = done.rows_removed as u64;
    Ok(Done::new(json!({ "batch": batch, "rows_removed": rows }))
        .line(format!("已復原第 {} 批，移除 {rows} 列。", number_text(batch, 1))))
}

fn sheet_line(file: &str, sheet: &SheetView) -> String {
    let place = if sheet.sheet.is_empty() { file.to_owned() } else { format!("{file}－{}", sheet.sheet) };
    match &sheet.error {
        Some(error) => format!("✗ {place}：{} {}", error.message, error.hint),
        None => format!(
            "✓ {place} → {}：讀 {} 列、存 {} 列、退 {} 列、問題 {}{}",
            sheet.dataset_zh,
            sheet.rows_read,
            sheet.rows_stored,
            sheet.rows_rejected,
            sheet.issue_count,
            declared(sheet)
        ),
    }
}

/// How the rows compare with what the firm said, where it said anything.
fn declared(sheet: &SheetView) -> String {
    match (sheet.declared_rows, sheet.complete) {
        (Some(said), Some(true)) => format!("、所述 {said} 列相符"),
        (Some(said), Some(false)) => format!("、所述 {said} 列不符"),
        (Some(said), None) => format!("、所述 {said} 列"),
        (None, _) => String::new(),
    }
}

/// What does not add up. No declaration is no match, and is not told as one.
fn warnings(sheet: &SheetView) -> Vec<String> {
    let mut out = Vec::new();
    if sheet.reconciles == Some(false) {
        out.push("  警告：讀入列數不等於存入與剔除列數之和。".to_owned());
    }
    if let (Some(false), Some(said)) = (sheet.complete, sheet.declared_rows) {
        let stored = sheet.rows_stored;
        out.push(format!(
            "  警告：受查單位所述 {said} 列，存入 {stored} 列，相差 {} 列。",
            (said - stored).abs()
        ));
    }
    out
}

fn sheet_json(sheet: &SheetView, record: Option<&SheetRecord>) -> Value {
    let mapping: Map<String, Value> =
        sheet.mapping.iter().map(|m| (m.header.clone(), json!(m.column))).collect();
    let readings: Map<String, Value> =
        sheet.mapping.iter().map(|m| (m.column.clone().unwrap_or_default(), json!(m.reading))).collect();
    let filled: Map<String, Value> =
        sheet.filled.iter().map(|f| (f.column.clone(), json!({ "text": f.text, "from": f.from }))).collect();
    let issues: Vec<Value> = record
        .map(|r| r.issues.as_slice())
        .unwrap_or_default()
        .iter()
        .map(|i| json!({ "row": i.row, "column": i.column, "code": i.code.as_str(), "text": i.text, "row_rejected": i.row_rejected }))
        .collect();
    json!({
        "sheet": sheet.sheet, "dataset": sheet.dataset, "header_row": sheet.header_row, "mapping": mapping,
        "readings": readings, "unmapped": sheet.unmapped, "rows_read": sheet.rows_read as u64,
        "rows_stored": sheet.rows_stored as u64, "rows_rejected": sheet.rows_rejected as u64,
        "end_row": sheet.end_row, "filled": filled, "hidden_rows": sheet.hidden_rows.map(|n| n as u64),
        "hidden_columns": sheet.hidden_columns, "hidden_sheet": sheet.hidden_sheet,
        "declared_rows": sheet.declared_rows.map(|n| n as u64),
        "declared": sheet.declared_rows.map(|n| n as u64), "complete": sheet.complete, "reconciles": sheet.reconciles,
        "origin": sheet.origin, "issues": issues,
        "error": sheet.error.as_ref().map(|e| json!({ "code": e.code, "message": e.message, "hint": e.hint })),
    })
}
