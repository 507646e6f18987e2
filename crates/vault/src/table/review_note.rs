//! `review_note`: what a reviewer asked about a paper, what was answered, and who cleared it.

use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::schema::Migration;
use crate::table::{exam_copy, journal};
use crate::text;
use fieldbook_model::{ReviewNote, Said};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::json;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    6,
    "CREATE TABLE review_note (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        paper TEXT NOT NULL,
        text TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        reply TEXT,
        reply_by TEXT,
        reply_at TEXT,
        clearance TEXT,
        cleared_by TEXT,
        cleared_at TEXT
    ) STRICT;
    CREATE TRIGGER review_note_no_delete BEFORE DELETE ON review_note BEGIN SELECT RAISE(ABORT, 'never deleted'); END;",
)];

const COLUMNS: &str = "id, paper, text, by, at, reply, reply_by, reply_at, clearance, cleared_by, cleared_at";

fn said(row: &Row<'_>, from: usize) -> Result<Option<Said>, VaultError> {
    let t = |i: usize| row.get::<_, Option<String>>(from + i);
    match (t(0)?, t(1)?, t(2)?) {
        (Some(text), Some(by), Some(at)) => Ok(Some(Said { text, by, at: text::moment(&at)? })),
        _ => Ok(None),
    }
}

fn read(row: &Row<'_>) -> Result<ReviewNote, VaultError> {
    let note = said(row, 2)?.ok_or(VaultError::Damaged { what: "review note" })?;
    Ok(ReviewNote {
        id: row.get(0)?,
        paper: row.get(1)?,
        note,
        reply: said(row, 5)?,
        clearance: said(row, 8)?,
    })
}

fn one(conn: &Connection, id: i64) -> Result<ReviewNote, VaultError> {
    let sql = format!("SELECT {COLUMNS} FROM review_note WHERE id = ?1");
    let found = conn.query_row(&sql, [id], |row| Ok(read(row))).optional()?;
    found.ok_or(VaultError::UnknownNote { id })?
}

impl ExamStore {
    /// Keeps a note on a paper; gives its number.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author.
    pub fn add_note(&mut self, paper: &str, note: &Said) -> Result<i64, VaultError> {
        named(&note.by)?;
        self.write(|tx| {
            let id = exam_copy::next_number(tx, "review_note", "id")?;
            tx.execute(
                "INSERT INTO review_note (id, paper, text, by, at) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![id, paper, note.text, note.by, note.at.to_string()],
            )?;
            let detail = json!({ "paper": paper, "text": note.text });
            let subject = format!("note:{id}");
            journal::append(
                tx,
                &Entry { at: note.at, by: &note.by, action: "review.note", subject, detail },
            )?;
            Ok(id)
        })
    }

    /// Keeps the reply to a note; a later reply replaces it until the note is cleared.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`], [`VaultError::UnknownNote`], [`VaultError::NoteCleared`].
    pub fn reply_to_note(&mut self, id: i64, reply: &Said) -> Result<(), VaultError> {
        named(&reply.by)?;
        self.write(|tx| {
            if one(tx, id)?.clearance.is_some() {
                return Err(VaultError::NoteCleared { id });
            }
            tx.execute(
                "UPDATE review_note SET reply = ?2, reply_by = ?3, reply_at = ?4 WHERE id = ?1",
                params![id, reply.text, reply.by, reply.at.to_string()],
            )?;
            let (subject, detail) = (format!("note:{id}"), json!({ "text": reply.text }));
            journal::append(
                tx,
                &Entry { at: reply.at, by: &reply.by, action: "review.reply", subject, detail },
            )
        })
    }

    /// Clears a note. Who replied to it cannot clear it.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`], [`VaultError::UnknownNote`], [`VaultError::NoteCleared`], [`VaultError::SamePerson`].
    pub fn clear_note(&mut self, id: i64, clearance: &Said) -> Result<(), VaultError> {
        named(&clearance.by)?;
        self.write(|tx| {
            let note = one(tx, id)?;
            if note.clearance.is_some() {
                return Err(VaultError::NoteCleared { id });
            }
            if note.reply.is_some_and(|reply| reply.by == clearance.by) {
                return Err(VaultError::SamePerson);
            }
            tx.execute(
                "UPDATE review_note SET clearance = ?2, cleared_by = ?3, cleared_at = ?4 WHERE id = ?1",
                params![id, clearance.text, clearance.by, clearance.at.to_string()],
            )?;
            let (subject, detail) = (format!("note:{id}"), json!({ "text": clearance.text }));
            let entry =
                Entry { at: clearance.at, by: &clearance.by, action: "review.clear", subject, detail };
            journal::append(tx, &entry)
        })
    }

    /// Every note, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn notes(&self) -> Result<Vec<ReviewNote>, VaultError> {
        let mut every = self.conn.prepare(&format!("SELECT {COLUMNS} FROM review_note ORDER BY id"))?;
        let mut rows = every.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(read(row)?);
        }
        Ok(out)
    }
}
