//! Breaking text into lines by the strict rules: no 。，、」 opens a line, no 「（ ends one; what has no place to
//! break and is wider than the column (a hash, an id) is broken anywhere.

use super::faces::Faces;
use super::page::Style;
use icu_segmenter::options::{LineBreakOptions, LineBreakStrictness};
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};
use std::borrow::Cow;

/// Never the first character of a line, even where a long word had to be broken.
pub const NOT_FIRST: &str = "。，、；：？！」』）】〕》〉”’…％%.,;:?!)]}";
/// Never the last character of a line.
pub const NOT_LAST: &str = "「『（【〔《〈“‘([{";

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its characters, without the blanks at the end.
    pub text: String,
    /// Its width in points.
    pub width: f32,
    /// It is the last of its paragraph.
    pub last: bool,
}

/// Breaks text with the measures of the fonts.
pub struct Breaker<'f> {
    /// The fonts.
    pub faces: &'f Faces<'f>,
    segmenter: LineSegmenterBorrowed<'static>,
}

impl<'f> Breaker<'f> {
    /// A breaker for these fonts.
    pub fn new(faces: &'f Faces<'f>) -> Self {
        let mut options = LineBreakOptions::default();
        options.strictness = Some(LineBreakStrictness::Strict);
        Self { faces, segmenter: LineSegmenter::new_for_non_complex_scripts(options) }
    }

    /// Width of a text in a style.
    pub fn width(&self, text: &str, style: Style) -> f32 {
        self.faces.width(text, style.size, style.weight)
    }

    /// The lines of `text` in a column `width` points wide. An empty text is one empty line.
    pub fn lines(&self, text: &str, style: Style, width: f32) -> Vec<Line> {
        let mut lines = Vec::new();
        for paragraph in text.split('\n') {
            let paragraph = clean(paragraph);
            // Most cells of a table are one line: nothing has to be looked at but their width.
            let whole = self.line(&paragraph, style, true);
            if whole.width <= width {
                lines.push(whole);
            } else {
                self.paragraph(&paragraph, style, width, &mut lines);
            }
        }
        lines
    }

    fn paragraph(&self, text: &str, style: Style, width: f32, lines: &mut Vec<Line>) {
        let mut line = String::new();
        // Width of the line with the blanks at its end.
        let mut used = 0.0;
        let mut start = 0;
        for end in self.segmenter.segment_str(text).skip(1) {
            if inside_id(text, end) {
                continue;
            }
            let piece = text.get(start..end).unwrap_or_default();
            start = end;
            let inked = self.width(piece.trim_end(), style);
            if !line.is_empty() && used + inked > width {
                lines.push(self.line(&line, style, false));
                line.clear();
                used = 0.0;
            }
            let mut widest = used + inked;
            line.push_str(piece);
            used += self.width(piece, style);
            // A column may be narrower than any character, or no room at all.
            while widest > width && !line.is_empty() {
                let rest = self.split(&mut line, style, width);
                lines.push(self.line(&line, style, false));
                line = rest;
                used = self.width(&line, style);
                widest = self.width(line.trim_end(), style);
            }
        }
        lines.push(self.line(&line, style, true));
    }

    /// Cuts a word that is wider than the column; returns what did not fit. At least one character stays.
    fn split(&self, line: &mut String, style: Style, width: f32) -> String {
        let chars: Vec<char> = line.chars().collect();
        let mut used = 0.0;
        let mut fit = 0;
        for c in &chars {
            used += self.faces.glyph(*c, style.weight).advance * style.size;
            if used > width {
                break;
            }
            fit += 1;
        }
        fit = fit.max(1);
        let barred = |fit: usize| {
            chars.get(fit).is_some_and(|c| NOT_FIRST.contains(*c))
                || chars.get(fit - 1).is_some_and(|c| NOT_LAST.contains(*c))
        };
        while fit > 1 && barred(fit) {
            fit -= 1;
        }
        *line = chars.iter().take(fit).collect();
        chars.iter().skip(fit).collect()
    }

    fn line(&self, text: &str, style: Style, last: bool) -> Line {
        let text = text.trim_end().to_owned();
        Line { width: self.width(&text, style), text, last }
    }
}

/// Whether a place to break lies behind a hyphen inside an id or a date (`COL-D5.1`): those stay whole while they fit.
fn inside_id(text: &str, at: usize) -> bool {
    let mut before = text.get(..at).unwrap_or_default().chars().rev();
    let after = text.get(at..).unwrap_or_default().chars().next();
    let alphanumeric = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    before.next() == Some('-') && alphanumeric(before.next()) && alphanumeric(after)
}

/// Tabs and other control characters as blanks: a page has no use for them.
fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return Cow::Borrowed(text);
    }
    text.chars().filter(|c| *c != '\r').map(|c| if c.is_control() { ' ' } else { c }).collect()
}
