//! Personal data masked in what is handed over de-identified.

use crate::desk::Desk;
use crate::error::{AppError, internal};
use crate::mask;
use fieldbook_model::{ExamState, Held, RecordKey};
use fieldbook_vault::ExamStore;
use serde_json::Value;
use std::io::{self, Write};

/// The rows of a record with personal data masked: what the dataset's columns say is personal, and identity numbers
/// wherever they stand. What the firm wrote beside what was read goes.
pub(super) fn masked_rows(
    desk: &Desk,
    store: &ExamStore,
    record: &RecordKey,
    to: &mut dyn Write,
) -> Result<(), AppError> {
    let mut lines = MaskLines { to, rest: Vec::new(), hidden: Vec::new(), desk };
    store.write_rows(record, &mut lines)?;
    lines.line()
}

struct MaskLines<'a> {
    to: &'a mut dyn Write,
    rest: Vec<u8>,
    /// Of each column: whether it is masked whole, or dropped.
    hidden: Vec<Hidden>,
    desk: &'a Desk,
}

#[derive(Clone, Copy)]
enum Hidden {
    Ids,
    Whole,
    Cells,
    Gone,
}

impl MaskLines<'_> {
    fn line(&mut self) -> Result<(), AppError> {
        if self.rest.is_empty() {
            return Ok(());
        }
        let line: Value = serde_json::from_slice(&self.rest).map_err(internal)?;
        self.rest.clear();
        let line = match line {
            Value::Object(head) => {
                let table = head.get("table").and_then(Value::as_str).unwrap_or_default().to_owned();
                let columns = head.get("columns").and_then(Value::as_array).cloned().unwrap_or_default();
                self.hidden = columns
                    .iter()
                    .map(|c| hidden(self.desk, &table, c.as_str().unwrap_or_default()))
                    .collect();
                Value::Object(head)
            }
            Value::Array(cells) => {
                let hidden = self.hidden.iter().copied().chain(std::iter::repeat(Hidden::Ids));
                Value::Array(
                    cells.into_iter().zip(hidden).map(|(cell, hidden)| masked(cell, hidden)).collect(),
                )
            }
            other => other,
        };
        writeln!(self.to, "{line}").map_err(internal)
    }
}

impl Write for MaskLines<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for byte in bytes {
            if *byte == b'\n' {
                self.line().map_err(|_| io::ErrorKind::InvalidData)?;
            } else {
                self.rest.push(*byte);
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

fn hidden(desk: &Desk, table: &str, column: &str) -> Hidden {
    match (table.split_once('/'), column) {
        (Some(_), "_originals") => Hidden::Gone,
        (Some((_, dataset)), column) => {
            let personal =
                desk.bundle.dataset(dataset).and_then(|d| d.column(column)).is_some_and(|c| c.personal);
            if personal { Hidden::Whole } else { Hidden::Ids }
        }
        (None, "cells" | "text") => Hidden::Cells,
        (None, _) => Hidden::Ids,
    }
}

fn masked(cell: Value, how: Hidden) -> Value {
    match (cell, how) {
        (_, Hidden::Gone) => Value::Null,
        (Value::String(text), Hidden::Whole) => mask::masked_name(&text).into(),
        // What a rule shows of a row may be anybody's name: all of it is masked.
        (Value::String(text), Hidden::Cells) => {
            match serde_json::from_str::<Vec<(String, Option<String>)>>(&text) {
                Ok(cells) => {
                    let masked =
                        cells.into_iter().map(|(key, value)| (key, value.map(|v| mask::masked_name(&v))));
                    Value::from(
                        masked.map(|(key, value)| serde_json::json!([key, value])).collect::<Vec<_>>(),
                    )
                    .to_string()
                    .into()
                }
                Err(_) => mask::masked_name(&text).into(),
            }
        }
        (Value::String(text), Hidden::Ids) => mask::masked_ids(&text).into(),
        (other, _) => other,
    }
}

/// The records with personal data masked, as far as words can tell.
pub(super) fn mask_state(mut state: ExamState) -> ExamState {
    for (key, record) in &mut state.records {
        for (name, field) in record.iter_mut() {
            if let Held::Text(text) = &field.value {
                let whole = matches!(
                    (key.table.as_str(), name.as_str()),
                    ("correction", "value") | ("exam", "firm" | "case_no")
                );
                let text = if whole { mask::masked_name(text) } else { mask::masked_ids(text) };
                field.value = Held::Text(text);
            }
        }
        let objects: Vec<String> = record.keys().filter(|n| n.starts_with("objects/")).cloned().collect();
        for name in objects {
            if let (Some(field), Some((_, object))) = (record.remove(&name), name.split_once('/')) {
                record.insert(format!("objects/{}", mask::masked_object(object)), field);
            }
        }
    }
    state
}
