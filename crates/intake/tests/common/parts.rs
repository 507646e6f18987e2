//! What the workbooks of tests are put together from: a container of parts, records of an xlsb (MS-XLSB 2.1.4).
#![allow(dead_code)]

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// Parts in a container, by name.
pub fn container(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("a container").into_inner()
}

/// A part while it grows.
#[derive(Default)]
pub struct Records(pub Vec<u8>);

impl Records {
    /// Adds a record of a kind: its number and its length in groups of seven bits (MS-XLSB 2.1.4).
    pub fn push(&mut self, kind: u16, body: &[u8]) {
        match kind {
            0..0x80 => self.0.push(kind as u8),
            _ => self.0.extend([(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8]),
        }
        let mut length = body.len();
        while length >= 0x80 {
            self.0.push((length & 0x7F) as u8 | 0x80);
            length >>= 7;
        }
        self.0.push(length as u8);
        self.0.extend_from_slice(body);
    }
}

/// 32-bit numbers, one after another.
pub fn numbers(list: &[u32]) -> Vec<u8> {
    list.iter().flat_map(|n| n.to_le_bytes()).collect()
}

/// A text with its length in units of UTF-16 (XLWideString, MS-XLSB 2.5.169).
pub fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = numbers(&[u32::try_from(units.len()).expect("short")]);
    bytes.extend(units.iter().flat_map(|u| u.to_le_bytes()));
    bytes
}
