//! A workbook of the xlsx family, its parts XML (xlsx, xlsm) or binary (xlsb): cells are read on a thread of their
//! own and arrive in batches of whole rows, so that memory stays small and the next core has work.

use super::merges::Filler;
use super::package::{Family, Package, zip_error};
use super::scan::{SheetScan, scan};
use super::shared_file::{FileReader, SharedFile};
use super::{Cell, Flow, RawRow, SheetInfo, binary};
use crate::{Excess, IntakeError, Limits};
use calamine::{CellErrorType, DataRef, Reader, Xlsb, XlsbError, Xlsx, XlsxError};
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Cells after which a batch is handed over at the next end of a row.
const BATCH_CELLS: usize = 8_192;
/// Batches that may wait.
const BATCHES: usize = 4;

enum Book {
    Xml(Xlsx<BufReader<FileReader>>),
    Binary(Xlsb<BufReader<FileReader>>),
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

/// Rows on their way from the reading thread.
struct Batch<'a> {
    rows: Vec<(u32, Vec<(u32, Cell<'a>)>)>,
    /// Cells taken since the last batch.
    cells: usize,
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
        // Loading the workbook's texts and looking for hidden rows both unpack much and need nothing of each other.
        let (book, scans) = std::thread::scope(|scope| {
            let looking = scope.spawn(|| {
                let of_part = |(info, part): (&SheetInfo, &String)| {
                    (info.name.clone(), scan_part(&mut package, family, part, limits))
                };
                infos.iter().zip(&parts).map(of_part).collect::<HashMap<_, _>>()
            });
            let bytes = BufReader::new(file.reader());
            let book = match family {
                Family::Binary => guarded(|| Xlsb::new(bytes)).map(Book::Binary),
                _ => guarded(|| Xlsx::new(bytes)).map(Book::Xml),
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
            Book::Xml(book) => book.has_1904_epoch(),
            Book::Binary(book) => book.has_1904_epoch(),
        }
    }

    /// Hidden rows and columns and merged ranges.
    pub(crate) fn scan(&mut self, sheet: &str, limits: &Limits) -> Result<SheetScan, IntakeError> {
        if let Some(found) = self.scans.remove(sheet) {
            return found;
        }
        let position = self.infos.iter().position(|s| s.name == sheet).ok_or(IntakeError::NoSuchSheet)?;
        let part = self.parts.get(position).ok_or(IntakeError::NoSuchSheet)?;
        scan_part(&mut self.package, self.family, part, limits)
    }

    pub(crate) fn stream(
        &mut self,
        sheet: &str,
        scan: &SheetScan,
        limits: &Limits,
        visit: &mut dyn FnMut(&RawRow<'_, '_>) -> Result<Flow, IntakeError>,
    ) -> Result<(), IntakeError> {
        let book = &mut self.book;
        let columns = limits.max_columns;
        std::thread::scope(|scope| {
            let (sender, receiver) = sync_channel(BATCHES);
            scope.spawn(move || {
                // The receiver is gone when nobody wants more rows.
                let read = match book {
                    Book::Xml(book) => guarded(|| book.worksheet_cells_reader(sheet))
                        .and_then(|mut cells| produce(|| cells.next_cell(), &scan.kept, columns, &sender)),
                    Book::Binary(book) => guarded(|| book.worksheet_cells_reader(sheet))
                        .and_then(|mut cells| produce(|| cells.next_cell(), &scan.kept, columns, &sender)),
                };
                if let Err(error) = read {
                    let _ = sender.send(Err(error));
                }
            });
            consume(receiver, scan, visit)
        })
    }
}

fn scan_part(
    package: &mut Package,
    family: Family,
    part: &str,
    limits: &Limits,
) -> Result<SheetScan, IntakeError> {
    let index = package.index(part).ok_or(IntakeError::Damaged { what: "sheet" })?;
    let part = package.archive.by_index(index).map_err(zip_error)?;
    if family == Family::Binary {
        return binary::scan(part, limits);
    }
    let size = part.size();
    scan(part, size, limits.max_merges)
}

fn consume(
    receiver: Receiver<Result<Batch<'_>, IntakeError>>,
    scan: &SheetScan,
    visit: &mut dyn FnMut(&RawRow<'_, '_>) -> Result<Flow, IntakeError>,
) -> Result<(), IntakeError> {
    let mut filler = Filler::new(&scan.merges);
    let mut filled = Vec::new();
    for batch in receiver {
        for (number, mut cells) in batch?.rows {
            in_order(&mut cells)?;
            filler.fill(number, &mut cells, &mut filled);
            let row = RawRow { number, hidden: scan.is_hidden(number), cells: &cells, filled: &filled };
            if visit(&row)? == Flow::Stop {
                return Ok(());
            }
        }
    }
    Ok(())
}

type Sender<'a> = SyncSender<Result<Batch<'a>, IntakeError>>;

/// Reads cells, gathers rows, sends batches until the sheet ends or nobody listens. `kept` comes in between.
fn produce<'a, E: Refusal>(
    mut next_cell: impl FnMut() -> Result<Option<calamine::Cell<DataRef<'a>>>, E>,
    kept: &[(u32, u32, Cell<'static>)],
    max_columns: u32,
    sender: &Sender<'a>,
) -> Result<(), IntakeError> {
    let mut batch = Batch { rows: Vec::new(), cells: 0 };
    let mut kept = kept.iter().peekable();
    let mut width = 16;
    loop {
        let more = guarded(|| -> Result<Option<bool>, E> {
            while batch.cells < BATCH_CELLS {
                let cell = next_cell()?;
                let place = cell.as_ref().map_or((u32::MAX, u32::MAX), calamine::Cell::get_position);
                while let Some((row, column, value)) =
                    kept.next_if(|(row, column, _)| (*row, *column) < place)
                {
                    if !batch.push(*row, *column, value.clone(), &mut width, max_columns) {
                        return Ok(None);
                    }
                }
                let Some(cell) = cell else { return Ok(Some(false)) };
                if !batch.push(place.0, place.1, raw(cell.get_value()), &mut width, max_columns) {
                    return Ok(None);
                }
            }
            Ok(Some(true))
        })?;
        let Some(more) = more else {
            return Err(IntakeError::TooLarge { what: Excess::Columns, limit: u64::from(max_columns) });
        };
        // The last row may go on in the next batch.
        let open = if more { batch.rows.pop() } else { None };
        let next = Batch { cells: 0, rows: open.into_iter().collect() };
        if sender.send(Ok(std::mem::replace(&mut batch, next))).is_err() || !more {
            return Ok(());
        }
    }
}

impl<'a> Batch<'a> {
    /// Takes a cell; false when its row has too many.
    fn push(&mut self, row: u32, column: u32, value: Cell<'a>, width: &mut usize, max_columns: u32) -> bool {
        if value == Cell::Empty {
            return true;
        }
        let number = row.saturating_add(1);
        self.cells += 1;
        match self.rows.last_mut() {
            Some((last, cells)) if *last == number => {
                if cells.len() as u64 >= u64::from(max_columns) {
                    return false;
                }
                cells.push((column, value));
                *width = (*width).max(cells.len());
            }
            _ => {
                let mut cells = Vec::with_capacity((*width).min(64));
                cells.push((column, value));
                self.rows.push((number, cells));
            }
        }
        true
    }
}

/// Puts a row's cells in order.
///
/// # Errors
/// `Damaged` when a cell is given twice: neither of its values may be lost in silence.
fn in_order(cells: &mut [(u32, Cell<'_>)]) -> Result<(), IntakeError> {
    if cells.is_sorted_by(|(one, _), (next, _)| one < next) {
        return Ok(());
    }
    cells.sort_by_key(|(column, _)| *column);
    if cells.windows(2).any(|pair| matches!(pair, [(one, _), (next, _)] if one == next)) {
        return Err(IntakeError::Damaged { what: "cell given twice" });
    }
    Ok(())
}

fn raw<'a>(value: &DataRef<'a>) -> Cell<'a> {
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

fn text(text: Cow<'_, str>) -> Cell<'_> {
    if text.trim().is_empty() { Cell::Empty } else { Cell::Text(text) }
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
trait Refusal {
    fn refusal(self) -> IntakeError;
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
fn guarded<T, E: Refusal>(work: impl FnOnce() -> Result<T, E>) -> Result<T, IntakeError> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(result) => result.map_err(Refusal::refusal),
        Err(_) => Err(IntakeError::Damaged { what: "workbook" }),
    }
}
