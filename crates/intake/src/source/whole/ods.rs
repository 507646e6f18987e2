//! What the reader of ods workbooks does not tell: hidden rows and columns, merged ranges. One pass over
//! `content.xml`.

use super::super::package::{Package, zip_error};
use super::frame::SheetFacts;
use crate::{Excess, IntakeError, Limits};
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::io::BufReader;

const DAMAGED: IntakeError = IntakeError::Damaged { what: "content" };
/// Runs of hidden rows or columns of a sheet.
const RUNS: usize = 1 << 20;

/// Looks through all sheets; the result is by their names.
pub(super) fn scan(
    package: &mut Package,
    limits: &Limits,
) -> Result<HashMap<String, SheetFacts>, IntakeError> {
    let index = package.index("content.xml").ok_or(DAMAGED)?;
    let part = package.archive.by_index(index).map_err(zip_error)?;
    let mut reader = quick_xml::Reader::from_reader(BufReader::with_capacity(1 << 16, part));
    reader.config_mut().check_end_names = false;
    let mut found = HashMap::new();
    let mut open: Option<Table> = None;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| DAMAGED)? {
            Event::Start(e) | Event::Empty(e) => match (e.name().as_ref(), &mut open) {
                ("table:table", None) => open = Some(Table::begin(&e)),
                (name, Some(table)) => table.element(name, &e, limits)?,
                _ => {}
            },
            Event::End(e) if e.name().as_ref() == "table:table" => {
                if let Some(table) = open.take() {
                    found.insert(table.name, table.facts);
                }
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// A table while its elements go by.
#[derive(Default)]
struct Table {
    name: String,
    facts: SheetFacts,
    /// Columns described so far.
    columns: u32,
    /// First row of the present element, numbered from 1, and the first one after it.
    row: u32,
    next_row: u32,
    /// Index of the next cell.
    column: u32,
}

impl Table {
    fn begin(element: &BytesStart<'_>) -> Self {
        let name = Attributes::of(element).name;
        Self { name, next_row: 1, ..Self::default() }
    }

    fn element(&mut self, name: &str, element: &BytesStart<'_>, limits: &Limits) -> Result<(), IntakeError> {
        match name {
            "table:table-column" => {
                let column = Attributes::of(element);
                let next = self.columns.saturating_add(column.columns);
                if column.hidden {
                    push(&mut self.facts.hidden_columns, (self.columns, next - 1))?;
                }
                self.columns = next;
            }
            "table:table-row" => {
                let row = Attributes::of(element);
                self.row = self.next_row;
                self.next_row = self.row.saturating_add(row.rows);
                self.column = 0;
                if row.hidden {
                    push(&mut self.facts.hidden_rows, (self.row, self.next_row - 1))?;
                }
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let cell = Attributes::of(element);
                if cell.rows_spanned > 1 || cell.columns_spanned > 1 {
                    if self.facts.merges.len() as u64 >= limits.max_merges {
                        return Err(IntakeError::TooLarge { what: Excess::Merges, limit: limits.max_merges });
                    }
                    let last_row = self.row.saturating_add(cell.rows_spanned - 1);
                    let last_column = self.column.saturating_add(cell.columns_spanned - 1);
                    self.facts.merges.push([self.row, last_row, self.column, last_column]);
                }
                self.column = self.column.saturating_add(cell.columns);
            }
            _ => {}
        }
        Ok(())
    }
}

fn push(runs: &mut Vec<(u32, u32)>, run: (u32, u32)) -> Result<(), IntakeError> {
    if runs.len() >= RUNS {
        return Err(DAMAGED);
    }
    runs.push(run);
    Ok(())
}

/// What matters of an element; counts are 1 and more.
struct Attributes {
    name: String,
    hidden: bool,
    rows: u32,
    columns: u32,
    rows_spanned: u32,
    columns_spanned: u32,
}

impl Attributes {
    fn of(element: &BytesStart<'_>) -> Self {
        let mut found = Self {
            name: String::new(),
            hidden: false,
            rows: 1,
            columns: 1,
            rows_spanned: 1,
            columns_spanned: 1,
        };
        for attribute in element.attributes().flatten() {
            let value = attribute.value.as_ref();
            let count = || value.parse::<u32>().unwrap_or(1).max(1);
            match attribute.key.as_ref() {
                "table:name" => {
                    found.name = quick_xml::escape::unescape(value).unwrap_or_default().into_owned();
                }
                "table:visibility" => found.hidden = matches!(value, "collapse" | "filter"),
                "table:number-rows-repeated" => found.rows = count(),
                "table:number-columns-repeated" => found.columns = count(),
                "table:number-rows-spanned" => found.rows_spanned = count(),
                "table:number-columns-spanned" => found.columns_spanned = count(),
                _ => {}
            }
        }
        found
    }
}
