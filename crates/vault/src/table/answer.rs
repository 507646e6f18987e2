//! `answer`: the current answer of each duty. What it replaced stands in the journal.

use crate::codes::Coded;
use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::schema::Migration;
use crate::table::{journal, sign_off};
use crate::text;
use fieldbook_model::{Answer, AnswerKey, AnswerOrigin, ClauseId, ItemResult, Moment};
use rusqlite::{Connection, Row, params};
use serde_json::{Value, json};

pub(crate) const MIGRATIONS: &[Migration] = &[
    (
        1,
        "CREATE TABLE answer (
        clause TEXT NOT NULL,
        system TEXT NOT NULL,
        result TEXT NOT NULL,
        method TEXT,
        note TEXT NOT NULL,
        paper_ref TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (clause, system)
    ) STRICT, WITHOUT ROWID;",
    ),
    (
        2,
        "ALTER TABLE answer RENAME TO answer_before;
    CREATE TABLE answer (
        clause TEXT NOT NULL,
        unit TEXT NOT NULL,
        system TEXT NOT NULL,
        result TEXT NOT NULL,
        method TEXT,
        mode TEXT,
        note TEXT NOT NULL,
        paper_ref TEXT NOT NULL,
        awaited TEXT,
        origin_exam TEXT,
        origin_clause TEXT,
        origin_unit TEXT,
        origin_system TEXT,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (clause, unit, system)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO answer (clause, unit, system, result, method, note, paper_ref, by, at)
        SELECT clause, '', system, result, method, note, paper_ref, by, at FROM answer_before;
    DROP TABLE answer_before;",
    ),
];

/// How answers came about; the journal keeps it with each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnswerAction {
    /// Given one by one: `answer.set`.
    Set,
    /// Given to several items at once: `answer.bulk`.
    Bulk,
    /// Put back to what it was: `answer.undo`.
    Undo,
    /// Done again after it was put back: `answer.redo`.
    Redo,
    /// Taken over from another item of the exam: `answer.copy`.
    Copy,
    /// Taken over from another exam: `answer.carry`.
    Carry,
}

impl AnswerAction {
    /// The journal's code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Set => "answer.set",
            Self::Bulk => "answer.bulk",
            Self::Undo => "answer.undo",
            Self::Redo => "answer.redo",
            Self::Copy => "answer.copy",
            Self::Carry => "answer.carry",
        }
    }
}

fn clause(text: &str) -> Result<ClauseId, VaultError> {
    ClauseId::parse(text).map_err(|_| VaultError::Damaged { what: "clause id" })
}

fn read(row: &Row<'_>) -> Result<Answer, VaultError> {
    let (method, mode): (Option<String>, Option<String>) = (row.get(4)?, row.get(5)?);
    let (exam, from): (Option<String>, Option<String>) = (row.get(9)?, row.get(10)?);
    let origin = match (exam, from) {
        (Some(exam), Some(from)) => Some(AnswerOrigin {
            exam,
            key: AnswerKey { clause: clause(&from)?, unit: row.get(11)?, system: row.get(12)? },
        }),
        (None, None) => None,
        _ => return Err(VaultError::Damaged { what: "origin of an answer" }),
    };
    Ok(Answer {
        key: AnswerKey { clause: clause(&row.get::<_, String>(0)?)?, unit: row.get(1)?, system: row.get(2)? },
        result: Coded::from_code(&row.get::<_, String>(3)?)?,
        method: method.as_deref().map(Coded::from_code).transpose()?,
        mode: mode.as_deref().map(Coded::from_code).transpose()?,
        note: row.get(6)?,
        paper_ref: row.get(7)?,
        awaited: row.get(8)?,
        origin,
        by: row.get(13)?,
        at: text::moment(&row.get::<_, String>(14)?)?,
    })
}

/// Whether an answer says nothing that a row would have to keep.
fn is_blank(a: &Answer) -> bool {
    let unsaid = a.note.is_empty() && a.paper_ref.is_empty() && a.awaited.is_none() && a.origin.is_none();
    a.result == ItemResult::NotExamined && unsaid
}

