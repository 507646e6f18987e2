//! The rows that belong to a record for ever, as lines of JSON: those of a run, of a sample, of an imported table.
//!
//! ```text
//! {"table":"run_rule","columns":["run","ord",…]}
//! [7,0,…]
//! {"table":"exception_row","columns":[…]}
//! […]
//! ```
//!
//! Rows of a dataset stand under `ds`, without `_id`, which is each copy's own. A number with a fraction is the bits of its
//! 64-bit float, so that it comes back as it was.

use super::fields;
use super::rules::{self, Table};
use crate::error::VaultError;
use crate::table::dataset;
use crate::table::import_sheet::{self, StoredSheet};
use fieldbook_model::{Held, RecordKey};
use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{Connection, params_from_iter};
use serde_json::{Value, json};
use std::io::{BufRead, Write};

/// Where the rows of a dataset stand in what is handed over.
const DATASET: &str = "ds";
/// Columns of a dataset's row that are each copy's own.
const ROW_ID: &str = "_id";
/// Longest line that is read, bytes: more than a row of a spreadsheet can hold.
const LONGEST: u64 = 64 << 20;

const DAMAGED: VaultError = VaultError::Damaged { what: "rows that were handed over" };

/// Whether a record has rows of its own.
pub(crate) fn has_rows(table: &Table) -> bool {
    !table.children.is_empty()
}

fn id_of(key: &RecordKey) -> Result<(&'static Table, i64), VaultError> {
    let table = rules::of(&key.table).filter(|t| has_rows(t)).ok_or(DAMAGED)?;
    match fields::key_values(table, &key.key)?.as_slice() {
        [Held::Int(id)] => Ok((table, *id)),
        _ => Err(DAMAGED),
    }
}

fn cell(value: ValueRef<'_>) -> Result<Value, VaultError> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => n.into(),
        ValueRef::Real(x) => json!({ "bits": x.to_bits() }),
        ValueRef::Text(text) => std::str::from_utf8(text).map_err(|_| DAMAGED)?.into(),
        ValueRef::Blob(_) => return Err(DAMAGED),
    })
}

fn sql(value: Value) -> Result<Sql, VaultError> {
    match value {
        Value::Null => Ok(Sql::Null),
        Value::String(text) => Ok(Sql::Text(text)),
        Value::Number(n) => n.as_i64().map(Sql::Integer).ok_or(DAMAGED),
        Value::Object(bits) => {
            let bits = bits.get("bits").and_then(Value::as_u64).ok_or(DAMAGED)?;
            Ok(Sql::Real(f64::from_bits(bits)))
        }
        _ => Err(DAMAGED),
    }
}

/// Writes the rows of a record.
pub(crate) fn write(conn: &Connection, key: &RecordKey, to: &mut dyn Write) -> Result<(), VaultError> {
    let (table, id) = id_of(key)?;
    for (child, column) in table.children {
        let columns = names(conn, child)?;
        dump(conn, child, child, &columns, &format!("\"{column}\" = {id}"), to)?;
    }
    if let Some((sheet, stored)) = sheet_rows(conn, table, id)? {
        let key = sheet.record.dataset.as_deref().unwrap_or_default();
        let columns: Vec<String> = names(conn, &stored)?.into_iter().filter(|c| c != ROW_ID).collect();
        let condition = format!("_id >= {} AND _sheet_id = {id}", sheet.first_id);
        dump(conn, &stored, &format!("{DATASET}/{key}"), &columns, &condition, to)?;
    }
    Ok(())
}

/// The sheet of an import and the table where its rows stand; `None` for anything else, and for one that was taken back.
fn sheet_rows(
    conn: &Connection,
    table: &Table,
    id: i64,
) -> Result<Option<(StoredSheet, String)>, VaultError> {
    if table.name != "import_sheet" {
        return Ok(None);
    }
    match import_sheet::with_rows(conn, id) {
        Ok(sheet) => {
            let key = sheet.record.dataset.clone().unwrap_or_default();
            let stored = match sheet.superseded_by {
                None => dataset::table_of(&key),
                Some(_) => dataset::old_table_of(&key),
            };
            Ok(Some((sheet, stored)))
        }
        Err(VaultError::UnknownSheet { .. }) => Ok(None),
        Err(e) => Err(e),
    }
}

fn names(conn: &Connection, table: &str) -> Result<Vec<String>, VaultError> {
    Ok(dataset::columns_of(conn, table)?.into_iter().map(|(name, _)| name).collect())
}

fn quoted(columns: &[String]) -> String {
    columns.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(", ")
}

