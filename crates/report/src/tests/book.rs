//! A workbook's cells by place, as another program reads them.

use crate::PaperFile;
use calamine::{Data, Range, Reader, Xlsx};
use std::io::{Cursor, Read};

/// One sheet.
pub struct Page(Range<Data>);

/// The sheet of this name.
pub fn page(file: &PaperFile, name: &str) -> Page {
    Page(book(file).worksheet_range(name).expect("the sheet"))
}

/// Names of the sheets.
pub fn sheets(file: &PaperFile) -> Vec<String> {
    book(file).sheet_names()
}

fn book(file: &PaperFile) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(file.bytes.clone())).expect("a workbook")
}

/// One part of the package, as text.
pub fn part(file: &PaperFile, name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(&file.bytes)).expect("a zip archive");
    let mut text = String::new();
    zip.by_name(name).expect("the part").read_to_string(&mut text).expect("UTF-8");
    text
}

impl Page {
    /// The cell in this row and column, both from 0.
    pub fn at(&self, row: u32, column: u32) -> String {
        self.0.get_value((row, column)).map(ToString::to_string).unwrap_or_default()
    }

    /// Row and texts of a row, up to the last one that holds anything.
    pub fn row(&self, row: u32) -> Vec<String> {
        let last = self.0.end().map_or(0, |(_, column)| column);
        let mut cells: Vec<String> = (0..=last).map(|c| self.at(row, c)).collect();
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        cells
    }

    /// The row whose first cell is this text.
    pub fn find(&self, text: &str) -> u32 {
        (0..=self.last()).find(|r| self.at(*r, 0) == text).unwrap_or_else(|| panic!("no row {text}"))
    }

    /// The column of this heading in a row.
    pub fn column(&self, row: u32, heading: &str) -> u32 {
        let at = self.row(row).iter().position(|c| c == heading);
        u32::try_from(at.unwrap_or_else(|| panic!("no column {heading}"))).expect("few columns")
    }

    /// Last row that holds anything.
    pub fn last(&self) -> u32 {
        self.0.end().map_or(0, |(row, _)| row)
    }
}
