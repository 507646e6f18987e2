//! The cells of a sheet from the pieces of its part.
//!
//! What stands in a piece is read by quick-xml, event by event. Cells written as nearly all are, by the spreadsheet
//! programs and the libraries that write for them, are read by [`plain`](super::plain) without events; whatever it
//! does not know exactly it leaves alone.

use super::formats::{Formats, Kind};
use super::plain::{self, Plain};
use super::shared::Texts;
use super::text::{self, DAMAGED, content, event, reader, rich};
use crate::IntakeError;
use crate::source::Cell;
use crate::source::batch::Gather;
use crate::source::workbook::text as shown;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// What a cell says of its value (ECMA-376 part 1, 18.18.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    /// Nothing: a number, by everybody's understanding.
    Unsaid,
    Number,
    Shared,
    Bool,
    Error,
    /// A date in words of ISO 8601.
    Date,
    /// What a formula gave.
    Formula,
    /// The text stands in the cell.
    Inline,
    Unknown,
}

impl Type {
    pub(super) fn of(name: &[u8]) -> Self {
        match name {
            b"n" => Self::Number,
            b"s" => Self::Shared,
            b"b" => Self::Bool,
            b"e" => Self::Error,
            b"d" => Self::Date,
            b"str" => Self::Formula,
            b"inlineStr" | b"is" => Self::Inline,
            _ => Self::Unknown,
        }
    }
}

/// What a sheet's values are read by.
#[derive(Clone, Copy)]
pub(super) struct Values<'a> {
    pub texts: &'a Texts,
    pub formats: &'a Formats,
}

impl<'a> Values<'a> {
    /// The value that an element `v` holds.
    pub(super) fn value(self, ty: Type, format: usize, text: &str) -> Result<Cell<'a>, IntakeError> {
        if text.is_empty() {
            return if ty == Type::Unknown { Err(DAMAGED) } else { Ok(Cell::Empty) };
        }
        match ty {
            Type::Shared => {
                let place = text.trim_ascii().parse().map_err(|_| DAMAGED)?;
                self.texts.get(place).map(|t| shown(Cow::Borrowed(t))).ok_or(DAMAGED)
            }
            Type::Unsaid | Type::Number => match number(text) {
                Some(number) => Ok(self.number(number, format)),
                None if ty == Type::Unsaid => Ok(shown(Cow::Owned(text.to_owned()))),
                None => Err(DAMAGED),
            },
            Type::Bool => match text.trim() {
                "" => Ok(Cell::Empty),
                "0" => Ok(Cell::Bool(false)),
                "1" => Ok(Cell::Bool(true)),
                word if word.eq_ignore_ascii_case("false") => Ok(Cell::Bool(false)),
                word if word.eq_ignore_ascii_case("true") => Ok(Cell::Bool(true)),
                _ => Err(DAMAGED),
            },
            Type::Error => error(text).map(Cell::Error).ok_or(DAMAGED),
            Type::Date => Ok(shown(Cow::Owned(text.to_owned()))),
            Type::Formula => {
                let mut meant = String::with_capacity(text.len());
                text::unescape(text, &mut meant);
                Ok(shown(Cow::Owned(meant)))
            }
            // The text stands in the element `is`; this one repeats it.
            Type::Inline => Ok(Cell::Empty),
            Type::Unknown => Err(DAMAGED),
        }
    }

    pub(super) fn number(self, number: f64, format: usize) -> Cell<'a> {
        match self.formats.kind(format) {
            Kind::Plain => Cell::Number(number),
            Kind::Serial => Cell::Serial(number),
            Kind::Span => Cell::Span(number),
            Kind::Digits(count) => code(number, usize::from(count)),
        }
    }
}

/// A number that is shown with zeros in front of it is a code, zeros and all.
fn code(number: f64, count: usize) -> Cell<'static> {
    if number < 0.0 || number.fract() != 0.0 || number >= 1e15 {
        return Cell::Number(number);
    }
    let text = format!("{number:0count$}");
    if text.starts_with('0') { Cell::Text(Cow::Owned(text)) } else { Cell::Number(number) }
}

