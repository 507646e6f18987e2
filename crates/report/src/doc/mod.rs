//! Document values: what a paper or a report consists of, before any byte of a file format.
//!
//! A [`Report`] is a flow of blocks that a page renderer breaks into pages; a [`Workbook`] is a set of sheets.
//! Both are made of the same blocks and tables.

mod block;
mod chart;
mod frame;
mod said;
mod table;

pub use block::{Block, Pair};
pub use chart::{Bar, Chart, Pattern, Series};
pub use frame::{Frame, Values};
pub use said::said;
pub use table::{Align, Cell, Column, Place, Table, Tone, grouped};

use fieldbook_model::Moment;
use std::collections::BTreeSet;

/// A report for print.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Title, also the file's own title.
    pub title: String,
    /// Who issues it.
    pub author: String,
    /// Head band, left and right.
    pub head: (String, String),
    /// Foot, left; the page number stands at the right.
    pub foot: String,
    /// 草稿: printed across every page.
    pub draft: bool,
    /// Print time.
    pub printed_at: Moment,
    /// The cover page; without one the body begins on page 1.
    pub cover: Option<Cover>,
    /// The body.
    pub blocks: Vec<Block>,
}

impl Report {
    /// Every character that the report sets.
    #[must_use]
    pub fn chars(&self) -> BTreeSet<char> {
        let mut texts = vec![self.head.0.clone(), self.head.1.clone(), self.foot.clone()];
        if let Some(cover) = &self.cover {
            texts.extend([&cover.authority, &cover.title, &cover.subject, &cover.note].map(String::clone));
            texts.extend(cover.pairs.iter().flat_map(|p| [p.name.clone(), p.value.clone()]));
        }
        texts.extend(self.blocks.iter().flat_map(Block::texts));
        texts.iter().flat_map(|text| text.chars()).collect()
    }
}

/// The first page of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Cover {
    /// Issuing authority.
    pub authority: String,
    /// What it is (`查核報告`).
    pub title: String,
    /// Whom it is about.
    pub subject: String,
    /// Case number, dates, examiners.
    pub pairs: Vec<Pair>,
    /// One line at the foot.
    pub note: String,
}

/// One working paper: one file with one or more sheets.
#[derive(Debug, Clone, PartialEq)]
pub struct Workbook {
    /// 底稿編號 (`T-COL-05`).
    pub paper: String,
    /// Title without the number.
    pub title: String,
    /// Who issues it; head of every printed page.
    pub authority: String,
    /// Firm and case number; head of every printed page.
    pub subject: String,
    /// Print time.
    pub printed_at: Moment,
    /// 草稿.
    pub draft: bool,
    /// Sheets in order.
    pub sheets: Vec<Sheet>,
}

/// One sheet of a working paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Name on the tab; cut to the format's limits by the renderer.
    pub name: String,
    /// Heading in the first row.
    pub title: String,
    /// The paper's head: 受查單位, 查核案號 and so on.
    pub head: Vec<Pair>,
    /// Content.
    pub body: Body,
}

/// Content of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// A form: blocks below each other on a grid of equal columns, upright.
    Form(Vec<Block>),
    /// One long table whose head repeats on every page, lying; with remarks above it and lines below it.
    List {
        /// Remarks between the paper's head and the table.
        remarks: Vec<String>,
        /// The table.
        table: Table,
        /// What stands below the table, such as places to sign.
        closing: Vec<String>,
    },
}

impl Body {
    /// A table with remarks above it and nothing below.
    pub fn list(remarks: Vec<String>, table: Table) -> Self {
        Self::List { remarks, table, closing: Vec::new() }
    }
}
