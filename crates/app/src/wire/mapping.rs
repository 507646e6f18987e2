//! Remembered mappings.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How tables with one header row were mapped before.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MappingMemoryView {
    /// Dataset key.
    pub dataset: String,
    /// zh-TW name of it.
    pub dataset_zh: String,
    /// Signature of the headers, by which it is forgotten.
    pub header: String,
    /// Their headers, as written; empty where only the signature was kept.
    pub headers: Vec<String>,
    /// Their columns that are taken, and ours.
    pub columns: Vec<MappingColumnView>,
    /// File that it was last used with, or that it came with; may be empty.
    pub file: String,
    /// When it was last used; `null` when that was not kept.
    pub used_at: Option<String>,
}

/// A column of a remembered mapping.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MappingColumnView {
    /// Their header.
    pub header: String,
    /// Our column's key.
    pub column: String,
    /// zh-TW name of it.
    pub zh: String,
    /// Header of a second column of theirs that holds the time of day.
    pub time_header: Option<String>,
}

/// Names a remembered mapping of the open exam's firm.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MappingRequest {
    /// Dataset key.
    pub dataset: String,
    /// Signature of the headers.
    pub header: String,
}

/// What was taken over from a file of mappings.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MappingsImportedView {
    /// New ones, and those in place of others.
    pub taken: u32,
    /// Those that were known as they are.
    pub unchanged: u32,
    /// Those that cannot be remembered.
    pub refused: Vec<MappingRefusedView>,
}

/// A table of a file of mappings that is not taken over.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MappingRefusedView {
    /// Which table of the file, from 1.
    pub no: u32,
    /// Dataset key as given; may be empty.
    pub dataset: String,
    /// Why, in words.
    pub why: String,
}
