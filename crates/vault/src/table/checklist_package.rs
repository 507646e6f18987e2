//! `checklist_package` of `vault.db`: signed checklist packages that were loaded, in the order of loading.

use crate::error::VaultError;
use crate::exam_store::named;
use crate::journal::{Entry, record_vault};
use crate::law;
use crate::schema::Migration;
use crate::text;
use crate::vault::Vault;
use fieldbook_model::Moment;
use rusqlite::params;
use serde_json::json;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    2,
    "CREATE TABLE checklist_package (
        ord INTEGER PRIMARY KEY AUTOINCREMENT,
        sha256 TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        version TEXT NOT NULL,
        signer TEXT NOT NULL,
        text TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;",
)];

/// A loaded checklist package, as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPackage {
    /// SHA-256 of the package's text, lower-case hex.
    pub sha256: String,
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// Ed25519 public key of the signer, lower-case hex.
    pub signer: String,
    /// The package, whole.
    pub text: String,
    /// Who loaded it.
    pub by: String,
    /// When.
    pub at: Moment,
}

impl Vault {
    /// Keeps a package behind those loaded before. Gives whether it is new; one of the same hash stays as it was.
    /// Signature and content are the caller's to check.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] when nobody loaded it.
    pub fn add_package(&mut self, p: &StoredPackage) -> Result<bool, VaultError> {
        named(&p.by)?;
        let tx = self.conn.transaction()?;
        let added = tx.execute(
            "INSERT INTO checklist_package (sha256, name, version, signer, text, by, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (sha256) DO NOTHING",
            params![p.sha256, p.name, p.version, p.signer, p.text, p.by, p.at.to_string()],
        )?;
        if added > 0 {
            let subject = format!("package:{}", p.sha256);
            let detail = json!({ "name": p.name, "version": p.version, "signer": p.signer });
            record_vault(
                &tx,
                Entry { at: p.at, by: &p.by, action: "vault.package_loaded", subject, detail },
            )?;
        }
        tx.commit()?;
        Ok(added > 0)
    }

    /// Packages in the order in which they were loaded.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn packages(&self) -> Result<Vec<StoredPackage>, VaultError> {
        let mut all = self.conn.prepare_cached(
            "SELECT sha256, name, version, signer, text, by, at FROM checklist_package ORDER BY ord",
        )?;
        let mut rows = all.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(StoredPackage {
                sha256: row.get(0)?,
                name: row.get(1)?,
                version: row.get(2)?,
                signer: row.get(3)?,
                text: row.get(4)?,
                by: row.get(5)?,
                at: text::moment(&row.get::<_, String>(6)?)?,
            });
        }
        Ok(out)
    }

    /// Takes a package out, so that no later exam is made with it.
    ///
    /// # Errors
    /// [`VaultError::PackageInUse`] when an exam is examined by a law that was made with it,
    /// [`VaultError::UnknownPackage`].
    pub fn remove_package(&mut self, sha256: &str, by: &str, at: Moment) -> Result<(), VaultError> {
        if let Some(exam) = law::exam_built_with(self, sha256)? {
            return Err(VaultError::PackageInUse { exam });
        }
        let tx = self.conn.transaction()?;
        if tx.execute("DELETE FROM checklist_package WHERE sha256 = ?1", [sha256])? == 0 {
            return Err(VaultError::UnknownPackage);
        }
        let (subject, detail) = (format!("package:{sha256}"), json!({}));
        record_vault(&tx, Entry { at, by, action: "vault.package_removed", subject, detail })?;
        Ok(tx.commit()?)
    }
}
