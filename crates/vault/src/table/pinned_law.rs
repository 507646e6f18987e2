//! `pinned_law`: the one row that says which law, of those in `vault.db`, the exam is examined by.

use crate::error::VaultError;
use crate::exam_store::ExamStore;
use crate::schema::Migration;
use rusqlite::{Connection, OptionalExtension};

pub(crate) const MIGRATIONS: &[Migration] = &[(
    2,
    "CREATE TABLE pinned_law (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        sha256 TEXT NOT NULL
    ) STRICT;",
)];

/// SHA-256 of the law; `None` while none is pinned, and in a file of version 1, which has no such table.
pub(crate) fn read(conn: &Connection) -> Result<Option<String>, VaultError> {
    if !conn.table_exists(None, "pinned_law")? {
        return Ok(None);
    }
    Ok(conn.query_row("SELECT sha256 FROM pinned_law", [], |r| r.get(0)).optional()?)
}

/// Pins a law in place of the one before.
pub(crate) fn put(conn: &Connection, sha256: &str) -> Result<(), VaultError> {
    conn.execute("INSERT OR REPLACE INTO pinned_law VALUES (1, ?1)", [sha256])?;
    Ok(())
}

impl ExamStore {
    /// SHA-256 of the law that the exam is examined by, for [`Vault::law`](crate::Vault::law); `None` for an exam of
    /// an earlier release that was not given one yet.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn law_sha256(&self) -> Result<Option<String>, VaultError> {
        read(&self.conn)
    }
}
