//! A text without its layout, that knows where each of its characters came from.

/// A text without blanks and line breaks, but for one blank between two ASCII letters or digits.
#[derive(Debug, Clone)]
pub(super) struct Plain {
    text: String,
    /// Place of each character in the plain text and in the text that it was made from, in bytes, rising.
    origins: Vec<(usize, usize)>,
    /// Place in the plain text at which each line begins.
    lines: Vec<usize>,
    /// Length of the text that it was made from.
    whole: usize,
}

impl Plain {
    /// Takes the layout away, with `tags` the tags of a web page too.
    pub(super) fn new(text: &str, tags: bool) -> Self {
        let mut out = Self {
            text: String::with_capacity(text.len()),
            origins: Vec::with_capacity(text.len() / 2),
            lines: vec![0],
            whole: text.len(),
        };
        let mut blank = None;
        let mut after_tag = 0;
        for (at, c) in text.char_indices() {
            if c == '\n' {
                out.lines.push(out.text.len());
            }
            if tags && c == '<' && at >= after_tag {
                after_tag = at + text.get(at..).map_or(0, tag_length);
            }
            if c.is_whitespace() || at < after_tag {
                blank = blank.or(Some(at));
                continue;
            }
            let divides =
                c.is_ascii_alphanumeric() && out.text.ends_with(|d: char| d.is_ascii_alphanumeric());
            if let Some(from) = blank.take().filter(|_| divides) {
                out.push(' ', from);
            }
            out.push(c, at);
        }
        out
    }

    fn push(&mut self, c: char, origin: usize) {
        self.origins.push((self.text.len(), origin));
        self.text.push(c);
    }

    /// The text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where a text first stands from a place on, in bytes.
    pub(super) fn find(&self, text: &str, from: usize) -> Option<usize> {
        self.text.get(from..)?.find(text).map(|at| from + at)
    }

    /// Where a line, from 1, begins; the end for one that is not there.
    pub(super) fn line_start(&self, line: u32) -> usize {
        let index = usize::try_from(line).unwrap_or(usize::MAX).saturating_sub(1);
        self.lines.get(index).copied().unwrap_or(self.text.len())
    }

    /// The line, from 1, on which a place of the plain text is.
    pub(super) fn line_of(&self, at: usize) -> u32 {
        u32::try_from(self.lines.partition_point(|start| *start <= at)).unwrap_or(u32::MAX)
    }

    /// Where the character that has this byte of the plain text stands in the text that it was made from, in bytes.
    pub(super) fn origin(&self, at: usize) -> usize {
        if at >= self.text.len() {
            return self.whole;
        }
        let index = self.origins.partition_point(|(plain, _)| *plain <= at).saturating_sub(1);
        self.origins.get(index).map_or(self.whole, |(_, origin)| *origin)
    }
}

/// Length in bytes of the tag that a text begins with; 0 when it begins with none.
fn tag_length(text: &str) -> usize {
    let name = text.trim_start_matches('<').trim_start_matches('/');
    let inner = text.get(1..).and_then(|rest| rest.split(['<', '>']).next()).unwrap_or_default();
    let closed = text.get(inner.len() + 1..).is_some_and(|rest| rest.starts_with('>'));
    if closed && name.starts_with(|c: char| c.is_ascii_alphabetic()) { inner.len() + 2 } else { 0 }
}
