//! `edition`: the documents that the exam is examined by, each in one edition.

use crate::error::VaultError;
use crate::exam_store::ExamStore;
use crate::schema::Migration;
use fieldbook_model::EditionPin;
use rusqlite::{Connection, params};
use serde_json::{Value, json};

pub(crate) const MIGRATIONS: &[Migration] = &[(
    2,
    "CREATE TABLE edition (
        document TEXT PRIMARY KEY,
        version TEXT NOT NULL,
        content_sha256 TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;",
)];

/// Every pin, by document.
pub(crate) fn all(conn: &Connection) -> Result<Vec<EditionPin>, VaultError> {
    let mut every =
        conn.prepare_cached("SELECT document, version, content_sha256 FROM edition ORDER BY document")?;
    let pins = every.query_map([], |r| {
        Ok(EditionPin { document: r.get(0)?, version: r.get(1)?, content_sha256: r.get(2)? })
    })?;
    Ok(pins.collect::<Result<_, _>>()?)
}

/// Replaces the pins; no document may be pinned twice.
pub(crate) fn replace(conn: &Connection, pins: &[EditionPin]) -> Result<(), VaultError> {
    conn.execute("DELETE FROM edition", [])?;
    let mut put = conn.prepare("INSERT INTO edition VALUES (?1, ?2, ?3)")?;
    for pin in pins {
        put.execute(params![pin.document, pin.version, pin.content_sha256])?;
    }
    Ok(())
}

/// Law and pins as the journal records them.
pub(crate) fn detail(law: Option<&str>, pins: &[EditionPin]) -> Value {
    let pins: Vec<Value> = pins.iter().map(|p| json!([p.document, p.version, p.content_sha256])).collect();
    json!({ "law": law, "editions": pins })
}

impl ExamStore {
    /// The editions that the exam is examined by, by document; none while no law is pinned.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn editions(&self) -> Result<Vec<EditionPin>, VaultError> {
        all(&self.conn)
    }
}
