//! What the two processes say to one another about a workbook.

use super::super::SheetInfo;
use super::BookKind;
use crate::child::{Fault, Reply};
use serde::{Deserialize, Serialize};
use std::ffi::OsString;

/// What is asked of the process that reads.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Ask {
    /// Open this file, if these are its bytes.
    Book { path: OsString, sha256: String, kind: BookKind },
    /// Begin with this sheet, by its place in the list.
    Sheet(u32),
    /// The next rows of the sheet.
    More,
}

/// What it answers, one for each question.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    /// The file is open.
    Book(BookFacts),
    /// The sheet is found.
    Sheet(SheetFacts),
    /// Rows in their order; none at the end.
    Rows(Vec<Row>),
    /// It cannot be done.
    Failed(Fault),
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct BookFacts {
    /// Names, and whether the workbook hides them.
    pub sheets: Vec<(String, bool)>,
    pub is_1904: bool,
    pub knows_hidden: bool,
}

impl BookFacts {
    pub(super) fn infos(&self) -> Vec<SheetInfo> {
        self.sheets.iter().map(|(name, hidden)| SheetInfo { name: name.clone(), hidden: *hidden }).collect()
    }
}

/// Runs of rows (numbered from 1) and columns (counted from 0), first and last.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct SheetFacts {
    pub hidden_rows: Vec<(u32, u32)>,
    pub hidden_columns: Vec<(u32, u32)>,
    /// First row, last row, first column, last column.
    pub merges: Vec<[u32; 4]>,
    /// The last row that holds anything, numbered from 1.
    pub last_row: u32,
}

/// Row number that a spreadsheet shows; column index and value of the cells that hold something.
pub(super) type Row = (u32, Vec<(u32, Given)>);

/// A cell's value; see [`super::super::Cell`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Given {
    Text(String),
    Number(f64),
    Bool(bool),
    Serial(f64),
    Span(f64),
    /// Index into [`ERRORS`].
    Error(u8),
}

/// Error values of cells.
pub(super) const ERRORS: [&str; 8] =
    ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"];

impl Reply for Answer {
    fn fault(&self) -> Option<Fault> {
        if let Self::Failed(fault) = self { Some(*fault) } else { None }
    }
}
