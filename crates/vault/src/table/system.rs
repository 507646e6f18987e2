//! `system` and `system_fact`: the register of systems, replaced as a whole.

use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::json;
use crate::schema::Migration;
use crate::table::sign_off;
use fieldbook_model::{Moment, System};
use rusqlite::{Connection, params};
use serde_json::{Map, Value, json};

pub(crate) const MIGRATIONS: &[Migration] = &[(
    1,
    "CREATE TABLE system (
        name TEXT PRIMARY KEY,
        ord INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE system_fact (
        system TEXT NOT NULL REFERENCES system (name) ON DELETE CASCADE,
        code TEXT NOT NULL,
        kind TEXT NOT NULL,
        content TEXT,
        PRIMARY KEY (system, code)
    ) STRICT, WITHOUT ROWID;",
)];

/// The register in its order.
pub(crate) fn all(conn: &Connection) -> Result<Vec<System>, VaultError> {
    let mut every = conn.prepare(
        "SELECT s.name, f.code, f.kind, f.content FROM system s LEFT JOIN system_fact f ON f.system = s.name
         ORDER BY s.ord, f.code",
    )?;
    let mut rows = every.query([])?;
    let mut out: Vec<System> = Vec::new();
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        if out.last().is_none_or(|s| s.name != name) {
            out.push(System { name, ..System::default() });
        }
        if let (Some(code), Some(kind)) = (row.get::<_, Option<String>>(1)?, row.get::<_, Option<String>>(2)?)
        {
            let value = json::read_fact(&kind, row.get::<_, Option<String>>(3)?.as_deref())?;
            out.last_mut().map(|s| s.facts.insert(code, value));
        }
    }
    Ok(out)
}

/// Replaces the register.
pub(crate) fn replace(conn: &Connection, systems: &[System]) -> Result<(), VaultError> {
    conn.execute("DELETE FROM system", [])?;
    let mut system = conn.prepare("INSERT INTO system VALUES (?1, ?2)")?;
    let mut fact = conn.prepare("INSERT INTO system_fact VALUES (?1, ?2, ?3, ?4)")?;
    for (ord, s) in systems.iter().enumerate() {
        system.execute(params![s.name, i64::try_from(ord).unwrap_or(i64::MAX)])?;
        for (code, value) in &s.facts {
            let (kind, content) = json::fact(value);
            fact.execute(params![s.name, code, kind, content])?;
        }
    }
    Ok(())
}

/// The register as the journal records it.
pub(crate) fn detail(systems: &[System]) -> Value {
    let one = |s: &System| {
        let facts: Map<String, Value> = s
            .facts
            .iter()
            .map(|(code, value)| {
                let (kind, content) = json::fact(value);
                (code.clone(), json!([kind, content]))
            })
            .collect();
        json!({ "name": s.name, "facts": facts })
    };
    Value::from(systems.iter().map(one).collect::<Vec<_>>())
}

impl ExamStore {
    /// Replaces the register of systems; their names must differ.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author; [`VaultError::Database`] when two systems have one name.
    pub fn set_systems(&mut self, systems: &[System], by: &str, at: Moment) -> Result<(), VaultError> {
        named(by)?;
        let entry =
            Entry { at, by, action: "systems.set", subject: "systems".to_owned(), detail: detail(systems) };
        self.record(entry, |tx| {
            sign_off::still_open(tx, super::fact::PAPER)?;
            replace(tx, systems)
        })
    }
}
