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

/// Reads a part record by record.
///
/// # Errors
/// `Damaged` for a record that is cut off or impossibly long; `TooLarge` beyond `limit` bytes; what `visit` says.
pub(super) fn each_record(
    part: impl Read,
    limit: u64,
    visit: &mut dyn FnMut(u16, &[u8]) -> Result<(), IntakeError>,
) -> Result<(), IntakeError> {
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
