//! Units to pages: what must stay together does, and a table's head stands above its rows on every page.

use super::flow::{Flow, Unit};
use super::page::{Anchor, BOTTOM, DEPTH, MARGIN, Page, TOP};

/// The pages of a flow, without head and foot.
pub fn pages(flow: Flow) -> Vec<Page> {
    let mut pages = Pages { done: Vec::new(), page: Page::default(), y: TOP };
    let runs = runs(&flow.units, |unit| unit.keep);
    let groups = self::runs(&flow.units, |unit| unit.keep || unit.grouped);
    let mut inside = false;
    for ((unit, run), group) in flow.units.into_iter().zip(runs).zip(groups) {
        let here = if pages.y > TOP { unit.before } else { 0.0 };
        // What is longer than a page cannot stay together anywhere. Of a group only the first unit is asked: a rest
        // that happens to fit is no reason to turn the page in the middle.
        let opens = unit.grouped && !inside;
        let needed =
            [(opens, group), (true, run)].into_iter().find(|(asked, height)| *asked && *height <= DEPTH);
        let needed = needed.map_or(unit.height, |(_, height)| height);
        if pages.y > TOP && (unit.new_page || pages.y + here + needed > BOTTOM) {
            pages.turn();
        }
        inside = unit.grouped;
        if pages.y > TOP {
            pages.y += unit.before;
        } else if let Some(head) = unit.head.and_then(|h| flow.heads.get(h)) {
            pages.put(head.clone());
        }
        pages.put(unit);
    }
    pages.turn();
    pages.done
}

/// For each unit its height with everything that must stay on its page, unit by unit.
fn runs(units: &[Unit], kept: impl Fn(&Unit) -> bool) -> Vec<f32> {
    let mut runs = vec![0.0; units.len()];
    // Height of the run that begins with the next unit, with the space above it.
    let mut after = 0.0;
    for (unit, run) in units.iter().zip(&mut runs).rev() {
        *run = unit.height + if kept(unit) { after } else { 0.0 };
        after = unit.before + *run;
    }
    runs
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

    fn put(&mut self, unit: Unit) {
        self.page.marks.extend(unit.marks.into_iter().map(|mark| mark.moved(MARGIN, self.y)));
        if let Some((level, title)) = unit.anchor {
            self.page.anchors.push(Anchor { level, title, y: self.y });
        }
        self.y += unit.height;
    }
}
