//! Exams, facts, systems.

use super::retention::ExamStateWord;
use super::words::ApplicabilityWord;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// A fact's value: `true`, `false`, `"unknown"`, a text or a list of texts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum FactView {
    /// Yes or no.
    Flag(bool),
    /// `unknown`, a choice or free text.
    Text(String),
    /// Several choices.
    List(Vec<String>),
}

/// One exam in the list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExamHeadView {
    /// Id.
    pub id: String,
    /// 範例查核案: there to practise on, with invented data.
    pub practice: bool,
    /// 受查單位.
    pub firm: String,
    /// 查核案號.
    pub case_no: String,
    /// 查核基準日.
    pub as_of: String,
    /// First day of the period.
    pub period_from: String,
    /// Last day of the period.
    pub period_to: String,
    /// When it was made.
    pub created_at: String,
    /// Open, sealed or archived.
    pub state: ExamStateWord,
    /// Day of its report, as known when it was open last; empty while it has none.
    pub report_on: String,
    /// Last day of keeping; empty, not known, while there is no report.
    pub keep_until: String,
    /// Whether that day is over; what is not known is not over.
    pub keep_over: bool,
}

/// How far an exam is.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExamFiguresView {
    /// Id.
    pub exam: String,
    /// Items that bind the firm or may.
    pub items: f64,
    /// Those of them that were examined.
    pub examined: f64,
    /// Findings that were not withdrawn.
    pub findings: u32,
}

/// Makes an exam.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExamNewRequest {
    /// 受查單位.
    pub firm: String,
    /// 查核案號.
    pub case_no: String,
    /// 查核基準日.
    pub as_of: String,
    /// First day of the period.
    pub period_from: String,
    /// Last day of the period.
    pub period_to: String,
    /// 查核人員, at least one.
    pub examiners: Vec<String>,
}

/// Names an exam.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExamRequest {
    /// Id.
    pub exam: String,
}

/// Says who works now.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExaminerRequest {
    /// One of the exam's examiners.
    pub examiner: String,
}

/// The open exam.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExamView {
    /// Head.
    pub head: ExamHeadView,
    /// 查核人員.
    pub examiners: Vec<String>,
    /// Who is working now; the first examiner unless changed.
    pub current_examiner: String,
    /// Items by applicability.
    pub counts: CountsView,
    /// What was noticed when it was opened.
    pub notices: Vec<NoticeWord>,
}

/// Something noticed when an exam was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoticeWord {
    /// The exam says less than when it was last used.
    ExamOlder,
    /// The exam says something else than when it was last used.
    ExamForked,
    /// `vault.db` is older than the exam.
    VaultOlder,
    /// The clock is behind the last entry of the journal.
    ClockBack,
}

/// Items by applicability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct CountsView {
    /// 適用 (with 依較佳規範 and exceptions met).
    pub applicable: u32,
    /// 不適用.
    pub not_applicable: u32,
    /// 適用性待確認.
    pub undetermined: u32,
}

/// One choice of a fact.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ChoiceView {
    /// Value.
    pub value: String,
    /// zh-TW word.
    pub zh: String,
}

/// A fact's definition with its value.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FactDefView {
    /// Code.
    pub code: String,
    /// Question, zh-TW.
    pub question: String,
    /// Group heading, zh-TW.
    pub group: String,
    /// `yes_no`, `choice`, `set`, `text` or `derived`.
    pub kind: String,
    /// Choices.
    pub choices: Vec<ChoiceView>,
    /// Value now.
    pub value: FactView,
    /// 依據／來源.
    pub basis: String,
    /// Items that depend on it.
    pub drives: u32,
}

/// One system with its attributes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SystemView {
    /// Name.
    pub name: String,
    /// Attributes by code.
    pub facts: BTreeMap<String, FactView>,
}

/// The firm's profile.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ProfileView {
    /// Facts about the firm in the order of asking.
    pub facts: Vec<FactDefView>,
    /// What can be said about a system (values are unknown here).
    pub system_facts: Vec<FactDefView>,
    /// System register.
    pub systems: Vec<SystemView>,
    /// What looks wrong or can be derived, without deciding it.
    pub remarks: Vec<ProfileRemarkView>,
    /// Items by applicability.
    pub counts: CountsView,
}

/// Something about the profile that an examiner should look at.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ProfileRemarkView {
    /// System that it is about, or empty.
    pub system: String,
    /// Fact that it is about.
    pub fact: String,
    /// Value that the other facts suggest; `null` when there is none to offer.
    pub suggested: Option<String>,
    /// zh-TW sentence.
    pub text: String,
}

/// One changed fact.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FactChange {
    /// Code.
    pub code: String,
    /// New value.
    pub value: FactView,
    /// 依據／來源.
    pub basis: String,
}

/// Changes facts and, when given, the whole register.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ProfileRequest {
    /// Changed facts.
    pub facts: Vec<FactChange>,
    /// The register as it shall be; `null` leaves it.
    pub systems: Option<Vec<SystemView>>,
}

/// An item whose applicability a change would change, or that has answers about a system or duty that the change takes
/// out of it: then `from` and `to` are the same.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ItemChangeView {
    /// Clause.
    pub clause: String,
    /// Label.
    pub label: String,
    /// Before.
    pub from: ApplicabilityWord,
    /// After.
    pub to: ApplicabilityWord,
    /// Reason after, or which answers would no longer apply.
    pub reason: String,
    /// It already has an answer (which is kept).
    pub answered: bool,
}

/// What a change would do, or did.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ProfileChangeView {
    /// Changed items.
    pub changes: Vec<ItemChangeView>,
    /// Counts after.
    pub counts: CountsView,
}
