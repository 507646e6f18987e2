//! Two versions of one record.

use super::Merged;
use super::field::{Holds, Known, order};
use super::rules::Rules;
use fieldbook_model::{Field, FieldChange, FieldConflict, Held, Record, RecordKey, Seen, THERE, WhenBoth};

/// Whether a record was taken away. One that does not say so is there.
pub(super) fn is_away(record: &Record) -> bool {
    record.get(THERE).is_some_and(|there| there.value == Held::Int(0))
}

/// A record that both sides have.
pub(super) struct Pair<'p> {
    pub(super) key: &'p RecordKey,
    pub(super) ours: &'p Record,
    pub(super) theirs: &'p Record,
    pub(super) known: Known<'p>,
}

impl Pair<'_> {
    /// Adds what becomes of the record.
    pub(super) fn merge(&self, rules: &Rules, out: &mut Merged) {
        let asked = out.conflicts.len();
        let away = self.there(rules, out);
        let mut done = vec![THERE];
        for group in rules.groups(&self.key.table) {
            if self.group(group, rules, out) {
                done.extend(group.iter().map(String::as_str));
            }
        }
        for (name, theirs) in self.theirs.iter().filter(|(name, _)| !done.contains(&name.as_str())) {
            let rule = rules.when_both(&self.key.table, name);
            match self.ours.get(name) {
                Some(ours) => self.settle(name, ours, theirs, self.known.holds(ours, theirs, rule), out),
                None => self.put(name, theirs, out),
            }
        }
        if away && out.conflicts.len() > asked {
            out.away.insert(self.key.clone());
        }
    }

    /// Whether the record ends taken away. A removal never takes along a change that whoever removed the record did not
    /// know: then it is a question, or the record stays, where that is the rule.
    fn there(&self, rules: &Rules, out: &mut Merged) -> bool {
        let stays = rules.when_both(&self.key.table, THERE) == WhenBoth::Greater;
        let rule = if stays { WhenBoth::Greater } else { WhenBoth::Ask };
        let (mut ours, mut theirs) = (self.ours.get(THERE).cloned(), self.theirs.get(THERE).cloned());
        let mut holds = match (&ours, &theirs) {
            (Some(ours), Some(theirs)) => self.known.holds(ours, theirs, rule),
            (None, Some(_)) => Holds::Theirs,
            (_, None) => Holds::Ours,
        };
        let (ours_away, theirs_away) = (is_away(self.ours), is_away(self.theirs));
        let (we, they) = (self.known.ours, self.known.theirs);
        if holds == Holds::Ours
            && ours_away
            && !theirs_away
            && let Some(change) = unknown_change(self.ours, we, self.theirs, they)
        {
            theirs = if stays { theirs.or(Some(change)) } else { Some(change) };
            holds = if stays { Holds::Theirs } else { Holds::Asked };
        } else if holds == Holds::Theirs
            && theirs_away
            && !ours_away
            && let Some(change) = unknown_change(self.theirs, they, self.ours, we)
        {
            ours = ours.or(Some(change));
            holds = if stays { Holds::Ours } else { Holds::Asked };
        }
        match (ours, theirs) {
            (Some(ours), Some(theirs)) => {
                if self.known.apart(&ours, &theirs) && !ours_away && !theirs_away {
                    out.united.insert(self.key.clone());
                }
                self.settle(THERE, &ours, &theirs, holds, out);
            }
            (None, Some(theirs)) => self.put(THERE, &theirs, out),
            (_, None) => {}
        }
        match holds {
            Holds::Ours => ours_away,
            Holds::Theirs => theirs_away,
            Holds::Asked => false,
        }
    }

    /// Takes fields that are one value from one side; `false` when they are none here.
    fn group(&self, group: &[String], rules: &Rules, out: &mut Merged) -> bool {
        let rule = group.first().map_or(WhenBoth::Ask, |first| rules.when_both(&self.key.table, first));
        let (Some(ours), Some(theirs)) = (latest(self.ours, group), latest(self.theirs, group)) else {
            return false;
        };
        if rule == WhenBoth::Ask {
            return false;
        }
        let theirs_hold = self.known.holds(ours, theirs, rule) == Holds::Theirs;
        for name in group {
            if let Some(theirs) = self.theirs.get(name)
                && (theirs_hold || !self.ours.contains_key(name))
            {
                self.put(name, theirs, out);
            }
        }
        true
    }

    fn settle(&self, name: &str, ours: &Field, theirs: &Field, holds: Holds, out: &mut Merged) {
        match holds {
            Holds::Ours => self.put(name, ours, out),
            Holds::Theirs => self.put(name, theirs, out),
            Holds::Asked => out.conflicts.push(FieldConflict {
                record: self.key.clone(),
                field: name.to_owned(),
                ours: ours.clone(),
                theirs: theirs.clone(),
            }),
        }
    }

    /// A change, where our field is another one.
    fn put(&self, name: &str, after: &Field, out: &mut Merged) {
        let before = self.ours.get(name);
        if before.is_none_or(|before| before.stamp != after.stamp) {
            out.changes.push(FieldChange {
                record: self.key.clone(),
                field: name.to_owned(),
                before: before.cloned(),
                after: after.clone(),
            });
        }
    }
}

/// The last change of a record that another side removed without knowing the change, and without its being known there; as
/// a [`THERE`] that says that the record is.
fn unknown_change(removed: &Record, remover: &Seen, changed: &Record, changer: &Seen) -> Option<Field> {
    if removed.get(THERE).is_some_and(|there| there.stamp.is_seen_by(changer)) {
        return None;
    }
    let unknown = changed.iter().filter(|(name, field)| *name != THERE && !field.stamp.is_seen_by(remover));
    let last = unknown.map(|(_, field)| field).max_by(|a, b| order(a).cmp(&order(b)))?;
    Some(Field { value: Held::Int(1), ..last.clone() })
}

fn latest<'r>(record: &'r Record, group: &[String]) -> Option<&'r Field> {
    group.iter().filter_map(|name| record.get(name)).max_by(|a, b| order(a).cmp(&order(b)))
}
