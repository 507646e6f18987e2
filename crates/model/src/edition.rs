//! Editions of checklists: what differs between two, and who signed one.

use crate::clause::ClauseId;

/// A run of characters in a comparison of two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Kept(String),
    /// Only in the older text.
    Removed(String),
    /// Only in the newer text.
    Added(String),
}

/// What became of one clause between two editions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClauseChange {
    /// New.
    Added {
        /// Clause.
        clause: ClauseId,
        /// Label.
        label: String,
        /// Text.
        text: String,
    },
    /// Gone.
    Removed {
        /// Clause.
        clause: ClauseId,
        /// Label.
        label: String,
        /// Text.
        text: String,
    },
    /// Another text under the same id.
    Changed {
        /// Clause.
        clause: ClauseId,
        /// Label in the newer edition.
        label: String,
        /// Both texts, character by character.
        pieces: Vec<Piece>,
    },
    /// The same text under another id, label or chapter.
    Moved {
        /// Clause in the older edition.
        from: ClauseId,
        /// Label in the older edition.
        from_label: String,
        /// Clause in the newer edition.
        to: ClauseId,
        /// Label in the newer edition.
        to_label: String,
    },
    /// The same text with another rule: strength, condition, units or parameters.
    RuleChanged {
        /// Clause.
        clause: ClauseId,
        /// Label.
        label: String,
        /// What changed, zh-TW, a line each.
        what: Vec<String>,
    },
}

/// An edition of a document as an exam pins it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionPin {
    /// Document code.
    pub document: String,
    /// Short name of the edition.
    pub version: String,
    /// SHA-256 over the document's files.
    pub content_sha256: String,
}
