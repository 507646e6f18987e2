//! Workbooks that somebody else designed (.xlsx): cells, heads and feet, drawings and comments are filled, regions
//! repeat their rows, and whatever names rows moves with them. Parts and cells that nothing touches stay as they are.

mod areas;
mod beside;
mod formulas;
mod heights;
mod rows;
mod sheet;

pub use beside::in_drawing;

use super::error::{Place, TemplateError};
use super::formula::Shifts;
use super::lookup::Lookup;
use super::opc::relations;
use super::package::Package;
use super::regions::{InLine, Region, pair};
use super::rowmap::{Block, RowMap};
use super::xml::{Edits, Xml};
use crate::build::placeholder::{Record, Values};
use heights::{Formats, Room};
use rows::Job;
use sheet::{Shared, Sheet, text_of};
use std::collections::BTreeSet;

/// A workbook's parts.
struct Book {
    /// Name of the workbook's own part.
    part: String,
    /// Names of the sheets with those of their parts; empty for a sheet without cells.
    sheets: Vec<(String, String)>,
    shared: Option<String>,
    styles: Option<String>,
}

impl Book {
    fn read(package: &mut Package<'_>, part: &str) -> Result<Self, TemplateError> {
        let text = package.text(part)?.ok_or_else(|| TemplateError::damaged(part))?;
        let xml = Xml::parse(&text).map_err(|_| TemplateError::damaged(part))?;
        let own = relations(package, part)?;
        let target =
            |id: &str| own.iter().find(|r| r.id == id && r.kind == "worksheet").map(|r| r.target.clone());
        let mut sheets = Vec::new();
        for token in xml.all("sheet") {
            let part = target(&xml.value(token, "id")).unwrap_or_default();
            if !part.is_empty() && !package.has(&part) {
                return Err(TemplateError::damaged(part));
            }
            sheets.push((xml.value(token, "name"), part));
        }
        let only = |kind: &str| own.iter().find(|r| r.kind == kind).map(|r| r.target.clone());
        let (shared, styles) = (only("sharedStrings"), only("styles"));
        Ok(Self { part: part.to_owned(), sheets, shared, styles })
    }
}

/// Fills the workbook whose own part is `main`.
///
/// # Errors
/// What makes a template unusable.
pub fn fill<'v>(
    package: &mut Package<'_>,
    main: &str,
    values: &'v Values,
) -> Result<Lookup<'v>, TemplateError> {
    let book = Book::read(package, main)?;
    let mut kept = BTreeSet::new();
    loop {
        let outcome = attempt(package, &book, values, &kept)?;
        let lost = outcome.lost.difference(&kept).count() > 0;
        if lost {
            kept.extend(outcome.lost);
            continue;
        }
        for (part, text) in outcome.changed {
            package.put(&part, text);
        }
        if outcome.moved {
            beside::forget_order(package, main)?;
        }
        return Ok(outcome.lookup);
    }
}

/// The faults of a workbook that `fill` would stop at, those of every sheet, with the placeholders that were met.
///
/// # Errors
/// When the workbook cannot be read at all.
pub fn faults<'v>(
    package: &mut Package<'_>,
    main: &str,
    values: &'v Values,
) -> Result<(Lookup<'v>, Vec<TemplateError>), TemplateError> {
    let book = Book::read(package, main)?;
    let texts = texts(package, &book)?;
    let shared_xml = texts.shared_xml()?;
    let shared = shared_xml.as_ref().map(Shared::read).unwrap_or_default();
    let (mut lookup, mut faults) = (Lookup::new(values), Vec::new());
    for (name, part, text) in &texts.sheets {
        let look = |lookup: &mut Lookup<'v>| -> Result<(), TemplateError> {
            let sheet = Sheet::read(name, part, text)?;
            let (map, regions) = blocks(&sheet, &shared, &BTreeSet::new(), lookup)?;
            let job = Job {
                sheet: &sheet,
                shared: &shared,
                shared_xml: shared_xml.as_ref(),
                shifts: &Shifts::default(),
                map: &map,
                regions: &regions,
                groups: formulas::Groups::default(),
                formats: &Formats::default(),
                room: Room::read(&sheet),
            };
            job.rows(lookup)?;
            beside::heads(&sheet.xml, name, lookup, &mut Edits::default())
        };
        faults.extend(look(&mut lookup).err());
    }
    for part in with_text(package) {
        let Some(text) = package.text(&part)? else { continue };
        let Ok(xml) = Xml::parse(&text) else { continue };
        faults.extend(beside::texts(&xml, &part, &mut lookup, &mut Edits::default()).err());
    }
    Ok((lookup, faults))
}

/// What came of filling a workbook.
struct Outcome<'v> {
    changed: Vec<(String, String)>,
    lookup: Lookup<'v>,
    /// Sheets, in small letters, of which something named rows that would be no more.
    lost: BTreeSet<String>,
    /// Whether rows moved.
    moved: bool,
}

