//! Tables on a page: column widths from the measured texts, hairlines below rows, long rows parted between lines.

use super::flow::{Flow, Unit, plain};
use super::lines::{Breaker, Line};
use super::page::{DEPTH, Ink, MEASURE, Mark, Style, Weight};
use crate::doc::{Align, Cell, Table, Tone};
use crate::render::columns::share_out;

const CELL: Style = Style::new(9.0, 13.5, Weight::Regular, Ink::Text);
const HEAD: Style = Style::new(9.0, 13.5, Weight::Bold, Ink::Text);
/// Blank at both sides of a cell.
const PAD: f32 = 4.0;
/// A column that needs no more than this is not made narrower: an id or a date on two lines is hard to read.
const SHORT: f32 = 84.0;
/// Blank above and below a cell's lines.
const AIR: f32 = 2.5;
/// A row that is higher than a page is parted so many lines at a time.
const CHUNK: usize = 4;

/// Adds a table's units to a flow.
pub fn lay(flow: &mut Flow, table: &Table, breaker: &Breaker<'_>) {
    let widths = share_out(table, &natural_widths(table, breaker), MEASURE, SHORT);
    let Some(mut head) = head(table, &widths, breaker) else { return };
    flow.heads.push(head.clone());
    let index = flow.heads.len() - 1;
    head.before = 6.0;
    flow.units.push(head);
    let room = DEPTH - flow.heads.get(index).map_or(0.0, |head| head.height);
    let first = flow.units.len();
    for row in &table.rows {
        for unit in row_units(row, table, &widths, breaker, Some(room)) {
            flow.units.push(Unit { head: Some(index), ..unit });
        }
    }
    pair_ends(flow.units.get_mut(first..).unwrap_or_default());
    if table.rows.is_empty() {
        let marks = vec![plain("（無）", CELL, PAD, AIR + CELL.baseline())];
        flow.units.push(Unit { height: CELL.leading + 2.0 * AIR, marks, ..Unit::default() });
    }
}

/// No row is alone on a page: the first stays with the second, the last with the one before it.
fn pair_ends(rows: &mut [Unit]) {
    let count = rows.len();
    if count < 2 {
        return;
    }
    for at in [0, count - 2] {
        if let Some(row) = rows.get_mut(at) {
            row.keep = true;
        }
    }
}

/// A table's head, which stays with the row below it.
pub fn head(table: &Table, widths: &[f32], breaker: &Breaker<'_>) -> Option<Unit> {
    let titles: Vec<Cell> = table.columns.iter().map(|c| Cell::text(&c.title)).collect();
    let head = row_units(&titles, table, widths, breaker, None).pop()?;
    Some(Unit { keep: true, ..head })
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

/// One row as one unit; as several when it is higher than a page, whose `room` below the head is given. Without
/// one it is the head.
fn row_units(
    row: &[Cell],
    table: &Table,
    widths: &[f32],
    breaker: &Breaker<'_>,
    room: Option<f32>,
) -> Vec<Unit> {
    let style = if room.is_some() { CELL } else { HEAD };
    let cells: Vec<Vec<Line>> = row
        .iter()
        .zip(widths)
        .map(|(cell, width)| breaker.lines(&cell.printed(), style, width - 2.0 * PAD))
        .collect();
    let count = cells.iter().map(Vec::len).max().unwrap_or(1);
    let whole = count as f32 * style.leading + 2.0 * AIR;
    let step = if room.is_some_and(|room| whole > room) { CHUNK } else { count };
    let mut units = Vec::new();
    let mut from = 0;
    while from < count {
        // A rest shorter than a chunk joins the chunk before it.
        let to = if count - from < step + CHUNK { count } else { from + step };
        let part = Part { from, to, last: to == count, style };
        let mut unit = part.unit(row, &cells, table, widths);
        if room.is_none() {
            let ground = Mark::Fill { at: (0.0, 0.0), size: (MEASURE, unit.height), ink: Ink::Sunken };
            unit.marks.splice(0..0, [ground, Mark::hairline(0.0, 0.0, MEASURE)]);
        }
        units.push(unit);
        from = to;
    }
    units
}

/// Some lines of a row.
struct Part {
    from: usize,
    to: usize,
    last: bool,
    style: Style,
}

impl Part {
    fn unit(&self, row: &[Cell], cells: &[Vec<Line>], table: &Table, widths: &[f32]) -> Unit {
        let style = self.style;
        let top = if self.from == 0 { AIR } else { 0.0 };
        let below = if self.last { AIR } else { 0.0 };
        let height = top + (self.to - self.from) as f32 * style.leading + below;
        let mut marks = Vec::with_capacity(row.len() + 1);
        let mut x = 0.0;
        for (i, (cell, lines)) in row.iter().zip(cells).enumerate() {
            let width = widths.get(i).copied().unwrap_or_default();
            let align = table.columns.get(i).map(|c| c.align).unwrap_or_default();
            let style = Style { ink: ink(cell), ..style };
            for (n, line) in lines.iter().take(self.to).skip(self.from).enumerate() {
                let y = top + n as f32 * style.leading + style.baseline();
                if !line.text.is_empty() {
                    marks.push(plain(&line.text, style, x + offset(align, width, line.width), y));
                }
            }
            x += width;
        }
        if self.last {
            marks.push(Mark::hairline(0.0, height, MEASURE));
        }
        Unit { height, marks, ..Unit::default() }
    }
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
