//! Their headers against our columns: exact, then the longest synonym contained, then one letter off.

use fieldbook_model::DatasetDef;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// Longer texts are sentences, not headers.
const HEADER_CHARS: usize = 40;

/// A header without what varies: width, blanks, bullets, marks for "required", parentheses and what they hold, case.
pub(crate) fn normal(header: &str) -> String {
    let folded: String = header.nfkc().flat_map(char::to_lowercase).collect();
    let mut outside = String::new();
    let mut depth = 0_u32;
    for c in folded.chars() {
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    let kept = |text: &str| -> String { text.chars().filter(|c| !is_filler(*c)).collect() };
    let plain = kept(&outside);
    // A header that is all parentheses keeps what they hold.
    if plain.is_empty() {
        folded.chars().filter(|c| !is_filler(*c) && !"()[]【】〔〕".contains(*c)).collect()
    } else {
        plain
    }
}

fn is_filler(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '*' | '•'
                | '‧'
                | '·'
                | '●'
                | '○'
                | '◎'
                | '■'
                | '□'
                | '※'
                | '★'
                | '、'
                | ':'
                | '_'
                | '-'
                | '/'
                | '.'
        )
        || matches!(c, '"' | '\'')
        // Seen by nobody: of no width, or only turning the direction.
        || matches!(c, '\u{ad}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
}

/// One way in which a header fits a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Index of the column in its dataset.
    pub column: usize,
    /// How sure, 0–100.
    pub score: u8,
    /// Whether it may help to choose the dataset.
    pub strong: bool,
    /// The header says the opposite of the column.
    pub inverted: bool,
    /// It is the column's own name, not one that is also used for it.
    pub own: bool,
    /// Characters of the synonym.
    pub length: usize,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    column: usize,
    weak: bool,
    inverted: bool,
    own: bool,
}

/// A synonym for searching.
#[derive(Debug)]
struct Listed {
    key: String,
    chars: usize,
    entry: Entry,
}

/// All synonyms of a dataset.
#[derive(Debug)]
pub(crate) struct Synonyms {
    exact: HashMap<String, Vec<Entry>>,
    /// The same in a fixed order, for searching.
    listed: Vec<Listed>,
}

impl Synonyms {
    pub(crate) fn of(def: &DatasetDef) -> Self {
        let mut exact: HashMap<String, Vec<Entry>> = HashMap::new();
        let mut listed = Vec::new();
        for (index, column) in def.columns.iter().enumerate() {
            let mut weak: Vec<String> = column.weak.iter().map(|w| normal(w)).collect();
            let inverted: Vec<String> = column.inverted.iter().map(|w| normal(w)).collect();
            // A key of one English word (`name`, `type`) is in everybody's exports.
            let key_is_header = column.synonyms.iter().any(|s| normal(s) == column.key);
            if !column.key.contains('_') && !key_is_header {
                weak.push(column.key.clone());
            }
            let words = [&column.zh, &column.key].into_iter().chain(&column.synonyms);
            for word in words.chain(&column.weak).chain(&column.inverted) {
                let key = normal(word);
                let entries = exact.entry(key.clone()).or_default();
                if key.is_empty() || entries.iter().any(|e| e.column == index) {
                    continue;
                }
                let entry = Entry {
                    column: index,
                    weak: weak.contains(&key),
                    inverted: inverted.contains(&key),
                    own: *word == column.zh || (key_is_header && key == column.key),
                };
                entries.push(entry);
                listed.push(Listed { chars: key.chars().count(), key, entry });
            }
        }
        Self { exact, listed }
    }

    /// Every column that a normalised header fits, the best way for each.
    pub(crate) fn hits(&self, header: &str) -> Vec<Hit> {
        let chars = header.chars().count();
        if chars == 0 || chars > HEADER_CHARS {
            return Vec::new();
        }
        if let Some(entries) = self.exact.get(header).filter(|e| !e.is_empty()) {
            let hit = |e: &Entry| Hit {
                column: e.column,
                score: if e.weak { 90 } else { 100 },
                strong: !e.weak,
                inverted: e.inverted,
                own: e.own,
                length: chars,
            };
            return entries.iter().map(hit).collect();
        }
        let contained = self.contained(header, chars);
        if contained.is_empty() { self.near(header, chars) } else { contained }
    }