fn put(conn: &Connection, a: &Answer) -> Result<(), VaultError> {
    let (key, origin) = (&a.key, a.origin.as_ref());
    if is_blank(a) {
        conn.prepare_cached("DELETE FROM answer WHERE clause = ?1 AND unit = ?2 AND system = ?3")?
            .execute(params![key.clause.as_str(), key.unit, key.system])?;
        return Ok(());
    }
    conn.prepare_cached(
        "INSERT OR REPLACE INTO answer (clause, unit, system, result, method, mode, note, paper_ref, awaited,
            origin_exam, origin_clause, origin_unit, origin_system, by, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?
    .execute(params![
        key.clause.as_str(),
        key.unit,
        key.system,
        a.result.code(),
        a.method.map(|m| m.code()),
        a.mode.map(|m| m.code()),
        a.note,
        a.paper_ref,
        a.awaited,
        origin.map(|o| &o.exam),
        origin.map(|o| o.key.clause.as_str()),
        origin.map(|o| &o.key.unit),
        origin.map(|o| &o.key.system),
        a.by,
        a.at.to_string()
    ])?;
    Ok(())
}

/// An answer as the journal records it, beside its clause, author and time.
fn detail(a: &Answer) -> Value {
    let origin = a.origin.as_ref().map(|o| {
        let key = &o.key;
        json!({ "exam": o.exam, "clause": key.clause.as_str(), "unit": key.unit, "system": key.system })
    });
    json!({ "unit": a.key.unit, "system": a.key.system, "result": a.result.code(),
            "method": a.method.map(|m| m.code()), "mode": a.mode.map(|m| m.code()), "note": a.note,
            "paper_ref": a.paper_ref, "awaited": a.awaited, "origin": origin })
}

/// Number of the working paper that lists the items of a clause's document.
pub(crate) fn paper(clause: &ClauseId) -> String {
    format!("C-{}", clause.doc())
}

impl ExamStore {
    /// Current answers, by clause, unit and system.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn answers(&self) -> Result<Vec<Answer>, VaultError> {
        let mut all = self.conn.prepare_cached(
            "SELECT clause, unit, system, result, method, mode, note, paper_ref, awaited,
                origin_exam, origin_clause, origin_unit, origin_system, by, at
             FROM answer ORDER BY clause, unit, system",
        )?;
        let mut rows = all.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(read(row)?);
        }
        Ok(out)
    }

    /// Sets one answer, as [`set_answers`](Self::set_answers) with [`AnswerAction::Set`].
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author.
    pub fn set_answer(&mut self, answer: &Answer) -> Result<(), VaultError> {
        self.set_answers(std::slice::from_ref(answer), AnswerAction::Set)
    }

    /// Sets answers, all of them or none, each with an entry of the journal. One that says nothing (not examined,
    /// without note, paper, anything awaited or origin) takes the duty's answer away; the journal keeps it.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] when one has no author.
    pub fn set_answers(&mut self, answers: &[Answer], action: AnswerAction) -> Result<(), VaultError> {
        answers.iter().try_for_each(|a| named(&a.by))?;
        self.write_answers(answers, |a| Entry {
            at: a.at,
            by: &a.by,
            action: action.code(),
            subject: a.key.clause.to_string(),
            detail: detail(a),
        })
    }

    /// Puts answers back to what they were, or redoes that: all of them or none. They stay those of whoever gave them;
    /// the journal says who turned them, and when.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author.
    pub fn turn_answers(
        &mut self,
        answers: &[Answer],
        action: AnswerAction,
        by: &str,
        at: Moment,
    ) -> Result<(), VaultError> {
        named(by)?;
        self.write_answers(answers, |a| {
            let mut detail = detail(a);
            detail["given_by"] = json!(a.by);
            detail["given_at"] = json!(a.at.to_string());
            Entry { at, by, action: action.code(), subject: a.key.clause.to_string(), detail }
        })
    }

    fn write_answers<'a>(
        &mut self,
        answers: &'a [Answer],
        entry: impl Fn(&'a Answer) -> Entry<'a>,
    ) -> Result<(), VaultError> {
        if answers.is_empty() {
            return Ok(());
        }
        self.write(|tx| {
            answers.iter().try_for_each(|a| {
                sign_off::still_open(tx, &paper(&a.key.clause))?;
                put(tx, a)?;
                journal::append(tx, &entry(a))
            })
        })
    }
}
