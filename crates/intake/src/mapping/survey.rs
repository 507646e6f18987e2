//! The first rows of a sheet, and where in them tables begin.

use crate::IntakeError;
use crate::coerce::footer::is_footer;
use crate::coerce::text::shown;
use crate::recognise::{HeadRow, HeaderWords};
use crate::source::{Cell, Flow, RawRow, Source};

/// Rows with anything in them among which the header is looked for.
const HEAD_ROWS: usize = 40;
/// Rows in which more tables are looked for.
const SURVEY_ROWS: usize = 5_000;
/// Characters of a head cell that are looked at.
const HEAD_CHARS: usize = 200;
/// Titles above a header that are kept.
const TITLES: usize = 8;
/// Tables of one sheet; what comes later is told while the last of them is read.
const TABLES: usize = 64;

/// A row that is the header of some dataset, with what stands around it.
#[derive(Debug, Clone)]
pub(super) struct Section {
    /// Rows above it that are no records, then the row, then the one directly below it.
    pub rows: Vec<HeadRow>,
    /// Number of the header's row.
    pub header: u32,
}

impl Section {
    /// The row on which the section begins: its first title, or its header.
    pub(super) fn first_row(&self) -> u32 {
        self.rows.first().map_or(self.header, |r| r.number)
    }
}

/// What the first rows showed.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The first rows as texts.
    pub head: Vec<HeadRow>,
    /// Rows that are headers by their exact names, in order.
    pub sections: Vec<Section>,
}

/// Looks at the first rows; `also` is a row that is taken for a header whatever it says.
pub(super) fn survey(
    source: &mut Source,
    sheet: &str,
    words: &HeaderWords,
    also: Option<u32>,
) -> Result<Survey, IntakeError> {
    let shift = source.epoch_shift();
    let mut found = Survey::default();
    let mut titles = Titles::default();
    let mut seen = 0;
    source.stream(sheet, &mut |row| {
        seen += 1;
        let is_also = also == Some(row.number);
        let is_header = is_also || (found.sections.len() < TABLES && words.is_header(row, 1));
        let open = found.sections.last_mut().filter(|s| s.header + 1 == row.number);
        if seen <= HEAD_ROWS || is_header || open.is_some() {
            let texts = head_row(row, shift);
            if let Some(section) = open {
                section.rows.push(texts.clone());
            }
            if is_header {
                let mut rows = titles.take();
                rows.push(texts.clone());
                found.sections.push(Section { rows, header: row.number });
            }
            if seen <= HEAD_ROWS {
                found.head.push(texts);
            }
        }
        if !is_header {
            titles.see(row, shift);
        }
        let wanted = also.is_some_and(|also| row.number <= also);
        Ok(if seen < SURVEY_ROWS || wanted { Flow::Go } else { Flow::Stop })
    })?;
    Ok(found)
}

fn head_row(row: &RawRow<'_, '_>, shift: i32) -> HeadRow {
    let text = |cell| shown(cell, shift).chars().take(HEAD_CHARS).collect::<String>();
    let own = row.cells.iter().filter(|(c, _)| !row.filled.contains(c));
    HeadRow { number: row.number, cells: own.map(|(c, cell)| (*c, text(cell))).collect() }
}

/// The rows since the last record that could be titles of what follows.
#[derive(Default)]
struct Titles {
    rows: Vec<HeadRow>,
    last: u32,
}

impl Titles {
    /// Takes a row that is no header. A title stands alone or beside its label; directly below a record one cell
    /// stands alone, and after a blank row a new block begins.
    fn see(&mut self, row: &RawRow<'_, '_>, shift: i32) {
        let gap = row.number > self.last + 1;
        self.last = row.number;
        let own = row.cells.len() - row.filled.len();
        let texts =
            row.cells.iter().filter_map(|(_, c)| if let Cell::Text(t) = c { Some(t.trim()) } else { None });
        let few = own == 1 || (own == 2 && (gap || !self.rows.is_empty()));
        if !few || is_footer(texts, own, own) {
            self.rows.clear();
        } else if self.rows.len() < TITLES {
            self.rows.push(head_row(row, shift));
        }
    }

    fn take(&mut self) -> Vec<HeadRow> {
        std::mem::take(&mut self.rows)
    }
}
