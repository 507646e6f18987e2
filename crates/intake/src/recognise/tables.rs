//! Where one table ends and the next begins: a row that is itself the header of some dataset.

use super::synonyms::{Synonyms, normal};
use crate::source::{Cell, RawRow};
use fieldbook_model::DatasetDef;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

/// Bytes beyond which a cell is no header.
const HEADER_BYTES: usize = 120;
/// Cells that a header in the middle of a sheet has at least.
const FEWEST: usize = 3;

/// The headers of all datasets, shared by the plans of a file.
#[derive(Debug, Clone)]
pub(crate) struct HeaderWords(Arc<Words>);

#[derive(Debug)]
struct Words {
    datasets: Vec<Synonyms>,
    /// Every header as written and as compared: most rows of a long table hold none of them.
    seen: HashSet<String>,
}

/// Plans made from the same datasets know the same words.
impl PartialEq for HeaderWords {
    fn eq(&self, other: &Self) -> bool {
        self.0.datasets.len() == other.0.datasets.len()
    }
}

impl HeaderWords {
    pub(crate) fn of(defs: &[DatasetDef]) -> Self {
        let datasets: Vec<Synonyms> = defs.iter().map(Synonyms::of).collect();
        let columns = defs.iter().flat_map(|d| &d.columns);
        let mut seen: HashSet<String> =
            columns.flat_map(|c| c.synonyms.iter().chain([&c.zh, &c.key])).cloned().collect();
        seen.extend(datasets.iter().flat_map(Synonyms::words).map(str::to_owned));
        Self(Arc::new(Words { datasets, seen }))
    }

    /// One dataset after another, in the order of the definitions.
    pub(crate) fn datasets(&self) -> &[Synonyms] {
        &self.0.datasets
    }

    /// Whether a header, as written, is a word of some dataset.
    pub(crate) fn knows(&self, text: &str) -> bool {
        let key = normal(text);
        self.0.datasets.iter().any(|s| s.exactly(&key).next().is_some())
    }

    /// Whether a row is the header of some dataset: three columns of it by their exact names, two of them strong, and
    /// hardly a cell that is none. Of a record's row the first cells tell that it is none. `seen` is how many cells
    /// must be known as they are written before the others are compared: a long table cannot afford few.
    pub(crate) fn is_header(&self, row: &RawRow<'_, '_>, seen: usize) -> bool {
        if row.cells.len() < FEWEST || !row.filled.is_empty() {
            return false;
        }
        let mut known = 0;
        for (_, cell) in row.cells {
            let Cell::Text(text) = cell else { return false };
            let text = text.trim();
            if text.len() > HEADER_BYTES || text.as_bytes().first().is_some_and(u8::is_ascii_digit) {
                return false;
            }
            known += usize::from(known < seen && self.0.seen.contains(text));
        }
        known >= seen && self.is_named(row)
    }

    fn is_named(&self, row: &RawRow<'_, '_>) -> bool {
        let texts = row.cells.iter().filter_map(|(_, c)| if let Cell::Text(t) = c { Some(t) } else { None });
        let keys: BTreeSet<String> = texts.map(|t| normal(t)).collect();
        // A row that says one thing twice is a record.
        if keys.len() < row.cells.len() {
            return false;
        }
        self.0.datasets.iter().any(|synonyms| {
            let (mut columns, mut strong) = (BTreeSet::new(), BTreeSet::new());
            for key in &keys {
                if let Some((column, is_strong)) = synonyms.exactly(key).next() {
                    columns.insert(column);
                    if is_strong {
                        strong.insert(column);
                    }
                }
            }
            columns.len() >= FEWEST && strong.len() >= 2 && columns.len() * 5 >= keys.len() * 3
        })
    }
}
