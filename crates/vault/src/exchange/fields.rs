//! A row as the fields that two copies compare, and back.

use super::rules::Table;
use crate::error::VaultError;
use crate::table::dataset::columns_of;
use fieldbook_model::{Held, THERE};
use rusqlite::types::{ToSqlOutput, Value as Sql, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params_from_iter};
use serde_json::Value;
use std::collections::BTreeMap;

/// Values by column.
pub(crate) type Columns = BTreeMap<String, Held>;
/// Values by field, [`THERE`] among them.
pub(crate) type Fields = BTreeMap<String, Held>;

const DAMAGED: VaultError = VaultError::Damaged { what: "record" };

/// A value as SQLite takes it.
pub(crate) struct Bound<'a>(pub(crate) &'a Held);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Held::Null => ToSqlOutput::Owned(Sql::Null),
            Held::Int(n) => ToSqlOutput::Owned(Sql::Integer(*n)),
            Held::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        })
    }
}

/// A value of a row.
pub(crate) fn held(row: &Row<'_>, at: usize) -> Result<Held, VaultError> {
    match row.get_ref(at)? {
        ValueRef::Null => Ok(Held::Null),
        ValueRef::Integer(n) => Ok(Held::Int(n)),
        ValueRef::Text(_) => Ok(Held::Text(row.get(at)?)),
        _ => Err(DAMAGED),
    }
}

/// The key of a record as its values, in the order of the table's key.
pub(crate) fn key_values(table: &Table, key: &str) -> Result<Vec<Held>, VaultError> {
    let list: Vec<Value> = serde_json::from_str(key).map_err(|_| DAMAGED)?;
    if list.len() != table.key.len() {
        return Err(DAMAGED);
    }
    list.iter().map(crate::table::record_state::held).collect()
}

/// The key of a record as a JSON list.
pub(crate) fn key_text(values: &[Held]) -> String {
    Value::from(values.iter().map(crate::table::record_state::value).collect::<Vec<_>>()).to_string()
}

/// `key1 IS ?1 AND …`, and the rows that hold now.
pub(crate) fn named(table: &Table) -> String {
    let key: Vec<String> =
        table.key.iter().enumerate().map(|(i, column)| format!("\"{column}\" IS ?{}", i + 1)).collect();
    format!("{} AND {}", key.join(" AND "), table.now)
}

/// The row of a record now, by column; `None` when there is none.
pub(crate) fn row(conn: &Connection, table: &Table, key: &[Held]) -> Result<Option<Columns>, VaultError> {
    let sql = format!("SELECT * FROM \"{}\" WHERE {}", table.name, named(table));
    let mut one = conn.prepare_cached(&sql)?;
    let names: Vec<String> = one.column_names().map(str::to_owned).collect();
    let mut rows = one.query(params_from_iter(key.iter().map(Bound)))?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let mut out = Columns::new();
    for (at, name) in names.into_iter().enumerate() {
        out.insert(name, held(row, at)?);
    }
    Ok(Some(out))
}

/// Keys of every record of a table now.
pub(crate) fn keys(conn: &Connection, table: &Table) -> Result<Vec<String>, VaultError> {
    let columns: Vec<String> = table.key.iter().map(|column| format!("\"{column}\"")).collect();
    let sql = format!("SELECT {} FROM \"{}\" WHERE {}", columns.join(", "), table.name, table.now);
    let mut every = conn.prepare(&sql)?;
    let mut rows = every.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let values: Result<Vec<_>, _> = (0..table.key.len()).map(|at| held(row, at)).collect();
        out.push(key_text(&values?));
    }
    Ok(out)
}

fn sha256_of(conn: &Connection, evidence: i64) -> Result<String, VaultError> {
    Ok(conn
        .prepare_cached("SELECT sha256 FROM evidence WHERE id = ?1")?
        .query_row([evidence], |r| r.get(0))?)
}

fn evidence_of(conn: &Connection, sha256: &str) -> Result<i64, VaultError> {
    let found: Option<i64> = conn
        .prepare_cached("SELECT id FROM evidence WHERE sha256 = ?1")?
        .query_row([sha256], |r| r.get(0))
        .optional()?;
    found.ok_or(DAMAGED)
}

