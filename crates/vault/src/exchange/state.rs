//! What this copy holds, as the other copy compares it.

use super::rules::{self, TABLES};
use crate::error::VaultError;
use crate::exam_store::ExamStore;
use crate::journal::{self, Checkpoint, JournalEntry};
use crate::table::exam_copy::{self, KnownCopy, OWN};
use crate::table::merge::{self, MergeRecord};
use crate::table::{journal as journal_table, record_state};
use fieldbook_model::{ExamState, Field, Moment, Record, RecordKey, Seen, Stamp, WhenBoth};
use rusqlite::Connection;
use std::collections::BTreeMap;

/// A copy of an exam, with how far its journal goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyHead {
    /// 32 lower-case hex digits.
    pub copy: String,
    /// Block of its numbers.
    pub block: i64,
    /// Whose it is; empty for this one.
    pub label: String,
    /// `age1…` of whoever has it; empty for this one, and where that is not known.
    pub recipient: String,
    /// Size and root of its journal, as far as it is known here.
    pub checkpoint: Checkpoint,
}

/// Ids of the copies by the numbers that states use.
pub(crate) fn ids(conn: &Connection) -> Result<BTreeMap<i64, String>, VaultError> {
    Ok(exam_copy::numbers(conn)?.into_iter().map(|(copy, no)| (no, copy)).collect())
}

/// Kinds of records and, of each field that no person is asked about, what becomes of it when both copies wrote it; of
/// other fields a person is asked.
#[must_use]
pub fn merge_rules() -> BTreeMap<String, BTreeMap<String, WhenBoth>> {
    TABLES
        .iter()
        .map(|t| (t.name.to_owned(), t.when.iter().map(|(f, when)| ((*f).to_owned(), *when)).collect()))
        .collect()
}

/// What happens to a field of a kind of record when both copies wrote it.
#[must_use]
pub fn merge_rule(table: &str, field: &str) -> WhenBoth {
    rules::of(table).map_or(WhenBoth::Ask, |t| t.when(field))
}

impl ExamStore {
    /// This copy and its journal.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] when an entry is not what was recorded.
    pub fn own_copy(&self) -> Result<CopyHead, VaultError> {
        let own = exam_copy::own(&self.conn)?;
        Ok(CopyHead {
            copy: own.copy,
            block: own.block,
            label: String::new(),
            recipient: String::new(),
            checkpoint: self.checkpoint()?,
        })
    }

    /// The other copies, with what was received of their journals.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn other_copies(&self) -> Result<Vec<CopyHead>, VaultError> {
        let heads = exam_copy::known(&self.conn)?.into_iter().map(|k| {
            let tree = exam_copy::tree(&self.conn, k.no)?;
            let checkpoint = Checkpoint { size: tree.size(), root: hex::encode(tree.root()) };
            Ok(CopyHead { copy: k.copy, block: k.block, label: k.label, recipient: k.recipient, checkpoint })
        });
        heads.collect()
    }

    /// The other copies as they are known.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn known_copies(&self) -> Result<Vec<KnownCopy>, VaultError> {
        exam_copy::known(&self.conn)
    }

    /// Entries of a copy's journal after number `after`, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read; [`VaultError::OtherJournal`] for a copy that is not known.
    pub fn copy_entries(&self, copy: &str, after: u64, limit: u64) -> Result<Vec<JournalEntry>, VaultError> {
        match exam_copy::numbers(&self.conn)?.get(copy) {
            Some(&OWN) => journal_table::window(&self.conn, after, limit),
            Some(no) => exam_copy::entries(&self.conn, *no, after, limit),
            None => Err(VaultError::OtherJournal),
        }
    }

    /// How far this copy knows the journals, its own too.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn seen(&self) -> Result<Seen, VaultError> {
        let mut seen: Seen = exam_copy::known(&self.conn)?
            .into_iter()
            .filter(|k| k.seen > 0)
            .map(|k| (k.copy, k.seen))
            .collect();
        seen.insert(exam_copy::own(&self.conn)?.copy, journal_table::size(&self.conn)?.unsigned_abs());
        Ok(seen)
    }

    /// Every record with its stamps; with `since`, those that say something which was not seen then.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] when a state names an entry that is in no journal.
    pub fn exchange_state(&self, since: Option<&Seen>) -> Result<ExamState, VaultError> {
        let ids = ids(&self.conn)?;
        let mut authors: BTreeMap<i64, BTreeMap<u64, (String, Moment)>> = BTreeMap::new();
        for no in ids.keys() {
            authors.insert(*no, exam_copy::authors(&self.conn, *no)?);
        }
        const GONE: VaultError = VaultError::Damaged { what: "state of a record" };
        let mut records = BTreeMap::new();
        record_state::each(&self.conn, &mut |table, key, state| {
            let mut record = Record::new();
            for (name, w) in state {
                let (by, at) = authors.get(&w.copy).and_then(|a| a.get(&w.seq)).ok_or(GONE)?.clone();
                let stamp = Stamp { copy: ids.get(&w.copy).ok_or(GONE)?.clone(), seq: w.seq };
                record.insert(name, Field { value: w.value, stamp, by, at });
            }
            if since.is_none_or(|seen| record.values().any(|f| !f.stamp.is_seen_by(seen))) {
                records.insert(RecordKey { table: table.to_owned(), key: key.to_owned() }, record);
            }
            Ok(())
        })?;
        Ok(ExamState { seen: self.seen()?, records })
    }

    /// What was merged into this copy, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn merges(&self) -> Result<Vec<MergeRecord>, VaultError> {
        merge::all(&self.conn)
    }

    /// Whether the journal of a copy, as far as it is known here, has this root at this size; `None` when it is not known
    /// so far.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn copy_agrees(&self, copy: &str, at: &Checkpoint) -> Result<Option<bool>, VaultError> {
        let tree = match exam_copy::numbers(&self.conn)?.get(copy) {
            None => return Ok(None),
            Some(&OWN) => journal::walk(&self.conn, Some(at.size))?,
            Some(no) => exam_copy::tree_of(&self.conn, *no, at.size)?,
        };
        Ok((tree.size() == at.size).then(|| hex::encode(tree.root()) == at.root))
    }

    /// Writes the rows of a run, a sample or an imported table, for [`Payload`](super::Payload) elsewhere.
    ///
    /// # Errors
    /// [`VaultError::Io`]; [`VaultError::Damaged`] for a record that has none.
    pub fn write_rows(&self, record: &RecordKey, to: &mut dyn std::io::Write) -> Result<(), VaultError> {
        super::rows::write(&self.conn, record, to)
    }
}

/// Whether a record of this kind has rows of its own, or bytes.
#[must_use]
pub fn has_payload(table: &str) -> bool {
    table == "evidence" || rules::of(table).is_some_and(super::rows::has_rows)
}
