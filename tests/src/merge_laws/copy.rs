//! A copy of the exam, and what leaves it.

use super::{Dice, History, Place, exam, moment};
use fieldbook_handover::{Offer, applied, newer_than};
use fieldbook_model::{ExamState, Field, FieldChange, Held, Moment, RecordKey, Seen, Stamp};
use std::collections::BTreeSet;
use std::rc::Rc;

/// A copy of the exam.
#[derive(Debug, Clone)]
pub struct Copy {
    /// Its id.
    pub id: String,
    /// What it holds.
    pub state: ExamState,
    /// By how many minutes its clock is wrong.
    pub skew: i64,
    /// Every write that whoever works here has seen, or whose place another took before they could.
    pub known: Rc<BTreeSet<usize>>,
}

/// A field as somebody wrote it.
#[derive(Debug, Clone)]
pub(super) struct Write {
    pub(super) place: Place,
    pub(super) stamp: Stamp,
    pub(super) value: Held,
    /// What its writer had seen.
    pub(super) past: Rc<BTreeSet<usize>>,
}

/// A package on its way.
#[derive(Debug, Clone)]
pub(super) struct Bundle {
    pub(super) from: usize,
    pub(super) state: ExamState,
    /// What the sender held when it was made.
    pub(super) origin: ExamState,
    since: Option<Seen>,
    known: Rc<BTreeSet<usize>>,
}

impl Bundle {
    pub(super) fn offer(&self, ours: &Seen) -> Offer<'_> {
        match &self.since {
            Some(since) => Offer::since(&self.state, since, ours),
            None => Offer::whole(&self.state),
        }
    }
}

impl Copy {
    /// The stamp of the next entry, who writes it and when.
    pub(super) fn next_entry(&self, minutes: i64) -> (Stamp, String, Moment) {
        let seq = self.state.seen.get(&self.id).copied().unwrap_or(0) + 1;
        let stamp = Stamp { copy: self.id.clone(), seq };
        (stamp, format!("examiner {}", self.id.trim_start_matches('0')), moment(minutes + self.skew))
    }

    pub(super) fn wrote(&mut self, seq: u64) {
        self.state.seen.insert(self.id.clone(), seq);
    }

    pub(super) fn take(&mut self, changes: &[FieldChange], seen: Seen) {
        self.state = applied(std::mem::take(&mut self.state), changes, seen);
    }

    /// Whoever works here knows now what the sender knew. Of a package that came too early this says too much; what is
    /// checked by it then is only that nothing is lost.
    pub(super) fn learn(&mut self, bundle: &Bundle) {
        self.known = Rc::new(self.known.union(&bundle.known).copied().collect());
    }
}

impl History {
    /// An exam with some records, on two to four copies.
    pub(super) fn begin(dice: &mut Dice) -> Self {
        let mut history = Self {
            copies: Vec::new(),
            writes: Vec::new(),
            told: BTreeSet::new(),
            twins: BTreeSet::new(),
            post: Vec::new(),
            minutes: 0,
            prefers_away: dice.below(3) == 0,
            skewed: dice.below(2) == 0,
            tally: super::Tally::default(),
        };
        let count = 2 + dice.below(3);
        let skewed = history.skewed;
        let mut copy = |n: usize| Copy {
            id: format!("{n:032x}"),
            state: ExamState::default(),
            skew: if skewed { i64::try_from(dice.below(4000)).unwrap_or(0) - 2000 } else { 0 },
            known: Rc::default(),
        };
        history.copies.push(copy(1));
        let others: Vec<Copy> = (2..=count).map(&mut copy).collect();
        for _ in 0..4 {
            history.write(0, dice);
        }
        for other in others {
            let Copy { state, known, .. } = history.copies[0].clone();
            history.copies.push(Copy { state, known, ..other });
        }
        history
    }

    /// Somebody writes an entry on a copy.
    pub(super) fn write(&mut self, at: usize, dice: &mut Dice) {
        self.minutes += 1;
        let copy = &self.copies[at];
        let (stamp, by, when) = copy.next_entry(self.minutes);
        let Some((record, fields)) = exam::act(&copy.state, &by, when, dice) else { return };
        self.tally.operations += 1;
        let copy = &mut self.copies[at];
        let held = copy.state.records.entry(record.clone()).or_default();
        let names: Vec<String> = fields.iter().map(|(name, _)| name.clone()).collect();
        for (name, value) in fields {
            held.insert(name, Field { value, stamp: stamp.clone(), by: by.clone(), at: when });
        }
        copy.wrote(stamp.seq);
        for name in names {
            self.record_write(at, &record, &name);
        }
    }

    /// Keeps a field as it stands on the copy where it was just written.
    pub(super) fn record_write(&mut self, at: usize, record: &RecordKey, name: &str) {
        let copy = &mut self.copies[at];
        let field = &copy.state.records[record][name];
        let write = Write {
            place: (record.clone(), name.to_owned()),
            stamp: field.stamp.clone(),
            value: field.value.clone(),
            past: Rc::clone(&copy.known),
        };
        Rc::make_mut(&mut copy.known).insert(self.writes.len());
        self.writes.push(write);
    }

    /// All that a copy holds.
    pub(super) fn whole(&self, from: usize) -> Bundle {
        let Copy { state, known, .. } = self.copies[from].clone();
        Bundle { from, origin: state.clone(), state, since: None, known }
    }

    /// Puts a package on its way: whole, or what one of the others lacks.
    pub(super) fn pack(&mut self, from: usize, dice: &mut Dice) {
        let mut bundle = self.whole(from);
        if dice.below(3) > 0 {
            let since = self.copies[dice.below(self.copies.len())].state.seen.clone();
            bundle.state = newer_than(&exam::rules(), &bundle.origin, &since);
            bundle.since = Some(since);
        }
        self.post.push(bundle);
    }
}
