//! `disposition_memory` of `vault.db`: which rows of a firm were explained or set aside before, and why. It proposes; only
//! a person disposes.

use crate::codes::Coded;
use crate::error::VaultError;
use crate::schema::Migration;
use crate::text;
use crate::vault::Vault;
use fieldbook_model::text::norm_firm;
use fieldbook_model::{Disposition, RememberedDisposition};
use rusqlite::params;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    4,
    "CREATE TABLE disposition_memory (
        firm TEXT NOT NULL,
        procedure TEXT NOT NULL,
        rule TEXT NOT NULL,
        row TEXT NOT NULL,
        kind TEXT NOT NULL,
        note TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (firm, procedure, rule, row)
    ) STRICT, WITHOUT ROWID;",
)];

impl Vault {
    /// What is remembered of a firm's rows in one procedure, by rule and row.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn remembered_dispositions(
        &self,
        firm: &str,
        procedure: &str,
    ) -> Result<Vec<RememberedDisposition>, VaultError> {
        let mut some = self.conn.prepare_cached(
            "SELECT rule, row, kind, note, by, at FROM disposition_memory WHERE firm = ?1 AND procedure = ?2
             ORDER BY rule, row",
        )?;
        let mut rows = some.query(params![norm_firm(firm), procedure])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(RememberedDisposition {
                procedure: procedure.to_owned(),
                rule: row.get(0)?,
                row: row.get(1)?,
                disposition: Disposition {
                    kind: Coded::from_code(&row.get::<_, String>(2)?)?,
                    note: row.get(3)?,
                    by: row.get(4)?,
                    at: text::moment(&row.get::<_, String>(5)?)?,
                },
            });
        }
        Ok(out)
    }

    /// Remembers dispositions in place of earlier ones of the same rows.
    ///
    /// # Errors
    /// When the vault cannot be written; nothing is remembered then.
    pub fn remember_dispositions(
        &mut self,
        firm: &str,
        remembered: &[RememberedDisposition],
    ) -> Result<(), VaultError> {
        let tx = self.conn.transaction()?;
        for r in remembered {
            let d = &r.disposition;
            tx.prepare_cached(
                "INSERT OR REPLACE INTO disposition_memory VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                norm_firm(firm),
                r.procedure,
                r.rule,
                r.row,
                d.kind.code(),
                d.note,
                d.by,
                d.at.to_string()
            ])?;
        }
        tx.commit()?;
        Ok(())
    }

    /// Forgets what is remembered of one row: it was disposed of otherwise.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn forget_disposition(
        &mut self,
        firm: &str,
        procedure: &str,
        rule: &str,
        row: &str,
    ) -> Result<(), VaultError> {
        self.conn.execute(
            "DELETE FROM disposition_memory WHERE firm = ?1 AND procedure = ?2 AND rule = ?3 AND row = ?4",
            params![norm_firm(firm), procedure, rule, row],
        )?;
        Ok(())
    }
}
