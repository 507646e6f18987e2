//! What a sheet says beside its rows about rows: merged cells, conditional formats, validations, breaks, selections,
//! sparklines, anchors of controls. All of it moves with the rows.

use super::super::formula::{Ref, Shifts, moved};
use super::super::rowmap::{RowMap, Spot, Turn};
use super::super::xml::{Edits, Xml, escape};
use super::rows::set;
use super::sheet::Sheet;
use std::ops::Range;

/// The changes of a sheet outside its rows.
pub fn areas(sheet: &Sheet<'_>, shifts: &Shifts, map: &RowMap, edits: &mut Edits) {
    let job = Areas { xml: &sheet.xml, home: &sheet.name, shifts, map };
    let rows = sheet.data.map_or(0..0, |d| d..sheet.xml.tokens[d].close + 1);
    let mut at = 0;
    while at < sheet.xml.tokens.len() {
        if at == rows.start && !rows.is_empty() {
            at = rows.end;
            continue;
        }
        at = if sheet.xml.opens(at) { job.element(at, edits) } else { at + 1 };
    }
}

/// The changes of a table, a drawing or another part that belongs to a sheet, or to none when `home` is empty.
pub fn part(xml: &Xml<'_>, home: &str, shifts: &Shifts, edits: &mut Edits) {
    let none = RowMap::default();
    let job = Areas { xml, home, shifts, map: shifts.of(home).unwrap_or(&none) };
    let mut at = 0;
    while at < xml.tokens.len() {
        at = if xml.opens(at) { job.element(at, edits) } else { at + 1 };
    }
}

/// Elements that hold others of which some may go, with the names of those.
const COUNTED: [(&str, &str); 7] = [
    ("mergeCells", "mergeCell"),
    ("hyperlinks", "hyperlink"),
    ("dataValidations", "dataValidation"),
    ("protectedRanges", "protectedRange"),
    ("ignoredErrors", "ignoredError"),
    ("rowBreaks", "brk"),
    ("cellWatches", "cellWatch"),
];

struct Areas<'a> {
    xml: &'a Xml<'a>,
    home: &'a str,
    shifts: &'a Shifts,
    map: &'a RowMap,
}

