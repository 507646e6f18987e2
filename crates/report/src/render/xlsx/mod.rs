//! Working papers as .xlsx: print set-up of a paper on A4, texts that stay texts, the same bytes each time.

mod form;
mod graft;
mod grown;
mod head;
mod list;
pub mod measure;
pub mod round_trip;
pub mod set;
mod style;
pub mod template;

use super::alike::alike;
use crate::doc::{Body, Cell, Workbook};
use crate::{ReportError, words};
use fieldbook_model::Moment;
pub use grown::GOES_ON;

use grown::Grown;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Url, Workbook as Xlsx, Worksheet, XlsxError};
use set::Set;
use style::Styles;

/// Longest name of a sheet.
const NAME_LIMIT: usize = 31;
/// The format's own number format for texts.
const TEXT: u8 = 49;
/// 20 mm in inches.
const MARGIN: f64 = 0.787;

/// How a paper is written.
struct Writing<'a> {
    styles: &'a Styles,
    /// The set that it belongs to, where links lead and lists are tables; `None` for a paper by itself.
    set: Option<Set<'a>>,
    /// 底稿編號.
    paper: &'a str,
}

impl Writing<'_> {
    /// Where a cell leads.
    fn url(&self, cell: &Cell) -> Option<Url> {
        let Cell::Link(words, place) = cell else { return None };
        let url = self.set.as_ref()?.url(self.paper, place).filter(|_| !words.is_empty())?;
        Some(url.set_text(words))
    }
}

/// The bytes of a paper by itself.
///
/// # Errors
/// When the writer refuses a sheet.
pub fn bytes(book: &Workbook) -> Result<Vec<u8>, ReportError> {
    bytes_of(book, None)
}

/// The bytes of a paper of a set: its links lead to the others, which lie beside it, and its lists are tables.
///
/// # Errors
/// When the writer refuses a sheet.
pub fn bytes_in(set: Set<'_>, book: &Workbook) -> Result<Vec<u8>, ReportError> {
    bytes_of(book, Some(set))
}

fn bytes_of(book: &Workbook, set: Option<Set<'_>>) -> Result<Vec<u8>, ReportError> {
    let styles = Styles::new();
    let writing = Writing { styles: &styles, set, paper: &book.paper };
    let (file, grown) = write(book, &writing)
        .map_err(|source| ReportError::Workbook { paper: book.paper.clone(), source: Box::new(source) })?;
    if grown.is_empty() {
        return Ok(file);
    }
    graft::graft(file, &grown, &writing)
        .map_err(|what| ReportError::Package { paper: book.paper.clone(), what })
}

/// A file, and the rows that are still to be put into its sheets, which are counted from 0.
type Written<'a> = (Vec<u8>, Vec<(usize, Grown<'a>)>);

/// The file without the rows of its long tables.
fn write<'a>(book: &'a Workbook, writing: &Writing<'_>) -> Result<Written<'a>, XlsxError> {
    let mut file = Xlsx::new();
    file.set_properties(&properties(book)?);
    let (mut grown, mut sheets) = (Vec::new(), 0..);
    let mut next = || sheets.next().unwrap_or_default();
    for sheet in &book.sheets {
        match &sheet.body {
            Body::Form(blocks) => {
                let page = file.add_worksheet();
                next();
                set_up(page, book, &sheet_name(&sheet.name, ""))?;
                form::write(page, sheet, blocks, writing)?;
            }
            Body::List { remarks, table, closing } => {
                for (part, name) in list::parts(table, sheet) {
                    let page = file.add_worksheet();
                    let at = next();
                    set_up(page, book, &name)?;
                    page.set_landscape();
                    let rows = list::write(page, sheet, (remarks, table, closing), (part, &name), writing)?;
                    grown.extend(rows.map(|rows| (at, rows)));
                }
            }
        }
    }
    Ok((saved(&mut file)?, grown))
}

/// The file's bytes, the same on every system.
fn saved(file: &mut Xlsx) -> Result<Vec<u8>, XlsxError> {
    file.save_to_buffer().map(alike)
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

/// Writes a text cell. It stays a text whatever it begins with; one that a later edit would turn into a formula
/// carries the format's quote mark.
fn text(
    page: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    style: &style::Style,
) -> Result<(), XlsxError> {
    let format = if style::is_quoted(text) { &style.quoted } else { &style.plain };
    // The writer would take this for markup of its own and pass it on as it is.
    if let Some(rest) = text.strip_prefix('<').filter(|_| text.starts_with("<r>") && text.ends_with("</r>")) {
        let plain = Format::new();
        page.write_rich_string_with_format(row, column, &[(&plain, "<"), (&plain, rest)], format)?;
        return Ok(());
    }
    page.write_string_with_format(row, column, text, format)?;
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
