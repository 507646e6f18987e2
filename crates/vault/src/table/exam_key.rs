//! `exam_key` of `vault.db`: the salt of every exam's key.

use crate::error::VaultError;
use crate::key::ExamSalt;
use crate::schema::Migration;
use fieldbook_model::ExamId;
use rusqlite::{Connection, OptionalExtension, params};

pub(crate) const MIGRATIONS: &[Migration] = &[(
    7,
    "CREATE TABLE exam_key (
        exam TEXT PRIMARY KEY,
        salt BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;",
)];

/// The salt of an exam.
pub(crate) fn of(conn: &Connection, exam: &ExamId) -> Result<Option<ExamSalt>, VaultError> {
    let salt: Option<Vec<u8>> = conn
        .prepare_cached("SELECT salt FROM exam_key WHERE exam = ?1")?
        .query_row([exam.as_str()], |r| r.get(0))
        .optional()?;
    let damaged = VaultError::Damaged { what: "exam key" };
    salt.map(|bytes| ExamSalt::from_bytes(&bytes).ok_or(damaged)).transpose()
}

/// Keeps the salt of an exam in place of any before.
pub(crate) fn put(conn: &Connection, exam: &ExamId, salt: &ExamSalt) -> Result<(), VaultError> {
    conn.execute("INSERT OR REPLACE INTO exam_key VALUES (?1, ?2)", params![exam.as_str(), salt.expose()])?;
    Ok(())
}

/// Exams with a salt.
pub(crate) fn exams(conn: &Connection) -> Result<Vec<ExamId>, VaultError> {
    let mut all = conn.prepare("SELECT exam FROM exam_key ORDER BY exam")?;
    let ids: Vec<String> = all.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
    ids.iter().map(|id| ExamId::parse(id).map_err(|_| VaultError::Damaged { what: "exam id" })).collect()
}

/// Takes the salt of an exam away.
pub(crate) fn remove(conn: &Connection, exam: &ExamId) -> Result<(), VaultError> {
    conn.execute("DELETE FROM exam_key WHERE exam = ?1", [exam.as_str()])?;
    Ok(())
}
