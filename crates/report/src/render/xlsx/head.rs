//! Title and head of a paper: 受查單位, 查核案號 and so on, in names and values.

use super::style::Styles;
use super::{measure, wide};
use crate::doc::{Pair, Sheet};
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Name and value of one pair of a line: the columns of each, and the value in pieces that a row shows whole.
struct Side<'a> {
    pair: &'a Pair,
    name: (u16, u16),
    value: (u16, u16),
    pieces: Vec<&'a str>,
}

/// Last column of a sheet's title and head; a value has at least one beside its name.
pub fn last_column(widths: &[u16]) -> u16 {
    u16::try_from(widths.len().max(2) - 1).unwrap_or(u16::MAX)
}

/// The lines of a head: two pairs each where both values find room, else one; the last of an odd number has the whole
/// line.
fn lines<'a>(pairs: &'a [Pair], widths: &[u16]) -> Vec<Vec<Side<'a>>> {
    let quarters = measure::quarters(widths);
    let last = last_column(widths);
    let side = |pair: &'a Pair, name: (u16, u16), value: (u16, u16)| {
        let pieces = measure::pieces(&pair.value, measure::span(widths, value.0, value.1));
        Side { pair, name, value, pieces }
    };
    let alone = |pair, name: (u16, u16)| vec![side(pair, name, (name.1 + 1, last))];
    match quarters {
        Some([name, value, second, other]) => pairs
            .chunks(2)
            .map(|line| match line {
                [left, right] => vec![side(left, name, value), side(right, second, other)],
                line => line.iter().flat_map(|pair| alone(pair, name)).collect(),
            })
            .collect(),
        None => pairs.iter().map(|pair| alone(pair, measure::name_columns(widths))).collect(),
    }
}

fn rows(line: &[Side<'_>]) -> usize {
    line.iter().map(|side| side.pieces.len()).max().unwrap_or(1)
}

/// Rows that title and head take.
pub fn head_rows(sheet: &Sheet, widths: &[u16]) -> u32 {
    let rows: usize = lines(&sheet.head, widths).iter().map(|line| rows(line)).sum();
    1 + u32::try_from(rows).unwrap_or(u32::MAX)
}

/// Title and head of a paper over columns of these widths; returns the next free row.
pub fn head(page: &mut Worksheet, sheet: &Sheet, widths: &[u16], styles: &Styles) -> Result<u32, XlsxError> {
    wide(page, 0, (0, last_column(widths)), &sheet.title, &styles.title)?;
    page.set_row_height(0, 30)?;
    let mut row = 1;
    for line in lines(&sheet.head, widths) {
        for at in 0..rows(&line) {
            let mut most = 1;
            for side in &line {
                let value = side.pieces.get(at).copied().unwrap_or_default();
                wide(page, row, side.name, if at == 0 { &side.pair.name } else { "" }, &styles.label)?;
                wide(page, row, side.value, value, &styles.left)?;
                most = most.max(measure::lines(value, measure::span(widths, side.value.0, side.value.1)));
            }
            page.set_row_height(row, measure::height(most))?;
            row += 1;
        }
    }
    Ok(row)
}