impl Areas<'_> {
    /// The changes of an element; the token to go on with.
    fn element(&self, at: usize, edits: &mut Edits) -> usize {
        let xml = self.xml;
        let local = xml.local(at);
        // Those of extensions count nothing and are written otherwise.
        let own = self.root().is_some_and(|root| xml.prefix(root) == xml.prefix(at));
        if let Some((_, child)) = COUNTED.iter().find(|(name, _)| own && *name == local) {
            return self.container(at, child, edits);
        }
        match local {
            "sparkline" => return self.sparkline(at, edits),
            "conditionalFormatting"
                if xml.attr(at, "sqref").is_some() && self.list(at, "sqref", edits) == 0 =>
            {
                edits.replace(xml.outer(at), "");
                return xml.tokens[at].close + 1;
            }
            _ => self.attributes(at, edits),
        }
        at + 1
    }

    /// The changes of an element by itself.
    fn attributes(&self, at: usize, edits: &mut Edits) {
        let xml = self.xml;
        let links: &[&str] = match xml.local(at) {
            "selection" => {
                self.list(at, "sqref", edits);
                return self.cell(at, "activeCell", edits);
            }
            "sheetView" | "pane" | "customSheetView" => return self.cell(at, "topLeftCell", edits),
            "dimension" | "autoFilter" | "sortState" | "sortCondition" | "table" | "location" | "comment"
            | "threadedComment" => return self.span(at, "ref", edits),
            "inputCells" => return self.cell(at, "r", edits),
            "worksheetSource" => {
                let sheet = xml.value(at, "sheet");
                if let Some(map) = self.shifts.of(&sheet) {
                    Areas { home: &sheet, map, ..*self }.span(at, "ref", edits);
                }
                return;
            }
            "formula" | "formula1" | "formula2" | "f" | "calculatedColumnFormula" | "totalsRowFormula" => {
                return self.text(at, edits);
            }
            "sqref" => return self.listed(at, edits),
            "anchor" | "twoCellAnchor" | "oneCellAnchor" => return self.anchor(at, edits),
            "cfvo" if xml.value(at, "val").contains(|c: char| c.is_ascii_alphabetic()) => &["val"],
            "controlPr" => &["linkedCell", "listFillRange"],
            "formControlPr" => &["fmlaLink", "fmlaRange", "fmlaTxbx", "fmlaGroup"],
            "sp" => &["textlink"],
            _ => &[],
        };
        for name in links {
            self.formula(at, name, edits);
        }
    }

    /// The part's outermost element.
    fn root(&self) -> Option<usize> {
        (0..self.xml.tokens.len()).find(|t| self.xml.opens(*t))
    }

    /// An element that counts its children: each moves, comes again in each copy, or goes.
    fn container(&self, at: usize, child: &str, edits: &mut Edits) -> usize {
        let xml = self.xml;
        let (mut count, mut any) = (0_usize, false);
        for token in xml.children(at) {
            if xml.local(token) != child {
                count += 1;
                continue;
            }
            let copies = self.child(token, child);
            count += copies.len();
            let outer = xml.outer(token);
            if copies.len() != 1 || copies.first().map(String::as_str) != Some(xml.slice(outer.clone())) {
                any = true;
                edits.replace(outer, copies.concat());
            }
        }
        if any && count == 0 {
            edits.replace(xml.outer(at), "");
        } else if any {
            for name in ["count", "manualBreakCount"] {
                if xml.attr(at, name).is_some() {
                    set(xml, at, name, &count.to_string(), edits);
                }
            }
        }
        xml.tokens[at].close + 1
    }

    /// A counted child as it is written now, as often as it comes.
    fn child(&self, at: usize, local: &str) -> Vec<String> {
        let value = |name: &str| self.xml.value(at, name);
        let write = |name: &str, new: &str| self.rewritten(at, name, new);
        match local {
            "mergeCell" => {
                let single = |(first, last): &(String, String)| first != last;
                let areas = self.each(&value("ref")).into_iter().filter(single);
                areas.map(|(a, b)| write("ref", &format!("{a}:{b}"))).collect()
            }
            "hyperlink" => {
                let joined = |(a, b): (String, String)| if a == b { a } else { format!("{a}:{b}") };
                self.each(&value("ref")).into_iter().map(joined).map(|area| write("ref", &area)).collect()
            }
            "brk" => self.breaks(&value("id")).iter().map(|id| write("id", id)).collect(),
            "cellWatch" => {
                let cell = value("r");
                let new = Ref::parse(&cell, false).and_then(|r| Some(r.at(self.map.row(r.row)?)));
                new.iter().map(|r| write("r", r)).collect()
            }
            _ => {
                let list = value("sqref");
                let new = self.areas(&list);
                let gone = new.is_empty() && !list.trim().is_empty();
                if gone { Vec::new() } else { vec![write("sqref", &new)] }
            }
        }
    }

    /// An element with an attribute set, and its formulas moved.
    fn rewritten(&self, at: usize, name: &str, value: &str) -> String {
        let xml = self.xml;
        let mut own = Edits::default();
        set(xml, at, name, value, &mut own);
        let formulas = (at + 1..xml.tokens[at].close).filter(|t| xml.opens(*t));
        for token in formulas.filter(|t| matches!(xml.local(*t), "formula1" | "formula2")) {
            self.text(token, &mut own);
        }
        self.formula(at, "location", &mut own);
        own.apply(xml.text, xml.outer(at))
    }

    /// An area's corners, in each copy where it lies within a region's body.
    fn each(&self, area: &str) -> Vec<(String, String)> {
        let (first, last) = area.split_once(':').unwrap_or((area, area));
        let (Some(a), Some(b)) = (Ref::parse(first, false), Ref::parse(last, false)) else {
            return vec![(first.to_owned(), last.to_owned())];
        };
        let rows = match self.map.body(a.row, b.row) {
            Some(block) => self.map.each(block, a.row, b.row),
            None => self.map.span(a.row, b.row).into_iter().collect(),
        };
        rows.into_iter().map(|(x, y)| (a.at(x), b.at(y))).collect()
    }

    /// A list of areas after the move.
    fn areas(&self, list: &str) -> String {
        let area = |area: &str| {
            let (first, last) = area.split_once(':').unwrap_or((area, area));
            let rows = |t: &str| Ref::parse(t, true).is_some();
            match (Ref::parse(first, true), Ref::parse(last, true)) {
                (Some(a), Some(b)) if rows(first) => {
                    let pieces = self.map.pieces(a.row.min(b.row), a.row.max(b.row)).into_iter();
                    let write =
                        |(x, y)| if a == b && x == y { a.at(x) } else { format!("{}:{}", a.at(x), b.at(y)) };
                    pieces.map(write).collect::<Vec<_>>()
                }
                _ => vec![area.to_owned()],
            }
        };
        list.split_whitespace().flat_map(area).collect::<Vec<_>>().join(" ")
    }

    /// Rows below which a page ends.
    fn breaks(&self, id: &str) -> Vec<String> {
        let Ok(row) = id.parse::<u32>() else { return vec![id.to_owned()] };
        let rows = match self.map.spot(row) {
            Spot::Outside(new) => vec![new],
            Spot::Body(block) => self.map.each(block, row, row).into_iter().map(|(row, _)| row).collect(),
            Spot::Open(_) | Spot::Close(_) => {
                self.map.span(1, row).map(|(_, last)| last).into_iter().collect()
            }
        };
        rows.iter().map(u32::to_string).collect()
    }

    /// An attribute that lists areas; how many are left.
    fn list(&self, at: usize, name: &str, edits: &mut Edits) -> usize {
        let Some(attr) = self.xml.attr(at, name) else { return 0 };
        let new = self.areas(&attr.value);
        if new != attr.value && !new.is_empty() {
            edits.replace(attr.span, new.as_str());
        }
        new.split_whitespace().count()
    }

    /// An attribute that names one cell; what goes is named by the cell above.
    fn cell(&self, at: usize, name: &str, edits: &mut Edits) {
        let Some(attr) = self.xml.attr(at, name) else { return };
        let Some(cell) = Ref::parse(&attr.value, false) else { return };
        let row = self.map.row(cell.row).or_else(|| self.map.span(1, cell.row).map(|(_, last)| last));
        edits.replace(attr.span, cell.at(row.unwrap_or(1)));
    }

    /// An attribute that names one area, which may not go.
    fn span(&self, at: usize, name: &str, edits: &mut Edits) {
        let Some(attr) = self.xml.attr(at, name) else { return };
        let (first, last) = attr.value.split_once(':').unwrap_or((&attr.value, &attr.value));
        let (Some(a), Some(b)) = (Ref::parse(first, false), Ref::parse(last, false)) else { return };
        let new = match (attr.value.contains(':'), self.map.span(a.row, b.row)) {
            (true, Some((x, y))) => format!("{}:{}", a.at(x), b.at(y)),
            (false, Some((x, _))) => a.at(x),
            (_, None) => return self.shifts.lose(self.home),
        };
        if self.xml.local(at) == "table" && !has_rows(self.xml, at, &new) {
            self.shifts.lose(self.home);
        }
        edits.replace(attr.span, new);
    }

    /// A formula that is an element's text.
    fn text(&self, at: usize, edits: &mut Edits) {
        let old = self.xml.content(at);
        let new = moved(self.shifts, self.home, None, &old);
        if new != old {
            edits.replace(self.xml.inner(at), escape(&new));
        }
    }

    /// A formula that is an attribute's value.
    fn formula(&self, at: usize, name: &str, edits: &mut Edits) {
        let Some(attr) = self.xml.attr(at, name) else { return };
        let new = moved(self.shifts, self.home, None, &attr.value);
        if new != attr.value {
            edits.replace(attr.span.clone(), self.xml.quoted(&attr, &new));
        }
    }

    /// A list of areas that is an element's text. The element cannot be without one.
    fn listed(&self, at: usize, edits: &mut Edits) {
        let old = self.xml.content(at);
        let new = self.areas(&old);
        if new.is_empty() {
            self.shifts.lose(self.home);
        } else if new != old {
            edits.replace(self.xml.inner(at), new);
        }
    }

    /// A sparkline: that of a region's row comes in each copy, over the cells of its own row.
    fn sparkline(&self, at: usize, edits: &mut Edits) -> usize {
        let xml = self.xml;
        let end = xml.tokens[at].close + 1;
        let child = |local: &str| xml.children(at).into_iter().find(|t| xml.local(*t) == local);
        let (Some(data), Some(cell)) = (child("f"), child("sqref")) else { return end };
        let (source, place) = (xml.content(data), xml.content(cell));
        let Some(of) = Ref::parse(place.trim(), false) else { return end };
        let write = |turn: Option<Turn>, row: u32| {
            let mut own = Edits::default();
            own.replace(xml.inner(data), escape(&moved(self.shifts, self.home, turn, &source)));
            own.replace(xml.inner(cell), of.at(row));
            own.apply(xml.text, xml.outer(at))
        };
        let new = match self.map.spot(of.row) {
            Spot::Outside(row) => write(None, row),
            Spot::Body(block) => {
                let rows = self.map.each(block, of.row, of.row);
                let turns = (0_u32..).map(|copy| Some(Turn { block, copy }));
                turns.zip(rows).map(|(turn, (row, _))| write(turn, row)).collect()
            }
            Spot::Open(_) | Spot::Close(_) => String::new(),
        };
        if new.is_empty() {
            self.shifts.lose(self.home);
        }
        edits.replace(xml.outer(at), new);
        end
    }

    /// Rows, from 0, between which a picture, a chart or a control stands.
    fn anchor(&self, at: usize, edits: &mut Edits) {
        let xml = self.xml;
        if self.map.blocks.is_empty() || xml.value(at, "editAs") == "absolute" {
            return;
        }
        let row = |corner: &str| {
            let corner = xml.children(at).into_iter().find(|t| xml.local(*t) == corner)?;
            let row = xml.children(corner).into_iter().find(|t| xml.local(*t) == "row")?;
            Some((row, xml.content(row).trim().parse::<u32>().ok()?))
        };
        let Some((from, first)) = row("from") else { return };
        let new = anchored(self.map, first);
        edits.replace(xml.inner(from), new.to_string());
        if let Some((to, last)) = row("to") {
            let keeps_size =
                xml.value(at, "editAs") == "oneCell" || self.map.body(first + 1, last + 1).is_some();
            let last = if keeps_size { new + last.saturating_sub(first) } else { anchored(self.map, last) };
            edits.replace(xml.inner(to), last.to_string());
        }
    }
}

/// Where a row of an anchor goes, both from 0.
pub fn anchored(map: &RowMap, row: u32) -> u32 {
    let row = row.saturating_add(1);
    let new = map.row(row).or_else(|| map.span(1, row).map(|(_, last)| last + 1));
    new.unwrap_or(1).saturating_sub(1)
}

/// Whether a table keeps a row between its head and its totals, without which no program reads it.
fn has_rows(xml: &Xml<'_>, at: usize, area: &str) -> bool {
    let rows = |name: &str, otherwise: u32| {
        xml.attr(at, name).and_then(|a| a.value.parse().ok()).unwrap_or(otherwise)
    };
    let around: u32 = rows("headerRowCount", 1_u32) + rows("totalsRowCount", 0_u32);
    let Some((first, last)) = area.split_once(':') else { return false };
    let (Some(a), Some(b)) = (Ref::parse(first, false), Ref::parse(last, false)) else { return true };
    b.row + 1 - a.row > around
}

/// The tokens of a part, for those who look at all of them.
pub fn everything(xml: &Xml<'_>) -> Range<usize> {
    0..xml.tokens.len()
}
