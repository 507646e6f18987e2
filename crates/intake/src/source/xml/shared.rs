//! The table of shared texts, many of them in one piece of memory.

use super::pieces::Pieces;
use super::text::{self, DAMAGED, event, reader, rich};
use crate::{Excess, IntakeError, Limits};
use quick_xml::events::Event;
use std::io::Read;

/// Texts that share a piece of memory: few enough for the piece to be moved while it grows.
const TOGETHER: usize = 4_096;

/// The texts by their place in the table.
#[derive(Default)]
pub(super) struct Texts {
    pieces: Vec<String>,
    /// Where each one ends in its piece.
    ends: Vec<u32>,
}

impl Texts {
    pub(super) fn get(&self, place: usize) -> Option<&str> {
        let end = usize::try_from(*self.ends.get(place)?).ok()?;
        let start = match place % TOGETHER {
            0 => 0,
            _ => usize::try_from(*self.ends.get(place - 1)?).ok()?,
        };
        self.pieces.get(place / TOGETHER)?.get(start..end)
    }

    /// The piece in which the next text goes.
    fn piece(&mut self) -> &mut String {
        let at = self.ends.len() / TOGETHER;
        if self.pieces.len() <= at {
            if let Some(full) = self.pieces.last_mut() {
                full.shrink_to_fit();
            }
            self.pieces.resize_with(at + 1, String::new);
        }
        &mut self.pieces[at]
    }

    /// Unpacks and reads the part.
    ///
    /// # Errors
    /// `Damaged`; `TooLarge` for too many texts, or too much of them.
    pub(super) fn load(part: impl Read, limits: &Limits) -> Result<Self, IntakeError> {
        // An end has 32 bits, and no text is longer than what stands for it in the part.
        let most = limits.max_shared_bytes.min(u64::from(u32::MAX));
        let mut pieces = Pieces::new(part, most, b"si", b"sst", limits);
        let mut loading = Loading { texts: Self::default(), limits, state: State::Before, depth: 0 };
        let mut buffer = Vec::new();
        while let Some(piece) = pieces.next(std::mem::take(&mut buffer))? {
            loading.piece(&piece)?;
            buffer = piece;
            if loading.state == State::After {
                pieces.drain()?;
                break;
            }
        }
        if loading.state != State::After {
            return Err(DAMAGED);
        }
        let mut texts = loading.texts;
        texts.ends.shrink_to_fit();
        Ok(texts)
    }
}

#[derive(PartialEq, Eq)]
enum State {
    Before,
    Within,
    After,
}

struct Loading<'l> {
    texts: Texts,
    limits: &'l Limits,
    state: State,
    /// Elements that are open.
    depth: u32,
}

impl Loading<'_> {
    fn piece(&mut self, piece: &[u8]) -> Result<(), IntakeError> {
        let mut rest = piece;
        while self.state != State::After && !rest.is_empty() {
            rest = rest.trim_ascii_start();
            rest = match self.plain(rest) {
                Some(after) => {
                    self.ended()?;
                    after
                }
                None => self.any(rest)?,
            };
        }
        Ok(())
    }

    /// Reads a text as nearly all are written; `None` for anything else.
    fn plain<'b>(&mut self, bytes: &'b [u8]) -> Option<&'b [u8]> {
        if self.state != State::Within {
            return None;
        }
        let inner = bytes.strip_prefix(b"<si><t")?;
        let keep = inner.strip_prefix(br#" xml:space="preserve">"#);
        let inner = keep.or_else(|| inner.strip_prefix(b">"))?;
        let (text, after) = inner.split_at_checked(memchr::memchr(b'<', inner)?)?;
        let after = after.strip_prefix(b"</t></si>")?;
        text::run(plain_text(text)?, keep.is_some(), self.texts.piece());
        Some(after)
    }

    /// Reads whatever comes next.
    fn any<'b>(&mut self, bytes: &'b [u8]) -> Result<&'b [u8], IntakeError> {
        let mut reader = reader(bytes);
        match event(&mut reader)? {
            Event::Start(e) if self.state == State::Before && e.local_name().as_ref() == "sst" => {
                self.promised(text::attribute(&e, "uniqueCount")?.as_deref())?;
                self.state = State::Within;
                self.depth += 1;
            }
            Event::Empty(e) if self.state == State::Before && e.local_name().as_ref() == "sst" => {
                self.promised(text::attribute(&e, "uniqueCount")?.as_deref())?;
                self.state = State::After;
            }
            Event::Start(e) if self.state == State::Within && e.local_name().as_ref() == "si" => {
                let text = rich(&mut reader, e.name())?;
                self.texts.piece().push_str(&text);
                self.ended()?;
            }
            Event::Empty(e) if self.state == State::Within && e.local_name().as_ref() == "si" => {
                self.ended()?;
            }
            Event::Start(_) => self.depth = self.depth.saturating_add(1),
            Event::End(e) => {
                self.depth = self.depth.checked_sub(1).ok_or(DAMAGED)?;
                if self.state == State::Within && e.local_name().as_ref() == "sst" {
                    self.state = State::After;
                }
            }
            Event::Eof => return Ok(&[]),
            _ => {}
        }
        Ok(reader.get_ref())
    }

    /// A text ends where the texts now end.
    fn ended(&mut self) -> Result<(), IntakeError> {
        if self.texts.ends.len() as u64 >= self.limits.max_shared_strings {
            return Err(self.too_many());
        }
        let end = u32::try_from(self.texts.piece().len()).map_err(|_| DAMAGED)?;
        self.texts.ends.push(end);
        Ok(())
    }

    /// No memory is reserved for what is promised; but a table that promises too much is not believed.
    fn promised(&self, count: Option<&str>) -> Result<(), IntakeError> {
        let digits = count.unwrap_or_default().bytes().take_while(u8::is_ascii_digit);
        let count = digits.fold(0_u64, |n, d| n.saturating_mul(10).saturating_add(u64::from(d - b'0')));
        if count > self.limits.max_shared_strings { Err(self.too_many()) } else { Ok(()) }
    }

    fn too_many(&self) -> IntakeError {
        IntakeError::TooLarge { what: Excess::SharedStrings, limit: self.limits.max_shared_strings }
    }
}

