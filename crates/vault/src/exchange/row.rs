//! A record's row, made what its state says.

use super::fields::{self, Fields};
use super::rules::Table;
use crate::error::VaultError;
use crate::table::record_state::State;
use fieldbook_model::{Held, THERE};
use rusqlite::{Connection, params_from_iter};

/// Whether a record is there.
pub(crate) fn is_there(state: Option<&State>) -> bool {
    state.and_then(|s| s.get(THERE)).is_some_and(|w| w.value == Held::Int(1))
}

/// Makes the row of a record what its state says.
pub(crate) fn write_row(
    conn: &Connection,
    table: &Table,
    key: &str,
    state: &State,
    own: Fields,
) -> Result<(), VaultError> {
    let values = fields::key_values(table, key)?;
    let known = fields::row(conn, table, &values)?.is_some();
    let bound = |all: &[Held]| all.to_vec();
    let name = table.name;
    // Rows that hold no more are a copy's own history.
    let history = if table.own.contains(&"superseded") { Some(table) } else { None };
    if known && (history.is_some() || !is_there(Some(state))) {
        let sql = match history {
            Some(_) => end_sql(table),
            None => format!("DELETE FROM \"{name}\" WHERE {}", fields::named(table)),
        };
        conn.prepare_cached(&sql)?.execute(params_from_iter(values.iter().map(fields::Bound)))?;
    }
    if !is_there(Some(state)) {
        return Ok(());
    }
    let now: Fields = state.iter().map(|(field, w)| (field.clone(), w.value.clone())).collect();
    let mut row = fields::to_row(conn, table, &now)?;
    if known && history.is_none() {
        let before = fields::row(conn, table, &values)?.unwrap_or_default();
        row.retain(|column, value| before.get(column) != Some(&*value));
        let set: Vec<String> =
            row.keys().enumerate().map(|(i, c)| format!("\"{c}\" = ?{}", values.len() + i + 1)).collect();
        if set.is_empty() {
            return Ok(());
        }
        let sql = format!("UPDATE \"{name}\" SET {} WHERE {}", set.join(", "), fields::named(table));
        let mut all = bound(&values);
        all.extend(row.into_values());
        conn.prepare_cached(&sql)?.execute(params_from_iter(all.iter().map(fields::Bound)))?;
        return Ok(());
    }
    let mut columns: Vec<String> = table.key.iter().map(|c| (*c).to_owned()).collect();
    let mut all = bound(&values);
    for (column, value) in row.into_iter().chain(own) {
        columns.push(column);
        all.push(value);
    }
    let quoted: Vec<String> = columns.iter().map(|c| format!("\"{c}\"")).collect();
    let marks = vec!["?"; columns.len()].join(", ");
    let sql = format!("INSERT INTO \"{name}\" ({}) VALUES ({marks})", quoted.join(", "));
    conn.prepare_cached(&sql)?.execute(params_from_iter(all.iter().map(fields::Bound)))?;
    Ok(())
}

/// The statement after which a row of a table with a history holds no more.
fn end_sql(table: &Table) -> String {
    let ended = if table.now.contains("NULL") { "at" } else { "1" };
    format!("UPDATE \"{}\" SET superseded = {ended} WHERE {}", table.name, fields::named(table))
}
