//! The cover: authority, title, firm, the exam's head. Nothing that a ministry would not print.

use super::flow::{BODY, plain};
use super::lines::Breaker;
use super::page::{Anchor, BOTTOM, Ink, MARGIN, MEASURE, Mark, Page, Style, WIDTH, Weight};
use crate::doc::Cover;

const AUTHORITY: Style = Style::new(14.0, 22.0, Weight::Regular, Ink::Text);
const TITLE: Style = Style::new(18.0, 30.0, Weight::Bold, Ink::Text);
const SUBJECT: Style = Style::new(14.0, 24.0, Weight::Bold, Ink::Text);
const NAME: Style = Style::new(10.5, 17.5, Weight::Bold, Ink::Text);
const NOTE: Style = Style::new(8.5, 13.5, Weight::Regular, Ink::Quiet);
/// Left edge and width of the head's table.
const LEFT: f32 = MARGIN + 50.0;
const BREADTH: f32 = MEASURE - 100.0;
const NAMES: f32 = 84.0;

/// The cover page.
pub fn page(cover: &Cover, breaker: &Breaker<'_>) -> Page {
    let mut page = Page::default();
    page.anchors.push(Anchor { level: 1, title: "封面".to_owned(), y: 0.0 });
    let mut y = 170.0;
    for (text, style, after) in
        [(&cover.authority, AUTHORITY, 20.0), (&cover.title, TITLE, 34.0), (&cover.subject, SUBJECT, 56.0)]
    {
        for line in breaker.lines(text, style, MEASURE) {
            let x = (WIDTH - line.width) / 2.0;
            page.marks.push(plain(&line.text, style, x, y + style.baseline()));
            y += style.leading;
        }
        y += after;
    }
    page.marks.push(Mark::hairline(LEFT, y, BREADTH));
    for pair in &cover.pairs {
        y += 5.0;
        page.marks.push(plain(&pair.name, NAME, LEFT + 4.0, y + NAME.baseline()));
        for line in breaker.lines(&pair.value, BODY, BREADTH - NAMES - 4.0) {
            page.marks.push(plain(&line.text, BODY, LEFT + NAMES, y + BODY.baseline()));
            y += BODY.leading;
        }
        y += 5.0;
        page.marks.push(Mark::hairline(LEFT, y, BREADTH));
    }
    let note = breaker.lines(&cover.note, NOTE, BREADTH);
    y = BOTTOM - 10.0 - note.len() as f32 * NOTE.leading;
    for line in note {
        page.marks.push(plain(&line.text, NOTE, LEFT, y + NOTE.baseline()));
        y += NOTE.leading;
    }
    page
}
