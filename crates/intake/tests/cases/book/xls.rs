//! xls, written record by record as far as a table needs (MS-XLS 2.1.7.20).

use super::{Book, Cell, Sheet, compound};
use std::collections::BTreeMap;

/// A stream while it grows.
#[derive(Default)]
struct Records(Vec<u8>);

impl Records {
    fn push(&mut self, kind: u16, body: &[u8]) {
        self.0.extend(kind.to_le_bytes());
        self.0.extend(u16::try_from(body.len()).expect("a short record").to_le_bytes());
        self.0.extend_from_slice(body);
    }

    fn begin(&mut self, what: u16) {
        self.push(0x0809, &[words(&[0x0600, what, 0x0DBB, 0x07CC]), vec![0; 4], vec![6, 0, 0, 0]].concat());
    }
}

fn words(list: &[u16]) -> Vec<u8> {
    list.iter().flat_map(|n| n.to_le_bytes()).collect()
}

/// Units of a text behind the mark that says how wide they are.
fn units(text: &str) -> Vec<u8> {
    if text.is_ascii() {
        return [&[0], text.as_bytes()].concat();
    }
    std::iter::once(1).chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

fn length(text: &str) -> u16 {
    u16::try_from(text.encode_utf16().count()).expect("a short text")
}

fn long_text(text: &str) -> Vec<u8> {
    [words(&[length(text)]), units(text)].concat()
}

/// The workbook.
pub fn bytes(book: &Book<'_>) -> Vec<u8> {
    let sheets: Vec<Vec<(u32, Vec<Cell>)>> = book.sheets.iter().map(Sheet::cells).collect();
    let mut formats: BTreeMap<&str, u16> = BTreeMap::new();
    for cell in sheets.iter().flatten().flat_map(|(_, cells)| cells) {
        if let Cell::Date { format, .. } = cell {
            let next = u16::try_from(formats.len()).expect("few") + 1;
            formats.entry(format).or_insert(next);
        }
    }
    let bodies: Vec<Vec<u8>> =
        book.sheets.iter().zip(&sheets).map(|(sheet, rows)| body(sheet, rows, &formats)).collect();
    let length = globals(book, &formats, &vec![0; bodies.len()]).len();
    let starts: Vec<usize> = bodies
        .iter()
        .scan(length, |next, body| {
            let start = *next;
            *next += body.len();
            Some(start)
        })
        .collect();
    let stream = [globals(book, &formats, &starts), bodies.concat()].concat();
    compound::file(&[("Workbook", &stream)])
}

fn globals(book: &Book<'_>, formats: &BTreeMap<&str, u16>, starts: &[usize]) -> Vec<u8> {
    let mut out = Records::default();
    out.begin(0x0005);
    if book.locked {
        out.push(0x2F, &[0, 0, 0x59, 0xB3, 0x0A, 0x9A]);
    }
    out.push(0x42, &words(&[1200]));
    out.push(0x22, &words(&[u16::from(book.since_1904)]));
    let mut sorted: Vec<(u16, &str)> = formats.iter().map(|(format, at)| (*at, *format)).collect();
    sorted.sort_unstable();
    for (at, format) in &sorted {
        out.push(0x041E, &[words(&[163 + at]), long_text(format)].concat());
    }
    for format in std::iter::once(0).chain(sorted.iter().map(|(at, _)| 163 + at)) {
        out.push(0xE0, &[words(&[0, format, 1]), vec![0; 14]].concat());
    }
    for (sheet, start) in book.sheets.iter().zip(starts) {
        let start = u32::try_from(*start).expect("a small file").to_le_bytes();
        let name =
            [vec![u8::try_from(length(&sheet.name)).expect("a short name")], units(&sheet.name)].concat();
        out.push(0x85, &[&start[..], &[u8::from(sheet.hidden), 0], &name].concat());
    }
    out.push(0x0A, &[]);
    out.0
}

fn body(sheet: &Sheet, rows: &[(u32, Vec<Cell>)], formats: &BTreeMap<&str, u16>) -> Vec<u8> {
    let mut out = Records::default();
    out.begin(0x0010);
    let last = rows.last().map_or(0, |(row, _)| row + 1);
    out.push(0x0200, &[&[0; 4][..], &last.to_le_bytes(), &words(&[0, 32, 0])].concat());
    for (row, cells) in rows {
        let row = u16::try_from(*row).expect("65,536 rows at most");
        if sheet.is_hidden_row(u32::from(row)) {
            out.push(0x0208, &words(&[row, 0, 32, 255, 0, 0, 0x0120, 15]));
        }
        for (column, cell) in (0..).zip(cells) {
            put(&mut out, row, column, cell, formats);
        }
    }
    let merges = sheet.merges();
    if !merges.is_empty() {
        let ranges = merges.iter().flat_map(|(top, bottom, left, right)| {
            let narrow = |n: &u32| u16::try_from(*n).expect("few rows");
            words(&[narrow(top), narrow(bottom), *left, *right])
        });
        let count = words(&[u16::try_from(merges.len()).expect("few")]);
        out.push(0xE5, &count.into_iter().chain(ranges).collect::<Vec<u8>>());
    }
    out.push(0x0A, &[]);
    out.0
}

fn put(out: &mut Records, row: u16, column: u16, cell: &Cell, formats: &BTreeMap<&str, u16>) {
    let place = |look: u16| words(&[row, column, look]);
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => out.push(0x0204, &[place(0), long_text(text)].concat()),
        Cell::Number(x) => out.push(0x0203, &[place(0), x.to_le_bytes().to_vec()].concat()),
        Cell::Bool(b) => out.push(0x0205, &[place(0), vec![u8::from(*b), 0]].concat()),
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
            out.push(0x0205, &[place(0), vec![code, 1]].concat());
        }
        Cell::Date { days, format, reckoned } => {
            let place = place(formats.get(format.as_str()).copied().unwrap_or(0));
            if *reckoned {
                // The formula itself, the whole number 0, matters to nobody.
                let formula = [&days.to_le_bytes()[..], &[0; 6], &[3, 0, 0x1E, 0, 0]].concat();
                out.push(0x06, &[place, formula].concat());
            } else {
                out.push(0x0203, &[place, days.to_le_bytes().to_vec()].concat());
            }
        }
    }
}
