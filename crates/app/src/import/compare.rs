//! Before and after: a table that is not stored yet beside the stored list that it would take the place of.

use super::order::{ImportOrder, SheetOrder};
use super::pace::{Meter, Pace};
use super::plan::Planner;
use super::take::{Taker, Target};
use super::{open, views};
use crate::desk::Desk;
use crate::error::{AppError, internal};
use crate::view;
use crate::wire::{
    ComparedCellView, ComparedRowView, ImportCompareCountsView, ImportCompareRequest, ImportCompareView,
};
use fieldbook_model::DatasetDef;
use fieldbook_vault::{ChangedRow, Comparison, DataRow, RowChange};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Rows of each kind in one answer.
const MOST: u32 = 200;

/// Writes the table into a batch that is never completed, compares, and leaves the exam as it was.
///
/// # Errors
/// `too_many`, `bad_mapping` without anything to compare with, `cancelled`, whatever is wrong with the file, or the
/// store's.
pub fn compare(desk: &mut Desk, request: &ImportCompareRequest) -> Result<ImportCompareView, AppError> {
    if request.limit > MOST {
        return Err(AppError::new("too_many"));
    }
    let mut order = ImportOrder::from_choice(&desk.bundle, &request.file)?;
    let [table] = order.tables.as_mut_slice() else {
        return Err(AppError::new("bad_mapping").with("what", &request.file.path));
    };
    let SheetOrder { dataset, replaces, .. } = &mut table.order;
    let older = replaces.take().ok_or_else(|| AppError::new("bad_mapping").with("what", "replaces"))?;
    let key = dataset.clone().unwrap_or_default();
    let (cancel, at) = (desk.cancel_flag(), desk.host.now());
    cancel.store(false, Ordering::Relaxed);
    let bundle = Arc::clone(&desk.bundle);
    let host = desk.host.clone();
    desk.exam()?;
    let (Some(exam), Some(vault)) = (desk.exam.as_mut(), desk.vault.as_ref()) else {
        return Err(internal("no exam"));
    };
    let head = exam.store.exam()?;
    let planner =
        Planner { bundle: &bundle, vault: &vault.vault, firm: head.firm, as_of: head.as_of, profiles: &[] };
    let by = exam.examiner.clone();
    let target = Target::Batch(Box::new(exam.store.begin_import("", &by, at)?));
    let mut taker = Taker { planner: &planner, cancel: &cancel, target };
    let opened = open(&host, &order.path, order.encoding.as_deref(), &cancel);
    let pace = Pace::new(&host.ticks, std::iter::once(order.path.as_str()));
    let file = taker.file(opened, &order, &mut Meter::new(pace, &mut |_| {}))?;
    let Target::Batch(writer) = taker.target else { return Err(internal("no batch")) };
    let newer: Vec<i64> = file.tables.iter().map(|t| t.id).collect();
    if newer.is_empty() {
        return Err(file.reason.unwrap_or_else(|| internal("nothing to compare")));
    }
    let (offset, limit) = (u64::from(request.offset), u64::from(request.limit));
    let mut stop = || cancel.load(Ordering::Relaxed);
    let found = writer.compare_sheets(&[older], &newer, offset, limit, &mut stop)?;
    let def = bundle.dataset(&key).ok_or_else(|| internal("dataset"))?;
    Ok(shown(def, &found))
}

fn shown(def: &DatasetDef, found: &Comparison) -> ImportCompareView {
    let zh = |keys: &[String]| keys.iter().map(|k| views::column_zh(Some(def), k)).collect();
    ImportCompareView {
        before: view::number(found.before),
        after: view::number(found.after),
        counts: found.rows.map(|rows| ImportCompareCountsView {
            added: view::number(rows.added),
            removed: view::number(rows.removed),
            changed: view::number(rows.changed),
            equal: view::number(rows.equal),
            unkeyed: view::number(rows.unkeyed_before + rows.unkeyed_after),
        }),
        new_columns: zh(&found.new_columns),
        gone_columns: zh(&found.gone_columns),
        key_columns: zh(&found.key),
        rows: found.differing.iter().map(|row| compared(def, found, row)).collect(),
    }
}

fn compared(def: &DatasetDef, found: &Comparison, row: &ChangedRow) -> ComparedRowView {
    let any = row.after.as_ref().or(row.before.as_ref());
    let text = |data: &DataRow, key: &str| {
        let at = found.columns.iter().position(|c| c == key)?;
        views::cell_text(def.column(key), data.cells.get(at)?)
    };
    let key = def.row_key.iter().filter_map(|k| text(any?, k)).collect::<Vec<_>>().join(" ／ ");
    let whole = |data: &DataRow, before: bool| -> Vec<ComparedCellView> {
        let cell = |c: &String| {
            let value = text(data, c)?;
            let column = views::column_zh(Some(def), c);
            let (old, new) = if before { (Some(value), None) } else { (None, Some(value)) };
            Some(ComparedCellView { column, before: old, after: new })
        };
        found.columns.iter().filter_map(cell).collect()
    };
    let cells = match (&row.change, &row.before, &row.after) {
        (RowChange::Added, _, Some(data)) => whole(data, false),
        (RowChange::Removed, Some(data), _) => whole(data, true),
        _ => row
            .cells
            .iter()
            .map(|c| ComparedCellView {
                column: views::column_zh(Some(def), &c.column),
                before: views::cell_text(def.column(&c.column), &c.before),
                after: views::cell_text(def.column(&c.column), &c.after),
            })
            .collect(),
    };
    ComparedRowView {
        change: match row.change {
            RowChange::Added => "added",
            RowChange::Removed => "removed",
            RowChange::Changed => "changed",
        }
        .to_owned(),
        key,
        row_before: row.before.as_ref().map(|d| d.source.row),
        row_after: row.after.as_ref().map(|d| d.source.row),
        cells,
    }
}
