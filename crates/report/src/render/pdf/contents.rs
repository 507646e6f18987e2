//! The table of contents (目錄): every bookmark of the body with its page number, each line a link.

use super::flow::{Flow, Unit, plain};
use super::lines::Breaker;
use super::page::{Anchor, Ink, Link, MARGIN, MEASURE, Mark, Page, Style, TOP, Weight};
use super::paginate;

const TITLE: Style = Style::new(14.0, 24.0, Weight::Bold, Ink::Text);
const PART: Style = Style::new(10.5, 19.0, Weight::Bold, Ink::Text);
const ENTRY: Style = Style::new(9.5, 16.5, Weight::Regular, Ink::Text);
const LEADER: Style = Style::new(9.5, 16.5, Weight::Regular, Ink::Quiet);
/// Indent of what is inside a part.
const INDENT: f32 = 14.0;
/// Room for the page number.
const NUMBER: f32 = 34.0;
/// Distance of two dots of a leader.
const DOTS: f32 = 5.0;
/// Heading of the pages, also their bookmark.
const HEADING: &str = "目錄";

/// The pages of contents for a body that begins after them and `before` other pages. None for a body without
/// bookmarks.
pub fn pages(body: &[Page], before: usize, breaker: &Breaker<'_>) -> Vec<Page> {
    let entries: Vec<(usize, &Anchor)> =
        body.iter().enumerate().flat_map(|(i, page)| page.anchors.iter().map(move |a| (i, a))).collect();
    if entries.is_empty() {
        return Vec::new();
    }
    // Every number has the same room, so the pages are as many whatever the numbers are.
    let count = paginate::pages(flow(&entries, 0, breaker)).len();
    let first = before + count;
    let mut pages = paginate::pages(flow(&entries, first, breaker));
    let mut rest = entries.as_slice();
    for page in &mut pages {
        link(page, &mut rest, first);
    }
    pages
}

/// The lines; `first` is the index of the body's first page.
fn flow(entries: &[(usize, &Anchor)], first: usize, breaker: &Breaker<'_>) -> Flow {
    let heading = plain(HEADING, TITLE, (MEASURE - breaker.width(HEADING, TITLE)) / 2.0, TITLE.baseline());
    let mut units = vec![Unit {
        height: TITLE.leading + 10.0,
        marks: vec![heading],
        keep: true,
        anchor: Some((1, HEADING.to_owned())),
        ..Unit::default()
    }];
    for (page, anchor) in entries {
        let number = (first + page + 1).to_string();
        units.push(entry(anchor, &number, breaker));
    }
    Flow { units, heads: Vec::new() }
}

fn entry(anchor: &Anchor, number: &str, breaker: &Breaker<'_>) -> Unit {
    let part = anchor.level < 2;
    let (style, x, before) = if part { (PART, 0.0, 5.0) } else { (ENTRY, INDENT, 0.0) };
    let lines = breaker.lines(&anchor.title, style, MEASURE - x - NUMBER);
    let mut marks = Vec::new();
    let mut base = 0.0;
    let mut end = x;
    for (i, line) in lines.iter().enumerate() {
        base = i as f32 * style.leading + style.baseline();
        end = x + line.width;
        marks.push(plain(&line.text, style, x, base));
    }
    marks.extend(leader(end, base, breaker));
    marks.push(plain(number, style, MEASURE - breaker.width(number, style), base));
    // The line is the place that its link covers, which the page finds again by the anchor.
    let anchor = Some((anchor.level, anchor.title.clone()));
    Unit { before, height: lines.len() as f32 * style.leading, marks, keep: part, anchor, ..Unit::default() }
}

/// Dots between a title and its number, at the same places in every line.
fn leader(from: f32, y: f32, breaker: &Breaker<'_>) -> Option<Mark> {
    let to = MEASURE - NUMBER + 8.0;
    let first = ((from + 6.0) / DOTS).ceil() * DOTS;
    let count = ((to - first) / DOTS).floor();
    if count < 2.0 {
        return None;
    }
    let spacing = DOTS - breaker.width(".", LEADER);
    let text = ".".repeat(count as usize);
    Some(Mark::Text { x: first, y, style: LEADER, spacing, text })
}

/// Turns the anchors that the lines were laid out with into links, except that of the heading.
fn link(page: &mut Page, rest: &mut &[(usize, &Anchor)], first: usize) {
    let lines = std::mem::take(&mut page.anchors);
    let mut lines = lines.into_iter().peekable();
    if let Some(heading) = lines.next_if(|a| a.level == 1 && a.title == HEADING && a.y <= TOP) {
        page.anchors.push(heading);
    }
    for line in lines {
        let Some(((target, anchor), after)) = rest.split_first() else { return };
        *rest = after;
        let style = if line.level < 2 { PART } else { ENTRY };
        page.links.push(Link {
            at: (MARGIN, line.y),
            size: (MEASURE, style.leading),
            page: first + target,
            y: anchor.y,
        });
    }
}
