//! A table that somebody edits in a spreadsheet program and hands back: what must not change is shaded and locked,
//! and every text comes back as it went out.

use super::style::Styles;
use super::{TEXT, about, lying, measure, saved};
use crate::ReportError;
use fieldbook_model::Moment;
use rust_xlsxwriter::{IgnoreError, ProtectionOptions, Workbook as Xlsx, Worksheet, XlsxError};

/// Name of the only sheet.
pub const SHEET: &str = "檢查表";

/// The file's bytes. Columns are heading, whether it may be edited, and width in half-width characters.
///
/// # Errors
/// When the writer refuses a text; none is cut, or it would come back as a change.
pub fn bytes(
    columns: &[(String, bool, u16)],
    rows: &[Vec<String>],
    title: &str,
    at: Moment,
) -> Result<Vec<u8>, ReportError> {
    write(columns, rows, title, at)
        .map_err(|source| ReportError::Workbook { paper: SHEET.to_owned(), source: Box::new(source) })
}

fn write(
    columns: &[(String, bool, u16)],
    rows: &[Vec<String>],
    title: &str,
    at: Moment,
) -> Result<Vec<u8>, XlsxError> {
    let mut file = Xlsx::new();
    file.set_properties(&about(title, at)?);
    let styles = Styles::new();
    let page = file.add_worksheet();
    page.set_name(SHEET)?;
    lying(page, title);
    let (head, locked) =
        (&styles.head.plain, styles.left.plain.clone().set_background_color(super::style::SUNKEN));
    let open = styles.left.plain.clone().set_unlocked().set_num_format_index(TEXT);
    for (column, (heading, _, width)) in (0..).zip(columns) {
        page.set_column_width(column, f64::from(*width))?;
        page.write_string_with_format(0, column, heading, head)?;
    }
    page.set_row_height(0, 26)?;
    let mut last = 0;
    for (row, cells) in (1..).zip(rows) {
        let mut most = 1;
        for ((column, text), (_, editable, width)) in (0..).zip(cells).zip(columns) {
            let format = if *editable { &open } else { &locked };
            if text.is_empty() {
                page.write_blank(row, column, format)?;
            } else {
                page.write_string_with_format(row, column, text, format)?;
            }
            most = most.max(measure::lines(text, u32::from(*width)));
        }
        page.set_row_height(row, measure::height(most))?;
        last = row;
    }
    finish(page, columns.len(), last)?;
    saved(&mut file)
}

/// Frozen head, filter, and the lock without a password: it keeps from mistakes, not from intent.
fn finish(page: &mut Worksheet, columns: usize, last: u32) -> Result<(), XlsxError> {
    let last_column = u16::try_from(columns.max(1) - 1).unwrap_or(u16::MAX);
    page.autofilter(0, 0, last, last_column)?;
    page.ignore_error_range(0, 0, last, last_column, IgnoreError::NumberStoredAsText)?;
    page.set_freeze_panes(1, 0)?;
    page.set_repeat_rows(0, 0)?;
    page.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        use_autofilter: true,
        ..ProtectionOptions::new()
    });
    Ok(())
}
