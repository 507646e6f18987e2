//! Tables of rows: exceptions with their values and the place in the firm's file that each comes from.

use super::ids;
use crate::Dossier;
use crate::doc::{Align, Cell, Column, Table};
use crate::words;
use fieldbook_model::{ExceptionRow, Procedure, RowRef};

/// The exceptions of a procedure's run, one line a row and rule, with everything that is known of them.
pub fn full_table(procedure: &Procedure, rows: &[ExceptionRow]) -> Table {
    let keys = value_keys(Some(procedure), rows);
    let mut columns = vec![
        column("序號", 6, Align::Right),
        column("規則", 26, Align::Left),
        column("判定", 11, Align::Center),
        column("條次", 16, Align::Left),
    ];
    columns.extend(keys.iter().map(|(_, zh)| column(zh, value_width(zh), Align::Left)));
    columns.extend([
        column("來源檔案", 24, Align::Left),
        column("工作表", 14, Align::Left),
        column("列", 7, Align::Right),
        column("處置", 12, Align::Center),
        column("處置說明", 28, Align::Left),
        column("處置人員", 10, Align::Left),
        column("處置時間", 16, Align::Left),
    ]);
    let lines = rows.iter().zip(1u64..).map(|(row, n)| {
        let done = row.disposition.as_ref();
        let mut cells = vec![
            Cell::Count(n),
            Cell::text(rule_title(procedure, &row.key.rule)),
            words::rule_verdict(row.verdict),
            Cell::text(ids(&row.clauses)),
        ];
        cells.extend(keys.iter().map(|(key, _)| Cell::text(value(row, key))));
        cells.extend([
            Cell::text(&row.key.source.file),
            Cell::text(&row.key.source.sheet),
            Cell::Count(u64::from(row.key.source.row)),
            words::disposition(done.map(|d| d.kind)),
            Cell::text(done.map_or("", |d| &d.note)),
            Cell::text(done.map_or("", |d| &d.by)),
            Cell::text(done.map_or_else(String::new, |d| words::moment(d.at))),
        ]);
        cells
    });
    Table { columns, rows: lines.collect() }
}

/// The rows that a finding rests on, for print: one table a procedure, without columns that no row fills.
pub fn linked_tables<'d>(dossier: &'d Dossier, rows: &[ExceptionRow]) -> Vec<(&'d str, Table)> {
    let mut tables = Vec::new();
    for test in &dossier.tests {
        let own: Vec<_> = rows.iter().filter(|r| r.key.procedure == test.procedure.id).cloned().collect();
        if !own.is_empty() {
            tables.push((test.procedure.id.as_str(), linked_table(Some(&test.procedure), &own)));
        }
    }
    let other: Vec<_> = rows.iter().filter(|r| dossier.test(&r.key.procedure).is_none()).cloned().collect();
    if !other.is_empty() {
        tables.push(("", linked_table(None, &other)));
    }
    tables
}

fn linked_table(procedure: Option<&Procedure>, rows: &[ExceptionRow]) -> Table {
    let mut keys = value_keys(procedure, rows);
    keys.retain(|(key, _)| rows.iter().any(|row| !value(row, key).is_empty()));
    let mut columns = vec![column("序號", 5, Align::Right)];
    columns.extend(keys.iter().map(|(_, zh)| column(zh, 12, Align::Left)));
    columns.push(column("來源", 20, Align::Left));
    let lines = rows.iter().zip(1u64..).map(|(row, n)| {
        let mut cells = vec![Cell::Count(n)];
        cells.extend(keys.iter().map(|(key, _)| Cell::text(value(row, key))));
        cells.push(Cell::text(place(&row.key.source)));
        cells
    });
    Table { columns, rows: lines.collect() }
}

/// `accounts.xlsx｜帳號｜第 12 列`; a CSV has no sheet.
pub fn place(source: &RowRef) -> String {
    if source.sheet.is_empty() {
        format!("{}｜第 {} 列", source.file, source.row)
    } else {
        format!("{}｜{}｜第 {} 列", source.file, source.sheet, source.row)
    }
}

/// Title of a rule, or its id when the procedure no longer has it.
pub fn rule_title<'a>(procedure: &'a Procedure, rule: &'a str) -> &'a str {
    procedure.rules.iter().find(|r| r.id == rule).map_or(rule, |r| &r.title)
}

/// The output columns that any row carries, in the procedure's order, with their zh-TW names.
fn value_keys(procedure: Option<&Procedure>, rows: &[ExceptionRow]) -> Vec<(String, String)> {
    let known = procedure.map_or(&[][..], |p| &p.columns);
    let used = |key: &str| rows.iter().any(|row| row.values.iter().any(|(k, _)| k == key));
    let mut keys: Vec<(String, String)> =
        known.iter().filter(|c| used(&c.key)).map(|c| (c.key.clone(), c.zh.clone())).collect();
    for (key, _) in rows.iter().flat_map(|row| &row.values) {
        if !keys.iter().any(|(k, _)| k == key) {
            keys.push((key.clone(), key.clone()));
        }
    }
    keys
}

fn value<'a>(row: &'a ExceptionRow, key: &str) -> &'a str {
    row.values.iter().find(|(k, _)| k == key).and_then(|(_, v)| v.as_deref()).unwrap_or_default()
}

fn value_width(title: &str) -> u16 {
    u16::try_from(title.chars().count() * 2 + 4).unwrap_or(u16::MAX).clamp(14, 24)
}

fn column(title: &str, width: u16, align: Align) -> Column {
    Column { title: title.to_owned(), width, align }
}
