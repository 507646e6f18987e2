//! `fieldbook audit kinds`: which kind each account is held to be, and why.

use crate::opened::Machine;
use crate::print::{Done, Failure};
use fieldbook_app::wire::{CorrectRequest, DerivedRequest, DerivedRowView};
use fieldbook_app::{AppError, Desk, audit};
use serde_json::{Value, json};

const DATASET: &str = "accounts";
const COLUMN: &str = "kind";
const PAGE: u32 = 500;

/// Lists the accounts, after correcting the named ones when a kind is given.
pub fn run(
    machine: Machine,
    exam: &str,
    (systems, accounts): (&[String], &[String]),
    (kind, note, restore): (Option<&str>, Option<&str>, bool),
) -> Result<Done, Failure> {
    let mut desk = machine.exam(exam)?;
    let named = |row: &DerivedRowView| {
        let is = |at: usize, names: &[String]| {
            names.is_empty() || row.cells.get(at).and_then(Option::as_ref).is_some_and(|c| names.contains(c))
        };
        is(0, systems) && is(1, accounts)
    };
    let mut rows = every(&desk)?;
    rows.retain(named);
    if kind.is_some() || restore {
        // Correcting all accounts at once is a slip, not a decision.
        if (systems.is_empty() && accounts.is_empty()) || rows.is_empty() {
            return Err(AppError::new("unknown_row").into());
        }
        let change = CorrectRequest {
            dataset: DATASET.to_owned(),
            column: COLUMN.to_owned(),
            rows: rows.iter().map(|r| r.id).collect(),
            value: kind.filter(|k| *k != "unknown").map(str::to_owned),
            note: note.unwrap_or_default().to_owned(),
            restore,
        };
        audit::correct(&mut desk, &change)?;
        rows = every(&desk)?;
        rows.retain(named);
    }
    let json: Vec<Value> = rows.iter().map(row_json).collect();
    Ok(Done::new(json!(json)).lines(rows.iter().map(line)))
}

fn every(desk: &Desk) -> Result<Vec<DerivedRowView>, Failure> {
    let mut rows = Vec::new();
    loop {
        let request = DerivedRequest {
            dataset: DATASET.to_owned(),
            column: COLUMN.to_owned(),
            value: None,
            text: String::new(),
            offset: u32::try_from(rows.len()).unwrap_or(u32::MAX),
            limit: PAGE,
        };
        let page = audit::derived_rows(desk, &request)?;
        rows.extend(page.rows);
        if rows.len() >= page.total as usize {
            return Ok(rows);
        }
    }
}

fn line(row: &DerivedRowView) -> String {
    let cells: Vec<&str> = row.cells.iter().take(2).map(|c| c.as_deref().unwrap_or("–")).collect();
    format!("{}  {}（{}）", cells.join("  "), row.value.as_deref().unwrap_or("不明"), row.basis)
}

fn row_json(row: &DerivedRowView) -> Value {
    let cell = |at: usize| row.cells.get(at).cloned().flatten();
    json!({ "system": cell(0), "account": cell(1), "stated": row.stated, "kind": row.value, "basis": row.basis,
            "corrected": row.corrected })
}
