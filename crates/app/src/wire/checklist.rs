//! The checklist: documents, items, and what belongs to an item.

use super::answer::AnswerView;
use super::audit::RunView;
use super::exam::CountsView;
use super::words::{
    ApplicabilityWord, FindingStatusWord, FindingTypeWord, LicenceWord, PairRelationWord, ResultWord,
    StrengthWord, TopicRelationWord,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One item in the list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ItemLineView {
    /// Clause id.
    pub clause: String,
    /// Document code.
    pub document: String,
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
    /// The examiner decided on the applicability.
    pub overridden: bool,
    /// Result; for several units or systems the worst.
    pub result: ResultWord,
    /// What an unmet duty leads to by the answers given: deficiency or recommendation.
    pub failure: Option<FindingTypeWord>,
    /// How many answers it wants: units × systems.
    pub due: u32,
    /// How many of them are there.
    pub answered: u32,
    /// 待補資料, joined; `null` when nothing is awaited.
    pub awaited: Option<String>,
    /// It has answers about something that no longer applies.
    pub stale: bool,
    /// An answer was taken over from elsewhere.
    pub taken_over: bool,
    /// Findings that cite it.
    pub findings: u32,
    /// Codes of its topics.
    pub topics: Vec<String>,
    /// Notes of its answers, for searching.
    pub notes: String,
    /// Everybody who answered.
    pub by: Vec<String>,
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
    /// Short name of the edition.
    pub version: String,
    /// Chapters.
    pub chapters: Vec<ChapterView>,
}

/// A topic, for filtering.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TopicHeadView {
    /// Code.
    pub code: String,
    /// Title.
    pub title: String,
}

/// The checklist of the open exam.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ChecklistView {
    /// Documents.
    pub documents: Vec<DocumentView>,
    /// Items by applicability.
    pub counts: CountsView,
    /// Topics that have items.
    pub topics: Vec<TopicHeadView>,
    /// Who works now.
    pub examiner: String,
}

/// Names a clause.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ClauseRequest {
    /// Clause id.
    pub clause: String,
}

/// Names a document.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DocumentRequest {
    /// Code.
    pub document: String,
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

/// A clause by id and label.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ClauseRefView {
    /// Clause id.
    pub clause: String,
    /// Label.
    pub label: String,
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

/// A finding by number and title.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FindingRefView {
    /// Number within the exam.
    pub no: f64,
    /// 缺失編號.
    pub number: String,
    /// 標題.
    pub title: String,
    /// Status.
    pub status: FindingStatusWord,
}

/// One place that a unit is answered for.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CellView {
    /// System, or empty for the firm as a whole.
    pub system: String,
    /// Applicability.
    pub applicability: ApplicabilityWord,
    /// Reason, zh-TW.
    pub reason: String,
}

/// One duty of a clause.
#[derive(Debug, Clone, Serialize, TS)]
pub struct UnitView {
    /// Unit, or empty where the clause is one duty.
    pub unit: String,
    /// The words of the duty; empty where the clause is one duty.
    pub text: String,
    /// Strength.
    pub strength: StrengthWord,
    /// Applicability.
    pub applicability: ApplicabilityWord,
    /// What it becomes when it is not met; `null` where the clause only permits.
    pub failure: Option<FindingTypeWord>,
    /// Where it is answered, systems that it does not apply to among them.
    pub cells: Vec<CellView>,
}

/// The examiner's own decision on applicability.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OverriddenView {
    /// Reason.
    pub reason: String,
    /// Examiner.
    pub by: String,
    /// When.
    pub at: String,
    /// What the profile says.
    pub profile: ApplicabilityWord,
    /// Why it says so.
    pub profile_reason: String,
}

/// How often a duty has to be done, and when it was done last.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PeriodView {
    /// What has to be done.
    pub duty: String,
    /// The clause's words.
    pub words: String,
    /// Calendar months; `null` for daily duties and for the firm's own rule.
    pub months: Option<u32>,
    /// The firm's own rule is the measure: to be asked.
    pub own_rule: bool,
    /// Last date that imported data has, ISO.
    pub last: Option<String>,
    /// Next date due by it, ISO.
    pub due: Option<String>,
    /// `done`, `overdue`, `open` (a date, but no measure), `no_date` (data without a date), `no_data`.
    pub state: String,
    /// Datasets that tell it, zh-TW.
    pub source: String,
}

