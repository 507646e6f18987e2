//! The verdict of a run, decided in one place.
//!
//! | what happened | verdict |
//! | --- | --- |
//! | the procedure does not apply to the firm | not applicable |
//! | a required dataset or column is missing | not runnable |
//! | at least one row of an exception rule | exceptions |
//! | empty population, a required dataset without rows, fewer or more rows than the firm stated, a rule that could not run for want of something not optional, or a row of an unknown rule | unknown |
//! | none of these | pass |
//!
//! Leads never count: they are worth a look, and no more.

use fieldbook_model::{Completeness, RunVerdict};

/// What decides the verdict of a procedure that ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Rows of exception rules.
    pub exceptions: u64,
    /// Rows of unknown rules.
    pub unknown: u64,
    /// Size of the population.
    pub population: u64,
    /// Whether a dataset that the procedure requires holds no row at all.
    pub empty_dataset: bool,
    /// Completeness of the datasets used.
    pub completeness: Completeness,
    /// Whether a rule could not run for want of something that is not optional.
    pub rule_left_out: bool,
}

/// The verdict; see the table above.
#[must_use]
pub fn of(facts: &Facts) -> RunVerdict {
    let in_doubt = facts.population == 0
        || facts.empty_dataset
        || facts.completeness == Completeness::Incomplete
        || facts.rule_left_out
        || facts.unknown > 0;
    match (facts.exceptions > 0, in_doubt) {
        (true, _) => RunVerdict::Exceptions,
        (false, true) => RunVerdict::Unknown,
        (false, false) => RunVerdict::Pass,
    }
}