/// What a row says, field by field. Fields without a value are left out.
pub(crate) fn of_row(conn: &Connection, table: &Table, row: &Columns) -> Result<Fields, VaultError> {
    let mut out = Fields::from([(THERE.to_owned(), Held::Int(1))]);
    let together = |column: &str| table.together.iter().any(|(_, columns)| columns.contains(&column));
    for (column, value) in row {
        let name = column.as_str();
        let apart = table.key.contains(&name) || table.own.contains(&name) || together(name);
        match value {
            _ if apart => {}
            Held::Null => {}
            Held::Text(list) if table.lists.contains(&name) => {
                for (place, member) in (1..).zip(members(conn, table, name, list)?) {
                    out.insert(format!("{name}/{member}"), Held::Int(place));
                }
            }
            Held::Int(id) if table.evidence.contains(&name) => {
                out.insert(column.clone(), Held::Text(sha256_of(conn, *id)?));
            }
            value => {
                out.insert(column.clone(), value.clone());
            }
        }
    }
    for (name, columns) in table.together {
        let values: Vec<&Held> = columns.iter().filter_map(|column| row.get(*column)).collect();
        if values.iter().any(|value| **value != Held::Null) {
            let list: Vec<Value> = values.into_iter().map(crate::table::record_state::value).collect();
            out.insert((*name).to_owned(), Held::Text(Value::from(list).to_string()));
        }
    }
    Ok(out)
}

fn members(conn: &Connection, table: &Table, column: &str, list: &str) -> Result<Vec<String>, VaultError> {
    let list: Vec<Value> = serde_json::from_str(list).map_err(|_| DAMAGED)?;
    list.iter()
        .map(|member| match member {
            Value::String(text) => Ok(text.clone()),
            Value::Number(n) if table.evidence.contains(&column) => {
                sha256_of(conn, n.as_i64().ok_or(DAMAGED)?)
            }
            _ => Err(DAMAGED),
        })
        .collect()
}

/// The columns that fields stand for, without the key and what is this copy's own. Columns that no field names are null,
/// lists empty.
pub(crate) fn to_row(conn: &Connection, table: &Table, fields: &Fields) -> Result<Columns, VaultError> {
    let mut out = Columns::new();
    for (column, _) in columns_of(conn, table.name)? {
        let name = column.as_str();
        if table.key.contains(&name) || table.own.contains(&name) {
            continue;
        }
        let value = if table.lists.contains(&name) {
            Held::Text(list(conn, table, name, fields)?)
        } else if let Some((group, columns)) = table.together.iter().find(|(_, c)| c.contains(&name)) {
            part(fields.get(*group), columns, name)?
        } else {
            match fields.get(name) {
                Some(Held::Text(sha256)) if table.evidence.contains(&name) => {
                    Held::Int(evidence_of(conn, sha256)?)
                }
                other => other.cloned().unwrap_or(Held::Null),
            }
        };
        out.insert(column, value);
    }
    Ok(out)
}

fn part(group: Option<&Held>, columns: &[&str], column: &str) -> Result<Held, VaultError> {
    let Some(Held::Text(text)) = group else { return Ok(Held::Null) };
    let list: Vec<Value> = serde_json::from_str(text).map_err(|_| DAMAGED)?;
    let at = columns.iter().position(|c| *c == column).ok_or(DAMAGED)?;
    crate::table::record_state::held(list.get(at).ok_or(DAMAGED)?)
}

fn list(conn: &Connection, table: &Table, column: &str, fields: &Fields) -> Result<String, VaultError> {
    let mut placed: Vec<(i64, &str)> = fields
        .iter()
        .filter_map(|(name, value)| match (name.split_once('/'), value) {
            (Some((list, member)), Held::Int(place)) if list == column && *place > 0 => {
                Some((*place, member))
            }
            _ => None,
        })
        .collect();
    placed.sort_unstable();
    let members: Result<Vec<Value>, VaultError> = placed
        .into_iter()
        .map(|(_, member)| match table.evidence.contains(&column) {
            true => Ok(Value::from(evidence_of(conn, member)?)),
            false => Ok(Value::from(member)),
        })
        .collect();
    Ok(Value::from(members?).to_string())
}
