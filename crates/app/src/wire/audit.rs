//! Procedures, runs, exceptions.

use super::checklist::ClauseText;
use super::session::ErrorView;
use super::words::{DispositionWord, RuleVerdictWord, RunVerdictWord, StrengthWord};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A parameter.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ParameterView {
    /// Key.
    pub key: String,
    /// zh-TW name.
    pub zh: String,
    /// Unit.
    pub unit: String,
    /// Default as text; lists joined by `、`.
    pub value: String,
    /// Value used by the latest run, when it differs.
    pub used: Option<String>,
    /// Reason for the difference.
    pub reason: Option<String>,
    /// Clause that sets it.
    pub clause: Option<String>,
}

/// A rule, with its rows in the latest run.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RuleView {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// What its rows are.
    pub verdict: RuleVerdictWord,
    /// Strength.
    pub strength: StrengthWord,
    /// Clauses breached.
    pub clauses: Vec<String>,
    /// Rows in the latest run; `null` when it did not or could not run.
    pub rows: Option<u32>,
    /// What it lacked.
    pub missing: Vec<String>,
}

/// A run.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RunView {
    /// Number.
    pub id: f64,
    /// Procedure.
    pub procedure: String,
    /// When.
    pub at: String,
    /// By whom.
    pub by: String,
    /// Verdict.
    pub verdict: RunVerdictWord,
    /// Population.
    pub population: Option<f64>,
    /// `complete`, `incomplete` or `not_stated`.
    pub completeness: String,
    /// Exceptions.
    pub exceptions: f64,
    /// Unknown.
    pub unknown: f64,
    /// Leads.
    pub leads: f64,
    /// What was missing, zh-TW.
    pub missing: Vec<String>,
}

/// A procedure that could not be run: nothing of it is kept.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FailedRunView {
    /// Procedure.
    pub procedure: String,
    /// Why.
    pub error: ErrorView,
}

/// What became of the procedures that were to run.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RunsView {
    /// Those that ran.
    pub runs: Vec<RunView>,
    /// Those that did not.
    pub failed: Vec<FailedRunView>,
}

/// A procedure with its latest run.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ProcedureView {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Family.
    pub family: String,
    /// 查核目的.
    pub purpose: String,
    /// 程序.
    pub steps: Vec<String>,
    /// 注意事項.
    pub cautions: Vec<String>,
    /// Clauses, verbatim.
    pub clauses: Vec<ClauseText>,
    /// Datasets needed: zh-TW names.
    pub datasets: Vec<String>,
    /// Parameters.
    pub parameters: Vec<ParameterView>,
    /// Rules.
    pub rules: Vec<RuleView>,
    /// What is counted as population, zh-TW.
    pub population: String,
    /// Latest run.
    pub run: Option<RunView>,
    /// Exceptions of the latest run not yet disposed of.
    pub open: u32,
    /// Confirmed ones.
    pub confirmed: u32,
}

/// A changed parameter.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OverrideRequest {
    /// Procedure.
    pub procedure: String,
    /// Parameter key.
    pub key: String,
    /// Value as text; lists separated by `、` or `,`.
    pub value: String,
    /// Why.
    pub reason: String,
}

/// Runs procedures; none named runs all.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RunRequest {
    /// Procedure ids.
    pub procedures: Vec<String>,
    /// Changed parameters.
    pub overrides: Vec<OverrideRequest>,
}

/// A window of the latest run's rows.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExceptionsRequest {
    /// Procedure.
    pub procedure: String,
    /// Rule; empty for all.
    pub rule: String,
    /// Only those not disposed of.
    pub open_only: bool,
    /// First.
    pub offset: u32,
    /// At most 500.
    pub limit: u32,
}

/// A disposition.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DispositionView {
    /// Kind.
    pub kind: DispositionWord,
    /// Note.
    pub note: String,
    /// By whom.
    pub by: String,
    /// When.
    pub at: String,
}

/// One row.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExceptionView {
    /// Number, to name it in requests.
    pub id: f64,
    /// Rule.
    pub rule: String,
    /// What it is.
    pub verdict: RuleVerdictWord,
    /// File name.
    pub file: String,
    /// Sheet.
    pub sheet: String,
    /// Row.
    pub row: u32,
    /// Values in the order of the page's columns.
    pub values: Vec<Option<String>>,
    /// Disposition.
    pub disposition: Option<DispositionView>,
}

/// A window of rows.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExceptionPageView {
    /// All that match.
    pub total: u32,
    /// Columns: zh-TW names.
    pub columns: Vec<String>,
    /// This window, ordered by rule, file, sheet, row.
    pub rows: Vec<ExceptionView>,
}

/// Names a row.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SourceRequest {
    /// Number.
    pub id: f64,
}

/// One cell of a source row.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SourceCellView {
    /// Column's zh-TW name.
    pub column: String,
    /// As read; `null` without a value.
    pub value: Option<String>,
    /// Original text, when it differs.
    pub original: Option<String>,
}

/// The row in the firm's file.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SourceRowView {
    /// File name.
    pub file: String,
    /// SHA-256.
    pub sha256: String,
    /// Sheet.
    pub sheet: String,
    /// Row.
    pub row: u32,
    /// Hidden in the workbook.
    pub hidden: bool,
    /// Cells.
    pub cells: Vec<SourceCellView>,
}

/// Disposes of rows.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DisposeRequest {
    /// Numbers.
    pub ids: Vec<f64>,
    /// Kind.
    pub kind: DispositionWord,
    /// Note, required unless 待釐清.
    pub note: String,
}

/// How many were disposed of.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DisposedView {
    /// Number of rows.
    pub disposed: u32,
}
