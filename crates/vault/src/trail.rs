//! A journal as it is looked at: filtered, compared with a checkpoint, proved to others.

use crate::acts;
use crate::error::VaultError;
use crate::exam_store::ExamStore;
use crate::journal::{self, Checkpoint, JournalEntry, leaf_of};
use crate::merkle::{self, Hash};
use crate::table::journal as table;
use crate::vault::Vault;
use jiff::civil::Date;
use rusqlite::Connection;
use serde_json::{Value, json};

/// Which entries to show; what is `None` is not asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrailFilter {
    /// Who, the whole name.
    pub by: Option<String>,
    /// A code (`answer.set`) or a family of them (`answer`).
    pub action: Option<String>,
    /// Part of the subject, in any case.
    pub subject: Option<String>,
    /// Part of what was recorded, or of the subject, in any case.
    pub text: Option<String>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

/// What comparing a journal with an earlier checkpoint gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrailVerdict {
    /// It begins with what the checkpoint stood for.
    Holds {
        /// Entries that came after it.
        added: u64,
    },
    /// An entry does not hash to its leaf, or is not in its place.
    Edited {
        /// Number of the first one.
        seq: u64,
    },
    /// There are fewer entries than the checkpoint stood for.
    Cut {
        /// Entries that are there.
        size: u64,
    },
    /// Every entry hashes to its leaf, but the tree of the checkpoint's size has another root: it is another journal.
    Fork,
}

/// An entry with what was before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailEntry {
    /// The entry.
    pub entry: JournalEntry,
    /// The state before, as JSON; `None` where nothing was replaced.
    pub before: Option<String>,
    /// The state that the entry left, as JSON.
    pub after: String,
}

/// That an entry is in a journal (RFC 6962 §2.1.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InclusionProof {
    /// The entry.
    pub entry: JournalEntry,
    /// Size and root of the tree that it is in.
    pub tree: Checkpoint,
    /// Hashes from the leaf up, lower-case hex.
    pub path: Vec<String>,
}

/// That an earlier journal is the beginning of a later one (RFC 6962 §2.1.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsistencyProof {
    /// The earlier tree.
    pub first: Checkpoint,
    /// The later tree.
    pub second: Checkpoint,
    /// Hashes, lower-case hex.
    pub path: Vec<String>,
}

impl InclusionProof {
    /// Whether it proves what it says. Needs no vault.
    #[must_use]
    pub fn holds(&self) -> bool {
        let e = &self.entry;
        let leaf = leaf_of(e.seq, [&e.at.to_string(), &e.by, &e.action, &e.subject, &e.detail]);
        let (Some(path), Some([root])) = (hashes(&self.path), roots([&self.tree])) else { return false };
        e.seq > 0 && merkle::includes(&leaf, e.seq - 1, self.tree.size, &path, &root)
    }
}

impl ConsistencyProof {
    /// Whether it proves what it says. Needs no vault.
    #[must_use]
    pub fn holds(&self) -> bool {
        let (Some(path), Some([first, second])) = (hashes(&self.path), roots([&self.first, &self.second]))
        else {
            return false;
        };
        merkle::extends(self.first.size, self.second.size, &first, &second, &path)
    }
}

fn hash(text: &str) -> Option<Hash> {
    let mut hash = [0; 32];
    hex::decode_to_slice(text, &mut hash).ok().map(|()| hash)
}

fn hashes(path: &[String]) -> Option<Vec<Hash>> {
    path.iter().map(|text| hash(text)).collect()
}

fn roots<const N: usize>(trees: [&Checkpoint; N]) -> Option<[Hash; N]> {
    let all: Option<Vec<Hash>> = trees.iter().map(|tree| hash(&tree.root)).collect();
    all?.try_into().ok()
}

/// The journal of an exam, or of the vault itself.
pub struct Trail<'a> {
    conn: &'a Connection,
    origin: String,
}

impl ExamStore {
    /// The exam's journal.
    #[must_use]
    pub fn trail(&self) -> Trail<'_> {
        Trail { conn: &self.conn, origin: format!("fieldbook/exam/{}", self.id) }
    }
}

impl Vault {
    /// The journal of the vault's own acts.
    #[must_use]
    pub fn trail(&self) -> Trail<'_> {
        Trail { conn: &self.conn, origin: "fieldbook/vault".to_owned() }
    }
}