/// A value that governs for a licence.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GoverningView {
    /// Licence.
    pub licence: LicenceWord,
    /// What the value is of.
    pub subject: String,
    /// The value.
    pub value: String,
    /// Strength.
    pub strength: StrengthWord,
    /// Clauses that set it.
    pub clauses: Vec<ClauseRefView>,
    /// What to mind.
    pub note: String,
    /// The firm of this exam has that licence; `null` while that is unknown.
    pub here: Option<bool>,
}

/// A topic in full.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TopicView {
    /// Code.
    pub code: String,
    /// Title.
    pub title: String,
    /// Relation of its clauses.
    pub relation: TopicRelationWord,
    /// How they differ.
    pub difference: String,
    /// Governing values.
    pub governing: Vec<GoverningView>,
}

/// A clause that an item has to do with.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RelativeView {
    /// Clause id.
    pub clause: String,
    /// Document code.
    pub document: String,
    /// Label.
    pub label: String,
    /// Verbatim text.
    pub text: String,
    /// Strength.
    pub strength: StrengthWord,
    /// Applicability; `null` for a definition or heading, which is not answered.
    pub applicability: Option<ApplicabilityWord>,
    /// Result.
    pub result: ResultWord,
    /// Answers wanted and given.
    pub due: u32,
    /// Answers given.
    pub answered: u32,
    /// Findings that cite it.
    pub findings: Vec<FindingRefView>,
    /// Codes of the topics that both belong to.
    pub topics: Vec<String>,
    /// How the two texts relate, where they state the same rule.
    pub pair: Option<PairRelationWord>,
    /// What to mind.
    pub note: String,
}

/// A phrase for the note.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PhraseView {
    /// Text; `○` marks what is to be filled in.
    pub text: String,
    /// Results with which it is offered; empty: all.
    pub results: Vec<ResultWord>,
    /// Kept by an examiner.
    pub own: bool,
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
    /// Short name of the edition.
    pub version: String,
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
    /// Its duties, at least one.
    pub units: Vec<UnitView>,
    /// Whether an answer says if the firm's report covers the item or the examiner checked it.
    pub asks_mode: bool,
    /// Answers, those that no longer apply among them.
    pub answers: Vec<AnswerView>,
    /// The examiner's decision on applicability.
    pub overridden: Option<OverriddenView>,
    /// Periods.
    pub periods: Vec<PeriodView>,
    /// Topics.
    pub topics: Vec<TopicView>,
    /// Clauses of the same topics or with the same rule, those that bind the firm first.
    pub relatives: Vec<RelativeView>,
    /// Codes of the deficiency patterns that it belongs to.
    pub patterns: Vec<String>,
    /// Procedures that test it.
    pub procedures: Vec<RelatedRunView>,
    /// Phrases for the note.
    pub phrases: Vec<PhraseView>,
    /// Findings that cite it.
    pub findings: Vec<FindingRefView>,
}

/// A criterion of a pattern.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CriterionView {
    /// Text.
    pub text: ClauseText,
    /// Applicability; `null` when it is not answered.
    pub applicability: Option<ApplicabilityWord>,
    /// Result.
    pub result: ResultWord,
    /// Clauses that state the same rule.
    pub same: Vec<ClauseRefView>,
}

/// A deficiency pattern: 查核發現 and 現行規範 side by side.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PatternView {
    /// Code.
    pub code: String,
    /// 查核發現.
    pub finding: ClauseText,
    /// Applicability.
    pub applicability: ApplicabilityWord,
    /// Reason.
    pub reason: String,
    /// Result.
    pub result: ResultWord,
    /// 現行規範.
    pub criteria: Vec<CriterionView>,
    /// Procedures that test it.
    pub procedures: Vec<RelatedRunView>,
    /// Findings that cite it or a criterion.
    pub findings: Vec<FindingRefView>,
}

/// Where a clause begins in the source text.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AnchorView {
    /// Clause id.
    pub clause: String,
    /// Label.
    pub label: String,
    /// Line, from 1.
    pub line: u32,
}

/// 原文: a document as it was received.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SourceTextView {
    /// Document code.
    pub document: String,
    /// Title.
    pub title: String,
    /// 依據版本.
    pub edition: String,
    /// SHA-256 of the text.
    pub sha256: String,
    /// Lines.
    pub lines: Vec<String>,
    /// Clauses in order.
    pub anchors: Vec<AnchorView>,
}
