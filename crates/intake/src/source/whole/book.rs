//! A workbook that can only be read whole, as the process that reads has it.

use super::BookKind;
use super::frame::{BookFacts, ERRORS, Given, Row, SheetFacts};
use super::{super::package::Package, ods};
use crate::source::open::fingerprint;
use crate::source::shared_file::{FileReader, SharedFile};
use crate::source::workbook::error_text;
use crate::{Excess, IntakeError, Limits};
use calamine::{Data, Ods, OdsError, Range, Reader, SheetType, SheetVisible, Xls, XlsError};
use jiff::civil::{Date, DateTime, date};
use std::collections::HashMap;
use std::ffi::OsStr;
use std::io::BufReader;
use std::path::Path;

const DAMAGED: IntakeError = IntakeError::Damaged { what: "workbook" };

enum Parsed {
    Xls(Box<Xls<BufReader<FileReader>>>),
    Ods(Box<Ods<BufReader<FileReader>>>),
}

/// The workbook, parsed.
pub(super) struct Book {
    parsed: Parsed,
    sheets: Vec<(String, bool)>,
    /// What the ods reader does not tell, by sheet.
    facts: HashMap<String, SheetFacts>,
    is_1904: bool,
}

impl Book {
    /// Parses the file, if it still has the fingerprint.
    pub(super) fn open(
        path: &OsStr,
        sha256: &str,
        kind: BookKind,
        limits: &Limits,
    ) -> Result<Self, IntakeError> {
        let file = SharedFile::open(Path::new(path))?;
        if fingerprint(&file)?.0 != sha256 {
            return Err(IntakeError::Io(std::io::ErrorKind::InvalidData.into()));
        }
        Self::of(&file, kind, limits)
    }

    /// Parses what is open.
    pub(super) fn of(file: &SharedFile, kind: BookKind, limits: &Limits) -> Result<Self, IntakeError> {
        let bytes = BufReader::new(file.reader());
        match kind {
            BookKind::Xls => {
                let book = Xls::new(bytes).map_err(|e| match e {
                    XlsError::Password => IntakeError::Locked,
                    _ => DAMAGED,
                })?;
                let (sheets, is_1904) = (listed(&book), book.has_1904_epoch());
                Ok(Self { parsed: Parsed::Xls(Box::new(book)), sheets, facts: HashMap::new(), is_1904 })
            }
            BookKind::Ods => {
                let facts = ods::scan(&mut Package::open(file, limits)?, limits)?;
                let book = Ods::new(bytes).map_err(|e| match e {
                    OdsError::Password => IntakeError::Locked,
                    OdsError::CellLimitExceeded { .. } => {
                        IntakeError::TooLarge { what: Excess::Memory, limit: limits.max_reader_memory }
                    }
                    _ => DAMAGED,
                })?;
                let sheets = listed(&book);
                Ok(Self { parsed: Parsed::Ods(Box::new(book)), sheets, facts, is_1904: false })
            }
        }
    }

    pub(super) fn facts(&self) -> BookFacts {
        let knows_hidden = matches!(self.parsed, Parsed::Ods(_));
        BookFacts { sheets: self.sheets.clone(), is_1904: self.is_1904, knows_hidden }
    }

    /// A sheet by its place in the list.
    pub(super) fn sheet(&mut self, place: u32, limits: &Limits) -> Result<(SheetFacts, Rows), IntakeError> {
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        let (name, _) = self.sheets.get(place).ok_or(DAMAGED)?;
        let (range, mut facts) = match &mut self.parsed {
            Parsed::Xls(book) => {
                let merged = book.merge_cells_by_sheet_name(name).map_err(|_| DAMAGED)?;
                if merged.len() as u64 > limits.max_merges {
                    return Err(IntakeError::TooLarge { what: Excess::Merges, limit: limits.max_merges });
                }
                let merge = |m: &calamine::Dimensions| [m.start.0 + 1, m.end.0 + 1, m.start.1, m.end.1];
                let facts =
                    SheetFacts { merges: merged.iter().map(merge).collect(), ..SheetFacts::default() };
                (book.worksheet_range(name).map_err(|_| DAMAGED)?, facts)
            }
            Parsed::Ods(book) => {
                let range = book.worksheet_range(name).map_err(|_| DAMAGED)?;
                (range, self.facts.get(name).cloned().unwrap_or_default())
            }
        };
        facts.last_row = range.end().map_or(0, |(row, _)| row.saturating_add(1));
        Ok((facts, Rows { range, next: 0, max_chars: limits.max_cell_chars }))
    }
}

