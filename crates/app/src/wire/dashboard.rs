//! 概況: figures of the exam.

use super::follow_up::DueView;
use super::words::{FindingStatusWord, FindingTypeWord, ResultWord, RunVerdictWord, SeverityWord};
use serde::Serialize;
use ts_rs::TS;

/// How many items have a result.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ResultCountView {
    /// Result.
    pub result: ResultWord,
    /// Items.
    pub items: u32,
}

/// Results of a chapter.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ChapterFigureView {
    /// Code of the document.
    pub document: String,
    /// Title of the chapter.
    pub chapter: String,
    /// Items that bind the firm or may, by result; results without items are left out.
    pub results: Vec<ResultCountView>,
    /// The same in the firm's last exam; empty where there is none.
    pub earlier: Vec<ResultCountView>,
}

/// How many findings there are of a kind.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FindingCountView {
    /// Type.
    pub kind: FindingTypeWord,
    /// Severity.
    pub severity: SeverityWord,
    /// Status.
    pub status: FindingStatusWord,
    /// Findings.
    pub findings: u32,
}

/// How many procedures ended how.
#[derive(Debug, Clone, Serialize, TS)]
pub struct VerdictCountView {
    /// Verdict; `null` for procedures that did not run yet.
    pub verdict: Option<RunVerdictWord>,
    /// Procedures.
    pub procedures: u32,
}

/// The firm's last exam.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EarlierExamView {
    /// Exam.
    pub exam: String,
    /// 查核案號.
    pub case_no: String,
    /// 查核基準日.
    pub as_of: String,
    /// Its findings.
    pub findings: Vec<FindingCountView>,
}

/// The dashboard.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DashboardView {
    /// Items that bind the firm or may.
    pub items: u32,
    /// Those of them that were answered.
    pub answered: u32,
    /// Results by chapter, in the order of the checklists.
    pub chapters: Vec<ChapterFigureView>,
    /// Findings that were not withdrawn.
    pub findings: Vec<FindingCountView>,
    /// Procedures by verdict.
    pub tests: Vec<VerdictCountView>,
    /// What the firm owes, the most urgent first.
    pub due: Vec<DueView>,
    /// The firm's last exam before this one.
    pub earlier: Option<EarlierExamView>,
    /// Papers that were reviewed, and papers that somebody signed.
    pub reviewed: (u32, u32),
}
