//! A long table on a lying page: its head is frozen, repeats in print and carries the filter.

use super::measure::{self, MOST_LINES};
use super::set::{rows_above, table_name, titles_once};
use super::style::Styles;
use super::{Writing, head, sheet_name, text, wide};
use crate::doc::{Body, Cell, Column, Sheet, Table};
use rust_xlsxwriter::{IgnoreError, Table as ListObject, TableColumn, TableStyle, Worksheet, XlsxError};
use std::ops::Range;

/// Rows that a sheet has, less those that title, head and remarks may take.
const ROOM: usize = 1_048_576 - 1_024;
/// A table of fewer rows fits one sheet also where some of them go on.
const SHORT: usize = 200_000;
/// Before what identifies a row, in the rows in which it goes on.
pub const GOES_ON: &str = "（續）";

/// Parts of a table that fit one sheet each, with the sheets' names.
pub fn parts(table: &Table, sheet: &Sheet) -> Vec<(Range<usize>, String)> {
    let widths = widths(table);
    // Hardly any row goes on in a second one: short tables have room for those that do.
    let short = table.rows.len() < SHORT;
    let counts = table.rows.iter().map(|cells| if short { 1 } else { row_count(cells, &widths) });
    parts_of(counts, ROOM, &sheet.name)
}

fn parts_of(counts: impl Iterator<Item = usize>, room: usize, name: &str) -> Vec<(Range<usize>, String)> {
    let (mut ends, mut taken, mut rows) = (Vec::new(), 0, 0);
    for count in counts {
        if taken + count > room {
            ends.push(rows);
            taken = 0;
        }
        taken += count;
        rows += 1;
    }
    ends.push(rows);
    let starts = std::iter::once(0).chain(ends.clone());
    let suffix = |n: usize| if n == 1 { String::new() } else { format!("（{n}）") };
    let named = |(n, (start, end))| (start..end, sheet_name(name, &suffix(n)));
    (1..).zip(starts.zip(ends)).map(named).collect()
}

/// Widths of the columns.
pub fn widths(table: &Table) -> Vec<u16> {
    table.columns.iter().map(|c| c.width).collect()
}

/// The sheet's row of a row of its table, on the first tab.
pub fn row_of(sheet: &Sheet, row: usize) -> Option<u32> {
    let Body::List { table, .. } = &sheet.body else { return None };
    let before = table.rows.get(..row).filter(|_| row < table.rows.len())?;
    let widths = widths(table);
    let above: usize = before.iter().map(|cells| row_count(cells, &widths)).sum();
    Some(rows_above(sheet)? + u32::try_from(above).ok()?)
}

/// Rows that the remarks above the table take.
pub fn remark_rows(remarks: &[String], widths: &[u16]) -> u32 {
    let room = measure::span(widths, 0, u16::MAX);
    remarks.iter().map(|r| measure::pieces(r, room).len() as u32).sum()
}

/// Rows of the sheet that a row of the table takes.
fn row_count(cells: &[Cell], widths: &[u16]) -> usize {
    let rows = |(cell, width): (&Cell, &u16)| measure::pieces(&cell.words(), u32::from(*width)).len();
    cells.iter().zip(widths).map(rows).max().unwrap_or(1)
}

/// Writes one part.
pub fn write(
    page: &mut Worksheet,
    sheet: &Sheet,
    (remarks, table, closing): (&[String], &Table, &[String]),
    (part, tab): (Range<usize>, &str),
    writing: &Writing<'_>,
) -> Result<(), XlsxError> {
    let (widths, styles) = (widths(table), writing.styles);
    for (column, width) in (0..).zip(&widths) {
        page.set_column_width(column, f64::from(*width))?;
    }
    let last = u16::try_from(widths.len().max(4) - 1).unwrap_or(3);
    let mut row = head(page, sheet, &widths, styles)?;
    for remark in remarks {
        let room = measure::span(&widths, 0, last);
        for piece in measure::pieces(remark, room) {
            wide(page, row, (0, last), piece, &styles.body)?;
            page.set_row_height(row, measure::height(measure::lines(piece, room)) + 6.0)?;
            row += 1;
        }
    }
    let head_row = row;
    for (column, c) in (0..).zip(&table.columns) {
        text(page, row, column, &c.title, &styles.head)?;
    }
    page.set_row_height(row, 24)?;
    row += 1;
    let ends = part.end == table.rows.len();
    let mut rows = Rows { page, columns: &table.columns, widths: &widths, writing, row };
    for cells in table.rows.get(part).unwrap_or_default() {
        rows.write(cells)?;
    }
    row = rows.row;
    if row == head_row + 1 {
        wide(page, row, (0, last), "（無）", &styles.note)?;
        row += 1;
    } else {
        sortable(page, table, (head_row, row - 1), tab, writing)?;
    }
    for line in closing.iter().filter(|_| ends) {
        wide(page, row, (0, last), line, &styles.closing)?;
        let lines = measure::lines(line, measure::span(&widths, 0, last));
        page.set_row_height(row, measure::height(lines).max(34.0))?;
        row += 1;
    }
    page.set_freeze_panes(head_row + 1, 0)?;
    page.set_repeat_rows(head_row, head_row)?;
    Ok(())
}

