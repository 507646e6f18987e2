//! What helps an examiner with the clauses: deficiency patterns, periods, sheets for the machine room, phrases.

use crate::answer::ItemResult;
use crate::clause::ClauseId;

/// A deficiency pattern (查核缺失態樣) with its criteria beside it: a starting point for a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// Code (`C5`).
    pub code: String,
    /// The clause that states the pattern (查核發現).
    pub clause: ClauseId,
    /// 現行規範, in the order of the document.
    pub criteria: Vec<ClauseId>,
    /// Procedures that test it.
    pub procedures: Vec<String>,
}

/// How often a duty has to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Every {
    /// At least once in so many calendar months.
    Months(u32),
    /// Every day.
    Day,
    /// 公司自訂頻率: the clause says 定期 without a number; the firm's own rule is the measure.
    OwnRule,
}

/// How the last date on which a duty was done is read from imported data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastDone {
    /// Dataset that it is read from.
    pub dataset: String,
    /// One `SELECT` with a single column, the last ISO date as text or `NULL`. `:as_of` is the as-of date.
    pub sql: String,
}

/// A period that clauses set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyPeriod {
    /// Clauses.
    pub clauses: Vec<ClauseId>,
    /// What has to be done, zh-TW (`防火牆規則檢視`).
    pub duty: String,
    /// How often.
    pub every: Every,
    /// The words of the clause for it (`每年`).
    pub words: String,
    /// Where its last date is found.
    pub last: Vec<LastDone>,
}

/// A sheet to be printed and filled in by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldSheet {
    /// Key (`machine_room`).
    pub key: String,
    /// Title, zh-TW.
    pub title: String,
    /// What to do and to mind, zh-TW, a paragraph each.
    pub instructions: Vec<String>,
    /// Clauses, in the order in which one walks.
    pub clauses: Vec<ClauseId>,
    /// Heading of the table to be filled in; empty when there is none.
    pub table: String,
    /// Columns of that table: heading and width in parts of the line.
    pub columns: Vec<(String, u32)>,
    /// Empty rows of that table.
    pub rows: u32,
}

/// What a phrase is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum PhrasePart {
    /// 查核說明: the note of an answer.
    #[default]
    Note,
    /// 原因 of a finding.
    Cause,
    /// 風險影響 of a finding.
    Effect,
    /// 具體改善建議 of a finding.
    Recommendation,
}

/// A phrase for the note of an answer or a part of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// What it is for.
    pub part: PhrasePart,
    /// Text, zh-TW; `○` marks what is to be filled in.
    pub text: String,
    /// Clauses for which it is offered; empty: all.
    pub clauses: Vec<ClauseId>,
    /// Topics for which it is offered.
    pub topics: Vec<String>,
    /// Results with which it is offered; empty: all.
    pub results: Vec<ItemResult>,
}
