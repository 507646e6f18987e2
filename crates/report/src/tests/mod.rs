//! Tests of the outputs, on one exam of an invented firm.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::string_slice)]

mod clauses;
mod fixture;
mod papers;
mod report;
