//! A long table on a lying page: its head is frozen, repeats in print and carries the filter.

use super::grown::{Grown, letters, most_lines, row_count, rows_for};
use super::head::{head, last_column};
use super::set::{rows_above, table_name, titles_once};
use super::{Writing, measure, sheet_name, text, wide};
use crate::doc::{Body, Sheet, Table};
use rust_xlsxwriter::{IgnoreError, Table as ListObject, TableColumn, TableStyle, Worksheet, XlsxError};
use std::ops::Range;

/// Rows that a sheet has, less those that title, head and remarks may take.
const ROOM: u32 = 1_048_576 - 1_024;
/// A table of fewer rows fits one sheet also where some of them go on.
const SHORT: usize = 200_000;
/// Parts of a table that fit one sheet each, with the sheets' names.
pub fn parts(table: &Table, sheet: &Sheet) -> Vec<(Range<usize>, String)> {
    let widths = widths(table);
    // Hardly any row goes on in a second one: short tables have room for those that do.
    let short = table.rows.len() < SHORT;
    let counts = table.rows.iter().map(|cells| if short { 1 } else { row_count(cells, &widths) });
    parts_of(counts, ROOM, &sheet.name)
}

fn parts_of(counts: impl Iterator<Item = u32>, room: u32, name: &str) -> Vec<(Range<usize>, String)> {
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
    let above: u32 = before.iter().map(|cells| row_count(cells, &widths)).sum();
    Some(rows_above(sheet)? + above)
}

/// Rows that the remarks above the table take.
pub fn remark_rows(remarks: &[String], widths: &[u16]) -> u32 {
    let room = measure::span(widths, 0, u16::MAX);
    remarks.iter().map(|r| measure::pieces(r, room).len() as u32).sum()
}

/// Writes one part; its rows, if it has any, are to be put in afterwards.
pub fn write<'a>(
    page: &mut Worksheet,
    sheet: &Sheet,
    (remarks, table, closing): (&[String], &'a Table, &[String]),
    (part, tab): (Range<usize>, &str),
    writing: &Writing<'_>,
) -> Result<Option<Grown<'a>>, XlsxError> {
    let (widths, styles) = (widths(table), writing.styles);
    for (column, width) in (0..).zip(&widths) {
        page.set_column_width(column, f64::from(*width))?;
    }
    let last = last_column(&widths);
    let mut row = head(page, sheet, &widths, styles)?;
    for remark in remarks {
        let room = measure::span(&widths, 0, last);
        for piece in measure::pieces(remark, room) {
            wide(page, row, (0, last), piece, &styles.body)?;
            page.set_row_height(row, measure::height(measure::lines(piece, room)) + 6.0)?;
            row += 1;
        }
    }
    for (column, c) in (0..).zip(&table.columns) {
        text(page, row, column, &c.title, &styles.head)?;
    }
    page.set_row_height(row, 24)?;
    page.set_freeze_panes(row + 1, 0)?;
    page.set_repeat_rows(row, row)?;
    row += 1;
    let first = row;
    let rows = table.rows.get(part.clone()).unwrap_or_default();
    let lines: Vec<u32> = rows.iter().map(|cells| most_lines(cells, &widths)).collect();
    let counts = rows.iter().zip(&lines).map(|(cells, lines)| rows_for(*lines, cells, &widths));
    let counts: Vec<u32> = counts.collect();
    let below = first + counts.iter().sum::<u32>();
    if below == first {
        wide(page, row, (0, last), "（無）", &styles.note)?;
        row += 1;
    } else {
        sortable(page, table, (first - 1, below - 1), tab, writing)?;
        links(page, table, (part.clone(), first), &counts, writing)?;
        row = below;
    }
    for line in closing.iter().filter(|_| part.end == table.rows.len()) {
        wide(page, row, (0, last), line, &styles.closing)?;
        let lines = measure::lines(line, measure::span(&widths, 0, last));
        page.set_row_height(row, measure::height(lines).max(34.0))?;
        row += 1;
    }
    if below == first {
        return Ok(None);
    }
    for (column, format) in (0..).zip(styles.of_tables()) {
        page.write_blank(row, column, format)?;
    }
    Ok(Some(Grown { table, part, lines, first, below, end: row - 1, samples: row }))
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
        // The writer notes every cell of a table; it is told of one row, and the rest when the rows are put in.
        page.add_table(head, 0, head + 1, last_column, &object)?;
    } else {
        page.autofilter(head, 0, last, last_column)?;
    }
    // Ids and values are texts on purpose; green corners would only distract.
    page.ignore_error_range(head, 0, last, last_column, IgnoreError::NumberStoredAsText)?;
    Ok(())
}

/// The place of a table from its head to the row before `below`, both from 0: `A10:Q42`.
pub fn range(table: &Table, first: u32, below: u32) -> String {
    format!("A{first}:{}{below}", letters(table.columns.len().max(1) - 1))
}

/// Where the cells of a table lead.
fn links(
    page: &mut Worksheet,
    table: &Table,
    (part, first): (Range<usize>, u32),
    counts: &[u32],
    writing: &Writing<'_>,
) -> Result<(), XlsxError> {
    let mut row = first;
    for (cells, count) in table.rows.get(part).unwrap_or_default().iter().zip(counts) {
        for (column, cell) in (0..).zip(cells) {
            if let Some(url) = writing.url(cell) {
                page.write_url_with_format(row, column, url, &writing.styles.link)?;
            }
        }
        row += count;
    }
    Ok(())
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
