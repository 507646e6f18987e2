//! Tables on a page: column widths from the measured texts, hairlines below rows, long rows parted between lines.

use super::flow::{Flow, Unit, plain};
use super::lines::{Breaker, Line};
use super::page::{Ink, MEASURE, Mark, Style, Weight};
use crate::doc::{Align, Cell, Table, Tone};

const CELL: Style = Style::new(9.0, 13.5, Weight::Regular, Ink::Text);
const HEAD: Style = Style::new(9.0, 13.5, Weight::Bold, Ink::Text);
/// Blank at both sides of a cell.
const PAD: f32 = 4.0;
/// Blank above and below a cell's lines.
const AIR: f32 = 2.5;
/// A row with more lines may be parted between pages, so many lines at a time.
const WHOLE: usize = 8;
const CHUNK: usize = 4;

/// Adds a table's units to a flow.
pub fn lay(flow: &mut Flow, table: &Table, breaker: &Breaker<'_>) {
    let widths = widths(table, breaker);
    let Some(mut head) = head(table, &widths, breaker) else { return };
    flow.heads.push(head.clone());
    let index = flow.heads.len() - 1;
    head.before = 6.0;
    flow.units.push(head);
    for row in &table.rows {
        for unit in row_units(row, table, &widths, breaker, false) {
            flow.units.push(Unit { head: Some(index), ..unit });
        }
    }
    if table.rows.is_empty() {
        let marks = vec![plain("（無）", CELL, PAD, AIR + CELL.baseline())];
        flow.units.push(Unit { height: CELL.leading + 2.0 * AIR, marks, ..Unit::default() });
    }
}

/// A table's head, which stays with the row below it.
pub fn head(table: &Table, widths: &[f32], breaker: &Breaker<'_>) -> Option<Unit> {
    let titles: Vec<Cell> = table.columns.iter().map(|c| Cell::text(&c.title)).collect();
    let head = row_units(&titles, table, widths, breaker, true).pop()?;
    Some(Unit { keep: true, ..head })
}

/// Column widths that sum up to the measure. Numbers and marks get what they need; texts that need less than their
/// share give the rest to those that need more.
fn widths(table: &Table, breaker: &Breaker<'_>) -> Vec<f32> {
    let natural = natural_widths(table, breaker);
    let total: f32 = natural.iter().sum();
    let share = |i: usize| f32::from(table.columns.get(i).map_or(1, |c| c.width.max(1)));
    let all: f32 = (0..natural.len()).map(share).sum();
    if total <= MEASURE {
        return natural.iter().enumerate().map(|(i, n)| n + (MEASURE - total) * share(i) / all).collect();
    }
    let mut fixed: Vec<Option<f32>> = vec![None; natural.len()];
    let narrow: f32 = narrow_columns(table).map(|i| natural[i]).sum();
    if narrow < 0.6 * MEASURE {
        for i in narrow_columns(table) {
            fixed[i] = Some(natural[i]);
        }
    }
    loop {
        let left = MEASURE - fixed.iter().flatten().sum::<f32>();
        let shares: f32 = (0..natural.len()).filter(|i| fixed[*i].is_none()).map(share).sum();
        let fits =
            (0..natural.len()).find(|i| fixed[*i].is_none() && natural[*i] <= left * share(*i) / shares);
        match fits {
            Some(i) => fixed[i] = Some(natural[i]),
            None => {
                return (0..natural.len()).map(|i| fixed[i].unwrap_or(left * share(i) / shares)).collect();
            }
        }
    }
}

fn narrow_columns(table: &Table) -> impl Iterator<Item = usize> {
    table.columns.iter().enumerate().filter(|(_, c)| c.align != Align::Left).map(|(i, _)| i)
}

/// The width that each column needs to break no line.
fn natural_widths(table: &Table, breaker: &Breaker<'_>) -> Vec<f32> {
    let longest = |text: &str, style: Style| {
        text.split('\n').map(|line| breaker.width(line, style)).fold(0.0_f32, f32::max)
    };
    let all: f32 = table.columns.iter().map(|c| f32::from(c.width)).sum();
    let column = |i: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(i));
        let widest = cells.map(|cell| longest(&cell.printed(), CELL)).fold(0.0_f32, f32::max);
        // A column that is empty in every row is there to be written in: it gets its share.
        let share = table.columns.get(i).map_or(0.0, |c| f32::from(c.width)) / all;
        if widest == 0.0 && !table.rows.is_empty() { (MEASURE * share - 2.0 * PAD).max(0.0) } else { widest }
    };
    // A tenth of a point more, or rounding would break the very line that was measured.
    let padded =
        |(i, c): (usize, &crate::doc::Column)| column(i).max(longest(&c.title, HEAD)) + 2.0 * PAD + 0.1;
    table.columns.iter().enumerate().map(padded).collect()
}

/// One row as one unit, or as several when it is long.
fn row_units(row: &[Cell], table: &Table, widths: &[f32], breaker: &Breaker<'_>, head: bool) -> Vec<Unit> {
    let style = if head { HEAD } else { CELL };
    let cells: Vec<Vec<Line>> = row
        .iter()
        .zip(widths)
        .map(|(cell, width)| breaker.lines(&cell.printed(), style, width - 2.0 * PAD))
        .collect();
    let count = cells.iter().map(Vec::len).max().unwrap_or(1);
    let step = if count > WHOLE && !head { CHUNK } else { count };
    let mut units = Vec::new();
    let mut from = 0;
    while from < count {
        // A rest shorter than a chunk joins the chunk before it.
        let to = if count - from < step + CHUNK { count } else { from + step };
        let mut unit = Unit::default();
        let top = if from == 0 { AIR } else { 0.0 };
        let end = top + (to - from) as f32 * style.leading + if to == count { AIR } else { 0.0 };
        if head {
            unit.marks.push(Mark::Fill { at: (0.0, 0.0), size: (MEASURE, end), ink: Ink::Sunken });
            unit.marks.push(Mark::hairline(0.0, 0.0, MEASURE));
        }
        let mut x = 0.0;
        for (i, (cell, lines)) in row.iter().zip(&cells).enumerate() {
            let width = widths.get(i).copied().unwrap_or_default();
            let align = table.columns.get(i).map(|c| c.align).unwrap_or_default();
            let style = Style { ink: ink(cell), ..style };
            for (n, line) in lines.iter().take(to).skip(from).enumerate() {
                let y = top + n as f32 * style.leading + style.baseline();
                unit.marks.push(plain(&line.text, style, x + offset(align, width, line.width), y));
            }
            x += width;
        }
        if to == count {
            unit.marks.push(Mark::hairline(0.0, end, MEASURE));
        }
        unit.height = end;
        units.push(unit);
        from = to;
    }
    units
}

fn offset(align: Align, width: f32, text: f32) -> f32 {
    match align {
        Align::Left => PAD,
        Align::Center => ((width - text) / 2.0).max(PAD),
        Align::Right => (width - PAD - text).max(PAD),
    }
}

fn ink(cell: &Cell) -> Ink {
    match cell {
        Cell::Mark(_, Tone::Fail) => Ink::Fail,
        Cell::Mark(_, Tone::Warn) => Ink::Warn,
        Cell::Mark(_, Tone::Ok) => Ink::Ok,
        Cell::Mark(_, Tone::Unknown) => Ink::Unknown,
        Cell::Text(_) | Cell::Count(_) | Cell::Ordinal(_) | Cell::Link(..) => Ink::Text,
    }
}
