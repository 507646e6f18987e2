//! Tests of the outputs, on one exam of an invented firm.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::string_slice)]

mod asked;
mod book;
mod cells;
mod clauses;
mod closed;
mod content;
mod dictionary;
mod documents;
mod docx;
mod fixture;
mod flat;
mod full;
mod items;
mod look;
mod oscal;
mod papers;
mod pdf;
mod proof;
mod receipt;
mod report;
mod set;
mod templates;
mod tiny_font;
mod variant;
mod whole;
