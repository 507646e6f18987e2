//! Gate and exports.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One thing that still stands in the way of the final report.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GateLineView {
    /// `items_undetermined`, `items_open`, `exceptions_open`, `finding_incomplete`, `no_finding_for_answer`, `incomplete_population`.
    pub kind: String,
    /// zh-TW sentence.
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
