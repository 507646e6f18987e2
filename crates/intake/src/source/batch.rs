//! Rows on their way from the thread that reads a sheet to the one that takes them, in batches, so that memory stays
//! small and the next core has work.

use super::merges::Filler;
use super::scan::SheetScan;
use super::{Cell, Flow, RawRow};
use crate::{Excess, IntakeError};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};

/// Cells after which a batch is handed over at the next end of a row.
const BATCH_CELLS: usize = 8_192;
/// Batches that may wait.
const BATCHES: usize = 4;

/// Rows with their cells one after another; every cell holds something.
#[derive(Default)]
struct Batch<'a> {
    cells: Vec<(u32, Cell<'a>)>,
    /// Number of each row, and where its cells end.
    rows: Vec<(u32, usize)>,
}

impl Batch<'_> {
    /// Where the last row's cells begin.
    fn last_start(&self) -> usize {
        let before = self.rows.len().checked_sub(2).and_then(|i| self.rows.get(i));
        before.map_or(0, |(_, end)| *end)
    }
}

/// A way from [`Gather`] to [`consume`].
pub(super) fn channel<'a>(max_columns: u32) -> (Gather<'a>, Rows<'a>) {
    let (sender, receiver) = sync_channel(BATCHES);
    let (giver, empty) = sync_channel(BATCHES);
    let batch = Batch::default();
    (Gather { batch, max_columns, sender, empty }, Rows { receiver, giver })
}

/// Gathers cells to rows, rows to batches.
pub(super) struct Gather<'a> {
    batch: Batch<'a>,
    max_columns: u32,
    sender: SyncSender<Result<Batch<'a>, IntakeError>>,
    /// Batches that were taken, to be filled again.
    empty: Receiver<Batch<'a>>,
}

impl<'a> Gather<'a> {
    /// Takes a cell: row and column counted from 0.
    ///
    /// # Errors
    /// `TooLarge` when its row has too many.
    pub(super) fn push(&mut self, row: u32, column: u32, value: Cell<'a>) -> Result<(), IntakeError> {
        if value == Cell::Empty {
            return Ok(());
        }
        let number = row.saturating_add(1);
        let cells = self.batch.cells.len();
        match self.batch.rows.last() {
            Some((last, _)) if *last == number => {
                let in_row = cells - self.batch.last_start();
                if in_row as u64 >= u64::from(self.max_columns) {
                    let limit = u64::from(self.max_columns);
                    return Err(IntakeError::TooLarge { what: Excess::Columns, limit });
                }
            }
            _ => self.batch.rows.push((number, cells)),
        }
        self.batch.cells.push((column, value));
        if let Some((_, end)) = self.batch.rows.last_mut() {
            *end = cells + 1;
        }
        Ok(())
    }

    /// Whether enough was gathered to be handed over.
    pub(super) fn is_full(&self) -> bool {
        self.batch.cells.len() >= BATCH_CELLS
    }

    /// Hands over what was gathered, if that is enough, without the last row, which may go on; false when nobody
    /// wants more.
    pub(super) fn hand_over(&mut self) -> bool {
        if !self.is_full() || self.batch.rows.len() < 2 {
            return true;
        }
        let mut next = match self.empty.try_recv() {
            Ok(batch) => batch,
            Err(TryRecvError::Empty) => Batch::default(),
            Err(TryRecvError::Disconnected) => return false,
        };
        let start = self.batch.last_start();
        next.cells.extend(self.batch.cells.drain(start..));
        let number = self.batch.rows.pop().map_or(0, |(number, _)| number);
        next.rows.push((number, next.cells.len()));
        self.sender.send(Ok(std::mem::replace(&mut self.batch, next))).is_ok()
    }

    /// Hands over the rest, or why there is none.
    pub(super) fn finish(self, read: Result<(), IntakeError>) {
        // The receiver is gone when nobody wants more rows.
        let _ = self.sender.send(read.map(|()| self.batch));
    }
}

/// Rows as they arrive.
pub(super) struct Rows<'a> {
    receiver: Receiver<Result<Batch<'a>, IntakeError>>,
    giver: SyncSender<Batch<'a>>,
}

/// Visits the rows as they arrive, until there are none or `visit` wants no more.
///
/// # Errors
/// What made reading or visiting end; `Damaged` for a cell given twice.
pub(super) fn consume(
    rows: Rows<'_>,
    scan: &SheetScan,
    visit: &mut dyn FnMut(&RawRow<'_, '_>) -> Result<Flow, IntakeError>,
) -> Result<(), IntakeError> {
    let mut filler = Filler::new(&scan.merges);
    let mut filled = Vec::new();
    let mut merged = Vec::new();
    for batch in rows.receiver {
        let mut batch = batch?;
        let mut start = 0;
        for (number, end) in batch.rows.drain(..) {
            let cells = batch.cells.get_mut(start..end).unwrap_or_default();
            start = end;
            in_order(cells)?;
            let cells = if scan.merges.is_empty() {
                &*cells
            } else {
                merged.clear();
                merged.extend(cells.iter_mut().map(|(at, cell)| (*at, std::mem::replace(cell, Cell::Empty))));
                filler.fill(number, &mut merged, &mut filled);
                &*merged
            };
            let row = RawRow { number, hidden: scan.is_hidden(number), cells, filled: &filled };
            if visit(&row)? == Flow::Stop {
                return Ok(());
            }
        }
        batch.cells.clear();
        // It is full when enough of them wait; the sender is gone when no more are needed.
        let _ = rows.giver.try_send(batch);
    }
    Ok(())
}

/// Puts a row's cells in order.
///
/// # Errors
/// `Damaged` when a cell is given twice: neither of its values may be lost in silence.
fn in_order(cells: &mut [(u32, Cell<'_>)]) -> Result<(), IntakeError> {
    if cells.is_sorted_by(|(one, _), (next, _)| one < next) {
        return Ok(());
    }
    cells.sort_by_key(|(column, _)| *column);
    if cells.windows(2).any(|pair| matches!(pair, [(one, _), (next, _)] if one == next)) {
        return Err(IntakeError::Damaged { what: "cell given twice" });
    }
    Ok(())
}
