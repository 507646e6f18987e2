//! One open exam. Readers take `&self`, writers `&mut self`; every writer records itself in the journal within its
//! own transaction. The methods stand in the files of the tables they read and write.

use crate::connect;
use crate::error::VaultError;
use crate::exchange::stamp;
use crate::failpoint;
use crate::journal::Entry;
use crate::key::DbKey;
use crate::layout::Layout;
use crate::schema;
use crate::table::{dataset, evidence_taking, exam_copy, journal};
use crate::upgrade;
use fieldbook_model::{DatasetDef, ExamId};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::fmt;
use std::path::{Path, PathBuf};

/// An open exam. It can be moved to another thread.
pub struct ExamStore {
    pub(crate) conn: Connection,
    pub(crate) id: ExamId,
    pub(crate) path: PathBuf,
    pub(crate) key: DbKey,
    pub(crate) defs: Vec<DatasetDef>,
    /// Sealed or archived: nothing of it is written.
    pub(crate) sealed: bool,
}

impl ExamStore {
    /// Opens the file and brings its tables up to this release and these datasets.
    pub(crate) fn open(
        layout: &Layout,
        path: &Path,
        key: DbKey,
        id: ExamId,
        defs: &[DatasetDef],
        create: bool,
    ) -> Result<Self, VaultError> {
        let mut conn = connect::open(path, &key, create)?;
        upgrade::bring_up(layout, id.as_str(), &mut conn, &key, schema::EXAM)?;
        dataset::ensure(&mut conn, defs)?;
        evidence_taking::sweep(&mut conn)?;
        exam_copy::ensure(&conn, id.as_str())?;
        stamp::watch(&conn)?;
        stamp::first(&mut conn)?;
        Ok(Self { conn, id, path: path.to_owned(), key, defs: defs.to_vec(), sealed: false })
    }

    /// The exam's id.
    #[must_use]
    pub fn id(&self) -> &ExamId {
        &self.id
    }

    /// The datasets that it was opened with.
    #[must_use]
    pub fn defs(&self) -> &[DatasetDef] {
        &self.defs
    }

    pub(crate) fn def(&self, key: &str) -> Result<&DatasetDef, VaultError> {
        self.defs.iter().find(|d| d.key == key).ok_or(VaultError::UnknownDataset)
    }

    /// Makes the open exam read-only, in SQLite too.
    pub(crate) fn seal(&mut self) -> Result<(), VaultError> {
        self.sealed = true;
        Ok(self.conn.pragma_update(None, "query_only", true)?)
    }

    /// Whether it was opened for reading only.
    #[must_use]
    pub fn is_sealed(&self) -> bool {
        self.sealed
    }

    /// Every writer passes here or through [`begin_import`](Self::begin_import).
    pub(crate) fn unsealed(&self) -> Result<(), VaultError> {
        if self.sealed { Err(VaultError::Sealed) } else { Ok(()) }
    }

    /// Runs `work` in one transaction; an error leaves everything as it was. What changes a row and leaves no entry of
    /// the journal is such an error.
    pub(crate) fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        self.unsealed()?;
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (changes, entries) = (tx.total_changes(), journal::size(&tx)?);
        let done = work(&tx)?;
        if tx.total_changes() > changes && journal::size(&tx)? == entries {
            return Err(VaultError::NotRecorded);
        }
        stamp::settle(&tx)?;
        tx.commit()?;
        failpoint::reach("commit.after")?;
        Ok(done)
    }

    /// [`write`](Self::write) with the journal entry that belongs to it.
    pub(crate) fn record<T>(
        &mut self,
        entry: Entry<'_>,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        self.write(|tx| {
            let done = work(tx)?;
            journal::append(tx, &entry)?;
            Ok(done)
        })
    }
}

impl fmt::Debug for ExamStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExamStore").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Refuses an empty author: every record has a person behind it.
pub(crate) fn named(by: &str) -> Result<(), VaultError> {
    if by.trim().is_empty() { Err(VaultError::NoPerson) } else { Ok(()) }
}
