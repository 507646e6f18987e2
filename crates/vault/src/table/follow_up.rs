//! `reply` and `follow_up`: what the firm answered to a finding, and what was seen of its measures afterwards. Both
//! come after the papers were signed and are kept as they came.

use crate::codes::Coded;
use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::schema::Migration;
use crate::table::{evidence, exam_copy, finding, finding_step, journal};
use crate::{json, text};
use fieldbook_model::{FindingStatus, FindingStep, FollowUp, Moment, Reply};
use rusqlite::{Connection, params};
use serde_json::json;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    6,
    "CREATE TABLE reply (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        finding INTEGER NOT NULL REFERENCES finding (no),
        agreement TEXT NOT NULL,
        text TEXT NOT NULL,
        cause TEXT NOT NULL,
        impact TEXT NOT NULL,
        liability TEXT NOT NULL,
        measure TEXT NOT NULL,
        owner TEXT NOT NULL,
        due TEXT,
        signer TEXT NOT NULL,
        signed_on TEXT,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE follow_up (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        finding INTEGER NOT NULL REFERENCES finding (no),
        day TEXT NOT NULL,
        reviewer TEXT NOT NULL,
        result TEXT NOT NULL,
        note TEXT NOT NULL,
        evidence TEXT NOT NULL,
        run INTEGER REFERENCES run (id),
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;",
)];

/// Takes a finding on when something came for it; it stays where it is when its life is that far already.
fn advance(
    conn: &Connection,
    no: i64,
    from: &[FindingStatus],
    to: FindingStatus,
    (by, at): (&str, Moment),
) -> Result<(), VaultError> {
    let before = finding::status(conn, no)?;
    if before == to {
        return Ok(());
    }
    if !from.contains(&before) {
        return Err(VaultError::BadStep { no });
    }
    let step = FindingStep { to, note: String::new(), by: by.to_owned(), at };
    finding_step::put(conn, no, before, &step)
}

impl ExamStore {
    /// Takes down a reply; the finding is 已回覆 from then on. Gives its number.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author, [`VaultError::UnknownFinding`], [`VaultError::BadStep`] for a finding
    /// that was not handed to the firm.
    pub fn save_reply(&mut self, r: &Reply) -> Result<i64, VaultError> {
        named(&r.by)?;
        self.write(|tx| {
            let known = finding::status(tx, r.finding)?;
            if known != FindingStatus::FollowedUp {
                let to = FindingStatus::Replied;
                advance(tx, r.finding, &[FindingStatus::Sent], to, (&r.by, r.at))?;
            }
            let id = exam_copy::next_number(tx, "reply", "id")?;
            tx.execute(
                "INSERT INTO reply VALUES (?14, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                params![
                    r.finding,
                    r.agreement.code(),
                    r.text,
                    r.cause,
                    r.impact,
                    r.liability,
                    r.measure,
                    r.owner,
                    r.due.map(|d| d.to_string()),
                    r.signer,
                    r.signed_on.map(|d| d.to_string()),
                    r.by,
                    r.at.to_string(),
                    id
                ],
            )?;
            let detail = json!({
                "reply": id, "agreement": r.agreement.code(), "text": r.text, "cause": r.cause, "impact": r.impact,
                "liability": r.liability, "measure": r.measure, "owner": r.owner, "due": r.due.map(|d| d.to_string()),
                "signer": r.signer, "signed_on": r.signed_on.map(|d| d.to_string())
            });
            let subject = format!("finding:{}", r.finding);
            journal::append(tx, &Entry { at: r.at, by: &r.by, action: "finding.reply", subject, detail })?;
            Ok(id)
        })
    }

    /// Every reply, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn replies(&self) -> Result<Vec<Reply>, VaultError> {
        let mut every = self.conn.prepare(
            "SELECT id, finding, agreement, text, cause, impact, liability, measure, owner, due, signer, signed_on,
             by, at FROM reply ORDER BY id",
        )?;
        let mut rows = every.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let t = |i: usize| row.get::<_, String>(i);
            let day = |i: usize| row.get::<_, Option<String>>(i);
            out.push(Reply {
                id: row.get(0)?,
                finding: row.get(1)?,
                agreement: Coded::from_code(&t(2)?)?,
                text: t(3)?,
                cause: t(4)?,
                impact: t(5)?,
                liability: t(6)?,
                measure: t(7)?,
                owner: t(8)?,
                due: day(9)?.as_deref().map(text::date).transpose()?,
                signer: t(10)?,
                signed_on: day(11)?.as_deref().map(text::date).transpose()?,
                by: t(12)?,
                at: text::moment(&t(13)?)?,
            });
        }
        Ok(out)
    }

    /// Takes down a follow-up review; the finding is 追蹤中 from then on. Gives its number.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author, [`VaultError::UnknownFinding`], [`VaultError::UnknownEvidence`],
    /// [`VaultError::UnknownRun`], [`VaultError::BadStep`] for a finding that nobody replied to.
    pub fn save_follow_up(&mut self, f: &FollowUp) -> Result<i64, VaultError> {
        named(&f.by)?;
        named(&f.reviewer)?;
        if let Some(run) = f.run {
            self.run(run)?;
        }
        self.write(|tx| {
            evidence::known(tx, &f.evidence)?;
            let to = FindingStatus::FollowedUp;
            advance(tx, f.finding, &[FindingStatus::Replied, FindingStatus::Closed], to, (&f.by, f.at))?;
            let (evidence, day) = (json::numbers(&f.evidence), f.on.to_string());
            let id = exam_copy::next_number(tx, "follow_up", "id")?;
            tx.execute(
                "INSERT INTO follow_up VALUES (?10, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![
                    f.finding,
                    day,
                    f.reviewer,
                    f.result.code(),
                    f.note,
                    evidence,
                    f.run,
                    f.by,
                    f.at.to_string(),
                    id
                ],
            )?;
            let detail = json!({ "follow_up": id, "day": day, "reviewer": f.reviewer, "result": f.result.code(),
                                 "note": f.note, "evidence": f.evidence, "run": f.run });
            let subject = format!("finding:{}", f.finding);
            journal::append(tx, &Entry { at: f.at, by: &f.by, action: "finding.follow_up", subject, detail })?;
            Ok(id)
        })
    }

    /// Every follow-up review, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn follow_ups(&self) -> Result<Vec<FollowUp>, VaultError> {
        let mut every = self.conn.prepare(
            "SELECT id, finding, day, reviewer, result, note, evidence, run, by, at FROM follow_up ORDER BY id",
        )?;
        let mut rows = every.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let t = |i: usize| row.get::<_, String>(i);
            out.push(FollowUp {
                id: row.get(0)?,
                finding: row.get(1)?,
                on: text::date(&t(2)?)?,
                reviewer: t(3)?,
                result: Coded::from_code(&t(4)?)?,
                note: t(5)?,
                evidence: json::read_numbers(&t(6)?)?,
                run: row.get(7)?,
                by: t(8)?,
                at: text::moment(&t(9)?)?,
            });
        }
        Ok(out)
    }
}
