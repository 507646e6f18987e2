//! Procedures that an examiner wrote.

use super::words::{OwnScope, RuleVerdictWord, StrengthWord};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A result column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OwnColumn {
    /// Name in the statement.
    pub key: String,
    /// Heading.
    pub zh: String,
}

/// A procedure as the form has it: one rule over one dataset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OwnForm {
    /// Title.
    pub title: String,
    /// 查核目的.
    pub purpose: String,
    /// Dataset whose rows it lists.
    pub subject: String,
    /// What its rows are.
    pub verdict: RuleVerdictWord,
    /// Strength of the duty.
    pub strength: StrengthWord,
    /// Clauses that a row breaches; may be empty.
    pub clauses: Vec<String>,
    /// Headings; columns of the statement that are not named here get the dataset's or their own name.
    pub columns: Vec<OwnColumn>,
    /// The statement.
    pub sql: String,
}

/// Saves a procedure.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OwnSaveRequest {
    /// Its id; `null` for a new one.
    pub id: Option<String>,
    /// Where it is kept; that of an existing one does not change.
    pub scope: OwnScope,
    /// What it is.
    pub form: OwnForm,
}

/// Names a procedure of an examiner.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OwnRequest {
    /// Its id.
    pub id: String,
}

/// A procedure that an examiner wrote.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OwnProcedureView {
    /// Id (`X-01`, `O-01`).
    pub id: String,
    /// Where it is kept.
    pub scope: OwnScope,
    /// What the form shows; `null` when its file holds more than a form can.
    pub form: Option<OwnForm>,
    /// Title.
    pub title: String,
    /// Its file.
    pub text: String,
    /// Who wrote this version.
    pub by: String,
    /// When.
    pub at: String,
    /// Versions so far.
    pub versions: u32,
}

/// A statement to be tried.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OwnPreviewRequest {
    /// Dataset whose rows it lists.
    pub subject: String,
    /// The statement.
    pub sql: String,
}

/// Why a statement is refused.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OwnRefusalView {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// The database's own words; may be empty.
    pub said: String,
    /// Line, from 1; `null` when no place is known.
    pub line: Option<u32>,
    /// Character on the line, from 1.
    pub character: Option<u32>,
}

/// A row that a statement lists.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OwnPreviewRowView {
    /// File.
    pub file: String,
    /// Sheet.
    pub sheet: String,
    /// Row.
    pub row: u32,
    /// Values in the order of the columns.
    pub values: Vec<Option<String>>,
}

/// What a statement lists, or why it does not.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OwnPreviewView {
    /// Why it is refused; then all else is empty.
    pub refused: Option<OwnRefusalView>,
    /// Result columns.
    pub columns: Vec<OwnColumn>,
    /// The first 100 rows.
    pub rows: Vec<OwnPreviewRowView>,
    /// All that it lists.
    pub total: f64,
    /// Rows of the dataset.
    pub population: f64,
}

/// A column that statements may read.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OwnSchemaColumnView {
    /// Name.
    pub key: String,
    /// Heading.
    pub zh: String,
    /// Type: `text`, `int`, `num`, `date`, `datetime`, `bool` …
    pub ty: String,
    /// Whether a list of this exam has it.
    pub filled: bool,
}

/// A dataset that statements may read.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OwnSchemaDatasetView {
    /// Name.
    pub key: String,
    /// Code (`D01`).
    pub code: String,
    /// Heading.
    pub zh: String,
    /// Rows in this exam.
    pub rows: f64,
    /// Columns.
    pub columns: Vec<OwnSchemaColumnView>,
}

/// A value or function that statements may name.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OwnSchemaWordView {
    /// How it is written (`:as_of`, `add_months(date, n)`).
    pub call: String,
    /// What it gives.
    pub zh: String,
}

/// What statements may read and name.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OwnSchemaView {
    /// Datasets; those with rows first.
    pub datasets: Vec<OwnSchemaDatasetView>,
    /// Values.
    pub values: Vec<OwnSchemaWordView>,
    /// Functions.
    pub functions: Vec<OwnSchemaWordView>,
}
