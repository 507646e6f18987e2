//! The outcome of asking whether a clause applies to a firm.

use crate::clause::ClauseId;

/// Whether a clause applies. Unknown is an outcome of its own and cannot be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// 適用.
    Applicable,
    /// 不適用.
    NotApplicable,
    /// 適用性待確認.
    Undetermined,
    /// 依較佳規範: applies, and the firm's own better standard or home rule is the measure.
    Substituted,
    /// The clause's own exception is met.
    Waived,
}

/// An outcome with the facts that decided it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Outcome.
    pub applicability: Applicability,
    /// zh-TW sentence that names the deciding facts (`因提供網際網路下單`).
    pub reason: String,
    /// Codes of the deciding facts.
    pub deciding: Vec<String>,
    /// Names of the systems for which a per-system clause applies.
    pub systems: Vec<String>,
}

/// A clause as an item of one exam.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Clause.
    pub clause: ClauseId,
    /// Whether and why it applies.
    pub decision: Decision,
}
