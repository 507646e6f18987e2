//! Two versions of one field.

use fieldbook_model::{Field, Moment, Seen, WhenBoth};

/// Whose version of a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Ours,
    Theirs,
    /// Nobody can tell but a person.
    Asked,
}

/// How far either side knows the journals.
#[derive(Clone, Copy)]
pub(super) struct Known<'s> {
    pub(super) ours: &'s Seen,
    pub(super) theirs: &'s Seen,
}

impl Known<'_> {
    /// Whether neither side knew of the other's version.
    pub(super) fn apart(self, ours: &Field, theirs: &Field) -> bool {
        ours.stamp != theirs.stamp
            && !ours.stamp.is_seen_by(self.theirs)
            && !theirs.stamp.is_seen_by(self.ours)
    }

    /// Whose version holds. A side that knows the other's entry and has another one changed it knowingly.
    pub(super) fn holds(self, ours: &Field, theirs: &Field, rule: WhenBoth) -> Holds {
        if ours.stamp == theirs.stamp {
            return Holds::Ours;
        }
        match (ours.stamp.is_seen_by(self.theirs), theirs.stamp.is_seen_by(self.ours)) {
            (true, false) => Holds::Theirs,
            (false, true) => Holds::Ours,
            (false, false) if rule == WhenBoth::Ask && ours.value != theirs.value => Holds::Asked,
            // The same value twice gets one stamp on all copies. That both know the other's entry comes of a rule by which a
            // record stayed, or of a damaged copy.
            (false, false) | (true, true) => between(ours, theirs, rule),
        }
    }
}

/// The same answer on both sides, and whichever of several versions meets first.
fn between(ours: &Field, theirs: &Field, rule: WhenBoth) -> Holds {
    let theirs_later = order(theirs) > order(ours);
    let theirs_hold = match rule {
        WhenBoth::Earlier => !theirs_later,
        WhenBoth::Greater if ours.value != theirs.value => theirs.value > ours.value,
        WhenBoth::Greater | WhenBoth::Later | WhenBoth::Ask => theirs_later,
    };
    if theirs_hold { Holds::Theirs } else { Holds::Ours }
}

/// What "later" means: a total order that no two entries share a place in.
pub(super) fn order(field: &Field) -> (Moment, &str, u64) {
    (field.at, &field.stamp.copy, field.stamp.seq)
}