/// Worksheets in the workbook's order.
fn listed<R: std::io::Read + std::io::Seek>(book: &impl Reader<R>) -> Vec<(String, bool)> {
    let sheets = book.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet);
    sheets.map(|s| (s.name.clone(), s.visible != SheetVisible::Visible)).collect()
}

/// The rows of one sheet, as far as they were not asked for yet.
pub(super) struct Rows {
    range: Range<Data>,
    next: usize,
    max_chars: usize,
}

impl Rows {
    /// Rows of about `bytes` bytes together; none at the end.
    pub(super) fn batch(&mut self, bytes: usize) -> Vec<Row> {
        let (first_row, first_column) = self.range.start().unwrap_or_default();
        let (height, width) = self.range.get_size();
        let mut rows = Vec::new();
        let mut size = 0;
        while self.next < height && size < bytes {
            let cells = (0..width).zip(first_column..).filter_map(|(offset, column)| {
                let value = given(self.range.get((self.next, offset))?, self.max_chars)?;
                Some((column, value))
            });
            let cells: Vec<(u32, Given)> = cells.collect();
            size += cells.iter().map(|(_, value)| weight(value)).sum::<usize>();
            let number = u32::try_from(self.next).unwrap_or(u32::MAX).saturating_add(first_row);
            if !cells.is_empty() {
                rows.push((number.saturating_add(1), cells));
            }
            self.next += 1;
        }
        rows
    }
}

fn weight(value: &Given) -> usize {
    16 + if let Given::Text(text) = value { text.len() } else { 0 }
}

fn given(value: &Data, max_chars: usize) -> Option<Given> {
    Some(match value {
        Data::Empty => return None,
        Data::String(text) => return written(text, max_chars),
        Data::Int(n) => Given::Number(*n as f64),
        Data::Float(x) => Given::Number(*x),
        Data::Bool(b) => Given::Bool(*b),
        Data::DateTime(t) if t.is_duration() => Given::Span(t.as_f64()),
        Data::DateTime(t) => Given::Serial(t.as_f64()),
        Data::DateTimeIso(text) => match iso_serial(text) {
            Some(days) => Given::Serial(days),
            None => return written(text, max_chars),
        },
        Data::DurationIso(text) => match iso_days(text) {
            Some(days) if days < 1.0 => Given::Serial(days),
            Some(days) => Given::Span(days),
            None => return written(text, max_chars),
        },
        Data::Error(error) => {
            let place = ERRORS.iter().position(|e| *e == error_text(error)).unwrap_or(1);
            Given::Error(u8::try_from(place).unwrap_or(1))
        }
    })
}

/// A text, of what is too long just so much that it is seen to be too long.
fn written(text: &str, max_chars: usize) -> Option<Given> {
    if text.trim().is_empty() {
        return None;
    }
    let cut = if text.len() > max_chars { text.char_indices().nth(max_chars + 1) } else { None };
    Some(Given::Text(cut.and_then(|(at, _)| text.get(..at)).unwrap_or(text).to_owned()))
}

