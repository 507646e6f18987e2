//! A look at the first rows: the calendars of the date columns, a few values for the examiner's eyes.

use super::shift::Clocks;
use super::{Ask, ColumnSample, ForcedColumn, PreviewRow, ReadingSample, SheetPlan, assign, times};
use crate::IntakeError;
use crate::coerce::calendar::READINGS;
use crate::coerce::cell::{ColumnReader, Context};
use crate::coerce::date::{resolve, shape};
use crate::coerce::text::{clean, looks_garbled, shown};
use crate::source::{Cell, Flow, RawRow, Source};
use fieldbook_model::{Column, ColumnType, DatasetDef, MappedColumn, Reading, Value};

/// Rows below the header that are looked at.
const SAMPLE_ROWS: u64 = 5_000;
const SAMPLES: usize = 3;
const PREVIEW_ROWS: usize = 5;
/// Cells that look garbled, at least, for it to be asked about; and of how many texts there is one at least.
const GARBLED: (u64, u64) = (2, 50);
/// Characters of a sample or preview text.
const SHOWN_CHARS: usize = 60;

/// A column that is being looked at.
pub(super) struct Looked<'d> {
    pub mapped: MappedColumn,
    pub reader: ColumnReader<'d>,
    /// First cells with their rows.
    pub kept: Vec<(u32, Cell<'static>)>,
    /// The same of the column that holds the times of day.
    pub times: Vec<(u32, Cell<'static>)>,
    /// Times of day, of whichever of the two columns holds them.
    pub clocks: Clocks,
}

impl<'d> Looked<'d> {
    fn new(mapped: MappedColumn, column: &'d Column) -> Self {
        let reader = ColumnReader::new(column, mapped.reading.clone(), mapped.inverted, &mapped.header);
        Self { mapped, reader, kept: Vec::new(), times: Vec::new(), clocks: Clocks::default() }
    }

    fn see(&mut self, row: &RawRow<'_, '_>, context: &Context) {
        let cell = |index: u32| row.cells.iter().find(|(c, _)| *c == index).map(|(_, cell)| cell);
        if let Some(time) = self.mapped.time_index.and_then(cell) {
            self.clocks.see(time);
            if self.times.len() < SAMPLES {
                self.times.push((row.number, time.to_static()));
            }
        }
        let Some(cell) = cell(self.mapped.index) else { return };
        if self.kept.len() < SAMPLES {
            self.kept.push((row.number, cell.to_static()));
        }
        if self.reader.column.ty == ColumnType::DateTime {
            self.clocks.see(cell);
        }
        if self.reader.is_dated() {
            // Only the votes matter here; the values are read again once the column has decided.
            let _ = self.reader.read(cell, None, context);
        }
    }
}

/// Decides the readings that the examiner left open, pairs dates with times, gathers samples and the preview.
pub(super) fn look(
    source: &mut Source,
    plan: &mut SheetPlan,
    def: Option<&DatasetDef>,
    forced: &[ForcedColumn],
    context: &Context,
) -> Result<(), IntakeError> {
    let moment = moment_column();
    let mut looked: Vec<Looked<'_>> = Vec::new();
    for mapped in &plan.mapping {
        if let Some(column) = def.and_then(|d| d.column(&mapped.column)) {
            looked.push(Looked::new(mapped.clone(), column));
        }
    }
    let mut halves: Vec<Looked<'_>> = Vec::new();
    if looked.iter().any(|l| l.reader.column.ty == ColumnType::DateTime) {
        let free = plan.columns.iter().filter(|c| !used(&plan.mapping, c.index));
        let free = free.filter(|c| times::may_be_half(&c.header));
        halves.extend(free.map(|c| Looked::new(half(c.index, &c.header), &moment)));
    }
    let seen = stream(source, plan, &mut looked, &mut halves, context)?;
    (plan.preview, plan.rows, plan.more_rows) = (seen.preview, seen.rows, seen.more);
    if seen.garbled >= GARBLED.0 && seen.garbled.saturating_mul(GARBLED.1) >= seen.texts {
        plan.asks.push(Ask::Garbled(seen.garbled));
    }
    plan.hidden_rows = Some(seen.hidden).filter(|_| source.knows_hidden());
    if let Some(def) = def {
        times::pair(plan, def, &mut looked, &mut halves, forced);
        looked.sort_by_key(|l| l.mapped.index);
        for one in &mut looked {
            decide(plan, one, context);
        }
        plan.mapping = looked.into_iter().map(|l| l.mapped).collect();
        assign::left_over(plan, def);
        filled_samples(plan, def, context);
    }
    Ok(())
}

fn used(mapping: &[MappedColumn], index: u32) -> bool {
    mapping.iter().any(|m| m.index == index || m.time_index == Some(index))
}

/// What the first rows of a table showed.
#[derive(Default)]
struct Seen {
    preview: Vec<PreviewRow>,
    rows: u64,
    hidden: u64,
    more: bool,
    texts: u64,
    garbled: u64,
}

fn stream<'d>(
    source: &mut Source,
    plan: &SheetPlan,
    looked: &mut [Looked<'d>],
    halves: &mut [Looked<'d>],
    context: &Context,
) -> Result<Seen, IntakeError> {
    let below = plan.header_row.saturating_add(plan.header_rows).saturating_sub(1);
    let mut seen = Seen::default();
    source.stream(&plan.sheet, &mut |row| {
        if row.number <= below {
            return Ok(Flow::Go);
        }
        if plan.end_row.is_some_and(|end| row.number > end) {
            return Ok(Flow::Stop);
        }
        if seen.rows >= SAMPLE_ROWS {
            seen.more = true;
            return Ok(Flow::Stop);
        }
        seen.rows += 1;
        seen.hidden += u64::from(row.hidden);
        if seen.preview.len() < PREVIEW_ROWS {
            let cells = plan.columns.iter().map(|c| preview_text(row, c.index, context.shift)).collect();
            seen.preview.push(PreviewRow { row: row.number, cells });
        }
        let own = row.cells.iter().filter(|(c, _)| !row.filled.contains(c));
        for text in own.filter_map(|(_, c)| if let Cell::Text(t) = c { Some(t) } else { None }) {
            seen.texts += 1;
            seen.garbled += u64::from(looks_garbled(text));
        }
        looked.iter_mut().chain(halves.iter_mut()).for_each(|l| l.see(row, context));
        Ok(Flow::Go)
    })?;
    Ok(seen)
}

/// Decides a column's reading and shows its first values.
fn decide(plan: &mut SheetPlan, looked: &mut Looked<'_>, context: &Context) {
    let Looked { mapped, reader, kept, times, clocks } = looked;
    if reader.is_dated() && !plan.fixed.contains(&mapped.column) {
        mapped.reading = reader.tally.decide();
    }
    reader.reading = mapped.reading.clone();
    if mapped.reading == Reading::Ambiguous {
        plan.asks.push(Ask::Calendar(mapped.column.clone()));
    }
    if clocks.may_be_utc(reader.column.hours) {
        plan.asks.push(Ask::Shift(mapped.column.clone()));
    }
    let originals: Vec<String> = kept.iter().map(|(_, c)| short(&shown(c, context.shift))).collect();
    let choices =
        if reader.reading == Reading::Ambiguous { choices(&originals, context) } else { Vec::new() };
    let mut texts = Vec::new();
    for ((row, cell), original) in kept.iter().zip(originals) {
        let time = times.iter().find(|(r, _)| r == row).map(|(_, t)| t);
        let (value, original) = match (mapped.time_index, time) {
            (Some(_), Some(time)) => {
                let joined = format!("{original} {}", short(&shown(time, context.shift)));
                (reader.read_pair(cell, time, context), joined)
            }
            _ => (reader.read(cell, None, context), original),
        };
        let read = value.unwrap_or(Value::Unreadable).stored_text().unwrap_or_default();
        texts.push((original, short(&read)));
    }
    plan.samples.push(ColumnSample { column: mapped.column.clone(), texts, choices });
}

/// What a filled text is read as.
fn filled_samples(plan: &mut SheetPlan, def: &DatasetDef, context: &Context) {
    for filled in &plan.filled {
        let Some(column) = def.column(&filled.column) else { continue };
        let (value, reading) = read_filled(column, &filled.text, context);
        let originals = [filled.text.clone()];
        let undecided = reading == Reading::Ambiguous;
        if undecided {
            plan.asks.push(Ask::Calendar(filled.column.clone()));
        }
        let read = value.map(|v| v.stored_text().unwrap_or_default()).unwrap_or_default();
        plan.samples.push(ColumnSample {
            column: filled.column.clone(),
            texts: vec![(short(&filled.text), short(&read))],
            choices: if undecided { choices(&originals, context) } else { Vec::new() },
        });
    }
}

/// The value that a filled text stands for in every row, and how it was read.
pub(crate) fn read_filled(
    column: &Column,
    text: &str,
    context: &Context,
) -> (Result<Value, fieldbook_model::IssueCode>, Reading) {
    let mut reader = ColumnReader::new(column, Reading::Plain, false, "");
    let cell = Cell::Text(text.into());
    if reader.is_dated() {
        let _ = reader.read(&cell, None, context);
        reader.reading = reader.tally.decide();
    }
    (reader.read(&cell, None, context), reader.reading)
}

fn half(index: u32, header: &str) -> MappedColumn {
    MappedColumn {
        index,
        header: header.to_owned(),
        column: String::new(),
        reading: Reading::Plain,
        inverted: false,
        confidence: 0,
        time_index: None,
    }
}

/// What half of a moment is read as while nobody knows which half it is.
fn moment_column() -> Column {
    Column {
        key: String::new(),
        zh: String::new(),
        ty: ColumnType::DateTime,
        required: false,
        synonyms: Vec::new(),
        weak: Vec::new(),
        inverted: Vec::new(),
        hours: None,
        personal: false,
        choices: Vec::new(),
    }
}

fn preview_text(row: &RawRow<'_, '_>, index: u32, shift: i32) -> String {
    let cell = row.cells.binary_search_by_key(&index, |(c, _)| *c).ok().and_then(|at| row.cells.get(at));
    cell.map(|(_, cell)| short(&shown(cell, shift))).unwrap_or_default()
}

fn short(text: &str) -> String {
    text.chars().take(SHOWN_CHARS).collect()
}

fn choices(originals: &[String], context: &Context) -> Vec<ReadingSample> {
    let mut found = Vec::new();
    for reading in &READINGS {
        let read = |text: &String| {
            let date = resolve(&shape(clean(text)), reading, context.window.as_of, context.shift);
            date.map(|(d, _)| d)
                .filter(|d| context.window.possible(*d))
                .map(|d| d.to_string())
                .unwrap_or_default()
        };
        let texts: Vec<String> = originals.iter().map(read).collect();
        if texts.iter().any(|t| !t.is_empty()) {
            found.push(ReadingSample { reading: reading.clone(), texts });
        }
    }
    found
}
