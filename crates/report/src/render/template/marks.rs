//! Placeholders in a text: `{{name}}`, and `{{#region}}` … `{{/region}}`.

use std::ops::Range;

/// What stands between two pairs of braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// `{{name}}`.
    Field(String),
    /// `{{#name}}`.
    Open(String),
    /// `{{/name}}`.
    Close(String),
}

/// A placeholder with the bytes that it takes, braces included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub range: Range<usize>,
    pub word: Word,
}

/// What is wrong with the braces of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BraceFault {
    /// `{{` without `}}` on the same line.
    Unclosed,
    /// Braces within braces.
    Nested,
}

/// The placeholders of a text, in their order. Braces around nothing are no placeholder.
///
/// # Errors
/// When braces are not closed, or hold braces.
pub fn marks(text: &str) -> Result<Vec<Mark>, BraceFault> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("{{")).map(|at| from + at) {
        let rest = text.get(at + 2..).unwrap_or_default();
        let length = rest.find("}}").ok_or(BraceFault::Unclosed)?;
        let inner = rest.get(..length).unwrap_or_default();
        if inner.contains(['{', '}']) {
            return Err(BraceFault::Nested);
        }
        if inner.contains(['\n', '\r', '\t', SEAM]) {
            return Err(BraceFault::Unclosed);
        }
        from = at + 2 + length + 2;
        if let Some(word) = word(inner) {
            found.push(Mark { range: at..from, word });
        }
    }
    Ok(found)
}

/// Stands in a paragraph's joined text for what is no text, such as a picture or a line break: no placeholder goes
/// across it.
pub const SEAM: char = '\u{FFFC}';

fn word(inner: &str) -> Option<Word> {
    let text = inner.trim();
    let name = |rest: &str| Some(rest.trim().to_owned()).filter(|n| !n.is_empty());
    if let Some(rest) = text.strip_prefix(['#', '＃']) {
        return name(rest).map(Word::Open);
    }
    if let Some(rest) = text.strip_prefix(['/', '／']) {
        return name(rest).map(Word::Close);
    }
    name(text).map(Word::Field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_found_amid_text() {
        let found = marks("期間：{{ 查核期間 }}（含首尾日）{{#缺失}}{{／缺失}}{{}}").expect("well-formed");
        let words: Vec<Word> = found.iter().map(|m| m.word.clone()).collect();
        let name = |n: &str| n.to_owned();
        assert_eq!(
            words,
            [Word::Field(name("查核期間")), Word::Open(name("缺失")), Word::Close(name("缺失"))]
        );
        assert_eq!(found[0].range, 9.."期間：{{ 查核期間 }}".len());
    }

    #[test]
    fn braces_that_do_not_close_or_hold_others_are_told() {
        for (text, fault) in [
            ("{{受查單位", BraceFault::Unclosed),
            ("{{受查\n單位}}", BraceFault::Unclosed),
            ("{{受查{{單位}}}}", BraceFault::Nested),
            ("{{{受查單位}}}", BraceFault::Nested),
        ] {
            assert_eq!(marks(text), Err(fault), "{text}");
        }
        for text in ["受查單位}}", "{受查單位}", "{ {受查單位} }", ""] {
            assert_eq!(marks(text), Ok(Vec::new()), "{text}");
        }
    }
}
