//! A sheet as plain texts, without headers or types: for tables that we wrote ourselves and somebody edited.

use super::{Cell, Flow, Source};
use crate::coerce::text::shown;
use crate::{Excess, IntakeError};
use std::borrow::Cow;

/// Columns beyond which no table of ours goes.
const MAX_COLUMNS: u32 = 256;

/// One row that holds anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLine {
    /// Row number that a spreadsheet shows.
    pub row: u32,
    /// Texts from the first column on to the last one that holds anything; empty where a cell is. Numbers are without
    /// a needless fraction, dates are ISO.
    pub cells: Vec<String>,
}

/// Every row of a sheet that holds anything, at most `max_rows` of them. Texts come as they stand, outer blanks and
/// line feeds included.
///
/// # Errors
/// [`IntakeError::NoSuchSheet`]; [`IntakeError::TooLarge`] for more rows, for a cell beyond the 256th column and for
/// more text than [`crate::Limits::max_part_bytes`]; what makes a sheet unreadable.
pub fn text_table(source: &mut Source, sheet: &str, max_rows: u32) -> Result<Vec<TextLine>, IntakeError> {
    source.sheet(sheet)?;
    let shift = source.epoch_shift();
    let limit = source.limits().max_part_bytes;
    let mut lines = Vec::new();
    let mut bytes = 0_u64;
    source.stream(sheet, &mut |row| {
        let mut cells = Vec::new();
        for (column, cell) in row.cells {
            if *column >= MAX_COLUMNS {
                return Err(too_large(Excess::Columns, u64::from(MAX_COLUMNS)));
            }
            let text = plain(cell, shift);
            bytes += text.len() as u64;
            if bytes > limit {
                return Err(too_large(Excess::Unpacked, limit));
            }
            if !text.is_empty() {
                let at = usize::try_from(*column).unwrap_or_default();
                if cells.len() <= at {
                    cells.resize(at + 1, String::new());
                }
                if let Some(place) = cells.get_mut(at) {
                    *place = text.into_owned();
                }
            }
        }
        if !cells.is_empty() {
            if lines.len() as u64 >= u64::from(max_rows) {
                return Err(too_large(Excess::Rows, u64::from(max_rows)));
            }
            lines.push(TextLine { row: row.number, cells });
        }
        Ok(Flow::Go)
    })?;
    Ok(lines)
}

/// The first rows of a sheet as a person sees them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Beginning {
    /// Rows that hold anything.
    pub(crate) lines: Vec<TextLine>,
    /// There is more below or at the right.
    pub(crate) cut: bool,
}

/// The first rows and columns of a sheet.
pub(crate) fn beginning_of(
    source: &mut Source,
    sheet: &str,
    (max_rows, max_columns): (usize, usize),
) -> Result<Beginning, IntakeError> {
    let shift = source.epoch_shift();
    let mut begun = Beginning::default();
    source.stream(sheet, &mut |row| {
        if begun.lines.len() >= max_rows {
            begun.cut = true;
            return Ok(Flow::Stop);
        }
        let mut cells = Vec::new();
        for (column, cell) in row.cells {
            let at = usize::try_from(*column).unwrap_or(usize::MAX);
            if at >= max_columns {
                begun.cut = true;
                break;
            }
            cells.resize(at, String::new());
            cells.push(shown(cell, shift).into_owned());
        }
        begun.lines.push(TextLine { row: row.number, cells });
        Ok(Flow::Go)
    })?;
    Ok(begun)
}

/// A text as it stands; anything else as a person sees it.
fn plain<'c>(cell: &'c Cell<'_>, shift: i32) -> Cow<'c, str> {
    match cell {
        Cell::Text(text) => Cow::Borrowed(text),
        other => shown(other, shift),
    }
}

fn too_large(what: Excess, limit: u64) -> IntakeError {
    IntakeError::TooLarge { what, limit }
}
