//! Blocks: the pieces that a form sheet or a report is set from, from top to bottom.

use super::{Chart, Column, Table};

/// A name and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Name (`受查單位`).
    pub name: String,
    /// Value.
    pub value: String,
}

impl Pair {
    /// A pair.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

/// One block.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading; level 1 is a part (壹、), 2 a finding or paper, 3 a group inside one. It is never the last
    /// thing on a page. Levels 1 and 2 are bookmarks of a report.
    Heading {
        /// 1 to 3.
        level: u8,
        /// Text.
        text: String,
    },
    /// Body text; line feeds part paragraphs.
    Paragraph(String),
    /// A remark in small type.
    Note(String),
    /// A name in the margin and its text beside it.
    Labelled {
        /// Name (`原因`).
        label: String,
        /// Text; line feeds part paragraphs.
        text: String,
    },
    /// Verbatim text of a clause.
    Quote {
        /// Where it stands: id, label, document, edition.
        source: String,
        /// The text, unchanged.
        text: String,
    },
    /// Numbered steps.
    Steps(Vec<String>),
    /// Names and values, two pairs a line.
    Pairs(Vec<Pair>),
    /// A table.
    Table(Table),
    /// What follows starts on a new page.
    PageBreak,
    /// Title of a paper without a cover.
    Title(String),
    /// Boxes to be ticked by hand, large enough for writing while standing.
    Ticks {
        /// What is judged (a system), or what the boxes are.
        label: String,
        /// A word for each box.
        choices: Vec<String>,
    },
    /// Ruled lines to write on.
    Ruled {
        /// What is written there.
        label: String,
        /// How many lines.
        lines: u32,
    },
    /// A table that is filled in by hand: its head repeats on every page.
    Blank {
        /// Columns; widths are parts of the line.
        columns: Vec<Column>,
        /// Empty rows.
        rows: u32,
    },
    /// Places to sign, two a line.
    Signatures(Vec<String>),
    /// Blocks that stay on one page while they fit on one.
    Together(Vec<Block>),
    /// A chart.
    Chart(Chart),
}

impl Block {
    /// Every text of the block.
    pub fn texts(&self) -> Vec<String> {
        match self {
            Self::Heading { text, .. } | Self::Paragraph(text) | Self::Note(text) | Self::Title(text) => {
                vec![text.clone()]
            }
            Self::Labelled { label: first, text } | Self::Quote { source: first, text } => {
                vec![first.clone(), text.clone()]
            }
            Self::Steps(texts) | Self::Signatures(texts) => texts.clone(),
            Self::Ticks { label, choices } => {
                std::iter::once(&Self::tick("")).chain([label]).chain(choices).cloned().collect()
            }
            Self::Ruled { label, .. } => vec![label.clone()],
            Self::Blank { columns, .. } => columns.iter().map(|c| c.title.clone()).collect(),
            Self::Together(blocks) => blocks.iter().flat_map(Self::texts).collect(),
            Self::Pairs(pairs) => pairs.iter().flat_map(|p| [p.name.clone(), p.value.clone()]).collect(),
            Self::Table(table) => {
                let titles = table.columns.iter().map(|c| c.title.clone());
                titles.chain(table.rows.iter().flatten().map(super::Cell::printed)).collect()
            }
            Self::Chart(chart) => chart.texts(),
            Self::PageBreak => Vec::new(),
        }
    }

    /// A box with its word.
    pub fn tick(word: &str) -> String {
        format!("□ {word}")
    }

    /// A heading.
    pub fn heading(level: u8, text: impl Into<String>) -> Self {
        Self::Heading { level, text: text.into() }
    }

    /// A labelled text.
    pub fn labelled(label: &str, text: impl Into<String>) -> Self {
        Self::Labelled { label: label.to_owned(), text: text.into() }
    }

    /// Body text.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph(text.into())
    }
}
