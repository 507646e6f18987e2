//! The law of an exam: the checklist, whole, that it is examined by. Its text is in `vault.db`, once for all exams that
//! share it; the exam's file names it.
//!
//! Two databases cannot be written in one transaction, so the order matters: the law is stored and the exam noted
//! beside it (`exam_law`) before the exam's file names the law; only then does the note of the law before go. Cut off
//! anywhere, an exam names a law that is stored, and what was noted too much is settled from the exam's file.

use crate::connect;
use crate::error::VaultError;
use crate::exam_key;
use crate::exam_store::{ExamStore, named};
use crate::exams;
use crate::journal::Entry;
use crate::table::{edition, exam_index, exam_law, law, pinned_law};
use crate::vault::Vault;
use fieldbook_model::{EditionPin, ExamId, Moment};
use rusqlite::Connection;
use serde_json::json;
use std::collections::BTreeMap;

/// A checklist as an exam is examined by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExamLaw {
    /// SHA-256 that stands for the files, lower-case hex; the caller's to compute.
    pub sha256: String,
    /// Path below the checklist folder to text.
    pub files: BTreeMap<String, String>,
    /// SHA-256 of the packages that it was made with, beside what is bundled.
    pub packages: Vec<String>,
    /// Its documents, each once.
    pub pins: Vec<EditionPin>,
}

impl Vault {
    /// Gives an exam its law: the first one to an exam of an earlier release, or another one in place of the present.
    /// Gives whether anything changed. The journal keeps what was pinned before and after (`edition.pin`).
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author; [`VaultError::Database`] when a document is pinned twice, and
    /// nothing changed.
    pub fn pin_law(
        &mut self,
        store: &mut ExamStore,
        law: &ExamLaw,
        by: &str,
        at: Moment,
    ) -> Result<bool, VaultError> {
        named(by)?;
        let (old, old_pins) = (store.law_sha256()?, store.editions()?);
        let mut pins = law.pins.clone();
        pins.sort_by(|a, b| a.document.cmp(&b.document));
        if old.as_deref() == Some(law.sha256.as_str()) && old_pins == pins {
            return Ok(false);
        }
        let id = store.id.clone();
        announce(self, &id, law)?;
        let detail = json!({ "old": edition::detail(old.as_deref(), &old_pins),
                             "new": edition::detail(Some(&law.sha256), &pins) });
        let pinned = store
            .record(Entry { at, by, action: "edition.pin", subject: "law".to_owned(), detail }, |tx| {
                put(tx, &law.sha256, &pins)
            });
        // A refusal leaves the exam with the law that it had.
        settle(&self.conn, &id, store.law_sha256()?.as_deref())?;
        pinned.map(|()| true)
    }
}

/// Stores the law and notes the exam beside it, before the exam's file names it.
pub(crate) fn announce(vault: &mut Vault, exam: &ExamId, law: &ExamLaw) -> Result<(), VaultError> {
    let tx = vault.conn.transaction()?;
    law::keep(&tx, law)?;
    exam_law::add(&tx, exam, &law.sha256)?;
    Ok(tx.commit()?)
}

/// Writes law and pins into an exam's file.
pub(crate) fn put(exam: &Connection, sha256: &str, pins: &[EditionPin]) -> Result<(), VaultError> {
    pinned_law::put(exam, sha256)?;
    edition::replace(exam, pins)
}

/// Brings the note of an exam's law to what its file says. A law that is not stored cannot be noted.
pub(crate) fn settle(vault_db: &Connection, exam: &ExamId, pinned: Option<&str>) -> Result<(), VaultError> {
    let noted = exam_law::of(vault_db, exam)?;
    let right = noted.iter().map(String::as_str).eq(pinned);
    if right || pinned.map(|sha256| law::has(vault_db, sha256)).transpose()? == Some(false) {
        return Ok(());
    }
    if let Some(sha256) = pinned {
        exam_law::add(vault_db, exam, sha256)?;
    }
    exam_law::keep_only(vault_db, exam, pinned)
}

/// Takes away notes of exams that are neither listed nor there: their making was cut off.
pub(crate) fn forget_unmade(vault: &Vault, present: &[ExamId]) -> Result<(), VaultError> {
    for exam in exam_law::exams(&vault.conn)? {
        if !present.contains(&exam) && !exam_index::has(&vault.conn, &exam)? {
            exam_law::keep_only(&vault.conn, &exam, None)?;
        }
    }
    Ok(())
}

/// An exam that is examined by a law made with this package. Every exam's file is asked, in case one was put back
/// from a copy; for a file that does not open what was noted holds.
pub(crate) fn exam_built_with(vault: &Vault, package: &str) -> Result<Option<ExamId>, VaultError> {
    let present = exams::present(vault)?;
    for exam in &present {
        let pinned = exam_key::of(vault, exam)
            .and_then(|key| connect::open(&vault.layout.exam_db(exam.as_str()), &key, false))
            .and_then(|conn| pinned_law::read(&conn));
        if let Ok(pinned) = pinned {
            settle(&vault.conn, exam, pinned.as_deref())?;
        }
    }
    forget_unmade(vault, &present)?;
    for sha256 in law::built_with(&vault.conn, package)? {
        if let Some(exam) = exam_law::first_with(&vault.conn, &sha256)? {
            return Ok(Some(exam));
        }
    }
    Ok(None)
}
