//! `key_slot` of `vault.db`: what each key slot's file is known to be, so that another file in its place is seen, and whose
//! each escrow slot is. `pending` is the hash of a file on its way, empty while a slot is being taken away.

use crate::error::VaultError;
use crate::schema::Migration;
use rusqlite::{Connection, params};

pub(crate) const MIGRATIONS: &[Migration] = &[(
    7,
    "CREATE TABLE key_slot (
        slot TEXT PRIMARY KEY,
        sha256 TEXT,
        pending TEXT,
        recipient TEXT,
        label TEXT
    ) STRICT, WITHOUT ROWID;",
)];

/// A row. Hashes are SHA-256 of the slot's file, lower-case hex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeySlotRow {
    pub(crate) slot: String,
    pub(crate) sha256: Option<String>,
    pub(crate) pending: Option<String>,
    pub(crate) recipient: Option<String>,
    pub(crate) label: Option<String>,
}

/// Every row, by slot.
pub(crate) fn all(conn: &Connection) -> Result<Vec<KeySlotRow>, VaultError> {
    let mut every =
        conn.prepare_cached("SELECT slot, sha256, pending, recipient, label FROM key_slot ORDER BY slot")?;
    let rows = every.query_map([], |r| {
        Ok(KeySlotRow {
            slot: r.get(0)?,
            sha256: r.get(1)?,
            pending: r.get(2)?,
            recipient: r.get(3)?,
            label: r.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Takes down a file as the slot's, as when a vault is made or comes from a release that took down none.
pub(crate) fn adopt(conn: &Connection, slot: &str, sha256: &str) -> Result<(), VaultError> {
    conn.execute("INSERT OR REPLACE INTO key_slot (slot, sha256) VALUES (?1, ?2)", params![slot, sha256])?;
    Ok(())
}

/// Says which file is on its way; an empty hash says that the slot is going.
pub(crate) fn announce(conn: &Connection, slot: &str, pending: &str) -> Result<(), VaultError> {
    conn.execute(
        "INSERT INTO key_slot (slot, pending) VALUES (?1, ?2) ON CONFLICT (slot) DO UPDATE SET pending = ?2",
        params![slot, pending],
    )?;
    Ok(())
}

/// Names whose an escrow slot is.
pub(crate) fn name(conn: &Connection, slot: &str, recipient: &str, label: &str) -> Result<(), VaultError> {
    conn.execute(
        "UPDATE key_slot SET recipient = ?2, label = ?3 WHERE slot = ?1",
        params![slot, recipient, label],
    )?;
    Ok(())
}

/// The announced file is in place.
pub(crate) fn arrived(conn: &Connection, slot: &str) -> Result<(), VaultError> {
    conn.execute("UPDATE key_slot SET sha256 = pending, pending = NULL WHERE slot = ?1", [slot])?;
    Ok(())
}

/// The announced change did not come about: what was before stands.
pub(crate) fn withdraw(conn: &Connection, slot: &str) -> Result<(), VaultError> {
    conn.execute("DELETE FROM key_slot WHERE slot = ?1 AND sha256 IS NULL", [slot])?;
    conn.execute("UPDATE key_slot SET pending = NULL WHERE slot = ?1", [slot])?;
    Ok(())
}

/// The slot is gone.
pub(crate) fn remove(conn: &Connection, slot: &str) -> Result<(), VaultError> {
    conn.execute("DELETE FROM key_slot WHERE slot = ?1", [slot])?;
    Ok(())
}