/// Bytes between two tags as the text that they are: no references to resolve, no line ends to change.
pub(super) fn plain_text(bytes: &[u8]) -> Option<&str> {
    if memchr::memchr2(b'&', b'\r', bytes).is_some() {
        return None;
    }
    std::str::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded(xml: &str, limits: &Limits) -> Result<Vec<String>, IntakeError> {
        let texts = Texts::load(xml.as_bytes(), limits)?;
        Ok((0..).map_while(|place| texts.get(place).map(str::to_owned)).collect())
    }

    #[test]
    fn texts_are_read_however_they_are_written() {
        let xml = "<?xml version=\"1.0\"?><sst uniqueCount=\"9\"><si><t>一</t></si><si/><si><t> a </t></si>
            <si><t xml:space=\"preserve\"> a </t></si><si><r><rPr><b/></rPr><t>粗</t></r><r><t>體</t></r></si>
            <si><t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh></si><si><t>&lt;a&gt;&#x4E00;_x000D_</t></si>
            <si><t/></si><si><t><![CDATA[<b>]]></t></si></sst>";
        let expected = ["一", "", "a", " a ", "粗體", "東京", "<a>一\r", "", "<b>"];
        assert_eq!(loaded(xml, &Limits::default()).expect("loaded"), expected);
        let prefixed = "<x:sst xmlns:x=\"u\"><x:si><x:t>a</x:t></x:si></x:sst>";
        assert_eq!(loaded(prefixed, &Limits::default()).expect("loaded"), ["a"]);
        assert!(loaded("<sst/>", &Limits::default()).expect("loaded").is_empty());
    }

    #[test]
    fn every_text_has_its_place_however_many_there_are() {
        let texts: Vec<String> = (0..TOGETHER * 2 + 3).map(|n| "字".repeat(n % 3)).collect();
        let xml: String = texts.iter().map(|t| format!("<si><t>{t}</t></si>")).collect();
        assert!(loaded(&format!("<sst>{xml}</sst>"), &Limits::default()).expect("loaded") == texts);
    }

    #[test]
    fn what_is_broken_or_too_much_is_refused() {
        let damaged = |xml: &str| matches!(loaded(xml, &Limits::default()), Err(IntakeError::Damaged { .. }));
        for xml in
            ["", "<sst>", "<sst><si>", "<sst><si><t>a</sst>", "<sst><si><t>&x;</t></si></sst>", "</a><sst/>"]
        {
            assert!(damaged(xml), "{xml}");
        }
        let few = Limits { max_shared_strings: 2, ..Limits::default() };
        for xml in ["<sst uniqueCount=\"3\"/>", "<sst><si/><si/><si/></sst>"] {
            let error = loaded(xml, &few).err();
            assert!(
                matches!(error, Some(IntakeError::TooLarge { what: Excess::SharedStrings, limit: 2 })),
                "{xml}"
            );
        }
        let short = Limits { max_shared_bytes: 12, ..Limits::default() };
        let error = loaded("<sst><si/></sst>", &short).err();
        assert!(matches!(error, Some(IntakeError::TooLarge { what: Excess::Unpacked, limit: 12 })));
    }
}
