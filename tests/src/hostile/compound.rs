//! Compound files: old workbooks record by record, locked ones, and containers whose chains bite their own tails.

use super::{Case, HEADINGS, case, record};

const SECTOR: usize = 512;
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
const TWO: &str = "stored 2, rejected 0";

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("old-workbook.fine.xls", TWO, || accounts(2)),
        case("old-workbook-named-new.fine.xlsx", "stored 3, rejected 0", || accounts(3)),
        case("old-workbook-named-text.fine.csv", "stored 4, rejected 0", || accounts(4)),
        case("workbook-with-a-password.error-locked.xlsx", "Locked", || {
            compound(&[("EncryptionInfo", vec![4; 4096]), ("EncryptedPackage", vec![0x5A; 8192])])
        }),
        case("old-workbook-with-a-password.error-locked.xls", "Locked", || {
            let mut records = vec![(0x0809, vec![0, 6, 5, 0, 0, 0, 0, 7, 0, 0, 0, 0, 6, 0, 0, 0])];
            records.push((0x002F, [vec![1, 0, 1, 0, 1, 0], vec![0x5A; 48]].concat()));
            records.push((0x000A, Vec::new()));
            compound(&[("Workbook", stream(&records))])
        }),
        case("letter-of-old.error-not-a-spreadsheet.xls", "NotASpreadsheet", || {
            compound(&[("WordDocument", vec![0; 4096])])
        }),
        case("compound-file-of-zeros.error-not-a-spreadsheet.xls", "NotASpreadsheet", || {
            let mut bytes = MAGIC.to_vec();
            bytes.resize(8192, 0);
            bytes
        }),
        case("chain-of-sectors-without-an-end.fine.xls", "stored 2, rejected 0", || {
            let mut bytes = accounts(2);
            // The stream's second sector leads back to its first.
            let fat = SECTOR;
            let at = fat + 4 * 3;
            bytes.splice(at..at + 4, 2_u32.to_le_bytes());
            bytes
        }),
        case("chain-of-sectors-beyond-the-file.error-damaged.xls", "Damaged", || {
            let mut bytes = accounts(2);
            let at = SECTOR + 4 * 3;
            bytes.splice(at..at + 4, 0x00FF_FFFF_u32.to_le_bytes());
            bytes
        }),
        case("stream-of-four-gib-as-it-says.fine.xls", "stored 2, rejected 0", || {
            let mut bytes = accounts(2);
            let at = SECTOR * 2 + 128 + 120;
            bytes.splice(at..at + 4, u32::MAX.to_le_bytes());
            bytes
        }),
        case("sectors-of-four-gib.error-damaged.xls", "Damaged", || {
            let mut bytes = accounts(2);
            bytes.splice(30..32, 32_u16.to_le_bytes());
            bytes
        }),
        case("cells-at-both-ends-of-the-old-sheet.error-too-large.xls", "TooLarge Memory", || {
            let mut cells = table(1);
            cells.push(label(65_535, 255, "x"));
            workbook(&cells, [0, 65_536, 0, 256])
        }),
        case("size-of-the-old-sheet-is-a-lie.error-too-large.xls", "TooLarge Memory", || {
            workbook(&table(2), [0, u32::MAX, 0, 0xFFFF])
        }),
        case("record-longer-than-the-stream.error-damaged.xls", "Damaged", || {
            let mut bytes = book_stream(&table(2), [0, 3, 0, 4]);
            let end = bytes.len();
            bytes.splice(end - 2.., [0xFF, 0xFF]);
            compound(&[("Workbook", bytes)])
        }),
        case("shared-texts-of-old-four-thousand-million.error-empty.xls", "Empty", || {
            let mut records = head(0);
            records.insert(1, (0x00FC, [u32::MAX.to_le_bytes(), u32::MAX.to_le_bytes()].concat()));
            compound(&[("Workbook", stream(&records))])
        }),
    ]
}

const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// An old workbook of an account list of `n` records.
pub(super) fn accounts(n: usize) -> Vec<u8> {
    workbook(&table(n), [0, u32::try_from(n + 1).unwrap_or(0), 0, 4])
}

/// An old workbook of these rows.
pub(crate) fn of_rows(rows: &[Vec<String>]) -> Vec<u8> {
    let mut cells = Vec::new();
    for (row, texts) in (0..).zip(rows) {
        cells.extend((0..).zip(texts).map(|(column, text)| label(row, column, text)));
    }
    let last = |n: usize| u32::try_from(n).unwrap_or(0);
    workbook(&cells, [0, last(rows.len()), 0, last(rows.first().map_or(0, Vec::len))])
}

type Record = (u16, Vec<u8>);

fn table(n: usize) -> Vec<Record> {
    let mut cells = Vec::new();
    for (column, text) in (0..).zip(HEADINGS) {
        cells.push(label(0, column, text));
    }
    for n in 1..=n {
        for (column, text) in (0..).zip(record(n)) {
            cells.push(label(u16::try_from(n).unwrap_or(0), column, &text));
        }
    }
    cells
}

