//! A workbook of these kinds as plain texts, in the process that has its bytes.

use super::book::Book;
use super::{BookKind, cell};
use crate::coerce::text::shown;
use crate::source::shared_file::SharedFile;
use crate::source::table::{Beginning, TextLine};
use crate::{IntakeError, Limits};

/// The open workbook.
pub(crate) struct WholeTable(Book);

impl WholeTable {
    /// Parses the bytes.
    pub(crate) fn open(file: &SharedFile, kind: BookKind, limits: &Limits) -> Result<Self, IntakeError> {
        Book::of(file, kind, limits).map(Self)
    }

    /// Names of its sheets, in order.
    pub(crate) fn sheets(&self) -> Vec<String> {
        self.0.facts().sheets.into_iter().map(|(name, _)| name).collect()
    }

    /// The first rows of a sheet, by its place.
    pub(crate) fn beginning(
        &mut self,
        place: u32,
        (max_rows, max_columns): (usize, usize),
        limits: &Limits,
    ) -> Result<Beginning, IntakeError> {
        let shift = if self.0.facts().is_1904 { 1462 } else { 0 };
        let (_, mut rows) = self.0.sheet(place, limits)?;
        let mut begun = Beginning::default();
        loop {
            let batch = rows.batch(1 << 16);
            if batch.is_empty() {
                return Ok(begun);
            }
            for (row, given) in batch {
                if begun.lines.len() >= max_rows {
                    begun.cut = true;
                    return Ok(begun);
                }
                let mut cells = Vec::new();
                for (column, value) in given {
                    let at = usize::try_from(column).unwrap_or(usize::MAX);
                    if at >= max_columns {
                        begun.cut = true;
                        break;
                    }
                    cells.resize(at, String::new());
                    cells.push(shown(&cell(value), shift).into_owned());
                }
                begun.lines.push(TextLine { row, cells });
            }
        }
    }
}
