//! xlsx and xlsm.

use super::{Book, Cell};
use crate::parts::container;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet, XlsxError};
use std::io::{Cursor, Read};

/// The workbook.
pub fn bytes(book: &Book<'_>) -> Vec<u8> {
    let mut made = Workbook::new();
    for sheet in book.sheets {
        let page = made.add_worksheet().set_name(&sheet.name).expect("a name");
        page.set_hidden(sheet.hidden);
        // A merged range writes its first cell, which is then written anew.
        for (top, bottom, left, right) in sheet.merges() {
            page.merge_range(top, left, bottom, right, "", &Format::new()).expect("merged");
        }
        for (row, cells) in sheet.cells() {
            for (column, cell) in (0..).zip(&cells) {
                put(page, row, column, cell).expect("written");
            }
        }
        for row in &sheet.hidden_rows {
            page.set_row_hidden(row - 1).expect("hidden");
        }
        for column in sheet.hidden_columns() {
            page.set_column_hidden(column).expect("hidden");
        }
    }
    if let Some(shown) = book.sheets.iter().position(|s| !s.hidden) {
        made.worksheet_from_index(shown).expect("a sheet").set_active(true);
    }
    let bytes = made.save_to_buffer().expect("a workbook");
    if book.since_1904 || book.macros { changed(book, &bytes) } else { bytes }
}

fn put(page: &mut Worksheet, row: u32, column: u16, cell: &Cell) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => return Ok(()),
        Cell::Text(text) => page.write_string(row, column, text),
        Cell::Number(x) => page.write_number(row, column, *x),
        Cell::Bool(b) => page.write_boolean(row, column, *b),
        Cell::Date { days, format, reckoned: false } => {
            page.write_number_with_format(row, column, *days, &Format::new().set_num_format(format))
        }
        Cell::Date { days, format, reckoned: true } => {
            let formula = Formula::new(format!("={days}+0")).set_result(days.to_string());
            page.write_formula_with_format(row, column, formula, &Format::new().set_num_format(format))
        }
        Cell::Error(error) => page.write_formula(row, column, Formula::new("=1/0").set_result(error)),
    }
    .map(drop)
}

/// The container with what the writer does not write: the older epoch, a part with macros.
fn changed(book: &Book<'_>, bytes: &[u8]) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).expect("a container");
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for at in 0..old.len() {
        let mut part = old.by_index(at).expect("a part");
        let (name, mut text) = (part.name().expect("a name").into_owned(), Vec::new());
        part.read_to_end(&mut text).expect("read");
        if name == "xl/workbook.xml" && book.since_1904 {
            let xml = String::from_utf8(text).expect("XML");
            assert!(xml.contains("<workbookPr "));
            text = xml.replace("<workbookPr ", "<workbookPr date1904=\"1\" ").into_bytes();
        }
        parts.push((name, text));
    }
    if book.macros {
        parts.push(("xl/vbaProject.bin".to_owned(), vec![0xD0; 600]));
    }
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
    container(&parts)
}
