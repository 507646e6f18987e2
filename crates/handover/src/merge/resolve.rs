//! What a person decided about the conflicts of a merge.

use super::Merged;
use super::field::order;
use fieldbook_model::{
    ExamState, Field, FieldChange, FieldConflict, Held, Moment, RecordKey, Seen, Stamp, THERE,
};
use std::collections::BTreeMap;

/// A decision about a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The value here.
    Ours,
    /// The value there.
    Theirs,
    /// A third one.
    Other(Held),
}

/// Decisions that do not fit the conflicts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} conflicts are open, {} decisions fit none", open.len(), unfit.len())]
pub struct Unresolved {
    /// Conflicts without a decision.
    pub open: Vec<(RecordKey, String)>,
    /// Decisions about what is in no conflict, or that are none.
    pub unfit: Vec<(RecordKey, String)>,
}

/// All changes of a merge, with what was decided. Whatever was decided gets the stamp of the merge's own entry.
///
/// A record that is away, or that a decision takes away, needs no decision about its other fields: the later of each
/// holds.
///
/// # Errors
/// [`Unresolved`] when a decision is missing or one fits no conflict.
pub fn resolve(
    merged: &Merged,
    choices: &BTreeMap<(RecordKey, String), Choice>,
    stamp: &Stamp,
    by: &str,
    at: Moment,
) -> Result<Vec<FieldChange>, Unresolved> {
    let place = |conflict: &FieldConflict| (conflict.record.clone(), conflict.field.clone());
    let mut waiting: BTreeMap<_, _> = choices.iter().collect();
    let mut away = merged.away.clone();
    let (mut changes, mut open, mut unfit) = (merged.changes.clone(), Vec::new(), Vec::new());
    // Whether a record is there is decided before its other fields.
    let (there, fields): (Vec<_>, Vec<_>) =
        merged.conflicts.iter().partition(|conflict| conflict.field == THERE);
    for conflict in there.into_iter().chain(fields) {
        let value = match waiting.remove(&place(conflict)) {
            Some(Choice::Ours) => &conflict.ours.value,
            Some(Choice::Theirs) => &conflict.theirs.value,
            Some(Choice::Other(value)) => value,
            None if away.contains(&conflict.record) => {
                changes.extend(later(conflict));
                continue;
            }
            None => {
                open.push(place(conflict));
                continue;
            }
        };
        if conflict.field == THERE {
            match value {
                Held::Int(0) => drop(away.insert(conflict.record.clone())),
                Held::Int(1) => {}
                _ => unfit.push(place(conflict)),
            }
        }
        let after = Field { value: value.clone(), stamp: stamp.clone(), by: by.to_owned(), at };
        changes.push(change(conflict, after));
    }
    unfit.extend(waiting.into_keys().cloned());
    if open.is_empty() && unfit.is_empty() { Ok(changes) } else { Err(Unresolved { open, unfit }) }
}

/// What a copy holds after changes, knowing the journals as far as `seen`.
#[must_use]
pub fn applied(mut ours: ExamState, changes: &[FieldChange], seen: Seen) -> ExamState {
    for change in changes {
        let record = ours.records.entry(change.record.clone()).or_default();
        record.insert(change.field.clone(), change.after.clone());
    }
    ours.seen = seen;
    ours
}

fn later(conflict: &FieldConflict) -> Option<FieldChange> {
    let theirs_later = order(&conflict.theirs) > order(&conflict.ours);
    theirs_later.then(|| change(conflict, conflict.theirs.clone()))
}

fn change(conflict: &FieldConflict, after: Field) -> FieldChange {
    FieldChange {
        record: conflict.record.clone(),
        field: conflict.field.clone(),
        before: Some(conflict.ours.clone()),
        after,
    }
}