/// The filter, in a set of papers that of a real table.
fn sortable(
    page: &mut Worksheet,
    table: &Table,
    (head, last): (u32, u32),
    tab: &str,
    writing: &Writing<'_>,
) -> Result<(), XlsxError> {
    let last_column = u16::try_from(table.columns.len().max(1) - 1).unwrap_or_default();
    if writing.set.is_some() {
        let titles = titles_once(table.columns.iter().map(|c| c.title.clone()));
        let columns: Vec<TableColumn> = titles
            .into_iter()
            .map(|title| TableColumn::new().set_header(title).set_header_format(&writing.styles.head.plain))
            .collect();
        let object = ListObject::new()
            .set_name(table_name(writing.paper, tab))
            .set_style(TableStyle::None)
            .set_banded_rows(false)
            .set_columns(&columns);
        page.add_table(head, 0, last, last_column, &object)?;
    } else {
        page.autofilter(head, 0, last, last_column)?;
    }
    // Ids and values are texts on purpose; green corners would only distract.
    page.ignore_error_range(head, 0, last, last_column, IgnoreError::NumberStoredAsText)?;
    Ok(())
}

/// Writes the rows of a table below each other.
struct Rows<'a> {
    page: &'a mut Worksheet,
    columns: &'a [Column],
    widths: &'a [u16],
    writing: &'a Writing<'a>,
    row: u32,
}

impl Rows<'_> {
    /// One row; what is higher than a row may be goes on in the rows below, and nothing is cut.
    fn write(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        let lines = |(c, w): (&Cell, &u16)| measure::lines(&c.words(), u32::from(*w));
        let most = cells.iter().zip(self.widths).map(lines).max().unwrap_or(1);
        if most > MOST_LINES {
            return self.write_long(cells);
        }
        for ((column, cell), c) in (0..).zip(cells).zip(self.columns) {
            self.cell(column, cell, c)?;
        }
        self.end(most)
    }

    fn write_long(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        let words: Vec<_> = cells.iter().map(Cell::words).collect();
        let pieces: Vec<Vec<&str>> =
            words.iter().zip(self.widths).map(|(t, w)| measure::pieces(t, u32::from(*w))).collect();
        let count = pieces.iter().map(Vec::len).max().unwrap_or(1);
        for at in 0..count {
            let mut most = 1;
            for (((column, cell), c), own) in (0..).zip(cells).zip(self.columns).zip(&pieces) {
                let key = own.first().and_then(|t| t.lines().next()).unwrap_or_default();
                let words = own.get(at).copied().unwrap_or_default();
                let marked = match column {
                    0 if at > 0 && words.is_empty() => format!("{GOES_ON}{key}"),
                    0 if at > 0 => format!("{GOES_ON}{words}"),
                    _ => words.to_owned(),
                };
                most = most.max(measure::lines(&marked, u32::from(c.width)));
                if at == 0 && own.len() == 1 {
                    self.cell(column, cell, c)?;
                } else {
                    text(self.page, self.row, column, &marked, self.writing.styles.cell(cell, c.align))?;
                }
            }
            self.end(most)?;
        }
        Ok(())
    }

    fn cell(&mut self, column: u16, cell: &Cell, c: &Column) -> Result<(), XlsxError> {
        let (page, styles): (_, &Styles) = (&mut *self.page, self.writing.styles);
        match cell {
            Cell::Count(n) => {
                page.write_number_with_format(self.row, column, *n as f64, &styles.number)?;
            }
            Cell::Ordinal(n) => {
                page.write_number_with_format(self.row, column, *n as f64, &styles.ordinal)?;
            }
            Cell::Text(words) | Cell::Mark(words, _) => {
                text(page, self.row, column, words, styles.cell(cell, c.align))?;
            }
            Cell::Link(words, place) => match self.writing.url(place) {
                Some(url) => {
                    page.write_url_with_format(self.row, column, url.set_text(words), &styles.link)?;
                }
                None => text(page, self.row, column, words, styles.cell(cell, c.align))?,
            },
        }
        Ok(())
    }

    fn end(&mut self, lines: u32) -> Result<(), XlsxError> {
        self.page.set_row_height(self.row, measure::height(lines))?;
        self.row += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::parts_of;

    #[test]
    fn rows_beyond_a_sheets_limit_go_on_in_the_next_one() {
        let parts = parts_of([1; 25].into_iter(), 10, "例外明細");
        let names: Vec<_> = parts.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(names, ["例外明細", "例外明細（2）", "例外明細（3）"]);
        assert_eq!(parts.iter().map(|(r, _)| r.clone()).collect::<Vec<_>>(), [0..10, 10..20, 20..25]);
        let uneven = parts_of([4, 4, 4, 9, 1, 1].into_iter(), 10, "例外明細");
        assert_eq!(uneven.iter().map(|(r, _)| r.clone()).collect::<Vec<_>>(), [0..2, 2..3, 3..5, 5..6]);
        assert_eq!(parts_of(std::iter::empty(), 10, "空").len(), 1);
    }

    #[test]
    fn a_long_sheet_name_is_cut_and_keeps_its_number() {
        let name = "名".repeat(40);
        let (_, second) = parts_of([1; 20].into_iter(), 10, &name).pop().expect("two parts");
        assert_eq!(second.chars().count(), 31);
        assert!(second.ends_with("（2）"));
    }
}