/// The texts of the sheets and of the table that they share.
struct Texts {
    /// Name, part, text.
    sheets: Vec<(String, String, String)>,
    shared: Option<(String, String)>,
    styles: Option<(String, String)>,
}

impl Texts {
    fn shared_xml(&self) -> Result<Option<Xml<'_>>, TemplateError> {
        let Some((part, text)) = &self.shared else { return Ok(None) };
        Xml::parse(text).map(Some).map_err(|_| TemplateError::damaged(part))
    }

    fn formats(&self) -> Result<Formats, TemplateError> {
        let Some((part, text)) = &self.styles else { return Ok(Formats::default()) };
        Xml::parse(text).map(|xml| Formats::read(&xml)).map_err(|_| TemplateError::damaged(part))
    }
}

fn texts(package: &mut Package<'_>, book: &Book) -> Result<Texts, TemplateError> {
    let mut sheets = Vec::new();
    for (name, part) in book.sheets.iter().filter(|(_, part)| !part.is_empty()) {
        let text = package.text(part)?.ok_or_else(|| TemplateError::damaged(part))?;
        sheets.push((name.clone(), part.clone(), text));
    }
    let mut whole = |part: &Option<String>| match part {
        Some(part) => package.text(part).map(|text| text.map(|text| (part.clone(), text))),
        None => Ok(None),
    };
    let (shared, styles) = (whole(&book.shared)?, whole(&book.styles)?);
    Ok(Texts { sheets, shared, styles })
}

/// A sheet's regions with their names and records.
type Regions<'v> = Vec<(&'v str, Vec<Option<&'v Record>>)>;

/// Fills the workbook; in the sheets of `kept` a region without records keeps one empty copy of its rows.
fn attempt<'v>(
    package: &mut Package<'_>,
    book: &Book,
    values: &'v Values,
    kept: &BTreeSet<String>,
) -> Result<Outcome<'v>, TemplateError> {
    let texts = texts(package, book)?;
    let shared_xml = texts.shared_xml()?;
    let shared = shared_xml.as_ref().map(Shared::read).unwrap_or_default();
    let (mut lookup, mut shifts, mut sheets) = (Lookup::new(values), Shifts::default(), Vec::new());
    for (name, part, text) in &texts.sheets {
        let sheet = Sheet::read(name, part, text)?;
        let (map, regions) = blocks(&sheet, &shared, kept, &mut lookup)?;
        if !map.fits(sheet.last_row()) {
            return Err(TemplateError::TooManyRows { sheet: name.clone() });
        }
        if !map.blocks.is_empty() {
            shifts.add(name, map.clone());
        }
        sheets.push((sheet, map, regions));
    }
    let formats = texts.formats()?;
    let (mut changed, mut reckons) = (Vec::new(), false);
    for (sheet, map, regions) in &sheets {
        let groups = formulas::Groups::read(sheet, &shifts, map);
        reckons |= formulas::formulas(sheet).next().is_some();
        let job = Job {
            sheet,
            shared: &shared,
            shared_xml: shared_xml.as_ref(),
            shifts: &shifts,
            map,
            regions,
            groups,
            formats: &formats,
            room: Room::read(sheet),
        };
        changed.extend(written(&job, &mut lookup)?);
    }
    reckons &= !changed.is_empty();
    others(package, &sheets, &shifts, &mut lookup, &mut changed)?;
    own_part(package, book, &shifts, reckons, &mut changed)?;
    let lost =
        sheets.iter().map(|(s, ..)| s.name.to_lowercase()).filter(|name| shifts.has_lost(name)).collect();
    Ok(Outcome { changed, lookup, lost, moved: !shifts.is_empty() })
}

/// A sheet's part with its new text, if anything of it changes.
fn written<'v>(
    job: &Job<'_, 'v>,
    lookup: &mut Lookup<'v>,
) -> Result<Option<(String, String)>, TemplateError> {
    let sheet = job.sheet;
    let mut edits = job.rows(lookup)?;
    beside::heads(&sheet.xml, &sheet.name, lookup, &mut edits)?;
    if !job.shifts.is_empty() {
        areas::areas(sheet, job.shifts, job.map, &mut edits);
    }
    let new = edits.apply(sheet.xml.text, 0..sheet.xml.text.len());
    Ok((new != sheet.xml.text).then(|| (sheet.part.clone(), new)))
}

/// The workbook's own part.
fn own_part(
    package: &mut Package<'_>,
    book: &Book,
    shifts: &Shifts,
    reckon: bool,
    changed: &mut Vec<(String, String)>,
) -> Result<(), TemplateError> {
    let text = package.text(&book.part)?.ok_or_else(|| TemplateError::damaged(&book.part))?;
    let xml = Xml::parse(&text).map_err(|_| TemplateError::damaged(&book.part))?;
    let names: Vec<String> = book.sheets.iter().map(|(name, _)| name.clone()).collect();
    let mut edits = Edits::default();
    beside::workbook(&xml, &names, shifts, reckon, &mut edits);
    keep(changed, &book.part, &text, &edits);
    Ok(())
}

