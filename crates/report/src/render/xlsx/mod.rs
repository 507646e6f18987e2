//! Working papers as .xlsx: print set-up of a paper on A4, texts that stay texts, the same bytes each time.

mod form;
mod list;
pub mod measure;
pub mod round_trip;
mod style;
pub mod template;

use crate::doc::{Body, Pair, Sheet, Workbook};
use crate::{ReportError, words};
use fieldbook_model::Moment;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook as Xlsx, Worksheet, XlsxError};
use style::Styles;

/// Longest text of a cell; what is cut says so.
const CELL_LIMIT: usize = 32_767;
const CUT: &str = "…（內容過長，已截斷，全文見查核案卷）";
/// Longest name of a sheet.
const NAME_LIMIT: usize = 31;
/// The format's own number format for texts.
const TEXT: u8 = 49;
/// 20 mm in inches.
const MARGIN: f64 = 0.787;

/// The paper's bytes.
///
/// # Errors
/// When the writer refuses a sheet.
pub fn bytes(book: &Workbook) -> Result<Vec<u8>, ReportError> {
    write(book)
        .map_err(|source| ReportError::Workbook { paper: book.paper.clone(), source: Box::new(source) })
}

fn write(book: &Workbook) -> Result<Vec<u8>, XlsxError> {
    let mut file = Xlsx::new();
    file.set_properties(&properties(book)?);
    let styles = Styles::new();
    for sheet in &book.sheets {
        match &sheet.body {
            Body::Form(blocks) => {
                let page = file.add_worksheet();
                set_up(page, book, &sheet.name)?;
                form::write(page, sheet, blocks, &styles)?;
            }
            Body::List { remarks, table, closing } => {
                for (part, name) in list::parts(table, sheet) {
                    let page = file.add_worksheet();
                    set_up(page, book, &name)?;
                    page.set_landscape();
                    list::write(page, sheet, (remarks, table, closing), part, &styles)?;
                }
            }
        }
    }
    file.save_to_buffer()
}

fn properties(book: &Workbook) -> Result<DocProperties, XlsxError> {
    let title = format!("{} {}", book.paper, book.title);
    Ok(about(title.trim_start(), book.printed_at)?.set_author(&book.authority).set_subject(&book.subject))
}

/// What a file says about itself; its time is handed in, or the writer would ask the clock.
fn about(title: &str, at: Moment) -> Result<DocProperties, XlsxError> {
    let (day, time) = (at.date(), at.time());
    let part = |n: i8| u8::try_from(n).unwrap_or_default();
    let year = u16::try_from(day.year()).unwrap_or_default();
    let created = ExcelDateTime::from_ymd(year, part(day.month()), part(day.day()))?.and_hms(
        u16::try_from(time.hour()).unwrap_or_default(),
        part(time.minute()),
        f64::from(time.second()),
    )?;
    Ok(DocProperties::new().set_title(title).set_creation_datetime(&created))
}

/// Page set-up that every paper shares.
fn set_up(page: &mut Worksheet, book: &Workbook, name: &str) -> Result<(), XlsxError> {
    page.set_name(name)?;
    a4(page);
    page.set_screen_gridlines(false);
    let draft = if book.draft { "草稿" } else { "" };
    page.set_header(format!("&L{}&C{draft}&R{}", code(&book.authority), code(&book.subject)));
    let number =
        if book.paper.is_empty() { String::new() } else { format!("底稿編號 {}", code(&book.paper)) };
    page.set_footer(format!("&L{number}&C第 &P 頁／共 &N 頁&R列印時間 {}", words::moment(book.printed_at)));
    Ok(())
}

fn a4(page: &mut Worksheet) {
    page.set_paper_size(9);
    page.set_margins(MARGIN, MARGIN, MARGIN, MARGIN, 0.4, 0.4);
    page.set_print_fit_to_pages(1, 0);
    page.set_print_center_horizontally(true);
}

