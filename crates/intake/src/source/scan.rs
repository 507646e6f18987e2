//! What a sheet's cells do not tell: which rows and columns are hidden, which ranges are merged. One fast pass over
//! the bytes of the part, without parsing cells.

use super::Cell;
use super::merges::Merge;
use super::stretch::Stretch;
use crate::{Excess, IntakeError};
use memchr::memmem::{self, Finder};
use std::io::Read;

/// Tags longer than this are not looked into.
const TAG_MAX: usize = 1 << 16;

/// Runs of hidden columns beyond which no sheet goes: it has no more columns.
const COLUMN_RUNS: usize = 16_384;

/// Hidden rows, hidden columns and merged ranges.
#[derive(Debug, Clone, Default)]
pub(crate) struct SheetScan {
    /// First and last row of each run of hidden rows, as a spreadsheet numbers them, ascending.
    hidden: Vec<(u32, u32)>,
    /// First and last index of each run of hidden columns, ascending.
    hidden_columns: Vec<(u32, u32)>,
    /// Merged ranges of more than one cell, by their first row.
    pub merges: Vec<Merge>,
    /// Cells that the workbook's reader passes over: row index, column index, value; ascending.
    pub kept: Vec<(u32, u32, Cell<'static>)>,
    /// The last row that is described, numbered from 1; 0 when it is not known.
    pub last_row: u32,
}

impl SheetScan {
    /// Whether the row (numbered from 1) is hidden.
    pub(crate) fn is_hidden(&self, row: u32) -> bool {
        within(&self.hidden, row)
    }

    /// Whether the column (counted from 0) is hidden.
    pub(crate) fn is_hidden_column(&self, column: u32) -> bool {
        within(&self.hidden_columns, column)
    }

    /// Hides a row (numbered from 1).
    pub(super) fn hide(&mut self, row: u32) {
        self.hide_rows(row, row);
    }

    /// Hides rows (numbered from 1), the last one included.
    pub(super) fn hide_rows(&mut self, first: u32, last: u32) {
        match self.hidden.last_mut() {
            Some((_, end)) if first == end.saturating_add(1) => *end = last,
            _ => self.hidden.push((first, last)),
        }
    }

    /// Hides columns (counted from 0), the last one included.
    ///
    /// # Errors
    /// `Damaged` when there are more runs of them than columns.
    pub(super) fn hide_columns(&mut self, first: u32, last: u32) -> Result<(), IntakeError> {
        if self.hidden_columns.len() >= COLUMN_RUNS {
            return Err(IntakeError::Damaged { what: "columns" });
        }
        self.hidden_columns.push((first, last));
        Ok(())
    }

