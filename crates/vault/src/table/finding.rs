//! `finding` and `finding_exception`: findings, and the stored exceptions that each rests on. A number is given once
//! and never again; a finding is withdrawn, never deleted.

use crate::codes::Coded;
use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::schema::Migration;
use crate::table::{evidence, exam_copy, finding_step, journal, sign_off};
use crate::{json, text};
use fieldbook_model::{Finding, FindingStatus, FindingStep};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::json;

pub(crate) const MIGRATIONS: &[Migration] = &[
    (
        1,
        "CREATE TABLE finding (
        no INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        condition TEXT NOT NULL,
        clauses TEXT NOT NULL,
        cause TEXT NOT NULL,
        effect TEXT NOT NULL,
        severity TEXT NOT NULL,
        category TEXT NOT NULL,
        recommendation TEXT NOT NULL,
        status TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        count_exceptions INTEGER,
        count_population INTEGER
    ) STRICT;
    CREATE TRIGGER finding_no_delete BEFORE DELETE ON finding BEGIN SELECT RAISE(ABORT, 'never deleted'); END;
    CREATE TABLE finding_exception (
        finding INTEGER NOT NULL REFERENCES finding (no),
        exception INTEGER NOT NULL REFERENCES exception_row (id),
        PRIMARY KEY (finding, exception)
    ) STRICT, WITHOUT ROWID;",
    ),
    (
        6,
        "ALTER TABLE finding ADD COLUMN objects TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE finding ADD COLUMN evidence TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE finding ADD COLUMN papers TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE finding ADD COLUMN repeat_of TEXT;",
    ),
];

/// Number of the working paper that lists the findings.
pub(crate) const PAPER: &str = "F-00";

const COLUMNS: &str =
    "no, kind, title, condition, clauses, cause, effect, severity, category, recommendation, status,
    by, at, count_exceptions, count_population, objects, evidence, papers, repeat_of";

fn read(row: &Row<'_>) -> Result<Finding, VaultError> {
    let t = |i: usize| row.get::<_, String>(i);
    let counts = (row.get::<_, Option<i64>>(13)?, row.get::<_, Option<i64>>(14)?);
    Ok(Finding {
        no: row.get(0)?,
        kind: Coded::from_code(&t(1)?)?,
        title: t(2)?,
        condition: t(3)?,
        clauses: json::read_clauses(&t(4)?)?,
        cause: t(5)?,
        effect: t(6)?,
        severity: Coded::from_code(&t(7)?)?,
        category: t(8)?,
        recommendation: t(9)?,
        objects: json::read_texts(&t(15)?)?,
        evidence: json::read_numbers(&t(16)?)?,
        papers: json::read_texts(&t(17)?)?,
        repeat_of: row.get::<_, Option<String>>(18)?.map(|text| json::read_earlier(&text)).transpose()?,
        status: Coded::from_code(&t(10)?)?,
        by: t(11)?,
        at: text::moment(&t(12)?)?,
        exceptions: Vec::new(),
        counts: counts.0.zip(counts.1).map(|(e, p)| (e.unsigned_abs(), p.unsigned_abs())),
    })
}

fn put(conn: &Connection, f: &Finding) -> Result<i64, VaultError> {
    let int = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let no = if f.no == 0 { exam_copy::next_number(conn, "finding", "no")? } else { f.no };
    conn.execute(
        "INSERT INTO finding VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
         ON CONFLICT (no) DO UPDATE SET kind = excluded.kind, title = excluded.title,
            condition = excluded.condition, clauses = excluded.clauses, cause = excluded.cause,
            effect = excluded.effect, severity = excluded.severity, category = excluded.category,
            recommendation = excluded.recommendation, by = excluded.by, at = excluded.at,
            count_exceptions = excluded.count_exceptions, count_population = excluded.count_population,
            objects = excluded.objects, evidence = excluded.evidence, papers = excluded.papers,
            repeat_of = excluded.repeat_of",
        params![
            no,
            f.kind.code(),
            f.title,
            f.condition,
            json::clauses(&f.clauses),
            f.cause,
            f.effect,
            f.severity.code(),
            f.category,
            f.recommendation,
            FindingStatus::Draft.code(),
            f.by,
            f.at.to_string(),
            f.counts.map(|(e, _)| int(e)),
            f.counts.map(|(_, p)| int(p)),
            json::texts(&f.objects),
            json::numbers(&f.evidence),
            json::texts(&f.papers),
            f.repeat_of.as_ref().map(json::earlier)
        ],
    )?;
    Ok(no)
}

