//! Looking at every page, every reference, every piece of evidence and the whole journal: in the foreground, or by a
//! [`Verifier`] of its own beside the work.

mod database;
mod folder;
pub(crate) mod log;
mod pages;
mod problem;

pub use problem::{PAGES_NAMED, Problem};

use crate::connect;
use crate::error::VaultError;
use crate::exam_key::{self, Keys};
use crate::exams;
use crate::key::{DataKey, DbKey};
use crate::layout::Layout;
use crate::table::{destruction, exam_index, law, pinned_law, setting};
use crate::vault::Vault;
use database::Database;
use fieldbook_model::ExamId;
use rusqlite::Connection;
use std::fmt;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Stops a verification from another thread. A stopped one ends within milliseconds.
#[derive(Debug, Clone, Default)]
pub struct Watch(Arc<AtomicBool>);

impl Watch {
    /// Stops whatever watches this.
    pub fn stop(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    fn go_on(&self) -> Result<(), VaultError> {
        if self.0.load(Ordering::SeqCst) { Err(VaultError::Cancelled) } else { Ok(()) }
    }
}

/// How far a verification is, in bytes of the databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Looked at.
    pub done: u64,
    /// In all, as far as is known.
    pub total: u64,
}

/// Looks at a vault on connections of its own, which only read: it can run on any thread beside the work. Its keys are
/// wiped when it is dropped.
pub struct Verifier {
    layout: Layout,
    key: DataKey,
    watch: Watch,
}

impl Vault {
    /// Checks `vault.db`, every exam and the files beside them, what still stands in write-ahead logs first put into the
    /// databases. Nothing found means that every page, reference, piece of evidence and journal entry is as it was written.
    ///
    /// # Errors
    /// When the check itself cannot be made.
    pub fn verify(&self) -> Result<Vec<Problem>, VaultError> {
        let mut open = vec![connect::open(&self.layout.vault_db(), &self.key.for_vault(), false)];
        for id in exams::present(self)? {
            let key = exam_key::of(self, &id);
            open.push(key.and_then(|key| connect::open(&self.layout.exam_db(id.as_str()), &key, false)));
        }
        // What does not open is found by the verifier.
        for conn in open.into_iter().flatten() {
            let _ = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        }
        self.verifier(&Watch::default()).run(&mut |_| {})
    }

    /// A verifier to be run beside the work.
    #[must_use]
    pub fn verifier(&self, watch: &Watch) -> Verifier {
        Verifier { layout: self.layout.clone(), key: self.key.clone(), watch: watch.clone() }
    }
}

impl Verifier {
    /// Looks at everything. What is written meanwhile is not taken for damage: each part reads one snapshot.
    ///
    /// # Errors
    /// [`VaultError::Cancelled`] when it was stopped; [`VaultError::Io`] when the folder cannot be read.
    pub fn run(self, tell: &mut dyn FnMut(Verified)) -> Result<Vec<Problem>, VaultError> {
        let key = self.key.for_vault();
        let path = self.layout.vault_db();
        let ids = exams::in_folder(&self.layout)?;
        let length = |path: &Path| path.metadata().map_or(0, |m| m.len());
        let exams: u64 = ids.iter().map(|id| length(&self.layout.exam_db(id.as_str()))).sum();
        let (mut done, total) = (0, length(&path) + exams);
        let mut told = |bytes: u64| {
            done += bytes;
            tell(Verified { done: done.min(total), total });
        };

        let mut found = log::kept(&self.layout)?;
        found.extend(folder::strays(&self.layout)?);
        // Held open to the end, so that no reader is the last to close a log.
        let vault = connect::open(&path, &key, false);
        // A destroyed exam's file that somebody put back from a copy is no part of the vault.
        let destroyed = vault.as_ref().map_or(Ok(Vec::new()), destruction::all).unwrap_or_default();
        let ids: Vec<ExamId> =
            ids.into_iter().filter(|id| !destroyed.iter().any(|d| d.exam == *id)).collect();
        let own = vault.as_ref().ok().and_then(recipient);
        found.extend(folder::keys(&self.layout, &self.key, own.as_deref(), vault.as_ref().ok())?);
        found.extend(Database { path: &path, key: &key, name: "vault" }.look(&self.watch, &mut told)?);
        if let Ok(vault) = &vault {
            // A file whose row of the list cannot be read is looked at all the same.
            for head in exam_index::all(vault).unwrap_or_default() {
                if !ids.contains(&head.id) && !self.layout.exam_db(head.id.as_str()).is_file() {
                    found.push(Problem::ExamFileMissing { exam: head.id });
                }
            }
        }
        for id in ids {
            found.extend(self.exam(vault.as_ref().ok(), id, &mut told)?);
        }
        Ok(found)
    }

    fn exam(
        &self,
        vault: Option<&Connection>,
        id: ExamId,
        told: &mut dyn FnMut(u64),
    ) -> Result<Vec<Problem>, VaultError> {
        let mut found = Vec::new();
        let path = self.layout.exam_db(id.as_str());
        let keys = Keys { conn: vault, layout: &self.layout, key: &self.key };
        let Ok(key) = keys.of(&id) else { return Ok(vec![Problem::ExamKey { exam: id }]) };
        if !keys.agree(&id) {
            found.push(Problem::ExamKey { exam: id.clone() });
        }
        let held = connect::open(&path, &key, false);
        found.extend(Database { path: &path, key: &key, name: id.as_str() }.look(&self.watch, told)?);
        let pinned = held.as_ref().ok().and_then(|conn| pinned_law::read(conn).ok().flatten());
        if let (Some(vault), Some(sha256)) = (vault, pinned)
            && !law::has(vault, &sha256).unwrap_or(true)
        {
            found.push(Problem::LawMissing { exam: id.clone() });
        }
        // An exam that was taken away meanwhile is no problem.
        let gone = !path.is_file() && !vault.is_some_and(|conn| exam_index::has(conn, &id).unwrap_or(true));
        Ok(if gone { Vec::new() } else { found })
    }
}

/// The vault's own recipient, by the secret half that `vault.db` keeps.
fn recipient(vault: &Connection) -> Option<String> {
    let own = setting::get(vault, setting::IDENTITY).ok()??;
    Some(age::x25519::Identity::from_str(&own).ok()?.to_public().to_string())
}

/// Checks one database file that nobody writes.
pub(crate) fn check(path: &Path, key: &DbKey, name: &str, found: &mut Vec<Problem>) {
    let held = connect::open(path, key, false);
    let looked = Database { path, key, name }.look(&Watch::default(), &mut |_| {});
    drop(held);
    found.extend(looked.unwrap_or_else(|_| vec![Problem::Unreadable { database: name.to_owned() }]));
}

/// Whether every page of a database is as it was written and its structure holds.
pub(crate) fn sound(conn: &Connection) -> Result<bool, VaultError> {
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    let pages = database::texts(conn, "PRAGMA cipher_integrity_check")?;
    Ok(pages.is_empty() && database::texts(conn, "PRAGMA quick_check")? == ["ok"])
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier").finish_non_exhaustive()
    }
}
