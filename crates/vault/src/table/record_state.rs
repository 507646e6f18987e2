//! `record_state`: what every record says, field by field, with the entry of a journal that wrote each. It is what two
//! copies of an exam compare. [`stamp`](crate::exchange::stamp) keeps it true in every transaction.

use crate::error::VaultError;
use crate::schema::Migration;
use fieldbook_model::Held;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    8,
    "CREATE TABLE record_state (
        tbl TEXT NOT NULL,
        key TEXT NOT NULL,
        state TEXT NOT NULL,
        PRIMARY KEY (tbl, key)
    ) STRICT, WITHOUT ROWID;",
)];

/// A field: its value, the number of the copy that wrote it, the entry of that copy's journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) value: Held,
    pub(crate) copy: i64,
    pub(crate) seq: u64,
}

/// The fields of a record.
pub(crate) type State = BTreeMap<String, Written>;

const DAMAGED: VaultError = VaultError::Damaged { what: "state of a record" };

/// A value as JSON.
pub(crate) fn value(held: &Held) -> Value {
    match held {
        Held::Null => Value::Null,
        Held::Int(n) => (*n).into(),
        Held::Text(text) => text.as_str().into(),
    }
}

/// Reads a value.
pub(crate) fn held(value: &Value) -> Result<Held, VaultError> {
    match value {
        Value::Null => Ok(Held::Null),
        Value::String(text) => Ok(Held::Text(text.clone())),
        other => other.as_i64().map(Held::Int).ok_or(DAMAGED),
    }
}

/// A state as it is stored.
pub(crate) fn text(state: &State) -> String {
    let fields: Map<String, Value> =
        state.iter().map(|(name, w)| (name.clone(), json!([value(&w.value), w.copy, w.seq]))).collect();
    Value::from(fields).to_string()
}

/// Reads a stored state.
pub(crate) fn read(text: &str) -> Result<State, VaultError> {
    let fields: BTreeMap<String, (Value, i64, u64)> = serde_json::from_str(text).map_err(|_| DAMAGED)?;
    fields
        .into_iter()
        .map(|(name, (value, copy, seq))| Ok((name, Written { value: held(&value)?, copy, seq })))
        .collect()
}

/// The state of a record; `None` for one that never was.
pub(crate) fn of(conn: &Connection, table: &str, key: &str) -> Result<Option<State>, VaultError> {
    let found: Option<String> = conn
        .prepare_cached("SELECT state FROM record_state WHERE tbl = ?1 AND key = ?2")?
        .query_row([table, key], |r| r.get(0))
        .optional()?;
    found.as_deref().map(read).transpose()
}

/// Keeps the state of a record in place of the one before; without a state it never was.
pub(crate) fn put(
    conn: &Connection,
    table: &str,
    key: &str,
    state: Option<&State>,
) -> Result<(), VaultError> {
    match state {
        Some(state) => conn
            .prepare_cached("INSERT OR REPLACE INTO record_state VALUES (?1, ?2, ?3)")?
            .execute(params![table, key, text(state)])?,
        None => conn
            .prepare_cached("DELETE FROM record_state WHERE tbl = ?1 AND key = ?2")?
            .execute([table, key])?,
    };
    Ok(())
}

/// Hands every record's table, key and state on.
pub(crate) fn each(
    conn: &Connection,
    each: &mut dyn FnMut(&str, &str, State) -> Result<(), VaultError>,
) -> Result<(), VaultError> {
    let mut every = conn.prepare("SELECT tbl, key, state FROM record_state ORDER BY tbl, key")?;
    let mut rows = every.query([])?;
    while let Some(row) = rows.next()? {
        let text = |i| row.get_ref(i).and_then(|v| v.as_str().map_err(rusqlite::Error::from));
        each(text(0)?, text(1)?, read(text(2)?)?)?;
    }
    Ok(())
}