    /// Whether a normalised header is exactly one of the dataset's strong synonyms.
    pub(crate) fn knows(&self, header: &str) -> bool {
        self.exact.get(header).is_some_and(|entries| entries.iter().any(|e| !e.weak))
    }

    /// Columns that a normalised header names exactly, and whether strongly.
    pub(crate) fn exactly(&self, header: &str) -> impl Iterator<Item = (usize, bool)> {
        self.exact.get(header).into_iter().flatten().map(|e| (e.column, !e.weak))
    }

    /// All words, normalised.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.listed.iter().map(|l| l.key.as_str())
    }

    fn contained(&self, header: &str, chars: usize) -> Vec<Hit> {
        let mut found: Vec<Hit> = Vec::new();
        for Listed { key, chars: length, entry } in &self.listed {
            let long_enough = *length >= if key.is_ascii() { 4 } else { 2 };
            if !long_enough || *length > chars || length * 3 < chars || !header.contains(key.as_str()) {
                continue;
            }
            let score = if entry.weak { 60 } else { 75 };
            found.push(entry.hit(score, *length));
        }
        let longest = found.iter().map(|h| h.length).max().unwrap_or(0);
        found.retain(|h| h.length == longest);
        found
    }

    fn near(&self, header: &str, chars: usize) -> Vec<Hit> {
        if chars < 4 {
            return Vec::new();
        }
        let close = |l: &&Listed| {
            !l.entry.weak && l.chars >= 4 && l.chars.abs_diff(chars) <= 1 && one_off(header, &l.key)
        };
        let found: Vec<Hit> = self.listed.iter().filter(close).map(|l| l.entry.hit(70, l.chars)).collect();
        // One letter off two columns (起日, 迄日) says nothing.
        let one = found.iter().all(|h| Some(h.column) == found.first().map(|f| f.column));
        if one { found.into_iter().take(1).collect() } else { Vec::new() }
    }
}

impl Entry {
    fn hit(self, score: u8, length: usize) -> Hit {
        let Self { column, weak, inverted, .. } = self;
        Hit { column, score, strong: !weak, inverted, own: false, length }
    }
}

/// Whether at most one character was left out, put in or changed.
fn one_off(a: &str, b: &str) -> bool {
    let start =
        a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum::<usize>();
    let (a, b) = (a.get(start..).unwrap_or_default(), b.get(start..).unwrap_or_default());
    let less = |text: &str| {
        let mut chars = text.chars();
        chars.next();
        chars.as_str().to_owned()
    };
    let (shorter_a, shorter_b) = (less(a), less(b));
    a == b || shorter_a == shorter_b || shorter_a == b || a == shorter_b
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::accounts;
    use super::*;

    fn best(header: &str) -> Option<(String, u8)> {
        let def = accounts();
        let hits = Synonyms::of(&def).hits(&normal(header));
        hits.first().map(|h| (def.columns[h.column].key.clone(), h.score))
    }

    #[test]
    fn headers_are_known_in_many_dresses() {
        for (header, key) in [
            ("＊帳 號(必填)", "account"),
            ("User\nID", "account"),
            ("密碼最後\n變更日期", "pw_changed_at"),
            ("帳號建立日期", "created_at"),
            ("最後登入時間（近一年）", "last_login"),
            ("PasswordLastSet", "pw_changed_at"),
            ("PasswordLastSets", "pw_changed_at"),
        ] {
            assert_eq!(best(header).map(|b| b.0).as_deref(), Some(key), "{header}");
        }
        assert_eq!(best("血型"), None);
        assert_eq!(normal("(必填)"), "必填");
    }
}
