//! `fieldbook import`.

use crate::args::{Import, Origin};
use crate::exam::name;
use crate::opened::Machine;
use crate::print::{Done, Failure};
use fieldbook_app::import::{ImportOrder, SheetOrder, forced_from_text};
use fieldbook_app::wire::{ImportBatchRequest, ProgressView, SheetView};
use fieldbook_app::{AppError, import};
use fieldbook_model::{ListOrigin, SheetRecord};
use serde_json::{Map, Value, json};
use std::io::IsTerminal;
use std::path::Path;
use std::time::{Duration, Instant};

/// Runs the call.
pub fn run(machine: Machine, call: &Import) -> Result<Done, Failure> {
    if call.exam == "undo" {
        return undo(machine, call);
    }
    let every = SheetOrder {
        dataset: call.dataset.clone(),
        forced: call.mapping.as_deref().map(forced).transpose()?.unwrap_or_default(),
        origin: call.list_origin.map(origin),
        declared_rows: call.declared_rows.map(u64::from),
    };
    let mut desk = machine.exam(&call.exam)?;
    let mut files = Vec::new();
    let mut lines = Vec::new();
    let (mut rejected, mut stored) = (false, false);
    for path in &call.files {
        let order = ImportOrder {
            path: path.to_string_lossy().into_owned(),
            encoding: call.encoding.clone(),
            preview: call.preview,
            every: every.clone(),
            only: call.sheet.clone(),
            sheets: Vec::new(),
        };
        let mut progress = Progress::new();
        let done = import::run_order(&mut desk, &order, &mut |view| progress.tell(&view))?;
        let file = &done.view.file;
        for sheet in &file.sheets {
            let record = done.records.iter().find(|r| r.sheet == sheet.sheet);
            rejected |= sheet.error.is_some() || sheet.rows_rejected > 0.0 || sheet.issue_count > 0;
            stored |= sheet.error.is_none();
            lines.push(sheet_line(&file.file, sheet, record.is_some()));
        }
        if let Some(error) = &file.error {
            rejected = true;
            eprintln!("錯誤：{}\n建議：{}", error.message, error.hint);
        }
        let sheets: Vec<Value> = file
            .sheets
            .iter()
            .map(|s| sheet_json(s, done.records.iter().find(|r| r.sheet == s.sheet)))
            .collect();
        files.push(json!({
            "file": file.file, "sha256": file.sha256, "batch": done.view.batch as i64, "encoding": file.encoding,
            "sheets": sheets, "error": file.error.as_ref().map(|e| json!({ "code": e.code, "message": e.message, "hint": e.hint })),
        }));
    }
    let code = match (rejected, stored) {
        (false, _) => 0,
        (true, true) => 3,
        (true, false) => 1,
    };
    Ok(Done::new(json!({ "files": files })).lines(lines).code(code))
}

fn forced(path: &Path) -> Result<Vec<fieldbook_app::import::ForcedColumn>, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|_| AppError::new("file_unreadable").with("file", name(path)))?;
    Ok(forced_from_text(&text)?)
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
    let batch: u32 = batch.to_str().and_then(|t| t.parse().ok()).ok_or_else(bad)?;
    let mut desk = machine.exam(&exam.to_string_lossy())?;
    let done = import::undo(&mut desk, &ImportBatchRequest { batch: f64::from(batch) })?;
    let rows = done.rows_removed as u64;
    Ok(Done::new(json!({ "batch": batch, "rows_removed": rows }))
        .line(format!("已復原第 {batch} 批，移除 {rows} 列。")))
}

fn sheet_line(file: &str, sheet: &SheetView, read: bool) -> String {
    let place = if sheet.sheet.is_empty() { file.to_owned() } else { format!("{file}－{}", sheet.sheet) };
    match &sheet.error {
        Some(error) => format!("✗ {place}：{} {}", error.message, error.hint),
        None if read => format!(
            "✓ {place} → {}：讀 {} 列、存 {} 列、退 {} 列、問題 {}",
            sheet.dataset_zh, sheet.rows_read, sheet.rows_stored, sheet.rows_rejected, sheet.issue_count
        ),
        None => place,
    }
}

fn sheet_json(sheet: &SheetView, record: Option<&SheetRecord>) -> Value {
    let mapping: Map<String, Value> =
        sheet.mapping.iter().map(|m| (m.header.clone(), json!(m.column))).collect();
    let readings: Map<String, Value> =
        sheet.mapping.iter().map(|m| (m.column.clone().unwrap_or_default(), json!(m.reading))).collect();
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
        "hidden_rows": sheet.hidden_rows.map(|n| n as u64), "hidden_sheet": sheet.hidden_sheet,
        "declared_rows": sheet.declared_rows.map(|n| n as u64), "origin": sheet.origin, "issues": issues,
        "error": sheet.error.as_ref().map(|e| json!({ "code": e.code, "message": e.message, "hint": e.hint })),
    })
}

/// A line now and then; a running count on a terminal.
struct Progress {
    last: Instant,
    terminal: bool,
}

impl Progress {
    fn new() -> Self {
        Self { last: Instant::now(), terminal: std::io::stderr().is_terminal() }
    }

    fn tell(&mut self, view: &ProgressView) {
        let every = if self.terminal { Duration::from_millis(200) } else { Duration::from_secs(5) };
        if self.last.elapsed() < every {
            return;
        }
        self.last = Instant::now();
        if self.terminal {
            eprint!("\r{} 列", view.rows);
        } else {
            eprintln!("{} 列", view.rows);
        }
    }
}
