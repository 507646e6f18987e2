//! Tables as firms lay them out (titles above, notes below, hidden parts), and their two file forms.

use super::SampleError;
use encoding_rs::BIG5;
use jiff::civil::{Date, date};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};
use std::path::Path;

/// What a cell holds.
#[derive(Debug, Clone)]
pub enum Cell {
    /// Nothing.
    Blank,
    /// Text.
    Text(String),
    /// Number.
    Number(f64),
    /// A true date that the sheet shows in the calendar of the Republic.
    RocDate(Date),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

/// Makes a row of cells out of anything that is one.
#[macro_export]
macro_rules! cells {
    ($($cell:expr),* $(,)?) => { vec![$($crate::sample::Cell::from($cell)),*] };
}

struct Line {
    cells: Vec<Cell>,
    hidden: bool,
}

/// One sheet (or CSV file) in the making. Row numbers are those that a spreadsheet shows.
pub struct Sheet {
    name: &'static str,
    lines: Vec<Line>,
    /// Rows (from 0) of which the first cell is merged over so many columns.
    merged: Vec<(u32, u16)>,
    header: Option<usize>,
    hidden: bool,
}

impl Sheet {
    /// An empty sheet.
    pub fn new(name: &'static str) -> Self {
        Self { name, lines: Vec::new(), merged: Vec::new(), header: None, hidden: false }
    }

    /// Name of the sheet.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Hides the whole sheet.
    pub fn hide(&mut self) {
        self.hidden = true;
    }

    /// A title merged over the width of the table.
    pub fn title(&mut self, text: &str, columns: u16) {
        let row = self.row(vec![Cell::from(text)]);
        self.merged.push((row - 1, columns));
    }

    /// The header.
    pub fn header(&mut self, names: &[&str]) {
        self.header = Some(self.lines.len());
        self.row(names.iter().map(|n| Cell::from(*n)).collect());
    }

    /// Number of the row that comes next.
    pub fn next_row(&self) -> u32 {
        u32::try_from(self.lines.len() + 1).unwrap_or(u32::MAX)
    }

    /// A row; its number.
    pub fn row(&mut self, cells: Vec<Cell>) -> u32 {
        self.push(cells, false)
    }

    /// A hidden row; its number.
    pub fn hidden_row(&mut self, cells: Vec<Cell>) -> u32 {
        self.push(cells, true)
    }

    /// An empty row.
    pub fn blank(&mut self) {
        self.row(Vec::new());
    }

    /// A line of text in the first column, as titles and footers have.
    pub fn note(&mut self, text: &str) {
        self.row(vec![Cell::from(text)]);
    }

    fn push(&mut self, cells: Vec<Cell>, hidden: bool) -> u32 {
        self.lines.push(Line { cells, hidden });
        u32::try_from(self.lines.len()).unwrap_or(u32::MAX)
    }

    fn width(&self) -> usize {
        self.lines.iter().map(|l| l.cells.len()).max().unwrap_or(0)
    }
}

/// Writes sheets as a workbook with a fixed date of making.
///
/// # Errors
/// When it cannot be made or written.
pub fn write_xlsx(path: &Path, title: &str, sheets: &[Sheet]) -> Result<(), SampleError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2021, 1, 4)?.and_hms(9, 30, 0)?;
    book.set_properties(
        &DocProperties::new().set_title(title).set_author("資訊部").set_creation_datetime(&made),
    );
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(sheet.name)?;
        page.set_hidden(sheet.hidden);
        write_lines(page, sheet)?;
    }
    book.save(path)?;
    Ok(())
}

fn write_lines(page: &mut Worksheet, sheet: &Sheet) -> Result<(), SampleError> {
    let head = Format::new().set_bold().set_border(FormatBorder::Thin).set_align(FormatAlign::Center);
    let title = Format::new().set_bold().set_font_size(14).set_align(FormatAlign::Center);
    let body = Format::new();
    let roc = Format::new().set_num_format("[$-404]e/mm/dd");
    for (index, line) in sheet.lines.iter().enumerate() {
        let row = u32::try_from(index).unwrap_or(u32::MAX);
        let format = if sheet.header == Some(index) { &head } else { &body };
        for (column, cell) in (0u16..).zip(&line.cells) {
            match cell {
                Cell::Blank => {}
                Cell::Text(text) => {
                    page.write_string_with_format(row, column, text, format)?;
                }
                Cell::Number(number) => {
                    page.write_number_with_format(row, column, *number, format)?;
                }
                Cell::RocDate(day) => {
                    page.write_number_with_format(row, column, serial(*day), &roc)?;
                }
            }
        }
        if line.hidden {
            page.set_row_hidden(row)?;
        }
    }
    for (row, columns) in &sheet.merged {
        let text = sheet.lines.get(*row as usize).and_then(|l| l.cells.first());
        if let Some(Cell::Text(text)) = text {
            page.merge_range(*row, 0, *row, columns - 1, text, &title)?;
        }
    }
    Ok(())
}

fn serial(day: Date) -> f64 {
    f64::from((day - date(1899, 12, 30)).get_days())
}

/// How a CSV file is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CsvEncoding {
    /// UTF-8 with a byte order mark, as PowerShell writes.
    Utf8Bom,
    /// Code page 950, as Excel on a Traditional Chinese Windows writes.
    Cp950,
}

/// Writes one sheet as CSV with CRLF; every line has as many fields as the widest.
///
/// # Errors
/// When it cannot be written or a character is not in the encoding.
pub fn write_csv(
    path: &Path,
    file: &'static str,
    sheet: &Sheet,
    encoding: CsvEncoding,
) -> Result<(), SampleError> {
    let width = sheet.width();
    let mut text = String::new();
    for line in &sheet.lines {
        let fields: Vec<String> = (0..width).map(|i| csv_field(line.cells.get(i))).collect();
        text.push_str(&fields.join(","));
        text.push_str("\r\n");
    }
    let bytes = match encoding {
        CsvEncoding::Utf8Bom => [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat(),
        CsvEncoding::Cp950 => {
            let (bytes, _, lost) = BIG5.encode(&text);
            if lost {
                return Err(SampleError::Encoding(file));
            }
            bytes.into_owned()
        }
    };
    std::fs::write(path, bytes)?;
    Ok(())
}

fn csv_field(cell: Option<&Cell>) -> String {
    let text = match cell {
        None | Some(Cell::Blank) => return String::new(),
        Some(Cell::Text(text)) => text.clone(),
        Some(Cell::Number(number)) => number.to_string(),
        Some(Cell::RocDate(day)) => super::days::slashed(*day),
    };
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
