//! `applicability_override`: what an examiner decided on applicability in place of the profile, by clause. What a
//! decision replaced stands in the journal.

use crate::codes::Coded;
use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::schema::Migration;
use crate::table::{journal, sign_off};
use crate::text;
use fieldbook_model::{ClauseId, Moment, Override};
use rusqlite::params;
use serde_json::json;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    2,
    "CREATE TABLE applicability_override (
        clause TEXT PRIMARY KEY,
        applicability TEXT NOT NULL,
        reason TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;",
)];

impl ExamStore {
    /// Decisions that stand, by clause.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn overrides(&self) -> Result<Vec<Override>, VaultError> {
        let mut all = self.conn.prepare_cached(
            "SELECT clause, applicability, reason, by, at FROM applicability_override ORDER BY clause",
        )?;
        let mut rows = all.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(Override {
                clause: ClauseId::parse(&row.get::<_, String>(0)?)
                    .map_err(|_| VaultError::Damaged { what: "clause id" })?,
                applicability: Coded::from_code(&row.get::<_, String>(1)?)?,
                reason: row.get(2)?,
                by: row.get(3)?,
                at: text::moment(&row.get::<_, String>(4)?)?,
            });
        }
        Ok(out)
    }

    /// Takes down an examiner's decision; it replaces an earlier one on the same clause.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author, [`VaultError::NoReason`] without a reason.
    pub fn set_override(&mut self, o: &Override) -> Result<(), VaultError> {
        named(&o.by)?;
        if o.reason.trim().is_empty() {
            return Err(VaultError::NoReason);
        }
        let (subject, code) = (o.clause.to_string(), o.applicability.code());
        let detail = json!({ "applicability": code, "reason": o.reason });
        self.record(Entry { at: o.at, by: &o.by, action: "applicability.override", subject, detail }, |tx| {
            sign_off::still_open(tx, &super::answer::paper(&o.clause))?;
            tx.prepare_cached("INSERT OR REPLACE INTO applicability_override VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute(params![o.clause.as_str(), code, o.reason, o.by, o.at.to_string()])?;
            Ok(())
        })
    }

    /// Lets the profile decide again. Gives whether there was a decision; without one nothing is recorded. `reason`
    /// may be empty.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author.
    pub fn clear_override(
        &mut self,
        clause: &ClauseId,
        by: &str,
        at: Moment,
        reason: &str,
    ) -> Result<bool, VaultError> {
        named(by)?;
        self.write(|tx| {
            sign_off::still_open(tx, &super::answer::paper(clause))?;
            let gone = tx
                .prepare_cached("DELETE FROM applicability_override WHERE clause = ?1")?
                .execute([clause.as_str()])?;
            if gone > 0 {
                let (subject, detail) = (clause.to_string(), json!({ "reason": reason }));
                journal::append(tx, &Entry { at, by, action: "applicability.restore", subject, detail })?;
            }
            Ok(gone > 0)
        })
    }
}
