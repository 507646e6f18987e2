//! `setting` of `vault.db`: texts by key. The vault's own identity is one of them.

use crate::error::VaultError;
use crate::schema::Migration;
use rusqlite::{Connection, OptionalExtension, params};

pub(crate) const MIGRATIONS: &[Migration] = &[(
    1,
    "CREATE TABLE setting (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;",
)];

/// Secret half of the vault's recipient. Not reachable through the public readers.
pub(crate) const IDENTITY: &str = "internal.identity";
/// Seed of the vault's signer, hex. Not reachable through the public readers.
pub(crate) const SIGNER: &str = "internal.signer";
/// Present once the header has its check.
pub(crate) const HEADER_CHECKED: &str = "internal.header_checked";
/// Present once the recovery identity was typed back.
pub(crate) const RECOVERY_CONFIRMED: &str = "internal.recovery_confirmed";

/// Reads a setting.
pub(crate) fn get(conn: &Connection, key: &str) -> Result<Option<String>, VaultError> {
    Ok(conn.query_row("SELECT value FROM setting WHERE key = ?1", [key], |r| r.get(0)).optional()?)
}

/// Writes a setting; `None` removes it.
pub(crate) fn set(conn: &Connection, key: &str, value: Option<&str>) -> Result<(), VaultError> {
    match value {
        Some(value) => conn.execute("INSERT OR REPLACE INTO setting VALUES (?1, ?2)", params![key, value])?,
        None => conn.execute("DELETE FROM setting WHERE key = ?1", [key])?,
    };
    Ok(())
}
