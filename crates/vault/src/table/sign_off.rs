//! `sign_off` and `reopening`: signatures over what papers say. A paper that its reviewer signed is read-only until it is
//! opened again, with a reason; what follows is its next version.

use crate::codes::Coded;
use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::schema::Migration;
use crate::table::{exam_copy, journal};
use crate::text;
use ed25519_dalek::{Signature, VerifyingKey};
use fieldbook_model::{Moment, Reopening, SignOff, SignRole, WHOLE_EXAM};
use rusqlite::{Connection, params};
use serde_json::json;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    6,
    "CREATE TABLE sign_off (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        paper TEXT NOT NULL,
        version INTEGER NOT NULL,
        role TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        content_sha256 TEXT NOT NULL,
        key TEXT NOT NULL,
        signature TEXT NOT NULL
    ) STRICT;
    CREATE TABLE reopening (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        paper TEXT NOT NULL,
        version INTEGER NOT NULL,
        reason TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER sign_off_no_delete BEFORE DELETE ON sign_off BEGIN SELECT RAISE(ABORT, 'never deleted'); END;
    CREATE TRIGGER sign_off_no_change BEFORE UPDATE ON sign_off BEGIN SELECT RAISE(ABORT, 'never changed'); END;",
)];

/// Whether a signature is that of the key that it names, over what it says.
#[must_use]
pub fn sign_off_holds(exam: &str, s: &SignOff) -> bool {
    let (mut key, mut signature) = ([0_u8; 32], [0_u8; 64]);
    if hex::decode_to_slice(&s.key, &mut key).is_err()
        || hex::decode_to_slice(&s.signature, &mut signature).is_err()
    {
        return false;
    }
    let message = s.message(exam);
    VerifyingKey::from_bytes(&key)
        .is_ok_and(|key| key.verify_strict(message.as_bytes(), &Signature::from_bytes(&signature)).is_ok())
}

/// Papers with a signature that does not hold.
pub(crate) fn broken(conn: &Connection, exam: &str) -> Result<Vec<String>, VaultError> {
    let all = all(conn)?;
    Ok(all.into_iter().filter(|s| !sign_off_holds(exam, s)).map(|s| s.paper).collect())
}

fn all(conn: &Connection) -> Result<Vec<SignOff>, VaultError> {
    let mut every = conn.prepare(
        "SELECT paper, version, role, by, at, content_sha256, key, signature FROM sign_off ORDER BY id",
    )?;
    let mut rows = every.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let t = |i: usize| row.get::<_, String>(i);
        out.push(SignOff {
            paper: t(0)?,
            version: row.get(1)?,
            role: Coded::from_code(&t(2)?)?,
            by: t(3)?,
            at: text::moment(&t(4)?)?,
            content_sha256: t(5)?,
            key: t(6)?,
            signature: t(7)?,
        });
    }
    Ok(out)
}

/// Version that a paper has now, from 1.
fn version(conn: &Connection, paper: &str) -> Result<u32, VaultError> {
    let n: u32 = conn
        .prepare_cached("SELECT count(*) FROM reopening WHERE paper = ?1")?
        .query_row([paper], |r| r.get(0))?;
    Ok(n + 1)
}

/// Who signed the version of now in a role.
fn signer(conn: &Connection, paper: &str, role: SignRole) -> Result<Option<String>, VaultError> {
    let mut some = conn.prepare_cached(
        "SELECT by FROM sign_off WHERE paper = ?1 AND version = ?2 AND role = ?3 ORDER BY id DESC LIMIT 1",
    )?;
    let mut rows = some.query(params![paper, version(conn, paper)?, role.code()])?;
    Ok(match rows.next()? {
        Some(row) => Some(row.get(0)?),
        None => None,
    })
}

/// When the reviewer signed the exam as a whole, in its version of now.
pub(crate) fn whole_exam_signed(conn: &Connection) -> Result<Option<Moment>, VaultError> {
    let version = version(conn, WHOLE_EXAM)?;
    let signed = all(conn)?.into_iter().rev();
    Ok(signed
        .into_iter()
        .find(|s| s.paper == WHOLE_EXAM && s.version == version && s.role == SignRole::Reviewer)
        .map(|s| s.at))
}

/// Whether the reviewer signed a paper in its version of now.
pub(crate) fn is_reviewed(conn: &Connection, paper: &str) -> Result<bool, VaultError> {
    Ok(signer(conn, paper, SignRole::Reviewer)?.is_some())
}

