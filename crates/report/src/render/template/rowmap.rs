//! Where the rows of a sheet go when regions repeat: the marker rows go, the rows between them come once for each
//! record, and what stands below moves. Rows count from 1.

/// Last row that a sheet can have (ECMA-376, and what programs share).
pub const LAST_ROW: u32 = 1_048_576;

/// A region of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Row of the marker that opens it.
    pub open: u32,
    /// Row of the marker that closes it.
    pub close: u32,
    /// How often its rows come.
    pub copies: u32,
}

impl Block {
    /// Rows of one copy.
    pub fn height(&self) -> u32 {
        self.close - self.open - 1
    }

    fn holds(&self, row: u32) -> bool {
        self.open < row && row < self.close
    }

    /// By how much what stands below moves.
    fn growth(&self) -> i64 {
        i64::from(self.height()) * i64::from(self.copies) - i64::from(self.height()) - 2
    }
}

/// One copy of a region's rows: which region, from 0, and which copy, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    pub block: usize,
    pub copy: u32,
}

/// The regions of one sheet, from above.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowMap {
    pub blocks: Vec<Block>,
}

/// Where a row of the template is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// Outside of every region; its new row.
    Outside(u32),
    /// The opening marker's row.
    Open(usize),
    /// Between the markers.
    Body(usize),
    /// The closing marker's row.
    Close(usize),
}

impl RowMap {
    /// Where a row is.
    pub fn spot(&self, row: u32) -> Spot {
        let mut growth = 0_i64;
        for (index, block) in self.blocks.iter().enumerate() {
            match row {
                _ if row < block.open => break,
                _ if row == block.open => return Spot::Open(index),
                _ if block.holds(row) => return Spot::Body(index),
                _ if row == block.close => return Spot::Close(index),
                _ => growth += block.growth(),
            }
        }
        let moved = i64::from(row) + if row >= LAST_ROW { 0 } else { growth };
        Spot::Outside(u32::try_from(moved.clamp(1, i64::from(LAST_ROW))).unwrap_or(LAST_ROW))
    }

    /// Whether the last row that the template uses stays within a sheet.
    pub fn fits(&self, last: u32) -> bool {
        let growth: i64 = self.blocks.iter().map(Block::growth).sum();
        i64::from(last) + growth <= i64::from(LAST_ROW)
    }

    /// First row that a region's copies take.
    fn first(&self, block: usize) -> u32 {
        let before: i64 = self.blocks.iter().take(block).map(Block::growth).sum();
        let open = self.blocks.get(block).map_or(1, |b| b.open);
        u32::try_from(i64::from(open) + before).unwrap_or(1)
    }

    /// The row after a region's copies.
    fn after(&self, block: usize) -> u32 {
        let rows = self.blocks.get(block).map_or(0, |b| b.height() * b.copies);
        self.first(block) + rows
    }

    /// The new row of a body row in one copy.
    pub fn in_turn(&self, turn: Turn, row: u32) -> u32 {
        let Some(block) = self.blocks.get(turn.block) else { return row };
        self.first(turn.block) + turn.copy * block.height() + (row.max(block.open + 1) - block.open - 1)
    }

    fn copies(&self, block: usize) -> u32 {
        self.blocks.get(block).map_or(0, |b| b.copies)
    }

    /// The new row of one row; that of a region in its first copy. `None` when it goes.
    pub fn row(&self, row: u32) -> Option<u32> {
        match self.spot(row) {
            Spot::Outside(new) => Some(new),
            Spot::Body(block) | Spot::Open(block) | Spot::Close(block) if self.copies(block) == 0 => None,
            Spot::Body(block) => Some(self.in_turn(Turn { block, copy: 0 }, row)),
            Spot::Open(block) => Some(self.first(block)),
            Spot::Close(block) => Some(self.after(block) - 1),
        }
    }

    /// The new first row of what begins at a row.
    fn start(&self, row: u32) -> u32 {
        match self.spot(row) {
            Spot::Outside(new) => new,
            Spot::Open(block) => self.first(block),
            Spot::Body(block) => self.in_turn(Turn { block, copy: 0 }, row).min(self.after(block)),
            Spot::Close(block) => self.after(block),
        }
    }

