//! Answers: what is asked, what was answered, and changes of many at once.

use super::checklist::ItemLineView;
use super::words::{AnswerModeWord, ApplicabilityWord, MethodWord, ResultWord, StrengthWord};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is answered: a clause, one of its units, for one system or for the firm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AnswerKeyView {
    /// Clause id.
    pub clause: String,
    /// Unit, or empty for the clause as a whole.
    pub unit: String,
    /// System, or empty for the firm as a whole.
    pub system: String,
}

/// Where an answer was taken over from.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OriginView {
    /// Exam id, or empty for this exam.
    pub exam: String,
    /// What was answered there.
    pub key: AnswerKeyView,
    /// Its label.
    pub label: String,
}

/// One answer.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AnswerView {
    /// Unit, or empty.
    pub unit: String,
    /// System, or empty.
    pub system: String,
    /// Result.
    pub result: ResultWord,
    /// Method.
    pub method: Option<MethodWord>,
    /// 報告涵蓋 or 抽查, where the document distinguishes them.
    pub mode: Option<AnswerModeWord>,
    /// 說明.
    pub note: String,
    /// 底稿編號.
    pub paper_ref: String,
    /// 待補資料: what the firm still owes, may be empty; `null` when nothing is awaited.
    pub awaited: Option<String>,
    /// Where it was taken over from.
    pub origin: Option<OriginView>,
    /// It is about a unit or system that no longer applies.
    pub stale: bool,
    /// Examiner.
    pub by: String,
    /// When.
    pub at: String,
}

/// Sets an answer. A result of `not_examined` takes it back; note and what is awaited may stay.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AnswerRequest {
    /// Clause id.
    pub clause: String,
    /// Unit, or empty.
    pub unit: String,
    /// System, or empty.
    pub system: String,
    /// Result.
    pub result: ResultWord,
    /// Method.
    pub method: Option<MethodWord>,
    /// 報告涵蓋 or 抽查.
    pub mode: Option<AnswerModeWord>,
    /// 說明.
    pub note: String,
    /// 底稿編號.
    pub paper_ref: String,
    /// 待補資料.
    pub awaited: Option<String>,
}

/// Answers many items alike, in one step that can be undone as one.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct BulkRequest {
    /// What to answer. A key without unit and system stands for everything that the clause asks.
    pub keys: Vec<AnswerKeyView>,
    /// Result.
    pub result: ResultWord,
    /// Method.
    pub method: Option<MethodWord>,
    /// 說明.
    pub note: String,
    /// Leaves what has an answer as it is.
    pub only_open: bool,
}

/// An item that a change of many left out.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SkippedView {
    /// Clause.
    pub clause: String,
    /// Label.
    pub label: String,
    /// Why, zh-TW.
    pub why: String,
}

/// What a change of one or many answers did.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AnswersView {
    /// The changed items.
    pub lines: Vec<ItemLineView>,
    /// Number of answers written.
    pub changed: u32,
    /// What was left out, and why.
    pub skipped: Vec<SkippedView>,
}

/// Takes an answer over to other items, each of which keeps its own.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CopyRequest {
    /// The answer.
    pub from: AnswerKeyView,
    /// Where to.
    pub to: Vec<AnswerKeyView>,
}

/// One item that an answer could be taken over to.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CopyTargetView {
    /// What would be answered.
    pub key: AnswerKeyView,
    /// Document code.
    pub document: String,
    /// Label.
    pub label: String,
    /// The words of the duty.
    pub text: String,
    /// Strength of the duty.
    pub strength: StrengthWord,
    /// Applicability.
    pub applicability: ApplicabilityWord,
    /// The answer that it has now.
    pub before: Option<AnswerView>,
    /// Why it cannot be taken over, zh-TW; empty when it can.
    pub refused: String,
}

/// What taking an answer over would do; nothing is stored.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CopyPreviewView {
    /// The answer.
    pub answer: AnswerView,
    /// Label of its item.
    pub label: String,
    /// Targets in the order of the request.
    pub targets: Vec<CopyTargetView>,
}

/// The examiner's own decision on applicability; `null` goes back to what the profile says.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ApplicabilityRequest {
    /// Clause id.
    pub clause: String,
    /// The decision.
    pub applicability: Option<ApplicabilityWord>,
    /// Why; needed in both cases.
    pub reason: String,
}

/// A phrase to be kept for, or dropped from, a clause.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PhraseRequest {
    /// Clause id.
    pub clause: String,
    /// Text.
    pub text: String,
}
