//! Charts on a page: a row a bar, its name at the left, the bar, and its figures below the legend's patterns. A
//! chart that is longer than a page repeats its legend.

use super::flow::{Flow, Unit, plain};
use super::lines::Breaker;
use super::page::{Ink, MEASURE, Mark, Style, Weight};
use crate::doc::{Bar, Chart, Pattern, Series, Tone, grouped};

const TITLE: Style = Style::new(10.5, 17.5, Weight::Bold, Ink::Text);
const NAME: Style = Style::new(9.0, 12.5, Weight::Regular, Ink::Text);
const FIGURE: Style = Style::new(9.0, 12.5, Weight::Regular, Ink::Text);
const LEGEND: Style = Style::new(7.5, 9.5, Weight::Regular, Ink::Text);
/// Width of the names.
const NAMES: f32 = 138.0;
/// Width of a column of figures.
const FIGURES: f32 = 34.0;
/// Height of a bar, and the least height of its row.
const BAR: f32 = 9.0;
const ROW: f32 = 17.0;
/// Side of a legend's patch.
const PATCH: (f32, f32) = (16.0, 8.0);
/// The thinnest part that is drawn: a count of one is seen.
const THINNEST: f32 = 1.5;

/// Adds a chart's units to a flow.
pub fn lay(flow: &mut Flow, chart: &Chart, breaker: &Breaker<'_>) {
    let heading = chart.heading();
    let title = plain(&heading, TITLE, 0.0, TITLE.baseline());
    flow.units.push(Unit {
        before: 10.0,
        height: TITLE.leading,
        marks: vec![title],
        keep: true,
        ..Unit::default()
    });
    let head = legend(chart, breaker);
    flow.heads.push(head.clone());
    let index = flow.heads.len() - 1;
    flow.units.push(head);
    let most = chart.bars.iter().map(Bar::total).max().unwrap_or(0).max(1) as f32;
    let first = flow.units.len();
    for bar in &chart.bars {
        flow.units.push(Unit { head: Some(index), ..row(chart, bar, most, breaker) });
    }
    // A short chart is looked at as one picture; of a long one no bar stands alone.
    let bars = flow.units.len() - first;
    let kept = if bars <= 12 { bars.saturating_sub(1) } else { 1 };
    flow.units.iter_mut().skip(first).take(kept).for_each(|unit| unit.keep = true);
}

/// A bar with its name and figures; `most` is the sum of the longest one.
fn row(chart: &Chart, bar: &Bar, most: f32, breaker: &Breaker<'_>) -> Unit {
    let lines = breaker.lines(&bar.name, NAME, NAMES - 10.0);
    let height = (lines.len() as f32 * NAME.leading + 4.0).max(ROW);
    let middle = (height - NAME.leading) / 2.0 + NAME.baseline();
    let top = (height - lines.len() as f32 * NAME.leading) / 2.0;
    let mut marks = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        marks.push(plain(&line.text, NAME, 4.0, top + i as f32 * NAME.leading + NAME.baseline()));
    }
    let mut x = NAMES;
    let room = bars(chart) - 6.0;
    for (series, figure) in chart.series.iter().zip(&bar.figures).filter(|(_, n)| **n > 0) {
        let width = (room * *figure as f32 / most).max(THINNEST);
        marks.extend(patch(series, (x, (height - BAR) / 2.0), (width, BAR)));
        x += width;
    }
    for (i, figure) in bar.figures.iter().chain([&bar.total()]).enumerate() {
        let text = grouped(*figure);
        let right = column(chart, i) + FIGURES - 6.0;
        marks.push(plain(&text, FIGURE, right - breaker.width(&text, FIGURE), middle));
    }
    marks.push(Mark::hairline(0.0, height, MEASURE));
    Unit { height, marks, ..Unit::default() }
}

/// Width of the bars: what names and figures leave.
fn bars(chart: &Chart) -> f32 {
    column(chart, 0) - NAMES
}

/// Left edge of a column of figures; the last one is that of the sums.
fn column(chart: &Chart, index: usize) -> f32 {
    MEASURE - FIGURES * (chart.series.len() + 1 - index) as f32
}

