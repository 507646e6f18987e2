//! What the two processes say to one another: a question, an answer, each in a frame behind its length.

use super::super::SheetInfo;
use super::BookKind;
use crate::{Excess, IntakeError, Limits};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::io::{self, Read, Write};

/// Bytes of the longest frame.
pub(super) const FRAME_MAX: u32 = 64 << 20;

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

/// Why it cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Fault {
    /// Another file has the name by now, or it cannot be read.
    Gone,
    Locked,
    Damaged,
    Parts(u64),
    Unpacked(u64),
    Ratio(u64),
    Merges(u64),
    Line(u64),
    Memory,
}

impl Fault {
    /// What is told of an error on the other side.
    pub(super) fn of(error: &IntakeError) -> Self {
        match error {
            IntakeError::Io(_) => Self::Gone,
            IntakeError::Locked => Self::Locked,
            IntakeError::TooLarge { what, limit } => match what {
                Excess::Parts => Self::Parts(*limit),
                Excess::Ratio => Self::Ratio(*limit),
                Excess::Merges => Self::Merges(*limit),
                Excess::Memory => Self::Memory,
                _ => Self::Unpacked(*limit),
            },
            _ => Self::Damaged,
        }
    }

    /// The error that it stands for.
    pub(super) fn error(self, limits: &Limits) -> IntakeError {
        let (what, limit) = match self {
            Self::Gone => return IntakeError::Damaged { what: "file that changes while it is read" },
            Self::Locked => return IntakeError::Locked,
            Self::Damaged => return IntakeError::Damaged { what: "workbook" },
            Self::Parts(limit) => (Excess::Parts, limit),
            Self::Unpacked(limit) => (Excess::Unpacked, limit),
            Self::Ratio(limit) => (Excess::Ratio, limit),
            Self::Merges(limit) => (Excess::Merges, limit),
            Self::Line(limit) => (Excess::Line, limit),
            Self::Memory => (Excess::Memory, limits.max_reader_memory),
        };
        IntakeError::TooLarge { what, limit }
    }
}

/// Writes a frame and sends it off.
///
/// # Errors
/// The writer's; `InvalidData` for a frame that is too long, of which nothing is written.
pub(super) fn write<T: Serialize>(to: &mut impl Write, what: &T) -> io::Result<()> {
    let body = postcard::to_allocvec(what).map_err(io::Error::other)?;
    let length = u32::try_from(body.len()).ok().filter(|n| *n <= FRAME_MAX);
    let length = length.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(&body)?;
    to.flush()
}

/// Reads a frame; none at the end of the stream.
///
/// # Errors
/// The reader's; `InvalidData` for what is no frame; `UnexpectedEof` for one that is cut off.
pub(super) fn read<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<Option<T>> {
    let mut length = Vec::with_capacity(4);
    from.by_ref().take(4).read_to_end(&mut length)?;
    if length.is_empty() {
        return Ok(None);
    }
    let length = length.first_chunk().ok_or(io::ErrorKind::UnexpectedEof)?;
    let length = u32::from_le_bytes(*length);
    if length > FRAME_MAX {
        return Err(io::ErrorKind::InvalidData.into());
    }
    // What comes decides how much memory is taken, not what was promised.
    let mut body = Vec::new();
    from.by_ref().take(u64::from(length)).read_to_end(&mut body)?;
    if body.len() as u64 != u64::from(length) {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    match postcard::take_from_bytes(&body) {
        Ok((what, [])) => Ok(Some(what)),
        _ => Err(io::ErrorKind::InvalidData.into()),
    }
}