fn link(conn: &Connection, no: i64, exceptions: &[i64]) -> Result<(), VaultError> {
    conn.execute("DELETE FROM finding_exception WHERE finding = ?1", [no])?;
    let mut known = conn.prepare("SELECT 1 FROM exception_row WHERE id = ?1")?;
    let mut one = conn.prepare("INSERT OR IGNORE INTO finding_exception VALUES (?1, ?2)")?;
    for id in exceptions {
        if !known.exists([*id])? {
            return Err(VaultError::UnknownException { id: *id });
        }
        one.execute([no, *id])?;
    }
    Ok(())
}

/// The whole finding as the journal records it: what an edit replaces stays readable there.
fn detail(f: &Finding) -> serde_json::Value {
    json!({ "kind": f.kind.code(), "title": f.title, "condition": f.condition, "clauses": json::clauses(&f.clauses),
            "cause": f.cause, "effect": f.effect, "severity": f.severity.code(), "category": f.category,
            "recommendation": f.recommendation, "exceptions": f.exceptions,
            "counts": f.counts.map(|(e, p)| [e, p]), "objects": f.objects, "evidence": f.evidence,
            "papers": f.papers, "repeat_of": f.repeat_of.as_ref().map(json::earlier) })
}

impl ExamStore {
    /// Stores the words of a new finding (`no` = 0), which is a draft, or of one that still is; gives its number.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author, [`VaultError::UnknownFinding`], [`VaultError::UnknownException`],
    /// [`VaultError::UnknownEvidence`], [`VaultError::NotADraft`], [`VaultError::SignedOff`].
    pub fn save_finding(&mut self, f: &Finding) -> Result<i64, VaultError> {
        named(&f.by)?;
        self.write(|tx| {
            sign_off::still_open(tx, PAPER)?;
            if f.no != 0 && !status(tx, f.no)?.is_open() {
                return Err(VaultError::NotADraft { no: f.no });
            }
            evidence::known(tx, &f.evidence)?;
            let no = put(tx, f)?;
            link(tx, no, &f.exceptions)?;
            let action = if f.no == 0 { "finding.add" } else { "finding.change" };
            let entry =
                Entry { at: f.at, by: &f.by, action, subject: format!("finding:{no}"), detail: detail(f) };
            journal::append(tx, &entry)?;
            Ok(no)
        })
    }

    /// Every finding by number, withdrawn ones too.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn findings(&self) -> Result<Vec<Finding>, VaultError> {
        let mut all = self.conn.prepare(&format!("SELECT {COLUMNS} FROM finding ORDER BY no"))?;
        let mut links = self
            .conn
            .prepare("SELECT exception FROM finding_exception WHERE finding = ?1 ORDER BY exception")?;
        let mut rows = all.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let mut finding = read(row)?;
            let ids = links.query_map([finding.no], |r| r.get(0))?;
            finding.exceptions = ids.collect::<Result<_, _>>()?;
            out.push(finding);
        }
        Ok(out)
    }

    /// Takes a finding one step further in its life, or back. Words that were signed go back only after their paper
    /// was opened again.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author, [`VaultError::UnknownFinding`], [`VaultError::BadStep`] for a step
    /// that its life does not have, [`VaultError::SamePerson`] when who wrote it would review it,
    /// [`VaultError::SignedOff`].
    pub fn step_finding(&mut self, no: i64, step: &FindingStep) -> Result<(), VaultError> {
        named(&step.by)?;
        self.write(|tx| {
            let before = status(tx, no)?;
            if !before.may_become(step.to) {
                return Err(VaultError::BadStep { no });
            }
            if matches!(step.to, FindingStatus::Draft | FindingStatus::Withdrawn) {
                sign_off::still_open(tx, PAPER)?;
            }
            let author: String = tx.query_row("SELECT by FROM finding WHERE no = ?1", [no], |r| r.get(0))?;
            if step.to == FindingStatus::Final && author == step.by {
                return Err(VaultError::SamePerson);
            }
            finding_step::put(tx, no, before, step)
        })
    }
}

/// Where a finding stands.
pub(crate) fn status(conn: &Connection, no: i64) -> Result<FindingStatus, VaultError> {
    let code: Option<String> =
        conn.query_row("SELECT status FROM finding WHERE no = ?1", [no], |r| r.get(0)).optional()?;
    Coded::from_code(&code.ok_or(VaultError::UnknownFinding { no })?)
}
