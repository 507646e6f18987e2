//! The checklist and its answers.

use super::audit::RunView;
use super::exam::CountsView;
use super::words::{ApplicabilityWord, MethodWord, ResultWord, StrengthWord};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One item in the list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ItemLineView {
    /// Clause id.
    pub clause: String,
    /// Label.
    pub label: String,
    /// Verbatim text.
    pub text: String,
    /// Strength.
    pub strength: StrengthWord,
    /// Applicability.
    pub applicability: ApplicabilityWord,
    /// Reason, zh-TW.
    pub reason: String,
    /// Result; for several systems the worst.
    pub result: ResultWord,
    /// Answered by.
    pub by: String,
}

/// A chapter with its items.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ChapterView {
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Items.
    pub items: Vec<ItemLineView>,
}

/// A document with its chapters.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DocumentView {
    /// Code.
    pub code: String,
    /// Title.
    pub title: String,
    /// Issuer.
    pub issuer: String,
    /// 依據版本.
    pub edition: String,
    /// Chapters.
    pub chapters: Vec<ChapterView>,
}

/// The checklist of the open exam.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ChecklistView {
    /// Documents.
    pub documents: Vec<DocumentView>,
    /// Items by applicability.
    pub counts: CountsView,
}

/// Names a clause.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ClauseRequest {
    /// Clause id.
    pub clause: String,
}

/// A clause's text for citation.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ClauseText {
    /// Clause id.
    pub clause: String,
    /// Document title.
    pub document: String,
    /// 依據版本.
    pub edition: String,
    /// Label.
    pub label: String,
    /// Verbatim text.
    pub text: String,
}

/// One answer.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AnswerView {
    /// System, or empty.
    pub system: String,
    /// Result.
    pub result: ResultWord,
    /// Method.
    pub method: Option<MethodWord>,
    /// 說明.
    pub note: String,
    /// 底稿編號.
    pub paper_ref: String,
    /// Examiner.
    pub by: String,
    /// When.
    pub at: String,
}

/// A procedure that tests a clause, with its latest run.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RelatedRunView {
    /// Procedure id.
    pub procedure: String,
    /// Title.
    pub title: String,
    /// Latest run.
    pub run: Option<RunView>,
}

/// One item in full.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ItemView {
    /// Line.
    pub line: ItemLineView,
    /// Document title.
    pub document: String,
    /// Note where the title is inferred.
    pub title_note: Option<String>,
    /// 依據版本.
    pub edition: String,
    /// Headings and lead-ins above.
    pub context: Vec<String>,
    /// 校註.
    pub editor_note: Option<String>,
    /// Remark on applicability.
    pub applies_note: Option<String>,
    /// Parameters as the clause states them.
    pub params: Vec<String>,
    /// Line in the source text.
    pub source_line: u32,
    /// Systems for which it applies.
    pub systems: Vec<String>,
    /// Answers.
    pub answers: Vec<AnswerView>,
    /// Procedures that test it.
    pub procedures: Vec<RelatedRunView>,
}

/// Sets an answer. A result of `not_examined` takes it back.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AnswerRequest {
    /// Clause id.
    pub clause: String,
    /// System, or empty.
    pub system: String,
    /// Result.
    pub result: ResultWord,
    /// Method.
    pub method: Option<MethodWord>,
    /// 說明.
    pub note: String,
    /// 底稿編號.
    pub paper_ref: String,
}
