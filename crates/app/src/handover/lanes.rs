//! What was done in each copy since the state that both know: entries of the journals, by day, person and family.

use super::take::Looked;
use crate::desk::Desk;
use crate::error::AppError;
use crate::view;
use crate::wire::{LaneActsView, MergeLaneView, StandingWord};
use fieldbook_vault::JournalEntry;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// This copy first, then each that the package tells something new of; none where the package is not compared.
///
/// # Errors
/// Those of the store.
pub(super) fn lanes(desk: &Desk, looked: &Looked) -> Result<Vec<MergeLaneView>, AppError> {
    let open = desk.exam.as_ref().filter(|open| *open.store.id() == looked.contents.head.exam);
    let Some(open) = open.filter(|_| looked.standing == StandingWord::Mergeable) else {
        return Ok(Vec::new());
    };
    let (own, seen) = (open.store.own_copy()?.copy, open.store.seen()?);
    let known = looked.state.seen.get(&own).copied().unwrap_or_default();
    let ours = open.store.copy_entries(&own, known, i64::MAX.unsigned_abs())?;
    let mut out = vec![lane(String::new(), ours.iter())];
    for copy in looked.copies.iter().filter(|copy| copy.copy != own) {
        let known = seen.get(&copy.copy).copied().unwrap_or_default();
        let lane = lane(copy.label.clone(), copy.entries.iter().filter(|entry| entry.seq > known));
        if !lane.acts.is_empty() {
            out.push(lane);
        }
    }
    Ok(out)
}

fn lane<'e>(label: String, entries: impl Iterator<Item = &'e JournalEntry>) -> MergeLaneView {
    let mut counted: BTreeMap<(Date, &str, &str), u64> = BTreeMap::new();
    for entry in entries {
        let family = entry.action.split('.').next().unwrap_or_default();
        *counted.entry((entry.at.date(), &entry.by, family)).or_default() += 1;
    }
    let acts = counted.into_iter().map(|((day, by, family), acts)| LaneActsView {
        day: day.to_string(),
        by: by.to_owned(),
        family: family.to_owned(),
        acts: view::small(acts),
    });
    MergeLaneView { label, acts: acts.collect() }
}
