//! `team_member`: who examines, with qualifications, independence and secrecy. The journal has what a record replaced.

use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::schema::Migration;
use crate::table::{journal, sign_off};
use crate::{json, text};
use fieldbook_model::TeamMember;
use rusqlite::params;
use serde_json::json;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    6,
    "CREATE TABLE team_member (
        name TEXT PRIMARY KEY,
        unit TEXT NOT NULL,
        holds TEXT NOT NULL,
        independent INTEGER,
        confidential INTEGER,
        signed_on TEXT,
        note TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;",
)];

/// Number of the working paper that says who examines.
pub(crate) const PAPER: &str = "A-02";

impl ExamStore {
    /// Records somebody of the team; a record of the same name is replaced.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author or a name, [`VaultError::SignedOff`].
    pub fn save_member(&mut self, m: &TeamMember) -> Result<(), VaultError> {
        named(&m.by)?;
        named(&m.name)?;
        self.write(|tx| {
            sign_off::still_open(tx, PAPER)?;
            let signed_on = m.signed_on.map(|d| d.to_string());
            tx.execute(
                "INSERT OR REPLACE INTO team_member VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![
                    m.name,
                    m.unit,
                    json::files(&m.holds),
                    m.independent.known(),
                    m.confidential.known(),
                    signed_on,
                    m.note,
                    m.by,
                    m.at.to_string()
                ],
            )?;
            let detail = json!({ "name": m.name, "unit": m.unit, "holds": json::files(&m.holds),
                                 "independent": m.independent.known(), "confidential": m.confidential.known(),
                                 "signed_on": signed_on, "note": m.note });
            let subject = "team".to_owned();
            journal::append(tx, &Entry { at: m.at, by: &m.by, action: "team.member", subject, detail })
        })
    }

    /// The team, by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn team(&self) -> Result<Vec<TeamMember>, VaultError> {
        let mut every = self.conn.prepare(
            "SELECT name, unit, holds, independent, confidential, signed_on, note, by, at FROM team_member
             ORDER BY name",
        )?;
        let mut rows = every.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let t = |i: usize| row.get::<_, String>(i);
            out.push(TeamMember {
                name: t(0)?,
                unit: t(1)?,
                holds: json::read_files(&t(2)?)?,
                independent: row.get::<_, Option<bool>>(3)?.into(),
                confidential: row.get::<_, Option<bool>>(4)?.into(),
                signed_on: row.get::<_, Option<String>>(5)?.as_deref().map(text::date).transpose()?,
                note: t(6)?,
                by: t(7)?,
                at: text::moment(&t(8)?)?,
            });
        }
        Ok(out)
    }
}
