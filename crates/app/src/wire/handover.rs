//! 交接: an exam, or a part of it, goes to another laptop as one encrypted file.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a record is, as it is counted for an examiner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RecordKindWord {
    /// 項目查核結果, with overridden applicability.
    Answers,
    /// 概況 and systems.
    Facts,
    /// 例外處置, with corrections of inferred columns.
    Dispositions,
    /// 查核發現, with replies and follow-up reviews.
    Findings,
    /// 佐證 and their chain of custody.
    Evidence,
    /// 匯入批次.
    Imports,
    /// 測試執行.
    Runs,
    /// 樣本.
    Samples,
    /// 設備盤點.
    Count,
    /// 覆核意見.
    Notes,
    /// 簽章 and 重新開啟.
    Signatures,
    /// 查核團隊 and 分工.
    Team,
    /// Whatever else is kept.
    Other,
    /// 操作紀錄.
    Journal,
}

/// How much of the exam is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HandoverScopeWord {
    /// 全案.
    Whole,
    /// 部分: the documents, chapters, procedures and so on that are named.
    Parts,
    /// 變更: what somebody has not got yet.
    Changes,
}

/// What goes along of the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceModeWord {
    /// The bytes.
    Included,
    /// The index with SHA-256 only; the bytes stay here.
    ByReference,
}

/// What is known of the key of somebody with whom exams are exchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TrustWord {
    /// Its fingerprint was compared with the person's.
    Verified,
    /// Known, its fingerprint not compared.
    Pinned,
    /// Nobody known has it.
    Unknown,
    /// A known person had another key before.
    KeyChanged,
}

/// What was exchanged with somebody last.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LastExchangeView {
    /// Who.
    pub name: String,
    /// When something was handed over last; empty for never.
    pub given_at: String,
    /// When something was taken in last; empty for never.
    pub taken_at: String,
    /// Entries of the journal that were made since the person got something; `null` when they never did.
    pub entries_since: Option<u32>,
}

/// Somebody who can be handed an exam.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HandoverContactView {
    /// Id of the contact.
    pub id: String,
    /// Name.
    pub name: String,
    /// 單位.
    pub unit: String,
    /// Six groups of five digits.
    pub fingerprint: String,
    /// What is known of the key.
    pub trust: TrustWord,
    /// What was exchanged last.
    pub last: LastExchangeView,
}

/// What handing over the open exam begins with.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HandoverView {
    /// The contacts.
    pub contacts: Vec<HandoverContactView>,
    /// One's own fingerprint, which a receiver compares.
    pub fingerprint: String,
    /// File name that is offered, with its ending `.fieldbook.age`.
    pub file: String,
}

/// A chapter of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChapterChoice {
    /// Code of the document.
    pub document: String,
    /// Number of the chapter.
    pub chapter: String,
}

/// What is to be handed over, and to whom.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct HandoverRequest {
    /// How much.
    pub scope: HandoverScopeWord,
    /// Codes of whole documents; with `parts`.
    pub documents: Vec<String>,
    /// Chapters of other documents; with `parts`.
    pub chapters: Vec<ChapterChoice>,
    /// Ids of procedures, with their runs, exceptions and dispositions; with `parts`.
    pub procedures: Vec<String>,
    /// Whether the findings go along; with `parts`.
    pub findings: bool,
    /// Whether the evidence goes along; with `parts`.
    pub evidence: bool,
    /// Id of the contact whose last state the changes begin at; with `changes`.
    pub since: String,
    /// What goes along of the evidence.
    pub evidence_as: EvidenceModeWord,
    /// Whether personal data are masked. What is masked can be read, not merged.
    pub deidentified: bool,
    /// Ids of contacts, or `age1…` recipients.
    pub recipients: Vec<String>,
}

/// How many records of a kind there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KindCountView {
    /// Kind.
    pub kind: RecordKindWord,
    /// How many.
    pub n: u32,
}

/// What somebody should know before they hand something over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HandoverWarningWord {
    /// The fingerprint of `what` was not compared.
    Unverified,
    /// The key of `what` changed and was not accepted.
    KeyChanged,
    /// `what` is the recipient of no contact.
    NotAContact,
    /// `n` pieces of evidence on which findings rest are not part of it.
    EvidenceLeftOut,
    /// The bytes of `n` pieces stay here.
    ByReference,
    /// What is masked cannot be merged.
    Masked,
    /// `what` never got the exam: changes alone are of no use to them.
    NeverGot,
    /// Nothing is part of it.
    Nothing,
}

/// A warning.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HandoverWarningView {
    /// Which.
    pub kind: HandoverWarningWord,
    /// A person's name or a recipient; may be empty.
    pub what: String,
    /// How many; 0 where nothing is counted.
    pub n: u32,
}

/// What a package would hold.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HandoverPlanView {
    /// Records by kind, those that there are.
    pub counts: Vec<KindCountView>,
    /// Pieces of evidence whose bytes go along.
    pub pieces: u32,
    /// Their bytes.
    pub evidence_bytes: f64,
    /// Bytes of the file, estimated.
    pub bytes: f64,
    /// Warnings, the gravest first.
    pub warnings: Vec<HandoverWarningView>,
    /// What was exchanged with each recipient last, in their order.
    pub since: Vec<LastExchangeView>,
}

/// Writes a package.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct HandoverCreateRequest {
    /// What, and to whom.
    pub what: HandoverRequest,
    /// Where to.
    pub path: String,
}

/// A package that was written.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HandoverMadeView {
    /// File.
    pub path: String,
    /// SHA-256, lower-case hex.
    pub sha256: String,
    /// Bytes.
    pub bytes: f64,
    /// Names of those who can open it.
    pub recipients: Vec<String>,
}

/// What is being done with a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HandoverStepWord {
    /// Records are collected.
    Gathering,
    /// The file is written.
    Writing,
    /// The file is read, its signature and hashes are checked.
    Checking,
    /// It is compared with what is here.
    Comparing,
    /// It is merged.
    Merging,
}

/// How far it has come.
#[derive(Debug, Clone, Serialize, TS)]
pub struct HandoverProgressView {
    /// What is being done.
    pub step: HandoverStepWord,
    /// Bytes or records that are done.
    pub done: f64,
    /// Of how many; 0 where that is not known.
    pub of: f64,
}
