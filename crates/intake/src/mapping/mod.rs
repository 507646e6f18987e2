//! Their columns to ours: who maps to whom, and how each date column is read. Nothing is stored yet.

mod assign;
mod continued;
mod fill;
mod make;
mod profile;
mod sample;
mod shift;
mod survey;
mod times;

use crate::recognise::HeaderWords;
use fieldbook_model::{DatasetDef, FilledColumn, FilledFrom, MappedColumn, Reading};
use jiff::civil::Date;

pub(crate) use sample::read_filled;

pub use make::{plan, plan_at, plans};
pub use profile::{SheetProfile, profile_from_text, profile_text, reading_of, reading_word};

/// Where a value of theirs is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Locator {
    /// Under this header, compared as headers are (case, width, blanks and parentheses do not matter).
    Header(String),
    /// At this index, from 0.
    Index(u32),
    /// A date under the first, its time of day under the second; both are a header or an index.
    DateAndTime(Box<Locator>, Box<Locator>),
    /// In no column: the sheet's name says it for all rows.
    SheetName,
    /// In no column: a cell above the header says it for all rows.
    Title,
    /// In no column: the examiner says it for all rows.
    Text(String),
    /// Nowhere: what was proposed from the sheet's name or a title is not taken.
    Nowhere,
}

impl Locator {
    /// A date here and, where one is given, its time of day there.
    #[must_use]
    pub fn with_time(self, time: Option<Self>) -> Self {
        match time {
            Some(time) => Self::DateAndTime(Box::new(self), Box::new(time)),
            None => self,
        }
    }

    /// Where the value of a column that no column of theirs holds is; `text` is what the examiner says.
    #[must_use]
    pub fn filled(from: FilledFrom, text: &str) -> Self {
        match from {
            FilledFrom::SheetName => Self::SheetName,
            FilledFrom::Title => Self::Title,
            FilledFrom::Examiner => Self::Text(text.to_owned()),
        }
    }
}

/// A decision of the examiner, made now or remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForcedColumn {
    /// Their column.
    pub at: Locator,
    /// Our column's key; `None` leaves theirs unmapped.
    pub column: Option<String>,
    /// How its dates are read; `None` lets the texts decide.
    pub reading: Option<Reading>,
}

/// What a plan is made from.
#[derive(Debug, Clone, Copy)]
pub struct PlanRequest<'a> {
    /// All datasets.
    pub defs: &'a [DatasetDef],
    /// The dataset, when the examiner says it; else it is recognised.
    pub dataset: Option<&'a str>,
    /// The exam's as-of date: what is plausible is seen from there.
    pub as_of: Date,
    /// The examiner's own mapping.
    pub forced: &'a [ForcedColumn],
}

/// Something that the content does not decide and the examiner should look at before the sheet is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// These datasets fit nearly alike and the first was taken; or it is the only one, and few headers speak for it.
    Dataset(Vec<String>),
    /// Several calendars fit the dates of our column of this key.
    Calendar(String),
    /// Our required column of this key has no column of theirs, and nothing stands for it.
    Required(String),
    /// Our column of this key has its value from the sheet's name or from a title without a label.
    Filled(String),
    /// The sheet has no header and goes on with the table of the sheet of this name, which is full.
    Continues(String),
    /// The moments of our column of this key may be UTC: they are eight hours before the hours in which they should lie,
    /// or only some of them name their offset.
    Shift(String),
    /// So many rows above the header look like records, and are not read.
    Above(u32),
    /// So many cells of the first rows look as if their text had been decoded wrongly before it came here.
    Garbled(u64),
}

/// What a plan needs before it is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Light {
    /// Nothing.
    Green,
    /// A look: something is asked.
    Amber,
    /// A decision: no dataset fits, or a required column is missing.
    Red,
}

/// A column of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetColumn {
    /// Index, from 0.
    pub index: u32,
    /// Header as written.
    pub header: String,
    /// The workbook hides the column.
    pub hidden: bool,
}

/// The first values of a mapped column, or a filled column's one value, for the examiner's eyes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnSample {
    /// Our column's key.
    pub column: String,
    /// Up to three originals and what they are read as; empty where they cannot be read.
    pub texts: Vec<(String, String)>,
    /// For dates that several calendars fit: what each would make of the same originals.
    pub choices: Vec<ReadingSample>,
}

/// What a calendar would make of a column's first texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingSample {
    /// The calendar.
    pub reading: Reading,
    /// The dates, in the order of the sample's originals; empty where it does not fit.
    pub texts: Vec<String>,
}

/// One of the first rows below the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewRow {
    /// Row number that a spreadsheet shows.
    pub row: u32,
    /// Texts, one for each of the plan's columns.
    pub cells: Vec<String>,
}

/// How a sheet will be read.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetPlan {
    /// Sheet name; empty for delimited text.
    pub sheet: String,
    /// The workbook hides the sheet.
    pub hidden_sheet: bool,
    /// Dataset key; `None` when no dataset fits.
    pub dataset: Option<String>,
    /// Datasets that fit at all with their points (0–100), the best first.
    pub candidates: Vec<(String, u8)>,
    /// How sure the dataset is, 0–100: how many of its columns are there, the required before all, and how far the
    /// second is behind. The examiner's own choice is 100; 0 without a dataset.
    pub confidence: u8,
    /// What must be asked.
    pub asks: Vec<Ask>,
    /// Row on which the header begins, as a spreadsheet shows it; 0 for a sheet without rows.
    pub header_row: u32,
    /// Rows of the header: 1, or 2 where parents stand above children; 0 where the sheet goes on with another's table.
    pub header_rows: u32,
    /// Last row of the table, where another one follows.
    pub end_row: Option<u32>,
    /// The sheet before, where this one goes on with its table without a header.
    pub continues: Option<String>,
    /// All columns with a header.
    pub columns: Vec<SheetColumn>,
    /// Mapped columns, in the sheet's order.
    pub mapping: Vec<MappedColumn>,
    /// Columns of ours that have one value for the whole table, in the dataset's order.
    pub filled: Vec<FilledColumn>,
    /// Keys of columns whose reading the examiner chose: it is not decided anew.
    pub fixed: Vec<String>,
    /// Headers without a column of ours.
    pub unmapped: Vec<String>,
    /// Keys of required columns without a header.
    pub missing_required: Vec<String>,
    /// First values of each mapped column, then of each filled one.
    pub samples: Vec<ColumnSample>,
    /// The first five rows below the header.
    pub preview: Vec<PreviewRow>,
    /// Rows that hold anything, as far as was looked.
    pub rows: u64,
    /// There are more rows than were looked at.
    pub more_rows: bool,
    /// How many of the rows looked at are hidden; `None` when the format does not tell.
    pub hidden_rows: Option<u64>,
    /// The headers that begin another table.
    pub(crate) words: HeaderWords,
}

impl SheetPlan {
    /// What the plan needs before it is carried out.
    #[must_use]
    pub fn light(&self) -> Light {
        if self.dataset.is_none() || !self.missing_required.is_empty() {
            Light::Red
        } else if self.asks.is_empty() {
            Light::Green
        } else {
            Light::Amber
        }
    }
}
