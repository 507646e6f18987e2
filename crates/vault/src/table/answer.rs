//! `answer`: the current answer of each item. What it replaced stands in the journal.

use crate::codes::Coded;
use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::schema::Migration;
use crate::text;
use fieldbook_model::{Answer, ClauseId};
use rusqlite::{Row, params};
use serde_json::json;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    1,
    "CREATE TABLE answer (
        clause TEXT NOT NULL,
        system TEXT NOT NULL,
        result TEXT NOT NULL,
        method TEXT,
        note TEXT NOT NULL,
        paper_ref TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (clause, system)
    ) STRICT, WITHOUT ROWID;",
)];

fn read(row: &Row<'_>) -> Result<Answer, VaultError> {
    let method: Option<String> = row.get(3)?;
    Ok(Answer {
        clause: ClauseId::parse(&row.get::<_, String>(0)?)
            .map_err(|_| VaultError::Damaged { what: "clause id" })?,
        system: row.get(1)?,
        result: Coded::from_code(&row.get::<_, String>(2)?)?,
        method: method.as_deref().map(Coded::from_code).transpose()?,
        note: row.get(4)?,
        paper_ref: row.get(5)?,
        by: row.get(6)?,
        at: text::moment(&row.get::<_, String>(7)?)?,
    })
}

impl ExamStore {
    /// Current answers, by clause and system.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn answers(&self) -> Result<Vec<Answer>, VaultError> {
        let mut all = self.conn.prepare(
            "SELECT clause, system, result, method, note, paper_ref, by, at FROM answer ORDER BY clause, system",
        )?;
        let mut rows = all.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(read(row)?);
        }
        Ok(out)
    }

    /// Sets one answer.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author.
    pub fn set_answer(&mut self, a: &Answer) -> Result<(), VaultError> {
        named(&a.by)?;
        let method = a.method.map(|m| m.code());
        let detail = json!({ "system": a.system, "result": a.result.code(), "method": method, "note": a.note,
                             "paper_ref": a.paper_ref });
        let entry =
            Entry { at: a.at, by: &a.by, action: "answer.set", subject: a.clause.to_string(), detail };
        self.record(entry, |tx| {
            tx.prepare_cached("INSERT OR REPLACE INTO answer VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
                .execute(params![
                    a.clause.as_str(),
                    a.system,
                    a.result.code(),
                    method,
                    a.note,
                    a.paper_ref,
                    a.by,
                    a.at.to_string()
                ])?;
            Ok(())
        })
    }
}
