//! The rows of long tables as XML. The spreadsheet writer makes a file with everything but these; they are put in
//! afterwards, for hundreds of thousands of cells go through its hands several times slower than this.

use super::Writing;
use super::measure::{self, MOST_LINES};
use crate::doc::{Cell, Column, Table};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// Before what identifies a row, in the rows in which it goes on.
pub const GOES_ON: &str = "（續）";

/// Bytes that a cell and a row take, about.
const CELL: usize = 40;
const ROW: usize = 48;

/// A table whose rows are still to be put into a sheet.
pub struct Grown<'a> {
    /// The table.
    pub table: &'a Table,
    /// Those of its rows that stand on this sheet.
    pub part: Range<usize>,
    /// Lines that each of them needs.
    pub lines: Vec<u32>,
    /// The sheet's row of the first of them, from 0.
    pub first: u32,
    /// The sheet's last row that holds anything, from 0.
    pub end: u32,
    /// A row with a blank cell for each of [`Styles::of_tables`](super::style::Styles::of_tables), to learn their numbers from; it is taken out.
    pub samples: u32,
    /// The row below the last one of the table, from 0.
    pub below: u32,
}

/// The texts that rows refer to by number.
pub struct Texts<'a> {
    numbers: HashMap<Cow<'a, str>, u32>,
    next: u32,
    /// `<si>` elements of those that were added.
    pub xml: String,
    /// References to them.
    pub used: u32,
}

impl<'a> Texts<'a> {
    /// Numbers go on from here.
    pub fn new(next: u32) -> Self {
        Self { numbers: HashMap::new(), next, xml: String::new(), used: 0 }
    }

    /// How many texts the file has now.
    pub fn count(&self) -> u32 {
        self.next
    }

    fn number(&mut self, text: Cow<'a, str>) -> u32 {
        self.used += 1;
        if let Some(number) = self.numbers.get(&text) {
            return *number;
        }
        let number = self.next;
        self.next += 1;
        let space = [' ', '\t', '\n'];
        let kept = text.starts_with(space) || text.ends_with(space);
        self.xml.push_str(if kept { "<si><t xml:space=\"preserve\">" } else { "<si><t>" });
        escape(&text, &mut self.xml);
        self.xml.push_str("</t></si>");
        self.numbers.insert(text, number);
        number
    }
}

/// A text within an element: markup escaped, and what XML cannot hold as the format writes it, `_x000B_`.
fn escape(text: &str, out: &mut String) {
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' => out.push(c),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                out.push_str(&format!("_x{:04X}_", u32::from(c)));
            }
            '_' if is_code(text.get(at..).unwrap_or_default()) => out.push_str("_x005F_"),
            c => out.push(c),
        }
    }
}

/// Whether a text begins as the format writes a character that XML cannot hold.
fn is_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = bytes.get(2..6).is_some_and(|d| d.iter().all(u8::is_ascii_hexdigit));
    bytes.starts_with(b"_x") && digits && bytes.get(6) == Some(&b'_')
}

/// Rows of the sheet that a row of a table takes.
pub fn row_count(cells: &[Cell], widths: &[u16]) -> u32 {
    rows_for(most_lines(cells, widths), cells, widths)
}

/// Rows of the sheet that a row of a table takes whose highest cell has so many lines.
pub fn rows_for(lines: u32, cells: &[Cell], widths: &[u16]) -> u32 {
    if lines <= MOST_LINES {
        return 1;
    }
    let rows = |(cell, width): (&Cell, &u16)| measure::pieces(&cell.words(), u32::from(*width)).len();
    let most = cells.iter().zip(widths).map(rows).max().unwrap_or(1);
    u32::try_from(most).unwrap_or(u32::MAX)
}

/// Lines of the highest cell.
pub fn most_lines(cells: &[Cell], widths: &[u16]) -> u32 {
    let lines = |(cell, width): (&Cell, &u16)| match cell {
        Cell::Count(_) | Cell::Ordinal(_) => 1,
        cell => measure::lines(&cell.words(), u32::from(*width)),
    };
    cells.iter().zip(widths).map(lines).max().unwrap_or(1)
}

/// `<row>` elements, one after the other.
pub struct Rows<'a, 't> {
    writing: &'a Writing<'a>,
    /// Number in the file of each of [`Styles::of_tables`](super::style::Styles::of_tables).
    numbers: &'t [u32],
    texts: &'t mut Texts<'a>,
    letters: Vec<String>,
    /// The text that each column had last, with its number: many columns say the same in every row.
    last: Vec<(&'a str, u32)>,
    row: u32,
    /// What was written so far.
    pub xml: String,
}

impl<'a, 't> Rows<'a, 't> {
    /// Nothing so far; the first row is `row`, from 0.
    pub fn new(
        writing: &'a Writing<'a>,
        numbers: &'t [u32],
        texts: &'t mut Texts<'a>,
        columns: usize,
        row: u32,
    ) -> Self {
        let letters = (0..columns).map(letters).collect();
        Self { writing, numbers, texts, letters, last: vec![("", 0); columns], row, xml: String::new() }
    }

    /// Writes the rows of a table; one that is higher than a row may be goes on below, and nothing is cut.
    pub fn table(&mut self, grown: &Grown<'a>) {
        let rows = grown.table.rows.get(grown.part.clone()).unwrap_or_default();
        self.xml.reserve(rows.len() * (CELL * grown.table.columns.len() + ROW));
        for (cells, lines) in rows.iter().zip(&grown.lines) {
            if *lines > MOST_LINES {
                self.long(grown.table, cells);
                continue;
            }
            self.open(*lines);
            for (at, (cell, column)) in cells.iter().zip(&grown.table.columns).enumerate() {
                match cell {
                    Cell::Count(n) | Cell::Ordinal(n) => self.number(at, self.style(cell, column, ""), *n),
                    Cell::Text(text) | Cell::Mark(text, _) | Cell::Link(text, _) => {
                        self.text(at, self.style(cell, column, text), Cow::Borrowed(text));
                    }
                }
            }
            self.close();
        }
    }

