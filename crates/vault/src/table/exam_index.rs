//! `exam_index` of `vault.db`: heads of the exams, so that a list opens no exam. The exams' own files are the truth;
//! the index is renewed from them.

use crate::error::VaultError;
use crate::schema::Migration;
use crate::text;
use fieldbook_model::{Exam, ExamId, Moment, Period};
use jiff::civil::Date;
use rusqlite::{Connection, params};

pub(crate) const MIGRATIONS: &[Migration] = &[(
    1,
    "CREATE TABLE exam_index (
        id TEXT PRIMARY KEY,
        firm TEXT NOT NULL,
        case_no TEXT NOT NULL,
        as_of TEXT NOT NULL,
        period_from TEXT NOT NULL,
        period_to TEXT NOT NULL,
        created_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;",
)];

/// What a list of exams shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExamHead {
    /// Id.
    pub id: ExamId,
    /// 受查單位.
    pub firm: String,
    /// 查核案號, may be empty.
    pub case_no: String,
    /// 查核基準日.
    pub as_of: Date,
    /// 查核期間.
    pub period: Period,
    /// When it was made.
    pub created_at: Moment,
}

/// Every exam, the latest first.
pub(crate) fn all(conn: &Connection) -> Result<Vec<ExamHead>, VaultError> {
    let mut every = conn.prepare(
        "SELECT id, firm, case_no, as_of, period_from, period_to, created_at FROM exam_index
         ORDER BY created_at DESC, id",
    )?;
    let mut rows = every.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let t = |i: usize| row.get::<_, String>(i);
        out.push(ExamHead {
            id: ExamId::parse(&t(0)?).map_err(|_| VaultError::Damaged { what: "exam id" })?,
            firm: t(1)?,
            case_no: t(2)?,
            as_of: text::date(&t(3)?)?,
            period: text::period(&t(4)?, &t(5)?)?,
            created_at: text::moment(&t(6)?)?,
        });
    }
    Ok(out)
}

/// Whether an exam is listed.
pub(crate) fn has(conn: &Connection, id: &ExamId) -> Result<bool, VaultError> {
    Ok(conn.prepare("SELECT 1 FROM exam_index WHERE id = ?1")?.exists([id.as_str()])?)
}

/// Lists an exam, or renews its row.
pub(crate) fn put(conn: &Connection, e: &Exam) -> Result<(), VaultError> {
    conn.execute(
        "INSERT OR REPLACE INTO exam_index VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            e.id.as_str(),
            e.firm,
            e.case_no,
            e.as_of.to_string(),
            e.period.from.to_string(),
            e.period.to.to_string(),
            e.created_at.to_string()
        ],
    )?;
    Ok(())
}
