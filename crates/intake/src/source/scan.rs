//! What a sheet's cells do not tell: which rows are hidden, which ranges are merged. One fast pass over the bytes
//! of the part, without parsing cells.

use super::merges::Merge;
use crate::{Excess, IntakeError};
use memchr::memmem::{self, Finder};
use std::io::Read;

/// Tags longer than this are not looked into.
const TAG_MAX: usize = 1 << 16;

/// Hidden rows and merged ranges.
#[derive(Debug, Clone, Default)]
pub(crate) struct SheetScan {
    /// First and last row of each run of hidden rows, as a spreadsheet numbers them, ascending.
    hidden: Vec<(u32, u32)>,
    /// Merged ranges of more than one cell, by their first row.
    pub merges: Vec<Merge>,
}

impl SheetScan {
    /// Whether the row (numbered from 1) is hidden.
    pub(crate) fn is_hidden(&self, row: u32) -> bool {
        let after = self.hidden.partition_point(|(first, _)| *first <= row);
        after.checked_sub(1).and_then(|i| self.hidden.get(i)).is_some_and(|(_, last)| row <= *last)
    }

    fn hide(&mut self, row: u32) {
        match self.hidden.last_mut() {
            Some((_, last)) if row == last.saturating_add(1) => *last = row,
            _ => self.hidden.push((row, row)),
        }
    }
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
        let rest = needles.get_or_insert_with(|| Needles::of(filled)).look(filled, &mut row, &mut found);
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
    found.hidden.sort_unstable();
    found.merges.sort_unstable_by_key(|m| (m.first_row, m.first_column));
    Ok(found)
}

struct Needles {
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
        Self { row: needle(b"row"), merge: needle(b"mergeCell") }
    }

    /// Looks through `bytes`; returns where the next look must begin: at a tag that is not complete, else where a
    /// tag might just begin, and never before the end of a tag that was seen.
    fn look(&self, bytes: &[u8], row: &mut u32, found: &mut SheetScan) -> usize {
        let mut open = None;
        let mut rest = bytes.len().saturating_sub(self.merge.needle().len() - 1);
        let mut from = 0;
        while let Some(tag) = next_tag(&self.row, bytes, &mut from) {
            match tag {
                Tag::Complete(inner) => {
                    let number = attribute(inner, b"r").and_then(number);
                    *row = number.unwrap_or_else(|| row.saturating_add(1));
                    if matches!(attribute(inner, b"hidden"), Some(b"1" | b"true")) {
                        found.hide(*row);
                    }
                    rest = rest.max(from);
                }
                Tag::Open(at) => open = Some(at),
            }
        }
        from = 0;
        while let Some(tag) = next_tag(&self.merge, bytes, &mut from) {
            match tag {
                Tag::Complete(inner) => {
                    found.merges.extend(attribute(inner, b"ref").and_then(Merge::parse));
                    rest = rest.max(from);
                }
                Tag::Open(at) => open = Some(open.map_or(at, |o: usize| o.min(at))),
            }
        }
        open.unwrap_or(rest)
    }
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
        let xml = r#"<worksheet><sheetData><row r="1"><c r="A1"/></row><row r="2" hidden="1"/><row r='3' ht="1" hidden='true'>
            </row><row r="7" hidden="0"></row><row hidden="1"/></sheetData><mergeCells count="2"><mergeCell ref="A2:A5"/>
            <mergeCell ref="C1:D1"/></mergeCells><rowBreaks hidden="1"/></worksheet>"#;
        for chunk in (50..120).chain([4096]) {
            let found = scanned(xml, chunk);
            let hidden: Vec<u32> = (1..20).filter(|r| found.is_hidden(*r)).collect();
            assert_eq!(hidden, [2, 3, 8], "in chunks of {chunk}");
            assert_eq!(found.merges.len(), 2, "in chunks of {chunk}");
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
