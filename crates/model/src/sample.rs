//! Audit samples that were drawn, as they are kept.

use crate::date::Moment;
use crate::import::RowRef;

/// A row that was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampledRow {
    /// Number within the sample, from 1.
    pub no: u32,
    /// Position in the population, from 0.
    pub index: u64,
    /// The row.
    pub source: RowRef,
    /// Why it was taken, zh-TW.
    pub why: String,
}

/// A sample: with the same population, method and seed anybody draws the same rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnSample {
    /// Number within the exam, from 1; 0 before it is stored.
    pub id: i64,
    /// Dataset key.
    pub dataset: String,
    /// `random`, `interval`, `stratified`, `judgemental` or `monetary`.
    pub method: String,
    /// Name of the algorithm.
    pub algorithm: String,
    /// Seed.
    pub seed: u64,
    /// Column of the strata.
    pub stratum: Option<String>,
    /// Column of the amounts.
    pub amount: Option<String>,
    /// Rows in the population.
    pub population: u64,
    /// SHA-256 over the population's rows in their order, lower-case hex.
    pub population_sha256: String,
    /// What it is drawn for; may be empty.
    pub purpose: String,
    /// The rows.
    pub rows: Vec<SampledRow>,
    /// Who drew it.
    pub by: String,
    /// When.
    pub at: Moment,
}
