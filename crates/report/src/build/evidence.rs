//! Tables of rows: exceptions with their values and the place in the firm's file that each comes from.

use super::ids;
use super::tick::Tick;
use crate::Dossier;
use crate::doc::{Align, Cell, Column, Table};
use crate::words;
use fieldbook_model::{ExceptionRow, Procedure, RowRef};

/// Value columns that a printed page has room for beside place and number.
const MOST_COLUMNS: usize = 6;
/// Value columns of their own when there are more than that.
const OWN_COLUMNS: usize = 3;

/// The exceptions of a procedure's run, one line a row and rule, with everything that is known of them.
pub fn full_table(procedure: &Procedure, rows: &[ExceptionRow]) -> Table {
    let all: Vec<&ExceptionRow> = rows.iter().collect();
    let keys = value_keys(Some(procedure), &all);
    let mut columns = vec![
        column("序號", 6, Align::Right),
        column("符號", 6, Align::Center),
        column("規則", 20, Align::Left),
        column("判定", 11, Align::Center),
        column("條次", 12, Align::Left),
    ];
    columns
        .extend(keys.iter().map(|(key, zh)| column(zh, value_width(&all, key, zh), value_align(&all, key))));
    columns.extend([
        column("來源檔案", 18, Align::Left),
        column("工作表", 10, Align::Left),
        column("列", 7, Align::Right),
        column("處置", 12, Align::Center),
        column("處置說明", 22, Align::Left),
        column("處置人員／時間", 12, Align::Left),
    ]);
    let lines = rows.iter().zip(1u64..).map(|(row, n)| {
        let done = row.disposition.as_ref();
        let mut cells = vec![
            Cell::Ordinal(n),
            Cell::text(Tick::of_row(row).map_or("", Tick::glyph)),
            Cell::text(rule_title(procedure, &row.key.rule)),
            words::rule_verdict(row.verdict),
            Cell::text(ids(&row.clauses).replace('、', "\n")),
        ];
        cells.extend(keys.iter().map(|(key, _)| Cell::text(value(row, key))));
        cells.extend([
            Cell::text(&row.key.source.file),
            Cell::text(&row.key.source.sheet),
            Cell::Ordinal(u64::from(row.key.source.row)),
            words::disposition(done.map(|d| d.kind)),
            Cell::text(done.map_or("", |d| &d.note)),
            Cell::text(done.map_or_else(String::new, |d| format!("{}\n{}", d.by, words::moment(d.at)))),
        ]);
        cells
    });
    Table { columns, rows: lines.collect() }
}

/// Rows of one procedure, for print.
pub struct Linked<'d> {
    /// Procedure id; empty when the dossier has no run of it.
    pub procedure: &'d str,
    /// `accounts.xlsx｜帳號`, when all rows come from one sheet.
    pub source: Option<String>,
    /// The rows.
    pub table: Table,
}

/// The rows that a finding rests on: one table a procedure, without columns that no row fills.
pub fn linked<'d>(dossier: &'d Dossier, rows: &[ExceptionRow]) -> Vec<Linked<'d>> {
    let mut tables = Vec::new();
    for test in &dossier.tests {
        let own: Vec<_> = rows.iter().filter(|r| r.key.procedure == test.procedure.id).collect();
        if !own.is_empty() {
            tables.push(linked_of(&test.procedure.id, Some(&test.procedure), &own));
        }
    }
    let other: Vec<_> = rows.iter().filter(|r| dossier.test(&r.key.procedure).is_none()).collect();
    if !other.is_empty() {
        tables.push(linked_of("", None, &other));
    }
    tables
}

