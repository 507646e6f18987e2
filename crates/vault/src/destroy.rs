//! Destroying an exam: destroying the random part of its key, which stands in `vault.db` and beside its file, so that no
//! copy of the file alone opens any more (a copy of the whole vault from before still has it); then the file itself.
//!
//! The record comes first, in one transaction with everything that `vault.db` holds of the exam. A crash before it leaves
//! the exam; a crash after it leaves a destruction that [`Vault::finish_destructions`] finishes. What stays is the record,
//! the acts in the vault's journal, and what the organisation learnt: how a heading or a value is meant (mapping and
//! correction memory). Which rows of a firm were explained (disposition memory) goes with the last exam of that firm.

use crate::connect;
use crate::error::VaultError;
use crate::exam_key;
use crate::exam_store::named;
use crate::exams;
use crate::journal::{self, Checkpoint, Entry};
use crate::layout;
use crate::table::destruction::{self, Destruction};
use crate::table::{exam_index, exam_key as salts, exam_retention};
use crate::vault::Vault;
use fieldbook_model::text::norm_firm;
use fieldbook_model::{ExamId, Moment};
use jiff::civil::Date;
use rusqlite::{Connection, params};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

/// Bytes that are read or overwritten at once.
const PIECE: usize = 1 << 20;

/// The order to destroy an exam.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DestroyOrder {
    /// Who.
    pub by: String,
    /// Who stands by; may be empty.
    pub witness: String,
    /// Why.
    pub reason: String,
    /// Why before the last day of keeping, or without one; empty when nobody wants that.
    pub before_due: String,
    /// Last day of keeping, as the rule and the exam's report say; `None` when unknown.
    pub due: Option<Date>,
}

impl Vault {
    /// Records of destroyed exams, the earliest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn destructions(&self) -> Result<Vec<Destruction>, VaultError> {
        destruction::all(&self.conn)
    }

    /// Destroys an exam for good. It must not be open in this program.
    ///
    /// # Errors
    /// [`VaultError::StillKept`] before its last day of keeping is over, or when that is unknown, without a reason for
    /// it; [`VaultError::NoReason`], [`VaultError::NoPerson`], [`VaultError::Destroyed`], [`VaultError::UnknownExam`].
    pub fn destroy_exam(
        &mut self,
        exam: &ExamId,
        order: &DestroyOrder,
        at: Moment,
    ) -> Result<Destruction, VaultError> {
        self.begin_destruction(exam, order, at)?;
        self.finish_destructions(at)?;
        let all = self.destructions()?;
        all.into_iter().find(|d| d.exam == *exam).ok_or(VaultError::UnknownExam)
    }

    /// Writes the record and takes everything of the exam, the random part of its key first of all, out of `vault.db`.
    fn begin_destruction(
        &mut self,
        exam: &ExamId,
        order: &DestroyOrder,
        at: Moment,
    ) -> Result<(), VaultError> {
        named(&order.by)?;
        let keeping = self.keeping(exam)?;
        if order.reason.trim().is_empty() {
            return Err(VaultError::NoReason);
        }
        let over = order.due.is_some_and(|due| at.date() > due);
        if !over && order.before_due.trim().is_empty() {
            return Err(VaultError::StillKept);
        }
        let head = self.exams()?.into_iter().find(|h| h.id == *exam).ok_or(VaultError::UnknownExam)?;
        let journal = self.last_checkpoint(exam);
        let (file_sha256, file_bytes) = digest(&self.layout.exam_db(exam.as_str()))?;
        let record = Destruction {
            exam: exam.clone(),
            firm: head.firm.clone(),
            case_no: head.case_no,
            as_of: head.as_of,
            period: head.period,
            report_on: keeping.report_on,
            due: order.due,
            by: order.by.clone(),
            witness: order.witness.trim().to_owned(),
            reason: order.reason.trim().to_owned(),
            before_due: if over { String::new() } else { order.before_due.trim().to_owned() },
            at,
            journal,
            file_sha256,
            file_bytes,
            own_key: exam_key::has_own(self, exam)?,
            finished_at: None,
            copies: 0,
        };
        let tx = self.conn.transaction()?;
        destruction::begin(&tx, &record)?;
        let entry = Entry {
            at,
            by: &order.by,
            action: "vault.exam_destroy",
            subject: format!("exam:{exam}"),
            detail: detail(&record),
        };
        journal::record_vault(&tx, entry)?;
        forget(&tx, exam, &head.firm)?;
        tx.commit()?;
        // The deleted pages were overwritten (`secure_delete`); the log with their earlier state goes too.
        Ok(self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
    }

    /// The exam's journal as it ends; nothing when its file does not open or does not hold.
    fn last_checkpoint(&self, exam: &ExamId) -> Checkpoint {
        let read = || {
            let key = exam_key::of(self, exam)?;
            let conn = connect::open(&self.layout.exam_db(exam.as_str()), &key, false)?;
            conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            let tree = journal::walk(&conn, None)?;
            conn.close().map_err(|(_, e)| VaultError::from(e))?;
            Ok::<_, VaultError>(Checkpoint { size: tree.size(), root: hex::encode(tree.root()) })
        };
        read().unwrap_or(Checkpoint { size: 0, root: String::new() })
    }

    /// Finishes destructions that were begun and cut off; gives which.
    ///
    /// # Errors
    /// [`VaultError::Io`] when a file cannot be removed: the destruction stays begun.
    pub fn finish_destructions(&mut self, at: Moment) -> Result<Vec<ExamId>, VaultError> {
        let mut finished = Vec::new();
        for record in self.destructions()?.into_iter().filter(|d| d.finished_at.is_none()) {
            let id = record.exam.as_str();
            let copies = self.erase_files(id, !record.own_key)?;
            let tx = self.conn.transaction()?;
            destruction::finish(&tx, &record.exam, at, copies)?;
            let (subject, detail) = (format!("exam:{id}"), json!({ "copies": copies }));
            let entry = Entry { at, by: &record.by, action: "vault.exam_destroyed", subject, detail };
            journal::record_vault(&tx, entry)?;
            tx.commit()?;
            finished.push(record.exam);
        }
        Ok(finished)
    }

    /// Removes what stands under an exam's id in `exams` and `backups`, keys first; gives the number of copies in
    /// `backups`.
    fn erase_files(&self, id: &str, overwrite: bool) -> Result<u64, VaultError> {
        erase(&self.layout.exam_key(id), true)?;
        layout::sync_dir(Some(&self.layout.exams()))?;
        let exams = self.layout.exams();
        let own = |name: &&String| name.strip_prefix(id).is_some_and(|rest| rest.starts_with('.'));
        for name in layout::names(&exams)?.iter().filter(own) {
            erase(&exams.join(name), overwrite)?;
        }
        layout::sync_dir(Some(&exams))?;
        // The name of another exam may have this one's in it.
        let others = exams::present(self)?;
        let others: Vec<&str> =
            others.iter().map(ExamId::as_str).filter(|o| o.contains(id) && *o != id).collect();
        let mine = |name: &str| is_of(name, id) && !others.iter().any(|other| name.contains(other));
        erase_within(&self.layout.dir().join("backups"), &mine, overwrite)
    }
}

