//! xlsb, written record by record as far as a table needs (MS-XLSB 2.1.4).

use super::{Book, Cell, Sheet};
use crate::parts::{Records, container, numbers, wide};
use std::collections::BTreeMap;

/// The workbook.
pub fn bytes(book: &Book<'_>) -> Vec<u8> {
    assert!(!book.locked, "a password leaves a compound file of every kind");
    let sheets: Vec<Vec<(u32, Vec<Cell>)>> = book.sheets.iter().map(Sheet::cells).collect();
    let mut looks: BTreeMap<String, u32> = BTreeMap::new();
    for cell in sheets.iter().flatten().flat_map(|(_, cells)| cells) {
        if let Cell::Date { format, .. } = cell {
            let next = u32::try_from(looks.len()).expect("few") + 1;
            looks.entry(format.clone()).or_insert(next);
        }
    }
    let mut parts: Vec<(String, Vec<u8>)> =
        vec![("xl/workbook.bin".to_owned(), workbook(book)), ("xl/styles.bin".to_owned(), styles(&looks))];
    for (at, (sheet, rows)) in (1..).zip(book.sheets.iter().zip(&sheets)) {
        parts.push((format!("xl/worksheets/sheet{at}.bin"), body(sheet, rows, &looks)));
    }
    let (types, root, relations) = around(book.sheets.len());
    let fixed =
        [("[Content_Types].xml", types), ("_rels/.rels", root), ("xl/_rels/workbook.bin.rels", relations)];
    let fixed = fixed.iter().map(|(name, text)| (*name, text.as_bytes()));
    let parts: Vec<(&str, &[u8])> =
        fixed.chain(parts.iter().map(|(n, b)| (n.as_str(), b.as_slice()))).collect();
    container(&parts)
}

fn workbook(book: &Book<'_>) -> Vec<u8> {
    let mut part = Records::default();
    part.push(0x83, &[]);
    part.push(0x99, &[numbers(&[u32::from(book.since_1904), 0]), wide("")].concat());
    part.push(0x8F, &[]);
    for (id, sheet) in (1..).zip(book.sheets) {
        let state = u32::from(sheet.hidden);
        part.push(0x9C, &[numbers(&[state, id]), wide(&format!("rId{id}")), wide(&sheet.name)].concat());
    }
    part.push(0x90, &[]);
    part.push(0x84, &[]);
    part.0
}

fn styles(looks: &BTreeMap<String, u32>) -> Vec<u8> {
    let count = u32::try_from(looks.len()).expect("few");
    let mut part = Records::default();
    part.push(0x116, &[]);
    part.push(0x267, &numbers(&[count]));
    let code = |at: u32| u16::try_from(163 + at).expect("few");
    for (format, at) in looks {
        part.push(0x2C, &[code(*at).to_le_bytes().to_vec(), wide(format)].concat());
    }
    part.push(0x268, &[]);
    part.push(0x269, &numbers(&[count + 1]));
    for at in 0..=count {
        let mut look = vec![0_u8; 16];
        let format = if at == 0 { 0 } else { code(at) };
        look[2..4].copy_from_slice(&format.to_le_bytes());
        look[14] = 1;
        part.push(0x2F, &look);
    }
    part.push(0x26A, &[]);
    part.push(0x117, &[]);
    part.0
}

fn body(sheet: &Sheet, rows: &[(u32, Vec<Cell>)], looks: &BTreeMap<String, u32>) -> Vec<u8> {
    let mut part = Records::default();
    part.push(0x81, &[]);
    let last = rows.last().map_or(0, |(row, _)| *row);
    part.push(0x94, &numbers(&[0, last, 0, 32]));
    let hidden = sheet.hidden_columns();
    if !hidden.is_empty() {
        part.push(0x186, &[]);
        for column in hidden {
            let column = u32::from(column);
            part.push(0x3C, &[numbers(&[column, column, 2000, 0]), vec![1, 0]].concat());
        }
        part.push(0x187, &[]);
    }
    part.push(0x91, &[]);
    for (row, cells) in rows {
        let state = if sheet.is_hidden_row(*row) { 0x10 } else { 0 };
        part.push(0x00, &[numbers(&[*row, 0]), vec![0x2C, 1, 0, state, 0], numbers(&[0])].concat());
        for (column, cell) in (0..).zip(cells) {
            put(&mut part, column, cell, looks);
        }
    }
    part.push(0x92, &[]);
    let merges = sheet.merges();
    if !merges.is_empty() {
        part.push(0xB1, &numbers(&[u32::try_from(merges.len()).expect("few")]));
        for (top, bottom, left, right) in merges {
            part.push(0xB0, &numbers(&[top, bottom, u32::from(left), u32::from(right)]));
        }
        part.push(0xB2, &[]);
    }
    part.push(0x82, &[]);
    part.0
}

fn put(part: &mut Records, column: u32, cell: &Cell, looks: &BTreeMap<String, u32>) {
    let plain = numbers(&[column, 0]);
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => part.push(0x06, &[plain, wide(text)].concat()),
        Cell::Number(x) => part.push(0x05, &[plain, x.to_le_bytes().to_vec()].concat()),
        Cell::Bool(b) => part.push(0x04, &[plain, vec![u8::from(*b)]].concat()),
        Cell::Error(error) => {
            let codes = [
                ("#NULL!", 0),
                ("#DIV/0!", 7),
                ("#VALUE!", 0x0F),
                ("#REF!", 0x17),
                ("#NAME?", 0x1D),
                ("#N/A", 0x2A),
            ];
            let code = codes.iter().find(|(e, _)| e == error).expect("an error of spreadsheets").1;
            part.push(0x03, &[plain, vec![code]].concat());
        }
        Cell::Date { days, format, reckoned } => {
            let place = numbers(&[column, looks.get(format).copied().unwrap_or(0)]);
            let days = days.to_le_bytes().to_vec();
            if *reckoned {
                part.push(0x09, &[place, days, vec![0, 0, 3, 0, 0, 0, 0x1E, 0, 0, 0, 0, 0, 0]].concat());
            } else {
                part.push(0x05, &[place, days].concat());
            }
        }
    }
}

/// What holds the parts together: their types, the root, the workbook's relations.
fn around(sheets: usize) -> (String, String, String) {
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let relations =
        |list: &str| format!(r#"<Relationships xmlns="{PACKAGE}/relationships">{list}</Relationships>"#);
    let one = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="{target}"/>"#)
    };
    let kind = "application/vnd.ms-excel";
    let pages: String = (1..=sheets)
        .map(|n| {
            format!(r#"<Override PartName="/xl/worksheets/sheet{n}.bin" ContentType="{kind}.worksheet"/>"#)
        })
        .collect();
    let types = format!(
        r#"<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" ContentType="{kind}.sheet.binary.macroEnabled.main"/>{pages}<Override PartName="/xl/styles.bin" ContentType="{kind}.styles"/></Types>"#
    );
    let list: String = (1..=sheets)
        .map(|n| one(&format!("rId{n}"), "worksheet", &format!("worksheets/sheet{n}.bin")))
        .collect();
    let list = list + &one("styles", "styles", "styles.bin");
    (types, relations(&one("rId1", "officeDocument", "xl/workbook.bin")), relations(&list))
}
