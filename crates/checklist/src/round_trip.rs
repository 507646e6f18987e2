//! Clauses as rows of a spreadsheet and back, for people who do not write TOML. Rows here are plain texts; the bytes of
//! the workbook are made and read elsewhere.

mod apply;
mod cells;
mod check;

pub use apply::apply;

use crate::bundle::Bundle;
use crate::error::ChecklistError;
use fieldbook_model::ClauseId;

/// Columns: key, zh-TW heading, whether it may be edited.
pub const COLUMNS: [(&str, &str, bool); 15] = [
    ("id", "代號", false),
    ("document", "文件", false),
    ("chapter", "章節", false),
    ("label", "條號", true),
    ("text", "條文", true),
    ("strength", "性質", true),
    ("applies", "適用條件", true),
    ("per_system", "系統條件", true),
    ("substituted", "較佳規範", true),
    ("waived", "除外條件", true),
    ("out_of_scope", "不在範圍", true),
    ("params", "參數", true),
    ("note", "適用說明", true),
    ("editor_note", "校註", true),
    ("units", "分項義務", false),
];

/// One cell that was edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowChange {
    /// Row of the sheet.
    pub row: u32,
    /// Clause.
    pub clause: ClauseId,
    /// Key of the column.
    pub column: &'static str,
    /// What the checklist says, as the sheet was written.
    pub before: String,
    /// What the sheet says now, NFC and in canonical spelling; empty where it was taken out.
    pub after: String,
}

/// One cell that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("row {row}, {column}: {what}")]
pub struct RowFault {
    /// Row of the sheet; that of the headings for what is missing.
    pub row: u32,
    /// Heading of the column.
    pub column: &'static str,
    /// The defect.
    pub what: RowDefect,
}

/// What is wrong with a cell, or with the sheet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowDefect {
    /// The sheet has no such column.
    #[error("the column is missing")]
    MissingColumn,
    /// The sheet has the column twice.
    #[error("the column is there twice")]
    DoubleColumn,
    /// No clause has this id: it was changed, or the row is new.
    #[error("`{0}` is not the id of a clause")]
    UnknownId(String),
    /// Two rows have the same id.
    #[error("`{0}` is there twice")]
    DuplicateId(String),
    /// A clause of a document that the sheet holds has no row.
    #[error("`{0}` has no row")]
    MissingId(String),
    /// A column was edited that only tells where one is.
    #[error("the cell must not be changed")]
    ReadOnly,
    /// A cell is empty that must not be.
    #[error("the cell is empty")]
    Empty,
    /// A heading has a strength, or a clause that nobody answers has a condition.
    #[error("the clause is not answered")]
    NotAnswered,
    /// A strength that is none of the words.
    #[error("`{0}` is not a strength")]
    BadStrength(String),
    /// A condition that cannot be read, or names what nobody defined.
    #[error("{0}")]
    Condition(ChecklistError),
}

/// The clauses of one document, or of all, without the headings: a row each, in the order of [`COLUMNS`].
#[must_use]
pub fn rows(bundle: &Bundle, document: Option<&str>) -> Vec<Vec<String>> {
    bundle
        .documents
        .iter()
        .filter(|d| document.is_none_or(|code| d.code == code))
        .flat_map(|d| d.chapters.iter().map(move |chapter| (d, chapter)))
        .flat_map(|(d, chapter)| chapter.clauses.iter().map(move |c| cells::cells(d, chapter, c)))
        .collect()
}

/// What an edited sheet would change. Each row comes with its number in the sheet; the first one holds the headings, in
/// any order, other columns among them are not looked at. Rows without any text are passed over.
///
/// # Errors
/// Everything that cannot be taken: then nothing is.
pub fn compare_rows(bundle: &Bundle, rows: &[(u32, Vec<String>)]) -> Result<Vec<RowChange>, Vec<RowFault>> {
    check::compare_rows(bundle, rows)
}
