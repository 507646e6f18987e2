//! Files of other kinds under the names of spreadsheets, and spreadsheets under the names of others.

use super::xlsx::{accounts, records, relations};
use super::zip::{Part, zip};
use super::{Case, case, csv};

const TWO: &str = "stored 2, rejected 0";
const NONE: &str = "NotASpreadsheet";

pub(super) fn cases() -> Vec<Case> {
    let mut all = by_their_first_bytes();
    all.extend(texts());
    all.extend([
        case("workbook-named-text.fine.csv", TWO, || book("w1")),
        case("workbook-named-old-workbook.fine.xls", TWO, || book("w2")),
        case("workbook-named-picture.fine.png", TWO, || book("w3")),
        case("workbook-with-an-odd-ending.fine.1", TWO, || book("w4")),
        case("text-named-workbook.fine.xlsx", TWO, || text("t5")),
        case("text-named-old-workbook.fine.xls", TWO, || text("t6")),
        case("text-named-opendocument.fine.ods", TWO, || text("t7")),
        case("text-named-program.fine.exe", TWO, || text("t8")),
        case("text-named-like-a-device.fine.NUL", TWO, || text("t9")),
        case("文字 with 'quotes' & $(signs);.fine.csv", TWO, || text("t10")),
        case("-dashes-first.fine.csv", TWO, || text("t11")),
        case("document-named-workbook.error-not-a-spreadsheet.xlsx", NONE, || {
            let root = relations(&[("r", "officeDocument", "word/document.xml")]);
            zip(&[Part::stored("_rels/.rels", root.as_bytes()), Part::stored("word/document.xml", b"<w/>")])
        }),
        case("slides-named-opendocument.error-not-a-spreadsheet.ods", NONE, || {
            let kind = b"application/vnd.oasis.opendocument.presentation";
            zip(&[Part::stored("mimetype", kind), Part::stored("content.xml", b"<x/>")])
        }),
        case("pictures-in-a-zip.error-not-a-spreadsheet.xlsx", NONE, || {
            zip(&[Part::stored("a.png", b"\x89PNG")])
        }),
    ]);
    all
}

/// A workbook of two records of its own: the same file is imported once.
fn book(own: &str) -> Vec<u8> {
    accounts(&records(2).replace("user", own))
}

/// The same as text.
fn text(own: &str) -> Vec<u8> {
    csv(2).replace("user", own).into()
}

/// Beginnings of other kinds of files, each followed by what such files are full of.
const HEADS: [(&str, &[u8]); 16] = [
    ("picture.error-not-a-spreadsheet.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\0"),
    ("photograph.error-not-a-spreadsheet.xlsx", b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01"),
    ("animation.error-not-a-spreadsheet.csv", b"GIF89a\x01\0\x01\0\x80\0\0"),
    ("document.error-not-a-spreadsheet.xlsx", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<<>>\nendobj\n"),
    ("document-after-a-blank-line.error-not-a-spreadsheet.csv", b"\r\n%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"),
    ("database.error-not-a-spreadsheet.xls", b"SQLite format 3\0\x10\0\x01\x01\0\x40\x20\x20"),
    ("program-of-windows.error-not-a-spreadsheet.xlsx", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xFF\xFF\0\0\xB8\0"),
    ("program-of-linux.error-not-a-spreadsheet.csv", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0"),
    ("program-of-java.error-not-a-spreadsheet.xls", b"\xCA\xFE\xBA\xBE\0\0\0\x34\0\x1d"),
    ("packed-by-gzip.error-not-a-spreadsheet.xlsx", b"\x1f\x8b\x08\0\0\0\0\0\0\x03"),
    ("packed-by-seven.error-not-a-spreadsheet.xlsx", b"7z\xBC\xAF\x27\x1C\0\x04\0\0"),
    ("packed-by-rar.error-not-a-spreadsheet.xlsx", b"Rar!\x1a\x07\x01\0\0\0"),
    ("rich-text.error-not-a-spreadsheet.xls", b"{\\rtf1\\ansi\\deff0 {\\fonttbl}}\r\n"),
    ("letter.error-not-a-spreadsheet.xls", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"),
    ("access-database.error-not-a-spreadsheet.xls", b"\0\x01\0\0Standard Jet DB\0\x01\0\0\0"),
    ("parquet.error-not-a-spreadsheet.csv", b"PAR1\x15\0\x15\x10\x15\x14\x2c\x15\x02\0\0\0"),
];

fn by_their_first_bytes() -> Vec<Case> {
    let with_rest = |head: &'static [u8]| {
        move || {
            let text = head.iter().all(|b| *b < 0x80 && *b != 0) && head.ends_with(b"\n");
            let rest = if text {
                b"stream of text, 1\n".repeat(40)
            } else {
                (0..=255).collect::<Vec<u8>>().repeat(16)
            };
            [head, &rest].concat()
        }
    };
    HEADS.iter().map(|(name, head)| case(*name, NONE, with_rest(head))).collect()
}

fn texts() -> Vec<Case> {
    let table = "<table><tr><td>帳號</td></tr><tr><td>root</td></tr></table>";
    vec![
        case("page-named-old-workbook.error-unsupported.xls", "Unsupported html", move || {
            format!("<html><body>{table}</body></html>").into()
        }),
        case("page-with-a-mark-before-it.error-unsupported.xls", "Unsupported html", move || {
            format!("\u{feff}\r\n  <META charset=utf-8>{table}").into()
        }),
        case("xml-named-old-workbook.error-unsupported.xls", "Unsupported xml", || {
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>"
                .to_vec()
        }),
        case("script.error-no-dataset.csv", "NoDataset", || {
            b"#!/bin/sh\nset -e\nfor f in a b c; do\n  echo \"$f\"\ndone\n".to_vec()
        }),
        case("json.error-no-dataset.csv", "NoDataset", || {
            b"{\"accounts\": [\n  {\"id\": 1, \"name\": \"root\"},\n  {\"id\": 2, \"name\": \"op\"}\n]}\n"
                .to_vec()
        }),
        case("prose.error-no-dataset.txt", "NoDataset", || {
            "這是一封信，沒有表格。\n謹此說明。\n".repeat(50).into()
        }),
    ]
}
