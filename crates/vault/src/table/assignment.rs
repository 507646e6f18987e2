//! `assignment`: who of the team looks at what. The journal has who did before.

use crate::codes::Coded;
use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::schema::Migration;
use crate::table::journal;
use crate::text;
use fieldbook_model::{Assignment, Division, Moment, Work};
use rusqlite::params;
use serde_json::json;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    8,
    "CREATE TABLE assignment (
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        person TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (kind, key)
    ) STRICT, WITHOUT ROWID;",
)];

impl ExamStore {
    /// Gives things to a person, or to nobody (`None`); all of them or none. Who has a thing already is not written again.
    /// Gives how many changed.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author, or with an empty name.
    pub fn assign(
        &mut self,
        works: &[Work],
        person: Option<&str>,
        by: &str,
        at: Moment,
    ) -> Result<u64, VaultError> {
        named(by)?;
        person.map_or(Ok(()), named)?;
        let division = self.division()?;
        self.write(|tx| {
            let mut changed = 0;
            for work in works.iter().filter(|work| division.exactly(work) != person) {
                let (kind, key) = (work.kind.code(), &work.key);
                match person {
                    Some(person) => tx
                        .prepare_cached("INSERT OR REPLACE INTO assignment VALUES (?1, ?2, ?3, ?4, ?5)")?
                        .execute(params![kind, key, person, by, at.to_string()])?,
                    None => tx
                        .prepare_cached("DELETE FROM assignment WHERE kind = ?1 AND key = ?2")?
                        .execute(params![kind, key])?,
                };
                let (subject, detail) = (format!("{kind}:{key}"), json!({ "person": person }));
                journal::append(tx, &Entry { at, by, action: "assignment.set", subject, detail })?;
                changed += 1;
            }
            Ok(changed)
        })
    }

    /// Who looks at what, by kind and key.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn assignments(&self) -> Result<Vec<Assignment>, VaultError> {
        let mut every = self
            .conn
            .prepare_cached("SELECT kind, key, person, by, at FROM assignment ORDER BY kind, key")?;
        let mut rows = every.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let t = |i: usize| row.get::<_, String>(i);
            out.push(Assignment {
                work: Work { kind: Coded::from_code(&t(0)?)?, key: t(1)? },
                person: t(2)?,
                by: t(3)?,
                at: text::moment(&t(4)?)?,
            });
        }
        Ok(out)
    }

    /// How the work is divided.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn division(&self) -> Result<Division, VaultError> {
        Ok(self.assignments()?.into_iter().collect())
    }
}
