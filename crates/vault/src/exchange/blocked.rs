//! What a signature stands in the way of.

use super::fields;
use super::rules::{self, Paper};
use crate::error::VaultError;
use crate::exam_store::ExamStore;
use crate::table::{answer, record_state, sign_off};
use fieldbook_model::{ClauseId, FieldChange, Held, RecordKey, Seen, Stamp, WHOLE_EXAM};
use std::collections::{BTreeMap, BTreeSet};

/// A signature that a merge would go against.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Blocked {
    /// The paper.
    pub paper: String,
    /// Signed here, and the merge would change it; else signed there, and what was written here meanwhile is not in what
    /// was signed.
    pub here: bool,
    /// How many records are in the way.
    pub records: u64,
}

const DAMAGED: VaultError = VaultError::Damaged { what: "package" };

/// Values by column that tell which paper a record is part of: its key, and what its fields say.
fn paper_of(record: &RecordKey, value: &dyn Fn(&str) -> Option<Held>) -> Result<Option<String>, VaultError> {
    let table = rules::of(&record.table).ok_or(DAMAGED)?;
    let column = |name: &str| -> Result<String, VaultError> {
        let at = table.key.iter().position(|c| *c == name);
        let held = match at {
            Some(at) => fields::key_values(table, &record.key)?.into_iter().nth(at),
            None => value(name),
        };
        match held {
            Some(Held::Text(text)) => Ok(text),
            _ => Err(DAMAGED),
        }
    };
    Ok(match table.paper {
        Paper::Is(paper) => Some(paper.to_owned()),
        Paper::In(name) => Some(column(name)?),
        Paper::OfClause(name) => Some(answer::paper(&ClauseId::parse(&column(name)?).map_err(|_| DAMAGED)?)),
        Paper::Whole => Some(WHOLE_EXAM.to_owned()),
        Paper::None => None,
    })
}

impl ExamStore {
    /// The signatures that these changes would go against. `their_seen` is how far the other copy knows the journals.
    ///
    /// # Errors
    /// When the store cannot be read, [`VaultError::Damaged`] for changes that no exam has.
    pub fn merge_blocked(
        &self,
        changes: &[FieldChange],
        their_seen: &Seen,
    ) -> Result<Vec<Blocked>, VaultError> {
        let mut by_record: BTreeMap<&RecordKey, Vec<&FieldChange>> = BTreeMap::new();
        for change in changes {
            by_record.entry(&change.record).or_default().push(change);
        }
        let mut here: BTreeMap<String, u64> = BTreeMap::new();
        let mut there: BTreeSet<String> = BTreeSet::new();
        for (record, changes) in &by_record {
            // Who wrote a field may become known better without the field saying anything else.
            if changes.iter().all(|c| c.before.as_ref().is_some_and(|b| b.value == c.after.value)) {
                continue;
            }
            let known = record_state::of(&self.conn, &record.table, &record.key)?.unwrap_or_default();
            let value = |field: &str| {
                let new = changes.iter().find(|c| c.field == field).map(|c| c.after.value.clone());
                new.or_else(|| known.get(field).map(|w| w.value.clone()))
            };
            let paper = paper_of(record, &value)?;
            let reviewer = Some(Held::Text("reviewer".to_owned()));
            if record.table == "sign_off" {
                there.extend(paper.clone().filter(|_| value("role") == reviewer));
            }
            for paper in paper.into_iter().chain([WHOLE_EXAM.to_owned()]).collect::<BTreeSet<_>>() {
                let free = matches!(rules::of(&record.table), Some(t) if t.paper == Paper::None);
                if !free && sign_off::is_reviewed(&self.conn, &paper)? {
                    *here.entry(paper).or_default() += 1;
                }
            }
        }
        let mut out: Vec<Blocked> =
            here.into_iter().map(|(paper, records)| Blocked { paper, here: true, records }).collect();
        if !there.is_empty() {
            out.extend(self.unseen_under(&there, their_seen)?);
        }
        Ok(out)
    }

    /// Records under these papers that say something here which the other copy has not seen.
    fn unseen_under(&self, papers: &BTreeSet<String>, seen: &Seen) -> Result<Vec<Blocked>, VaultError> {
        let names = super::state::ids(&self.conn)?;
        let mut found: BTreeMap<String, u64> = BTreeMap::new();
        record_state::each(&self.conn, &mut |table, key, state| {
            let unseen = state.values().any(|w| {
                let stamp = Stamp { copy: names.get(&w.copy).cloned().unwrap_or_default(), seq: w.seq };
                !stamp.is_seen_by(seen)
            });
            if !unseen || table == "sign_off" {
                return Ok(());
            }
            let record = RecordKey { table: table.to_owned(), key: key.to_owned() };
            let paper = paper_of(&record, &|field| state.get(field).map(|w| w.value.clone()))?;
            if let Some(paper) = paper {
                for signed in papers.iter().filter(|p| **p == paper || p.as_str() == WHOLE_EXAM) {
                    *found.entry(signed.clone()).or_default() += 1;
                }
            }
            Ok(())
        })?;
        Ok(found.into_iter().map(|(paper, records)| Blocked { paper, here: false, records }).collect())
    }
}
