//! One row into the dataset's table: where each value goes, and how it is written. Nothing is allocated per row.

use crate::error::VaultError;
use crate::import::SheetHead;
use crate::table::dataset;
use fieldbook_model::dataset::{push_date, push_datetime};
use fieldbook_model::{DatasetDef, TypedRow, Value};
use rusqlite::Statement;

/// Where a column's value goes: parameter numbers of the insert.
#[derive(Debug)]
pub(super) struct Target {
    key: String,
    /// The key as JSON writes it before a value.
    label: String,
    value: usize,
    state: Option<usize>,
}

/// Space that rows take turns in.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    text: String,
    json: Vec<u8>,
}

/// Columns in front of the mapped ones.
const FIXED: [&str; 6] = ["_id", "_sheet_id", "_row", "_hidden", "_unreadable", "_originals"];

/// The insert for a sheet, and where each value of its rows goes: those of the mapped columns, then the filled ones.
pub(super) fn insert_of(def: &DatasetDef, head: &SheetHead) -> Result<(String, Vec<Target>), VaultError> {
    let mut names: Vec<String> = FIXED.iter().map(|name| (*name).to_owned()).collect();
    let mut targets: Vec<Target> = Vec::new();
    let keys = head.mapping.iter().map(|m| &m.column).chain(head.filled.iter().map(|f| &f.column));
    for key in keys {
        let column = def.column(key).ok_or_else(|| VaultError::UnknownColumn { column: key.clone() })?;
        if targets.iter().any(|t| t.key == *key) {
            return Err(VaultError::ColumnMappedTwice { column: key.clone() });
        }
        names.push(format!("\"{}\"", column.key));
        let value = names.len();
        let state = dataset::has_state(column).then(|| {
            names.push(format!("\"{}_state\"", column.key));
            names.len()
        });
        let label = format!("\"{key}\":");
        targets.push(Target { key: key.clone(), label, value, state });
    }
    let marks = vec!["?"; names.len()].join(", ");
    let table = dataset::table_of(&def.key);
    Ok((format!("INSERT INTO \"{table}\" ({}) VALUES ({marks})", names.join(", ")), targets))
}

/// Stores a row under its `_id`, which SQLite would else give out again after rows were set aside.
pub(super) fn insert(
    insert: &mut Statement<'_>,
    id: i64,
    sheet_id: i64,
    row: &TypedRow,
    columns: &[Target],
    scratch: &mut Scratch,
) -> Result<(), VaultError> {
    if row.values.len() != columns.len() {
        return Err(VaultError::RowShape);
    }
    let Scratch { text, json } = scratch;
    insert.raw_bind_parameter(1, id)?;
    insert.raw_bind_parameter(2, sheet_id)?;
    insert.raw_bind_parameter(3, row.row)?;
    insert.raw_bind_parameter(4, row.hidden)?;
    text.clear();
    for (value, to) in row.values.iter().zip(columns) {
        if matches!(value, Value::Unreadable) && to.state.is_none() {
            text.push_str(if text.is_empty() { "" } else { "," });
            text.push_str(&to.key);
        }
    }
    insert.raw_bind_parameter(5, Some(&*text).filter(|t| !t.is_empty()))?;
    insert.raw_bind_parameter(6, originals(row, columns, json)?)?;
    for (value, to) in row.values.iter().zip(columns) {
        bind(insert, value, to, text)?;
    }
    insert.raw_execute()?;
    Ok(())
}

/// Binds a value and, for dates, why there is none.
fn bind(insert: &mut Statement<'_>, value: &Value, to: &Target, text: &mut String) -> Result<(), VaultError> {
    let mut state = None;
    match value {
        Value::Text(t) => insert.raw_bind_parameter(to.value, t.as_str())?,
        Value::Bool(b) => insert.raw_bind_parameter(to.value, *b)?,
        Value::Int(n) => insert.raw_bind_parameter(to.value, *n)?,
        Value::Num(x) => insert.raw_bind_parameter(to.value, *x)?,
        Value::Date(d) => {
            text.clear();
            push_date(text, *d);
            insert.raw_bind_parameter(to.value, text.as_str())?;
        }
        Value::DateTime(t, digits) => {
            text.clear();
            push_datetime(text, *t, *digits);
            insert.raw_bind_parameter(to.value, text.as_str())?;
        }
        Value::Missing | Value::Never | Value::Unreadable => {
            insert.raw_bind_parameter(to.value, rusqlite::types::Null)?;
            state = Some(match value {
                Value::Never => "never",
                Value::Unreadable => "unreadable",
                _ => "missing",
            });
        }
    }
    if let Some(at) = to.state {
        insert.raw_bind_parameter(at, state)?;
    }
    Ok(())
}

/// Original texts as a JSON object by column; `None` when all are as stored.
fn originals<'b>(
    row: &TypedRow,
    columns: &[Target],
    out: &'b mut Vec<u8>,
) -> Result<Option<&'b str>, VaultError> {
    if row.originals.is_empty() {
        return Ok(None);
    }
    const BAD: VaultError = VaultError::RowShape;
    out.clear();
    for (index, text) in &row.originals {
        let column = columns.get(usize::from(*index)).ok_or(BAD)?;
        out.push(if out.is_empty() { b'{' } else { b',' });
        out.extend_from_slice(column.label.as_bytes());
        if text.bytes().any(|b| b < b' ' || b == b'"' || b == b'\\') {
            serde_json::to_writer(&mut *out, text).map_err(|_| BAD)?;
        } else {
            out.push(b'"');
            out.extend_from_slice(text.as_bytes());
            out.push(b'"');
        }
    }
    out.push(b'}');
    std::str::from_utf8(out).map(Some).map_err(|_| BAD)
}
