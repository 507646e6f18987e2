//! Gate and exports.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One thing that still stands in the way of the final report.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GateLineView {
    /// `items_undetermined`, `items_open`, `exceptions_open`, `finding_incomplete`, `no_finding_for_answer`, `incomplete_population`.
    pub kind: String,
    /// What is counted, zh-TW (`個項目的適用性待確認`).
    pub what: String,
    /// How many.
    pub count: u32,
}

/// What still stands in the way.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GateView {
    /// Nothing does.
    pub ready: bool,
    /// What does.
    pub blocking: Vec<GateLineView>,
    /// Characters that no bundled font has.
    pub missing_glyphs: Vec<String>,
}

/// Where to export to: a folder for papers, a file for a report.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExportRequest {
    /// Path.
    pub path: String,
    /// A draft is always possible; a final report needs the gate to be open.
    pub draft: bool,
}

/// One exported file.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExportedFileView {
    /// Path.
    pub file: String,
    /// SHA-256.
    pub sha256: String,
    /// Bytes.
    pub size: f64,
}

/// What was exported.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExportView {
    /// Files.
    pub files: Vec<ExportedFileView>,
}

/// A document of the exam.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// 查核報告 to be edited.
    ReportDocx,
    /// 資通系統資通安全評估報告.
    Assessment,
    /// 查核發現確認單.
    Confirmation,
    /// 追蹤覆查表.
    FollowUp,
    /// OSCAL assessment results.
    OscalResults,
    /// OSCAL plan of action and milestones.
    OscalPoam,
    /// Findings as CSV.
    FindingsCsv,
    /// Findings as JSON.
    FindingsJson,
    /// Answers as CSV.
    AnswersCsv,
    /// Answers as JSON.
    AnswersJson,
}

/// Writes a document.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DocumentExportRequest {
    /// Which.
    pub kind: DocumentKind,
    /// File.
    pub path: String,
    /// Whether it is marked as a draft.
    pub draft: bool,
}

/// A document that has pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PdfKind {
    /// 查核報告.
    Report,
    /// 資通系統資通安全評估報告.
    Assessment,
    /// 查核發現確認單.
    Confirmation,
    /// 追蹤覆查表.
    FollowUp,
}

/// Asks for a document to be looked at.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OutputPagesRequest {
    /// Which.
    pub document: PdfKind,
    /// Whether it is marked as a draft.
    pub draft: bool,
}

/// A document that can be looked at.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OutputPagesView {
    /// Pages.
    pub pages: u32,
}

/// A paper of the set of working papers.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OutputPaperView {
    /// 底稿編號.
    pub paper: String,
    /// Title.
    pub title: String,
    /// Names of its sheets.
    pub sheets: Vec<String>,
}

/// Asks for a paper to be looked at.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OutputPaperRequest {
    /// 底稿編號.
    pub paper: String,
    /// Whether it is marked as a draft.
    pub draft: bool,
}

/// A workbook that can be looked at.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OutputSheetsView {
    /// Names of its sheets.
    pub sheets: Vec<String>,
}

/// Asks for the beginning of a sheet of the workbook that was made last.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OutputGridRequest {
    /// Sheet, from 0.
    pub sheet: u32,
}

/// Asks for a page of the document that was made last.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OutputPageRequest {
    /// Page, from 0.
    pub page: u32,
    /// Pixels that it may be wide; 1,600 at most.
    pub width: u32,
}