impl Trail<'_> {
    /// What names this journal in a checkpoint: `fieldbook/exam/<id>` or `fieldbook/vault`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// How many entries pass the filter, and those from `offset` on, the newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn page(
        &self,
        filter: &TrailFilter,
        offset: u64,
        limit: u64,
    ) -> Result<(u64, Vec<JournalEntry>), VaultError> {
        table::filtered(self.conn, filter, offset, limit)
    }

    /// Everybody who is named in it, by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn people(&self) -> Result<Vec<String>, VaultError> {
        table::people(self.conn)
    }

    /// Size and root, every entry checked on the way.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] when an entry is not what was recorded.
    pub fn checkpoint(&self) -> Result<Checkpoint, VaultError> {
        let tree = journal::walk(self.conn, None)?;
        Ok(Checkpoint { size: tree.size(), root: hex::encode(tree.root()) })
    }

    /// Compares it with an earlier checkpoint.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn compare(&self, earlier: &Checkpoint) -> Result<TrailVerdict, VaultError> {
        let walked = journal::examine(self.conn, Some(earlier.size))?;
        if let Some(seq) = walked.bad {
            return Ok(TrailVerdict::Edited { seq });
        }
        if walked.size < earlier.size {
            return Ok(TrailVerdict::Cut { size: walked.size });
        }
        match hex::encode(walked.tree.root()) == earlier.root.to_ascii_lowercase() {
            true => Ok(TrailVerdict::Holds { added: walked.size - earlier.size }),
            false => Ok(TrailVerdict::Fork),
        }
    }

    /// Leaf hashes of the first `size` entries (all for `None`), every entry checked.
    fn leaves(&self, size: Option<u64>) -> Result<Vec<Hash>, VaultError> {
        let mut leaves: Vec<Hash> = Vec::new();
        table::each(self.conn, i64::MAX as u64, &mut |seq, fields, stored| {
            let leaf = leaf_of(seq, fields);
            if seq != leaves.len() as u64 + 1 || leaf.as_slice() != stored {
                return Err(VaultError::Damaged { what: "journal" });
            }
            leaves.push(leaf);
            Ok(())
        })?;
        let size = size.unwrap_or(leaves.len() as u64);
        match usize::try_from(size).ok().filter(|size| *size <= leaves.len()) {
            Some(size) => leaves.truncate(size),
            None => return Err(VaultError::UnknownEntry { seq: size }),
        }
        Ok(leaves)
    }

    /// Proves that entry `seq` is in the tree of the first `size` entries (all for `None`).
    ///
    /// # Errors
    /// [`VaultError::UnknownEntry`] when there is no such entry or tree, [`VaultError::Damaged`].
    pub fn prove(&self, seq: u64, size: Option<u64>) -> Result<InclusionProof, VaultError> {
        let leaves = self.leaves(size)?;
        let index = seq.checked_sub(1).and_then(|i| usize::try_from(i).ok());
        let path =
            index.and_then(|i| merkle::inclusion(&leaves, i)).ok_or(VaultError::UnknownEntry { seq })?;
        Ok(InclusionProof { entry: self.entry(seq)?, tree: checkpoint_of(&leaves), path: shown(&path) })
    }

    /// Proves that the tree of the first `first` entries is the beginning of that of the first `second` (all for `None`).
    ///
    /// # Errors
    /// [`VaultError::UnknownEntry`] when there is no such tree, [`VaultError::Damaged`].
    pub fn prove_consistency(&self, first: u64, second: Option<u64>) -> Result<ConsistencyProof, VaultError> {
        let leaves = self.leaves(second)?;
        let unknown = || VaultError::UnknownEntry { seq: first };
        let m = usize::try_from(first).map_err(|_| unknown())?;
        let path = merkle::consistency(&leaves, m).ok_or_else(unknown)?;
        let begun = leaves.get(..m).ok_or_else(unknown)?;
        Ok(ConsistencyProof {
            first: checkpoint_of(begun),
            second: checkpoint_of(&leaves),
            path: shown(&path),
        })
    }

    fn entry(&self, seq: u64) -> Result<JournalEntry, VaultError> {
        let found = table::window(self.conn, seq.saturating_sub(1), 1)?.pop();
        found.filter(|e| e.seq == seq).ok_or(VaultError::UnknownEntry { seq })
    }

    /// An entry with the state before it and the state that it left.
    ///
    /// # Errors
    /// [`VaultError::UnknownEntry`].
    pub fn look(&self, seq: u64) -> Result<TrailEntry, VaultError> {
        let entry = self.entry(seq)?;
        let (before, after) = match entry.action.as_str() {
            "edition.pin" => halves(&entry, "old", "new"),
            "finding.step" | "finding.withdraw" => steps(&entry),
            _ => (self.before(&entry)?, entry.detail.clone()),
        };
        Ok(TrailEntry { entry, before, after })
    }

    fn before(&self, entry: &JournalEntry) -> Result<Option<String>, VaultError> {
        let Some(act) = acts::of(&entry.action).filter(|act| !act.thing.is_empty()) else { return Ok(None) };
        if let Some(found) = table::before(self.conn, entry, &acts::about(act.thing), act.keys)? {
            return Ok(Some(found.detail));
        }
        // What an exam began with stands in the entry of its making.
        let begun = match act.thing {
            "head" | "fact" | "systems" => table::first_of(self.conn, "exam.create")?,
            _ => None,
        };
        let begun: Option<Value> = begun.and_then(|e| serde_json::from_str(&e.detail).ok());
        Ok(begun
            .and_then(|detail| match act.thing {
                "head" => detail.get("head").cloned(),
                "systems" => detail.get("systems").cloned(),
                _ => {
                    let facts = detail.get("profile")?.as_array()?;
                    let fact =
                        facts.iter().find(|f| f.get(0).and_then(Value::as_str) == Some(&entry.subject))?;
                    Some(json!({ "kind": fact.get(1)?.get(0)?, "content": fact.get(1)?.get(1)? }))
                }
            })
            .map(|before| before.to_string()))
    }
}

/// Two parts of an entry's detail that are its states.
fn halves(entry: &JournalEntry, old: &str, new: &str) -> (Option<String>, String) {
    let detail: Value = serde_json::from_str(&entry.detail).unwrap_or_default();
    let part = |key: &str| detail.get(key).map(ToString::to_string);
    (part(old), part(new).unwrap_or_else(|| entry.detail.clone()))
}

fn steps(entry: &JournalEntry) -> (Option<String>, String) {
    let detail: Value = serde_json::from_str(&entry.detail).unwrap_or_default();
    let part = |key: &str| detail.get(key).cloned().unwrap_or_default();
    let before = json!({ "status": part("before") }).to_string();
    (Some(before), json!({ "status": part("to"), "reason": part("reason") }).to_string())
}

fn checkpoint_of(leaves: &[Hash]) -> Checkpoint {
    let mut tree = merkle::Tree::default();
    leaves.iter().for_each(|leaf| tree.push(*leaf));
    Checkpoint { size: tree.size(), root: hex::encode(tree.root()) }
}

fn shown(path: &[Hash]) -> Vec<String> {
    path.iter().map(hex::encode).collect()
}
