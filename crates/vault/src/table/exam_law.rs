//! `exam_law` of `vault.db`: which laws the exams are examined by, so that the question opens no exam. The exams' own
//! files are the truth. A row is here before an exam's file names the law and goes after the file names another, so
//! that a crash can leave a row too many, never one too few.

use crate::error::VaultError;
use crate::schema::Migration;
use fieldbook_model::ExamId;
use rusqlite::{Connection, OptionalExtension, params};

pub(crate) const MIGRATIONS: &[Migration] = &[(
    2,
    "CREATE TABLE exam_law (
        exam TEXT NOT NULL,
        law TEXT NOT NULL REFERENCES law (sha256),
        PRIMARY KEY (exam, law)
    ) STRICT, WITHOUT ROWID;",
)];

/// Adds a law to those of an exam.
pub(crate) fn add(conn: &Connection, exam: &ExamId, law: &str) -> Result<(), VaultError> {
    conn.execute("INSERT OR IGNORE INTO exam_law VALUES (?1, ?2)", params![exam.as_str(), law])?;
    Ok(())
}

/// Takes every law but this one from an exam.
pub(crate) fn keep_only(conn: &Connection, exam: &ExamId, law: Option<&str>) -> Result<(), VaultError> {
    conn.execute("DELETE FROM exam_law WHERE exam = ?1 AND law IS NOT ?2", params![exam.as_str(), law])?;
    Ok(())
}

/// Laws of an exam.
pub(crate) fn of(conn: &Connection, exam: &ExamId) -> Result<Vec<String>, VaultError> {
    let mut all = conn.prepare_cached("SELECT law FROM exam_law WHERE exam = ?1 ORDER BY law")?;
    let laws = all.query_map([exam.as_str()], |r| r.get(0))?;
    Ok(laws.collect::<Result<_, _>>()?)
}

/// Exams with a law, each once.
pub(crate) fn exams(conn: &Connection) -> Result<Vec<ExamId>, VaultError> {
    let mut all = conn.prepare("SELECT DISTINCT exam FROM exam_law ORDER BY exam")?;
    let ids: Vec<String> = all.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
    ids.iter().map(|id| exam_id(id)).collect()
}

/// The first exam that uses a law.
pub(crate) fn first_with(conn: &Connection, law: &str) -> Result<Option<ExamId>, VaultError> {
    let id: Option<String> = conn
        .query_row("SELECT exam FROM exam_law WHERE law = ?1 ORDER BY exam LIMIT 1", [law], |r| r.get(0))
        .optional()?;
    id.as_deref().map(exam_id).transpose()
}

fn exam_id(text: &str) -> Result<ExamId, VaultError> {
    ExamId::parse(text).map_err(|_| VaultError::Damaged { what: "exam id" })
}
