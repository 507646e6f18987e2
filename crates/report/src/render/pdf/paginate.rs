//! Units to pages: what must stay together does, and a table's head stands above its rows on every page.

use super::flow::{Flow, Unit};
use super::page::{Anchor, BOTTOM, DEPTH, MARGIN, Page, TOP};

/// The pages of a flow, without head and foot.
pub fn pages(flow: &Flow) -> Vec<Page> {
    let mut pages = Pages { done: Vec::new(), page: Page::default(), y: TOP };
    for (i, unit) in flow.units.iter().enumerate() {
        let here = if pages.y > TOP { unit.before } else { 0.0 };
        let run = run_height(&flow.units, i);
        // A run longer than a page cannot stay together anywhere.
        let needed = if run <= DEPTH { run } else { unit.height };
        if pages.y > TOP && (unit.new_page || pages.y + here + needed > BOTTOM) {
            pages.turn();
        }
        if pages.y > TOP {
            pages.y += unit.before;
        } else if let Some(head) = unit.head.and_then(|h| flow.heads.get(h)) {
            pages.put(head);
        }
        pages.put(unit);
    }
    pages.turn();
    pages.done
}

/// Height of a unit with everything that must stay on its page.
fn run_height(units: &[Unit], from: usize) -> f32 {
    let mut height = 0.0;
    for (i, unit) in units.iter().enumerate().skip(from) {
        height += unit.height + if i == from { 0.0 } else { unit.before };
        if !unit.keep {
            break;
        }
    }
    height
}

struct Pages {
    done: Vec<Page>,
    page: Page,
    y: f32,
}

impl Pages {
    fn turn(&mut self) {
        if self.y > TOP {
            self.done.push(std::mem::take(&mut self.page));
        }
        self.y = TOP;
    }

    fn put(&mut self, unit: &Unit) {
        self.page.marks.extend(unit.marks.iter().map(|mark| mark.moved(MARGIN, self.y)));
        if let Some((level, title)) = &unit.anchor {
            self.page.anchors.push(Anchor { level: *level, title: title.clone(), y: self.y });
        }
        self.y += unit.height;
    }
}
