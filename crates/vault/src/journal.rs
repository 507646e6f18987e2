//! The journal as a tree: leaf bytes, checkpoints, verification.

use crate::error::VaultError;
use crate::exam_store::ExamStore;
use crate::merkle::{self, Hash, Tree};
use crate::table::journal as table;
use fieldbook_model::Moment;
use rusqlite::Connection;

/// One entry, kept for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    /// Number, from 1, without gaps.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// Who.
    pub by: String,
    /// What was done, as a stable code (`answer.set`, `import.store`).
    pub action: String,
    /// To what: a clause, `batch:3`, `run:7`, `finding:2`.
    pub subject: String,
    /// The whole of what was recorded, as one JSON object with a fixed order of keys.
    pub detail: String,
}

/// Size and root of the journal at one time. Printed in papers, it shows later that nothing was taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Number of entries.
    pub size: u64,
    /// Merkle tree hash (RFC 6962, SHA-256), lower-case hex.
    pub root: String,
}

/// What is about to be recorded.
pub(crate) struct Entry<'a> {
    pub(crate) at: Moment,
    pub(crate) by: &'a str,
    pub(crate) action: &'static str,
    pub(crate) subject: String,
    pub(crate) detail: serde_json::Value,
}

/// Records an act of the vault itself (a slot changed, an exam sealed, a signer trusted) in the journal of `vault.db`. Call
/// it with the connection or transaction of `vault.db` that does the act. `by` may be empty where nobody is named.
pub(crate) fn record_vault(conn: &Connection, entry: Entry<'_>) -> Result<(), VaultError> {
    table::append(conn, &entry)
}

/// Hash of an entry: every field with its length in front, so that no two entries have the same bytes.
pub(crate) fn leaf_of(seq: u64, fields: [&str; 5]) -> Hash {
    let mut bytes = seq.to_string().into_bytes();
    for field in fields {
        bytes.extend_from_slice(format!(" {}:", field.len()).as_bytes());
        bytes.extend_from_slice(field.as_bytes());
    }
    merkle::leaf(&bytes)
}

/// What looking at every entry gave.
pub(crate) struct Walked {
    /// Number of entries that are there.
    pub(crate) size: u64,
    /// The tree of the first entries, as many as were asked for or are there.
    pub(crate) tree: Tree,
    /// The first entry that is not in its place or does not hash to its leaf; the tree ends before it.
    pub(crate) bad: Option<u64>,
}

/// Looks at every entry; the tree is that of the first `size` (all for `None`).
pub(crate) fn examine(conn: &Connection, size: Option<u64>) -> Result<Walked, VaultError> {
    let mut walked = Walked { size: 0, tree: Tree::default(), bad: None };
    table::each(conn, i64::MAX as u64, &mut |seq, fields, stored| {
        walked.size += 1;
        if walked.bad.is_some() {
            return Ok(());
        }
        let leaf = leaf_of(seq, fields);
        if seq != walked.size || leaf.as_slice() != stored {
            walked.bad = Some(walked.size);
        } else if size.is_none_or(|size| walked.size <= size) {
            walked.tree.push(leaf);
        }
        Ok(())
    })?;
    Ok(walked)
}

/// Walks the journal's first `size` entries (all for `None`); every entry must be in its place and hash to its leaf.
pub(crate) fn walk(conn: &Connection, size: Option<u64>) -> Result<Tree, VaultError> {
    let walked = examine(conn, size)?;
    match walked.bad {
        Some(_) => Err(VaultError::Damaged { what: "journal" }),
        None => Ok(walked.tree),
    }
}

impl ExamStore {
    /// Entries from `offset` on, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn journal(&self, offset: u64, limit: u64) -> Result<Vec<JournalEntry>, VaultError> {
        table::window(&self.conn, offset, limit)
    }

    /// Size and root, every entry checked on the way.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] when an entry is not what was recorded.
    pub fn checkpoint(&self) -> Result<Checkpoint, VaultError> {
        let tree = walk(&self.conn, None)?;
        Ok(Checkpoint { size: tree.size(), root: hex::encode(tree.root()) })
    }

    /// Whether the journal still begins with what an earlier checkpoint stood for.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] when an entry is not what was recorded.
    pub fn extends(&self, earlier: &Checkpoint) -> Result<bool, VaultError> {
        let tree = walk(&self.conn, Some(earlier.size))?;
        Ok(tree.size() == earlier.size && hex::encode(tree.root()) == earlier.root.to_ascii_lowercase())
    }
}
