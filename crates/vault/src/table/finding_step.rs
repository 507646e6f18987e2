//! `finding_step`: the steps of a finding's life, kept as they were taken. The finding's own row has the latest one.

use crate::codes::Coded;
use crate::error::VaultError;
use crate::exam_store::ExamStore;
use crate::journal::Entry;
use crate::schema::Migration;
use crate::table::{exam_copy, journal};
use crate::text;
use fieldbook_model::{FindingStatus, FindingStep, Moment};
use rusqlite::{Connection, params};
use serde_json::json;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    6,
    "CREATE TABLE finding_step (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        finding INTEGER NOT NULL REFERENCES finding (no),
        status TEXT NOT NULL,
        note TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX finding_step_of ON finding_step (finding, id);",
)];

/// Takes a step, within the caller's transaction.
pub(crate) fn put(
    conn: &Connection,
    no: i64,
    before: FindingStatus,
    step: &FindingStep,
) -> Result<(), VaultError> {
    let id = exam_copy::next_number(conn, "finding_step", "id")?;
    conn.execute("UPDATE finding SET status = ?1 WHERE no = ?2", params![step.to.code(), no])?;
    conn.execute(
        "INSERT INTO finding_step VALUES (?6, ?1, ?2, ?3, ?4, ?5)",
        params![no, step.to.code(), step.note, step.by, step.at.to_string(), id],
    )?;
    let action = match step.to {
        FindingStatus::Withdrawn => "finding.withdraw",
        _ => "finding.step",
    };
    let detail = json!({ "before": before.code(), "to": step.to.code(), "reason": step.note });
    journal::append(
        conn,
        &Entry { at: step.at, by: &step.by, action, subject: format!("finding:{no}"), detail },
    )
}

/// When a finding was closed last.
pub(crate) fn last_closed(conn: &Connection) -> Result<Option<Moment>, VaultError> {
    let last: Option<String> = conn.query_row(
        "SELECT max(at) FROM finding_step WHERE status = ?1",
        [FindingStatus::Closed.code()],
        |r| r.get(0),
    )?;
    last.as_deref().map(text::moment).transpose()
}

impl ExamStore {
    /// The steps of a finding, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn finding_steps(&self, no: i64) -> Result<Vec<FindingStep>, VaultError> {
        let mut some = self
            .conn
            .prepare("SELECT status, note, by, at FROM finding_step WHERE finding = ?1 ORDER BY id")?;
        let mut rows = some.query([no])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(FindingStep {
                to: Coded::from_code(&row.get::<_, String>(0)?)?,
                note: row.get(1)?,
                by: row.get(2)?,
                at: text::moment(&row.get::<_, String>(3)?)?,
            });
        }
        Ok(out)
    }
}
