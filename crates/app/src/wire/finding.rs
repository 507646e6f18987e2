//! Findings.

use super::checklist::ClauseText;
use super::follow_up::{FollowUpView, ReplyView};
use super::words::{FindingStatusWord, FindingTypeWord, PhrasePartWord, SeverityWord};
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
    #[ts(type = "number")]
    pub no: i64,
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
    /// Exceptions it rests on.
    pub exceptions: Vec<f64>,
    /// 涉及系統／帳號.
    pub objects: Vec<String>,
    /// Numbers of the pieces of evidence that it rests on.
    #[ts(type = "Array<number>")]
    pub evidence: Vec<i64>,
    /// Working papers that it names beside those of its rows (`C-FCM`).
    pub papers: Vec<String>,
    /// What it repeats; `null` when it repeats nothing.
    pub repeat_of: Option<EarlierFindingView>,
}

/// Names a finding.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FindingNoRequest {
    /// Number.
    #[ts(type = "number")]
    pub no: i64,
}

/// Takes a finding one step further, or back.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FindingStepRequest {
    /// Number.
    #[ts(type = "number")]
    pub no: i64,
    /// Where to.
    pub to: FindingStatusWord,
    /// Why; required for a step back.
    pub note: String,
}

/// An earlier finding of the firm.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EarlierFindingView {
    /// Exam, or empty when it comes from a register that was imported.
    pub exam: String,
    /// 缺失編號.
    pub number: String,
    /// Title.
    pub title: String,
    /// When it was found, or empty.
    pub found_on: String,
}

/// An earlier finding that one of now may repeat.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RepeatView {
    /// The finding.
    pub earlier: EarlierFindingView,
    /// Why it is proposed, zh-TW.
    pub why: String,
    /// Its status; `null` for one of a register.
    pub status: Option<FindingStatusWord>,
}

/// A step of a finding's life.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FindingStepView {
    /// Where it went.
    pub to: FindingStatusWord,
    /// What was said.
    pub note: String,
    /// By whom.
    pub by: String,
    /// When.
    pub at: String,
}

/// Counts that a later run of the test changed.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ChangedCountsView {
    /// Exceptions now.
    pub exceptions: f64,
    /// Population now; `null` when nothing was counted.
    pub population: Option<f64>,
}

/// A piece of evidence as a finding names it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EvidenceRefView {
    /// Number.
    #[ts(type = "number")]
    pub id: i64,
    /// 證據編號.
    pub number: String,
    /// Name.
    pub name: String,
}

/// A phrase for a part of a finding.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FindingPhraseView {
    /// For which part.
    pub part: PhrasePartWord,
    /// Text; `○` marks what is to be filled in.
    pub text: String,
}

/// Withdraws a finding; it stays, its number is never reused.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FindingWithdrawRequest {
    /// Number.
    #[ts(type = "number")]
    pub no: i64,
    /// Why.
    pub reason: String,
}

/// A finding.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FindingView {
    /// Number within the exam.
    #[ts(type = "number")]
    pub no: i64,
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
    /// Set when a later run of its test counts otherwise.
    pub changed: Option<ChangedCountsView>,
    /// 涉及系統／帳號.
    pub objects: Vec<String>,
    /// Pieces of evidence.
    pub evidence: Vec<EvidenceRefView>,
    /// Working papers that were named for it.
    pub papers: Vec<String>,
    /// Working papers that its rows come from.
    pub row_papers: Vec<String>,
    /// What it repeats and what that repeated, the latest first.
    pub chain: Vec<EarlierFindingView>,
    /// The steps of its life, oldest first.
    pub steps: Vec<FindingStepView>,
    /// Where it may go from here.
    pub next: Vec<FindingStatusWord>,
    /// What it still lacks before it can go to review, zh-TW.
    pub lacks: Vec<String>,
    /// The firm's replies, oldest first; the last one holds.
    pub replies: Vec<ReplyView>,
    /// Follow-up reviews, oldest first.
    pub follow_ups: Vec<FollowUpView>,
    /// Whether it is overdue today.
    pub overdue: bool,
}
