//! Cells written as nearly all are: attributes `r`, `s` and `t` in double quotes, then a value, behind a formula or
//! alone, or a text. `None` for everything that is written in any other way, be it right or wrong.

use super::cells::{Type, Values};
use super::shared::plain_text;
use super::text;
use crate::IntakeError;
use crate::source::Cell;
use crate::source::workbook::text as shown;
use std::borrow::Cow;

/// A cell that was read.
pub(super) struct Plain<'a, 'b> {
    /// Row and column counted from 0, if the cell says so.
    pub place: Option<(u32, u32)>,
    pub cell: Cell<'a>,
    /// What follows it.
    pub after: &'b [u8],
}

/// Reads a cell.
///
/// # Errors
/// Those of its value.
pub(super) fn cell<'a, 'b>(
    bytes: &'b [u8],
    values: Values<'a>,
) -> Result<Option<Plain<'a, 'b>>, IntakeError> {
    let Some(tag) = bytes.strip_prefix(b"<c").and_then(Tag::read) else { return Ok(None) };
    let place = tag.place;
    if tag.empty {
        return Ok(Some(Plain { place, cell: Cell::Empty, after: tag.after }));
    }
    let inner = formula(tag.after);
    if let Some(after) = inner.strip_prefix(b"</c>") {
        return Ok(Some(Plain { place, cell: Cell::Empty, after }));
    }
    let (cell, after) = if let Some(value) = inner.strip_prefix(b"<v>") {
        let Some((text, after)) = until(value, b"</v></c>") else { return Ok(None) };
        (values.value(tag.ty, tag.format, text)?, after)
    } else {
        let Some(found) = inline(inner) else { return Ok(None) };
        found
    };
    Ok(Some(Plain { place, cell, after }))
}

/// Reads the start of a row that holds cells and says where it is: its number counted from 0.
pub(super) fn row(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let digits = bytes.strip_prefix(br#"<row r=""#)?;
    let end = digits.iter().take(10).position(|b| !b.is_ascii_digit())?;
    let (digits, more) = digits.split_at_checked(end)?;
    let row = digits.iter().try_fold(0, |row, b| digit(row, 10, u32::from(b - b'0')))?;
    // Further attributes do not matter here, if each is in double quotes.
    let close = memchr::memchr(b'>', more)?;
    let (rest, after) = more.split_at_checked(close)?;
    let quotes = rest.iter().filter(|b| **b == b'"').count();
    let known = quotes % 2 == 1 && !rest.iter().any(|b| matches!(b, b'\'' | b'<')) && !rest.ends_with(b"/");
    Some((row.checked_sub(1)?, after.strip_prefix(b">")?)).filter(|_| known && unambiguous(rest))
}

/// Whether no other attribute of a row can be taken for its number.
fn unambiguous(attributes: &[u8]) -> bool {
    memchr::memmem::find(attributes, b" r=").is_none() && attributes.first() == Some(&b'"')
}

struct Tag<'b> {
    place: Option<(u32, u32)>,
    format: usize,
    ty: Type,
    empty: bool,
    after: &'b [u8],
}

impl<'b> Tag<'b> {
    /// Reads the attributes of a cell.
    fn read(mut bytes: &'b [u8]) -> Option<Self> {
        let mut tag = Self { place: None, format: usize::MAX, ty: Type::Unsaid, empty: false, after: bytes };
        loop {
            bytes = match bytes {
                [b' ', b'r', b'=', b'"', value @ ..] => {
                    let (found, after) = place(value)?;
                    tag.place = Some(found);
                    after
                }
                [b' ', b's', b'=', b'"', value @ ..] => {
                    let (found, after) = whole(value)?;
                    tag.format = usize::try_from(found).ok()?;
                    after
                }
                [b' ', b't', b'=', b'"', value @ ..] => {
                    let (name, after) = value.split_at_checked(memchr::memchr(b'"', value)?)?;
                    tag.ty = Type::of(name);
                    after
                }
                [b'>', after @ ..] => return Some(Self { after, ..tag }),
                [b'/', b'>', after @ ..] => return Some(Self { empty: true, after, ..tag }),
                _ => return None,
            };
            bytes = bytes.strip_prefix(b"\"")?;
        }
    }
}

/// A reference such as `B7` and what follows it.
fn place(bytes: &[u8]) -> Option<((u32, u32), &[u8])> {
    let letters = bytes.iter().position(|b| !b.is_ascii_uppercase())?;
    let (letters, rest) = bytes.split_at_checked(letters)?;
    let column = letters.iter().try_fold(0, |all, b| digit(all, 26, u32::from(b - b'A') + 1))?;
    let (row, after) = whole(rest)?;
    Some(((row.checked_sub(1)?, column.checked_sub(1)?), after))
}

/// A number of digits and what follows it.
fn whole(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (mut number, mut rest) = (None, bytes);
    while let [b @ b'0'..=b'9', after @ ..] = rest {
        number = Some(digit(number.unwrap_or(0), 10, u32::from(b - b'0'))?);
        rest = after;
    }
    Some((number?, rest))
}

/// One more digit; `None` when that is too much.
pub(super) fn digit(all: u32, base: u32, one: u32) -> Option<u32> {
    all.checked_mul(base)?.checked_add(one)
}

/// What follows the formula, if there is one.
fn formula(bytes: &[u8]) -> &[u8] {
    let skip = || {
        let inner = bytes.strip_prefix(b"<f")?;
        let (attributes, after) = inner.split_at_checked(memchr::memchr(b'>', inner)?)?;
        let after = after.strip_prefix(b">")?;
        let blank = attributes.first().is_none_or(|b| matches!(b, b' ' | b'/'));
        let quoted = attributes.iter().filter(|b| **b == b'"').count() % 2 == 0;
        if !blank || !quoted || attributes.contains(&b'\'') {
            return None;
        }
        if attributes.ends_with(b"/") {
            return Some(after);
        }
        after.get(memchr::memchr(b'<', after)?..)?.strip_prefix(b"</f>")
    };
    skip().unwrap_or(bytes)
}

/// The text up to the next tag, if that is what is given, and what follows it.
fn until<'b>(bytes: &'b [u8], tags: &[u8]) -> Option<(&'b str, &'b [u8])> {
    let (text, after) = bytes.split_at_checked(memchr::memchr(b'<', bytes)?)?;
    Some((plain_text(text)?, after.strip_prefix(tags)?))
}

fn inline<'a>(bytes: &[u8]) -> Option<(Cell<'a>, &[u8])> {
    let inner = bytes.strip_prefix(b"<is><t")?;
    let keep = inner.strip_prefix(br#" xml:space="preserve">"#);
    let (written, after) = until(keep.or_else(|| inner.strip_prefix(b">"))?, b"</t></is></c>")?;
    let mut meant = String::with_capacity(written.len());
    text::run(written, keep.is_some(), &mut meant);
    Some((shown(Cow::Owned(meant)), after))
}
