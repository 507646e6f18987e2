//! One column of theirs to one of ours, the surest pairs first; what the examiner chose comes before all.

use super::{ForcedColumn, Locator, SheetColumn, SheetPlan};
use crate::recognise::{Synonyms, normal};
use fieldbook_model::{DatasetDef, MappedColumn, Reading};
use std::cmp::Reverse;

/// Fills the plan's mapping, and what is left over on both sides.
pub(crate) fn assign(plan: &mut SheetPlan, def: &DatasetDef, forced: &[ForcedColumn]) {
    let synonyms = Synonyms::of(def);
    let mut taken_ours = vec![false; def.columns.len()];
    let mut taken_theirs = vec![false; plan.columns.len()];
    let mut mapping = Vec::new();
    for choice in forced {
        let ours = choice.column.as_ref().and_then(|key| def.columns.iter().position(|c| c.key == *key));
        let Some((at, time)) = place(&plan.columns, &choice.at) else {
            // A value that is in no column of theirs leaves ours to no column of theirs either.
            if let (Some(ours), false) = (ours, is_column(&choice.at)) {
                taken_ours[ours] = true;
            }
            continue;
        };
        if std::mem::replace(&mut taken_theirs[at], true) {
            continue;
        }
        let Some(ours) = ours.filter(|o| !std::mem::replace(&mut taken_ours[*o], true)) else { continue };
        let inverted =
            synonyms.hits(&normal(&plan.columns[at].header)).iter().any(|h| h.column == ours && h.inverted);
        let mut mapped = mapped(&plan.columns[at], def, ours, 100, inverted);
        if let Some(time) = time.filter(|t| !std::mem::replace(&mut taken_theirs[*t], true)) {
            mapped.time_index = Some(plan.columns[time].index);
        }
        if let Some(reading) = &choice.reading {
            mapped.reading = reading.clone();
            plan.fixed.push(mapped.column.clone());
        }
        mapping.push(mapped);
    }
    let mut pairs = Vec::new();
    for (theirs, column) in plan.columns.iter().enumerate() {
        for hit in synonyms.hits(&normal(&column.header)) {
            pairs.push((Reverse((hit.own, hit.score, hit.length)), theirs, hit));
        }
    }
    pairs.sort_by_key(|(rank, theirs, hit)| (*rank, *theirs, hit.column));
    for (_, theirs, hit) in pairs {
        if taken_theirs[theirs] || taken_ours[hit.column] {
            continue;
        }
        taken_theirs[theirs] = true;
        taken_ours[hit.column] = true;
        mapping.push(mapped(&plan.columns[theirs], def, hit.column, hit.score, hit.inverted));
    }
    mapping.sort_by_key(|m| m.index);
    plan.mapping = mapping;
    left_over(plan, def);
}

/// Says anew what is left over on both sides; a column that is filled is not missing.
pub(super) fn left_over(plan: &mut SheetPlan, def: &DatasetDef) {
    let mapping = &plan.mapping;
    let used =
        |c: &&SheetColumn| !mapping.iter().any(|m| m.index == c.index || m.time_index == Some(c.index));
    plan.unmapped = plan.columns.iter().filter(used).map(|c| c.header.clone()).collect();
    let has =
        |key: &str| mapping.iter().any(|m| m.column == key) || plan.filled.iter().any(|f| f.column == key);
    let missing = def.columns.iter().filter(|c| c.required && !has(&c.key));
    plan.missing_required = missing.map(|c| c.key.clone()).collect();
}

fn is_column(at: &Locator) -> bool {
    matches!(at, Locator::Header(_) | Locator::Index(_) | Locator::DateAndTime(..))
}

/// Where a locator points: a column, and the column of the time of day beside a date.
fn place(columns: &[SheetColumn], at: &Locator) -> Option<(usize, Option<usize>)> {
    match at {
        Locator::DateAndTime(date, time) => {
            let (date, _) = place(columns, date)?;
            Some((date, place(columns, time).map(|(t, _)| t)))
        }
        at => columns.iter().position(|c| is_at(c, at)).map(|c| (c, None)),
    }
}

fn is_at(column: &SheetColumn, at: &Locator) -> bool {
    match at {
        Locator::Index(index) => column.index == *index,
        Locator::Header(header) => normal(&column.header) == normal(header),
        _ => false,
    }
}

fn mapped(
    column: &SheetColumn,
    def: &DatasetDef,
    ours: usize,
    confidence: u8,
    inverted: bool,
) -> MappedColumn {
    MappedColumn {
        index: column.index,
        header: column.header.clone(),
        column: def.columns[ours].key.clone(),
        reading: Reading::Plain,
        inverted,
        confidence,
        time_index: None,
    }
}
