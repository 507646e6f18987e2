//! Whether an exam's file, or `vault.db`, was put back from an older copy since both were last used together.

use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::{Checkpoint, Entry};
use crate::table::last_checkpoint;
use crate::text;
use crate::vault::Vault;
use fieldbook_model::Moment;
use rusqlite::OptionalExtension;
use serde_json::json;

/// How an exam stands to what was last known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It says what it said, or more.
    AsKnown,
    /// It says less: an older file is in its place.
    Older {
        /// What was last known.
        known: Checkpoint,
        /// What the file says.
        found: Checkpoint,
    },
    /// It says something else: what was written after an older file was put back, or a file that somebody changed.
    Forked {
        /// What was last known.
        known: Checkpoint,
        /// What the file says.
        found: Checkpoint,
    },
    /// The exam was used with a newer `vault.db` than this one.
    VaultOlder,
}

impl Vault {
    /// Compares an exam with what was noted of it, and `vault.db` with what the exam notes of it.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] when its journal is not what was recorded.
    pub fn standing(&self, store: &ExamStore) -> Result<Standing, VaultError> {
        let found = store.checkpoint()?;
        if let Some(known) = last_checkpoint::of(&self.conn, &store.id)? {
            if found.size < known.size {
                return Ok(Standing::Older { known, found });
            }
            if !store.extends(&known)? {
                return Ok(Standing::Forked { known, found });
            }
        }
        let newer = last_checkpoint::in_exam(&store.conn)? > last_checkpoint::newest(&self.conn)?;
        Ok(if newer { Standing::VaultOlder } else { Standing::AsKnown })
    }

    /// Notes how far an exam's journal has come. Nothing is written where nothing was recorded since the last note.
    ///
    /// # Errors
    /// When either file cannot be written.
    pub fn note_standing(&mut self, store: &mut ExamStore) -> Result<(), VaultError> {
        let found = store.checkpoint()?;
        let last = last_checkpoint::in_exam(&store.conn)?;
        let stale = last > last_checkpoint::newest(&self.conn)?;
        if !stale && last_checkpoint::of(&self.conn, &store.id)?.as_ref() == Some(&found) {
            return Ok(());
        }
        // The vault's note first: an exam that knows of a note which the vault lacks would tell of an older vault.
        let note = last_checkpoint::put(&self.conn, &store.id, &found, last)?;
        last_checkpoint::put_in_exam(&store.conn, note)
    }
}

impl ExamStore {
    /// Keeps in the journal that an older file was found in place of the exam or of the vault's own database.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`], or when the exam cannot be written.
    pub fn record_standing(&mut self, standing: &Standing, by: &str, at: Moment) -> Result<(), VaultError> {
        named(by)?;
        let told = |c: &Checkpoint| json!({ "size": c.size, "root": c.root });
        let detail = match standing {
            Standing::AsKnown => return Ok(()),
            Standing::Older { known, found } => {
                json!({ "what": "older", "known": told(known), "found": told(found) })
            }
            Standing::Forked { known, found } => {
                json!({ "what": "forked", "known": told(known), "found": told(found) })
            }
            Standing::VaultOlder => json!({ "what": "vault_older" }),
        };
        let subject = self.id.to_string();
        self.record(Entry { at, by, action: "exam.put_back", subject, detail }, |_| Ok(()))
    }

    /// When the last entry of the journal was made.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn last_recorded_at(&self) -> Result<Option<Moment>, VaultError> {
        let last: Option<String> = self
            .conn
            .query_row("SELECT at FROM journal ORDER BY seq DESC LIMIT 1", [], |r| r.get(0))
            .optional()?;
        last.map(|at| text::moment(&at)).transpose()
    }
}
