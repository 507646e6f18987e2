//! `finding_index` of `vault.db`: what a list over all exams needs of their findings, so that it opens no exam. The
//! exams' own files are the truth; an exam's lines are renewed from it when it is opened and when its findings change.

use crate::codes::Coded;
use crate::error::VaultError;
use crate::exam_store::ExamStore;
use crate::schema::Migration;
use crate::vault::Vault;
use crate::{json, text};
use fieldbook_model::ClauseId;
use fieldbook_model::{
    EarlierFinding, ExamId, Finding, FindingStatus, FindingType, FollowUpResult, Reply, Severity,
};
use jiff::civil::Date;
use rusqlite::{Row, params};

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
    /// Renews the lines of an exam from its file.
    ///
    /// # Errors
    /// When one of the databases cannot be read or written.
    pub fn index_findings(&mut self, store: &ExamStore) -> Result<(), VaultError> {
        let (exam, findings, replies) = (store.exam()?, store.findings()?, store.replies()?);
        let follow_ups = store.follow_ups()?;
        let tx = self.conn.transaction()?;
        tx.execute("DELETE FROM finding_index WHERE exam = ?1", [exam.id.as_str()])?;
        let mut one = tx.prepare(
            "INSERT INTO finding_index VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?;
        for f in &findings {
            let reply: Option<&Reply> = replies.iter().rev().find(|r| r.finding == f.no);
            let last = follow_ups.iter().rev().find(|u| u.finding == f.no);
            let Finding { no, title, kind, severity, status, clauses, repeat_of, .. } = f;
            one.execute(params![
                exam.id.as_str(),
                no,
                exam.firm,
                f.number(&exam.case_no),
                title,
                kind.code(),
                severity.code(),
                status.code(),
                json::clauses(clauses),
                exam.as_of.to_string(),
                reply.and_then(|r| r.due).map(|d| d.to_string()),
                reply.map_or("", |r| &r.owner),
                last.map(|u| u.result.code()),
                repeat_of.as_ref().map(json::earlier)
            ])?;
        }
        drop(one);
        tx.commit()?;
        Ok(())
    }

    /// The findings of every exam that were not withdrawn, the latest exam first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn all_findings(&self) -> Result<Vec<IndexedFinding>, VaultError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM finding_index WHERE status <> '{}' ORDER BY as_of DESC, exam, no",
            FindingStatus::Withdrawn.code()
        );
        let mut every = self.conn.prepare(&sql)?;
        let mut rows = every.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(read(row)?);
        }
        Ok(out)
    }
}
