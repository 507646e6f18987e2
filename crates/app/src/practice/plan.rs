//! `assets/sample/demo.toml`, read. The demo of the command line follows the same plan.

use super::files::PLAN;
use crate::error::{AppError, internal};
use crate::wire::{DispositionWord, MethodWord, ResultWord};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Plan {
    pub(super) firm: String,
    pub(super) as_of: String,
    period: String,
    pub(super) examiners: Vec<String>,
    #[serde(rename = "import")]
    pub(super) imports: Vec<Import>,
    #[serde(rename = "dispose")]
    pub(super) disposals: Vec<Disposal>,
    #[serde(rename = "answer")]
    pub(super) answers: Vec<Answer>,
    #[serde(rename = "finding")]
    pub(super) findings: Vec<Finding>,
}

#[derive(Deserialize)]
pub(super) struct Import {
    pub(super) file: String,
    pub(super) dataset: Option<String>,
    pub(super) origin: Option<String>,
    pub(super) declared_rows: Option<u64>,
}

#[derive(Deserialize)]
pub(super) struct Disposal {
    pub(super) procedure: String,
    pub(super) rule: Option<String>,
    /// `file:sheet:row`; empty for all rows.
    #[serde(default)]
    pub(super) rows: Vec<String>,
    #[serde(rename = "as")]
    pub(super) kind: DispositionWord,
    pub(super) note: String,
}

#[derive(Deserialize)]
pub(super) struct Answer {
    pub(super) clause: String,
    pub(super) result: ResultWord,
    pub(super) method: MethodWord,
    pub(super) note: String,
}

#[derive(Deserialize)]
pub(super) struct Finding {
    pub(super) from_procedure: String,
    pub(super) title: String,
    pub(super) clauses: Vec<String>,
    pub(super) severity: String,
    pub(super) category: String,
    pub(super) effect: String,
    pub(super) recommendation: String,
}

impl Plan {
    /// # Errors
    /// `internal` when the plan that the program carries is none; a test reads it.
    pub(super) fn read() -> Result<Self, AppError> {
        toml::from_str(PLAN).map_err(internal)
    }

    /// First and last day of the period.
    pub(super) fn period(&self) -> (&str, &str) {
        self.period.split_once("..").unwrap_or_default()
    }
}
