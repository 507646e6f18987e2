//! `exam`: the one row with the head of the examination.

use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::schema::Migration;
use crate::table::{fact, sign_off, system};
use crate::{json, text};
use fieldbook_model::{Exam, ExamId, Moment};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Value, json};

pub(crate) const MIGRATIONS: &[Migration] = &[(
    1,
    "CREATE TABLE exam (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        id TEXT NOT NULL,
        firm TEXT NOT NULL,
        case_no TEXT NOT NULL,
        as_of TEXT NOT NULL,
        period_from TEXT NOT NULL,
        period_to TEXT NOT NULL,
        examiners TEXT NOT NULL,
        created_at TEXT NOT NULL
    ) STRICT;",
)];

/// Writes the head.
pub(crate) fn put(conn: &Connection, exam: &Exam) -> Result<(), VaultError> {
    conn.execute(
        "INSERT INTO exam VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (one) DO UPDATE SET firm = excluded.firm, case_no = excluded.case_no, as_of = excluded.as_of,
            period_from = excluded.period_from, period_to = excluded.period_to, examiners = excluded.examiners",
        params![
            exam.id.as_str(),
            exam.firm,
            exam.case_no,
            exam.as_of.to_string(),
            exam.period.from.to_string(),
            exam.period.to.to_string(),
            json::texts(&exam.examiners),
            exam.created_at.to_string()
        ],
    )?;
    Ok(())
}

/// The head without facts and systems; `None` before it was written.
pub(crate) fn read(conn: &Connection) -> Result<Option<Exam>, VaultError> {
    let row = conn
        .query_row(
            "SELECT id, firm, case_no, as_of, period_from, period_to, examiners, created_at FROM exam",
            [],
            |r| {
                let mut texts: [String; 8] = Default::default();
                for (i, t) in texts.iter_mut().enumerate() {
                    *t = r.get(i)?;
                }
                Ok(texts)
            },
        )
        .optional()?;
    let Some([id, firm, case_no, as_of, from, to, examiners, created_at]) = row else { return Ok(None) };
    Ok(Some(Exam {
        id: ExamId::parse(&id).map_err(|_| VaultError::Damaged { what: "exam id" })?,
        firm,
        case_no,
        as_of: text::date(&as_of)?,
        period: text::period(&from, &to)?,
        examiners: json::read_texts(&examiners)?,
        profile: Default::default(),
        systems: Vec::new(),
        created_at: text::moment(&created_at)?,
    }))
}

/// The head as the journal records it.
pub(crate) fn detail(exam: &Exam) -> Value {
    json!({ "firm": exam.firm, "case_no": exam.case_no, "as_of": exam.as_of.to_string(),
            "from": exam.period.from.to_string(), "to": exam.period.to.to_string(), "examiners": exam.examiners })
}

impl ExamStore {
    /// The exam with its facts and systems.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn exam(&self) -> Result<Exam, VaultError> {
        let mut exam = read(&self.conn)?.ok_or(VaultError::Damaged { what: "exam head" })?;
        exam.profile = fact::all(&self.conn)?;
        exam.systems = system::all(&self.conn)?;
        Ok(exam)
    }

    /// Replaces firm, case number, dates and examiners; the id, facts and systems stay.
    pub(crate) fn set_head(&mut self, exam: &Exam, by: &str, at: Moment) -> Result<(), VaultError> {
        named(by)?;
        let entry = Entry { at, by, action: "exam.head", subject: self.id.to_string(), detail: detail(exam) };
        self.record(entry, |tx| {
            sign_off::exam_still_open(tx)?;
            put(tx, exam)
        })
    }
}