/// Patches above the names of the series, in the columns of their figures; a name's mark stands before its patch.
fn legend(chart: &Chart, breaker: &Breaker<'_>) -> Unit {
    let names = chart.series.iter().map(|s| s.name.split_once(' ').unwrap_or(("", &s.name)));
    let names: Vec<(&str, &str)> = names.chain([("", Chart::TOTAL)]).collect();
    let lines: Vec<_> = names.iter().map(|(_, word)| breaker.lines(word, LEGEND, FIGURES - 3.0)).collect();
    let most = lines.iter().map(Vec::len).max().unwrap_or(1);
    let words = PATCH.1 + 6.0;
    let height = words + most as f32 * LEGEND.leading + 3.0;
    let mut marks = vec![
        Mark::Fill { at: (0.0, 0.0), size: (MEASURE, height), ink: Ink::Sunken },
        Mark::hairline(0.0, 0.0, MEASURE),
        plain(&chart.of, LEGEND, 4.0, words + LEGEND.baseline()),
    ];
    for (i, ((sign, _), lines)) in names.iter().zip(&lines).enumerate() {
        let right = column(chart, i) + FIGURES - 6.0;
        let patch_at = (right - PATCH.0, 4.0);
        if !sign.is_empty() {
            let x = patch_at.0 - 2.0 - breaker.width(sign, LEGEND);
            marks.push(plain(sign, LEGEND, x, 3.5 + LEGEND.baseline()));
        }
        for (n, line) in lines.iter().enumerate() {
            let y = words + n as f32 * LEGEND.leading + LEGEND.baseline();
            marks.push(plain(&line.text, LEGEND, right - line.width, y));
        }
        if let Some(series) = chart.series.get(i) {
            marks.extend(patch(series, patch_at, PATCH));
        }
    }
    marks.push(Mark::hairline(0.0, height, MEASURE));
    Unit { height, marks, keep: true, ..Unit::default() }
}

/// A rectangle in a series' pattern and colour, outlined.
fn patch(series: &Series, at: (f32, f32), size: (f32, f32)) -> Vec<Mark> {
    let ink = match series.tone {
        Some(Tone::Fail) => Ink::Fail,
        Some(Tone::Warn) => Ink::Warn,
        Some(Tone::Ok) => Ink::Ok,
        Some(Tone::Unknown) => Ink::Unknown,
        None => Ink::Quiet,
    };
    let mut marks = match series.pattern {
        Pattern::Solid => return vec![Mark::Fill { at, size, ink }],
        Pattern::Crossed => slanted(at, size, 2.6, ink, true),
        Pattern::Slanted => slanted(at, size, 2.6, ink, false),
        Pattern::Dotted => dotted(at, size, ink),
        Pattern::Lined => {
            let line = |n: u8| at.1 + size.1 * f32::from(n) / 4.0;
            (1..4).map(|n| stroke((at.0, line(n)), (at.0 + size.0, line(n)), ink)).collect()
        }
        Pattern::Empty => Vec::new(),
    };
    marks.extend(outline(at, size, ink));
    marks
}

/// Lines at 45 degrees, cut at the rectangle's edges; `both` ways or one.
fn slanted(at: (f32, f32), size: (f32, f32), step: f32, ink: Ink, both: bool) -> Vec<Mark> {
    let ((x, y), (width, height)) = (at, size);
    let mut marks = Vec::new();
    let mut offset = step;
    while offset < width + height {
        // From the upper or right edge down to the left or lower one.
        let from = (offset.min(width), (offset - width).max(0.0));
        let to = ((offset - height).max(0.0), offset.min(height));
        marks.push(stroke((x + from.0, y + from.1), (x + to.0, y + to.1), ink));
        if both {
            let mirrored = |p: (f32, f32)| (x + p.0, y + height - p.1);
            marks.push(stroke(mirrored(from), mirrored(to), ink));
        }
        offset += step;
    }
    marks
}

fn dotted(at: (f32, f32), size: (f32, f32), ink: Ink) -> Vec<Mark> {
    let (side, step) = (1.0, 3.0);
    let mut marks = Vec::new();
    let mut y = 1.0;
    while y + side <= size.1 {
        let mut x = 1.0;
        while x + side <= size.0 {
            marks.push(Mark::Fill { at: (at.0 + x, at.1 + y), size: (side, side), ink });
            x += step;
        }
        y += step;
    }
    marks
}

fn outline(at: (f32, f32), size: (f32, f32), ink: Ink) -> [Mark; 4] {
    let (left, top, right, bottom) = (at.0, at.1, at.0 + size.0, at.1 + size.1);
    [
        stroke((left, top), (right, top), ink),
        stroke((right, top), (right, bottom), ink),
        stroke((right, bottom), (left, bottom), ink),
        stroke((left, bottom), (left, top), ink),
    ]
}

fn stroke(from: (f32, f32), to: (f32, f32), ink: Ink) -> Mark {
    Mark::Rule { from, to, thick: 0.6, ink }
}
