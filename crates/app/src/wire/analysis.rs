//! Pictures of a column: ageing, strata, first digits.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AnalysisKind {
    /// 帳齡: days up to the as-of date.
    Ageing,
    /// 分層: bands of a number.
    Strata,
    /// 班佛: first digits of a number.
    Benford,
}

/// A picture of a column.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AnalysisRequest {
    /// Dataset key.
    pub dataset: String,
    /// Column key: a date for ageing, a number for the others.
    pub column: String,
    /// Which picture.
    pub kind: AnalysisKind,
    /// Only rows that the latest run of this procedure lists; `null` for all.
    pub procedure: Option<String>,
    /// Upper limits of the bands, rising; empty for the usual ones.
    pub bounds: Vec<f64>,
}

/// One bar.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AnalysisBarView {
    /// Band.
    pub label: String,
    /// Rows.
    pub rows: f64,
    /// Of the rows counted, from 0 to 1.
    pub share: f64,
    /// Share that was to be expected (Benford).
    pub expected: Option<f64>,
    /// Sum of the numbers (strata), as exact text.
    pub sum: Option<String>,
}

/// A picture with its figures.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AnalysisView {
    /// What is shown.
    pub title: String,
    /// Bars in order.
    pub bars: Vec<AnalysisBarView>,
    /// Rows in the bars.
    pub counted: f64,
    /// Rows without a value.
    pub blank: f64,
    /// Rows whose value cannot be in a bar (after the as-of date, zero, not a number).
    pub left_out: f64,
    /// Why rows were left out; empty when none were.
    pub left_out_why: String,
    /// Mean absolute deviation (Benford).
    pub deviation: Option<f64>,
    /// What to make of it, and what not.
    pub remarks: Vec<String>,
}
