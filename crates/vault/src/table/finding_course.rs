//! `finding_course` of `vault.db`: the days of every finding's life, beside its line in `finding_index`, so that how long
//! things take is known without opening an exam. The exams' own files are the truth.

use crate::codes::Coded;
use crate::error::VaultError;
use crate::exam_store::ExamStore;
use crate::schema::Migration;
use crate::text;
use crate::vault::Vault;
use fieldbook_model::{ExamId, FindingCourse, FindingStatus};
use jiff::civil::Date;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    8,
    "CREATE TABLE finding_course (
        exam TEXT NOT NULL,
        no INTEGER NOT NULL,
        settled_on TEXT,
        sent_on TEXT,
        replied_on TEXT,
        agreement TEXT,
        reviewed_on TEXT,
        closed_on TEXT,
        PRIMARY KEY (exam, no)
    ) STRICT, WITHOUT ROWID;",
)];

/// Courses by number of the finding.
pub(crate) type Courses = BTreeMap<i64, FindingCourse>;

/// What the table says of an exam, from its own file.
pub(crate) fn from_exam(store: &ExamStore) -> Result<Courses, VaultError> {
    let (replies, follow_ups) = (store.replies()?, store.follow_ups()?);
    let mut out = Courses::new();
    for finding in store.findings()? {
        let steps = store.finding_steps(finding.no)?;
        let last = |to| steps.iter().rev().find(|s| s.to == to).map(|s| s.at.date());
        let reply = replies.iter().rev().find(|r| r.finding == finding.no);
        let course = FindingCourse {
            settled_on: last(FindingStatus::Final),
            sent_on: last(FindingStatus::Sent),
            replied_on: reply.map(|r| r.at.date()),
            agreement: reply.map(|r| r.agreement),
            reviewed_on: follow_ups.iter().rev().find(|u| u.finding == finding.no).map(|u| u.on),
            closed_on: last(FindingStatus::Closed).filter(|_| finding.status == FindingStatus::Closed),
        };
        out.insert(finding.no, course);
    }
    Ok(out)
}

/// What the table says of an exam.
pub(crate) fn of(conn: &Connection, exam: &ExamId) -> Result<Courses, VaultError> {
    let all = some(conn, "exam = ?1", exam.as_str())?;
    Ok(all.into_iter().map(|((_, no), course)| (no, course)).collect())
}

/// Says other things of an exam, within the caller's transaction.
pub(crate) fn put(conn: &Connection, exam: &ExamId, courses: &Courses) -> Result<(), VaultError> {
    conn.execute("DELETE FROM finding_course WHERE exam = ?1", [exam.as_str()])?;
    let day = |date: Option<Date>| date.map(|d| d.to_string());
    for (no, c) in courses {
        conn.prepare_cached("INSERT INTO finding_course VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?.execute(
            params![
                exam.as_str(),
                no,
                day(c.settled_on),
                day(c.sent_on),
                day(c.replied_on),
                c.agreement.map(|a| a.code()),
                day(c.reviewed_on),
                day(c.closed_on)
            ],
        )?;
    }
    Ok(())
}

fn some(
    conn: &Connection,
    condition: &str,
    param: &str,
) -> Result<BTreeMap<(ExamId, i64), FindingCourse>, VaultError> {
    let mut some = conn.prepare(&format!(
        "SELECT exam, no, settled_on, sent_on, replied_on, agreement, reviewed_on, closed_on
         FROM finding_course WHERE {condition}"
    ))?;
    let mut rows = some.query([param])?;
    let mut out = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let day = |i: usize| row.get::<_, Option<String>>(i)?.as_deref().map(text::date).transpose();
        let exam = ExamId::parse(&row.get::<_, String>(0)?);
        let course = FindingCourse {
            settled_on: day(2)?,
            sent_on: day(3)?,
            replied_on: day(4)?,
            agreement: row.get::<_, Option<String>>(5)?.as_deref().map(Coded::from_code).transpose()?,
            reviewed_on: day(6)?,
            closed_on: day(7)?,
        };
        out.insert((exam.map_err(|_| VaultError::Damaged { what: "exam id" })?, row.get(1)?), course);
    }
    Ok(out)
}

impl Vault {
    /// The courses of the findings of every exam; of a finding that was indexed by an earlier release only, none is known.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn all_finding_courses(&self) -> Result<BTreeMap<(ExamId, i64), FindingCourse>, VaultError> {
        some(&self.conn, "exam <> ?1", "")
    }
}
