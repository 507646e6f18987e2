//! Checklists: documents, chapters and clauses, verbatim.

use crate::finding::FindingType;
use crate::predicate::{AppliesWhen, Predicate};
use jiff::civil::Date;
use std::fmt;

/// Stable id of a clause: document code, hyphen, path (`FCM-7.1.b.c`, `COL-D5.1`). Never reused.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClauseId(String);

impl ClauseId {
    /// Reads an id.
    ///
    /// # Errors
    /// When the text is not `<upper-case letters>-<letters, digits, dots>`.
    pub fn parse(text: &str) -> Result<Self, crate::ShapeError> {
        let bad = crate::ShapeError { what: "clause id" };
        let Some((doc, path)) = text.split_once('-') else { return Err(bad) };
        let doc_ok = !doc.is_empty() && doc.bytes().all(|b| b.is_ascii_uppercase());
        let path_ok = !path.is_empty() && path.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.');
        if doc_ok && path_ok { Ok(Self(text.to_owned())) } else { Err(bad) }
    }

    /// The whole id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The document's code, `COL` of `COL-D5.1`.
    #[must_use]
    pub fn doc(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }
}

impl fmt::Display for ClauseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Obligation strength (應、宜、得 …), which decides what a failure becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// 應、須.
    Must,
    /// 宜.
    Should,
    /// 得: a permission, never a failure.
    May,
    /// 不得、禁止、勿.
    MustNot,
    /// 是否: already a question.
    Question,
    /// A duty stated without a modal word; read as 應.
    Declarative,
    /// A noun phrase that inherits 應 from its lead-in.
    InheritedMust,
    /// An assessment procedure or examination scope.
    Procedure,
    /// Purpose, definition, addendum: bundled, not scored.
    Definition,
}

impl Strength {
    /// What a duty of this strength becomes when it is not met: a deficiency, a recommendation, or nothing where the
    /// clause only permits.
    #[must_use]
    pub fn failure(self) -> Option<FindingType> {
        match self {
            Self::Should => Some(FindingType::Recommendation),
            Self::May | Self::Definition => None,
            Self::Must
            | Self::MustNot
            | Self::Question
            | Self::Declarative
            | Self::InheritedMust
            | Self::Procedure => Some(FindingType::Deficiency),
        }
    }

    /// Rank of what a failure becomes, the heaviest first.
    #[must_use]
    pub fn weight(self) -> u8 {
        match self.failure() {
            Some(FindingType::Deficiency) => 0,
            Some(_) => 1,
            None => 2,
        }
    }
}

/// One of several duties that one clause states, answered on its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// Id within the clause: one lower-case letter. Never reused.
    pub id: String,
    /// The words of the clause that state the duty: excerpts of it, verbatim, `…` between them.
    pub text: String,
    /// Obligation strength.
    pub strength: Strength,
    /// Condition over one row of the system register, where it differs from the clause's.
    pub per_system: Option<Predicate>,
}

/// Whether a numbered item is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClauseKind {
    /// Lowest-level numbered item.
    Leaf,
    /// Heading or lead-in with children.
    Branch,
    /// A branch that carries a duty of its own and is answered too (9 of them).
    Chapeau,
}

/// A machine-checkable parameter as the clause states it, e.g. `firewall_log.retention>=3y`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseParam {
    /// The expression, in the notation of the checklist files.
    pub text: String,
}

/// One numbered item of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Stable id.
    pub id: ClauseId,
    /// Leaf, branch or chapeau duty.
    pub kind: ClauseKind,
    /// The original numbering as a reader of the document would cite it (`第六條第七款`, `7.(1)b.(c)`).
    pub label: String,
    /// Verbatim text, NFC.
    pub text: String,
    /// Texts of the headings and lead-ins above, outermost first.
    pub context: Vec<String>,
    /// Obligation strength.
    pub strength: Strength,
    /// Its duties, where it states several; empty when it is answered as one.
    pub units: Vec<Unit>,
    /// Whether an examiner answers it.
    pub examinable: bool,
    /// When it applies. `None` for items that are not answered.
    pub applies: Option<AppliesWhen>,
    /// Parameters stated by the clause.
    pub params: Vec<ClauseParam>,
    /// First line in the source text, from 1.
    pub source_line: u32,
    /// 校註: the editor's note where the source is corrupt or ambiguous.
    pub editor_note: Option<String>,
}

/// One chapter (章、條、節) of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Chapter {
    /// Chapter number as used in ids (`7`, `G`).
    pub number: String,
    /// Title, verbatim.
    pub title: String,
    /// Clauses in document order.
    pub clauses: Vec<Clause>,
}

/// One regulation document in one edition.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Code used in ids: `FCM`, `BSL`, `ASM`, `COL`, `EMT`.
    pub code: String,
    /// Full title.
    pub title: String,
    /// `Some` when the title is not stated by the source but inferred; says so in zh-TW.
    pub title_note: Option<String>,
    /// Issuing authority.
    pub issuer: String,
    /// 依據版本: what this edition is, in zh-TW.
    pub edition: String,
    /// Short name of the edition, unique among the editions of the document (`109.12.31`).
    pub version: String,
    /// First day on which it is in force; `None` where the source does not say.
    pub effective_from: Option<Date>,
    /// Last day on which it is in force; `None` while it is, or where the source does not say.
    pub effective_to: Option<Date>,
    /// Whether an answer says if the firm's own report covers the item or the examiner checked it (ASM).
    pub asks_mode: bool,
    /// SHA-256 over all files of the document, lower-case hex: what an exam pins.
    pub content_sha256: String,
    /// SHA-256 of the bundled source text, lower-case hex.
    pub source_sha256: String,
    /// The source text as bundled (原文), NFC, without personal data.
    pub source: String,
    /// Chapters in document order.
    pub chapters: Vec<Chapter>,
}

impl Clause {
    /// Strength of the heaviest duty that it states.
    #[must_use]
    pub fn heaviest(&self) -> Strength {
        let units = self.units.iter().map(|unit| unit.strength);
        units.chain([self.strength]).min_by_key(|s| s.weight()).unwrap_or(self.strength)
    }
}

impl Document {
    /// Every clause in document order.
    pub fn clauses(&self) -> impl Iterator<Item = &Clause> {
        self.chapters.iter().flat_map(|c| c.clauses.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::ClauseId;

    #[test]
    fn ids_have_one_shape() {
        for good in ["FCM-7.1.b.c", "BSL-6.7", "COL-D5.1", "ASM-3.1.t1", "ASM-4.end"] {
            assert_eq!(ClauseId::parse(good).map(|id| id.to_string()), Ok(good.to_owned()));
        }
        for bad in ["", "FCM", "FCM-", "fcm-1", "FCM-7(1)", "第六條-1"] {
            assert!(ClauseId::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(ClauseId::parse("COL-D5.1").expect("valid").doc(), "COL");
    }
}
