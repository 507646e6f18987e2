//! Tests of the outputs, on one exam of an invented firm.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::string_slice)]

mod asked;
mod book;
mod cells;
mod clauses;
mod content;
mod dictionary;
mod fixture;
mod items;
mod papers;
mod pdf;
mod proof;
mod receipt;
mod report;
mod set;
mod whole;
