//! Invented histories of an exam on several copies, and the laws that every merge in them keeps.
//!
//! A history knows what no copy knows: which entries whoever wrote one had really seen. So it can tell whether a merge lost
//! something, and whether it asked without need.

mod copy;
mod end;
mod exam;

pub use copy::Copy;

use copy::{Bundle, Write};
use fieldbook_handover::{Choice, Offer, merge, resolve};
use fieldbook_model::{ExamState, Field, FieldConflict, Held, Moment, RecordKey, Stamp, THERE};
use std::collections::{BTreeMap, BTreeSet};

/// Numbers from a seed: the same everywhere (SplitMix64).
#[derive(Debug, Clone)]
pub struct Dice(pub u64);

impl Dice {
    /// The next number below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % end.max(1) as u64).unwrap_or(0)
    }
}

/// What happened in a history, or in many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Histories.
    pub histories: u64,
    /// Entries that somebody wrote.
    pub operations: u64,
    /// Packages that somebody merged.
    pub merges: u64,
    /// Fields about which somebody had to be asked.
    pub conflicts: u64,
    /// Records that two copies had added.
    pub united: u64,
    /// Packages that came too early, so that something was missing before them.
    pub gaps: u64,
}

impl Tally {
    /// Adds another.
    pub fn add(&mut self, other: Self) {
        self.histories += other.histories;
        self.operations += other.operations;
        self.merges += other.merges;
        self.conflicts += other.conflicts;
        self.united += other.united;
        self.gaps += other.gaps;
    }
}

/// A field of a record.
type Place = (RecordKey, String);

/// Copies of one exam, and everything that was ever written on them.
#[derive(Clone)]
pub struct History {
    copies: Vec<Copy>,
    writes: Vec<Write>,
    /// Values that somebody was shown in a conflict, or that a rule decided about.
    told: BTreeSet<(Place, Held)>,
    /// Writes of one value into one field that met without having known of one another.
    twins: BTreeSet<(usize, usize)>,
    /// Packages on their way; each may arrive at any time, anywhere, and again.
    post: Vec<Bundle>,
    minutes: i64,
    /// Whether somebody who removed a record is believed, rather than who changed it.
    prefers_away: bool,
    /// Whether the clocks of the copies differ.
    skewed: bool,
    tally: Tally,
}

/// Runs a history of so many steps, and then what follows from it.
///
/// # Errors
/// The law that was broken, and where.
pub fn run(seed: u64, steps: usize) -> Result<Tally, String> {
    let mut dice = Dice(seed);
    let mut history = History::begin(&mut dice);
    for _ in 0..steps {
        history.step(&mut dice)?;
    }
    history.both_ways()?;
    history.converge()?;
    history.any_order(&mut dice)?;
    history.tally.histories = 1;
    Ok(history.tally)
}

impl History {
    /// Something happens on some copy.
    fn step(&mut self, dice: &mut Dice) -> Result<(), String> {
        let at = dice.below(self.copies.len());
        match dice.below(10) {
            0..=5 => self.write(at, dice),
            6 => self.pack(at, dice),
            7 => {
                let from = dice.below(self.copies.len());
                let bundle = self.whole(from);
                self.receive(at, &bundle)?;
            }
            _ if self.post.is_empty() => self.pack(at, dice),
            _ => {
                let bundle = self.post[dice.below(self.post.len())].clone();
                self.receive(at, &bundle)?;
            }
        }
        Ok(())
    }

