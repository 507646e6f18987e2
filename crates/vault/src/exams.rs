//! Exams of a vault: making, listing, opening.

use crate::connect;
use crate::error::VaultError;
use crate::exam_key;
use crate::exam_store::{ExamStore, named};
use crate::exchange::{MergeOrder, Payload};
use crate::failpoint;
use crate::journal::{self, Entry};
use crate::key::ExamSalt;
use crate::law::{self, ExamLaw};
use crate::layout::{self, Layout};
use crate::table::exam_copy::{self, OwnCopy};
use crate::table::exam_index::{self, ExamHead};
use crate::table::exam_retention::ExamState;
use crate::table::{destruction, edition, exam, exam_law, fact, pinned_law, system};
use crate::vault::Vault;
use fieldbook_model::{DatasetDef, Exam, ExamId, Moment};
use serde_json::json;
use std::fs;

impl Vault {
    /// Every exam, the latest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn exams(&self) -> Result<Vec<ExamHead>, VaultError> {
        exam_index::all(&self.conn)
    }

    /// Makes an exam with its facts and systems, examined by this law. It is made beside and gets its name when it is
    /// whole. `entropy` fills the random part of its key.
    ///
    /// # Errors
    /// [`VaultError::ExamExists`], [`VaultError::NoPerson`] without an author; [`VaultError::Database`] when the law
    /// pins a document twice.
    pub fn create_exam(
        &mut self,
        exam: &Exam,
        by: &str,
        law: &ExamLaw,
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Result<(), VaultError> {
        self.make_exam(&exam.id, by, exam.created_at, law, &[], entropy, |store| {
            let profile: Vec<_> =
                exam.profile.iter().map(|(code, f)| json!([code, crate::json::fact(&f.value)])).collect();
            let detail = json!({ "head": exam::detail(exam), "profile": profile,
                                 "systems": system::detail(&exam.systems),
                                 "pinned": edition::detail(Some(&law.sha256), &law.pins) });
            let subject = exam.id.to_string();
            store.record(Entry { at: exam.created_at, by, action: "exam.create", subject, detail }, |tx| {
                exam::put(tx, exam)?;
                exam.profile.iter().try_for_each(|(code, f)| fact::put(tx, code, f))?;
                system::replace(tx, &exam.systems)?;
                law::put(tx, &law.sha256, &law.pins)
            })
        })
    }

    /// Makes a copy of an exam that was handed over, as [`create_exam`](Self::create_exam) makes a new one. Its records
    /// get numbers of this block; `entropy` fills its name too.
    ///
    /// # Errors
    /// As there and as [`ExamStore::merge`].
    #[allow(clippy::too_many_arguments)]
    pub fn receive_exam(
        &mut self,
        id: &ExamId,
        block: i64,
        law: &ExamLaw,
        defs: &[DatasetDef],
        order: &dyn Fn(&ExamStore) -> Result<MergeOrder, VaultError>,
        payload: &mut dyn Payload,
        entropy: &mut dyn FnMut(&mut [u8]),
        (by, at): (&str, Moment),
    ) -> Result<(), VaultError> {
        let mut name = [0_u8; 16];
        entropy(&mut name);
        self.make_exam(id, by, at, law, defs, entropy, |store| {
            let copy = OwnCopy { copy: hex::encode(name), block, stamped: true };
            let detail = json!({ "copy": copy.copy, "block": block,
                                 "pinned": edition::detail(Some(&law.sha256), &law.pins) });
            let subject = id.to_string();
            store.record(Entry { at, by, action: "exam.receive", subject, detail }, |tx| {
                exam_copy::set_own(tx, &copy)?;
                law::put(tx, &law.sha256, &law.pins)
            })?;
            let order = order(store)?;
            store.merge(&order, payload).map(|_| ())
        })
    }

    #[allow(clippy::too_many_arguments)]
    fn make_exam(
        &mut self,
        id: &ExamId,
        by: &str,
        at: Moment,
        law: &ExamLaw,
        defs: &[DatasetDef],
        entropy: &mut dyn FnMut(&mut [u8]),
        fill: impl FnOnce(&mut ExamStore) -> Result<(), VaultError>,
    ) -> Result<(), VaultError> {
        named(by)?;
        let (path, making) = (self.layout.exam_db(id.as_str()), self.layout.exam_in_making(id.as_str()));
        if path.exists() || exam_index::has(&self.conn, id)? || destruction::has(&self.conn, id)? {
            return Err(VaultError::ExamExists);
        }
        law::announce(self, id, law)?;
        failpoint::reach("exam.announced")?;
        layout::make_dir(&self.layout.exams())?;
        for suffix in ["", "-wal", "-shm"] {
            let mut left = making.clone().into_os_string();
            left.push(suffix);
            match fs::remove_file(&left) {
                Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e.into()),
                _ => {}
            }
        }
        exam_key::keep(self, id, &ExamSalt::new(entropy))?;
        failpoint::reach("exam.salted")?;
        let key = exam_key::of(self, id)?;
        let mut store = ExamStore::open(&self.layout, &making, key, id.clone(), defs, true)?;
        fill(&mut store)?;
        let exam = exam::read(&store.conn)?
            .filter(|e| e.id == *id)
            .ok_or(VaultError::Damaged { what: "exam head" })?;
        failpoint::reach("exam.made")?;
        // Closing the last connection moves the write-ahead log into the file.
        store.conn.close().map_err(|(_, e)| e)?;
        failpoint::reach("exam.closed")?;
        fs::rename(&making, &path)?;
        failpoint::reach("exam.renamed")?;
        layout::sync_dir(path.parent())?;
        let tx = self.conn.transaction()?;
        exam_index::put(&tx, &exam)?;
        exam_law::keep_only(&tx, id, Some(&law.sha256))?;
        let (subject, detail) = (format!("exam:{id}"), exam::detail(&exam));
        journal::record_vault(&tx, Entry { at, by, action: "vault.exam_made", subject, detail })?;
        tx.commit()?;
        failpoint::reach("exam.listed")
    }

    /// Opens an exam with these datasets: missing tables and columns are added. One that is put away opens for reading.
    ///
    /// # Errors
    /// [`VaultError::UnknownExam`], [`VaultError::Destroyed`], [`VaultError::ExamFileMissing`], [`VaultError::NewerFormat`],
    /// [`VaultError::BadDefinition`], [`VaultError::Damaged`].
    pub fn open_exam(&self, id: &ExamId, defs: &[DatasetDef]) -> Result<ExamStore, VaultError> {
        let keeping = self.keeping(id)?;
        let path = self.layout.exam_db(id.as_str());
        if !path.is_file() {
            return Err(VaultError::ExamFileMissing);
        }
        let store = ExamStore::open(&self.layout, &path, exam_key::of(self, id)?, id.clone(), defs, false);
        let mut store = store.map_err(|e| e.of(id.as_str()))?;
        if keeping.state != ExamState::Open {
            store.seal()?;
        }
        law::settle(&self.conn, id, store.law_sha256()?.as_deref())?;
        Ok(store)
    }

    /// Replaces firm, case number, dates and examiners of an exam, in its file and in the list. Facts and systems
    /// have writers of their own.
    ///
    /// # Errors
    /// [`VaultError::UnknownExam`] when `exam` is another one than `store`, [`VaultError::NoPerson`].
    pub fn update_exam(
        &mut self,
        store: &mut ExamStore,
        exam: &Exam,
        by: &str,
        at: Moment,
    ) -> Result<(), VaultError> {
        if store.id != exam.id {
            return Err(VaultError::UnknownExam);
        }
        store.set_head(exam, by, at)?;
        exam_index::put(&self.conn, &store.exam()?)
    }
}

