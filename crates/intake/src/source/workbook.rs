//! A workbook of the xlsx family, its parts XML (xlsx, xlsm: read by [`super::xml`]) or binary (xlsb: read by
//! calamine): cells are read on threads of their own and arrive in batches of whole rows.

use super::batch::{Gather, channel, consume};
use super::package::{Family, Package, zip_error};
use super::scan::{SheetScan, scan};
use super::shared_file::{FileReader, SharedFile};
use super::xml::XmlBook;
use super::{Cell, Flow, RawRow, SheetInfo, binary};
use crate::{IntakeError, Limits};
use calamine::{CellErrorType, DataRef, Reader, Xlsb, XlsbError, XlsxError};
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};
use zip::ZipArchive;

const NO_PART: IntakeError = IntakeError::Damaged { what: "sheet" };

enum Book {
    Xml(XmlBook),
    Binary(Box<Xlsb<BufReader<FileReader>>>),
}

/// An opened workbook.
pub(crate) struct Workbook {
    book: Book,
    package: Package,
    family: Family,
    infos: Vec<SheetInfo>,
    parts: Vec<String>,
    /// What [`Workbook::open`] found while the texts were loading, by sheet; taken when asked for.
    scans: HashMap<String, Result<SheetScan, IntakeError>>,
}

impl Workbook {
    pub(crate) fn open(
        file: &SharedFile,
        mut package: Package,
        family: Family,
        limits: &Limits,
    ) -> Result<Self, IntakeError> {
        let (infos, parts): (Vec<SheetInfo>, Vec<String>) =
            package.sheets(family, limits)?.into_iter().unzip();
        let skeleton = if family == Family::Xml { Some(package.skeleton(limits)?) } else { None };
        let texts = skeleton.as_ref().and_then(|skeleton| package.index(&skeleton.shared_texts));
        // Loading the workbook's texts and looking for hidden rows both unpack much and need nothing of each other.
        let (book, scans) = std::thread::scope(|scope| {
            let looking = scope.spawn(|| {
                let of_part = |(info, part): (&SheetInfo, &String)| {
                    let part = package.index(part).ok_or(NO_PART);
                    (info.name.clone(), part.and_then(|part| scan_part(&mut package, family, part, limits)))
                };
                infos.iter().zip(&parts).map(of_part).collect::<HashMap<_, _>>()
            });
            let bytes = BufReader::new(file.reader());
            let book = match &skeleton {
                None => guarded(|| Xlsb::new(bytes)).map(Box::new).map(Book::Binary),
                Some(skeleton) => ZipArchive::new(bytes).map_err(zip_error).and_then(|mut archive| {
                    guarded(|| XmlBook::open(&mut archive, texts, skeleton, &infos, &parts, limits))
                        .map(Book::Xml)
                }),
            };
            // A sheet that could not be looked at is looked at again when it is asked for.
            (book, looking.join().unwrap_or_default())
        });
        Ok(Self { book: book?, package, family, infos, parts, scans })
    }

    pub(crate) fn sheets(&self) -> &[SheetInfo] {
        &self.infos
    }

    pub(crate) fn is_1904(&self) -> bool {
        match &self.book {
            Book::Xml(book) => book.is_1904(),
            Book::Binary(book) => book.has_1904_epoch(),
        }
    }

    /// Hidden rows and columns and merged ranges.
    pub(crate) fn scan(&mut self, sheet: &str, limits: &Limits) -> Result<SheetScan, IntakeError> {
        if let Some(found) = self.scans.remove(sheet) {
            return found;
        }
        let part = self.part(sheet)?;
        scan_part(&mut self.package, self.family, part, limits)
    }

    pub(crate) fn stream(
        &mut self,
        sheet: &str,
        scan: &SheetScan,
        limits: &Limits,
        visit: &mut dyn FnMut(&RawRow<'_, '_>) -> Result<Flow, IntakeError>,
    ) -> Result<(), IntakeError> {
        let part = self.part(sheet)?;
        let Self { book, package, .. } = self;
        let archive = &mut package.archive;
        std::thread::scope(|scope| {
            let (mut to, rows) = channel(limits.max_columns);
            match book {
                Book::Xml(book) => book.read(scope, archive, part, limits, to),
                Book::Binary(book) => {
                    scope.spawn(move || {
                        let read = guarded(|| book.worksheet_cells_reader(sheet)).and_then(|mut cells| {
                            guarded(|| gather(|| cells.next_cell(), &scan.kept, &mut to))
                        });
                        to.finish(read);
                    });
                }
            }
            consume(rows, scan, visit)
        })
    }

