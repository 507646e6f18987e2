//! `exam_retention` of `vault.db`: whether an exam is open, sealed or archived, who said so and why, and the day of its
//! report as its file said last. An exam without a row is open.

use crate::error::VaultError;
use crate::schema::Migration;
use crate::text;
use fieldbook_model::{ExamId, Moment};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeMap;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    7,
    "CREATE TABLE exam_retention (
        exam TEXT PRIMARY KEY,
        state TEXT NOT NULL,
        reason TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT,
        report_on TEXT
    ) STRICT, WITHOUT ROWID;",
)];

/// How far an exam has been put away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ExamState {
    /// It can be worked on.
    #[default]
    Open,
    /// 封存: read-only.
    Sealed,
    /// 歸檔: read-only, compacted, out of the everyday list.
    Archived,
}

impl ExamState {
    /// The stored text.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Sealed => "sealed",
            Self::Archived => "archived",
        }
    }

    fn from_code(code: &str) -> Result<Self, VaultError> {
        [Self::Open, Self::Sealed, Self::Archived]
            .into_iter()
            .find(|state| state.code() == code)
            .ok_or(VaultError::Damaged { what: "state of an exam" })
    }
}

/// How an exam is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keeping {
    /// State.
    pub state: ExamState,
    /// Why, as who took the last step said; empty while it was never sealed.
    pub reason: String,
    /// Who took the last step.
    pub by: String,
    /// When.
    pub at: Option<Moment>,
    /// Day of the report, as the exam's file said when it was open last; `None` while it has none.
    pub report_on: Option<Date>,
}

fn read(row: &Row<'_>) -> Result<Keeping, VaultError> {
    let (at, report_on): (Option<String>, Option<String>) = (row.get(3)?, row.get(4)?);
    Ok(Keeping {
        state: ExamState::from_code(&row.get::<_, String>(0)?)?,
        reason: row.get(1)?,
        by: row.get(2)?,
        at: at.as_deref().map(text::moment).transpose()?,
        report_on: report_on.as_deref().map(text::date).transpose()?,
    })
}

/// How an exam is kept.
pub(crate) fn of(conn: &Connection, exam: &ExamId) -> Result<Keeping, VaultError> {
    let found = conn
        .prepare_cached("SELECT state, reason, by, at, report_on FROM exam_retention WHERE exam = ?1")?
        .query_row([exam.as_str()], |row| Ok(read(row)))
        .optional()?;
    found.unwrap_or_else(|| Ok(Keeping::default()))
}

/// How every exam is kept that has a row.
pub(crate) fn all(conn: &Connection) -> Result<BTreeMap<ExamId, Keeping>, VaultError> {
    let mut every = conn.prepare("SELECT state, reason, by, at, report_on, exam FROM exam_retention")?;
    let mut rows = every.query([])?;
    let mut out = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let exam = ExamId::parse(&row.get::<_, String>(5)?);
        out.insert(exam.map_err(|_| VaultError::Damaged { what: "exam id" })?, read(row)?);
    }
    Ok(out)
}

/// Takes it away.
pub(crate) fn remove(conn: &Connection, exam: &ExamId) -> Result<(), VaultError> {
    conn.execute("DELETE FROM exam_retention WHERE exam = ?1", [exam.as_str()])?;
    Ok(())
}

/// Keeps it.
pub(crate) fn put(conn: &Connection, exam: &ExamId, k: &Keeping) -> Result<(), VaultError> {
    conn.execute(
        "INSERT OR REPLACE INTO exam_retention VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            exam.as_str(),
            k.state.code(),
            k.reason,
            k.by,
            k.at.map(|at| at.to_string()),
            k.report_on.map(|day| day.to_string())
        ],
    )?;
    Ok(())
}
