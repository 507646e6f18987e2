//! `trusted_signer` of `vault.db`: whose checklist packages the examiner takes.

use crate::error::VaultError;
use crate::exam_store::named;
use crate::journal::{Entry, record_vault};
use crate::schema::Migration;
use crate::text;
use crate::vault::Vault;
use fieldbook_model::Moment;
use rusqlite::params;
use serde_json::json;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    2,
    "CREATE TABLE trusted_signer (
        key TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;",
)];

/// A signer whom the examiner trusts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedSigner {
    /// Ed25519 public key, lower-case hex.
    pub key: String,
    /// Whose key it is, in the examiner's words.
    pub name: String,
    /// Who trusted it.
    pub by: String,
    /// When.
    pub at: Moment,
}

impl Vault {
    /// Trusts a signer's key, or renames it.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] when nobody answers for it.
    pub fn trust_signer(&mut self, s: &TrustedSigner) -> Result<(), VaultError> {
        named(&s.by)?;
        let tx = self.conn.transaction()?;
        tx.execute(
            "INSERT OR REPLACE INTO trusted_signer VALUES (?1, ?2, ?3, ?4)",
            params![s.key, s.name, s.by, s.at.to_string()],
        )?;
        let (subject, detail) = (format!("signer:{}", s.key), json!({ "name": s.name }));
        record_vault(&tx, Entry { at: s.at, by: &s.by, action: "vault.signer_trusted", subject, detail })?;
        Ok(tx.commit()?)
    }

    /// Trusted signers, the earliest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn trusted_signers(&self) -> Result<Vec<TrustedSigner>, VaultError> {
        let mut all = self.conn.prepare("SELECT key, name, by, at FROM trusted_signer ORDER BY at, key")?;
        let mut rows = all.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(TrustedSigner {
                key: row.get(0)?,
                name: row.get(1)?,
                by: row.get(2)?,
                at: text::moment(&row.get::<_, String>(3)?)?,
            });
        }
        Ok(out)
    }

    /// Trusts a key no longer; packages loaded before stay. Gives whether it was trusted.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn distrust_signer(&mut self, key: &str, by: &str, at: Moment) -> Result<bool, VaultError> {
        let tx = self.conn.transaction()?;
        let gone = tx.execute("DELETE FROM trusted_signer WHERE key = ?1", [key])? > 0;
        if gone {
            let (subject, detail) = (format!("signer:{key}"), json!({}));
            record_vault(&tx, Entry { at, by, action: "vault.signer_distrusted", subject, detail })?;
        }
        tx.commit()?;
        Ok(gone)
    }
}
