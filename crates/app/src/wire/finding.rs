//! Findings.

use super::checklist::ClauseText;
use super::words::{FindingStatusWord, FindingTypeWord, SeverityWord};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Drafts a finding from a procedure's confirmed exceptions, an item's answer or a pattern: one of them is given.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct FindingDraftRequest {
    /// Procedure id, or empty.
    pub procedure: String,
    /// Only the rows of this rule of the procedure; empty for all.
    pub rule: String,
    /// Only the rows of this system; `null` for all.
    pub system: Option<String>,
    /// Clause id, or empty.
    pub clause: String,
    /// Code of a deficiency pattern, or empty.
    pub pattern: String,
}

/// A draft that nobody has taken responsibility for yet: nothing is stored.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FindingDraftView {
    /// Type.
    pub kind: FindingTypeWord,
    /// 標題.
    pub title: String,
    /// 查核發現, prefilled with counts.
    pub condition: String,
    /// 現行規範.
    pub criteria: Vec<ClauseText>,
    /// 風險影響.
    pub effect: String,
    /// 嚴重程度.
    pub severity: SeverityWord,
    /// 類別.
    pub category: String,
    /// 具體改善建議.
    pub recommendation: String,
    /// Confirmed exceptions that it would rest on.
    pub rows: Vec<LinkedRowView>,
    /// Exceptions and population.
    pub exceptions: f64,
    /// Population, when known.
    pub population: Option<f64>,
}

/// A row that a finding rests on.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LinkedRowView {
    /// Number.
    pub id: f64,
    /// Procedure.
    pub procedure: String,
    /// Rule.
    pub rule: String,
    /// File name.
    pub file: String,
    /// Sheet.
    pub sheet: String,
    /// Row.
    pub row: u32,
    /// What it says, short.
    pub text: String,
}

/// Stores a finding; `no` 0 makes a new one.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FindingRequest {
    /// Number, 0 for new.
    pub no: u32,
    /// Type.
    pub kind: FindingTypeWord,
    /// 標題.
    pub title: String,
    /// 查核發現.
    pub condition: String,
    /// Clause ids.
    pub clauses: Vec<String>,
    /// 原因.
    pub cause: String,
    /// 風險影響.
    pub effect: String,
    /// 嚴重程度.
    pub severity: SeverityWord,
    /// 類別.
    pub category: String,
    /// 具體改善建議.
    pub recommendation: String,
    /// Draft or final.
    pub status: FindingStatusWord,
    /// Exceptions it rests on.
    pub exceptions: Vec<f64>,
}

/// Withdraws a finding; it stays, its number is never reused.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FindingWithdrawRequest {
    /// Number.
    pub no: u32,
    /// Why.
    pub reason: String,
}

/// A finding.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FindingView {
    /// Number within the exam.
    pub no: u32,
    /// 缺失編號.
    pub number: String,
    /// Type.
    pub kind: FindingTypeWord,
    /// 標題.
    pub title: String,
    /// 查核發現.
    pub condition: String,
    /// 現行規範, verbatim.
    pub criteria: Vec<ClauseText>,
    /// 原因.
    pub cause: String,
    /// 風險影響.
    pub effect: String,
    /// 嚴重程度.
    pub severity: SeverityWord,
    /// 類別.
    pub category: String,
    /// 具體改善建議.
    pub recommendation: String,
    /// Status.
    pub status: FindingStatusWord,
    /// By whom.
    pub by: String,
    /// When it was last changed.
    pub at: String,
    /// Rows it rests on.
    pub rows: Vec<LinkedRowView>,
    /// Exceptions when it was drafted.
    pub exceptions: Option<f64>,
    /// Population when it was drafted.
    pub population: Option<f64>,
}
