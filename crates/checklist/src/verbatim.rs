//! Whether a clause's text stands in its document's source text, character by character.
//!
//! What is layout is not compared: line breaks and blanks (between two ASCII letters or digits there has to be one where
//! the source has one), and the tags of a source that was taken from a web page and kept as it came. A text with
//! bullets (`➤`) is put together from several places: each piece has to stand in the source, one after another.

mod plain;
mod resource;

pub(crate) use resource::resource;

use plain::Plain;
use std::ops::Range;

/// What stands between the citation of a rule and its words, where a document has both in one text.
pub(crate) const BULLET: char = '➤';
/// Lines, from the one that a clause names, on which its text may begin.
const NEAR: u32 = 3;
/// Characters by which the place is recognised at which a text was meant to stand.
const SAMPLE: usize = 24;

/// A source text without its layout.
#[derive(Debug, Clone)]
pub struct SourceText {
    /// As it is, and without tags where it has some.
    readings: Vec<Plain>,
}

/// Why a text is no quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misquote {
    /// A character is another one.
    Differs(Difference),
    /// It does not begin where it is said to, but on this line, from 1.
    Elsewhere(u32),
}

/// The first character of a text that is not the source's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Its place in the text, from 1, blanks counted.
    pub at: usize,
    /// The character.
    pub written: char,
    /// What the source has in its place; `None` when the text stands nowhere near, or goes on after the source's end.
    pub source: Option<char>,
}

impl std::fmt::Display for Misquote {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Differs(d) => write!(f, "character {} is `{}`", d.at, d.written),
            Self::Elsewhere(line) => write!(f, "it stands on line {line}"),
        }
    }
}

impl SourceText {
    /// Takes the layout away.
    #[must_use]
    pub fn new(source: &str) -> Self {
        let mut readings = vec![Plain::new(source, false)];
        if source.contains("</") {
            readings.push(Plain::new(source, true));
        }
        Self { readings }
    }

    /// Compares a text that is said to begin on this line, from 1. It may begin on one of the next two: a line of its
    /// number may stand before it.
    ///
    /// # Errors
    /// The first character that differs, or the line where the text stands.
    pub fn quotes(&self, text: &str, line: u32) -> Result<(), Misquote> {
        let mut outcome = Ok(());
        for source in &self.readings {
            outcome = places(source, text, line).map(|_| ());
            if outcome.is_ok() {
                break;
            }
        }
        // The last reading has the least layout in it.
        outcome
    }
}

/// Where the pieces of a text stand in the source, as ranges of bytes of the plain text.
fn places(source: &Plain, text: &str, line: u32) -> Result<Vec<Range<usize>>, Misquote> {
    let end = source.line_start(line.saturating_add(NEAR));
    let elsewhere = |places: &[Range<usize>]| {
        Misquote::Elsewhere(places.last().map_or(line, |last| source.line_of(last.start)))
    };
    match found(source, text, source.line_start(line)) {
        Ok(places) if places.last().is_none_or(|last| last.start < end) => Ok(places),
        Ok(places) => Err(elsewhere(&places)),
        Err((piece, from)) => Err(match found(source, text, 0) {
            Ok(places) => elsewhere(&places),
            Err(_) => Misquote::Differs(difference(source, text, &piece, from, line)),
        }),
    }
}

/// The pieces of a text from a place on; or the first one that is missing, and where it should have come after.
fn found(source: &Plain, text: &str, mut from: usize) -> Result<Vec<Range<usize>>, (Piece, usize)> {
    let mut out = Vec::new();
    for piece in pieces(text) {
        let Some(at) = source.find(piece.plain.text(), from) else { return Err((piece, from)) };
        from = at + piece.plain.text().len();
        out.push(at..from);
    }
    Ok(out)
}

/// A piece of a clause's text with its place in it, in bytes.
struct Piece {
    plain: Plain,
    at: usize,
}

fn pieces(text: &str) -> impl Iterator<Item = Piece> + '_ {
    let mut at = 0;
    text.split(BULLET).filter_map(move |piece| {
        let here = at;
        at += piece.len() + BULLET.len_utf8();
        let plain = Plain::new(piece, false);
        (!plain.text().is_empty()).then_some(Piece { plain, at: here })
    })
}

/// The first character of a piece that differs from where it was most likely meant to stand.
fn difference(source: &Plain, text: &str, piece: &Piece, from: usize, line: u32) -> Difference {
    let wanted: Vec<char> = piece.plain.text().chars().collect();
    let end = source.line_start(line.saturating_add(NEAR));
    let (same, there) = match source.find(piece.plain.text(), 0) {
        // It stands before the piece that it comes after.
        Some(_) => (0, None),
        None => aligned(source, &wanted, from.min(end)..end).unwrap_or_else(|| longest(source, &piece.plain)),
    };
    let index = wanted.iter().take(same).map(|c| c.len_utf8()).sum();
    let before = text.get(..piece.at + piece.plain.origin(index)).unwrap_or_default();
    Difference {
        at: before.chars().count() + 1,
        written: wanted.get(same).copied().unwrap_or_default(),
        source: there,
    }
}

