//! Parts of an xlsb workbook, sequences of records (MS-XLSB 2.1.4): the list of the sheets, and what a sheet's cells
//! do not tell. Cells that calamine passes over, formula errors and rich texts, are kept too.

use super::merges::Merge;
use super::scan::SheetScan;
use super::{Cell, SheetInfo};
use crate::{Excess, IntakeError, Limits};
use std::borrow::Cow;
use std::io::{BufRead, BufReader, Read};

/// A text of the table of shared texts (BrtSSTItem).
pub(super) const SHARED_TEXT: u16 = 0x13;
/// Bytes of the longest record that is believed: a cell's text has at most 64 KiB.
const RECORD_MAX: usize = 4 << 20;
/// Cells kept beside the stream.
const KEPT_CELLS: usize = 1 << 20;
const DAMAGED: IntakeError = IntakeError::Damaged { what: "binary part" };

/// Takes a record's type and body.
type Visit<'v> = dyn FnMut(u16, &[u8]) -> Result<(), IntakeError> + 'v;

/// Reads a part record by record.
///
/// # Errors
/// `Damaged` for a record that is cut off or impossibly long; `TooLarge` beyond `limit` bytes; what `visit` says.
pub(super) fn each_record(part: impl Read, limit: u64, visit: &mut Visit<'_>) -> Result<(), IntakeError> {
    let mut bytes = BufReader::with_capacity(1 << 16, part);
    let mut body = Vec::new();
    let mut total = 0_u64;
    while !bytes.fill_buf().map_err(|_| DAMAGED)?.is_empty() {
        let first = byte(&mut bytes)?;
        let kind = match first & 0x80 {
            0 => u16::from(first),
            _ => u16::from(first & 0x7F) | u16::from(byte(&mut bytes)? & 0x7F) << 7,
        };
        let mut len = 0_usize;
        for shift in [0, 7, 14, 21] {
            let next = byte(&mut bytes)?;
            len |= usize::from(next & 0x7F) << shift;
            if next & 0x80 == 0 {
                break;
            }
        }
        if len > RECORD_MAX {
            return Err(DAMAGED);
        }
        body.resize(len, 0);
        bytes.read_exact(&mut body).map_err(|_| DAMAGED)?;
        total += len as u64 + 2;
        if total > limit {
            return Err(IntakeError::TooLarge { what: Excess::Unpacked, limit });
        }
        visit(kind, &body)?;
    }
    Ok(())
}

fn byte(bytes: &mut impl Read) -> Result<u8, IntakeError> {
    let mut one = [0];
    bytes.read_exact(&mut one).map_err(|_| DAMAGED)?;
    let [byte] = one;
    Ok(byte)
}

/// The sheets of the part `workbook.bin` (BrtBundleSh) with their relations.
pub(super) fn sheet_list(part: &[u8]) -> Result<Vec<(SheetInfo, String)>, IntakeError> {
    let mut found = Vec::new();
    each_record(part, u64::MAX, &mut |kind, body| {
        if kind == 0x9C {
            let state = number(body, 0).ok_or(DAMAGED)?;
            let relation = wide(body, 8).ok_or(DAMAGED)?;
            let name = wide(body, 12 + relation.encode_utf16().count() * 2).ok_or(DAMAGED)?;
            found.push((SheetInfo { name, hidden: state != 0 }, relation));
        }
        Ok(())
    })?;
    Ok(found)
}

/// Reads a sheet part to its end.
///
/// # Errors
/// `Damaged`; `TooLarge` for too many merged ranges or kept cells.
pub(super) fn scan(part: impl Read, limits: &Limits) -> Result<SheetScan, IntakeError> {
    let mut found = SheetScan::default();
    let (mut row, mut texts) = (0, 0_u64);
    each_record(part, limits.max_unpacked, &mut |kind, body| {
        match kind {
            // BrtRowHdr; fDyZero.
            0x00 => {
                row = number(body, 0).ok_or(DAMAGED)?;
                found.last_row = row.saturating_add(1);
                if body.get(11).is_some_and(|flags| flags & 0x10 != 0) {
                    found.hide(row.saturating_add(1));
                }
            }
            // BrtColInfo; fHidden.
            0x3C if body.get(16).is_some_and(|flags| flags & 1 != 0) => {
                let (first, last) = number(body, 0).zip(number(body, 4)).ok_or(DAMAGED)?;
                found.hide_columns(first, last)?;
            }
            // BrtMergeCell.
            0xB0 => {
                found.merges.extend(merge(body));
                if found.merges.len() as u64 > limits.max_merges {
                    return Err(IntakeError::TooLarge { what: Excess::Merges, limit: limits.max_merges });
                }
            }
            // BrtFmlaError, BrtCellRString.
            0x0B | 0x3E => {
                let cell = if kind == 0x0B { error(body) } else { rich(body) }.ok_or(DAMAGED)?;
                texts += body.len() as u64;
                if found.kept.len() >= KEPT_CELLS || texts > limits.max_part_bytes {
                    return Err(IntakeError::TooLarge {
                        what: Excess::Unpacked,
                        limit: limits.max_part_bytes,
                    });
                }
                found.kept.push((row, number(body, 0).ok_or(DAMAGED)?, cell));
            }
            _ => {}
        }
        Ok(())
    })?;
    found.settle();
    Ok(found)
}

