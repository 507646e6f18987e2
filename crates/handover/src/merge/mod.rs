//! Three-way merge, field by field, as a pure function.
//!
//! There is no third state: each field names the entry that wrote it, and each side how far it knows every journal. A side
//! that knows the entry behind the other's field and has another entry changed the field knowingly, so its field holds.
//! Where neither knows the other's, both changed it: equal values are one, for others there is a rule, or a person decides.
//!
//! - What one side alone has comes in. Records that an offer does not name are not touched.
//! - A record that was taken away stays away, unless it was changed by somebody who did not know: that is a question about
//!   [`THERE`], never a silent loss. Where it was they who changed it, the conflict names their last change as theirs.
//! - Which of two fields holds does not depend on which side asks.
//! - What a person decided gets an entry of its own, also where it leaves our value: whoever meets it later finds that both
//!   former values were known to whoever decided.

mod counts;
mod field;
mod record;
mod resolve;
mod rules;

pub use counts::Counts;
pub use resolve::{Choice, Unresolved, applied, resolve};
pub use rules::Rules;

use field::Known;
use fieldbook_model::{ExamState, FieldChange, FieldConflict, RecordKey, Seen, THERE};
use record::Pair;
use std::collections::BTreeSet;

/// What another copy hands over.
#[derive(Debug, Clone, Copy)]
pub struct Offer<'s> {
    state: &'s ExamState,
    complete: bool,
}

impl<'s> Offer<'s> {
    /// All that a copy holds.
    #[must_use]
    pub fn whole(state: &'s ExamState) -> Self {
        Self { state, complete: true }
    }

    /// What a copy holds beyond `since` ([`newer_than`]), for one that knows as far as `ours`. When that is less than
    /// `since`, something is missing between: then the offer is a part. Better ask for all that the other holds.
    #[must_use]
    pub fn since(state: &'s ExamState, since: &Seen, ours: &Seen) -> Self {
        let complete = since.iter().all(|(copy, seq)| ours.get(copy).is_some_and(|known| known >= seq));
        Self { state, complete }
    }

    /// Some of what a copy holds. What is not in it remains unknown, so that it will be asked for again; and so may be
    /// what was decided already.
    #[must_use]
    pub fn part(state: &'s ExamState) -> Self {
        Self { state, complete: false }
    }

    /// Whether the other knows entries of a copy's journal that the copy itself, knowing as far as `ours`, has not: it was put
    /// back from a backup, and must take another id before it writes or merges anything. Its next entries would have numbers
    /// that others take for known.
    #[must_use]
    pub fn knows_more_of(self, copy: &str, ours: &Seen) -> bool {
        self.state.seen.get(copy).copied().unwrap_or(0) > ours.get(copy).copied().unwrap_or(0)
    }

    /// Whether whoever takes it knows afterwards all that the other copy knew.
    #[must_use]
    pub fn is_complete(self) -> bool {
        self.complete
    }
}

/// What comes of a merge.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merged {
    /// What changes here, by record. Some change only who wrote a value that stays the same.
    pub changes: Vec<FieldChange>,
    /// What both changed and no rule settles.
    pub conflicts: Vec<FieldConflict>,
    /// Records that both sides added, each for itself.
    pub united: BTreeSet<RecordKey>,
    /// Records with conflicts that are away whatever is decided about them.
    pub away: BTreeSet<RecordKey>,
    /// How far this copy knows every journal when it has taken the changes.
    pub seen: Seen,
}

impl Merged {
    /// The conflicts that somebody must decide.
    pub fn open(&self) -> impl Iterator<Item = &FieldConflict> {
        self.conflicts.iter().filter(|conflict| !self.away.contains(&conflict.record))
    }
}

/// Merges what another copy hands over into what this copy holds.
#[must_use]
pub fn merge(rules: &Rules, ours: &ExamState, offer: Offer<'_>) -> Merged {
    let theirs = offer.state;
    let known = Known { ours: &ours.seen, theirs: &theirs.seen };
    let mut out = Merged { seen: ours.seen.clone(), ..Merged::default() };
    for (key, record) in &theirs.records {
        if let Some(ours) = ours.records.get(key) {
            Pair { key, ours, theirs: record, known }.merge(rules, &mut out);
        } else {
            out.changes.extend(record.iter().map(|(field, after)| FieldChange {
                record: key.clone(),
                field: field.clone(),
                before: None,
                after: after.clone(),
            }));
        }
    }
    if offer.complete {
        for (copy, seq) in &theirs.seen {
            let known = out.seen.entry(copy.clone()).or_default();
            *known = (*known).max(*seq);
        }
    }
    out
}

/// The part of a state that a copy which knows as far as `seen` lacks. Fields that are one value come together, and each
/// record says whether it is there.
#[must_use]
pub fn newer_than(rules: &Rules, state: &ExamState, seen: &Seen) -> ExamState {
    let mut part = ExamState { seen: state.seen.clone(), ..ExamState::default() };
    for (key, record) in &state.records {
        let is_new = |name: &str| record.get(name).is_some_and(|field| !field.stamp.is_seen_by(seen));
        let with_new = |name: &String| {
            let mut groups = rules.groups(&key.table).iter();
            groups.any(|group| group.contains(name) && group.iter().any(|other| is_new(other)))
        };
        if record.keys().any(|name| is_new(name)) {
            let fields = record.iter().filter(|(name, _)| *name == THERE || is_new(name) || with_new(name));
            part.records
                .insert(key.clone(), fields.map(|(name, field)| (name.clone(), field.clone())).collect());
        }
    }
    part
}
