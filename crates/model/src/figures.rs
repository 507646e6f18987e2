//! Figures of an exam that lists over many exams compare.

use crate::answer::ItemResult;
use std::collections::BTreeMap;

/// How many items of a chapter had which result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChapterFigures {
    /// Code of the document.
    pub document: String,
    /// Title of the chapter.
    pub chapter: String,
    /// Items that bind the firm or may, by result.
    pub results: BTreeMap<ItemResult, u64>,
}
