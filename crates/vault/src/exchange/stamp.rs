//! Every transaction leaves the states of the records that it wrote true: triggers of the connection note which rows were
//! touched, and before the commit their fields are compared with what is known of them. A field that differs was written
//! by the journal's last entry.

use super::fields::{self, Fields};
use super::rules::{TABLES, Table};
use crate::error::VaultError;
use crate::table::exam_copy::{self, OWN};
use crate::table::journal;
use crate::table::record_state::{self, State, Written};
use fieldbook_model::{Held, THERE};
use rusqlite::Connection;

/// Begins to note what is touched. The notes live in memory, with the connection.
pub(crate) fn watch(conn: &Connection) -> Result<(), VaultError> {
    let mut sql = String::from(
        "CREATE TEMP TABLE IF NOT EXISTS touched (tbl TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (tbl, key)) WITHOUT ROWID;",
    );
    for table in TABLES {
        for (event, row) in [("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")] {
            let key: Vec<String> = table.key.iter().map(|column| format!("{row}.\"{column}\"")).collect();
            // No `OR IGNORE`: how the statement that touches a row treats conflicts would override it.
            sql += &format!(
                "CREATE TEMP TRIGGER IF NOT EXISTS touched_{name}_{event} AFTER {event} ON main.{name}
                 BEGIN INSERT INTO touched SELECT '{name}', json_array({key})
                    WHERE NOT EXISTS (SELECT 1 FROM touched WHERE tbl = '{name}' AND key = json_array({key})); END;",
                name = table.name,
                key = key.join(", ")
            );
        }
    }
    Ok(conn.execute_batch(&sql)?)
}

/// What was touched since the last commit, in no order.
fn touched(conn: &Connection) -> Result<Vec<(String, String)>, VaultError> {
    let mut every = conn.prepare_cached("SELECT tbl, key FROM temp.touched")?;
    Ok(every.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?)
}

/// Forgets what was touched.
pub(crate) fn forget(conn: &Connection) -> Result<(), VaultError> {
    conn.prepare_cached("DELETE FROM temp.touched")?.execute([])?;
    Ok(())
}

/// Makes the states true of what was touched. Call it last before the commit.
pub(crate) fn settle(conn: &Connection) -> Result<(), VaultError> {
    let touched = touched(conn)?;
    if touched.is_empty() {
        return Ok(());
    }
    let seq = journal::size(conn)?.unsigned_abs();
    for (name, key) in &touched {
        let table = super::rules::of(name).ok_or(VaultError::Damaged { what: "record" })?;
        settle_one(conn, table, key, seq)?;
    }
    forget(conn)
}

/// Gives the records of an exam of an earlier release their first states.
pub(crate) fn first(conn: &mut Connection) -> Result<(), VaultError> {
    let own = exam_copy::own(conn)?;
    if own.stamped {
        return Ok(());
    }
    let tx = conn.transaction()?;
    let seq = journal::size(&tx)?.unsigned_abs();
    for table in TABLES {
        for key in fields::keys(&tx, table)? {
            settle_one(&tx, table, &key, seq)?;
        }
    }
    exam_copy::set_own(&tx, &exam_copy::OwnCopy { stamped: true, ..own })?;
    forget(&tx)?;
    Ok(tx.commit()?)
}

fn settle_one(conn: &Connection, table: &Table, key: &str, seq: u64) -> Result<(), VaultError> {
    let before = record_state::of(conn, table.name, key)?;
    let now = match fields::row(conn, table, &fields::key_values(table, key)?)? {
        Some(row) => fields::of_row(conn, table, &row)?,
        // What it said stays known, so that whoever changed it meanwhile is not passed over.
        None => Fields::from([(THERE.to_owned(), Held::Int(0))]),
    };
    let after = written(before.clone(), &now, seq);
    if Some(&after) != before.as_ref() {
        record_state::put(conn, table.name, key, Some(&after))?;
    }
    Ok(())
}

fn written(before: Option<State>, now: &Fields, seq: u64) -> State {
    let mut after = before.unwrap_or_default();
    let there = now.get(THERE) == Some(&Held::Int(1));
    let gone: Vec<String> = after.keys().filter(|name| there && !now.contains_key(*name)).cloned().collect();
    let emptied = gone.into_iter().map(|name| {
        // A member that a list no longer has is at no place; another field has no value.
        let nothing = if name.contains('/') { Held::Int(0) } else { Held::Null };
        (name, nothing)
    });
    for (name, value) in now.iter().map(|(name, value)| (name.clone(), value.clone())).chain(emptied) {
        if after.get(&name).is_none_or(|old| old.value != value) {
            after.insert(name, Written { value, copy: OWN, seq });
        }
    }
    after
}