/// The parts beside the sheets.
fn others<'v>(
    package: &mut Package<'_>,
    sheets: &[(Sheet<'_>, RowMap, Regions<'v>)],
    shifts: &Shifts,
    lookup: &mut Lookup<'v>,
    changed: &mut Vec<(String, String)>,
) -> Result<(), TemplateError> {
    let mut homes: Vec<(String, &str, &RowMap)> = Vec::new();
    for (sheet, map, _) in sheets {
        let own = relations(package, &sheet.part)?;
        homes.extend(own.into_iter().map(|r| (r.target, sheet.name.as_str(), map)));
    }
    let texts = with_text(package);
    for part in package.names().to_vec() {
        let home = homes.iter().find(|(target, ..)| target.eq_ignore_ascii_case(&part));
        let named = texts.contains(&part);
        let global = part.contains("/charts/") || part.contains("pivotCacheDefinition");
        let moves = !shifts.is_empty() && (home.is_some() || global);
        let ending = part.rsplit('.').next().unwrap_or_default().to_lowercase();
        if !(named || moves) || !matches!(ending.as_str(), "xml" | "vml") {
            continue;
        }
        let Some(text) = package.text(&part)? else { continue };
        if ending == "vml" {
            if let Some((_, sheet, map)) = home.filter(|(_, _, map)| !map.blocks.is_empty()) {
                changed_by(changed, &part, &text, beside::old_drawing(&text, sheet, shifts, map));
            }
            continue;
        }
        let xml = Xml::parse(&text).map_err(|_| TemplateError::damaged(&part))?;
        let mut edits = Edits::default();
        if named {
            beside::texts(&xml, &part, lookup, &mut edits)?;
        }
        if moves {
            areas::part(&xml, home.map_or("", |(_, sheet, _)| sheet), shifts, &mut edits);
        }
        keep(changed, &part, &text, &edits);
    }
    Ok(())
}

/// Parts beside the sheets that hold texts for people.
fn with_text(package: &Package<'_>) -> Vec<String> {
    let is = |name: &&String| {
        let name = name.to_lowercase();
        let folder = ["/drawings/", "/charts/", "/tables/", "comments"].iter().any(|f| name.contains(f));
        folder
            && name.ends_with(".xml")
            && !name.contains("_rels/")
            && !name.contains("/style")
            && !name.contains("/colors")
    };
    package.names().iter().filter(is).cloned().collect()
}

fn keep(changed: &mut Vec<(String, String)>, part: &str, text: &str, edits: &Edits) {
    if !edits.is_empty() {
        changed_by(changed, part, text, edits.apply(text, 0..text.len()));
    }
}

fn changed_by(changed: &mut Vec<(String, String)>, part: &str, old: &str, new: String) {
    if new != old {
        changed.push((part.to_owned(), new));
    }
}

/// A sheet's regions: where their rows are, and what they are filled from.
fn blocks<'v>(
    sheet: &Sheet<'_>,
    shared: &Shared,
    kept: &BTreeSet<String>,
    lookup: &mut Lookup<'v>,
) -> Result<(RowMap, Regions<'v>), TemplateError> {
    let mut found = Vec::new();
    for row in &sheet.rows {
        for cell in &row.cells {
            if let Some(text) = text_of(sheet, cell, shared) {
                let place = sheet.place(row, cell);
                let line = row.number as usize;
                let marks = text.paragraph().marks(&place)?;
                found.extend(marks.into_iter().map(|m| InLine { line, word: m.word, place: place.clone() }));
            }
        }
    }
    let keeps_one = kept.contains(&sheet.name.to_lowercase());
    let (mut map, mut regions) = (RowMap::default(), Vec::new());
    for region in pair(&found)? {
        let (name, records) = records(&region, keeps_one, lookup);
        let row = |line: usize| u32::try_from(line).unwrap_or(u32::MAX);
        let copies = u32::try_from(records.len()).unwrap_or(u32::MAX);
        let block = Block { open: row(region.open), close: row(region.close), copies };
        let height = u64::from(block.height());
        if height * u64::from(copies) > u64::from(super::rowmap::LAST_ROW) {
            return Err(TemplateError::TooManyRows { sheet: sheet.name.clone() });
        }
        map.blocks.push(block);
        regions.push((name, records));
    }
    Ok((map, regions))
}

/// A region's name as the values have it and its records; with `keeps_one` an empty one in the place of none.
pub(super) fn records<'v>(
    region: &Region,
    keeps_one: bool,
    lookup: &mut Lookup<'v>,
) -> (&'v str, Vec<Option<&'v Record>>) {
    let place: &Place = &region.place;
    let mut records: Vec<Option<&Record>> = lookup.region(&region.name, place).iter().map(Some).collect();
    if records.is_empty() && keeps_one {
        records.push(None);
    }
    (lookup.values.region_name(&region.name).unwrap_or_default(), records)
}
