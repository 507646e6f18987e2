//! Templates of regulators and organisations.

use super::evidence::EvidenceTextView;
use super::output::ExportedFileView;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A template.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TemplateView {
    /// Key.
    pub key: String,
    /// Title.
    pub title: String,
    /// What it is for; empty for one that was brought.
    pub what: String,
    /// Authority that it is for; empty for all.
    pub authority: String,
    /// Name of the file.
    pub file: String,
    /// Whether it is the program's own.
    pub shipped: bool,
    /// Who brought it; empty for the program's own.
    pub by: String,
    /// When.
    pub at: String,
}

/// A placeholder of a template.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TemplateMarkView {
    /// Name.
    pub name: String,
    /// Where it stands (`缺失彙總!B5`).
    pub place: String,
    /// Whether it is known.
    pub known: bool,
}

/// What a template holds.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TemplateCheckView {
    /// `xlsx`, `docx` or `ods`.
    pub kind: String,
    /// Placeholders in their order.
    pub marks: Vec<TemplateMarkView>,
    /// What would keep it from being filled, zh-TW; empty when it can be.
    pub problems: Vec<String>,
}

/// Brings a template in.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TemplateAddRequest {
    /// File.
    pub path: String,
    /// Key of the template whose place it takes; empty for one of its own.
    pub key: String,
    /// Title; empty for the file's name.
    pub title: String,
    /// Authority that it is for; empty for all.
    pub authority: String,
}

/// Names a template and a file.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TemplateFileRequest {
    /// Key.
    pub key: String,
    /// Where to write.
    pub path: String,
}

/// A template that was filled.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TemplateFilledView {
    /// The file.
    pub files: Vec<ExportedFileView>,
    /// Placeholders that were left empty, with their places.
    pub unfilled: Vec<TemplateMarkView>,
}

/// Names a template.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TemplateKeyRequest {
    /// Key.
    pub key: String,
}

/// A template filled with the open exam, to be looked at: a workbook by its sheets, a document by its text.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TemplatePreviewView {
    /// Names of the sheets of a workbook.
    pub sheets: Vec<String>,
    /// What a document says; `null` for a workbook.
    pub text: Option<EvidenceTextView>,
    /// Placeholders that were left empty, with their places.
    pub unfilled: Vec<TemplateMarkView>,
}

/// A placeholder that templates may hold.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PlaceholderView {
    /// Name.
    pub name: String,
    /// Region that it stands in; empty for everywhere.
    pub region: String,
    /// What takes its place.
    pub what: String,
}
