//! A part of XML in pieces that are parsed one by one: each begins where one of the elements that the part repeats
//! begins, rows or texts, so that no such element is in two pieces.
//!
//! Comments, CDATA sections, processing instructions and declarations are stepped over when a place to cut is sought,
//! so that what looks like an element in them is none. A cut within a tag would need a `<` inside of an attribute's
//! value, which XML forbids: the parser refuses the halves.

use crate::source::stretch::Stretch;
use crate::{Excess, IntakeError, Limits};
use memchr::memmem::{self, FinderRev};
use std::io::Read;

/// Bytes of a piece, if its elements are not longer: few enough to stay in the processor's cache on their way from
/// the one who unpacks to the one who parses.
const PIECE: usize = 1 << 18;

/// A part, cut as it is read.
pub(super) struct Pieces<R> {
    part: R,
    cutter: Option<Cutter>,
    element: &'static [u8],
    around: &'static [u8],
    /// What was read behind the last cut.
    rest: Vec<u8>,
    stretch: Stretch,
    total: u64,
    max_total: u64,
    max_piece: usize,
    piece: usize,
    ended: bool,
}

impl<R: Read> Pieces<R> {
    /// `around` is the element that holds all the repeated ones.
    pub(super) fn new(
        part: R,
        max_total: u64,
        element: &'static [u8],
        around: &'static [u8],
        limits: &Limits,
    ) -> Self {
        Self {
            part,
            cutter: None,
            element,
            around,
            rest: Vec::new(),
            stretch: Stretch::default(),
            total: 0,
            max_total,
            max_piece: limits.max_line_bytes,
            piece: PIECE,
            ended: false,
        }
    }

    /// The next piece, in the buffer given; `None` after the last one.
    ///
    /// # Errors
    /// `Damaged` when the part cannot be unpacked; `TooLarge` when it is longer than it may be, or an element is.
    pub(super) fn next(&mut self, mut buffer: Vec<u8>) -> Result<Option<Vec<u8>>, IntakeError> {
        buffer.clear();
        buffer.append(&mut self.rest);
        let mut want = self.piece;
        while !self.ended {
            let had = buffer.len();
            self.ended = self.read(&mut buffer, want)? < want;
            self.stretch.see(buffer.get(had..).unwrap_or_default())?;
            if self.ended {
                break;
            }
            if self.cutter.is_none() {
                self.cutter = Cutter::of(&buffer, self.element, self.around);
            }
            if let Some(at) = self.cutter.as_ref().and_then(|cutter| cutter.cut(&buffer)) {
                self.rest.extend_from_slice(buffer.get(at..).unwrap_or_default());
                buffer.truncate(at);
                break;
            }
            if buffer.len() > self.max_piece {
                return Err(IntakeError::TooLarge { what: Excess::Line, limit: self.max_piece as u64 });
            }
            // As much again, so that little is looked through twice.
            want = buffer.len();
        }
        Ok(Some(buffer).filter(|b| !b.is_empty()))
    }

    /// Reads what is left without looking at it: a sum at the end of the part may prove it damaged.
    ///
    /// # Errors
    /// As [`Pieces::next`].
    pub(super) fn drain(&mut self) -> Result<(), IntakeError> {
        self.rest.clear();
        let mut buffer = Vec::new();
        while !self.ended {
            buffer.clear();
            self.ended = self.read(&mut buffer, PIECE)? < PIECE;
            self.stretch.see(&buffer)?;
        }
        Ok(())
    }

    fn read(&mut self, buffer: &mut Vec<u8>, want: usize) -> Result<usize, IntakeError> {
        let mut some = self.part.by_ref().take(want as u64);
        let n = some.read_to_end(buffer).map_err(|_| IntakeError::Damaged { what: "part" })?;
        self.total += n as u64;
        if self.total > self.max_total {
            return Err(IntakeError::TooLarge { what: Excess::Unpacked, limit: self.max_total });
        }
        Ok(n)
    }
}

#[cfg(test)]
impl<R> Pieces<R> {
    /// Pieces of another length.
    pub(super) fn of(self, piece: usize) -> Self {
        Self { piece, ..self }
    }
}

/// Finds where to cut.
struct Cutter {
    /// `<`, the prefix that the part's elements carry, the name of the repeated one.
    element: FinderRev<'static>,
    /// The end of the element around them.
    end: memmem::Finder<'static>,
}

impl Cutter {
    /// The root element tells the prefix, once its name is there.
    fn of(head: &[u8], element: &[u8], around: &[u8]) -> Option<Self> {
        let prefix = prefix(head)?;
        let end = [b"</", prefix, around].concat();
        Some(Self {
            element: FinderRev::new(&[b"<", prefix, element].concat()).into_owned(),
            end: memmem::Finder::new(&end).into_owned(),
        })
    }

    /// The last place where a repeated element begins, else where the element around them has ended; never 0.
    fn cut(&self, bytes: &[u8]) -> Option<usize> {
        let (mut from, mut cut) = (0, None);
        loop {
            let aside = Aside::next(bytes, from);
            let until = aside.as_ref().map_or(bytes.len(), |a| a.start);
            let between = bytes.get(from..until).unwrap_or_default();
            let element = self.last_element(between).filter(|at| from + at > 0);
            if let Some(at) = element.or_else(|| self.after_end(between)) {
                cut = Some(from + at);
            }
            match aside.and_then(|a| a.end) {
                Some(end) => from = end,
                None => return cut,
            }
        }
    }