/// A cell with a text.
fn label(row: u16, column: u16, text: &str) -> Record {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut body: Vec<u8> = [row, column, 0, u16::try_from(units.len()).unwrap_or(0)]
        .into_iter()
        .flat_map(u16::to_le_bytes)
        .collect();
    body.push(1);
    body.extend(units.into_iter().flat_map(u16::to_le_bytes));
    (0x0204, body)
}

fn workbook(cells: &[Record], size: [u32; 4]) -> Vec<u8> {
    compound(&[("Workbook", book_stream(cells, size))])
}

/// Globals, then one sheet of these cells that says it has this size.
fn book_stream(cells: &[Record], [first_row, last_row, first_column, last_column]: [u32; 4]) -> Vec<u8> {
    let start = stream(&head(0)).len();
    let mut records = head(u32::try_from(start).unwrap_or(0));
    records.push((0x0809, vec![0, 6, 0x10, 0, 0, 0, 0, 7, 0, 0, 0, 0, 6, 0, 0, 0]));
    let mut size: Vec<u8> = [first_row, last_row].into_iter().flat_map(u32::to_le_bytes).collect();
    for n in [first_column, last_column, 0] {
        size.extend(u16::try_from(n).unwrap_or(u16::MAX).to_le_bytes());
    }
    records.push((0x0200, size));
    records.extend_from_slice(cells);
    records.push((0x000A, Vec::new()));
    stream(&records)
}

/// The workbook's globals, with one sheet that begins at `start`.
fn head(start: u32) -> Vec<Record> {
    let mut sheet = start.to_le_bytes().to_vec();
    sheet.extend_from_slice(&[0, 0, 2, 1]);
    sheet.extend("帳號".encode_utf16().flat_map(u16::to_le_bytes));
    vec![
        (0x0809, vec![0, 6, 5, 0, 0, 0, 0, 7, 0, 0, 0, 0, 6, 0, 0, 0]),
        (0x0042, vec![0xB0, 0x04]),
        (0x0085, sheet),
        (0x000A, Vec::new()),
    ]
}

fn stream(records: &[Record]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (kind, body) in records {
        bytes.extend_from_slice(&kind.to_le_bytes());
        bytes.extend_from_slice(&u16::try_from(body.len()).unwrap_or(u16::MAX).to_le_bytes());
        bytes.extend_from_slice(body);
    }
    bytes
}

/// A compound file: header, one sector of the table of sectors, one of the directory, then the streams, none of them
/// small enough for the short chains.
fn compound(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut table = vec![0xFFFF_FFFD, END];
    let mut entries = vec![entry("Root Entry", 5, FREE, 1, END, 0)];
    let mut body = Vec::new();
    for (at, (name, bytes)) in (1_u32..).zip(streams) {
        let length = bytes.len().max(4096);
        let start = u32::try_from(table.len()).unwrap_or(END);
        let sectors = length.div_ceil(SECTOR);
        table.extend((1..sectors).map(|n| start + u32::try_from(n).unwrap_or(0)));
        table.push(END);
        let mut padded = bytes.clone();
        padded.resize(sectors * SECTOR, 0);
        body.extend(padded);
        let next = if usize::try_from(at).is_ok_and(|at| at < streams.len()) { at + 1 } else { FREE };
        entries.push(entry(name, 2, next, FREE, start, u32::try_from(length).unwrap_or(0)));
    }
    while entries.len() < 4 {
        entries.push(entry("", 0, FREE, FREE, 0, 0));
    }
    assert!(table.len() <= SECTOR / 4 && entries.len() <= 4, "one sector holds the table, one the directory");
    table.resize(SECTOR / 4, FREE);
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(&[0; 16]);
    for n in [0x3E_u16, 3, 0xFFFE, 9, 6] {
        bytes.extend(n.to_le_bytes());
    }
    bytes.extend_from_slice(&[0; 6]);
    for n in [0, 1, 1, 0, 4096, END, 0, END, 0, 0_u32] {
        bytes.extend(n.to_le_bytes());
    }
    bytes.extend(std::iter::repeat_n(0xFF, SECTOR - bytes.len()));
    bytes.extend(table.into_iter().flat_map(u32::to_le_bytes));
    bytes.extend(entries.concat());
    bytes.extend(body);
    bytes
}

/// A directory entry; siblings go to the right.
fn entry(name: &str, kind: u8, right: u32, child: u32, start: u32, size: u32) -> Vec<u8> {
    let mut bytes: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = if name.is_empty() { 0 } else { u16::try_from(bytes.len() + 2).unwrap_or(0) };
    bytes.resize(64, 0);
    bytes.extend(length.to_le_bytes());
    bytes.extend_from_slice(&[kind, 1]);
    for n in [FREE, right, child] {
        bytes.extend(n.to_le_bytes());
    }
    bytes.extend_from_slice(&[0; 36]);
    for n in [start, size, 0] {
        bytes.extend(n.to_le_bytes());
    }
    bytes
}
