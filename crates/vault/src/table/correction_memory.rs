//! `correction_memory` of `vault.db`: how a firm's rows were corrected, for its next exam.

use crate::error::VaultError;
use crate::schema::Migration;
use crate::text;
use crate::vault::Vault;
use fieldbook_model::Correction;
use fieldbook_model::text::norm_firm;
use rusqlite::params;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    4,
    "CREATE TABLE correction_memory (
        firm TEXT NOT NULL,
        dataset TEXT NOT NULL,
        column_key TEXT NOT NULL,
        row TEXT NOT NULL,
        value TEXT,
        note TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (firm, dataset, column_key, row)
    ) STRICT, WITHOUT ROWID;",
)];

impl Vault {
    /// What is remembered of a firm, by dataset, column and row.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn remembered_corrections(&self, firm: &str) -> Result<Vec<Correction>, VaultError> {
        let mut some = self.conn.prepare_cached(
            "SELECT dataset, column_key, row, value, note, by, at FROM correction_memory WHERE firm = ?1
             ORDER BY dataset, column_key, row",
        )?;
        let mut rows = some.query([norm_firm(firm)])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(Correction {
                dataset: row.get(0)?,
                column: row.get(1)?,
                row: row.get(2)?,
                value: row.get(3)?,
                note: row.get(4)?,
                by: row.get(5)?,
                at: text::moment(&row.get::<_, String>(6)?)?,
            });
        }
        Ok(out)
    }

    /// Remembers corrections of a firm's rows in place of earlier ones.
    ///
    /// # Errors
    /// When the vault cannot be written; nothing is remembered then.
    pub fn remember_corrections(&mut self, firm: &str, corrections: &[Correction]) -> Result<(), VaultError> {
        let tx = self.conn.transaction()?;
        for c in corrections {
            tx.prepare_cached(
                "INSERT OR REPLACE INTO correction_memory VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                norm_firm(firm),
                c.dataset,
                c.column,
                c.row,
                c.value,
                c.note,
                c.by,
                c.at.to_string()
            ])?;
        }
        tx.commit()?;
        Ok(())
    }

    /// Forgets the correction of one row.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn forget_correction(
        &mut self,
        firm: &str,
        dataset: &str,
        column: &str,
        row: &str,
    ) -> Result<(), VaultError> {
        self.conn.execute(
            "DELETE FROM correction_memory WHERE firm = ?1 AND dataset = ?2 AND column_key = ?3 AND row = ?4",
            params![norm_firm(firm), dataset, column, row],
        )?;
        Ok(())
    }
}
