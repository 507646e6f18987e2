//! Workbooks whose parts are XML (xlsx, xlsm): the shared texts are loaded into one piece of memory, sheets are
//! unpacked by one thread and parsed by a second one.
//!
//! Every sheet is read in the same way, whatever it holds: cut into pieces where rows begin ([`pieces`]), each piece
//! parsed by one parser ([`cells`]) whose state goes from piece to piece. What the values mean is calamine's
//! understanding, which a test compares cell by cell, except that text in CDATA sections and behind a character
//! reference counts too, and that a cell with two values is damaged.

mod cells;
mod formats;
mod pieces;
mod plain;
mod shared;
#[cfg(test)]
mod tests;
mod text;

use super::SheetInfo;
use super::batch::Gather;
use super::package::{Archive, Skeleton, zip_error};
use super::workbook::guarded;
use crate::{IntakeError, Limits};
use cells::{Cells, Values};
use formats::Formats;
use pieces::Pieces;
use shared::Texts;
use std::sync::mpsc::sync_channel;
use std::thread::Scope;
use text::DAMAGED;

/// Pieces that may wait.
const PIECES: usize = 4;

/// What the cells of all sheets share.
pub(super) struct XmlBook {
    texts: Texts,
    formats: Formats,
}

impl XmlBook {
    /// Loads the texts and judges the formats. `archive` is the workbook's container, opened once more.
    ///
    /// # Errors
    /// `Damaged`; `TooLarge`.
    pub(super) fn open(
        archive: &mut Archive,
        texts: Option<usize>,
        skeleton: &Skeleton,
        sheets: &[SheetInfo],
        parts: &[String],
        limits: &Limits,
    ) -> Result<Self, IntakeError> {
        let first = sheets.first().zip(parts.first());
        let formats =
            Formats::of(skeleton, first.map(|(sheet, part)| (sheet.name.as_str(), part.as_str())), limits)?;
        let texts = match texts {
            Some(index) => Texts::load(archive.by_index(index).map_err(zip_error)?, limits)?,
            None => Texts::default(),
        };
        Ok(Self { texts, formats })
    }

    pub(super) fn is_1904(&self) -> bool {
        self.formats.is_1904
    }

    /// Begins to read a sheet, the part at `index`, on two threads.
    pub(super) fn read<'s>(
        &'s self,
        scope: &'s Scope<'s, '_>,
        archive: &'s mut Archive,
        index: usize,
        limits: &'s Limits,
        mut to: Gather<'s>,
    ) {
        let (sender, receiver) = sync_channel(PIECES);
        let (giver, empty) = sync_channel::<Vec<u8>>(PIECES);
        scope.spawn(move || {
            let unpacked = guarded(|| {
                let part = archive.by_index(index).map_err(zip_error)?;
                let size = part.size();
                let mut pieces = Pieces::new(part, size, b"row", b"sheetData", limits);
                while let Some(piece) = pieces.next(empty.try_recv().unwrap_or_default())? {
                    if sender.send(Ok(piece)).is_err() {
                        break;
                    }
                }
                Ok::<_, IntakeError>(())
            });
            if let Err(error) = unpacked {
                // The receiver is gone when nobody wants more.
                let _ = sender.send(Err(error));
            }
        });
        let values = Values { texts: &self.texts, formats: &self.formats };
        scope.spawn(move || {
            let read = guarded(|| {
                let mut cells = Cells::new(values);
                for piece in receiver {
                    let piece = piece?;
                    if !cells.piece(&piece, &mut to)? || cells.is_done() {
                        return Ok(());
                    }
                    // It is full when enough of them wait.
                    let _ = giver.try_send(piece);
                }
                Err(DAMAGED)
            });
            to.finish(read);
        });
    }
}
