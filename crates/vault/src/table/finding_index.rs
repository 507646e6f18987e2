//! `finding_index` of `vault.db`: what a list over all exams needs of their findings, so that it opens no exam. The
//! exams' own files are the truth; an exam's lines are renewed from it when it is opened and when its findings change.

use crate::codes::Coded;
use crate::error::VaultError;
use crate::exam_store::ExamStore;
use crate::schema::Migration;
use crate::table::finding_course;
use crate::vault::Vault;
use crate::{json, text};
use fieldbook_model::{
    ClauseId, EarlierFinding, ExamId, Finding, FindingCourse, FindingStatus, FindingType, FollowUpResult,
    Reply, Severity,
};
use jiff::civil::Date;
use rusqlite::{Connection, Row, params};
use std::collections::BTreeMap;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    6,
    "CREATE TABLE finding_index (
        exam TEXT NOT NULL,
        no INTEGER NOT NULL,
        firm TEXT NOT NULL,
        number TEXT NOT NULL,
        title TEXT NOT NULL,
        kind TEXT NOT NULL,
        severity TEXT NOT NULL,
        status TEXT NOT NULL,
        clauses TEXT NOT NULL,
        as_of TEXT NOT NULL,
        due TEXT,
        owner TEXT NOT NULL,
        last_result TEXT,
        repeat_of TEXT,
        PRIMARY KEY (exam, no)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX finding_index_firm ON finding_index (firm);",
)];

/// A finding of some exam.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexedFinding {
    /// The exam.
    pub exam: ExamId,
    /// Number within it.
    pub no: i64,
    /// 受查單位.
    pub firm: String,
    /// 缺失編號.
    pub number: String,
    /// Title.
    pub title: String,
    /// Type.
    pub kind: FindingType,
    /// Severity.
    pub severity: Severity,
    /// Status.
    pub status: FindingStatus,
    /// Clauses.
    pub clauses: Vec<ClauseId>,
    /// 查核基準日 of the exam.
    pub as_of: Date,
    /// 預計完成日 of the latest reply.
    pub due: Option<Date>,
    /// 負責人 of the latest reply.
    pub owner: String,
    /// What the latest follow-up review found.
    pub last_result: Option<FollowUpResult>,
    /// What it repeats.
    pub repeat_of: Option<EarlierFinding>,
}

impl IndexedFinding {
    /// Whether the firm still owes something for it.
    #[must_use]
    pub fn awaits(&self) -> bool {
        matches!(self.status, FindingStatus::Replied | FindingStatus::FollowedUp)
            && !self.last_result.is_some_and(FollowUpResult::is_done)
    }
}

const COLUMNS: &str = "exam, no, firm, number, title, kind, severity, status, clauses, as_of, due, owner, last_result, repeat_of";

fn read(row: &Row<'_>) -> Result<IndexedFinding, VaultError> {
    let t = |i: usize| row.get::<_, String>(i);
    let some = |i: usize| row.get::<_, Option<String>>(i);
    Ok(IndexedFinding {
        exam: ExamId::parse(&t(0)?).map_err(|_| VaultError::Damaged { what: "exam id" })?,
        no: row.get(1)?,
        firm: t(2)?,
        number: t(3)?,
        title: t(4)?,
        kind: Coded::from_code(&t(5)?)?,
        severity: Coded::from_code(&t(6)?)?,
        status: Coded::from_code(&t(7)?)?,
        clauses: json::read_clauses(&t(8)?)?,
        as_of: text::date(&t(9)?)?,
        due: some(10)?.as_deref().map(text::date).transpose()?,
        owner: t(11)?,
        last_result: some(12)?.as_deref().map(Coded::from_code).transpose()?,
        repeat_of: some(13)?.map(|text| json::read_earlier(&text)).transpose()?,
    })
}

impl Vault {
    /// Renews the lines of an exam and the courses of its findings from its file.
    ///
    /// # Errors
    /// When one of the databases cannot be read or written.
    pub fn index_findings(&mut self, store: &ExamStore) -> Result<(), VaultError> {
        self.keep_findings(store.id(), &lines(store)?, &finding_course::from_exam(store)?)
    }

    /// Keeps these lines of an exam, and the courses of its findings by their numbers; what is right already is not
    /// written again.
    ///
    /// # Errors
    /// When the vault cannot be read or written.
    pub fn keep_findings(
        &mut self,
        exam: &ExamId,
        now: &[IndexedFinding],
        courses: &BTreeMap<i64, FindingCourse>,
    ) -> Result<(), VaultError> {
        if self.listed("exam = ?1", &[exam.as_str()])? == now
            && finding_course::of(&self.conn, exam)? == *courses
        {
            return Ok(());
        }
        let tx = self.conn.transaction()?;
        tx.execute("DELETE FROM finding_index WHERE exam = ?1", [exam.as_str()])?;
        now.iter().try_for_each(|line| put(&tx, line))?;
        finding_course::put(&tx, exam, courses)?;
        tx.commit()?;
        Ok(())
    }

    /// The findings of every exam that were not withdrawn, the latest exam first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn all_findings(&self) -> Result<Vec<IndexedFinding>, VaultError> {
        self.listed("status <> ?1", &[FindingStatus::Withdrawn.code()])
    }

    fn listed(&self, condition: &str, params: &[&str]) -> Result<Vec<IndexedFinding>, VaultError> {
        let sql =
            format!("SELECT {COLUMNS} FROM finding_index WHERE {condition} ORDER BY as_of DESC, exam, no");
        let mut some = self.conn.prepare(&sql)?;
        let mut rows = some.query(rusqlite::params_from_iter(params))?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(read(row)?);
        }
        Ok(out)
    }
}

/// What the index says of an exam, from its own file.
fn lines(store: &ExamStore) -> Result<Vec<IndexedFinding>, VaultError> {
    let (exam, replies, follow_ups) = (store.exam()?, store.replies()?, store.follow_ups()?);
    let line = |f: Finding| {
        let reply: Option<&Reply> = replies.iter().rev().find(|r| r.finding == f.no);
        IndexedFinding {
            exam: exam.id.clone(),
            no: f.no,
            firm: exam.firm.clone(),
            number: f.number(&exam.case_no),
            title: f.title,
            kind: f.kind,
            severity: f.severity,
            status: f.status,
            clauses: f.clauses,
            as_of: exam.as_of,
            due: reply.and_then(|r| r.due),
            owner: reply.map(|r| r.owner.clone()).unwrap_or_default(),
            last_result: follow_ups.iter().rev().find(|u| u.finding == f.no).map(|u| u.result),
            repeat_of: f.repeat_of,
        }
    };
    Ok(store.findings()?.into_iter().map(line).collect())
}

fn put(conn: &Connection, line: &IndexedFinding) -> Result<(), VaultError> {
    conn.prepare_cached(
        "INSERT INTO finding_index VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?
    .execute(params![
        line.exam.as_str(),
        line.no,
        line.firm,
        line.number,
        line.title,
        line.kind.code(),
        line.severity.code(),
        line.status.code(),
        json::clauses(&line.clauses),
        line.as_of.to_string(),
        line.due.map(|d| d.to_string()),
        line.owner,
        line.last_result.map(|r| r.code()),
        line.repeat_of.as_ref().map(json::earlier)
    ])?;
    Ok(())
}