/// How many characters are the same at the place in the window where the text was meant to stand, and what the source has
/// instead of the next. That is where one character is another; else where the text begins alike; else where most of its
/// first characters are the same one by one. `None` when there is no such place.
fn aligned(source: &Plain, wanted: &[char], window: Range<usize>) -> Option<(usize, Option<char>)> {
    let there = source.text().get(window.clone())?;
    let sample = wanted.len().min(SAMPLE);
    let alike = |at: usize| {
        let here = there.get(at..).unwrap_or_default().chars();
        here.zip(wanted).take(sample).map(|(a, b)| a == *b).collect::<Vec<_>>()
    };
    // Of two places that are as good the first one counts.
    let places: Vec<(usize, Vec<bool>)> =
        there.char_indices().map(|(at, _)| (window.start + at, alike(at))).rev().collect();
    let head = |alike: &[bool]| alike.iter().take_while(|same| **same).count();
    let common = |alike: &[bool]| alike.iter().filter(|same| **same).count();
    let (begins, first) = places.iter().map(|(at, alike)| (head(alike), *at)).max_by_key(|(n, _)| *n)?;
    let (most, best) = places.iter().map(|(at, alike)| (common(alike), *at)).max_by_key(|(n, _)| *n)?;
    match () {
        // One character was put in place of another.
        () if sample > 2 && most + 1 >= sample => Some(prefix(source, best, wanted)),
        () if begins > 1 => Some(prefix(source, first, wanted)),
        () if most * 2 >= sample => Some(prefix(source, best, wanted)),
        () => None,
    }
}

/// How many characters are the same from a place on, and the source's next.
fn prefix(source: &Plain, place: usize, wanted: &[char]) -> (usize, Option<char>) {
    let mut there = source.text().get(place..).unwrap_or_default().chars();
    let mut same = 0;
    for c in wanted {
        match there.next() {
            Some(other) if other == *c => same += 1,
            other => return (same, other),
        }
    }
    (same.saturating_sub(1), None)
}

/// How many of the first characters stand anywhere in the source, and what follows them there.
fn longest(source: &Plain, piece: &Plain) -> (usize, Option<char>) {
    let heads: Vec<&str> =
        piece.text().char_indices().filter_map(|(end, _)| piece.text().get(..end)).collect();
    let same = heads.partition_point(|head| source.find(head, 0).is_some()).saturating_sub(1);
    let head = heads.get(same).copied().unwrap_or_default();
    let next = source.find(head, 0).filter(|_| same > 0).map(|at| at + head.len());
    (same, next.and_then(|at| source.text().get(at..)?.chars().next()))
}

#[cfg(test)]
mod tests {
    use super::{Difference, Misquote, SourceText};

    const SOURCE: &str = "某要點\n一、應每半年清查帳號，清查結果應\n經主管核定。\n二、use TCP  IP 連線\n\
        <p>CC-1 防火牆：</p> <ul style=\"x\">➤ 應建立防火牆。➤ 進出紀錄應保存三年。</ul>\n";

    fn told(text: &str, line: u32) -> Result<(), (usize, char, Option<char>)> {
        SourceText::new(SOURCE).quotes(text, line).map_err(|misquote| match misquote {
            Misquote::Differs(Difference { at, written, source }) => (at, written, source),
            Misquote::Elsewhere(line) => panic!("{text} stands on line {line}"),
        })
    }

    #[test]
    fn layout_is_no_difference() {
        for (text, line) in [
            ("應每半年清查帳號，清查結果應經主管核定。", 2),
            ("應每半年清查帳號，\n　清查結果應經主管核定。", 2),
            ("經主管核定。", 2),
            ("use TCP IP 連線", 4),
            ("CC-1 防火牆： ➤ 進出紀錄應保存三年。", 5),
            ("CC-1 防火牆：➤ 應建立防火牆。➤ 進出紀錄應保存三年。", 5),
        ] {
            assert_eq!(told(text, line), Ok(()), "{text}");
        }
    }

    #[test]
    fn a_character_is_one_wherever_it_stands() {
        for (text, line, difference) in [
            ("應每季清查帳號，清查結果應經主管核定。", 2, (3, '季', Some('半'))),
            ("宜每半年清查帳號，清查結果應經主管核定。", 2, (1, '宜', Some('應'))),
            ("應每半年清查帳號,清查結果應經主管核定。", 2, (9, ',', Some('，'))),
            ("應每半年清查帳號，清查結果應經主管核定", 2, (0, ' ', None)),
            ("應每半年清查帳號，清查結果應經主管核定。並公告", 2, (21, '並', Some('二'))),
            ("use TCPIP 連線", 4, (8, 'I', Some(' '))),
            ("應每半年清查帳號，清查結果應由主管核定。", 2, (15, '由', Some('經'))),
            ("應每半年清查帳號，清查結果應由主管核定。", 5, (15, '由', Some('經'))),
            ("CC-1 防火牆： ➤ 進出紀錄應保存二年。", 5, (20, '二', Some('三'))),
        ] {
            let expected = if difference.0 == 0 { Ok(()) } else { Err(difference) };
            assert_eq!(told(text, line), expected, "{text}");
        }
        assert_eq!(told("龍", 2), Err((1, '龍', None)), "it stands nowhere");
        assert_eq!(told("進出紀錄應保存三年。➤ CC-1 防火牆：", 5), Err((13, 'C', None)), "in another order");
    }

    #[test]
    fn a_text_stands_where_it_is_said_to() {
        let quoted = |text: &str, line| SourceText::new(SOURCE).quotes(text, line);
        assert_eq!(quoted("應建立防火牆。", 2), Err(Misquote::Elsewhere(5)));
        assert_eq!(quoted("應每半年清查帳號", 5), Err(Misquote::Elsewhere(2)));
        assert_eq!(quoted("應每半年清查帳號", 99), Err(Misquote::Elsewhere(2)));
    }
}