    fn style(&self, cell: &Cell, column: &Column, text: &str) -> usize {
        let leads = matches!(cell, Cell::Link(..)) && self.writing.url(cell).is_some();
        self.writing.styles.of_cell(cell, column.align, text, leads)
    }

    fn long(&mut self, table: &'a Table, cells: &'a [Cell]) {
        let words: Vec<Cow<'a, str>> = cells.iter().map(Cell::words).collect();
        let pieces: Vec<Vec<&str>> =
            words.iter().zip(&table.columns).map(|(t, c)| measure::pieces(t, u32::from(c.width))).collect();
        for at in 0..pieces.iter().map(Vec::len).max().unwrap_or(1) {
            let marked: Vec<Cow<'_, str>> =
                pieces.iter().enumerate().map(|(column, own)| piece(column, own, at)).collect();
            let lines = marked.iter().zip(&table.columns).map(|(t, c)| measure::lines(t, u32::from(c.width)));
            self.open(lines.max().unwrap_or(1));
            for (i, ((cell, column), text)) in cells.iter().zip(&table.columns).zip(&marked).enumerate() {
                match cell {
                    Cell::Count(n) | Cell::Ordinal(n) if at == 0 => {
                        self.number(i, self.style(cell, column, ""), *n);
                    }
                    _ if at == 0 => {
                        self.text(i, self.style(cell, column, text), Cow::Owned(text.to_string()))
                    }
                    _ => {
                        let plain = Cell::Text(String::new());
                        let style = self.style(&plain, column, text);
                        self.text(i, style, Cow::Owned(text.to_string()));
                    }
                }
            }
            self.close();
        }
    }

    fn open(&mut self, lines: u32) {
        self.row += 1;
        self.xml.push_str("<row r=\"");
        push(&mut self.xml, u64::from(self.row));
        self.xml.push_str("\" ht=\"");
        push(&mut self.xml, measure::height(lines) as u64);
        self.xml.push_str("\" customHeight=\"1\">");
    }

    fn close(&mut self) {
        self.xml.push_str("</row>");
    }

    /// The beginning of a cell, up to its style.
    fn cell(&mut self, column: usize, style: usize) {
        self.xml.push_str("<c r=\"");
        self.xml.push_str(self.letters.get(column).map_or("", String::as_str));
        push(&mut self.xml, u64::from(self.row));
        self.xml.push_str("\" s=\"");
        push(&mut self.xml, u64::from(self.numbers.get(style).copied().unwrap_or_default()));
    }

    fn numbered(&mut self, column: usize, text: Cow<'a, str>) -> u32 {
        let Cow::Borrowed(words) = text else { return self.texts.number(text) };
        match self.last.get_mut(column) {
            Some((last, number)) if *last == words => {
                self.texts.used += 1;
                *number
            }
            Some(last) => {
                *last = (words, self.texts.number(text));
                last.1
            }
            None => self.texts.number(text),
        }
    }

    fn number(&mut self, column: usize, style: usize, n: u64) {
        self.cell(column, style);
        self.xml.push_str("\"><v>");
        push(&mut self.xml, n);
        self.xml.push_str("</v></c>");
    }

    fn text(&mut self, column: usize, style: usize, text: Cow<'a, str>) {
        self.cell(column, style);
        if text.is_empty() {
            self.xml.push_str("\"/>");
            return;
        }
        self.xml.push_str("\" t=\"s\"><v>");
        let number = self.numbered(column, text);
        push(&mut self.xml, u64::from(number));
        self.xml.push_str("</v></c>");
    }
}

/// The text of a cell in the row that is the `at`-th of a row that goes on; the first column says whose it is.
fn piece<'a>(column: usize, own: &[&'a str], at: usize) -> Cow<'a, str> {
    let words = own.get(at).copied().unwrap_or_default();
    if column > 0 || at == 0 {
        return Cow::Borrowed(words);
    }
    let key = own.first().and_then(|text| text.lines().next()).unwrap_or_default();
    Cow::Owned(format!("{GOES_ON}{}", if words.is_empty() { key } else { words }))
}

/// `A` for 0, `AA` for 26.
pub fn letters(column: usize) -> String {
    let mut out = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        out.insert(0, char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or_default()));
        rest = (rest - 1) / 26;
    }
    out
}

/// Decimal digits, without the detour of a formatter.
fn push(out: &mut String, n: u64) {
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    let mut rest = n;
    loop {
        at -= 1;
        digits[at] = b'0' + u8::try_from(rest % 10).unwrap_or_default();
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend(digits[at..].iter().map(|d| char::from(*d)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }

    #[test]
    fn digits_are_those_of_the_number() {
        for n in [0, 7, 10, 1_043, u64::MAX] {
            let mut out = String::new();
            push(&mut out, n);
            assert_eq!(out, n.to_string());
        }
    }

    #[test]
    fn no_text_becomes_markup_and_none_is_lost() {
        let mut out = String::new();
        escape("<r>a&b</r>\u{b}_x0041_ _x1_ 𡍼", &mut out);
        assert_eq!(out, "&lt;r&gt;a&amp;b&lt;/r&gt;_x000B__x005F_x0041_ _x1_ 𡍼");
    }
}