/// Refuses a change of what a signed paper says.
pub(crate) fn still_open(conn: &Connection, paper: &str) -> Result<(), VaultError> {
    for paper in [WHOLE_EXAM, paper] {
        if is_reviewed(conn, paper)? {
            return Err(VaultError::SignedOff { paper: paper.to_owned() });
        }
    }
    Ok(())
}

/// Refuses a change of what the exam rests on as a whole.
pub(crate) fn exam_still_open(conn: &Connection) -> Result<(), VaultError> {
    still_open(conn, WHOLE_EXAM)
}

fn put(conn: &Connection, exam: &str, s: &SignOff) -> Result<(), VaultError> {
    named(&s.by)?;
    if !sign_off_holds(exam, s) {
        return Err(VaultError::BadSignature);
    }
    if s.version != version(conn, &s.paper)? {
        return Err(VaultError::OldVersion { paper: s.paper.clone() });
    }
    still_open(conn, &s.paper)?;
    let prepared_by = signer(conn, &s.paper, SignRole::Preparer)?;
    match (s.role, &prepared_by) {
        (SignRole::Reviewer, None) => return Err(VaultError::NotPrepared { paper: s.paper.clone() }),
        (SignRole::Reviewer, Some(by)) if *by == s.by => return Err(VaultError::SamePerson),
        (SignRole::Preparer, Some(_)) | (SignRole::Reviewer, Some(_)) | (SignRole::Preparer, None) => {}
    }
    // Two names with one key would be one person.
    let twice: bool = conn
        .prepare_cached("SELECT 1 FROM sign_off WHERE key = ?1 AND by <> ?2")?
        .exists(params![s.key, s.by])?;
    if twice {
        return Err(VaultError::SamePerson);
    }
    conn.prepare_cached("INSERT INTO sign_off VALUES (?9, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?.execute(
        params![
            s.paper,
            s.version,
            s.role.code(),
            s.by,
            s.at.to_string(),
            s.content_sha256,
            s.key,
            s.signature,
            exam_copy::next_number(conn, "sign_off", "id")?
        ],
    )?;
    let detail = json!({ "version": s.version, "role": s.role.code(), "content_sha256": s.content_sha256,
                         "key": s.key, "signature": s.signature });
    let subject = format!("paper:{}", s.paper);
    journal::append(conn, &Entry { at: s.at, by: &s.by, action: "paper.sign", subject, detail })
}

impl ExamStore {
    /// Keeps signatures; all of them or none. A reviewer signs what a preparer signed, and is somebody else.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`], [`VaultError::BadSignature`], [`VaultError::OldVersion`], [`VaultError::SignedOff`],
    /// [`VaultError::NotPrepared`], [`VaultError::SamePerson`].
    pub fn sign(&mut self, sign_offs: &[SignOff]) -> Result<(), VaultError> {
        let exam = self.id.to_string();
        self.write(|tx| sign_offs.iter().try_for_each(|s| put(tx, &exam, s)))
    }

    /// Opens a signed paper again, or the whole exam.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`], [`VaultError::NoReason`], [`VaultError::NotPrepared`] when nobody signed it.
    pub fn reopen(&mut self, r: &Reopening) -> Result<(), VaultError> {
        named(&r.by)?;
        if r.reason.trim().is_empty() {
            return Err(VaultError::NoReason);
        }
        self.write(|tx| {
            let now = version(tx, &r.paper)?;
            if signer(tx, &r.paper, SignRole::Preparer)?.is_none() {
                return Err(VaultError::NotPrepared { paper: r.paper.clone() });
            }
            let id = exam_copy::next_number(tx, "reopening", "id")?;
            tx.execute(
                "INSERT INTO reopening VALUES (?6, ?1, ?2, ?3, ?4, ?5)",
                params![r.paper, now, r.reason, r.by, r.at.to_string(), id],
            )?;
            let detail = json!({ "version": now, "reason": r.reason });
            let subject = format!("paper:{}", r.paper);
            journal::append(tx, &Entry { at: r.at, by: &r.by, action: "paper.reopen", subject, detail })
        })
    }

    /// Every signature, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn sign_offs(&self) -> Result<Vec<SignOff>, VaultError> {
        all(&self.conn)
    }

    /// Every reopening, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn reopenings(&self) -> Result<Vec<Reopening>, VaultError> {
        let mut every =
            self.conn.prepare("SELECT paper, version, reason, by, at FROM reopening ORDER BY id")?;
        let mut rows = every.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(Reopening {
                paper: row.get(0)?,
                version: row.get(1)?,
                reason: row.get(2)?,
                by: row.get(3)?,
                at: text::moment(&row.get::<_, String>(4)?)?,
            });
        }
        Ok(out)
    }
}