/// Ids of the exams whose files are there. A destroyed exam's file that somebody put back from a copy is none of them.
pub(crate) fn present(vault: &Vault) -> Result<Vec<ExamId>, VaultError> {
    let destroyed = destruction::all(&vault.conn)?;
    let ids = in_folder(&vault.layout)?.into_iter();
    Ok(ids.filter(|id| !destroyed.iter().any(|d| d.exam == *id)).collect())
}

/// Ids of the exams whose files are in a folder.
pub(crate) fn in_folder(layout: &Layout) -> Result<Vec<ExamId>, VaultError> {
    let names = layout::names(&layout.exams())?;
    Ok(names.iter().filter_map(|n| n.strip_suffix(".db")).filter_map(|n| ExamId::parse(n).ok()).collect())
}

/// Lists exams whose file is there but whose row in the list is not: making was cut off between the two, or the
/// file was put back from a copy. Settles by which law they are examined where that was cut off. A file that does not
/// open is left for [`Vault::verify`] to name.
pub(crate) fn adopt(vault: &Vault) -> Result<(), VaultError> {
    let present = present(vault)?;
    exam_key::settle(vault, &present)?;
    for id in &present {
        let listed = exam_index::has(&vault.conn, id)?;
        if listed && exam_law::of(&vault.conn, id)?.len() < 2 {
            continue;
        }
        let Ok(key) = exam_key::of(vault, id) else { continue };
        let Ok(conn) = connect::open(&vault.layout.exam_db(id.as_str()), &key, false) else { continue };
        if let (false, Ok(Some(exam))) = (listed, exam::read(&conn)) {
            exam_index::put(&vault.conn, &exam)?;
            let by = exam.examiners.first().cloned().unwrap_or_default();
            let (subject, detail) = (format!("exam:{id}"), exam::detail(&exam));
            let entry = Entry { at: exam.created_at, by: &by, action: "vault.exam_made", subject, detail };
            journal::record_vault(&vault.conn, entry)?;
        }
        if let Ok(pinned) = pinned_law::read(&conn) {
            law::settle(&vault.conn, id, pinned.as_deref())?;
        }
    }
    law::forget_unmade(vault, &present)
}
