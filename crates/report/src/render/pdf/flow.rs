//! Blocks as a flow of units: pieces of known height that a page takes whole.

use super::lines::{Breaker, Line};
use super::page::{Ink, MEASURE, Mark, Style, Weight};
use super::{chart, hand, table};
use crate::doc::{Block, Pair};

/// Body text.
pub const BODY: Style = Style::new(10.5, 17.5, Weight::Regular, Ink::Text);
const NOTE: Style = Style::new(8.5, 13.5, Weight::Regular, Ink::Quiet);
const LABEL: Style = Style::new(10.5, 17.5, Weight::Bold, Ink::Text);
const SOURCE: Style = Style::new(8.5, 14.0, Weight::Bold, Ink::Quiet);
const TITLE: Style = Style::new(18.0, 28.0, Weight::Bold, Ink::Text);
const HEADINGS: [Style; 3] = [
    Style::new(14.0, 24.0, Weight::Bold, Ink::Text),
    Style::new(11.5, 19.0, Weight::Bold, Ink::Text),
    Style::new(10.5, 17.5, Weight::Bold, Ink::Text),
];
/// Width of the margin that labels hang in.
const HANG: f32 = 66.0;
/// Indent of quoted text.
const QUOTE: f32 = 12.0;

/// A piece of known height that is never parted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Unit {
    /// Space above it, dropped at the top of a page.
    pub before: f32,
    /// Height.
    pub height: f32,
    /// Marks, from the text area's left edge and the unit's upper edge.
    pub marks: Vec<Mark>,
    /// It stays on the page of the unit after it.
    pub keep: bool,
    /// It stays there too if the whole group, from the first unit so marked, fits on one page.
    pub grouped: bool,
    /// Index into [`Flow::heads`]: what is repeated above it when it opens a page.
    pub head: Option<usize>,
    /// Level and title of a bookmark.
    pub anchor: Option<(u8, String)>,
    /// It starts a new page.
    pub new_page: bool,
}

/// All units of a report.
#[derive(Debug, Default)]
pub struct Flow {
    /// Units in order.
    pub units: Vec<Unit>,
    /// Table heads, to be repeated.
    pub heads: Vec<Unit>,
}

impl Flow {
    /// The flow of these blocks.
    pub fn of(blocks: &[Block], breaker: &Breaker<'_>) -> Self {
        let mut flow = Self::default();
        let mut new_page = false;
        for (i, block) in blocks.iter().enumerate() {
            let first = flow.units.len();
            flow.block(block, breaker);
            // A remark above a table belongs to it.
            if matches!((block, blocks.get(i + 1)), (Block::Note(_), Some(Block::Table(_))))
                && let Some(unit) = flow.units.last_mut()
            {
                unit.keep = true;
            }
            if let Some(unit) = flow.units.get_mut(first) {
                unit.new_page = new_page;
            }
            new_page = matches!(block, Block::PageBreak);
        }
        flow
    }

    /// Adds a block's units.
    pub fn block(&mut self, block: &Block, breaker: &Breaker<'_>) {
        match block {
            Block::Heading { level, text } => self.heading(*level, text, breaker),
            Block::Paragraph(text) => self.text(breaker, text, BODY, 0.0, 4.0),
            Block::Note(text) => self.text(breaker, text, NOTE, 0.0, 3.0),
            Block::Labelled { label, text } => self.labelled(label, text, breaker),
            Block::Quote { source, text } => self.quote(source, text, breaker),
            Block::Steps(steps) => self.steps(steps, breaker),
            Block::Pairs(pairs) => self.pairs(pairs, breaker),
            Block::Table(rows) => table::lay(self, rows, breaker),
            Block::PageBreak => {}
            Block::Title(text) => self.title(text, breaker),
            Block::Ticks { label, choices } => hand::ticks(self, label, choices, breaker),
            Block::Ruled { label, lines } => hand::ruled(self, label, *lines),
            Block::Blank { columns, rows } => hand::blank(self, columns, *rows, breaker),
            Block::Signatures(names) => hand::signatures(self, names, breaker),
            Block::Together(blocks) => self.together(blocks, breaker),
            Block::Chart(figures) => chart::lay(self, figures, breaker),
        }
    }

    fn together(&mut self, blocks: &[Block], breaker: &Breaker<'_>) {
        let first = self.units.len();
        for block in blocks {
            self.block(block, breaker);
        }
        let last = self.units.len().saturating_sub(1);
        for unit in self.units.iter_mut().take(last).skip(first) {
            unit.grouped = true;
        }
    }

    fn title(&mut self, text: &str, breaker: &Breaker<'_>) {
        for line in breaker.lines(text, TITLE, MEASURE) {
            let marks = vec![plain(&line.text, TITLE, (MEASURE - line.width) / 2.0, TITLE.baseline())];
            self.units.push(Unit { height: TITLE.leading, marks, keep: true, ..Unit::default() });
        }
        if let Some(unit) = self.units.last_mut() {
            unit.height += 8.0;
        }
    }