    /// A copy merges what another sent, and asks about what it cannot know.
    fn receive(&mut self, to: usize, bundle: &Bundle) -> Result<(), String> {
        let (rules, ours) = (exam::rules(), self.copies[to].state.clone());
        let offer = bundle.offer(&ours.seen);
        let merged = merge(&rules, &ours, offer);
        self.tally.merges += 1;
        self.tally.conflicts += merged.open().count() as u64;
        self.tally.united += merged.united.len() as u64;
        self.tally.gaps += u64::from(!offer.is_complete());
        if self.tally.gaps == 0 {
            self.only_what_both_changed_is_asked(&merged.conflicts)?;
        }
        self.note_what_is_told(to, bundle, &merged.conflicts);
        let choices = self.choices(&merged.conflicts);
        let (stamp, by, when) = self.copies[to].next_entry(self.minutes);
        let changes = resolve(&merged, &choices, &stamp, &by, when).map_err(|e| e.to_string())?;
        self.copies[to].learn(bundle);
        self.copies[to].take(&changes, merged.seen);
        if !choices.is_empty() {
            self.copies[to].wrote(stamp.seq);
            for (record, field) in choices.keys() {
                self.record_write(to, record, field);
            }
        }
        self.nothing_is_removed_unknown(to, &merged.conflicts)?;
        self.what_is_one_comes_from_one_side(to)?;
        let now = &self.copies[to].state;
        let again = merge(&rules, now, Offer::whole(now));
        if !again.changes.is_empty() || !again.conflicts.is_empty() {
            return Err(format!("a copy merged with itself changes: {again:?}"));
        }
        // What came too early stays unknown to whoever has it, and so is asked about anew.
        if self.tally.gaps == 0 {
            let again = merge(&rules, now, bundle.offer(&now.seen));
            if !again.changes.is_empty() || !again.conflicts.is_empty() {
                return Err(format!("the same package twice changes something: {again:?}"));
            }
            self.is_asked_once(to, bundle, &merged.conflicts)?;
        }
        Ok(())
    }

    /// Whoever sent the package and did nothing since takes what was decided here without a question.
    fn is_asked_once(&self, to: usize, bundle: &Bundle, decided: &[FieldConflict]) -> Result<(), String> {
        let sender = &self.copies[bundle.from];
        if sender.state != bundle.origin || decided.is_empty() {
            return Ok(());
        }
        let back = merge(&exam::rules(), &sender.state, Offer::whole(&self.copies[to].state));
        if back.conflicts.is_empty() { Ok(()) } else { Err(format!("asked again: {:?}", back.conflicts)) }
    }

    /// The same decisions on every copy: the greater value, and about whole records as this history has it.
    fn choices(&self, conflicts: &[FieldConflict]) -> BTreeMap<Place, Choice> {
        let decide = |c: &FieldConflict| {
            let greater = c.ours.value > c.theirs.value;
            if greater != (self.prefers_away && c.field == THERE) { Choice::Ours } else { Choice::Theirs }
        };
        conflicts.iter().map(|c| ((c.record.clone(), c.field.clone()), decide(c))).collect()
    }

    fn write_of(&self, place: &Place, stamp: &Stamp) -> Option<usize> {
        self.writes.iter().rposition(|w| w.place == *place && w.stamp == *stamp)
    }

    /// Whoever wrote one of these entries had seen the other.
    fn knew(&self, one: usize, other: usize) -> bool {
        self.writes[one].past.contains(&other) || self.writes[other].past.contains(&one)
    }

    fn only_what_both_changed_is_asked(&self, conflicts: &[FieldConflict]) -> Result<(), String> {
        for conflict in conflicts {
            let find = |field: &Field| {
                let there = (conflict.record.clone(), conflict.field.clone());
                // What stands against a removal is some change of the record.
                self.write_of(&there, &field.stamp).or_else(|| {
                    self.writes.iter().position(|w| w.stamp == field.stamp && w.place.0 == conflict.record)
                })
            };
            if let (Some(ours), Some(theirs)) = (find(&conflict.ours), find(&conflict.theirs))
                && conflict.field != THERE
                && self.knew(ours, theirs)
            {
                return Err(format!("asked though one side alone changed it: {conflict:?}"));
            }
        }
        Ok(())
    }

