//! What the placeholders of a template stand for: plain fields, and regions with a record for each of their rows.
//! Every field is a row of a table that has its name, what it says and how it is had from a dossier.

mod exceptions;
mod findings;
mod items;
mod lists;
mod overview;
mod plain;
mod tests;

use crate::Dossier;
use crate::doc::Cell;
use std::collections::BTreeMap;

/// A name, what it says, and how to have it.
pub(super) struct Field<T> {
    /// As it stands between the braces.
    name: &'static str,
    /// What it says, for people.
    what: &'static str,
    /// Its value; an empty text where there is none.
    get: fn(&Dossier, &T) -> Cell,
}

/// The values of one record, by field.
pub type Record = BTreeMap<&'static str, Cell>;

/// A region: its name, what it lists, its fields and its records.
struct Region {
    name: &'static str,
    what: &'static str,
    fields: fn() -> Vec<(&'static str, &'static str)>,
    records: fn(&Dossier) -> Vec<Record>,
}

/// What the fields of a table are called and say.
fn named<T>(fields: &[Field<T>]) -> Vec<(&'static str, &'static str)> {
    fields.iter().map(|f| (f.name, f.what)).collect()
}

/// The record of one thing.
fn record<T>(fields: &[Field<T>], dossier: &Dossier, of: &T) -> Record {
    fields.iter().map(|f| (f.name, (f.get)(dossier, of))).collect()
}

/// The regions, in the order in which they are listed.
const REGIONS: &[Region] = &[
    findings::REGION,
    items::REGION,
    exceptions::REGION,
    lists::DEVICES,
    lists::RECEIVED,
    lists::REQUESTED,
    lists::EVIDENCE,
    tests::REGION,
    overview::DOCUMENTS,
    overview::TEAM,
];

/// A placeholder with what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceholderHelp {
    /// Name without the braces; that of a region for the region itself.
    pub name: &'static str,
    /// The region that it is a field of; `None` for one that is known everywhere.
    pub region: Option<&'static str>,
    /// Whether it names a region: `{{#name}}` … `{{/name}}`.
    pub repeats: bool,
    /// What it says, zh-TW.
    pub what: &'static str,
}

/// Every placeholder: those known everywhere, then each region with its fields.
#[must_use]
pub fn placeholders() -> Vec<PlaceholderHelp> {
    let field = |region| move |(name, what)| PlaceholderHelp { name, region, repeats: false, what };
    let mut all: Vec<_> = named(plain::FIELDS).into_iter().map(field(None)).collect();
    for region in REGIONS {
        all.push(PlaceholderHelp { name: region.name, region: None, repeats: true, what: region.what });
        all.extend((region.fields)().into_iter().map(field(Some(region.name))));
    }
    all
}

/// The values that templates are filled with. What a dossier does not say, such as the number of the paper that is
/// being made, is added with [`Values::set`].
#[derive(Debug, Clone, PartialEq)]
pub struct Values {
    fields: BTreeMap<String, Cell>,
    regions: BTreeMap<&'static str, Vec<Record>>,
}

impl Values {
    /// Everything that the dossier says.
    #[must_use]
    pub fn of(dossier: &Dossier) -> Self {
        let fields = plain::FIELDS.iter().map(|f| (f.name.to_owned(), (f.get)(dossier, &()))).collect();
        let regions = REGIONS.iter().map(|r| (r.name, (r.records)(dossier))).collect();
        Self { fields, regions }
    }

    /// The names alone, for looking at a template without an exam.
    pub(crate) fn names() -> Self {
        let fields = plain::FIELDS.iter().map(|f| (f.name.to_owned(), Cell::text(""))).collect();
        let blank = |r: &Region| (r.fields)().into_iter().map(|(name, _)| (name, Cell::text(""))).collect();
        let regions = REGIONS.iter().map(|r| (r.name, vec![blank(r)])).collect();
        Self { fields, regions }
    }

    /// The same without a record in any region.
    #[cfg(test)]
    pub(crate) fn without_records(mut self) -> Self {
        self.regions.values_mut().for_each(Vec::clear);
        self
    }

    /// The same with so many copies of a region's first record.
    #[cfg(test)]
    pub(crate) fn with_records(mut self, region: &str, count: usize) -> Self {
        if let Some(records) = self.regions.get_mut(region) {
            *records = records.iter().take(1).cloned().cycle().take(count).collect();
        }
        self
    }

    /// Sets a field that is known everywhere, over what the dossier says; a name of its own becomes known.
    pub fn set(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.fields.insert(name.into(), Cell::Text(text.into()));
    }

    /// A field that is known everywhere.
    pub(crate) fn field(&self, name: &str) -> Option<&Cell> {
        self.fields.get(name)
    }

    /// A region's name, which lives as long as the program.
    pub(crate) fn region_name(&self, name: &str) -> Option<&'static str> {
        self.regions.get_key_value(name).map(|(name, _)| *name)
    }

    /// Whether a region has a field of this name.
    pub(crate) fn has_field(&self, region: &str, name: &str) -> bool {
        let of = REGIONS.iter().find(|r| r.name == region);
        of.is_some_and(|r| (r.fields)().iter().any(|(field, _)| *field == name))
    }

    /// The records of a region; `None` when there is no such region.
    pub(crate) fn region(&self, name: &str) -> Option<&[Record]> {
        self.regions.get(name).map(Vec::as_slice)
    }
}

/// The word of a marked state, without its mark: a form that somebody else designed has its own way with marks.
fn word(cell: &Cell) -> Cell {
    let text = cell.printed();
    match text.split_once(' ') {
        Some((mark, word)) if mark.chars().count() == 1 => Cell::text(word),
        _ => Cell::Text(text),
    }
}
