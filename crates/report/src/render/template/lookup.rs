//! What a placeholder is replaced by, and which ones had nothing to be replaced by.

use super::error::Place;
use super::xml::is_legal;
use crate::build::placeholder::{Record, Values};
use crate::doc::Cell;

/// A placeholder that stayed empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfilled {
    /// Its name as the template has it, without the braces; a region's begins with `#`.
    pub name: String,
    /// Where it stands in the template.
    pub place: Place,
    /// Whether its name is known: then the exam says nothing for it.
    pub known: bool,
}

/// A placeholder of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its name as the template has it, without the braces; a region's begins with `#`.
    pub name: String,
    /// The region whose rows it stands in.
    pub region: Option<String>,
    /// Where.
    pub place: Place,
    /// Whether its name is known there.
    pub known: bool,
}

/// The region that a text is part of, and the record that it is filled from; none for a row that stays empty.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'v> {
    pub region: &'v str,
    pub record: Option<&'v Record>,
}

/// Characters that a cell may hold, in units of UTF-16 (ECMA-376, and what programs share).
pub const CELL_CHARS: usize = 32_767;
/// Characters that a head or foot of a sheet may hold.
pub const HEAD_CHARS: usize = 255;
/// Stands at the end of what was cut.
const CUT: &str = "……〔內容過長，以下從略〕";

/// Fills placeholders from values, and remembers what could not be filled.
pub struct Lookup<'v> {
    pub values: &'v Values,
    pub unfilled: Vec<Unfilled>,
    /// Places whose text was cut.
    pub cut: Vec<Place>,
    /// Every placeholder met.
    pub found: Vec<Found>,
}

impl<'v> Lookup<'v> {
    pub fn new(values: &'v Values) -> Self {
        Self { values, unfilled: Vec::new(), cut: Vec::new(), found: Vec::new() }
    }

    /// The records of a region; none of one that nobody knows, which is remembered.
    pub fn region(&mut self, name: &str, place: &Place) -> &'v [Record] {
        let known = self.values.region(name);
        let marker = format!("#{name}");
        self.meet(&marker, None, place, known.is_some());
        if known.is_none() {
            self.miss(&marker, place, false);
        }
        known.unwrap_or_default()
    }

    /// What takes a placeholder's place; an empty text where there is nothing.
    pub fn value(&mut self, name: &str, scope: Option<Scope<'v>>, place: &Place) -> Cell {
        if let Some(cell) = scope.and_then(|s| self.own(name, s)) {
            self.meet(name, scope.map(|s| s.region), place, true);
            return cell;
        }
        let known = self.values.field(name);
        self.meet(name, scope.map(|s| s.region), place, known.is_some());
        // A record's field may be empty, as a finding without a reply has no measure; one of the whole may not.
        if known.is_none_or(|cell| cell.printed().trim().is_empty()) {
            self.miss(name, place, known.is_some());
        }
        known.cloned().unwrap_or_else(|| Cell::text(""))
    }

    /// A field of the record, also by `{{region.field}}`; empty in a row that no record fills.
    fn own(&self, name: &str, scope: Scope<'v>) -> Option<Cell> {
        let split = name.split_once(['.', '．']).map(|(list, field)| (list.trim(), field.trim()));
        let field = split.filter(|(list, _)| *list == scope.region).map_or(name, |(_, field)| field);
        match scope.record {
            Some(record) => record.get(field).cloned(),
            None => self.values.has_field(scope.region, field).then(|| Cell::text("")),
        }
    }

    fn meet(&mut self, name: &str, region: Option<&str>, place: &Place, known: bool) {
        let same = |f: &Found| f.name == name && f.place == *place;
        if !self.found.iter().rev().take(RECENT).any(same) {
            let region = region.map(str::to_owned);
            self.found.push(Found { name: name.to_owned(), region, place: place.clone(), known });
        }
    }

    fn miss(&mut self, name: &str, place: &Place, known: bool) {
        if !self.unfilled.iter().any(|u| u.name == name && u.place == *place) {
            self.unfilled.push(Unfilled { name: name.to_owned(), place: place.clone(), known });
        }
    }

    /// The values that stand in one text, cut so that the text keeps within `most` UTF-16 units; `fixed` are those
    /// of the text around them.
    pub fn fit(&mut self, values: Vec<String>, fixed: usize, most: usize, place: &Place) -> Vec<String> {
        let mut room = most.saturating_sub(fixed);
        let mut fitted = Vec::with_capacity(values.len());
        for value in values {
            let kept = cut(&value, room);
            if kept.len() < value.len() && !self.cut.contains(place) {
                self.cut.push(place.clone());
            }
            room = room.saturating_sub(units(&kept));
            fitted.push(kept);
        }
        fitted
    }
}

/// Rows repeat, so the same placeholder comes again soon or not at all.
const RECENT: usize = 256;

/// Length in UTF-16 units, as formats count it.
pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The text, or its beginning with a mark, within so many UTF-16 units.
fn cut(text: &str, room: usize) -> String {
    if units(text) <= room {
        return text.to_owned();
    }
    let mark = if units(CUT) <= room { CUT } else { "" };
    let mut left = room - units(mark);
    let fits = |c: &char| {
        let ok = c.len_utf16() <= left;
        left = if ok { left - c.len_utf16() } else { 0 };
        ok
    };
    let mut kept: String = text.chars().take_while(fits).collect();
    kept.push_str(mark);
    kept
}

/// A value as text: characters that no XML can hold left out, line ends made one.
pub fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| is_legal(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_is_cut_with_a_mark() {
        let text = "𡍼".repeat(20);
        let kept = cut(&text, 31);
        assert!(units(&kept) <= 31 && kept.ends_with(CUT) && kept.starts_with('𡍼'), "{kept}");
        assert_eq!(cut(&text, 40), text);
        assert_eq!(cut("一二三", 2), "一二");
        assert_eq!(cut("一二三", 0), "");
    }

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(clean("甲\u{0}\u{B}乙\r\n丙\r丁\u{FFFE}\t戊"), "甲乙\n丙\n丁\t戊");
    }
}
