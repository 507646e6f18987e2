//! Charts: stacked bars with their figures, told apart by pattern and place as well as by colour.

use super::Tone;

/// How a part of a bar is filled. No two look alike in black and white.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// All over.
    Solid,
    /// Lines slanting both ways.
    Crossed,
    /// Slanting lines.
    Slanted,
    /// Dots.
    Dotted,
    /// Lines along the bar.
    Lined,
    /// An outline.
    Empty,
}

/// What the parts of the same place in every bar are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Name (`● 不符合`).
    pub name: String,
    /// Pattern.
    pub pattern: Pattern,
    /// What its colour says beside the pattern; none is plain ink.
    pub tone: Option<Tone>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// Name (`第二章　存取控制`).
    pub name: String,
    /// A figure for each series.
    pub figures: Vec<u64>,
}

impl Bar {
    /// The sum of its figures.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.figures.iter().sum()
    }
}

/// Bars below each other, to one scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// What the bars are, head of their names (`章節`).
    pub of: String,
    /// What is counted (`項`).
    pub unit: String,
    /// Parts of each bar, in order.
    pub series: Vec<Series>,
    /// Bars, from top to bottom.
    pub bars: Vec<Bar>,
}

impl Chart {
    /// Name of the column of sums.
    pub const TOTAL: &'static str = "合計";

    /// Heading of the chart with what it counts.
    #[must_use]
    pub fn heading(&self) -> String {
        format!("{}（單位：{}）", self.title, self.unit)
    }

    /// Every text, in reading order.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        let heads = std::iter::once(&self.of).chain(self.series.iter().map(|s| &s.name));
        let mut texts = vec![self.heading()];
        texts.extend(heads.cloned());
        texts.push(Self::TOTAL.to_owned());
        for bar in &self.bars {
            texts.push(bar.name.clone());
            texts.extend(bar.figures.iter().chain([&bar.total()]).map(|n| super::grouped(*n)));
        }
        texts
    }

    /// The figures as a table, for a format that has no drawing.
    #[must_use]
    pub fn table(&self) -> super::Table {
        let mut columns = vec![(self.of.as_str(), 26, super::Align::Left)];
        columns.extend(self.series.iter().map(|s| (s.name.as_str(), 10, super::Align::Right)));
        columns.push((Self::TOTAL, 8, super::Align::Right));
        let rows = self.bars.iter().map(|bar| {
            let figures = bar.figures.iter().copied().chain([bar.total()]).map(super::Cell::Count);
            std::iter::once(super::Cell::text(&bar.name)).chain(figures).collect()
        });
        super::Table::new(&columns).with_rows(rows)
    }
}
