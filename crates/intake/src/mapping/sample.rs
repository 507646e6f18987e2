//! A look at the first rows: the calendars of the date columns, a few values for the examiner's eyes.

use super::{ColumnSample, PreviewRow, ReadingSample, SheetPlan};
use crate::IntakeError;
use crate::coerce::calendar::READINGS;
use crate::coerce::cell::{ColumnReader, Context};
use crate::coerce::date::{resolve, shape};
use crate::coerce::text::{clean, shown};
use crate::source::{Cell, Flow, RawRow, Source};
use fieldbook_model::{DatasetDef, Reading, Value};

/// Rows below the header that are looked at.
const SAMPLE_ROWS: usize = 5_000;
const SAMPLES: usize = 3;
const PREVIEW_ROWS: usize = 5;
/// Characters of a sample or preview text.
const SHOWN_CHARS: usize = 60;

/// Decides the readings that the examiner left open, and gathers samples and the preview.
pub(crate) fn look(
    source: &mut Source,
    plan: &mut SheetPlan,
    def: Option<&DatasetDef>,
    context: &Context,
) -> Result<(), IntakeError> {
    let below = plan.header_row.saturating_add(plan.header_rows).saturating_sub(1);
    let mut columns: Vec<(u32, ColumnReader<'_>, Vec<Cell<'static>>)> = Vec::new();
    for mapped in &plan.mapping {
        if let Some(column) = def.and_then(|d| d.column(&mapped.column)) {
            let reader = ColumnReader::new(column, mapped.reading.clone(), mapped.inverted, &mapped.header);
            columns.push((mapped.index, reader, Vec::new()));
        }
    }
    let mut preview = Vec::new();
    let headers = &plan.columns;
    let mut seen = 0;
    source.stream(&plan.sheet, &mut |row| {
        if row.number <= below {
            return Ok(Flow::Go);
        }
        seen += 1;
        if preview.len() < PREVIEW_ROWS {
            let cells = headers.iter().map(|c| preview_text(row, c.index, context.shift)).collect();
            preview.push(PreviewRow { row: row.number, cells });
        }
        for (index, reader, kept) in &mut columns {
            let Some((_, cell)) = row.cells.iter().find(|(c, _)| c == index) else { continue };
            if kept.len() < SAMPLES {
                kept.push(cell.to_static());
            }
            if reader.is_dated() {
                // Only the votes matter here; the values are read again once the column has decided.
                let _ = reader.read(cell, None, context);
            }
        }
        Ok(if seen < SAMPLE_ROWS { Flow::Go } else { Flow::Stop })
    })?;
    plan.preview = preview;
    for (mapped, (_, mut reader, kept)) in plan.mapping.iter_mut().zip(columns) {
        if reader.is_dated() && !plan.fixed.contains(&mapped.column) {
            mapped.reading = reader.tally.decide();
        }
        reader.reading = mapped.reading.clone();
        plan.samples.push(sample(&mut reader, &kept, context));
    }
    Ok(())
}

fn preview_text(row: &RawRow<'_, '_>, index: u32, shift: i32) -> String {
    let cell = row.cells.iter().find(|(c, _)| *c == index);
    cell.map(|(_, cell)| short(&shown(cell, shift))).unwrap_or_default()
}

fn short(text: &str) -> String {
    text.chars().take(SHOWN_CHARS).collect()
}

fn sample(reader: &mut ColumnReader<'_>, kept: &[Cell<'static>], context: &Context) -> ColumnSample {
    let originals: Vec<String> = kept.iter().map(|c| short(&shown(c, context.shift))).collect();
    let texts = kept
        .iter()
        .zip(&originals)
        .map(|(cell, original)| {
            let value = reader.read(cell, None, context).unwrap_or(Value::Unreadable);
            (original.clone(), short(&value.stored_text().unwrap_or_default()))
        })
        .collect();
    let choices =
        if reader.reading == Reading::Ambiguous { choices(&originals, context) } else { Vec::new() };
    ColumnSample { column: reader.column.key.clone(), texts, choices }
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