    /// Puts what was gathered in order; to be called once, at the end.
    pub(super) fn settle(&mut self) {
        join(&mut self.hidden);
        join(&mut self.hidden_columns);
        self.merges.sort_unstable_by_key(|m| (m.first_row, m.first_column));
        self.kept.sort_by_key(|(row, column, _)| (*row, *column));
    }
}

/// Puts runs in ascending order, those that touch or overlap made one.
fn join(runs: &mut Vec<(u32, u32)>) {
    runs.sort_unstable();
    runs.dedup_by(|next, run| {
        let touches = next.0 <= run.1.saturating_add(1);
        if touches {
            run.1 = run.1.max(next.1);
        }
        touches
    });
}

/// Whether one of the runs, ascending by their beginning, holds the number.
fn within(runs: &[(u32, u32)], number: u32) -> bool {
    let after = runs.partition_point(|(first, _)| *first <= number);
    after.checked_sub(1).and_then(|i| runs.get(i)).is_some_and(|(_, last)| number <= *last)
}

/// Bytes that are looked through at a time.
const CHUNK: usize = 1 << 18;

/// Reads a sheet part to its end.
///
/// # Errors
/// `Damaged` when it cannot be unpacked or is longer than it claims; `TooLarge` for too many merged ranges.
pub(crate) fn scan(part: impl Read, size: u64, max_merges: u64) -> Result<SheetScan, IntakeError> {
    scan_by(part, size, max_merges, CHUNK)
}

fn scan_by(mut part: impl Read, size: u64, max_merges: u64, chunk: usize) -> Result<SheetScan, IntakeError> {
    const DAMAGED: IntakeError = IntakeError::Damaged { what: "sheet" };
    let mut found = SheetScan::default();
    let mut buffer = vec![0_u8; chunk];
    let (mut kept, mut total, mut row) = (0_usize, 0_u64, 0_u32);
    let mut needles: Option<Needles> = None;
    let mut stretch = Stretch::default();
    loop {
        let mut end = kept;
        while let Some(space) = buffer.get_mut(end..).filter(|s| !s.is_empty()) {
            let n = part.read(space).map_err(|_| DAMAGED)?;
            if n == 0 {
                break;
            }
            end += n;
        }
        total += (end - kept) as u64;
        if total > size {
            return Err(DAMAGED);
        }
        let filled = buffer.get(..end).unwrap_or_default();
        stretch.see(filled.get(kept..).unwrap_or_default())?;
        let rest = needles.get_or_insert_with(|| Needles::of(filled)).look(filled, &mut row, &mut found)?;
        if found.merges.len() as u64 > max_merges {
            return Err(IntakeError::TooLarge { what: Excess::Merges, limit: max_merges });
        }
        if end < chunk {
            break;
        }
        if rest == 0 {
            return Err(DAMAGED);
        }
        kept = end - rest;
        buffer.copy_within(rest..end, 0);
    }
    found.last_row = row;
    found.settle();
    Ok(found)
}

struct Needles {
    column: Finder<'static>,
    row: Finder<'static>,
    merge: Finder<'static>,
}

impl Needles {
    /// The root element tells the prefix that the sheet's elements carry.
    fn of(head: &[u8]) -> Self {
        let at = memmem::find(head, b"worksheet").unwrap_or(0);
        let before = head.get(..at).unwrap_or_default();
        let start = memchr::memrchr(b'<', before).map_or(at, |i| i + 1);
        let prefix = before.get(start..).filter(|p| p.len() < 32).unwrap_or_default();
        let needle = |name: &[u8]| Finder::new(&[b"<", prefix, name].concat()).into_owned();
        Self { column: needle(b"col"), row: needle(b"row"), merge: needle(b"mergeCell") }
    }

