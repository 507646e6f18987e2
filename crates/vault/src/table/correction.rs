//! `correction`: what a person says a row's derived value is. A correction replaced or taken back stays, marked as
//! superseded, so that a kept run can be run again with what held then.

use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::schema::Migration;
use crate::table::{journal, sign_off};
use crate::text;
use fieldbook_model::{Correction, Moment};
use rusqlite::{Connection, Row, params};
use serde_json::json;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    4,
    "CREATE TABLE correction (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        dataset TEXT NOT NULL,
        column_key TEXT NOT NULL,
        row TEXT NOT NULL,
        value TEXT,
        note TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        superseded TEXT
    ) STRICT;
    CREATE UNIQUE INDEX correction_current ON correction (dataset, column_key, row) WHERE superseded IS NULL;",
)];

const COLUMNS: &str = "dataset, column_key, row, value, note, by, at";

fn read(row: &Row<'_>) -> Result<Correction, VaultError> {
    Ok(Correction {
        dataset: row.get(0)?,
        column: row.get(1)?,
        row: row.get(2)?,
        value: row.get(3)?,
        note: row.get(4)?,
        by: row.get(5)?,
        at: text::moment(&row.get::<_, String>(6)?)?,
    })
}

fn end(conn: &Connection, dataset: &str, column: &str, row: &str, at: Moment) -> Result<usize, VaultError> {
    Ok(conn
        .prepare_cached(
            "UPDATE correction SET superseded = ?4
             WHERE superseded IS NULL AND dataset = ?1 AND column_key = ?2 AND row = ?3",
        )?
        .execute(params![dataset, column, row, at.to_string()])?)
}

impl ExamStore {
    /// Corrections that stand, or that stood at a moment, in the order in which they were made.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn corrections(&self, at: Option<Moment>) -> Result<Vec<Correction>, VaultError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM correction
             WHERE CASE WHEN ?1 IS NULL THEN superseded IS NULL
                        ELSE at <= ?1 AND (superseded IS NULL OR superseded > ?1) END ORDER BY id"
        );
        let mut some = self.conn.prepare_cached(&sql)?;
        let mut rows = some.query([at.map(|at| at.to_string())])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(read(row)?);
        }
        Ok(out)
    }

    /// Takes corrections down, each in place of an earlier one of the same row; all of them or none.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author, [`VaultError::NoReason`] without a note.
    pub fn correct(&mut self, corrections: &[Correction]) -> Result<(), VaultError> {
        for c in corrections {
            named(&c.by)?;
            if c.note.trim().is_empty() {
                return Err(VaultError::NoReason);
            }
        }
        self.write(|tx| {
            sign_off::exam_still_open(tx)?;
            for c in corrections {
                end(tx, &c.dataset, &c.column, &c.row, c.at)?;
                tx.prepare_cached(&format!(
                    "INSERT INTO correction ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                ))?
                .execute(params![
                    c.dataset,
                    c.column,
                    c.row,
                    c.value,
                    c.note,
                    c.by,
                    c.at.to_string()
                ])?;
                let detail = json!({ "column": c.column, "row": c.row, "value": c.value, "note": c.note });
                let (subject, action) = (c.dataset.clone(), "dataset.correct");
                journal::append(tx, &Entry { at: c.at, by: &c.by, action, subject, detail })?;
            }
            Ok(())
        })
    }

    /// Takes a correction back: the list and the inference hold again. Gives whether there was one.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author.
    pub fn uncorrect(
        &mut self,
        dataset: &str,
        column: &str,
        row: &str,
        by: &str,
        at: Moment,
    ) -> Result<bool, VaultError> {
        named(by)?;
        self.write(|tx| {
            sign_off::exam_still_open(tx)?;
            let gone = end(tx, dataset, column, row, at)? > 0;
            if gone {
                let (subject, detail) = (dataset.to_owned(), json!({ "column": column, "row": row }));
                journal::append(tx, &Entry { at, by, action: "dataset.uncorrect", subject, detail })?;
            }
            Ok(gone)
        })
    }
}
