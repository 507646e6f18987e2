//! 軌跡: the journal as it is shown, compared and proved.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Some entries of a journal, the newest first. Empty texts ask for nothing.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct TrailRequest {
    /// The vault's own journal instead of the open exam's.
    pub vault: bool,
    /// Who.
    pub by: String,
    /// A family of acts (`answer`) or one of them (`answer.set`).
    pub action: String,
    /// Part of the subject.
    pub subject: String,
    /// Part of what was recorded.
    pub text: String,
    /// First day, ISO or ROC.
    pub from: String,
    /// Last day.
    pub to: String,
    /// How many to pass over.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

/// One entry in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TrailLineView {
    /// Number, from 1.
    pub seq: u32,
    /// When.
    pub at: String,
    /// Who; may be empty in the vault's own journal.
    pub by: String,
    /// Code of the act.
    pub action: String,
    /// To what.
    pub subject: String,
}

/// Some entries of a journal.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TrailPageView {
    /// Entries that pass the filter.
    pub total: u32,
    /// Those asked for.
    pub lines: Vec<TrailLineView>,
    /// Everybody who is named in the journal.
    pub people: Vec<String>,
    /// Families of acts, in the order of the work.
    pub families: Vec<String>,
}

/// Names an entry.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TrailEntryRequest {
    /// The vault's own journal instead of the open exam's.
    pub vault: bool,
    /// Number.
    pub seq: u32,
}

/// One part of a state, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TrailFieldView {
    /// Key; parts of parts are joined by a dot.
    pub key: String,
    /// Before; `null` where there was none.
    pub before: Option<String>,
    /// After; `null` where there is none any more.
    pub after: Option<String>,
}

/// An entry with what it changed.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TrailEntryView {
    /// The entry.
    pub line: TrailLineView,
    /// Whether it replaced something.
    pub replaced: bool,
    /// What it recorded, part by part.
    pub fields: Vec<TrailFieldView>,
}

/// Whose checkpoint.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CheckpointRequest {
    /// The vault's own journal instead of the open exam's.
    pub vault: bool,
}

/// Size and root of a journal.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CheckpointView {
    /// Which journal.
    pub origin: String,
    /// Entries.
    pub size: u32,
    /// Merkle root, lower-case hex.
    pub root: String,
    /// The same as a signed note; empty while the vault has no signer.
    pub note: String,
    /// The signer's key as other programs take it; empty with the note.
    pub key: String,
}

/// A checkpoint to compare with.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TrailVerifyRequest {
    /// The vault's own journal instead of the open exam's.
    pub vault: bool,
    /// `size:root`, or the text of a signed note.
    pub checkpoint: String,
}

/// What a comparison gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TrailVerdictWord {
    /// The journal begins with what the checkpoint stood for.
    Holds,
    /// An entry is not what was recorded.
    Edited,
    /// Entries are missing at the end.
    Cut,
    /// It is another journal.
    Fork,
}

/// What a comparison gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct TrailVerdictView {
    /// Verdict.
    pub verdict: TrailVerdictWord,
    /// Holds: entries that came after; edited: number of the entry; cut: entries that are there; fork: 0.
    pub number: u32,
    /// Entries that the checkpoint stood for.
    pub size: u32,
    /// Whether the checkpoint was signed by this vault's signer.
    pub signed: bool,
}

/// A proof as it is handed on, readable without a vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ProofView {
    /// That an entry is in a journal (RFC 6962 §2.1.1).
    Inclusion {
        /// Which journal.
        origin: String,
        /// The entry.
        entry: ProvedEntry,
        /// Entries of the tree.
        size: u64,
        /// Its root, hex.
        root: String,
        /// Hashes from the leaf up, hex.
        path: Vec<String>,
    },
    /// That an earlier journal is the beginning of a later one (RFC 6962 §2.1.2).
    Consistency {
        /// Which journal.
        origin: String,
        /// Entries of the earlier tree.
        first: u64,
        /// Entries of the later tree.
        second: u64,
        /// Both roots, hex.
        roots: [String; 2],
        /// Hashes, hex.
        path: Vec<String>,
    },
}

/// An entry, whole, as its leaf hash is made from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvedEntry {
    /// Number.
    pub seq: u64,
    /// When, as recorded.
    pub at: String,
    /// Who.
    pub by: String,
    /// What.
    pub action: String,
    /// To what.
    pub subject: String,
    /// What was recorded, as text.
    pub detail: String,
}