    fn heading(&mut self, level: u8, text: &str, breaker: &Breaker<'_>) {
        let style = HEADINGS[usize::from(level.clamp(1, 3)) - 1];
        let before = match level {
            1 => 18.0,
            2 => 16.0,
            _ => 10.0,
        };
        let first = self.units.len();
        self.text(breaker, text, style, 0.0, before);
        let Some(heading) = self.units.get_mut(first..) else { return };
        for unit in heading.iter_mut() {
            unit.keep = true;
        }
        if let Some(unit) = heading.first_mut()
            && level <= 2
        {
            unit.anchor = Some((level, text.to_owned()));
        }
        if let Some(unit) = heading.last_mut()
            && level == 1
        {
            unit.marks.push(Mark::hairline(0.0, unit.height + 2.0, MEASURE));
            unit.height += 6.0;
        }
    }

    /// Text in lines, one unit a line; the first two and the last two stay together.
    fn text(&mut self, breaker: &Breaker<'_>, text: &str, style: Style, indent: f32, before: f32) {
        let lines = breaker.lines(text, style, MEASURE - indent);
        let count = lines.len();
        for (i, line) in lines.iter().enumerate() {
            self.units.push(Unit {
                before: if i == 0 { before } else { 0.0 },
                height: style.leading,
                marks: vec![set(line, style, indent, MEASURE - indent)],
                keep: i + 1 < count && (i == 0 || i + 2 == count),
                ..Unit::default()
            });
        }
    }

    fn labelled(&mut self, label: &str, text: &str, breaker: &Breaker<'_>) {
        let first = self.units.len();
        self.text(breaker, text, BODY, HANG, 7.0);
        if let Some(unit) = self.units.get_mut(first) {
            // First, so that a reader program meets the name before the text.
            unit.marks.insert(0, plain(label, LABEL, 0.0, LABEL.baseline()));
        }
    }

    fn quote(&mut self, source: &str, text: &str, breaker: &Breaker<'_>) {
        let first = self.units.len();
        self.text(breaker, source, SOURCE, QUOTE, 7.0);
        for unit in self.units.iter_mut().skip(first) {
            unit.keep = true;
        }
        self.text(breaker, text, BODY, QUOTE, 0.0);
        for unit in self.units.iter_mut().skip(first) {
            let bar = Mark::Fill { at: (0.0, 0.0), size: (2.0, unit.height), ink: Ink::Line };
            unit.marks.push(bar);
        }
    }

    fn steps(&mut self, steps: &[String], breaker: &Breaker<'_>) {
        for (i, step) in steps.iter().enumerate() {
            let first = self.units.len();
            self.text(breaker, step, BODY, 20.0, if i == 0 { 4.0 } else { 0.0 });
            if let Some(unit) = self.units.get_mut(first) {
                unit.marks.insert(0, plain(&format!("{}.", i + 1), BODY, 2.0, BODY.baseline()));
            }
        }
    }

    /// Two pairs a line; a value that is too long for half a line has a line of its own.
    fn pairs(&mut self, pairs: &[Pair], breaker: &Breaker<'_>) {
        let half = MEASURE / 2.0;
        let short = |p: &Pair| !p.value.contains('\n') && breaker.width(&p.value, BODY) <= half - HANG - 8.0;
        let first = self.units.len();
        let mut rest = pairs;
        let mut before = 4.0;
        while let Some((pair, after)) = rest.split_first() {
            let second = after.first().filter(|next| short(pair) && short(next));
            let lines =
                breaker.lines(&pair.value, BODY, if second.is_some() { half } else { MEASURE } - HANG);
            let mut marks = vec![plain(&pair.name, LABEL, 0.0, LABEL.baseline())];
            for (i, line) in lines.iter().enumerate() {
                marks.push(plain(&line.text, BODY, HANG, BODY.baseline() + i as f32 * BODY.leading));
            }
            if let Some(pair) = second {
                marks.push(plain(&pair.name, LABEL, half, LABEL.baseline()));
                marks.push(plain(&pair.value, BODY, half + HANG, BODY.baseline()));
            }
            let height = lines.len() as f32 * BODY.leading + 3.0;
            marks.push(Mark::hairline(0.0, height - 1.0, MEASURE));
            self.units.push(Unit { before, height, marks, ..Unit::default() });
            before = 2.0;
            rest = after.get(usize::from(second.is_some())..).unwrap_or_default();
        }
        // A few lines of pairs are the head of what follows.
        let lines = self.units.len() - first;
        for unit in self.units.iter_mut().skip(first).take(if lines <= 3 { lines } else { lines - 1 }) {
            unit.keep = true;
        }
    }
}

/// A text mark that is set as it comes.
pub fn plain(text: &str, style: Style, x: f32, y: f32) -> Mark {
    Mark::Text { x, y, style, spacing: 0.0, text: text.to_owned() }
}

/// A line of running text. Lines inside a paragraph are spread to the full width when little is missing.
fn set(line: &Line, style: Style, x: f32, width: f32) -> Mark {
    let gaps = line.text.chars().count().saturating_sub(1) as f32;
    let slack = width - line.width;
    let spread = !line.last && gaps > 8.0 && slack > 0.0 && slack < 2.0 * style.size;
    let spacing = if spread { slack / gaps } else { 0.0 };
    Mark::Text { x, y: style.baseline(), style, spacing, text: line.text.clone() }
}
