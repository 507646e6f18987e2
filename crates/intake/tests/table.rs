//! A sheet of ours that somebody edited comes back text by text, each in its place.
#![allow(clippy::unwrap_used)]

mod common;

use common::Desk;
use fieldbook_intake::{Excess, IntakeError, Limits, TextLine, open, text_table};
use rust_xlsxwriter::{Format, Workbook, Worksheet};

const SHEET: &str = "檢查表";

fn lines(fill: impl FnOnce(&mut Worksheet), limits: &Limits, max: u32) -> Result<Vec<TextLine>, IntakeError> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("封面").unwrap().write_string(0, 0, "別處").unwrap();
    fill(book.add_worksheet().set_name(SHEET).unwrap());
    let desk = Desk::new();
    let path = desk.put("檢查表.xlsx", &book.save_to_buffer().unwrap());
    text_table(&mut open(&path, limits, None).unwrap(), SHEET, max)
}

fn read(fill: impl FnOnce(&mut Worksheet)) -> Vec<TextLine> {
    lines(fill, &Limits::default(), 100).unwrap()
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, text: &str) {
    sheet.write_string(row, column, text).unwrap();
}

fn rows(n: u32) -> impl FnOnce(&mut Worksheet) {
    move |sheet| (0..n).for_each(|row| put(sheet, row, 0, "列"))
}

#[test]
fn every_text_stands_in_its_row_and_column() {
    let found = read(|sheet| {
        sheet.write_string(0, 0, "條次").unwrap().write_string(0, 3, "規範內容").unwrap();
        sheet.write_string(4, 1, " 第一行\n第二行 ").unwrap();
    });
    let line = |row, cells: &[&str]| TextLine { row, cells: cells.iter().map(|c| (*c).to_owned()).collect() };
    assert_eq!(found, [line(1, &["條次", "", "", "規範內容"]), line(5, &["", " 第一行\n第二行 "])]);
}

#[test]
fn numbers_dates_and_answers_read_as_a_person_sees_them() {
    let found = read(|sheet| {
        let date = Format::new().set_num_format("yyyy-mm-dd");
        sheet.write_number(0, 0, 12.0).unwrap().write_number(0, 1, 0.5).unwrap();
        sheet.write_boolean(0, 2, true).unwrap().write_string(0, 3, "0012").unwrap();
        sheet.write_number_with_format(0, 4, 44_196.0, &date).unwrap();
    });
    assert_eq!(found[0].cells, ["12", "0.5", "TRUE", "0012", "2020-12-31"]);
}

#[test]
fn a_row_that_holds_nothing_is_no_row() {
    let found = read(|sheet| {
        sheet.write_string(0, 0, "首列").unwrap().write_string(1, 0, "   ").unwrap();
        sheet.write_blank(2, 0, &Format::new().set_bold()).unwrap();
        sheet.write_string(3, 0, "末列").unwrap();
    });
    assert_eq!(found.iter().map(|l| l.row).collect::<Vec<_>>(), [1, 4]);
}

#[test]
fn one_row_more_than_allowed_is_refused_and_as_many_are_not() {
    assert_eq!(lines(rows(10), &Limits::default(), 10).unwrap().len(), 10);
    let error = lines(rows(11), &Limits::default(), 10).unwrap_err();
    assert!(matches!(error, IntakeError::TooLarge { what: Excess::Rows, limit: 10 }), "{error}");
}

#[test]
fn a_cell_far_to_the_right_is_refused() {
    assert_eq!(read(|sheet| put(sheet, 0, 255, "末"))[0].cells.len(), 256);
    let far = |sheet: &mut Worksheet| put(sheet, 0, 256, "過");
    let error = lines(far, &Limits::default(), 10).unwrap_err();
    assert!(matches!(error, IntakeError::TooLarge { what: Excess::Columns, .. }), "{error}");
}

#[test]
fn one_text_repeated_without_end_is_refused() {
    let same = |sheet: &mut Worksheet| {
        let long = "文".repeat(10_000);
        (0..200).for_each(|row| put(sheet, row, 0, &long));
    };
    let limits = Limits { max_part_bytes: 1 << 20, ..Limits::default() };
    let error = lines(same, &limits, 1_000).unwrap_err();
    assert!(matches!(error, IntakeError::TooLarge { what: Excess::Unpacked, .. }), "{error}");
}

#[test]
fn another_sheet_is_not_read_in_its_place() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("工作表1").unwrap().write_string(0, 0, "別處").unwrap();
    let desk = Desk::new();
    let path = desk.put("改名.xlsx", &book.save_to_buffer().unwrap());
    let mut source = open(&path, &Limits::default(), None).unwrap();
    assert!(matches!(text_table(&mut source, SHEET, 10), Err(IntakeError::NoSuchSheet)));
}