/// Every way to write a number; whole ones, which are most, the short way.
fn number(text: &str) -> Option<f64> {
    if text.len() <= 15 && text.bytes().all(|b| b.is_ascii_digit()) {
        let whole = text.bytes().fold(0_u64, |n, digit| n * 10 + u64::from(digit - b'0'));
        // Fifteen digits have room in a float.
        return Some(whole as f64);
    }
    text.parse().ok()
}

fn error(text: &str) -> Option<&'static str> {
    const KNOWN: [&str; 8] =
        ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"];
    KNOWN.into_iter().find(|known| *known == text)
}

/// A reference such as `B7`: row and column counted from 0, without a column in `7`.
///
/// # Errors
/// `Damaged`, also for places that no sheet can have a number for.
fn place(reference: &str) -> Result<(u32, Option<u32>), IntakeError> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic);
    let mut column = letters.map(|b| u32::from(b.to_ascii_uppercase() - b'A') + 1);
    let column = column.try_fold(0, |all, one| plain::digit(all, 26, one)).ok_or(DAMAGED)?;
    let digits = reference.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let row = if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse::<u32>().ok() } else { None };
    Ok((row.and_then(|row| row.checked_sub(1)).ok_or(DAMAGED)?, column.checked_sub(1)))
}

/// Where in the part the reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Before,
    Within,
    After,
}

/// The reading of a sheet.
pub(super) struct Cells<'a> {
    values: Values<'a>,
    state: State,
    /// Elements that are open.
    depth: u32,
    /// Where a cell is that does not say where it is.
    row: u32,
    column: u32,
}

impl<'a> Cells<'a> {
    pub(super) fn new(values: Values<'a>) -> Self {
        Self { values, state: State::Before, depth: 0, row: 0, column: 0 }
    }

    /// Whether the last cell was read.
    pub(super) fn is_done(&self) -> bool {
        self.state == State::After
    }