    /// Where the sheet's part is in the container.
    fn part(&self, sheet: &str) -> Result<usize, IntakeError> {
        let position = self.infos.iter().position(|s| s.name == sheet).ok_or(IntakeError::NoSuchSheet)?;
        let part = self.parts.get(position).ok_or(IntakeError::NoSuchSheet)?;
        self.package.index(part).ok_or(NO_PART)
    }
}

fn scan_part(
    package: &mut Package,
    family: Family,
    part: usize,
    limits: &Limits,
) -> Result<SheetScan, IntakeError> {
    let part = package.archive.by_index(part).map_err(zip_error)?;
    if family == Family::Binary {
        return binary::scan(part, limits);
    }
    let size = part.size();
    scan(part, size, limits.max_merges)
}

/// Reads the cells of a sheet of binary records until there are none or nobody wants more; `kept` comes in between.
fn gather<'a>(
    mut next_cell: impl FnMut() -> Result<Option<calamine::Cell<DataRef<'a>>>, XlsbError>,
    kept: &[(u32, u32, Cell<'static>)],
    to: &mut Gather<'a>,
) -> Result<(), IntakeError> {
    let mut kept = kept.iter().peekable();
    while to.hand_over() {
        let cell = next_cell().map_err(Refusal::refusal)?;
        let place = cell.as_ref().map_or((u32::MAX, u32::MAX), calamine::Cell::get_position);
        while let Some((row, column, value)) = kept.next_if(|(row, column, _)| (*row, *column) < place) {
            to.push(*row, *column, value.clone())?;
        }
        let Some(cell) = cell else { break };
        to.push(place.0, place.1, raw(cell.get_value()))?;
    }
    Ok(())
}

/// A cell as calamine gives it.
pub(super) fn raw<'a>(value: &DataRef<'a>) -> Cell<'a> {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::SharedString(s) => text(Cow::Borrowed(s)),
        DataRef::String(s) | DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => text(Cow::Owned(s.clone())),
        DataRef::Int(n) => Cell::Number(*n as f64),
        DataRef::Float(x) => Cell::Number(*x),
        DataRef::Bool(b) => Cell::Bool(*b),
        DataRef::DateTime(t) if t.is_duration() => Cell::Span(t.as_f64()),
        DataRef::DateTime(t) => Cell::Serial(t.as_f64()),
        DataRef::Error(e) => Cell::Error(error_text(e)),
    }
}

/// A text of nothing but blanks is none.
pub(super) fn text(text: Cow<'_, str>) -> Cell<'_> {
    if text.chars().all(char::is_whitespace) { Cell::Empty } else { Cell::Text(text) }
}

pub(super) fn error_text(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

/// What an error of a reader means.
pub(super) trait Refusal {
    fn refusal(self) -> IntakeError;
}

impl Refusal for IntakeError {
    fn refusal(self) -> IntakeError {
        self
    }
}

impl Refusal for XlsxError {
    fn refusal(self) -> IntakeError {
        match self {
            Self::Password => IntakeError::Locked,
            Self::Zip(e) => zip_error(e),
            _ => IntakeError::Damaged { what: "workbook" },
        }
    }
}

impl Refusal for XlsbError {
    fn refusal(self) -> IntakeError {
        match self {
            Self::Password => IntakeError::Locked,
            Self::Zip(e) => zip_error(e),
            _ => IntakeError::Damaged { what: "workbook" },
        }
    }
}

/// Runs the reader; whatever a hostile file makes of it, even a panic, is damage and nothing more.
pub(super) fn guarded<T, E: Refusal>(work: impl FnOnce() -> Result<T, E>) -> Result<T, IntakeError> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(result) => result.map_err(Refusal::refusal),
        Err(_) => Err(IntakeError::Damaged { what: "workbook" }),
    }
}