/// Days since 1899-12-30 of `2020-12-31` or `2020-12-31T08:21:26.5`; none before the spreadsheets' first March.
fn iso_serial(text: &str) -> Option<f64> {
    let moment: DateTime = match text.parse::<Date>() {
        Ok(day) if !text.contains('T') => day.at(0, 0, 0, 0),
        _ => text.parse().ok()?,
    };
    let days = date(1899, 12, 30).until(moment.date()).ok()?.get_days();
    let of_day = f64::from(moment.hour()) * 3600.0 + f64::from(moment.minute()) * 60.0;
    let of_day = of_day + f64::from(moment.second()) + f64::from(moment.subsec_nanosecond()) / 1e9;
    (days > 60).then(|| f64::from(days) + of_day / 86_400.0)
}

/// Days of `PT09H00M00S`.
fn iso_days(text: &str) -> Option<f64> {
    let mut seconds = 0.0;
    let mut digits = String::new();
    for c in text.strip_prefix("PT")?.chars() {
        let unit = match c {
            'H' => 3600.0,
            'M' => 60.0,
            'S' => 1.0,
            _ => {
                digits.push(if c == ',' { '.' } else { c });
                continue;
            }
        };
        seconds += digits.parse::<f64>().ok().filter(|n| n.is_finite())? * unit;
        digits.clear();
    }
    Some(seconds / 86_400.0).filter(|_| digits.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixture(name: &str, kind: BookKind) -> Result<Book, IntakeError> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
        let (sha256, _) = fingerprint(&SharedFile::open(&path)?)?;
        Book::open(path.as_os_str(), &sha256, kind, &Limits::default())
    }

    #[test]
    fn an_ods_tells_what_it_hides_and_an_xls_does_not() {
        let mut book = fixture("table.ods", BookKind::Ods).expect("opened");
        assert!(book.facts().knows_hidden);
        let (facts, _) = book.sheet(0, &Limits::default()).expect("a sheet");
        assert_eq!((facts.hidden_rows, facts.hidden_columns), (vec![(5, 5)], vec![(3, 3)]));
        assert_eq!(facts.merges, [[4, 6, 0, 0]]);
        let mut book = fixture("table.xls", BookKind::Xls).expect("opened");
        assert!(!book.facts().knows_hidden);
        let (facts, mut rows) = book.sheet(0, &Limits::default()).expect("a sheet");
        assert_eq!((facts.merges, facts.last_row), (vec![[4, 6, 0, 0]], 9));
        let mut numbers = Vec::new();
        // However little is asked for, every row comes, and then none.
        loop {
            let batch = rows.batch(1);
            if batch.is_empty() {
                break;
            }
            numbers.extend(batch.iter().map(|(number, _)| *number));
        }
        assert_eq!(numbers, [1, 3, 4, 5, 6, 9]);
        assert!(book.sheet(9, &Limits::default()).is_err());
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_not_read() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/table.xls");
        let result = Book::open(path.as_os_str(), &"0".repeat(64), BookKind::Xls, &Limits::default());
        assert!(matches!(result.err(), Some(IntakeError::Io(_))));
    }

    #[test]
    fn moments_in_letters_become_serials() {
        assert_eq!(iso_serial("2020-12-31"), Some(44_196.0));
        assert_eq!(iso_serial("2020-12-31T12:00:00"), Some(44_196.5));
        assert_eq!(iso_serial("2020-12-31T06:00:00.000000000"), Some(44_196.25));
        assert_eq!(iso_serial("1900-01-01"), None, "the calendar of spreadsheets has a day too many there");
        assert_eq!(iso_serial("109/12/31"), None);
        assert_eq!(iso_days("PT09H00M00S"), Some(0.375));
        assert_eq!(iso_days("PT36H30M00.5S"), Some((36.5 * 3600.0 + 0.5) / 86_400.0));
        assert_eq!((iso_days("PT9"), iso_days("P1D"), iso_days("PTinfH")), (None, None, None));
    }

    #[test]
    fn a_text_that_is_too_long_stays_too_long() {
        assert_eq!(written("長長長長", 2), Some(Given::Text("長長長".to_owned())));
        assert_eq!(written("長長", 2), Some(Given::Text("長長".to_owned())));
        assert_eq!(written(" \u{3000}", 9), None);
    }
}