    /// Both values of a conflict, and of what a rule decided.
    fn note_what_is_told(&mut self, to: usize, bundle: &Bundle, conflicts: &[FieldConflict]) {
        for conflict in conflicts {
            for field in [&conflict.ours, &conflict.theirs] {
                self.told.insert(((conflict.record.clone(), conflict.field.clone()), field.value.clone()));
            }
        }
        let mut met = Vec::new();
        let (we, they) = (&self.copies[to].state, &bundle.state);
        for (key, record) in &they.records {
            let Some(held) = we.records.get(key) else { continue };
            for (name, theirs) in record {
                let Some(ours) = held.get(name) else { continue };
                let is_open = |name: &str| match (held.get(name), record.get(name)) {
                    (Some(a), Some(b)) => a.stamp.is_seen_by(&they.seen) == b.stamp.is_seen_by(&we.seen),
                    _ => false,
                };
                // Whether a record stays is decided by other fields than that one, too.
                let stays = name == THERE && exam::has_rule(key, name) && ours.value != theirs.value;
                if stays || exam::together(name).into_iter().any(is_open) {
                    met.push(((key.clone(), name.clone()), ours.clone(), theirs.clone()));
                }
            }
        }
        for (place, ours, theirs) in met {
            let writes = (self.write_of(&place, &ours.stamp), self.write_of(&place, &theirs.stamp));
            if let (Some(one), Some(other)) = writes
                && ours.value == theirs.value
            {
                self.twins.extend([(one, other), (other, one)]);
            } else if exam::has_rule(&place.0, &place.1) {
                self.told.extend([(place.clone(), ours.value), (place, theirs.value)]);
            }
        }
    }

    /// Whether somebody wrote over a value who had seen it, in this entry or in one that met it.
    fn is_overwritten(&self, write: usize) -> bool {
        let mut same = BTreeSet::from([write]);
        while let Some(&(_, more)) =
            self.twins.iter().find(|(one, two)| same.contains(one) && !same.contains(two))
        {
            same.insert(more);
        }
        let place = &self.writes[write].place;
        self.writes.iter().any(|later| later.place == *place && !later.past.is_disjoint(&same))
    }

    /// Who wrote last is whoever wrote at that time.
    fn what_is_one_comes_from_one_side(&self, to: usize) -> Result<(), String> {
        for (key, record) in &self.copies[to].state.records {
            let (Some(by), Some(at)) = (record.get("by"), record.get("at")) else { continue };
            if by.value != Held::Text(at.by.clone()) {
                return Err(format!("{key:?} was written by {by:?}, and at {at:?}"));
            }
        }
        Ok(())
    }

    /// A record is away only when whoever removed it knew all that was written about it, or somebody was asked.
    fn nothing_is_removed_unknown(&self, to: usize, conflicts: &[FieldConflict]) -> Result<(), String> {
        for (key, record) in &self.copies[to].state.records {
            let asked = conflicts.iter().any(|c| c.record == *key && c.field == THERE);
            if asked || !exam::is_away(record) {
                continue;
            }
            let there = (key.clone(), THERE.to_owned());
            let all = self.writes.iter().enumerate();
            let removals: Vec<(usize, &Write)> =
                all.filter(|(_, w)| w.place == there && w.value == Held::Int(0)).collect();
            for (name, field) in record.iter().filter(|(name, _)| *name != THERE) {
                let Some(write) = self.write_of(&(key.clone(), name.clone()), &field.stamp) else { continue };
                let knew =
                    |(at, removal): &(usize, &Write)| removal.stamp == field.stamp || self.knew(*at, write);
                if !removals.iter().any(knew) {
                    return Err(format!("{key:?} is away, and nobody who removed it knew {name}: {field:?}"));
                }
            }
        }
        Ok(())
    }
}

/// What is compared of two copies: values, not who wrote them.
fn values(state: &ExamState) -> BTreeMap<Place, Held> {
    let fields = state.records.iter().flat_map(|(key, record)| {
        record.iter().map(move |(name, field)| ((key.clone(), name.clone()), field.value.clone()))
    });
    fields.filter(|((_, name), value)| !(name.contains('/') && *value == Held::Int(0))).collect()
}

fn moment(minutes: i64) -> Moment {
    jiff::civil::date(2026, 3, 2).at(9, 0, 0, 0).saturating_add(jiff::SignedDuration::from_mins(minutes))
}
