//! `law` of `vault.db`: every checklist, whole, that an exam was ever examined by, under its hash. A law is never
//! changed and never taken out.

use crate::error::VaultError;
use crate::json;
use crate::law::ExamLaw;
use crate::schema::Migration;
use crate::vault::Vault;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    2,
    // The files stand last: what comes before them is read without their pages.
    "CREATE TABLE law (
        sha256 TEXT PRIMARY KEY NOT NULL,
        packages TEXT NOT NULL,
        files TEXT NOT NULL
    ) STRICT;",
)];

/// Stores a law that is new. One that is there is left as it is, but for packages that it is now known to come from
/// as well.
pub(crate) fn keep(conn: &Connection, law: &ExamLaw) -> Result<(), VaultError> {
    let known: Option<String> = conn
        .query_row("SELECT packages FROM law WHERE sha256 = ?1", [&law.sha256], |r| r.get(0))
        .optional()?;
    let Some(known) = known else {
        conn.execute(
            "INSERT INTO law (sha256, packages, files) VALUES (?1, ?2, ?3)",
            params![law.sha256, json::texts(&law.packages), json::files(&law.files)],
        )?;
        return Ok(());
    };
    let mut packages = json::read_texts(&known)?;
    let before = packages.len();
    packages.extend(law.packages.iter().filter(|p| !packages.contains(p)).cloned().collect::<Vec<_>>());
    if packages.len() > before {
        conn.execute(
            "UPDATE law SET packages = ?2 WHERE sha256 = ?1",
            params![law.sha256, json::texts(&packages)],
        )?;
    }
    Ok(())
}

/// Whether a law is stored.
pub(crate) fn has(conn: &Connection, sha256: &str) -> Result<bool, VaultError> {
    Ok(conn.prepare_cached("SELECT 1 FROM law WHERE sha256 = ?1")?.exists([sha256])?)
}

/// Hashes of the laws that a package went into.
pub(crate) fn built_with(conn: &Connection, package: &str) -> Result<Vec<String>, VaultError> {
    let mut all = conn.prepare("SELECT sha256, packages FROM law ORDER BY sha256")?;
    let mut rows = all.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        if json::read_texts(&row.get::<_, String>(1)?)?.iter().any(|p| p == package) {
            out.push(row.get(0)?);
        }
    }
    Ok(out)
}

impl Vault {
    /// The files of a law, path to text; `None` when no such law is stored.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn law(&self, sha256: &str) -> Result<Option<BTreeMap<String, String>>, VaultError> {
        let mut one = self.conn.prepare_cached("SELECT files FROM law WHERE sha256 = ?1")?;
        let files: Option<String> = one.query_row([sha256], |r| r.get(0)).optional()?;
        files.as_deref().map(json::read_files).transpose()
    }
}
