//! Procedures, runs, exceptions.

use super::checklist::ClauseText;
use super::picture::PictureHeadView;
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
    /// Somebody broke it off: the procedures that are in neither list did not run.
    pub cancelled: bool,
}

/// How far a run of several procedures is.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RunProgressView {
    /// The procedure that begins.
    pub procedure: String,
    /// Its title.
    pub title: String,
    /// How many are done.
    pub done: u32,
    /// How many there are.
    pub of: u32,
}

/// A window of the rows of a dataset with an inferred column.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DerivedRequest {
    /// Dataset key.
    pub dataset: String,
    /// Column key.
    pub column: String,
    /// Only rows with this value; an empty text for those without one.
    pub value: Option<String>,
    /// Only rows with this text in a cell shown.
    pub text: String,
    /// First row.
    pub offset: u32,
    /// At most so many rows.
    pub limit: u32,
}

/// How many rows have a value.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DerivedCountView {
    /// Value; empty for none.
    pub value: String,
    /// In words.
    pub word: String,
    /// Rows.
    pub rows: u32,
}

/// A row with its inferred column.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DerivedRowView {
    /// Number of the row.
    pub id: f64,
    /// Cells that tell the row from others.
    pub cells: Vec<Option<String>>,
    /// What the list says.
    pub stated: Option<String>,
    /// What holds; `null` when nothing tells.
    pub value: Option<String>,
    /// Why.
    pub basis: String,
    /// Whether an examiner corrected it.
    pub corrected: bool,
}

/// Rows with an inferred column.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DerivedPageView {
    /// How it is inferred.
    pub steps: Vec<String>,
    /// Name of the inferred column.
    pub title: String,
    /// Names of the cells.
    pub columns: Vec<String>,
    /// Values that a correction may give, with their words.
    pub choices: Vec<(String, String)>,
    /// Rows by value.
    pub counts: Vec<DerivedCountView>,
    /// Rows that the request is about.
    pub total: u32,
    /// The window.
    pub rows: Vec<DerivedRowView>,
}

/// A correction of an inferred column.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CorrectRequest {
    /// Dataset key.
    pub dataset: String,
    /// Column key.
    pub column: String,
    /// Numbers of the rows.
    pub rows: Vec<f64>,
    /// Value; `null` says that it is not known.
    pub value: Option<String>,
    /// Why.
    pub note: String,
    /// Take corrections back instead.
    pub restore: bool,
}

/// A kept run to be run again.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReperformRequest {
    /// Number of the run.
    pub run: f64,
}

/// One difference between a kept run and the same run today.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RunDifferenceView {
    /// `no_record`, `procedure`, `engine`, `sheet`, a figure's name, `lacks`, `new` or `row`.
    pub kind: String,
    /// In words.
    pub text: String,
}

/// What running a kept run again showed.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ReperformView {
    /// Number of the run.
    pub run: f64,
    /// Procedure.
    pub procedure: String,
    /// Whether nothing differs.
    pub same: bool,
    /// What differs.
    pub differences: Vec<RunDifferenceView>,
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
    /// Whether it reads the equipment count.
    pub counted: bool,
    /// Pictures that it has.
    pub pictures: Vec<PictureHeadView>,
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
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct ExceptionsRequest {
    /// Procedure.
    pub procedure: String,
    /// Rule; empty for all.
    pub rule: String,
    /// Only rows of this system; empty for those without one; `null` for all.
    pub system: Option<String>,
    /// Only those not disposed of.
    pub open_only: bool,
    /// First.
    pub offset: u32,
    /// At most 500.
    pub limit: u32,
}

/// Rows that have something in common.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExceptionGroupView {
    /// Rule id, or the system as the rows have it; empty for rows without one.
    pub key: String,
    /// Title of the rule, or the system.
    pub title: String,
    /// Rows.
    pub rows: u32,
    /// Exceptions and unknowns not disposed of.
    pub open: u32,
    /// Those confirmed.
    pub confirmed: u32,
}

/// The rows of a procedure's latest run in groups.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExceptionGroupsView {
    /// By rule, in the procedure's order; rules without rows are left out.
    pub rules: Vec<ExceptionGroupView>,
    /// Heading of the column that tells the system; `null` when the procedure has none.
    pub system: Option<String>,
    /// By system, those with the most open rows first.
    pub systems: Vec<ExceptionGroupView>,
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
    /// How the row was disposed of in an earlier exam of the firm; a proposal, no decision.
    pub proposed: Option<DispositionView>,
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

/// Dispositions to be taken back.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UndisposeRequest {
    /// Rows.
    pub ids: Vec<f64>,
}

/// One procedure.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProcedureRequest {
    /// Procedure.
    pub procedure: String,
}

/// A row that one of two runs lists.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RunChangeRowView {
    /// Rule.
    pub rule: String,
    /// What it is.
    pub verdict: RuleVerdictWord,
    /// File.
    pub file: String,
    /// Sheet.
    pub sheet: String,
    /// Row.
    pub row: u32,
    /// Values in the order of the columns.
    pub values: Vec<Option<String>>,
}

/// What the latest run of a procedure changed.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RunChangeView {
    /// Procedure.
    pub procedure: String,
    /// The latest run.
    pub latest: Option<RunView>,
    /// The one before; `null` when there is none, and then nothing changed.
    pub earlier: Option<RunView>,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows that only the latest lists.
    pub appeared: u32,
    /// Rows that only the earlier listed.
    pub gone: u32,
    /// Rows that both list.
    pub unchanged: u32,
    /// The first of those that appeared.
    pub appeared_rows: Vec<RunChangeRowView>,
    /// The first of those that are gone.
    pub gone_rows: Vec<RunChangeRowView>,
}
