//! Putting exams away: sealed (read-only), archived (compacted too), open again.

use crate::connect;
use crate::error::VaultError;
use crate::exam_key;
use crate::exam_store::{ExamStore, named};
use crate::journal::{self, Entry};
use crate::layout;
use crate::table::exam_retention::{self, ExamState, Keeping};
use crate::table::{destruction, exam_index, finding_step, sign_off};
use crate::vault::Vault;
use fieldbook_model::{ExamId, FindingStatus, Moment};
use jiff::civil::Date;
use serde_json::json;
use std::collections::BTreeMap;
use std::fs::{self, File};

impl ExamStore {
    /// Day of the report: that of the reviewer's signature under the exam as a whole; where nobody signed it, that of the
    /// last step by which every standing finding was closed. `None` while neither is there.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn report_on(&self) -> Result<Option<Date>, VaultError> {
        if let Some(at) = sign_off::whole_exam_signed(&self.conn)? {
            return Ok(Some(at.date()));
        }
        let findings = self.findings()?;
        let standing = || findings.iter().filter(|f| f.status != FindingStatus::Withdrawn);
        if standing().next().is_none() || standing().any(|f| f.status != FindingStatus::Closed) {
            return Ok(None);
        }
        Ok(finding_step::last_closed(&self.conn)?.map(|at| at.date()))
    }
}

impl Vault {
    /// How an exam is kept.
    ///
    /// # Errors
    /// [`VaultError::Destroyed`], [`VaultError::UnknownExam`].
    pub fn keeping(&self, exam: &ExamId) -> Result<Keeping, VaultError> {
        if destruction::has(&self.conn, exam)? {
            return Err(VaultError::Destroyed);
        }
        match exam_index::has(&self.conn, exam)? {
            true => exam_retention::of(&self.conn, exam),
            false => Err(VaultError::UnknownExam),
        }
    }

    /// How every exam is kept that was put away or has a report; any other is open and has none.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn keepings(&self) -> Result<BTreeMap<ExamId, Keeping>, VaultError> {
        exam_retention::all(&self.conn)
    }

    /// Renews the day of an exam's report from its file, so that lists of exams need not open it.
    ///
    /// # Errors
    /// When one of the databases cannot be read or written.
    pub fn keep_report_day(&mut self, store: &ExamStore) -> Result<(), VaultError> {
        let (now, kept) = (store.report_on()?, exam_retention::of(&self.conn, &store.id)?);
        match kept.report_on == now {
            true => Ok(()),
            false => exam_retention::put(&self.conn, &store.id, &Keeping { report_on: now, ..kept }),
        }
    }

    /// Puts an exam away or opens it again: sealed from open, archived from open or sealed, open from both. The exam must
    /// not be open in this program. Archiving compacts its file first.
    ///
    /// # Errors
    /// [`VaultError::NoReason`], [`VaultError::NoPerson`], [`VaultError::BadState`] when it is in that state or the step
    /// does not exist, and those of [`keeping`](Self::keeping).
    pub fn put_away(
        &mut self,
        exam: &ExamId,
        to: ExamState,
        reason: &str,
        by: &str,
        at: Moment,
    ) -> Result<(), VaultError> {
        named(by)?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(VaultError::NoReason);
        }
        let before = self.keeping(exam)?;
        let action = match (before.state, to) {
            (ExamState::Open, ExamState::Sealed) => "vault.exam_sealed",
            (ExamState::Open | ExamState::Sealed, ExamState::Archived) => "vault.exam_archived",
            (ExamState::Sealed | ExamState::Archived, ExamState::Open) => "vault.exam_unsealed",
            _ => return Err(VaultError::BadState),
        };
        if to == ExamState::Archived {
            self.compact(exam)?;
        }
        let tx = self.conn.transaction()?;
        let kept = Keeping {
            state: to,
            reason: reason.to_owned(),
            by: by.to_owned(),
            at: Some(at),
            report_on: before.report_on,
        };
        exam_retention::put(&tx, exam, &kept)?;
        let detail = json!({ "before": before.state.code(), "to": to.code(), "reason": reason });
        journal::record_vault(&tx, Entry { at, by, action, subject: format!("exam:{exam}"), detail })?;
        Ok(tx.commit()?)
    }

    /// Writes an exam's file anew beside the old one, without free pages, and puts it in its place when its journal says
    /// the same. Pages are copied one by one: a long exam needs no memory.
    fn compact(&self, exam: &ExamId) -> Result<(), VaultError> {
        let (path, making) = (self.layout.exam_db(exam.as_str()), self.layout.exam_in_making(exam.as_str()));
        let key = exam_key::of(self, exam)?;
        match fs::remove_file(&making) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e.into()),
            _ => {}
        }
        let target = making.to_str().ok_or(VaultError::Io(std::io::ErrorKind::InvalidFilename))?;
        let source = connect::open(&path, &key, false)?;
        source.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        source.execute("VACUUM INTO ?1", [target])?;
        File::open(&making)?.sync_all()?;
        let copied = connect::open_read_only(&making, &key)?;
        let same = journal::walk(&source, None)?.root() == journal::walk(&copied, None)?.root();
        copied.close().map_err(|(_, e)| e)?;
        source.close().map_err(|(_, e)| e)?;
        if !same {
            return Err(VaultError::Damaged { what: "the compacted exam" });
        }
        fs::rename(&making, &path)?;
        layout::sync_dir(path.parent())
    }
}
