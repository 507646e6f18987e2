//! `fact`: what is known about the firm, by fact code. A fact that is absent is unknown.

use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::schema::Migration;
use crate::table::{journal, sign_off};
use crate::{json, text};
use fieldbook_model::{Fact, Moment, Profile};
use rusqlite::{Connection, params};
use serde_json::json;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    1,
    "CREATE TABLE fact (
        code TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        content TEXT,
        basis TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT
    ) STRICT, WITHOUT ROWID;",
)];

/// Every recorded fact.
pub(crate) fn all(conn: &Connection) -> Result<Profile, VaultError> {
    let mut every = conn.prepare("SELECT code, kind, content, basis, by, at FROM fact")?;
    let mut rows = every.query([])?;
    let mut out = Profile::new();
    while let Some(row) = rows.next()? {
        let (kind, content): (String, Option<String>) = (row.get(1)?, row.get(2)?);
        let at: Option<String> = row.get(5)?;
        let fact = Fact {
            value: json::read_fact(&kind, content.as_deref())?,
            basis: row.get(3)?,
            by: row.get(4)?,
            at: at.as_deref().map(text::moment).transpose()?,
        };
        out.insert(row.get(0)?, fact);
    }
    Ok(out)
}

/// Writes one fact.
pub(crate) fn put(conn: &Connection, code: &str, fact: &Fact) -> Result<(), VaultError> {
    let (kind, content) = json::fact(&fact.value);
    conn.prepare_cached("INSERT OR REPLACE INTO fact VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(params![
        code,
        kind,
        content,
        fact.basis,
        fact.by,
        fact.at.map(|at| at.to_string())
    ])?;
    Ok(())
}

/// Number of the working paper that describes the firm.
pub(crate) const PAPER: &str = "B-01";

impl ExamStore {
    /// Records the facts given; others stay. Each fact that changes is an entry of the journal. Gives the number of
    /// facts that changed.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author.
    pub fn set_facts(&mut self, facts: &Profile, by: &str, at: Moment) -> Result<usize, VaultError> {
        named(by)?;
        let before = all(&self.conn)?;
        self.write(|tx| {
            sign_off::still_open(tx, PAPER)?;
            let mut changed = 0;
            for (code, fact) in facts.iter().filter(|(code, fact)| before.get(*code) != Some(*fact)) {
                put(tx, code, fact)?;
                let (kind, content) = json::fact(&fact.value);
                let detail = json!({ "kind": kind, "content": content, "basis": fact.basis });
                journal::append(tx, &Entry { at, by, action: "fact.set", subject: code.clone(), detail })?;
                changed += 1;
            }
            Ok(changed)
        })
    }
}
