//! What a merge would do, counted for a preview.

use super::Merged;
use super::record::is_away;
use fieldbook_model::{ExamState, FieldChange, Held, RecordKey, THERE};
use std::collections::BTreeMap;

/// Records of one table by what becomes of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// New here, or back.
    pub added: usize,
    /// With another value in a field.
    pub changed: usize,
    /// Taken away.
    pub taken_away: usize,
    /// Added on both sides.
    pub united: usize,
}

/// What becomes of a record.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Becomes {
    Added,
    Changed,
    TakenAway,
    /// What it was, as far as anybody sees.
    Same,
}

impl Merged {
    /// How many records of each table change, conflicts left aside.
    #[must_use]
    pub fn counts(&self, ours: &ExamState) -> BTreeMap<String, Counts> {
        let mut records = BTreeMap::<&RecordKey, Vec<&FieldChange>>::new();
        for change in &self.changes {
            records.entry(&change.record).or_default().push(change);
        }
        let mut tables = BTreeMap::<String, Counts>::new();
        for (key, changes) in records {
            let counts = tables.entry(key.table.clone()).or_default();
            match becomes(ours, key, &changes) {
                Becomes::Added => counts.added += 1,
                Becomes::TakenAway => counts.taken_away += 1,
                Becomes::Changed if !self.united.contains(key) => counts.changed += 1,
                Becomes::Changed | Becomes::Same => {}
            }
        }
        for key in &self.united {
            tables.entry(key.table.clone()).or_default().united += 1;
        }
        tables.retain(|_, counts| *counts != Counts::default());
        tables
    }
}

fn becomes(ours: &ExamState, key: &RecordKey, changes: &[&FieldChange]) -> Becomes {
    let before = ours.records.get(key).is_some_and(|record| !is_away(record));
    let there = changes.iter().find(|change| change.field == THERE);
    let after = there.map_or(before || !ours.records.contains_key(key), |c| c.after.value != Held::Int(0));
    match (before, after) {
        (false, true) => Becomes::Added,
        (true, false) => Becomes::TakenAway,
        (true, true) if changes.iter().any(|change| is_visible(change)) => Becomes::Changed,
        (true, true) | (false, false) => Becomes::Same,
    }
}

/// Whether the value is another one. Absent, null and, of a set's member, 0 are the same nothing.
fn is_visible(change: &FieldChange) -> bool {
    let is_nothing =
        |value: &Held| *value == Held::Null || (change.field.contains('/') && *value == Held::Int(0));
    match &change.before {
        Some(before) => {
            before.value != change.after.value
                && !(is_nothing(&before.value) && is_nothing(&change.after.value))
        }
        None => !is_nothing(&change.after.value),
    }
}
