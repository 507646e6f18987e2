//! What is filled in by hand: boxes to tick, lines to write on, empty tables, places to sign.

use super::flow::{Flow, Unit, plain};
use super::lines::Breaker;
use super::page::{Ink, MEASURE, Mark, Style, Weight};
use super::table;
use crate::doc::{Block, Column, Table};

const LABEL: Style = Style::new(9.0, 12.5, Weight::Bold, Ink::Text);
const WORD: Style = Style::new(12.0, 26.0, Weight::Regular, Ink::Text);
const BOX: Style = Style::new(20.0, 26.0, Weight::Regular, Ink::Text);
const NAME: Style = Style::new(10.5, 34.0, Weight::Regular, Ink::Text);
/// Width of the margin in which a row of boxes is named.
const MARGIN: f32 = 118.0;
/// Height of a row that somebody writes in.
const ROW: f32 = 27.0;

/// One row of boxes; a long label has several lines beside it.
pub fn ticks(flow: &mut Flow, label: &str, choices: &[String], breaker: &Breaker<'_>) {
    let lines = breaker.lines(label, LABEL, MARGIN - 8.0);
    let height = (lines.len() as f32 * LABEL.leading + 4.0).max(ROW);
    let top = (height - lines.len() as f32 * LABEL.leading) / 2.0;
    let mut marks = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        marks.push(plain(&line.text, LABEL, 0.0, top + i as f32 * LABEL.leading + LABEL.baseline()));
    }
    let step = (MEASURE - MARGIN) / choices.len().max(1) as f32;
    let middle = (height - WORD.leading) / 2.0;
    for (i, choice) in choices.iter().enumerate() {
        let x = MARGIN + i as f32 * step;
        let square = Block::tick("");
        let square = square.trim_end();
        marks.push(plain(square, BOX, x, middle + BOX.baseline()));
        let after = x + breaker.width(square, BOX) + 3.0;
        marks.push(plain(choice, WORD, after, middle + WORD.baseline()));
    }
    marks.push(Mark::hairline(0.0, height, MEASURE));
    flow.units.push(Unit { before: 1.0, height, marks, ..Unit::default() });
}

/// Ruled lines, the first one behind the label.
pub fn ruled(flow: &mut Flow, label: &str, lines: u32) {
    for i in 0..lines {
        let base = ROW - 3.0;
        let mut marks = vec![Mark::hairline(0.0, base, MEASURE)];
        if i == 0 {
            marks.push(plain(label, LABEL, 0.0, base - 4.0));
        }
        flow.units.push(Unit { height: ROW, marks, keep: i + 1 < lines, ..Unit::default() });
    }
}

/// An empty table with every cell boxed; its head opens every page of it.
pub fn blank(flow: &mut Flow, columns: &[Column], rows: u32, breaker: &Breaker<'_>) {
    let all: f32 = columns.iter().map(|c| f32::from(c.width.max(1))).sum();
    let widths: Vec<f32> = columns.iter().map(|c| MEASURE * f32::from(c.width.max(1)) / all).collect();
    let head = Table { columns: columns.to_vec(), rows: Vec::new() };
    let Some(mut head) = table::head(&head, &widths, breaker) else { return };
    head.marks.extend(posts(&widths, head.height));
    flow.heads.push(head.clone());
    let index = flow.heads.len() - 1;
    head.before = 6.0;
    flow.units.push(head);
    for _ in 0..rows {
        let mut marks = vec![Mark::hairline(0.0, ROW, MEASURE)];
        marks.extend(posts(&widths, ROW));
        flow.units.push(Unit { height: ROW, marks, head: Some(index), ..Unit::default() });
    }
}

/// The upright lines of a row.
fn posts(widths: &[f32], height: f32) -> Vec<Mark> {
    let mut x = 0.0;
    let mut out = vec![post(x, height)];
    for width in widths {
        x += width;
        out.push(post(x, height));
    }
    out
}

fn post(x: f32, height: f32) -> Mark {
    Mark::Rule { from: (x, 0.0), to: (x, height), thick: 0.5, ink: Ink::Line }
}

/// Names with a line behind each, two beside each other.
pub fn signatures(flow: &mut Flow, names: &[String], breaker: &Breaker<'_>) {
    let half = MEASURE / 2.0;
    let first = flow.units.len();
    for pair in names.chunks(2) {
        let mut marks = Vec::new();
        for (i, name) in pair.iter().enumerate() {
            let x = i as f32 * half;
            let text = format!("{name}：");
            let from = x + breaker.width(&text, NAME) + 2.0;
            marks.push(plain(&text, NAME, x, NAME.leading - 8.0));
            let y = NAME.leading - 5.0;
            marks.push(Mark::Rule { from: (from, y), to: (x + half - 18.0, y), thick: 0.8, ink: Ink::Quiet });
        }
        flow.units.push(Unit { height: NAME.leading, marks, keep: true, ..Unit::default() });
    }
    if let Some(unit) = flow.units.get_mut(first) {
        unit.before = 10.0;
    }
    if let Some(unit) = flow.units.last_mut() {
        unit.keep = false;
    }
}