/// Whether a file's name is that of an exam: its id stands in it and is no part of a longer one.
fn is_of(name: &str, id: &str) -> bool {
    name.match_indices(id).any(|(at, found)| {
        let before = name.get(..at).and_then(|part| part.chars().next_back());
        let after = name.get(at + found.len()..).and_then(|part| part.chars().next());
        ![before, after].into_iter().flatten().any(|c| c.is_ascii_alphanumeric())
    })
}

/// Removes every file of the exam in a folder and the folders in it.
fn erase_within(dir: &Path, mine: &dyn Fn(&str) -> bool, overwrite: bool) -> Result<u64, VaultError> {
    let mut gone = 0;
    for name in layout::names(dir)? {
        let path = dir.join(&name);
        if path.is_dir() {
            gone += erase_within(&path, mine, overwrite)?;
        } else if mine(&name) {
            erase(&path, overwrite || name.ends_with(".key"))?;
            gone += u64::from(name.ends_with(".db"));
        }
    }
    if gone > 0 {
        layout::sync_dir(Some(dir))?;
    }
    Ok(gone)
}

/// Removes a file, overwritten once before where asked. One that is gone is right already.
fn erase(path: &Path, overwrite: bool) -> Result<(), VaultError> {
    if overwrite {
        match OpenOptions::new().write(true).open(path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(e.into()),
            Ok(mut file) => {
                let mut left = file.metadata()?.len();
                let zeros = vec![0; PIECE];
                while left > 0 {
                    let piece = zeros.len().min(usize::try_from(left).unwrap_or(PIECE));
                    file.write_all(zeros.get(..piece).unwrap_or_default())?;
                    left -= piece as u64;
                }
                file.sync_all()?;
            }
        }
    }
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e.into()),
        _ => Ok(()),
    }
}

/// SHA-256 and size of a file; empty for one that is gone.
fn digest(path: &Path) -> Result<(String, u64), VaultError> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok((String::new(), 0)),
        Err(e) => return Err(e.into()),
    };
    let (mut hash, mut size, mut piece) = (Sha256::new(), 0, vec![0; PIECE]);
    loop {
        let n = file.read(&mut piece)?;
        if n == 0 {
            return Ok((hex::encode(hash.finalize()), size));
        }
        hash.update(piece.get(..n).unwrap_or_default());
        size += n as u64;
    }
}

/// Takes what `vault.db` holds of an exam out of it.
fn forget(conn: &Connection, exam: &ExamId, firm: &str) -> Result<(), VaultError> {
    salts::remove(conn, exam)?;
    exam_retention::remove(conn, exam)?;
    for table in
        ["exam_law", "finding_index", "finding_course", "chapter_figure", "clause_figure", "exam_firm"]
    {
        conn.execute(&format!("DELETE FROM {table} WHERE exam = ?1"), [exam.as_str()])?;
    }
    conn.execute("DELETE FROM exam_index WHERE id = ?1", [exam.as_str()])?;
    let others = exam_index::all(conn)?;
    if !others.iter().any(|head| norm_firm(&head.firm) == norm_firm(firm)) {
        conn.execute("DELETE FROM disposition_memory WHERE firm = ?1", params![norm_firm(firm)])?;
    }
    Ok(())
}

fn detail(d: &Destruction) -> Value {
    json!({ "firm": d.firm, "case_no": d.case_no, "as_of": d.as_of.to_string(),
            "report_on": d.report_on.map(|day| day.to_string()), "due": d.due.map(|day| day.to_string()),
            "witness": d.witness, "reason": d.reason, "before_due": d.before_due,
            "journal_size": d.journal.size, "journal_root": d.journal.root,
            "file_sha256": d.file_sha256, "file_bytes": d.file_bytes, "own_key": d.own_key })
}
