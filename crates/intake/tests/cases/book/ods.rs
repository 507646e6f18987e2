//! ods, written as far as a table needs (OpenDocument 1.2, part 1, 9).

use super::{Book, Cell, Sheet, escaped};
use crate::parts::container;
use jiff::ToSpan;
use jiff::civil::date;

const KIND: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// The workbook.
pub fn bytes(book: &Book<'_>) -> Vec<u8> {
    assert!(!book.since_1904, "an ods writes its days out");
    if book.locked {
        let encrypted = br#"<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data manifest:checksum-type="SHA1/1K"/></manifest:file-entry></manifest:manifest>"#;
        return container(&[
            ("mimetype", KIND),
            ("META-INF/manifest.xml", encrypted),
            ("content.xml", &[0x5A; 900]),
        ]);
    }
    let tables: String = book.sheets.iter().map(table).collect();
    let names = ["office", "table", "text", "style"]
        .map(|n| format!(r#" xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0""#))
        .concat();
    let hidden = r#"<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>"#;
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content{names} office:version="1.2"><office:automatic-styles>{hidden}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
    );
    let manifest = br#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#;
    container(&[("mimetype", KIND), ("META-INF/manifest.xml", manifest), ("content.xml", content.as_bytes())])
}

fn table(sheet: &Sheet) -> String {
    let style = if sheet.hidden { r#" table:style-name="hidden""# } else { "" };
    let rows = sheet.cells();
    let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(1);
    let hidden = sheet.hidden_columns();
    let mut out = format!(r#"<table:table table:name="{}"{style}>"#, escaped(&sheet.name));
    for column in 0..width {
        let state = if hidden.iter().any(|c| usize::from(*c) == column) { COLLAPSED } else { "" };
        out.push_str(&format!("<table:table-column{state}/>"));
    }
    let mut next = 0;
    for (row, cells) in &rows {
        if *row > next {
            let gap = row - next;
            out.push_str(&format!(
                r#"<table:table-row table:number-rows-repeated="{gap}"><table:table-cell/></table:table-row>"#
            ));
        }
        next = row + 1;
        let state = if sheet.is_hidden_row(*row) { COLLAPSED } else { "" };
        out.push_str(&format!("<table:table-row{state}>"));
        (0..).zip(cells).for_each(|(column, cell)| out.push_str(&written(sheet, *row, column, cell)));
        out.push_str("</table:table-row>");
    }
    out.push_str("</table:table>");
    out
}

const COLLAPSED: &str = r#" table:visibility="collapse""#;

fn written(sheet: &Sheet, row: u32, column: u16, cell: &Cell) -> String {
    let merges = sheet.merges();
    let merge = merges.iter().find(|m| m.0 <= row && row <= m.1 && m.2 <= column && column <= m.3);
    let span = match merge {
        Some((top, bottom, left, right)) if (*top, *left) == (row, column) => format!(
            r#" table:number-rows-spanned="{}" table:number-columns-spanned="{}""#,
            bottom - top + 1,
            right - left + 1
        ),
        Some(_) => return "<table:covered-table-cell/>".to_owned(),
        None => String::new(),
    };
    let (value, text) = match cell {
        Cell::Empty => (String::new(), String::new()),
        Cell::Text(text) => (r#" office:value-type="string""#.to_owned(), text.clone()),
        Cell::Number(x) => (format!(r#" office:value-type="float" office:value="{x}""#), x.to_string()),
        Cell::Bool(b) => {
            (format!(r#" office:value-type="boolean" office:boolean-value="{b}""#), b.to_string())
        }
        Cell::Date { days, reckoned, .. } => {
            let formula = if *reckoned { format!(r#" table:formula="of:={days}+0""#) } else { String::new() };
            (format!("{formula}{}", moment(*days)), days.to_string())
        }
        Cell::Error(error) => {
            (r#" office:value-type="string" table:formula="of:=1/0""#.to_owned(), error.clone())
        }
    };
    let paragraphs: String =
        text.split('\n').map(|line| format!("<text:p>{}</text:p>", escaped(line))).collect();
    let paragraphs = if text.is_empty() { String::new() } else { paragraphs };
    format!("<table:table-cell{value}{span}>{paragraphs}</table:table-cell>")
}

/// Days since the end of 1899, or a part of a day, written out.
fn moment(days: f64) -> String {
    let seconds = ((days - days.floor()) * 86_400.0).round() as i64;
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if days < 1.0 {
        return format!(
            r#" office:value-type="time" office:time-value="PT{hour:02}H{minute:02}M{second:02}S""#
        );
    }
    let day = date(1899, 12, 30).checked_add((days.floor() as i64).days()).expect("a date");
    let clock = if seconds == 0 { String::new() } else { format!("T{hour:02}:{minute:02}:{second:02}") };
    format!(r#" office:value-type="date" office:date-value="{day}{clock}""#)
}
