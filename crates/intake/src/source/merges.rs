//! Merged ranges: a value that stands once for several rows is repeated for each of them, inside the range only.

use super::Cell;
use std::collections::BTreeMap;

/// Columns whose merged ranges are followed at one time.
const OPEN_MAX: usize = 256;

/// A merged range; rows are numbered from 1, columns from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Merge {
    pub first_row: u32,
    pub last_row: u32,
    pub first_column: u32,
    pub last_column: u32,
}

impl Merge {
    /// Reads `A2:B5`; `None` for anything else, and for a single cell.
    pub(crate) fn parse(text: &[u8]) -> Option<Self> {
        let colon = memchr::memchr(b':', text)?;
        let (first, last) = (place(text.get(..colon)?)?, place(text.get(colon + 1..)?)?);
        let whole = last.0 >= first.0 && last.1 >= first.1 && first != last;
        whole.then_some(Self {
            first_row: first.0,
            last_row: last.0,
            first_column: first.1,
            last_column: last.1,
        })
    }
}

fn place(text: &[u8]) -> Option<(u32, u32)> {
    let (mut column, mut row) = (0_u32, 0_u32);
    for byte in text.iter().filter(|b| **b != b'$') {
        match byte {
            b'A'..=b'Z' if row == 0 => {
                column = column.checked_mul(26)?.checked_add(u32::from(byte - b'A') + 1)?
            }
            b'0'..=b'9' => row = row.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?,
            _ => return None,
        }
    }
    Some((row, column.checked_sub(1)?)).filter(|(row, _)| *row > 0)
}

/// Repeats values downwards while the rows go by in order.
pub(crate) struct Filler<'m> {
    waiting: &'m [Merge],
    open: BTreeMap<u32, (u32, Cell<'static>)>,
}

impl<'m> Filler<'m> {
    pub(crate) fn new(merges: &'m [Merge]) -> Self {
        Self { waiting: merges, open: BTreeMap::new() }
    }

    /// Adds to the cells of row `number` what merged ranges say; `filled` receives the columns.
    pub(crate) fn fill(&mut self, number: u32, cells: &mut Vec<(u32, Cell<'_>)>, filled: &mut Vec<u32>) {
        filled.clear();
        if self.waiting.is_empty() && self.open.is_empty() {
            return;
        }
        self.open.retain(|_, (last, _)| *last >= number);
        let before = cells.len();
        for (column, (_, cell)) in &self.open {
            if before > 0 && !cells.iter().any(|(c, _)| c == column) {
                cells.push((*column, cell.clone()));
                filled.push(*column);
            }
        }
        if cells.len() > before {
            cells.sort_by_key(|(c, _)| *c);
        }
        while let Some((merge, rest)) = self.waiting.split_first().filter(|(m, _)| m.first_row <= number) {
            self.waiting = rest;
            let cell = cells.iter().find(|(c, _)| *c == merge.first_column && merge.first_row == number);
            if let Some((column, cell)) = cell
                && merge.last_row > number
                && self.open.len() < OPEN_MAX
            {
                self.open.insert(*column, (merge.last_row, cell.to_static()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_or_refused() {
        let range = Merge { first_row: 2, last_row: 5, first_column: 0, last_column: 27 };
        assert_eq!(Merge::parse(b"A2:AB5"), Some(range));
        for bad in [&b"A2"[..], b"A2:A2", b"5:6", b"A:B", b"ZZZZZZZZZZZZ1:A2", b"A99999999999:B3"] {
            assert_eq!(Merge::parse(bad), None);
        }
    }

    #[test]
    fn a_value_is_repeated_inside_its_range_only() {
        let merges = [Merge { first_row: 2, last_row: 3, first_column: 0, last_column: 0 }];
        let mut filler = Filler::new(&merges);
        let mut filled = Vec::new();
        let row = |texts: &[(u32, &'static str)]| -> Vec<(u32, Cell<'static>)> {
            texts.iter().map(|(c, t)| (*c, Cell::Text((*t).into()))).collect()
        };
        let mut second = row(&[(0, "資訊部"), (1, "a")]);
        filler.fill(2, &mut second, &mut filled);
        assert!(filled.is_empty());
        let mut third = row(&[(1, "b")]);
        filler.fill(3, &mut third, &mut filled);
        assert_eq!((third, filled.clone()), (row(&[(0, "資訊部"), (1, "b")]), vec![0]));
        let mut fourth = row(&[(1, "c")]);
        filler.fill(4, &mut fourth, &mut filled);
        assert_eq!(fourth, row(&[(1, "c")]));
    }
}
