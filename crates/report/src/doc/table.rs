//! Tables: columns with a width and an alignment, cells that are texts, numbers or marked words.

use std::borrow::Cow;

/// Alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Left.
    #[default]
    Left,
    /// Centred, for marks and short codes.
    Center,
    /// Right, for numbers.
    Right,
}

/// How grave a marked word is. The word says it as well; the tone only colours it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// 不符合, 缺失.
    Fail,
    /// 部分符合, 建議.
    Warn,
    /// 符合.
    Ok,
    /// 待確認, no data.
    Unknown,
}

/// One column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Head.
    pub title: String,
    /// Width in half-width characters, for a spreadsheet; a page is shared out in these proportions.
    pub width: u16,
    /// Alignment of the cells.
    pub align: Align,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text; line feeds part lines.
    Text(String),
    /// A count: a number in a spreadsheet, grouped by thousands in print.
    Count(u64),
    /// A number that names something, such as a row of a sheet: a number in a spreadsheet, never grouped.
    Ordinal(u64),
    /// A mark with its word (`● 不符合`).
    Mark(String, Tone),
    /// A text that leads to another place of the set of papers; where there is no such place, a text.
    Link(String, Box<Place>),
}

/// A place in the set of working papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// 底稿編號.
    pub paper: String,
    /// Name of the sheet; empty for the paper's first.
    pub sheet: String,
    /// Row of the sheet's table, from 0; `None` for the sheet as a whole.
    pub row: Option<usize>,
}

impl Cell {
    /// A text cell.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A text that leads to a paper.
    pub fn to_paper(text: impl Into<String>, paper: impl Into<String>) -> Self {
        Self::to_row(text, paper, "", None)
    }

    /// A text that leads to a row of a sheet's table, or to the sheet.
    pub fn to_row(
        text: impl Into<String>,
        paper: impl Into<String>,
        sheet: impl Into<String>,
        row: Option<usize>,
    ) -> Self {
        Self::Link(text.into(), Box::new(Place { paper: paper.into(), sheet: sheet.into(), row }))
    }

    /// A count, or a dash where nothing could be counted.
    #[must_use]
    pub fn count(n: Option<u64>) -> Self {
        n.map_or_else(|| Self::Text("–".to_owned()), Self::Count)
    }

    /// The text as printed.
    #[must_use]
    pub fn printed(&self) -> String {
        self.words().into_owned()
    }

    /// The text as printed, without a copy where it is one.
    #[must_use]
    pub fn words(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) | Self::Mark(text, _) | Self::Link(text, _) => Cow::Borrowed(text),
            Self::Count(n) => Cow::Owned(grouped(*n)),
            Self::Ordinal(n) => Cow::Owned(n.to_string()),
        }
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows, each with one cell a column.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table without rows, from titles, widths and alignments.
    #[must_use]
    pub fn new(columns: &[(&str, u16, Align)]) -> Self {
        let columns = columns
            .iter()
            .map(|(title, width, align)| Column { title: (*title).to_owned(), width: *width, align: *align })
            .collect();
        Self { columns, rows: Vec::new() }
    }

    /// The same table with these rows.
    #[must_use]
    pub fn with_rows(mut self, rows: impl IntoIterator<Item = Vec<Cell>>) -> Self {
        self.rows.extend(rows);
        self
    }
}

/// `1,043`.
#[must_use]
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_grouped() {
        let texts: Vec<_> = [0, 999, 1_000, 1_043, 1_000_000].into_iter().map(grouped).collect();
        assert_eq!(texts, ["0", "999", "1,000", "1,043", "1,000,000"]);
    }
}