fn merge(body: &[u8]) -> Option<Merge> {
    let at = |index: usize| number(body, index * 4);
    let range = Merge {
        first_row: at(0)?.checked_add(1)?,
        last_row: at(1)?.checked_add(1)?,
        first_column: at(2)?,
        last_column: at(3)?,
    };
    let whole = range.last_row >= range.first_row && range.last_column >= range.first_column;
    let single = range.last_row == range.first_row && range.last_column == range.first_column;
    (whole && !single).then_some(range)
}

fn error(body: &[u8]) -> Option<Cell<'static>> {
    Some(Cell::Error(match body.get(8)? {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2B => "#GETTING_DATA",
        _ => "#N/A",
    }))
}

fn rich(body: &[u8]) -> Option<Cell<'static>> {
    wide(body, 9).map(|text| if text.trim().is_empty() { Cell::Empty } else { Cell::Text(Cow::Owned(text)) })
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_le_bytes(*four))
}

/// A text behind its length in characters of two bytes.
fn wide(bytes: &[u8], at: usize) -> Option<String> {
    let length = usize::try_from(number(bytes, at)?).ok()?;
    let text = bytes.get(at + 4..)?.get(..length.checked_mul(2)?)?;
    Some(encoding_rs::UTF_16LE.decode_without_bom_handling(text).0.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(list: &[u32]) -> Vec<u8> {
        list.iter().flat_map(|n| n.to_le_bytes()).collect()
    }

    fn record(kind: u8, body: &[u8]) -> Vec<u8> {
        [&[kind, u8::try_from(body.len()).expect("short")], body].concat()
    }

    #[test]
    fn what_a_sheet_hides_and_merges_is_found() {
        let row =
            |number: u32, flags: u8| record(0x00, &[numbers(&[number, 0]), vec![0, 0, 0, flags, 0]].concat());
        let column =
            |first, last, flags: u8| record(0x3C, &[numbers(&[first, last, 0, 0]), vec![flags, 0]].concat());
        let merge = [vec![0xB0, 0x01, 16], numbers(&[3, 5, 0, 0])].concat();
        let error = record(0x0B, &[numbers(&[2, 0]), vec![0x2A]].concat());
        let part =
            [column(3, 4, 1), column(7, 7, 2), row(0, 0), row(1, 0x10), row(2, 0x18), error, merge].concat();
        let found = scan(part.as_slice(), &Limits::default()).expect("a sheet");
        assert_eq!((0..9).filter(|c| found.is_hidden_column(*c)).collect::<Vec<_>>(), [3, 4]);
        assert_eq!((1..9).filter(|r| found.is_hidden(*r)).collect::<Vec<_>>(), [2, 3]);
        let range = Merge { first_row: 4, last_row: 6, first_column: 0, last_column: 0 };
        assert_eq!(found.merges, [range]);
        assert_eq!(found.kept, [(2, 2, Cell::Error("#N/A"))]);
    }

    #[test]
    fn a_record_that_is_cut_off_or_endless_is_damage() {
        let damaged =
            |part: &[u8]| matches!(scan(part, &Limits::default()), Err(IntakeError::Damaged { .. }));
        assert!(damaged(&[0x00]));
        assert!(damaged(&[0x00, 8, 1, 0, 0]));
        assert!(damaged(&[0x00, 0xFF, 0xFF, 0xFF, 0x7F]));
        assert!(damaged(&[0x00, 0]), "a row without a number");
        assert!(!damaged(&[]));
        let few = Limits { max_unpacked: 4, ..Limits::default() };
        let long = [0x05, 3, 0, 0, 0, 0x05, 3, 0, 0, 0];
        assert!(matches!(scan(&long[..], &few), Err(IntakeError::TooLarge { .. })));
    }
}
