//! Tables of more rows than a sheet holds: the next sheet goes on with them, with the header once more or without.

use super::make::Maker;
use super::survey::Survey;
use super::{Ask, Light, PlanRequest, SheetColumn, SheetPlan, make};
use crate::IntakeError;
use crate::recognise::normal;
use crate::source::{Cell, Flow, Source};
use fieldbook_model::Reading;
use std::collections::{BTreeMap, BTreeSet};

/// Rows of a full sheet, of the old kind and of the new.
const FULL: [u32; 2] = [65_536, 1_048_576];
/// Rows whose cells are compared.
const ROWS: u32 = 20;
/// How sure a sheet without a header can be at most.
const UNSURE: u8 = 60;

/// The plan of a sheet whose first row is a record like those of the full sheet before it; `None` when it is none.
pub(super) fn plan(maker: &mut Maker<'_, '_>, survey: &Survey) -> Result<Option<SheetPlan>, IntakeError> {
    let starts = survey.head.first().is_some_and(|row| row.number == 1);
    if !starts || !survey.sections.is_empty() {
        return Ok(None);
    }
    let (sheet, request) = (maker.sheet(), *maker.request());
    let Some(base) = base(maker.source(), sheet, &request)? else { return Ok(None) };
    let Some(def) = request.defs.iter().find(|d| Some(d.key.as_str()) == base.dataset.as_deref()) else {
        return Ok(None);
    };
    if request.dataset.is_some_and(|wanted| wanted != def.key) || !is_alike(maker.source(), &base, sheet)? {
        return Ok(None);
    }
    let mut plan = maker.blank(base.columns.clone());
    plan.dataset = Some(def.key.clone());
    plan.candidates = base.candidates.clone();
    plan.confidence = base.confidence.min(UNSURE);
    plan.continues = Some(base.sheet.clone());
    plan.asks.push(Ask::Continues(base.sheet.clone()));
    maker.complete(&mut plan, Some(def), &[])?;
    take_readings(&mut plan, &base);
    Ok(Some(plan))
}

/// Where the calendars of a sheet with a header are open and the sheet before is full and has the same header, they
/// are those of the sheet before.
pub(super) fn settle(maker: &mut Maker<'_, '_>, plan: &mut SheetPlan) -> Result<(), IntakeError> {
    if !plan.mapping.iter().any(|m| m.reading == Reading::Ambiguous) || plan.light() == Light::Red {
        return Ok(());
    }
    let (sheet, request) = (maker.sheet(), *maker.request());
    let Some(base) = base(maker.source(), sheet, &request)? else { return Ok(()) };
    let headers = |columns: &[SheetColumn]| -> Vec<(u32, String)> {
        columns.iter().map(|c| (c.index, normal(&c.header))).collect()
    };
    if base.dataset == plan.dataset && headers(&base.columns) == headers(&plan.columns) {
        take_readings(plan, &base);
    }
    Ok(())
}

/// The plan of the table that the sheets before this one hold, if they are full.
fn base(
    source: &mut Source,
    sheet: &str,
    request: &PlanRequest<'_>,
) -> Result<Option<SheetPlan>, IntakeError> {
    let names: Vec<String> = source.sheets().iter().map(|s| s.name.clone()).collect();
    let at = names.iter().position(|n| n == sheet).unwrap_or(0);
    let Some(before) = at.checked_sub(1).and_then(|b| names.get(b)) else { return Ok(None) };
    if !FULL.contains(&last_row(source, before)?) {
        return Ok(None);
    }
    let asked = PlanRequest { dataset: None, ..*request };
    let tables = make::plans(source, before, &asked)?;
    Ok(tables.into_iter().next_back().filter(|p| p.dataset.is_some()))
}

fn last_row(source: &mut Source, sheet: &str) -> Result<u32, IntakeError> {
    let mut last = 0;
    source.stream(sheet, &mut |row| {
        last = row.number;
        Ok(Flow::Go)
    })?;
    Ok(last)
}

/// Whether the first cells of the sheet are like those below the header of the other: the same columns hold the same
/// kinds of cells.
fn is_alike(source: &mut Source, base: &SheetPlan, sheet: &str) -> Result<bool, IntakeError> {
    let theirs = kinds(source, &base.sheet, base.header_row + base.header_rows)?;
    let ours = kinds(source, sheet, 1)?;
    let known = ours.keys().filter(|c| theirs.contains_key(*c)).count();
    let alike =
        ours.iter().filter(|(c, kinds)| theirs.get(*c).is_some_and(|k| !k.is_disjoint(kinds))).count();
    Ok(known == ours.len() && alike * 5 >= ours.len() * 4 && ours.len() * 2 >= theirs.len())
}

type Kinds = BTreeMap<u32, BTreeSet<&'static str>>;

/// What the first cells of each column are.
fn kinds(source: &mut Source, sheet: &str, from: u32) -> Result<Kinds, IntakeError> {
    let mut found = Kinds::new();
    let mut seen = 0;
    source.stream(sheet, &mut |row| {
        if row.number >= from {
            seen += 1;
            for (column, cell) in row.cells {
                found.entry(*column).or_default().insert(kind(cell));
            }
        }
        Ok(if seen < ROWS { Flow::Go } else { Flow::Stop })
    })?;
    Ok(found)
}

fn kind(cell: &Cell<'_>) -> &'static str {
    match cell {
        Cell::Empty => "",
        Cell::Text(text) if text.trim().starts_with(|c: char| c.is_ascii_digit()) => "digits",
        Cell::Text(_) => "text",
        Cell::Number(_) => "number",
        Cell::Bool(_) => "bool",
        Cell::Serial(_) | Cell::Span(_) => "date",
        Cell::Error(_) => "error",
    }
}

fn take_readings(plan: &mut SheetPlan, base: &SheetPlan) {
    for mapped in &mut plan.mapping {
        let known = base.mapping.iter().find(|m| m.column == mapped.column && m.index == mapped.index);
        if let (Reading::Ambiguous, Some(known)) = (&mapped.reading, known) {
            mapped.reading = known.reading.clone();
        }
    }
    let open = |key: &String| {
        plan.mapping.iter().any(|m| m.column == *key && m.reading == Reading::Ambiguous)
            || plan.filled.iter().any(|f| f.column == *key)
    };
    plan.asks.retain(|ask| !matches!(ask, Ask::Calendar(key) if !open(key)));
}
