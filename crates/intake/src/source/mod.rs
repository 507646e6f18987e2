//! A received file: what it is by its content, its fingerprint, its sheets, and its rows as a stream.
//!
//! Workbooks of the xlsx family and texts are streamed here. Those that can only be read whole, xls and ods, are
//! read by a process of their own ([`BookReader`], [`serve_book`]), which may fail without harm.

mod batch;
mod binary;
mod cell;
mod decode;
mod delimited;
mod directory;
mod fixed;
mod gauge;
mod merges;
mod open;
mod package;
mod scan;
mod shared_file;
mod sniff;
mod stretch;
mod table;
mod whole;
mod workbook;
mod xml;

use crate::recognise::HeaderWords;
use crate::{IntakeError, Limits};
use delimited::Delimited;
use fieldbook_model::DatasetDef;
use std::collections::HashMap;
use whole::WholeBook;
use workbook::Workbook;

pub(crate) use cell::{Cell, Flow, RawRow};
pub(crate) use decode::{beginning_to as beginning_of_text, recognise as encoding_of};
pub use gauge::Gauge;
pub(crate) use merges::Merge;
pub use open::{OpenOptions, open, open_bytes, open_with};
pub(crate) use package::{Family, Package};
pub(crate) use scan::SheetScan;
pub(crate) use shared_file::SharedFile;
pub(crate) use sniff::{Kind, Sniff};
pub(crate) use table::{Beginning, beginning_of};
pub use table::{TextLine, text_table};
pub(crate) use whole::{BookKind, WholeTable};
pub use whole::{BookReader, serve_book};

/// A sheet of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetInfo {
    /// Name; empty for delimited text.
    pub name: String,
    /// The workbook hides it.
    pub hidden: bool,
}

enum Body {
    Workbook(Box<Workbook>),
    Whole(Box<WholeBook>),
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
    gauge: Gauge,
    /// The words of the datasets that it was last planned with.
    words: Option<(Vec<DatasetDef>, HeaderWords)>,
}

impl Source {
    /// The words of these datasets: found once for all sheets, of which a workbook may have a thousand.
    pub(crate) fn words(&mut self, defs: &[DatasetDef]) -> HeaderWords {
        if let Some((known, words)) = &self.words
            && known == defs
        {
            return words.clone();
        }
        let words = HeaderWords::of(defs);
        self.words = Some((defs.to_vec(), words.clone()));
        words
    }

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
            Body::Workbook(_) | Body::Whole(_) => "",
            Body::Delimited(d) => d.encoding(),
        }
    }

    /// The sheets, in the workbook's order; delimited text has one without a name.
    #[must_use]
    pub fn sheets(&self) -> &[SheetInfo] {
        &self.sheets
    }

    /// How far the present reading of a sheet has come; to be looked at while it goes on.
    #[must_use]
    pub fn gauge(&self) -> Gauge {
        self.gauge.clone()
    }

    /// How long reading a sheet will take, measured by the file's other sheets: its rows, as far as they are known
    /// once it was planned.
    #[must_use]
    pub fn weight(&self, sheet: &str) -> u64 {
        self.scans.get(sheet).map_or(1, |scan| u64::from(scan.last_row).max(1))
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(crate) fn sheet(&self, name: &str) -> Result<&SheetInfo, IntakeError> {
        self.sheets.iter().find(|s| s.name == name).ok_or(IntakeError::NoSuchSheet)
    }

    /// Whether hidden rows and columns can be told: a text has none to hide, and of an xls they are not known.
    pub(crate) fn knows_hidden(&self) -> bool {
        match &self.body {
            Body::Workbook(_) => true,
            Body::Whole(book) => book.knows_hidden(),
            Body::Delimited(_) => false,
        }
    }

    /// Days between 1899-12-30 and the epoch of the workbook's serials: 0 or 1462.
    pub(crate) fn epoch_shift(&self) -> i32 {
        let is_1904 = match &self.body {
            Body::Workbook(book) => book.is_1904(),
            Body::Whole(book) => book.is_1904(),
            Body::Delimited(_) => false,
        };
        if is_1904 { 1462 } else { 0 }
    }

    /// Hidden rows and columns and merged ranges of a sheet; found once, kept.
    pub(crate) fn scan(&mut self, sheet: &str) -> Result<SheetScan, IntakeError> {
        if let Some(known) = self.scans.get(sheet) {
            return Ok(known.clone());
        }
        let found = match &mut self.body {
            Body::Workbook(book) => book.scan(sheet, &self.limits)?,
            Body::Whole(book) => book.scan(sheet)?,
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
        let gauge = &self.gauge;
        let rows = u64::from(scan.last_row);
        let visit_row = &mut |row: &RawRow<'_, '_>| {
            gauge.set(u64::from(row.number), rows);
            visit(row)
        };
        match &mut self.body {
            Body::Workbook(book) => book.stream(sheet, &scan, &self.limits, visit_row),
            Body::Whole(book) => book.stream(sheet, &scan, &self.limits, visit_row),
            Body::Delimited(d) => d.stream(&self.limits, gauge, visit),
        }
    }
}
