//! A long table on a lying page: its head is frozen, repeats in print and carries the filter.

use super::style::Styles;
use super::{head, measure, sheet_name, text, wide};
use crate::doc::{Cell, Sheet, Table};
use rust_xlsxwriter::{IgnoreError, Worksheet, XlsxError};
use std::ops::Range;

/// Rows that a sheet has, less those that title, head and remarks may take.
const ROOM: usize = 1_048_576 - 64;

/// Parts of a table that fit one sheet each, with the sheets' names.
pub fn parts(table: &Table, sheet: &Sheet) -> Vec<(Range<usize>, String)> {
    parts_of(table.rows.len(), ROOM, &sheet.name)
}

fn parts_of(rows: usize, room: usize, name: &str) -> Vec<(Range<usize>, String)> {
    let count = rows.div_ceil(room).max(1);
    (0..count)
        .map(|part| {
            let suffix = if part == 0 { String::new() } else { format!("（{}）", part + 1) };
            (part * room..rows.min((part + 1) * room), sheet_name(name, &suffix))
        })
        .collect()
}

/// Writes one part.
pub fn write(
    page: &mut Worksheet,
    sheet: &Sheet,
    (remarks, table, closing): (&[String], &Table, &[String]),
    part: Range<usize>,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let widths: Vec<u16> = table.columns.iter().map(|c| c.width).collect();
    for (column, width) in (0..).zip(&widths) {
        page.set_column_width(column, f64::from(*width))?;
    }
    let last = u16::try_from(widths.len().max(4) - 1).unwrap_or(3);
    let mut row = head(page, sheet, &widths, styles)?;
    for remark in remarks {
        wide(page, row, (0, last), remark, &styles.body)?;
        page.set_row_height(
            row,
            measure::height(measure::lines(remark, measure::span(&widths, 0, last))) + 6.0,
        )?;
        row += 1;
    }
    let head_row = row;
    for (column, c) in (0..).zip(&table.columns) {
        text(page, row, column, &c.title, &styles.head)?;
    }
    page.set_row_height(row, 24)?;
    row += 1;
    let ends = part.end == table.rows.len();
    for cells in table.rows.get(part).unwrap_or_default() {
        let lines = cells.iter().zip(&widths).map(|(c, w)| measure::lines(&c.printed(), u32::from(*w))).max();
        for ((column, cell), c) in (0..).zip(cells).zip(&table.columns) {
            match cell {
                Cell::Count(n) => {
                    page.write_number_with_format(row, column, *n as f64, &styles.number)?;
                }
                Cell::Ordinal(n) => {
                    page.write_number_with_format(row, column, *n as f64, &styles.ordinal)?;
                }
                Cell::Text(words) | Cell::Mark(words, _) => {
                    text(page, row, column, words, styles.cell(cell, c.align))?;
                }
            }
        }
        page.set_row_height(row, measure::height(lines.unwrap_or(1)))?;
        row += 1;
    }
    if row == head_row + 1 {
        wide(page, row, (0, last), "（無）", &styles.note)?;
        row += 1;
    } else {
        let last_column = u16::try_from(widths.len().max(1) - 1).unwrap_or_default();
        page.autofilter(head_row, 0, row - 1, last_column)?;
        // Ids and values are texts on purpose; green corners would only distract.
        page.ignore_error_range(head_row, 0, row - 1, last_column, IgnoreError::NumberStoredAsText)?;
    }
    for line in closing.iter().filter(|_| ends) {
        wide(page, row, (0, last), line, &styles.closing)?;
        page.set_row_height(row, 34)?;
        row += 1;
    }
    page.set_freeze_panes(head_row + 1, 0)?;
    page.set_repeat_rows(head_row, head_row)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::parts_of;

    #[test]
    fn rows_beyond_a_sheets_limit_go_on_in_the_next_one() {
        let parts = parts_of(25, 10, "例外明細");
        let names: Vec<_> = parts.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(names, ["例外明細", "例外明細（2）", "例外明細（3）"]);
        assert_eq!(parts.iter().map(|(r, _)| r.clone()).collect::<Vec<_>>(), [0..10, 10..20, 20..25]);
        assert_eq!(parts_of(0, 10, "空").len(), 1);
    }

    #[test]
    fn a_long_sheet_name_is_cut_and_keeps_its_number() {
        let name = "名".repeat(40);
        let (_, second) = parts_of(20, 10, &name).pop().expect("two parts");
        assert_eq!(second.chars().count(), 31);
        assert!(second.ends_with("（2）"));
    }
}
