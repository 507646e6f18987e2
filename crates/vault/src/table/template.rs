//! `template` of `vault.db`: templates that an organisation brought, beside or in the place of those that are shipped.

use crate::error::VaultError;
use crate::exam_store::named;
use crate::journal::{Entry, record_vault};
use crate::schema::Migration;
use crate::text;
use crate::vault::Vault;
use fieldbook_model::Moment;
use rusqlite::{OptionalExtension, params};
use serde_json::json;
use sha2::{Digest, Sha256};

pub(crate) const MIGRATIONS: &[Migration] = &[(
    6,
    "CREATE TABLE template (
        key TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        authority TEXT NOT NULL,
        file TEXT NOT NULL,
        bytes BLOB NOT NULL,
        sha256 TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;",
)];

/// A template as it is kept, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTemplate {
    /// Key; that of a shipped template takes its place.
    pub key: String,
    /// Title.
    pub title: String,
    /// Authority that it is for; empty for all.
    pub authority: String,
    /// Name of the file.
    pub file: String,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
    /// Who brought it.
    pub by: String,
    /// When.
    pub at: Moment,
}

impl Vault {
    /// Keeps a template; one of the same key is replaced. Its `sha256` is found here.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author.
    pub fn save_template(&mut self, t: &StoredTemplate, bytes: &[u8]) -> Result<(), VaultError> {
        named(&t.by)?;
        let sha256 = hex::encode(Sha256::digest(bytes));
        let tx = self.conn.transaction()?;
        tx.execute(
            "INSERT OR REPLACE INTO template VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![t.key, t.title, t.authority, t.file, bytes, sha256, t.by, t.at.to_string()],
        )?;
        let subject = format!("template:{}", t.key);
        let detail = json!({ "title": t.title, "authority": t.authority, "file": t.file, "sha256": sha256 });
        record_vault(&tx, Entry { at: t.at, by: &t.by, action: "vault.template_kept", subject, detail })?;
        Ok(tx.commit()?)
    }

    /// Takes a template out again.
    ///
    /// # Errors
    /// [`VaultError::UnknownTemplate`].
    pub fn drop_template(&mut self, key: &str, by: &str, at: Moment) -> Result<(), VaultError> {
        let tx = self.conn.transaction()?;
        if tx.execute("DELETE FROM template WHERE key = ?1", [key])? == 0 {
            return Err(VaultError::UnknownTemplate);
        }
        let (subject, detail) = (format!("template:{key}"), json!({}));
        record_vault(&tx, Entry { at, by, action: "vault.template_dropped", subject, detail })?;
        Ok(tx.commit()?)
    }

    /// The templates that were brought, by key.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn templates(&self) -> Result<Vec<StoredTemplate>, VaultError> {
        let mut every = self
            .conn
            .prepare("SELECT key, title, authority, file, sha256, by, at FROM template ORDER BY key")?;
        let mut rows = every.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let t = |i: usize| row.get::<_, String>(i);
            let at = text::moment(&t(6)?)?;
            out.push(StoredTemplate {
                key: t(0)?,
                title: t(1)?,
                authority: t(2)?,
                file: t(3)?,
                sha256: t(4)?,
                by: t(5)?,
                at,
            });
        }
        Ok(out)
    }

    /// The bytes of a template.
    ///
    /// # Errors
    /// [`VaultError::UnknownTemplate`].
    pub fn template_bytes(&self, key: &str) -> Result<Vec<u8>, VaultError> {
        let bytes = self
            .conn
            .query_row("SELECT bytes FROM template WHERE key = ?1", [key], |r| r.get(0))
            .optional()?;
        bytes.ok_or(VaultError::UnknownTemplate)
    }
}
