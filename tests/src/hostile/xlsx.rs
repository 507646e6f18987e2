//! Workbooks of the xlsx family, part by part, without a library that would refuse to write nonsense.

use super::zip::{Part, zip};
use super::{HEADINGS, record};
use std::fmt::Write;

pub(super) const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Relationships: id, kind, target.
pub(super) fn relations(list: &[(&str, &str, &str)]) -> String {
    let mut xml = "<Relationships>".to_owned();
    for (id, kind, target) in list {
        // A string takes everything.
        let _ = write!(xml, r#"<Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="{target}"/>"#);
    }
    xml + "</Relationships>"
}

/// The root's relationships.
pub(super) fn root() -> Part {
    Part::stored("_rels/.rels", relations(&[("r", "officeDocument", "xl/workbook.xml")]).as_bytes())
}

/// The workbook part with sheets of these names, and their relationships to `sheet1.xml`, `sheet2.xml` …
pub(super) fn list(names: &[&str]) -> [Part; 2] {
    let mut sheets = String::new();
    let mut targets = Vec::new();
    for (n, name) in (1..).zip(names) {
        let _ = write!(sheets, r#"<sheet name="{name}" sheetId="{n}" r:id="s{n}"/>"#);
        targets.push((format!("s{n}"), format!("worksheets/sheet{n}.xml")));
    }
    let mut relation: Vec<(&str, &str, &str)> =
        targets.iter().map(|(id, target)| (id.as_str(), "worksheet", target.as_str())).collect();
    relation.push(("t", "sharedStrings", "sharedStrings.xml"));
    relation.push(("f", "styles", "styles.xml"));
    let book = format!(r#"<workbook xmlns="u" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets></workbook>"#);
    [
        Part::stored("xl/workbook.xml", book.as_bytes()),
        Part::stored("xl/_rels/workbook.xml.rels", relations(&relation).as_bytes()),
    ]
}

/// The part of the only sheet.
pub(super) fn sheet_part(xml: &str) -> Part {
    Part::stored("xl/worksheets/sheet1.xml", xml.as_bytes())
}

/// The parts of a workbook with one sheet.
pub(super) fn parts(sheet: Part) -> Vec<Part> {
    let [book, relations] = list(&["帳號"]);
    vec![root(), book, relations, sheet]
}

/// A workbook with one sheet, of this XML, and more parts.
pub(super) fn book(sheet: &str, more: &[Part]) -> Vec<u8> {
    let mut parts = parts(sheet_part(sheet));
    parts.extend_from_slice(more);
    zip(&parts)
}

/// A sheet of these rows and what follows them.
pub(super) fn sheet(rows: &str, after: &str) -> String {
    format!(r#"<worksheet xmlns="u"><sheetData>{rows}</sheetData>{after}</worksheet>"#)
}

/// A workbook of an account list whose rows below the header are these.
pub(super) fn accounts(rows: &str) -> Vec<u8> {
    book(&sheet(&(header() + rows), ""), &[])
}

/// The header in row 1.
pub(super) fn header() -> String {
    row(1, &HEADINGS)
}

/// Records 1 to `n` in the rows below the header.
pub(super) fn records(n: usize) -> String {
    (1..=n).map(|n| row(n + 1, &record(n))).collect()
}

/// A row of texts from column A on.
pub(super) fn row(number: usize, cells: &[impl AsRef<str>]) -> String {
    let mut xml = format!(r#"<row r="{number}">"#);
    for (column, text) in cells.iter().enumerate() {
        let letter = char::from(b'A' + u8::try_from(column).unwrap_or(25));
        xml.push_str(&cell(&format!("{letter}{number}"), text.as_ref()));
    }
    xml + "</row>"
}

/// A cell with a text of its own.
pub(super) fn cell(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

/// Formats: 0 general, 1 a date.
pub(super) fn styles() -> Part {
    Part::stored(
        "xl/styles.xml",
        br#"<styleSheet xmlns="u"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>"#,
    )
}

/// An account list whose fifth column, a date, holds these cells as they stand in the XML.
pub(super) fn dated(cells: &[String]) -> Vec<u8> {
    let mut headings = HEADINGS.to_vec();
    headings.push("密碼最後變更日期");
    let mut rows = row(1, &headings);
    for (n, cell) in cells.iter().enumerate() {
        let whole = row(n + 2, &record(n + 1));
        rows.push_str(whole.trim_end_matches("</row>"));
        rows.push_str(cell);
        rows.push_str("</row>");
    }
    book(&sheet(&rows, ""), &[styles()])
}
