//! A received file: what it is by its content, its fingerprint, its sheets, and its rows as a stream.

mod decode;
mod delimited;
mod merges;
mod package;
mod scan;
mod shared_file;
mod sniff;
mod table;
mod workbook;

use crate::{Excess, IntakeError, Limits};
use delimited::Delimited;
use sha2::{Digest, Sha256};
use shared_file::SharedFile;
use sniff::Kind;
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Read;
use std::path::Path;
use workbook::Workbook;

pub(crate) use merges::Merge;
pub(crate) use scan::SheetScan;
pub use table::{TextLine, text_table};

/// A sheet of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetInfo {
    /// Name; empty for delimited text.
    pub name: String,
    /// The workbook hides it.
    pub hidden: bool,
}

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

/// Whether a reader of rows wants the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    /// Yes.
    Go,
    /// No, enough.
    Stop,
}

enum Body {
    Workbook(Box<Workbook>),
    Delimited(Delimited),
}

/// An opened file.
pub struct Source {
    name: String,
    sha256: String,
    size: u64,
    sheets: Vec<SheetInfo>,
    limits: Limits,
    body: Body,
    scans: HashMap<String, SheetScan>,
}

/// Opens a file by its content, whatever its name says: fingerprints it, looks at a workbook's directory before
/// anything is unpacked, finds the sheets. `encoding` overrides the recognition for delimited text.
///
/// # Errors
/// Every variant of [`IntakeError`] that says why the file cannot be read.
pub fn open(path: &Path, limits: &Limits, encoding: Option<&str>) -> Result<Source, IntakeError> {
    let file = SharedFile::open(path)?;
    let size = file.len();
    if size == 0 {
        return Err(IntakeError::Empty);
    }
    if size > limits.max_bytes {
        return Err(IntakeError::TooLarge { what: Excess::Bytes, limit: limits.max_bytes });
    }
    let (sha256, sniffed) = fingerprint(&file)?;
    let (sheets, body) = match sniffed.kind()? {
        Kind::Zip => {
            let book = Workbook::open(&file, limits)?;
            (book.sheets().to_vec(), Body::Workbook(Box::new(book)))
        }
        Kind::Text => {
            let body = Delimited::open(file, &sniffed, encoding)?;
            (vec![SheetInfo { name: String::new(), hidden: false }], Body::Delimited(body))
        }
    };
    if sheets.is_empty() {
        return Err(IntakeError::Empty);
    }
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Source { name, sha256, size, sheets, limits: limits.clone(), body, scans: HashMap::new() })
}

fn fingerprint(file: &SharedFile) -> Result<(String, sniff::Sniff), IntakeError> {
    let mut reader = file.reader();
    let mut hash = Sha256::new();
    let mut sniff = sniff::Sniff::default();
    let mut buffer = vec![0_u8; 1 << 18];
    loop {
        let n = reader.read(&mut buffer)?;
        let Some(chunk) = buffer.get(..n).filter(|c| !c.is_empty()) else { break };
        hash.update(chunk);
        sniff.feed(chunk);
    }
    sniff.finish();
    Ok((hex::encode(hash.finalize()), sniff))
}

impl Source {
    /// File name without folders.
    #[must_use]
    pub fn file_name(&self) -> &str {
        &self.name
    }

    /// SHA-256 of the bytes, lower-case hex.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Size in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Encoding of delimited text (`UTF-8`, `Big5` …), empty for a workbook.
    #[must_use]
    pub fn encoding(&self) -> &str {
        match &self.body {
            Body::Workbook(_) => "",
            Body::Delimited(d) => d.encoding(),
        }
    }

    /// The sheets, in the workbook's order; delimited text has one without a name.
    #[must_use]
    pub fn sheets(&self) -> &[SheetInfo] {
        &self.sheets
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(crate) fn sheet(&self, name: &str) -> Result<&SheetInfo, IntakeError> {
        self.sheets.iter().find(|s| s.name == name).ok_or(IntakeError::NoSuchSheet)
    }

    /// Whether hidden rows can be told.
    pub(crate) fn knows_hidden(&self) -> bool {
        matches!(self.body, Body::Workbook(_))
    }

    /// Days between 1899-12-30 and the epoch of the workbook's serials: 0 or 1462.
    pub(crate) fn epoch_shift(&self) -> i32 {
        match &self.body {
            Body::Workbook(b) if b.is_1904() => 1462,
            _ => 0,
        }
    }

    /// Hidden rows and merged ranges of a sheet; found once, kept.
    pub(crate) fn scan(&mut self, sheet: &str) -> Result<SheetScan, IntakeError> {
        if let Some(known) = self.scans.get(sheet) {
            return Ok(known.clone());
        }
        let found = match &mut self.body {
            Body::Workbook(book) => book.scan(sheet, &self.limits)?,
            Body::Delimited(_) => SheetScan::default(),
        };
        self.scans.insert(sheet.to_owned(), found.clone());
        Ok(found)
    }

    /// Streams the rows that hold anything, in the file's order.
    pub(crate) fn stream(
        &mut self,
        sheet: &str,
        visit: &mut dyn FnMut(&RawRow<'_, '_>) -> Result<Flow, IntakeError>,
    ) -> Result<(), IntakeError> {
        let scan = self.scan(sheet)?;
        match &mut self.body {
            Body::Workbook(book) => book.stream(sheet, &scan, &self.limits, visit),
            Body::Delimited(d) => d.stream(&self.limits, visit),
        }
    }
}
