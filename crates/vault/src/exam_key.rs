//! The key of one exam: made from the data key and the exam's own 32 random bytes, its salt. Without the salt nobody makes
//! that key again, with whatever passphrase: destroying an exam is destroying its salt.
//!
//! The salt stands in `vault.db` and beside the exam's file (`exams/<id>.key`), so that neither a lost small file nor a
//! `vault.db` put back from a copy shuts an exam; what one place lacks is brought back from the other when the vault is
//! opened. An exam of an earlier release has none: its key is made from the data key and its id.

use crate::error::VaultError;
use crate::failpoint;
use crate::key::{DataKey, DbKey, ExamSalt};
use crate::layout::{self, Layout};
use crate::table::{exam_index, exam_key};
use crate::vault::Vault;
use fieldbook_model::ExamId;
use rusqlite::Connection;
use std::fs;

/// First line of the file beside an exam.
const HEAD: &str = "fieldbook exam key 1";
/// Longest file that is read.
const LARGEST: u64 = 1024;

/// Where the keys of exams are made from.
pub(crate) struct Keys<'a> {
    /// `vault.db`; `None` when it does not open.
    pub(crate) conn: Option<&'a Connection>,
    pub(crate) layout: &'a Layout,
    pub(crate) key: &'a DataKey,
}

impl Keys<'_> {
    /// The key of an exam.
    pub(crate) fn of(&self, exam: &ExamId) -> Result<DbKey, VaultError> {
        let salt = match self.stored(exam)? {
            Some(salt) => Some(salt),
            None => read(self.layout, self.key, exam)?,
        };
        Ok(self.key.for_exam(exam.as_str(), salt.as_ref()))
    }

    /// Whether the file beside an exam says what `vault.db` says.
    pub(crate) fn agree(&self, exam: &ExamId) -> bool {
        match (self.stored(exam), read(self.layout, self.key, exam)) {
            (Ok(stored), Ok(beside)) => self.conn.is_none() || stored == beside,
            _ => false,
        }
    }

    fn stored(&self, exam: &ExamId) -> Result<Option<ExamSalt>, VaultError> {
        self.conn.map_or(Ok(None), |conn| exam_key::of(conn, exam))
    }
}

/// The key of an exam.
pub(crate) fn of(vault: &Vault, exam: &ExamId) -> Result<DbKey, VaultError> {
    Keys { conn: Some(&vault.conn), layout: &vault.layout, key: &vault.key }.of(exam)
}

/// Keeps a new salt in both places, before the exam's file is made.
pub(crate) fn keep(vault: &Vault, exam: &ExamId, salt: &ExamSalt) -> Result<(), VaultError> {
    exam_key::put(&vault.conn, exam, salt)?;
    failpoint::reach("salt.listed")?;
    write(&vault.layout, &vault.key, exam, salt)
}

/// Brings back what one of the two places lacks, and takes away salts of exams whose making was cut off.
pub(crate) fn settle(vault: &Vault, present: &[ExamId]) -> Result<(), VaultError> {
    for exam in present {
        // A file that cannot be read is named by `Vault::verify`; the other place is enough to open the exam.
        let (stored, beside) = (exam_key::of(&vault.conn, exam)?, read(&vault.layout, &vault.key, exam));
        match (stored, beside) {
            (None, Ok(Some(salt))) => exam_key::put(&vault.conn, exam, &salt)?,
            (Some(salt), Ok(None)) => write(&vault.layout, &vault.key, exam, &salt)?,
            _ => {}
        }
    }
    for exam in exam_key::exams(&vault.conn)? {
        if !present.contains(&exam) && !exam_index::has(&vault.conn, &exam)? {
            exam_key::remove(&vault.conn, &exam)?;
        }
    }
    Ok(())
}

/// Whether an exam's key has a random part of its own.
pub(crate) fn has_own(vault: &Vault, exam: &ExamId) -> Result<bool, VaultError> {
    Ok(exam_key::of(&vault.conn, exam)?.is_some() || vault.layout.exam_key(exam.as_str()).exists())
}

/// The file's text: the salt and its HMAC under the data key, in hex. Of no use without the data key.
fn text(key: &DataKey, exam: &ExamId, salt: &ExamSalt) -> String {
    format!("{HEAD}\n{}\n{}\n", hex::encode(salt.expose()), key.tag_of(exam.as_str(), salt))
}

fn write(layout: &Layout, key: &DataKey, exam: &ExamId, salt: &ExamSalt) -> Result<(), VaultError> {
    layout::write_atomically(&layout.exam_key(exam.as_str()), text(key, exam, salt).as_bytes())
}

fn read(layout: &Layout, key: &DataKey, exam: &ExamId) -> Result<Option<ExamSalt>, VaultError> {
    let damaged = VaultError::Damaged { what: "exam key" };
    let path = layout.exam_key(exam.as_str());
    match fs::metadata(&path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(e.into()),
        Ok(meta) if meta.len() > LARGEST => return Err(damaged),
        Ok(_) => {}
    }
    let found = fs::read(&path)?;
    let salt = std::str::from_utf8(&found).ok().and_then(|t| t.lines().nth(1));
    let salt = salt.and_then(|line| hex::decode(line).ok()).and_then(|bytes| ExamSalt::from_bytes(&bytes));
    let salt = salt.ok_or(damaged.clone())?;
    if text(key, exam, &salt).as_bytes() == found { Ok(Some(salt)) } else { Err(damaged) }
}
