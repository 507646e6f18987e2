//! The rows at the top of a sheet, and the headers that one row, or two rows together, make.

use crate::source::Merge;
use std::collections::BTreeMap;

/// One of the first rows, as texts.
#[derive(Debug, Clone)]
pub(crate) struct HeadRow {
    /// Row number that a spreadsheet shows.
    pub number: u32,
    /// Column index and text.
    pub cells: Vec<(u32, String)>,
}

/// A header: the row on which it begins, how many rows it has, its texts by column.
#[derive(Debug, Clone, Default)]
pub(crate) struct Header {
    pub row: u32,
    pub rows: u32,
    pub texts: Vec<(u32, String)>,
}

/// The headers that could begin at this row: alone, and together with the row below it, where a parent stands above
/// its children (`密碼` above `最後變更日`, `永不過期`).
pub(crate) fn headers_of(head: &[HeadRow], at: usize, merges: &[Merge]) -> Vec<Header> {
    let Some(first) = head.get(at) else { return Vec::new() };
    let alone = Header { row: first.number, rows: 1, texts: first.cells.clone() };
    let mut found = vec![alone];
    if let Some(second) = head.get(at + 1).filter(|s| s.number == first.number + 1) {
        let parents = spread(first, merges);
        let mut texts: Vec<(u32, String)> = second.cells.clone();
        texts.extend(parents.iter().filter(|(c, _)| at_column(&second.cells, *c).is_none()).cloned());
        texts.sort_by_key(|(c, _)| *c);
        found.push(Header { row: first.number, rows: 2, texts });
        let mut joined = found.last().cloned().unwrap_or_default();
        for (column, text) in &mut joined.texts {
            let parent = at_column(&parents, *column).unwrap_or_default();
            if !parent.is_empty() && parent != text {
                *text = format!("{parent}{text}");
            }
        }
        found.push(joined);
    }
    found
}

/// A parent's text over all columns of its merged range.
fn spread(row: &HeadRow, merges: &[Merge]) -> Vec<(u32, String)> {
    let mut texts: BTreeMap<u32, String> = row.cells.iter().cloned().collect();
    let ours = merges.iter().filter(|m| m.first_row <= row.number && row.number <= m.last_row);
    for merge in ours {
        let Some(text) = at_column(&row.cells, merge.first_column) else { continue };
        for column in merge.first_column + 1..=merge.last_column.min(merge.first_column.saturating_add(64)) {
            texts.entry(column).or_insert_with(|| text.to_owned());
        }
    }
    texts.into_iter().collect()
}

/// The text of a column; texts stand in the order of the columns.
fn at_column(texts: &[(u32, String)], column: u32) -> Option<&str> {
    let at = texts.binary_search_by_key(&column, |(c, _)| *c).ok()?;
    texts.get(at).map(|(_, text)| text.as_str())
}