/// Page set-up of a lying sheet that is no working paper.
fn lying(page: &mut Worksheet, title: &str) {
    a4(page);
    page.set_landscape();
    page.set_footer(format!("&L{}&R第 &P 頁／共 &N 頁", code(title)));
}

/// A text in a page head: `&` begins a code there, and the head as a whole has room for 255 characters.
fn code(text: &str) -> String {
    text.chars().take(80).collect::<String>().replace('&', "&&")
}

/// A sheet name within the limits: forbidden signs replaced, at most 31 characters.
fn sheet_name(name: &str, suffix: &str) -> String {
    let room = NAME_LIMIT - suffix.chars().count();
    let clean = |c: char| if "[]:*?/\\'".contains(c) || c.is_control() { '_' } else { c };
    name.chars().map(clean).take(room).chain(suffix.chars()).collect()
}

/// A place to sign.
fn signature(name: &str) -> String {
    format!("{name}：{}", "＿".repeat(14))
}

/// A text within the limit of a cell.
fn cell_text(text: &str) -> String {
    if text.chars().count() <= CELL_LIMIT {
        return text.to_owned();
    }
    text.chars().take(CELL_LIMIT - CUT.chars().count()).chain(CUT.chars()).collect()
}

/// Writes a text cell. It stays a text whatever it begins with; one that a later edit would turn into a formula
/// carries the format's quote mark.
fn text(
    page: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    style: &style::Style,
) -> Result<(), XlsxError> {
    let format =
        if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { &style.quoted } else { &style.plain };
    page.write_string_with_format(row, column, cell_text(text), format)?;
    Ok(())
}

/// Writes a text over several columns of one row.
fn wide(
    page: &mut Worksheet,
    row: u32,
    columns: (u16, u16),
    words: &str,
    style: &style::Style,
) -> Result<(), XlsxError> {
    if columns.0 == columns.1 {
        return text(page, row, columns.0, words, style);
    }
    page.merge_range(row, columns.0, row, columns.1, "", &style.plain)?;
    text(page, row, columns.0, words, style)
}

/// Title and head of a paper over `columns` columns; returns the next free row. Pairs stand two a line; the last
/// one has the whole line.
fn head(page: &mut Worksheet, sheet: &Sheet, widths: &[u16], styles: &Styles) -> Result<u32, XlsxError> {
    let last = u16::try_from(widths.len().max(4) - 1).unwrap_or(3);
    wide(page, 0, (0, last), &sheet.title, &styles.title)?;
    page.set_row_height(0, 30)?;
    let spans = measure::quarters(widths);
    let mut row = 1;
    let mut pairs = sheet.head.as_slice();
    while let Some((left, rest)) = pairs.split_first() {
        let right = rest.first().filter(|_| rest.len() > 1 || sheet.head.len().is_multiple_of(2));
        pair(
            page,
            row,
            left,
            (spans[0], (spans[0].1 + 1, if right.is_some() { spans[1].1 } else { last })),
            styles,
        )?;
        if let Some(right) = right {
            pair(page, row, right, (spans[2], (spans[2].1 + 1, last)), styles)?;
        }
        let room = |from: u16, to: u16| measure::span(widths, from, to);
        let left_room = if right.is_some() { room(spans[1].0, spans[1].1) } else { room(spans[1].0, last) };
        let lines = measure::lines(&left.value, left_room)
            .max(right.map_or(1, |p| measure::lines(&p.value, room(spans[3].0, last))));
        page.set_row_height(row, measure::height(lines))?;
        row += 1;
        pairs = rest.get(usize::from(right.is_some())..).unwrap_or_default();
    }
    Ok(row)
}

fn pair(
    page: &mut Worksheet,
    row: u32,
    pair: &Pair,
    (name, value): ((u16, u16), (u16, u16)),
    styles: &Styles,
) -> Result<(), XlsxError> {
    wide(page, row, name, &pair.name, &styles.label)?;
    wide(page, row, value, &pair.value, &styles.left)
}
