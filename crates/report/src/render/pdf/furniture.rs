//! What stands on every page: head band, foot with the page number, and 草稿 behind the text of a draft. It is
//! added once the number of pages is known.

use super::flow::plain;
use super::lines::Breaker;
use super::page::{HEIGHT, Ink, MARGIN, MEASURE, Mark, Page, Style, WIDTH, Weight};
use crate::doc::Report;

const SMALL: Style = Style::new(8.5, 12.0, Weight::Regular, Ink::Quiet);
const HEAD_LINE: f32 = MARGIN - 8.0;
const FOOT_LINE: f32 = HEIGHT - MARGIN + 12.0;

/// Adds head, foot and stamp to the pages of a report.
pub fn add(pages: &mut [Page], report: &Report, breaker: &Breaker<'_>) {
    let count = pages.len();
    for (i, page) in pages.iter_mut().enumerate() {
        if i > 0 || report.cover.is_none() {
            let right =
                if report.draft { format!("草稿　{}", report.head.1) } else { report.head.1.clone() };
            ends(page, breaker, &report.head.0, &right, HEAD_LINE - 5.0);
            page.marks.push(Mark::hairline(MARGIN, HEAD_LINE, MEASURE));
        }
        page.marks.push(Mark::hairline(MARGIN, FOOT_LINE, MEASURE));
        ends(page, breaker, &report.foot, &format!("第 {} 頁／共 {count} 頁", i + 1), FOOT_LINE + 13.0);
        if report.draft {
            page.marks.insert(0, Mark::Stamp("草稿".to_owned()));
        }
    }
}

/// One text at the left, one at the right of a line. The left one gives way when both do not fit.
fn ends(page: &mut Page, breaker: &Breaker<'_>, left: &str, right: &str, y: f32) {
    let right = cut(right, MEASURE, breaker);
    let taken = breaker.width(&right, SMALL);
    let room = MEASURE - taken - 12.0;
    if room > 2.0 * SMALL.size {
        page.marks.push(plain(&cut(left, room, breaker), SMALL, MARGIN, y));
    }
    page.marks.push(plain(&right, SMALL, WIDTH - MARGIN - taken, y));
}

/// As much of a text as has room, with an ellipsis where something is left out.
fn cut(text: &str, room: f32, breaker: &Breaker<'_>) -> String {
    let mark = "…";
    let mut lines = breaker.lines(text, SMALL, room);
    if lines.len() > 1 {
        lines = breaker.lines(text, SMALL, room - breaker.width(mark, SMALL));
    }
    let first = lines.first().map(|line| line.text.as_str()).unwrap_or_default();
    if lines.len() > 1 { format!("{first}{mark}") } else { first.to_owned() }
}
