//! `last_checkpoint` of `vault.db`: size and root of each exam's journal when it was last opened or closed, and the
//! number of that note. An exam keeps the number of its own last note (`last_note`): the two files tell on each other when
//! one of them is put back from an older copy.

use crate::error::VaultError;
use crate::journal::Checkpoint;
use crate::schema::Migration;
use fieldbook_model::ExamId;
use rusqlite::{Connection, OptionalExtension, params};

pub(crate) const MIGRATIONS: &[Migration] = &[(
    7,
    "CREATE TABLE last_checkpoint (
        exam TEXT PRIMARY KEY,
        note INTEGER NOT NULL,
        size INTEGER NOT NULL,
        root TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;",
)];

/// In an exam.
pub(crate) const EXAM_MIGRATIONS: &[Migration] = &[(
    7,
    "CREATE TABLE last_note (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        note INTEGER NOT NULL
    ) STRICT;",
)];

/// What was noted of an exam.
pub(crate) fn of(conn: &Connection, exam: &ExamId) -> Result<Option<Checkpoint>, VaultError> {
    Ok(conn
        .prepare_cached("SELECT size, root FROM last_checkpoint WHERE exam = ?1")?
        .query_row([exam.as_str()], |r| {
            Ok(Checkpoint { size: r.get::<_, i64>(0)?.unsigned_abs(), root: r.get(1)? })
        })
        .optional()?)
}

/// Number of the last note, over all exams.
pub(crate) fn newest(conn: &Connection) -> Result<i64, VaultError> {
    Ok(conn.query_row("SELECT coalesce(max(note), 0) FROM last_checkpoint", [], |r| r.get(0))?)
}

/// Notes a checkpoint; gives the number of the note, which is above `above` and every one before.
pub(crate) fn put(conn: &Connection, exam: &ExamId, at: &Checkpoint, above: i64) -> Result<i64, VaultError> {
    let size = i64::try_from(at.size).unwrap_or(i64::MAX);
    Ok(conn.query_row(
        "INSERT OR REPLACE INTO last_checkpoint
         SELECT ?1, max(coalesce(max(note), 0), ?4) + 1, ?2, ?3 FROM last_checkpoint RETURNING note",
        params![exam.as_str(), size, at.root, above],
        |r| r.get(0),
    )?)
}

/// Number of the last note that an exam knows of.
pub(crate) fn in_exam(exam: &Connection) -> Result<i64, VaultError> {
    Ok(exam.query_row("SELECT coalesce(max(note), 0) FROM last_note", [], |r| r.get(0))?)
}

/// Keeps the number of a note in the exam.
pub(crate) fn put_in_exam(exam: &Connection, note: i64) -> Result<(), VaultError> {
    exam.execute("INSERT OR REPLACE INTO last_note VALUES (1, ?1)", [note])?;
    Ok(())
}
