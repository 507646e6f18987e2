//! Samples.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// 抽樣方法.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SampleMethodWord {
    /// 亂數.
    Random,
    /// 間隔.
    Interval,
    /// 分層.
    Stratified,
    /// 判斷.
    Judgemental,
    /// 金額單位.
    Monetary,
}

/// A row that the examiner names.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SampleChoice {
    /// File name.
    pub file: String,
    /// Sheet; empty where the format has none.
    pub sheet: String,
    /// Row.
    pub row: u32,
    /// Why this one.
    pub reason: String,
}

/// A sample to be drawn.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SampleDrawRequest {
    /// Dataset key.
    pub dataset: String,
    /// Method.
    pub method: SampleMethodWord,
    /// Number of rows; not looked at for a judgemental sample.
    pub size: u32,
    /// Seed as text (it fills 64 bits); `null` draws one.
    pub seed: Option<String>,
    /// Column of the strata.
    pub stratum: Option<String>,
    /// Column of the amounts.
    pub amount: Option<String>,
    /// Rows that the examiner names (judgemental).
    pub chosen: Vec<SampleChoice>,
    /// What it is drawn for.
    pub purpose: String,
}

/// A row that was drawn.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SampleRowView {
    /// Number within the sample, from 1.
    pub no: u32,
    /// Position in the population, from 0.
    pub index: f64,
    /// File name.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Sheet.
    pub sheet: String,
    /// Row.
    pub row: u32,
    /// What tells it from others.
    pub content: String,
    /// Why it was taken.
    pub why: String,
}

/// A sample.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DrawnSampleView {
    /// Number.
    pub id: f64,
    /// 抽樣編號.
    pub number: String,
    /// Dataset key.
    pub dataset: String,
    /// Its name.
    pub dataset_zh: String,
    /// Method in words.
    pub method: String,
    /// How to draw it again.
    pub recipe: String,
    /// Algorithm.
    pub algorithm: String,
    /// Seed.
    pub seed: String,
    /// Column of the strata.
    pub stratum: Option<String>,
    /// Column of the amounts.
    pub amount: Option<String>,
    /// Rows in the population.
    pub population: f64,
    /// SHA-256 over the population.
    pub population_sha256: String,
    /// What it was drawn for.
    pub purpose: String,
    /// By whom.
    pub by: String,
    /// When.
    pub at: String,
    /// The rows.
    pub rows: Vec<SampleRowView>,
}

/// The sheet of a sample.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SampleSheetRequest {
    /// Number of the sample.
    pub sample: f64,
    /// File to write (.xlsx).
    pub path: String,
}

/// How large a sample must be. Rates in percent.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SampleSizeRequest {
    /// 信心水準.
    pub confidence: f64,
    /// 可容忍偏差率.
    pub tolerable: f64,
    /// 預期偏差率.
    pub expected: f64,
    /// Rows in the population; `null` for a large one.
    pub population: Option<f64>,
}

/// How large a sample must be.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SampleSizeView {
    /// Rows to examine.
    pub size: f64,
    /// Deviations up to which the tolerable rate is not exceeded.
    pub allowed: f64,
    /// ASM-3.2 for so many devices: the smaller of 10 % and 100.
    pub asm_required: Option<f64>,
    /// The strict reading: the larger of the two.
    pub asm_strict: Option<f64>,
}

/// The results of a sample. Rates in percent.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SampleEvaluateRequest {
    /// How it was drawn.
    pub method: SampleMethodWord,
    /// Rows in the sample.
    pub sampled: f64,
    /// 不符.
    pub deviations: f64,
    /// 無法查核.
    pub unexamined: f64,
    /// Rows in the population; `null` for a large one.
    pub population: Option<f64>,
    /// 信心水準.
    pub confidence: f64,
    /// 可容忍偏差率.
    pub tolerable: f64,
}

/// What the results say about the population. Rates as fractions.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SampleEvaluationView {
    /// Whether they say anything about it.
    pub extrapolated: bool,
    /// Rate seen.
    pub rate: Option<f64>,
    /// Upper limit of the population's rate.
    pub upper_rate: Option<f64>,
    /// The same as a number of rows.
    pub upper_count: Option<f64>,
    /// Whether the limit is above the tolerable rate; `null` when that depends on what could not be examined.
    pub exceeds: Option<bool>,
    /// In words.
    pub words: String,
}
