//! Which kind of work a record is of, as an examiner counts it.

use crate::view;
use crate::wire::{KindCountView, MergeCountView, RecordKindWord};
use std::collections::BTreeMap;

/// Kinds of records; those that are counted stand for what belongs to them.
const KINDS: &[(&str, RecordKindWord, bool)] = &[
    ("answer", RecordKindWord::Answers, true),
    ("applicability_override", RecordKindWord::Answers, true),
    ("exam", RecordKindWord::Facts, true),
    ("fact", RecordKindWord::Facts, true),
    ("system", RecordKindWord::Facts, true),
    ("system_fact", RecordKindWord::Facts, false),
    ("disposition", RecordKindWord::Dispositions, true),
    ("correction", RecordKindWord::Dispositions, true),
    ("finding", RecordKindWord::Findings, true),
    ("finding_exception", RecordKindWord::Findings, false),
    ("finding_step", RecordKindWord::Findings, false),
    ("reply", RecordKindWord::Findings, true),
    ("follow_up", RecordKindWord::Findings, true),
    ("evidence", RecordKindWord::Evidence, true),
    ("evidence_number", RecordKindWord::Evidence, false),
    ("evidence_transfer", RecordKindWord::Evidence, false),
    ("import_batch", RecordKindWord::Imports, true),
    ("import_file", RecordKindWord::Imports, false),
    ("import_sheet", RecordKindWord::Imports, false),
    ("run", RecordKindWord::Runs, true),
    ("own_procedure", RecordKindWord::Runs, true),
    ("sample", RecordKindWord::Samples, true),
    ("count_entry", RecordKindWord::Count, true),
    ("review_note", RecordKindWord::Notes, true),
    ("sign_off", RecordKindWord::Signatures, true),
    ("reopening", RecordKindWord::Signatures, true),
    ("team_member", RecordKindWord::Team, true),
    ("assignment", RecordKindWord::Team, true),
];

/// The kind of a table's records.
pub(super) fn of(table: &str) -> RecordKindWord {
    KINDS.iter().find(|(name, ..)| *name == table).map_or(RecordKindWord::Other, |(_, kind, _)| *kind)
}

/// The kind as which a table's records are counted; `None` for what belongs to something that is counted.
pub(super) fn counted(table: &str) -> Option<RecordKindWord> {
    match KINDS.iter().find(|(name, ..)| *name == table) {
        Some((_, kind, true)) => Some(*kind),
        Some(_) => None,
        None => Some(RecordKindWord::Other),
    }
}

/// How many records there are of each kind.
pub(super) fn numbers(by_kind: BTreeMap<RecordKindWord, u64>) -> Vec<KindCountView> {
    let some = by_kind.into_iter().filter(|(_, n)| *n > 0);
    some.map(|(kind, n)| KindCountView { kind, n: view::small(n) }).collect()
}

/// What becomes of records, by kind: added, changed, taken away, united.
pub(super) fn merged(by_table: impl IntoIterator<Item = (String, [u64; 4])>) -> Vec<MergeCountView> {
    let mut kinds: BTreeMap<RecordKindWord, [u64; 4]> = BTreeMap::new();
    for (table, n) in by_table {
        if let Some(kind) = counted(&table) {
            let sum = kinds.entry(kind).or_default();
            sum.iter_mut().zip(n).for_each(|(sum, n)| *sum += n);
        }
    }
    kinds
        .into_iter()
        .filter(|(_, n)| n.iter().any(|n| *n > 0))
        .map(|(kind, [added, changed, taken_away, united])| MergeCountView {
            kind,
            added: view::small(added),
            changed: view::small(changed),
            taken_away: view::small(taken_away),
            united: view::small(united),
        })
        .collect()
}
