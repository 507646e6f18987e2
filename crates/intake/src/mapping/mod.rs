//! Their columns to ours: who maps to whom, and how each date column is read. Nothing is stored yet.

mod assign;
mod sample;

use crate::coerce::calendar::Window;
use crate::coerce::cell::Context;
use crate::coerce::text::shown;
use crate::recognise::{HeadRow, Hints, normal, recognise};
use crate::source::{Flow, Source};
use crate::{IntakeError, recognise as room};
use fieldbook_model::{DatasetDef, MappedColumn, Reading};
use jiff::civil::Date;

/// Rows with anything in them among which the header is looked for.
const HEAD_ROWS: usize = 40;
/// Characters of a head cell that are looked at.
const HEAD_CHARS: usize = 200;

/// Where a column of theirs is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Locator {
    /// Under this header, compared as headers are (case, width, blanks and parentheses do not matter).
    Header(String),
    /// At this index, from 0.
    Index(u32),
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

/// A column of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetColumn {
    /// Index, from 0.
    pub index: u32,
    /// Header as written.
    pub header: String,
}

/// The first values of a mapped column, for the examiner's eyes.
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
    /// Row on which the header begins, as a spreadsheet shows it; 0 for a sheet without rows.
    pub header_row: u32,
    /// Rows of the header: 1, or 2 where parents stand above children.
    pub header_rows: u32,
    /// All columns with a header.
    pub columns: Vec<SheetColumn>,
    /// Mapped columns, in the sheet's order.
    pub mapping: Vec<MappedColumn>,
    /// Keys of columns whose reading the examiner chose: it is not decided anew.
    pub fixed: Vec<String>,
    /// Headers without a column of ours.
    pub unmapped: Vec<String>,
    /// Keys of required columns without a header.
    pub missing_required: Vec<String>,
    /// First values of each mapped column.
    pub samples: Vec<ColumnSample>,
    /// The first five rows below the header.
    pub preview: Vec<PreviewRow>,
}

/// Recognises a sheet's header and dataset, maps its columns and decides, from its first 5,000 rows, how each date
/// column is read. A sheet that fits no dataset gives a plan without one.
///
/// # Errors
/// `NoSuchSheet`, `NoSuchDataset`, and whatever stops the sheet from being read.
pub fn plan(source: &mut Source, sheet: &str, request: &PlanRequest<'_>) -> Result<SheetPlan, IntakeError> {
    let info = source.sheet(sheet)?.clone();
    if let Some(wanted) = request.dataset
        && !request.defs.iter().any(|d| d.key == wanted)
    {
        return Err(IntakeError::NoSuchDataset);
    }
    let head = head(source, sheet)?;
    let merges = source.scan(sheet)?.merges;
    let forced: Vec<String> = request
        .forced
        .iter()
        .filter_map(|f| if let Locator::Header(h) = &f.at { Some(normal(h)) } else { None })
        .collect();
    let hints = Hints { file: source.file_name(), sheet };
    let found = recognise(&head, &merges, request.defs, request.dataset, &forced, &hints);
    let room::Header { row, rows, texts } = found.header;
    let columns: Vec<SheetColumn> =
        texts.into_iter().map(|(index, header)| SheetColumn { index, header }).collect();
    let mut plan = SheetPlan {
        sheet: sheet.to_owned(),
        hidden_sheet: info.hidden,
        dataset: found.def.map(|d| d.key.clone()),
        candidates: found.candidates,
        header_row: row,
        header_rows: rows,
        mapping: Vec::new(),
        fixed: Vec::new(),
        unmapped: columns.iter().map(|c| c.header.clone()).collect(),
        missing_required: Vec::new(),
        samples: Vec::new(),
        preview: Vec::new(),
        columns,
    };
    if let Some(def) = found.def {
        assign::assign(&mut plan, def, request.forced);
    }
    let context = Context {
        window: Window::new(request.as_of),
        shift: source.epoch_shift(),
        max_chars: source.limits().max_cell_chars,
    };
    sample::look(source, &mut plan, found.def, &context)?;
    Ok(plan)
}

/// The first rows as texts.
fn head(source: &mut Source, sheet: &str) -> Result<Vec<HeadRow>, IntakeError> {
    let shift = source.epoch_shift();
    let mut rows = Vec::new();
    source.stream(sheet, &mut |row| {
        let text = |cell| shown(cell, shift).chars().take(HEAD_CHARS).collect::<String>();
        let own = row.cells.iter().filter(|(c, _)| !row.filled.contains(c));
        rows.push(HeadRow { number: row.number, cells: own.map(|(c, cell)| (*c, text(cell))).collect() });
        Ok(if rows.len() < HEAD_ROWS { Flow::Go } else { Flow::Stop })
    })?;
    Ok(rows)
}
