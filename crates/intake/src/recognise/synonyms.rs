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
        || matches!(c, '\u{feff}' | '\u{200b}' | '"' | '\'')
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
    /// Characters of the synonym.
    pub length: usize,
}

#[derive(Clone, Copy)]
struct Entry {
    column: usize,
    weak: bool,
    inverted: bool,
}

/// All synonyms of a dataset.
pub(crate) struct Synonyms {
    exact: HashMap<String, Vec<Entry>>,
    /// The same in a fixed order, for searching.
    listed: Vec<(String, Entry)>,
}

impl Synonyms {
    pub(crate) fn of(def: &DatasetDef) -> Self {
        let mut exact: HashMap<String, Vec<Entry>> = HashMap::new();
        let mut listed = Vec::new();
        for (index, column) in def.columns.iter().enumerate() {
            let weak: Vec<String> = column.weak.iter().map(|w| normal(w)).collect();
            let inverted: Vec<String> = column.inverted.iter().map(|w| normal(w)).collect();
            let own = [&column.key, &column.zh];
            for word in own.into_iter().chain(&column.synonyms).chain(&column.weak).chain(&column.inverted) {
                let key = normal(word);
                let entries = exact.entry(key.clone()).or_default();
                if key.is_empty() || entries.iter().any(|e| e.column == index) {
                    continue;
                }
                let entry =
                    Entry { column: index, weak: weak.contains(&key), inverted: inverted.contains(&key) };
                entries.push(entry);
                listed.push((key, entry));
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

    fn contained(&self, header: &str, chars: usize) -> Vec<Hit> {
        let mut found: Vec<Hit> = Vec::new();
        for (key, entry) in &self.listed {
            let length = key.chars().count();
            let long_enough = if key.is_ascii() { length >= 4 } else { length >= 2 };
            if !long_enough || length * 3 < chars || !header.contains(key.as_str()) {
                continue;
            }
            let score = if entry.weak { 60 } else { 75 };
            let hit =
                Hit { column: entry.column, score, strong: !entry.weak, inverted: entry.inverted, length };
            found.push(hit);
        }
        let longest = found.iter().map(|h| h.length).max().unwrap_or(0);
        found.retain(|h| h.length == longest);
        found
    }

    fn near(&self, header: &str, chars: usize) -> Vec<Hit> {
        if chars < 4 {
            return Vec::new();
        }
        let close = |key: &str| {
            let length = key.chars().count();
            length >= 4 && length.abs_diff(chars) <= 1 && strsim::levenshtein(header, key) <= 1
        };
        let mut found: Vec<Hit> = Vec::new();
        for (key, entry) in self.listed.iter().filter(|(key, entry)| !entry.weak && close(key)) {
            let length = key.chars().count();
            found.push(Hit {
                column: entry.column,
                score: 70,
                strong: true,
                inverted: entry.inverted,
                length,
            });
        }
        // One letter off two columns (起日, 迄日) says nothing.
        let one = found.iter().all(|h| Some(h.column) == found.first().map(|f| f.column));
        if one { found.into_iter().take(1).collect() } else { Vec::new() }
    }
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
