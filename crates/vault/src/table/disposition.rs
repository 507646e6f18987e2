//! `disposition`: what an examiner decided about an exception, by its key. A decision replaced by a later one stays,
//! marked as superseded.

use crate::codes::Coded;
use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::schema::Migration;
use crate::table::{journal, sign_off};
use crate::text;
use fieldbook_model::{Disposition, ExceptionKey, Moment};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    1,
    "CREATE TABLE disposition (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        procedure TEXT NOT NULL,
        rule TEXT NOT NULL,
        file_sha256 TEXT NOT NULL,
        sheet TEXT NOT NULL,
        row INTEGER NOT NULL,
        kind TEXT NOT NULL,
        note TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        superseded INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE UNIQUE INDEX disposition_current ON disposition (procedure, rule, file_sha256, sheet, row)
        WHERE superseded = 0;
    CREATE INDEX disposition_key ON disposition (procedure, rule, file_sha256, sheet, row);",
)];

/// `superseded` of a disposition that was taken back: it never holds again.
const TAKEN_BACK: i64 = 2;

const KEY: &str = "procedure = ?1 AND rule = ?2 AND file_sha256 = ?3 AND sheet = ?4 AND row = ?5";

fn put(conn: &Connection, key: &ExceptionKey, d: &Disposition) -> Result<(), VaultError> {
    let s = &key.source;
    conn.prepare_cached(&format!("UPDATE disposition SET superseded = 1 WHERE superseded = 0 AND {KEY}"))?
        .execute(params![key.procedure, key.rule, s.file_sha256, s.sheet, s.row])?;
    conn.prepare_cached(
        "INSERT INTO disposition (procedure, rule, file_sha256, sheet, row, kind, note, by, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        key.procedure,
        key.rule,
        s.file_sha256,
        s.sheet,
        s.row,
        d.kind.code(),
        d.note,
        d.by,
        d.at.to_string()
    ])?;
    Ok(())
}

impl ExamStore {
    /// Disposes of exceptions; gives how many. One journal entry for each.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author.
    pub fn dispose(&mut self, keys: &[ExceptionKey], d: &Disposition) -> Result<usize, VaultError> {
        named(&d.by)?;
        self.write(|tx| {
            for key in keys {
                sign_off::still_open(tx, &key.procedure)?;
                put(tx, key, d)?;
                let s = &key.source;
                let detail = json!({ "rule": key.rule, "file_sha256": s.file_sha256, "sheet": s.sheet, "row": s.row,
                                     "kind": d.kind.code(), "note": d.note });
                let subject = key.procedure.clone();
                journal::append(tx, &Entry { at: d.at, by: &d.by, action: "exception.dispose", subject, detail })?;
            }
            Ok(keys.len())
        })
    }

    /// Takes the last disposition of each exception back: the one before holds again, if there was one. Gives how many
    /// were taken back.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author.
    pub fn undispose(&mut self, keys: &[ExceptionKey], by: &str, at: Moment) -> Result<usize, VaultError> {
        named(by)?;
        self.write(|tx| {
            let mut taken_back = 0;
            for key in keys {
                sign_off::still_open(tx, &key.procedure)?;
                let s = &key.source;
                let of = params![key.procedure, key.rule, s.file_sha256, s.sheet, s.row];
                let gone = tx
                    .prepare_cached(&format!(
                        "UPDATE disposition SET superseded = {TAKEN_BACK} WHERE superseded = 0 AND {KEY}"
                    ))?
                    .execute(of)?;
                if gone == 0 {
                    continue;
                }
                tx.prepare_cached(&format!(
                    "UPDATE disposition SET superseded = 0
                     WHERE id = (SELECT max(id) FROM disposition WHERE superseded = 1 AND {KEY})"
                ))?
                .execute(of)?;
                taken_back += 1;
                let holds: Option<(String, String)> = tx
                    .prepare_cached(&format!("SELECT kind, note FROM disposition WHERE superseded = 0 AND {KEY}"))?
                    .query_row(of, |r| Ok((r.get(0)?, r.get(1)?)))
                    .optional()?;
                let (kind, note) = holds.unzip();
                let detail = json!({ "rule": key.rule, "file_sha256": s.file_sha256, "sheet": s.sheet, "row": s.row,
                                     "kind": kind, "note": note });
                let subject = key.procedure.clone();
                journal::append(tx, &Entry { at, by, action: "exception.undispose", subject, detail })?;
            }
            Ok(taken_back)
        })
    }

    /// Every disposition that a row ever had, oldest first; the last one holds.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn disposition_history(&self, key: &ExceptionKey) -> Result<Vec<Disposition>, VaultError> {
        let s = &key.source;
        let sql = format!("SELECT kind, note, by, at FROM disposition WHERE {KEY} ORDER BY id");
        let mut some = self.conn.prepare(&sql)?;
        let mut rows = some.query(params![key.procedure, key.rule, s.file_sha256, s.sheet, s.row])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(Disposition {
                kind: Coded::from_code(&row.get::<_, String>(0)?)?,
                note: row.get(1)?,
                by: row.get(2)?,
                at: text::moment(&row.get::<_, String>(3)?)?,
            });
        }
        Ok(out)
    }
}