    /// The new last row of what ends at a row.
    fn end(&self, row: u32) -> u32 {
        match self.spot(row) {
            Spot::Outside(new) => new,
            Spot::Open(block) => self.first(block) - 1,
            Spot::Body(block) => match self.copies(block) {
                0 => self.first(block) - 1,
                n => self.in_turn(Turn { block, copy: n - 1 }, row),
            },
            Spot::Close(block) => self.after(block) - 1,
        }
    }

    /// The rows that what stood from `first` to `last` takes now, all copies of regions included; `None` when none
    /// is left.
    pub fn span(&self, first: u32, last: u32) -> Option<(u32, u32)> {
        let (start, end) = (self.start(first), self.end(last));
        (start <= end).then_some((start, end))
    }

    /// The region that holds all rows from `first` to `last` in its body, if one does.
    pub fn body(&self, first: u32, last: u32) -> Option<usize> {
        self.blocks.iter().position(|b| b.holds(first) && b.holds(last))
    }

    /// Like [`span`](Self::span), but what is a part of a region's body comes once in each copy.
    pub fn pieces(&self, first: u32, last: u32) -> Vec<(u32, u32)> {
        let part = |block: &usize| {
            let b = &self.blocks[*block];
            b.height() > 1 && last - first + 1 < b.height()
        };
        match self.body(first, last).filter(part) {
            Some(block) => self.each(block, first, last),
            None => self.span(first, last).into_iter().collect(),
        }
    }

    /// What stands in a region's body, in each copy.
    pub fn each(&self, block: usize, first: u32, last: u32) -> Vec<(u32, u32)> {
        let of = |copy| {
            let turn = Turn { block, copy };
            (self.in_turn(turn, first), self.in_turn(turn, last))
        };
        (0..self.copies(block)).map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A marker in rows 4 and 7 with two rows between, three records; a marker in rows 10 and 12, none.
    fn map() -> RowMap {
        RowMap {
            blocks: vec![Block { open: 4, close: 7, copies: 3 }, Block { open: 10, close: 12, copies: 0 }],
        }
    }

    #[test]
    fn rows_go_where_copies_push_them() {
        let map = map();
        let rows = [3, 4, 5, 6, 7, 8, 9, 11, 13].map(|row| map.row(row));
        assert_eq!(rows, [Some(3), Some(4), Some(4), Some(5), Some(9), Some(10), Some(11), None, Some(12)]);
        assert_eq!(map.in_turn(Turn { block: 0, copy: 2 }, 6), 9);
    }

    #[test]
    fn ranges_grow_with_what_they_hold() {
        let map = map();
        assert_eq!(map.span(5, 6), Some((4, 9)));
        assert_eq!(map.span(3, 8), Some((3, 10)));
        assert_eq!(map.span(4, 7), Some((4, 9)));
        assert_eq!(map.span(11, 11), None);
        assert_eq!(map.span(10, 13), Some((12, 12)));
        assert_eq!(map.pieces(5, 5), [(4, 4), (6, 6), (8, 8)]);
        assert_eq!(map.pieces(5, 6), [(4, 9)]);
        assert_eq!(map.span(1, LAST_ROW), Some((1, LAST_ROW)));
    }

    proptest! {
        #[test]
        fn rows_outside_keep_their_order_and_no_row_is_taken_twice(
            open in 1_u32..40, height in 1_u32..5, copies in 0_u32..20, rows in 1_u32..80,
        ) {
            let map = RowMap { blocks: vec![Block { open, close: open + height + 1, copies }] };
            let mut taken = Vec::new();
            for row in 1..=rows.max(open + height + 1) {
                match map.spot(row) {
                    Spot::Outside(new) => taken.push(new),
                    Spot::Body(block) => {
                        taken.extend((0..copies).map(|copy| map.in_turn(Turn { block, copy }, row)));
                    }
                    Spot::Open(_) | Spot::Close(_) => {}
                }
            }
            taken.sort_unstable();
            let expected: Vec<u32> = (1..).take(taken.len()).collect();
            prop_assert_eq!(taken, expected);
        }
    }
}