fn linked_of<'d>(id: &'d str, procedure: Option<&Procedure>, rows: &[&ExceptionRow]) -> Linked<'d> {
    let mut keys = value_keys(procedure, rows);
    keys.retain(|(key, _)| rows.iter().any(|row| !value(row, key).is_empty()));
    let sheet = |row: &&ExceptionRow| sheet_name(&row.key.source);
    let source = rows.first().map(sheet).filter(|first| rows.iter().all(|row| sheet(row) == *first));
    // More columns than a page has room for stand together in one, each with its name.
    let rest = if keys.len() > MOST_COLUMNS { keys.split_off(OWN_COLUMNS) } else { Vec::new() };
    let mut columns = vec![column("序號", 5, Align::Right)];
    columns.extend(keys.iter().map(|(key, zh)| column(zh, 12, value_align(rows, key))));
    if !rest.is_empty() {
        columns.push(column("其他欄位", 40, Align::Left));
    }
    if source.is_none() {
        columns.push(column("來源", 20, Align::Left));
    }
    columns.push(column("列號", 6, Align::Right));
    let lines = rows.iter().zip(1u64..).map(|(row, n)| {
        let mut cells = vec![Cell::Ordinal(n)];
        cells.extend(keys.iter().map(|(key, _)| Cell::text(value(row, key))));
        if !rest.is_empty() {
            let named = rest.iter().filter(|(key, _)| !value(row, key).is_empty());
            let parts: Vec<String> = named.map(|(key, zh)| format!("{zh}：{}", value(row, key))).collect();
            cells.push(Cell::text(parts.join("；")));
        }
        if source.is_none() {
            cells.push(Cell::text(sheet(row)));
        }
        cells.push(Cell::Ordinal(u64::from(row.key.source.row)));
        cells
    });
    Linked { procedure: id, table: Table { columns, rows: lines.collect() }, source }
}

/// `accounts.xlsx｜帳號`; a CSV has no sheet.
pub fn sheet_name(source: &RowRef) -> String {
    if source.sheet.is_empty() { source.file.clone() } else { format!("{}｜{}", source.file, source.sheet) }
}

/// Right, when every value of the column is a number.
fn value_align(rows: &[&ExceptionRow], key: &str) -> Align {
    let number = |text: &str| text.parse::<f64>().is_ok_and(f64::is_finite);
    let all = rows.iter().map(|row| value(row, key)).filter(|text| !text.is_empty()).all(number);
    if all { Align::Right } else { Align::Left }
}

/// Title of a rule, or its id when the procedure no longer has it.
pub fn rule_title<'a>(procedure: &'a Procedure, rule: &'a str) -> &'a str {
    procedure.rules.iter().find(|r| r.id == rule).map_or(rule, |r| &r.title)
}

/// The output columns that any row carries, in the procedure's order, with their zh-TW names.
fn value_keys(procedure: Option<&Procedure>, rows: &[&ExceptionRow]) -> Vec<(String, String)> {
    let known = procedure.map_or(&[][..], |p| &p.columns);
    let used = |key: &str| rows.iter().any(|row| row.values.iter().any(|(k, _)| k == key));
    let mut keys: Vec<(String, String)> =
        known.iter().filter(|c| used(&c.key)).map(|c| (c.key.clone(), c.zh.clone())).collect();
    for (at, (key, _)) in rows.iter().flat_map(|row| row.values.iter().enumerate()) {
        // Rows carry their values in the procedure's order.
        let in_order = keys.get(at).is_some_and(|(k, _)| k == key);
        if !in_order && !keys.iter().any(|(k, _)| k == key) {
            keys.push((key.clone(), key.clone()));
        }
    }
    keys
}

fn value<'a>(row: &'a ExceptionRow, key: &str) -> &'a str {
    row.values.iter().find(|(k, _)| k == key).and_then(|(_, v)| v.as_deref()).unwrap_or_default()
}

/// Room for the title and for most values; what is longer wraps.
fn value_width(rows: &[&ExceptionRow], key: &str, title: &str) -> u16 {
    let width = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let longest = rows.iter().map(|row| width(value(row, key))).max().unwrap_or_default();
    u16::try_from(longest.max(width(title)) + 3).unwrap_or(u16::MAX).clamp(9, 18)
}

fn column(title: &str, width: u16, align: Align) -> Column {
    Column { title: title.to_owned(), width, align }
}
