//! Cell formats, built once a file.

use crate::doc::{Align, Cell, Tone};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

const FONT: &str = "Microsoft JhengHei";
const INK: u32 = 0x1d2630;
const QUIET: u32 = 0x55606c;
const LINK: u32 = 0x1f4e8c;
const LINE: u32 = 0xaea99f;
/// Ground of heads and of what is locked.
pub const SUNKEN: u32 = 0xefede8;
/// Ground of the heads of required columns.
pub const REQUIRED: u32 = 0xf3dfb4;

/// A format, and the same with the quote mark that keeps a text a text when it is edited.
pub struct Style {
    /// As it is.
    pub plain: Format,
    /// With quote mark.
    pub quoted: Format,
}

/// All formats of a paper.
pub struct Styles {
    /// Title of the paper.
    pub title: Style,
    /// Heading of a group.
    pub heading: Style,
    /// Names in the head, heads of tables.
    pub label: Style,
    /// Heads of tables.
    pub head: Style,
    /// Text with border.
    pub left: Style,
    /// Centred text with border.
    pub center: Style,
    /// Right-aligned text with border.
    pub right: Style,
    /// Running text without border.
    pub body: Style,
    /// Remarks.
    pub note: Style,
    /// Places to sign below a table.
    pub closing: Style,
    /// Where a quotation stands.
    pub source: Style,
    /// Count with border.
    pub number: Format,
    /// Ordinal number with border.
    pub ordinal: Format,
    /// Text with border that leads somewhere.
    pub link: Format,
    tones: [Style; 4],
}

impl Styles {
    /// The formats.
    pub fn new() -> Self {
        let base = || {
            Format::new()
                .set_font_name(FONT)
                .set_font_size(10)
                .set_font_color(Color::RGB(INK))
                .set_text_wrap()
                .set_align(FormatAlign::Top)
        };
        let boxed = || base().set_border(FormatBorder::Hair).set_border_color(Color::RGB(LINE));
        let tone = |rgb| {
            let marked = boxed().set_align(FormatAlign::Left).set_indent(1);
            style(marked.set_font_color(Color::RGB(rgb)).set_bold())
        };
        let head = || {
            boxed().set_background_color(Color::RGB(SUNKEN)).set_bold().set_align(FormatAlign::VerticalCenter)
        };
        Self {
            title: style(base().set_font_size(18).set_bold().set_align(FormatAlign::VerticalCenter)),
            heading: style(base().set_font_size(12).set_bold().set_align(FormatAlign::Bottom)),
            label: style(head()),
            head: style(head().set_align(FormatAlign::Center)),
            left: style(boxed().set_align(FormatAlign::Left).set_indent(1)),
            center: style(boxed().set_align(FormatAlign::Center)),
            right: style(boxed().set_align(FormatAlign::Right).set_indent(1)),
            body: style(base()),
            closing: style(base().set_font_size(11).set_align(FormatAlign::Bottom)),
            note: style(base().set_font_size(9).set_font_color(Color::RGB(QUIET))),
            source: style(base().set_font_size(9).set_bold().set_font_color(Color::RGB(QUIET))),
            link: boxed()
                .set_align(FormatAlign::Left)
                .set_indent(1)
                .set_font_color(Color::RGB(LINK))
                .set_underline(FormatUnderline::Single),
            ordinal: boxed().set_align(FormatAlign::Right).set_indent(1).set_num_format("0"),
            number: boxed().set_align(FormatAlign::Right).set_indent(1).set_num_format("#,##0"),
            tones: [tone(0xa3231b), tone(0x8a5a00), tone(0x1d6b45), tone(0x6b5b7b)],
        }
    }

    /// The format of a text cell in a table.
    pub fn cell(&self, cell: &Cell, align: Align) -> &Style {
        let [left, center, right, fail, warn, ok, unknown] = self.boxed();
        match (cell, align) {
            (Cell::Mark(_, Tone::Fail), _) => fail,
            (Cell::Mark(_, Tone::Warn), _) => warn,
            (Cell::Mark(_, Tone::Ok), _) => ok,
            (Cell::Mark(_, Tone::Unknown), _) => unknown,
            (_, Align::Left) => left,
            (_, Align::Center) => center,
            (_, Align::Right) => right,
        }
    }

    fn boxed(&self) -> [&Style; 7] {
        let [fail, warn, ok, unknown] = &self.tones;
        [&self.left, &self.center, &self.right, fail, warn, ok, unknown]
    }

    /// Every format that a cell of a long table may have.
    pub fn of_tables(&self) -> impl Iterator<Item = &Format> {
        let texts = self.boxed().into_iter().flat_map(|style| [&style.plain, &style.quoted]);
        [&self.number, &self.ordinal, &self.link].into_iter().chain(texts)
    }

    /// Which of [`Styles::of_tables`] a cell has, with this text.
    pub fn of_cell(&self, cell: &Cell, align: Align, text: &str, leads: bool) -> usize {
        let place = match (cell, align) {
            (Cell::Count(_), _) => return 0,
            (Cell::Ordinal(_), _) => return 1,
            (Cell::Link(..), _) if leads => return 2,
            (Cell::Mark(_, Tone::Fail), _) => 3,
            (Cell::Mark(_, Tone::Warn), _) => 4,
            (Cell::Mark(_, Tone::Ok), _) => 5,
            (Cell::Mark(_, Tone::Unknown), _) => 6,
            (_, Align::Left) => 0,
            (_, Align::Center) => 1,
            (_, Align::Right) => 2,
        };
        3 + 2 * place + usize::from(is_quoted(text))
    }
}

/// Whether a later edit would turn a text into a formula: it carries the format's quote mark.
pub fn is_quoted(text: &str) -> bool {
    matches!(text.as_bytes().first(), Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r'))
}

fn style(plain: Format) -> Style {
    Style { quoted: plain.clone().set_quote_prefix(), plain }
}
