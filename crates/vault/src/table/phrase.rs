//! `phrase` of `vault.db`: the examiner's own wordings for notes, by clause.

use crate::error::VaultError;
use crate::exam_store::named;
use crate::schema::Migration;
use crate::vault::Vault;
use fieldbook_model::{ClauseId, Moment};
use rusqlite::params;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    2,
    "CREATE TABLE phrase (
        clause TEXT NOT NULL,
        text TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (clause, text)
    ) STRICT, WITHOUT ROWID;",
)];

impl Vault {
    /// Keeps a wording for a clause; one that is there already stays as it is.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author.
    pub fn keep_phrase(
        &mut self,
        clause: &ClauseId,
        text: &str,
        by: &str,
        at: Moment,
    ) -> Result<(), VaultError> {
        named(by)?;
        self.conn.execute(
            "INSERT OR IGNORE INTO phrase VALUES (?1, ?2, ?3, ?4)",
            params![clause.as_str(), text, by, at.to_string()],
        )?;
        Ok(())
    }

    /// Drops a wording. Gives whether it was there.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn drop_phrase(&mut self, clause: &ClauseId, text: &str) -> Result<bool, VaultError> {
        let gone = self
            .conn
            .execute("DELETE FROM phrase WHERE clause = ?1 AND text = ?2", params![clause.as_str(), text])?;
        Ok(gone > 0)
    }

    /// Every wording, by clause and then as they were kept.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn phrases(&self) -> Result<Vec<(ClauseId, String)>, VaultError> {
        let mut all =
            self.conn.prepare_cached("SELECT clause, text FROM phrase ORDER BY clause, at, text")?;
        let mut rows = all.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let clause = ClauseId::parse(&row.get::<_, String>(0)?);
            out.push((clause.map_err(|_| VaultError::Damaged { what: "clause id" })?, row.get(1)?));
        }
        Ok(out)
    }
}