    /// Looks through `bytes`; returns where the next look must begin: at a tag that is not complete, else where a
    /// tag might just begin, and never before the end of a tag that was seen.
    fn look(&self, bytes: &[u8], row: &mut u32, found: &mut SheetScan) -> Result<usize, IntakeError> {
        let mut look = Look { open: None, rest: bytes.len().saturating_sub(self.merge.needle().len() - 1) };
        // Columns are described before the first row.
        if *row == 0 {
            look.each(&self.column, bytes, &mut |inner| {
                if is_hidden(inner) {
                    let end = |name| attribute(inner, name).and_then(number).and_then(|n| n.checked_sub(1));
                    if let (Some(first), Some(last)) = (end(b"min"), end(b"max")) {
                        found.hide_columns(first, last)?;
                    }
                }
                Ok(())
            })?;
        }
        look.each(&self.row, bytes, &mut |inner| {
            let number = attribute(inner, b"r").and_then(number);
            *row = number.unwrap_or_else(|| row.saturating_add(1));
            if is_hidden(inner) {
                found.hide(*row);
            }
            Ok(())
        })?;
        look.each(&self.merge, bytes, &mut |inner| {
            found.merges.extend(attribute(inner, b"ref").and_then(Merge::parse));
            Ok(())
        })?;
        Ok(look.open.unwrap_or(look.rest))
    }
}

/// How far one look came.
struct Look {
    /// Where the first tag begins that is not complete.
    open: Option<usize>,
    /// Where a tag might just begin.
    rest: usize,
}

impl Look {
    fn each(
        &mut self,
        needle: &Finder<'_>,
        bytes: &[u8],
        visit: &mut dyn FnMut(&[u8]) -> Result<(), IntakeError>,
    ) -> Result<(), IntakeError> {
        let mut from = 0;
        while let Some(tag) = next_tag(needle, bytes, &mut from) {
            match tag {
                Tag::Complete(inner) => {
                    visit(inner)?;
                    self.rest = self.rest.max(from);
                }
                Tag::Open(at) => self.open = Some(self.open.map_or(at, |open| open.min(at))),
            }
        }
        Ok(())
    }
}

fn is_hidden(tag: &[u8]) -> bool {
    matches!(attribute(tag, b"hidden"), Some(b"1" | b"true"))
}

enum Tag<'b> {
    /// The attributes of a complete tag.
    Complete(&'b [u8]),
    /// The tag begins here and goes on in the next chunk.
    Open(usize),
}

fn next_tag<'b>(needle: &Finder<'_>, bytes: &'b [u8], from: &mut usize) -> Option<Tag<'b>> {
    loop {
        let rest = bytes.get(*from..)?;
        let at = *from + needle.find(rest)?;
        let inner_at = at + needle.needle().len();
        let inner = bytes.get(inner_at..).unwrap_or_default();
        *from = inner_at;
        match inner.first() {
            None => return Some(Tag::Open(at)),
            Some(b' ' | b'\t' | b'\r' | b'\n' | b'>' | b'/') => {}
            Some(_) => continue,
        }
        match memchr::memchr(b'>', inner) {
            Some(end) => {
                *from = inner_at + end;
                return inner.get(..end).map(Tag::Complete);
            }
            None if inner.len() < TAG_MAX => return Some(Tag::Open(at)),
            None => {}
        }
    }
}

/// Value of an attribute within a tag.
fn attribute<'b>(tag: &'b [u8], name: &[u8]) -> Option<&'b [u8]> {
    let mut from = 0;
    while let Some(hit) = memmem::find(tag.get(from..)?, name) {
        let at = from + hit;
        let before = at.checked_sub(1).and_then(|i| tag.get(i));
        let after = tag.get(at + name.len()..)?;
        from = at + name.len();
        if !before.is_some_and(u8::is_ascii_whitespace) {
            continue;
        }
        if let [b'=', quote @ (b'"' | b'\''), value @ ..] = after {
            return value.get(..memchr::memchr(*quote, value)?);
        }
    }
    None
}

fn number(digits: &[u8]) -> Option<u32> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scanned(xml: &str, chunk: usize) -> SheetScan {
        scan_by(xml.as_bytes(), xml.len() as u64, 10, chunk).expect("a sheet part")
    }

    #[test]
    fn hidden_rows_and_merges_are_found_wherever_the_chunks_end() {
        let xml = r#"<worksheet><cols><col min="1" max="2" width="9"/><col max='5' min='4' hidden='true' style="2"/>
            <col min="16384" max="16384" hidden="1"/></cols><sheetData><row r="1"><c r="A1"/></row><row r="2" hidden="1"/><row r='3' ht="1" hidden='true'>
            </row><row r="7" hidden="0"></row><row hidden="1"/></sheetData><mergeCells count="2"><mergeCell ref="A2:A5"/>
            <mergeCell ref="C1:D1"/></mergeCells><rowBreaks hidden="1"/></worksheet>"#;
        for chunk in (50..120).chain([4096]) {
            let found = scanned(xml, chunk);
            let hidden: Vec<u32> = (1..20).filter(|r| found.is_hidden(*r)).collect();
            assert_eq!(hidden, [2, 3, 8], "in chunks of {chunk}");
            assert_eq!(found.merges.len(), 2, "in chunks of {chunk}");
            let columns: Vec<u32> = (0..20_000).filter(|c| found.is_hidden_column(*c)).collect();
            assert_eq!(columns, [3, 4, 16_383], "in chunks of {chunk}");
            assert_eq!(found.last_row, 8, "in chunks of {chunk}");
        }
    }

    #[test]
    fn a_prefix_of_the_elements_is_understood() {
        let xml =
            r#"<x:worksheet xmlns:x="u"><x:sheetData><x:row r="4" hidden="1"/></x:sheetData></x:worksheet>"#;
        assert!(scanned(xml, 64).is_hidden(4));
    }

    #[test]
    fn a_part_longer_than_it_claims_is_damaged() {
        let xml = "<worksheet><sheetData></sheetData></worksheet>";
        assert!(matches!(scan(xml.as_bytes(), 10, 10), Err(IntakeError::Damaged { .. })));
    }
}
