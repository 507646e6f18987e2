//! `destruction` of `vault.db`: the record of every exam that was destroyed, kept for ever. It is written before anything
//! goes (`finished_at` is empty until the last file is gone), so that a destruction that was cut off is known and finished.

use crate::error::VaultError;
use crate::journal::Checkpoint;
use crate::schema::Migration;
use crate::text;
use fieldbook_model::{ExamId, Moment, Period};
use jiff::civil::Date;
use rusqlite::{Connection, Row, params};

pub(crate) const MIGRATIONS: &[Migration] = &[(
    7,
    "CREATE TABLE destruction (
        exam TEXT PRIMARY KEY,
        firm TEXT NOT NULL,
        case_no TEXT NOT NULL,
        as_of TEXT NOT NULL,
        period_from TEXT NOT NULL,
        period_to TEXT NOT NULL,
        report_on TEXT,
        due TEXT,
        by TEXT NOT NULL,
        witness TEXT NOT NULL,
        reason TEXT NOT NULL,
        before_due TEXT NOT NULL,
        at TEXT NOT NULL,
        journal_size INTEGER NOT NULL,
        journal_root TEXT NOT NULL,
        file_sha256 TEXT NOT NULL,
        file_bytes INTEGER NOT NULL,
        own_key INTEGER NOT NULL,
        finished_at TEXT,
        copies INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER destruction_no_delete BEFORE DELETE ON destruction BEGIN SELECT RAISE(ABORT, 'never deleted'); END;
    CREATE TRIGGER destruction_no_change BEFORE UPDATE ON destruction WHEN OLD.finished_at IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'never changed'); END;",
)];

/// That an exam was destroyed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destruction {
    /// The exam.
    pub exam: ExamId,
    /// 受查單位.
    pub firm: String,
    /// 查核案號.
    pub case_no: String,
    /// 查核基準日.
    pub as_of: Date,
    /// 查核期間.
    pub period: Period,
    /// Day of its report; `None` when it had none.
    pub report_on: Option<Date>,
    /// Last day of keeping; `None` when it was not known.
    pub due: Option<Date>,
    /// Who destroyed it.
    pub by: String,
    /// Who stood by (會同人員); may be empty.
    pub witness: String,
    /// Why.
    pub reason: String,
    /// Why before its day, or without one; empty when the day was over.
    pub before_due: String,
    /// When it was begun.
    pub at: Moment,
    /// The exam's journal at its end; size 0 and no root when it could not be read.
    pub journal: Checkpoint,
    /// SHA-256 of the (encrypted) file, lower-case hex; empty when it was gone.
    pub file_sha256: String,
    /// Size of the file.
    pub file_bytes: u64,
    /// Whether its key had a random part of its own, which was destroyed. Without one (an exam of an earlier release) the
    /// file was overwritten instead.
    pub own_key: bool,
    /// When the last file was gone.
    pub finished_at: Option<Moment>,
    /// Copies of the exam in the vault's own `backups` folder that went with it.
    pub copies: u64,
}

fn read(row: &Row<'_>) -> Result<Destruction, VaultError> {
    let t = |i: usize| row.get::<_, String>(i);
    let day = |i: usize| -> Result<Option<Date>, VaultError> {
        row.get::<_, Option<String>>(i)?.as_deref().map(text::date).transpose()
    };
    Ok(Destruction {
        exam: ExamId::parse(&t(0)?).map_err(|_| VaultError::Damaged { what: "exam id" })?,
        firm: t(1)?,
        case_no: t(2)?,
        as_of: text::date(&t(3)?)?,
        period: text::period(&t(4)?, &t(5)?)?,
        report_on: day(6)?,
        due: day(7)?,
        by: t(8)?,
        witness: t(9)?,
        reason: t(10)?,
        before_due: t(11)?,
        at: text::moment(&t(12)?)?,
        journal: Checkpoint { size: row.get::<_, i64>(13)?.unsigned_abs(), root: t(14)? },
        file_sha256: t(15)?,
        file_bytes: row.get::<_, i64>(16)?.unsigned_abs(),
        own_key: row.get(17)?,
        finished_at: row.get::<_, Option<String>>(18)?.as_deref().map(text::moment).transpose()?,
        copies: row.get::<_, i64>(19)?.unsigned_abs(),
    })
}

/// Every record, the earliest first.
pub(crate) fn all(conn: &Connection) -> Result<Vec<Destruction>, VaultError> {
    let mut every = conn.prepare("SELECT * FROM destruction ORDER BY at, exam")?;
    let mut rows = every.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(read(row)?);
    }
    Ok(out)
}

/// Whether an exam was destroyed, or its destruction begun.
pub(crate) fn has(conn: &Connection, exam: &ExamId) -> Result<bool, VaultError> {
    Ok(conn.prepare_cached("SELECT 1 FROM destruction WHERE exam = ?1")?.exists([exam.as_str()])?)
}

/// Writes a record that is begun.
pub(crate) fn begin(conn: &Connection, d: &Destruction) -> Result<(), VaultError> {
    let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    conn.execute(
        "INSERT INTO destruction VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
         NULL, 0)",
        params![
            d.exam.as_str(),
            d.firm,
            d.case_no,
            d.as_of.to_string(),
            d.period.from.to_string(),
            d.period.to.to_string(),
            d.report_on.map(|day| day.to_string()),
            d.due.map(|day| day.to_string()),
            d.by,
            d.witness,
            d.reason,
            d.before_due,
            d.at.to_string(),
            signed(d.journal.size),
            d.journal.root,
            d.file_sha256,
            signed(d.file_bytes),
            d.own_key
        ],
    )?;
    Ok(())
}

/// Notes that the last file is gone.
pub(crate) fn finish(conn: &Connection, exam: &ExamId, at: Moment, copies: u64) -> Result<(), VaultError> {
    conn.execute(
        "UPDATE destruction SET finished_at = ?2, copies = ?3 WHERE exam = ?1",
        params![exam.as_str(), at.to_string(), i64::try_from(copies).unwrap_or(i64::MAX)],
    )?;
    Ok(())
}