    /// Reads the next piece; false when nobody wants more.
    ///
    /// # Errors
    /// `Damaged` for what is not well-formed or no sheet; `TooLarge` for too many cells in a row.
    pub(super) fn piece(&mut self, piece: &[u8], to: &mut Gather<'a>) -> Result<bool, IntakeError> {
        let mut rest = piece;
        while self.state != State::After && !rest.is_empty() {
            if self.state == State::Within {
                rest = self.plain(rest, to)?;
            }
            rest = self.any(rest, to)?;
            if !to.hand_over() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Reads cells and ends of rows as far as they are written as nearly all are.
    fn plain<'b>(&mut self, bytes: &'b [u8], to: &mut Gather<'a>) -> Result<&'b [u8], IntakeError> {
        let mut rest = bytes;
        loop {
            rest = rest.trim_ascii_start();
            if let Some(Plain { place, cell, after }) = plain::cell(rest, self.values)? {
                let (row, column) = place.unwrap_or((self.row, self.column));
                to.push(row, column, cell)?;
                self.column = column.saturating_add(1);
                rest = after;
            } else if let Some(after) = rest.strip_prefix(b"</row>") {
                self.row_ends()?;
                rest = after;
                if let Some((row, after)) = plain::row(rest) {
                    self.depth = self.depth.saturating_add(1);
                    self.row = row;
                    rest = after;
                }
                // Enough may have been gathered.
                if to.is_full() {
                    return Ok(rest);
                }
            } else {
                return Ok(rest);
            }
        }
    }

    /// Reads whatever comes next.
    fn any<'b>(&mut self, bytes: &'b [u8], to: &mut Gather<'a>) -> Result<&'b [u8], IntakeError> {
        let mut reader = reader(bytes);
        match event(&mut reader)? {
            Event::Start(e) => {
                self.depth = self.depth.saturating_add(1);
                self.element(&e, Some(&mut reader), to)?;
            }
            Event::Empty(e) => self.element(&e, None, to)?,
            Event::End(e) => match e.local_name().as_ref() {
                "row" if self.state == State::Within => self.row_ends()?,
                "sheetData" if self.state == State::Within => self.state = State::After,
                _ => self.depth = self.depth.checked_sub(1).ok_or(DAMAGED)?,
            },
            Event::Eof => return Ok(&[]),
            _ => {}
        }
        Ok(reader.get_ref())
    }

    /// An element that begins; there is a reader if it holds anything.
    fn element(
        &mut self,
        e: &BytesStart<'_>,
        reader: Option<&mut Reader<&[u8]>>,
        to: &mut Gather<'a>,
    ) -> Result<(), IntakeError> {
        match (self.state, e.local_name().as_ref()) {
            (State::Before, "dimension") => {
                let range = text::attribute(e, "ref")?.ok_or(DAMAGED)?;
                for (at, corner) in range.split(':').enumerate() {
                    place(corner)?.1.filter(|_| at < 2).ok_or(DAMAGED)?;
                }
            }
            (State::Before, "sheetData") => {
                self.state = if reader.is_some() { State::Within } else { State::After };
            }
            (State::Within, "row") => {
                if let Some(reference) = text::attribute(e, "r")? {
                    self.row = place(&reference)?.0;
                }
                if reader.is_none() {
                    self.depth = self.depth.saturating_add(1);
                    self.row_ends()?;
                }
            }
            (State::Within, "c") => {
                // The end of the cell is read with it.
                self.depth = self.depth.saturating_sub(u32::from(reader.is_some()));
                self.cell(e, reader, to)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn row_ends(&mut self) -> Result<(), IntakeError> {
        self.depth = self.depth.checked_sub(1).ok_or(DAMAGED)?;
        self.row = self.row.checked_add(1).ok_or(DAMAGED)?;
        self.column = 0;
        Ok(())
    }

    fn cell(
        &mut self,
        e: &BytesStart<'_>,
        reader: Option<&mut Reader<&[u8]>>,
        to: &mut Gather<'a>,
    ) -> Result<(), IntakeError> {
        let (row, column) = match text::attribute(e, "r")? {
            Some(reference) => {
                let (row, column) = place(&reference)?;
                (row, column.ok_or(DAMAGED)?)
            }
            None => (self.row, self.column),
        };
        let ty = text::attribute(e, "t")?.map_or(Type::Unsaid, |name| Type::of(name.as_bytes()));
        // What is no number of a format is the first one, as everywhere else.
        let format = text::attribute(e, "s")?.map(|s| s.parse().unwrap_or(0));
        if let Some(reader) = reader {
            to.push(row, column, self.inside(ty, format, reader)?)?;
        }
        self.column = column.saturating_add(1);
        Ok(())
    }

    /// The value of a cell, read to the cell's end.
    fn inside(
        &self,
        ty: Type,
        format: Option<usize>,
        reader: &mut Reader<&[u8]>,
    ) -> Result<Cell<'a>, IntakeError> {
        let mut value = None;
        let mut set = |new: Cell<'a>| match (&value, &new) {
            (_, Cell::Empty) => Ok(()),
            (None, _) => {
                value = Some(new);
                Ok(())
            }
            // Neither may be lost in silence.
            (Some(_), _) => Err(DAMAGED),
        };
        let format = format.unwrap_or(usize::MAX);
        loop {
            match event(reader)? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "v" => set(self.values.value(ty, format, &content(reader, e.name())?)?)?,
                    "is" => set(shown(Cow::Owned(rich(reader, e.name())?)))?,
                    "f" => {
                        reader.read_to_end(e.name()).map_err(|_| DAMAGED)?;
                    }
                    _ => return Err(DAMAGED),
                },
                Event::Empty(e) if e.local_name().as_ref() == "v" => {
                    set(self.values.value(ty, format, "")?)?
                }
                Event::Empty(e) if matches!(e.local_name().as_ref(), "is" | "f") => {}
                Event::End(e) if e.local_name().as_ref() == "c" => {
                    return Ok(value.unwrap_or(Cell::Empty));
                }
                Event::Empty(_) | Event::Eof => return Err(DAMAGED),
                _ => {}
            }
        }
    }
}
