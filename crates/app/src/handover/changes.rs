//! The list of what a package changes, some rows at a time.

use super::take::{Looked, looked_at};
use super::{kinds, plan, words};
use crate::dates;
use crate::desk::Desk;
use crate::error::AppError;
use crate::view;
use crate::wire::{MergeChangeView, StandingWord, TakeInChangesRequest, TakeInChangesView};
use fieldbook_handover::Merged;
use fieldbook_model::{ExamState, Field, FieldChange, Held, RecordKey, THERE};
use std::collections::BTreeMap;

/// Rows of the list of changes that are given at once at most.
const MOST: u32 = 500;

/// A row of the list of changes.
pub(super) struct Row {
    record: RecordKey,
    /// A change of the record; `None` where the record comes in or goes as a whole.
    change: Option<FieldChange>,
    after: Option<Field>,
}

/// The list of changes: a record that comes in or goes is one row, of another each field that says something else.
pub(super) fn rows(merged: &Merged, ours: &ExamState) -> Vec<Row> {
    let mut by_record: BTreeMap<&RecordKey, Vec<&FieldChange>> = BTreeMap::new();
    for change in &merged.changes {
        by_record.entry(&change.record).or_default().push(change);
    }
    let mut out = Vec::new();
    for (record, changes) in by_record {
        if kinds::counted(&record.table).is_none() {
            continue;
        }
        let there = changes
            .iter()
            .find(|c| c.field == THERE && c.before.as_ref().is_none_or(|b| b.value != c.after.value));
        let known = ours.records.get(record).is_some_and(plan::is_there);
        if let Some(there) = there.filter(|c| known || c.after.value == Held::Int(1)) {
            out.push(Row { record: record.clone(), change: None, after: Some(there.after.clone()) });
            continue;
        }
        let seen = changes.iter().filter(|c| !words::is_silent(&c.field) && c.field != THERE);
        let differs = |c: &&&FieldChange| c.before.as_ref().map(|b| &b.value) != Some(&c.after.value);
        out.extend(seen.filter(differs).map(|c| Row {
            record: record.clone(),
            change: Some((*c).clone()),
            after: None,
        }));
    }
    out.sort_by(|a, b| (kinds::of(&a.record.table), &a.record).cmp(&(kinds::of(&b.record.table), &b.record)));
    out
}

/// Some of the changes of the package that was looked at last.
///
/// # Errors
/// `handover_not_looked_at` when it was another one.
pub fn changes(desk: &Desk, request: &TakeInChangesRequest) -> Result<TakeInChangesView, AppError> {
    let looked = looked_at(desk, &request.sha256)?;
    let of_kind: Vec<&Row> = looked
        .rows
        .iter()
        .filter(|row| request.kind.is_none_or(|kind| kinds::of(&row.record.table) == kind))
        .collect();
    let (skip, take) = (request.offset as usize, request.limit.min(MOST) as usize);
    let ours = desk.exam.as_ref().filter(|_| looked.standing != StandingWord::NewExam);
    let ours = ours.map(|open| open.store.exchange_state(None)).transpose()?.unwrap_or_default();
    let rows =
        of_kind.iter().skip(skip).take(take).map(|row| change_view(desk, looked, &ours, row)).collect();
    Ok(TakeInChangesView { total: view::small(of_kind.len()), rows })
}

fn change_view(desk: &Desk, looked: &Looked, ours: &ExamState, row: &Row) -> MergeChangeView {
    let key = &row.record;
    let record = looked.state.records.get(key).or_else(|| ours.records.get(key));
    let mut whole = ours.records.get(key).cloned().unwrap_or_default();
    whole.extend(record.cloned().unwrap_or_default());
    let what = words::what(&desk.bundle, key, &whole, &looked.exam.case_no);
    let kind = kinds::of(&key.table);
    match (&row.change, &row.after) {
        (Some(c), _) => MergeChangeView {
            kind,
            what,
            field: words::field(&desk.bundle, &key.table, &c.field),
            before: c.before.as_ref().and_then(|b| words::value(&key.table, &c.field, &b.value)),
            after: words::value(&key.table, &c.field, &c.after.value),
            by: c.after.by.clone(),
            at: dates::moment(c.after.at),
        },
        (None, after) => {
            let comes = after.as_ref().is_some_and(|f| f.value == Held::Int(1));
            let said = Some(words::summary(&desk.bundle, &key.table, &whole)).filter(|s| !s.is_empty());
            let said = said.or_else(|| Some(what.clone()));
            let (before, after_text) = if comes { (None, said) } else { (said, None) };
            MergeChangeView {
                kind,
                what,
                field: String::new(),
                before,
                after: after_text,
                by: after.as_ref().map(|f| f.by.clone()).unwrap_or_default(),
                at: after.as_ref().map(|f| dates::moment(f.at)).unwrap_or_default(),
            }
        }
    }
}
