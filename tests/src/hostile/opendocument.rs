//! OpenDocument spreadsheets, which say by a number how often a cell or a row is repeated.

use super::zip::{Part, zip};
use super::{Case, HEADINGS, case, record};

const TWO: &str = "stored 2, rejected 0";

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("opendocument.fine.ods", TWO, || accounts(2)),
        case("opendocument-named-workbook.fine.xlsx", "stored 3, rejected 0", || accounts(3)),
        case("opendocument-without-content.error-damaged.ods", "Damaged", || zip(&[kind(), manifest()])),
        case("opendocument-with-a-password.error-locked.ods", "Locked", || {
            let manifest = br#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml" manifest:size="4000"><manifest:encryption-data manifest:checksum-type="SHA256"><manifest:algorithm manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/></manifest:encryption-data></manifest:file-entry></manifest:manifest>"#;
            zip(&[
                kind(),
                Part::stored("META-INF/manifest.xml", manifest),
                Part::stored("content.xml", &[0x5A; 4000]),
            ])
        }),
        case("cell-repeated-a-thousand-million-times.fine.ods", "stored 3, rejected 0", || {
            let row = r#"<table:table-row><table:table-cell table:number-columns-repeated="1000000000" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>"#;
            content(&(rows(2) + row))
        }),
        case("row-repeated-a-thousand-million-times.error-too-large.ods", "TooLarge", || {
            let row = text_row(&record(3))
                .replace("<table:table-row>", "<table:table-row table:number-rows-repeated=\"1000000000\">");
            content(&(rows(2) + &row))
        }),
        case("blanks-repeated-to-the-end-of-the-sheet.fine.ods", TWO, || {
            let rest = r#"<table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
            content(&(rows(2) + rest))
        }),
        case("billion-laughs-in-an-opendocument.error-damaged.ods", "Damaged", || {
            let laughs = r#"<!DOCTYPE lolz [<!ENTITY a "lolololol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>"#;
            let body = xml(&(rows(1) + &text_row(&["主機", "root", "&c;", "啟用"])));
            zip(&[kind(), manifest(), Part::stored("content.xml", format!("{laughs}{body}").as_bytes())])
        }),
    ]
}

/// An account list of `n` records.
pub(super) fn accounts(n: usize) -> Vec<u8> {
    content(&rows(n))
}

/// A spreadsheet of these rows.
pub(crate) fn of_rows(table: &[Vec<String>]) -> Vec<u8> {
    content(&table.iter().map(|row| text_row(row)).collect::<String>())
}

fn kind() -> Part {
    Part::stored("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")
}

fn manifest() -> Part {
    Part::stored(
        "META-INF/manifest.xml",
        br#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#,
    )
}

fn content(rows: &str) -> Vec<u8> {
    zip(&[kind(), manifest(), Part::stored("content.xml", xml(rows).as_bytes())])
}

fn xml(rows: &str) -> String {
    format!(
        r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="帳號">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    )
}

fn rows(n: usize) -> String {
    text_row(&HEADINGS) + &(1..=n).map(|n| text_row(&record(n))).collect::<String>()
}

fn text_row(cells: &[impl AsRef<str>]) -> String {
    let cell = |text: &str| {
        format!(r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#)
    };
    let cells: String = cells.iter().map(|c| cell(c.as_ref())).collect();
    format!("<table:table-row>{cells}</table:table-row>")
}
