//! Formulas of cells, moved with their rows. A group that shares one formula stays as it is while nothing of it
//! moves; otherwise each of its cells gets its own text.

use super::super::formula::{Ref, Shifts, moved, offset, range};
use super::super::rowmap::{RowMap, Spot, Turn};
use super::super::xml::{Edits, Xml, escape};
use super::rows::Job;
use super::sheet::{CellAt, Row, Sheet};
use std::collections::BTreeMap;

/// The first cell of a group with its formula.
struct Group {
    text: String,
    row: u32,
    column: u32,
    /// Whether a cell of it moves, or names something that does.
    breaks: bool,
}

/// The shared formulas of a sheet, by number.
#[derive(Default)]
pub struct Groups(BTreeMap<String, Group>);

impl Groups {
    /// Reads the groups of a sheet.
    pub fn read(sheet: &Sheet<'_>, shifts: &Shifts, map: &RowMap) -> Self {
        let mut groups = Self::default();
        if shifts.is_empty() {
            return groups;
        }
        for (row, cell, element) in formulas(sheet) {
            let text = sheet.xml.content(element);
            if sheet.xml.value(element, "t") == "shared" && !text.is_empty() {
                let group = Group { text, row: row.number, column: cell.column, breaks: false };
                groups.0.insert(sheet.xml.value(element, "si"), group);
            }
        }
        for (row, cell, element) in formulas(sheet) {
            let stays = map.spot(row.number) == Spot::Outside(row.number);
            if let Some((text, si)) = groups.text(&sheet.xml, element, row, cell) {
                let still = stays && moved(shifts, &sheet.name, None, &text) == text;
                if let Some(group) = groups.0.get_mut(&si).filter(|_| !still) {
                    group.breaks = true;
                }
            }
        }
        groups
    }

    /// The formula of a cell that is part of a group, and the group's number.
    fn text(&self, xml: &Xml<'_>, element: usize, row: &Row, cell: &CellAt) -> Option<(String, String)> {
        if xml.value(element, "t") != "shared" {
            return None;
        }
        let si = xml.value(element, "si");
        let group = self.0.get(&si)?;
        let rows = i64::from(row.number) - i64::from(group.row);
        let columns = i64::from(cell.column) - i64::from(group.column);
        Some((offset(&group.text, rows, columns), si))
    }

    fn breaks(&self, si: &str) -> bool {
        self.0.get(si).is_some_and(|g| g.breaks)
    }
}

/// The cells of a sheet that have formulas.
pub fn formulas<'s>(sheet: &'s Sheet<'_>) -> impl Iterator<Item = (&'s Row, &'s CellAt, usize)> {
    let of_row = |row: &'s Row| row.cells.iter().filter_map(move |c| Some((row, c, c.formula?)));
    sheet.rows.iter().flat_map(of_row)
}

/// The changes of a cell's formula. What was reckoned before goes with a formula that changed.
pub fn formula(
    job: &Job<'_, '_>,
    row: &Row,
    cell: &CellAt,
    element: usize,
    turn: Option<Turn>,
    edits: &mut Edits,
) {
    let (xml, home) = (&job.sheet.xml, job.sheet.name.as_str());
    if job.shifts.is_empty() {
        return;
    }
    let shared = job.groups.text(xml, element, row, cell);
    let old = match &shared {
        Some((text, si)) if job.groups.breaks(si) => {
            for name in ["t", "si", "ref"] {
                if let Some(attr) = xml.attr(element, name) {
                    edits.replace(attr.whole, "");
                }
            }
            text.clone()
        }
        Some(_) => return,
        None => xml.content(element),
    };
    let new = moved(job.shifts, home, turn, &old);
    for name in ["ref", "r1", "r2"].into_iter().filter(|_| shared.is_none()) {
        if let Some(attr) = xml.attr(element, name) {
            edits.replace(attr.span.clone(), area(job.map, &attr.value, turn));
        }
    }
    if shared.is_some() {
        whole(xml, element, &new, edits);
    } else if new != old {
        edits.replace(xml.inner(element), escape(&new));
    }
    if new != old || turn.is_some() {
        forget(xml, cell, edits);
    }
}

/// Writes a formula's text into an element that may have been without one.
fn whole(xml: &Xml<'_>, element: usize, text: &str, edits: &mut Edits) {
    let token = &xml.tokens[element];
    if token.close != element {
        edits.replace(xml.inner(element), escape(text));
        return;
    }
    let slash = token.span.end - 2;
    edits.replace(slash..token.span.end, format!(">{}</{}>", escape(text), xml.name(element)));
}

/// Takes a formula's earlier result away.
fn forget(xml: &Xml<'_>, cell: &CellAt, edits: &mut Edits) {
    if let Some(value) = xml.children(cell.token).into_iter().find(|t| xml.local(*t) == "v") {
        edits.replace(xml.outer(value), "");
    }
    if let Some(kind) = xml.attr(cell.token, "t") {
        edits.replace(kind.whole, "");
    }
}

/// A cell or an area of a formula that stands in a copy.
fn area(map: &RowMap, text: &str, turn: Option<Turn>) -> String {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let (Some(a), Some(b)) = (Ref::parse(first, false), Ref::parse(last, false)) else {
        return text.to_owned();
    };
    match range(map, a, b, turn) {
        Some((x, y)) if text.contains(':') => format!("{}:{}", a.at(x), b.at(y)),
        Some((x, _)) => a.at(x),
        None => text.to_owned(),
    }
}
