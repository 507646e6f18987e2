//! What a sheet is made of on its way to the mapping: cells as the file holds them, rows that hold anything.

use std::borrow::Cow;

/// One cell as the file holds it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Text.
    Text(Cow<'a, str>),
    /// A number without a date format.
    Number(f64),
    /// A logical value.
    Bool(bool),
    /// A number with a date or time format: days since the workbook's epoch.
    Serial(f64),
    /// A number with a format for a length of time: days.
    Span(f64),
    /// An error value.
    Error(&'static str),
}

impl Cell<'_> {
    /// The same without borrowing from the file.
    pub(crate) fn to_static(&self) -> Cell<'static> {
        match self {
            Self::Empty => Cell::Empty,
            Self::Text(s) => Cell::Text(Cow::Owned(s.clone().into_owned())),
            Self::Number(x) => Cell::Number(*x),
            Self::Bool(b) => Cell::Bool(*b),
            Self::Serial(x) => Cell::Serial(*x),
            Self::Span(x) => Cell::Span(*x),
            Self::Error(e) => Cell::Error(e),
        }
    }
}

/// One row that holds at least one cell.
pub(crate) struct RawRow<'r, 'a> {
    /// Row number that a spreadsheet shows.
    pub number: u32,
    /// The workbook hides it.
    pub hidden: bool,
    /// Column index and cell, without empty cells.
    pub cells: &'r [(u32, Cell<'a>)],
    /// Columns whose cell a merged range repeats from above.
    pub filled: &'r [u32],
}

/// Whether a reader of rows wants the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    /// Yes.
    Go,
    /// No, enough.
    Stop,
}
