//! 合併: what was done on another laptop is looked at, decided about where both changed the same, and taken in.

use super::ErrorView;
use super::handover::{EvidenceModeWord, HandoverScopeWord, RecordKindWord, TrustWord};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who sent a package.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SenderView {
    /// Name: of the contact, or as the package says.
    pub name: String,
    /// 單位; may be empty.
    pub unit: String,
    /// Six groups of five digits.
    pub fingerprint: String,
    /// What is known of the key that signed it.
    pub trust: TrustWord,
}

/// Which exam a package is of.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TakeInExamView {
    /// Id.
    pub id: String,
    /// 受查單位.
    pub firm: String,
    /// 查核案號.
    pub case_no: String,
    /// 查核基準日.
    pub as_of: String,
    /// Whether it is the open one. Only then is the package compared with it.
    pub open: bool,
}

/// What can be done with a package here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StandingWord {
    /// The exam is not here: it comes in as a new one.
    NewExam,
    /// It can be merged.
    Mergeable,
    /// All of it is here.
    NothingNew,
    /// It cannot be taken in; the refusal says why.
    Refused,
}

/// What a package changes in the records of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MergeCountView {
    /// Kind.
    pub kind: RecordKindWord,
    /// Records that come in.
    pub added: u32,
    /// Records that change.
    pub changed: u32,
    /// Records that go.
    pub taken_away: u32,
    /// Records that both sides made alike and that become one.
    pub united: u32,
}

/// A value that one side holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HeldView {
    /// As an examiner reads it; `null` where there is nothing, or the record was taken away.
    pub value: Option<String>,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: String,
}

/// A field that both sides wrote differently without knowing of one another.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ConflictView {
    /// Names it in a choice; the same whenever this file is looked at.
    pub id: String,
    /// Kind of the record.
    pub kind: RecordKindWord,
    /// The record as an examiner knows it: number and label of the clause, `E-003`, a finding's number.
    pub what: String,
    /// The field; empty where the record as a whole was taken away on one side and changed on the other.
    pub field: String,
    /// Here.
    pub ours: HeldView,
    /// There.
    pub theirs: HeldView,
    /// What both began with; `null` where that is not known.
    pub ancestor: Option<String>,
    /// Whether it is a text, which can be joined or written anew.
    pub text: bool,
}

/// A signed paper that the package would change: it is opened again before.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BlockedView {
    /// Number of the paper.
    pub paper: String,
    /// Its title.
    pub title: String,
    /// Who signed it last.
    pub by: String,
    /// When.
    pub at: String,
    /// Changes that it stands in the way of.
    pub changes: u32,
}

/// Acts of one person on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LaneActsView {
    /// Day, ISO.
    pub day: String,
    /// Who.
    pub by: String,
    /// Family of the acts (`answer`).
    pub family: String,
    /// How many entries of the journal.
    pub acts: u32,
}

/// What was done in one copy of the exam since the state that both know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MergeLaneView {
    /// Whose copy; empty for this one.
    pub label: String,
    /// Acts by day, person and family, the earliest first.
    pub acts: Vec<LaneActsView>,
}

/// What a package is, who sent it, and what it would change here.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TakeInView {
    /// File.
    pub path: String,
    /// SHA-256, lower-case hex.
    pub sha256: String,
    /// Bytes.
    pub bytes: f64,
    /// Who sent it; `null` where the file does not tell.
    pub sender: Option<SenderView>,
    /// When it was made; empty where the file does not tell.
    pub made_at: String,
    /// Which exam it is of; `null` where the file does not tell.
    pub exam: Option<TakeInExamView>,
    /// How much of the exam it holds.
    pub scope: HandoverScopeWord,
    /// What of the evidence it holds.
    pub evidence_as: EvidenceModeWord,
    /// Whether personal data are masked in it.
    pub deidentified: bool,
    /// What can be done with it.
    pub standing: StandingWord,
    /// Why it is refused.
    pub refusal: Option<ErrorView>,
    /// What it changes, by kind; of a new exam, what it holds.
    pub counts: Vec<MergeCountView>,
    /// Rows of the list of changes.
    pub changes: u32,
    /// The conflicts.
    pub conflicts: Vec<ConflictView>,
    /// Signed papers that stand in the way.
    pub blocked: Vec<BlockedView>,
    /// What was done here and there since the state that both know, this copy first; empty where they are not compared.
    pub lanes: Vec<MergeLaneView>,
}

/// Some of the changes of a package that was looked at.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TakeInChangesRequest {
    /// SHA-256 of the file that was looked at last.
    pub sha256: String,
    /// Only of this kind.
    pub kind: Option<RecordKindWord>,
    /// How many to pass over.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

/// One change that a package brings.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MergeChangeView {
    /// Kind of the record.
    pub kind: RecordKindWord,
    /// The record as an examiner knows it.
    pub what: String,
    /// The field; empty where the record as a whole comes in or goes.
    pub field: String,
    /// What is here; `null` for nothing.
    pub before: Option<String>,
    /// What comes; `null` for nothing.
    pub after: Option<String>,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: String,
}

/// Some of the changes.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TakeInChangesView {
    /// How many there are of the kind that was asked for.
    pub total: u32,
    /// Those asked for, in the order of the exam.
    pub rows: Vec<MergeChangeView>,
}

/// What becomes of a conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChoiceWord {
    /// What is here stays.
    Ours,
    /// What was written there comes.
    Theirs,
    /// Both texts joined, as `text` says.
    Both,
    /// What was written for it, as `text` says.
    Text,
}

/// What becomes of one conflict.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MergeChoice {
    /// Id of the conflict.
    pub id: String,
    /// What.
    pub choice: ChoiceWord,
    /// What is to stand, with `both` and `text`; else empty.
    pub text: String,
}

/// Takes a package in: merges it into the open exam, or makes the exam that is not here.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MergeApplyRequest {
    /// File.
    pub path: String,
    /// Its SHA-256 when it was looked at: another file in its place is refused.
    pub sha256: String,
    /// Whether an examiner answers for a sender who is not verified.
    pub sender_accepted: bool,
    /// A choice for each conflict.
    pub choices: Vec<MergeChoice>,
}

/// A package that was taken in.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MergeDoneView {
    /// Id of the exam.
    pub exam: String,
    /// Number of the merge; 0 for a new exam.
    pub merge: u32,
    /// What it changed.
    pub counts: Vec<MergeCountView>,
    /// Whether it can be undone.
    pub undo_possible: bool,
}

/// One merge of the open exam.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MergeView {
    /// Number, from 1.
    pub merge: u32,
    /// When.
    pub at: String,
    /// Who merged.
    pub by: String,
    /// Who had sent the package.
    pub sender: String,
    /// When the package was made.
    pub made_at: String,
    /// SHA-256 of the package.
    pub sha256: String,
    /// What it changed.
    pub counts: Vec<MergeCountView>,
    /// Conflicts that were decided.
    pub conflicts: u32,
    /// When it was undone; empty while it stands.
    pub undone_at: String,
    /// Who undid it.
    pub undone_by: String,
    /// Why.
    pub undone_reason: String,
    /// Whether it can be undone.
    pub undo_possible: bool,
    /// Why it cannot be undone any more; `null` where it can, or was.
    pub why_not: Option<ErrorView>,
}

/// The merges of the open exam.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MergesView {
    /// The newest first.
    pub merges: Vec<MergeView>,
}

/// Undoes a merge.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MergeUndoRequest {
    /// Number.
    pub merge: u32,
    /// Why.
    pub reason: String,
}