    fn last_element(&self, bytes: &[u8]) -> Option<usize> {
        let mut before = bytes;
        loop {
            let at = self.element.rfind(before)?;
            match bytes.get(at + self.element.needle().len()) {
                Some(b' ' | b'\t' | b'\r' | b'\n' | b'>' | b'/') => return Some(at),
                _ => before = before.get(..at)?,
            }
        }
    }

    fn after_end(&self, bytes: &[u8]) -> Option<usize> {
        let at = self.end.find(bytes)? + self.end.needle().len();
        let blanks = bytes.get(at..)?.iter().take_while(|b| b.is_ascii_whitespace()).count();
        (bytes.get(at + blanks) == Some(&b'>')).then_some(at + blanks + 1)
    }
}

/// What is no element: `<!…>`, `<?…>`.
struct Aside {
    start: usize,
    /// None when it goes on behind the bytes.
    end: Option<usize>,
}

impl Aside {
    fn next(bytes: &[u8], from: usize) -> Option<Self> {
        let rest = bytes.get(from..)?;
        let mut marks = memchr::memchr2_iter(b'!', b'?', rest);
        let open = |mark: &usize| mark.checked_sub(1).and_then(|i| rest.get(i)) == Some(&b'<');
        // The last byte may be the beginning of one.
        let start = match marks.find(open) {
            Some(mark) => from + mark - 1,
            None if rest.last() == Some(&b'<') => bytes.len() - 1,
            None => return None,
        };
        Some(Self { start, end: end_of(bytes, start) })
    }
}

fn end_of(bytes: &[u8], start: usize) -> Option<usize> {
    let (skip, closing): (usize, &[u8]) = match bytes.get(start..)? {
        [b'<', b'?', ..] => (2, b"?>"),
        [b'<', b'!', b'-', b'-', ..] => (4, b"-->"),
        [b'<', b'!', b'[', ..] => (3, b"]]>"),
        [b'<', b'!', _, _, ..] => (2, b">"),
        _ => return None,
    };
    let inner = start + skip;
    memmem::find(bytes.get(inner..)?, closing).map(|at| inner + at + closing.len())
}

/// The prefix of the first element's name with its colon, empty without one; `None` as long as the name is not there.
fn prefix(head: &[u8]) -> Option<&[u8]> {
    let mut from = 0;
    loop {
        let start = from + memchr::memchr(b'<', head.get(from..)?)?;
        if matches!(head.get(start + 1), Some(b'!' | b'?')) {
            from = end_of(head, start)?;
            continue;
        }
        let name = head.get(start + 1..)?;
        let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'>' | b'/' | b':');
        let end = name.iter().position(ends)?;
        return if name.get(end) == Some(&b':') { name.get(..=end) } else { Some(&[]) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(xml: &str, piece: usize) -> Vec<String> {
        let limits = Limits::default();
        let mut pieces = Pieces::new(xml.as_bytes(), 1000, b"row", b"sheetData", &limits).of(piece);
        let mut found = Vec::new();
        while let Some(piece) = pieces.next(Vec::new()).expect("cut") {
            found.push(String::from_utf8(piece).expect("whole characters"));
        }
        found
    }

    #[test]
    fn a_part_is_cut_where_rows_begin_and_nothing_is_lost() {
        let xml = r#"<?xml version="1.0"?><x:worksheet><x:rowless/><x:row r="1"><x:c/></x:row><x:row/><!-- <x:row> --><x:row r="9">
            <![CDATA[<x:row >]]></x:row><x:row
            r="11"></x:row></x:sheetData><x:rowBreaks><a/></x:rowBreaks></x:worksheet>"#;
        for piece in 1..xml.len() {
            let found = cut(xml, piece);
            assert_eq!(found.concat(), xml, "in pieces of {piece}");
            for piece in found.iter().skip(1) {
                let starts = ["<x:row ", "<x:row/", "<x:row\n", "<x:rowBreaks>"];
                assert!(starts.iter().any(|s| piece.starts_with(s)), "{piece}");
            }
        }
        let small = cut(xml, 16);
        assert!(small.len() >= 5, "{small:?}");
        // What follows the rows, however long, is not gathered with them.
        assert!(small.last().is_some_and(|piece| piece.starts_with("<x:rowBreaks>")), "{small:?}");
    }

    #[test]
    fn an_element_without_end_is_not_gathered_for_ever() {
        let xml = format!("<worksheet><row>{}", "<c/>".repeat(200));
        let limits = Limits { max_line_bytes: 100, ..Limits::default() };
        let mut pieces = Pieces::new(xml.as_bytes(), 10_000, b"row", b"sheetData", &limits).of(16);
        pieces.next(Vec::new()).expect("what stands before the row");
        let error = pieces.next(Vec::new()).err();
        assert!(matches!(error, Some(IntakeError::TooLarge { what: Excess::Line, limit: 100 })));
        let mut pieces = Pieces::new(xml.as_bytes(), 300, b"row", b"sheetData", &limits);
        assert!(matches!(pieces.next(Vec::new()), Err(IntakeError::TooLarge { what: Excess::Unpacked, .. })));
    }
}