fn dump(
    conn: &Connection,
    table: &str,
    under: &str,
    columns: &[String],
    condition: &str,
    to: &mut dyn Write,
) -> Result<(), VaultError> {
    writeln!(to, "{}", json!({ "table": under, "columns": columns }))?;
    // In the order in which they were stored; a table without row numbers of its own is in the order of its key.
    let order = if names(conn, table)?.iter().any(|c| c == ROW_ID) { ROW_ID } else { "1, 2" };
    let sql = format!("SELECT {} FROM \"{table}\" WHERE {condition} ORDER BY {order}", quoted(columns));
    let mut every = conn.prepare(&sql)?;
    let mut rows = every.query([])?;
    while let Some(row) = rows.next()? {
        let cells: Result<Vec<Value>, VaultError> =
            (0..columns.len()).map(|at| cell(row.get_ref(at)?)).collect();
        writeln!(to, "{}", Value::from(cells?))?;
    }
    Ok(())
}

/// Stores the rows of a record whose own row is there.
pub(crate) fn read(conn: &Connection, key: &RecordKey, from: &mut dyn BufRead) -> Result<(), VaultError> {
    let (table, id) = id_of(key)?;
    let mut into: Option<Into<'_>> = None;
    let mut line = String::new();
    loop {
        line.clear();
        let read = std::io::Read::take(&mut *from, LONGEST).read_line(&mut line)?;
        if read == 0 {
            return Ok(());
        }
        match serde_json::from_str(&line).map_err(|_| DAMAGED)? {
            Value::Object(head) => {
                let under = head.get("table").and_then(Value::as_str).ok_or(DAMAGED)?;
                let columns: Vec<String> = head
                    .get("columns")
                    .and_then(Value::as_array)
                    .ok_or(DAMAGED)?
                    .iter()
                    .map(|c| c.as_str().map(str::to_owned).ok_or(DAMAGED))
                    .collect::<Result<_, _>>()?;
                into = Some(Into::new(conn, table, id, under, columns)?);
            }
            Value::Array(cells) => into.as_mut().ok_or(DAMAGED)?.row(cells)?,
            _ => return Err(DAMAGED),
        }
    }
}

/// Rows of one table, on their way.
struct Into<'a> {
    insert: rusqlite::Statement<'a>,
    columns: usize,
    /// Place of the column that names the record, and the record.
    parent: (usize, i64),
    /// `_id` of the next row of a dataset.
    next: Option<i64>,
}

impl<'a> Into<'a> {
    fn new(
        conn: &'a Connection,
        table: &Table,
        id: i64,
        under: &str,
        columns: Vec<String>,
    ) -> Result<Self, VaultError> {
        let (stored, parent, next) = match under.split_once('/') {
            Some((DATASET, key)) => {
                let sheet = import_sheet::with_rows(conn, id)?;
                if sheet.record.dataset.as_deref() != Some(key) {
                    return Err(DAMAGED);
                }
                let next = dataset::next_id(conn, key)?;
                conn.execute("UPDATE import_sheet SET first_id = ?2 WHERE id = ?1", [id, next])?;
                (dataset::table_of(key), "_sheet_id", Some(next))
            }
            _ => {
                let (child, column) =
                    table.children.iter().find(|(child, _)| *child == under).ok_or(DAMAGED)?;
                ((*child).to_owned(), *column, None)
            }
        };
        let there = names(conn, &stored)?;
        if columns.iter().any(|c| !there.contains(c)) {
            return Err(VaultError::BadDefinition { key: under.to_owned() });
        }
        let at = columns.iter().position(|c| c == parent).ok_or(DAMAGED)?;
        let mut all = columns.clone();
        all.extend(next.map(|_| ROW_ID.to_owned()));
        let marks = vec!["?"; all.len()].join(", ");
        let insert =
            conn.prepare(&format!("INSERT INTO \"{stored}\" ({}) VALUES ({marks})", quoted(&all)))?;
        Ok(Self { insert, columns: columns.len(), parent: (at, id), next })
    }

    fn row(&mut self, cells: Vec<Value>) -> Result<(), VaultError> {
        let mut cells: Vec<Sql> = cells.into_iter().map(sql).collect::<Result<_, _>>()?;
        let (at, id) = self.parent;
        if cells.len() != self.columns || cells.get(at) != Some(&Sql::Integer(id)) {
            return Err(DAMAGED);
        }
        if let Some(next) = &mut self.next {
            cells.push(Sql::Integer(*next));
            *next += 1;
        }
        self.insert.execute(params_from_iter(cells))?;
        Ok(())
    }
}

/// Takes the rows of a record away, before the record itself.
pub(crate) fn delete(conn: &Connection, key: &RecordKey) -> Result<(), VaultError> {
    let (table, id) = id_of(key)?;
    if let Some((_, stored)) = sheet_rows(conn, table, id)? {
        conn.execute(&format!("DELETE FROM \"{stored}\" WHERE _sheet_id = ?1"), [id])?;
    }
    for (child, column) in table.children.iter().rev() {
        conn.execute(&format!("DELETE FROM \"{child}\" WHERE \"{column}\" = ?1"), [id])?;
    }
    Ok(())
}
