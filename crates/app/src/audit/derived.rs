//! Inferred columns (the kind of an account): what was stated, what was inferred and from what, and the examiner's
//! corrections, which are remembered for the firm.

use super::run::{Watch, derived};
use crate::desk::Desk;
use crate::error::AppError;
use crate::store::VaultStore;
use crate::view;
use crate::wire::{CorrectRequest, DerivedCountView, DerivedPageView, DerivedRequest, DerivedRowView};
use fieldbook_audit::DatasetStore;
use fieldbook_checklist::Bundle;
use fieldbook_model::{Column, Correction, DatasetDef, Derived, DerivedValue, Exam};
use fieldbook_vault::ReaderScope;
use std::collections::{BTreeMap, BTreeSet};

/// How many columns of a row are shown to recognise it by.
const SHOWN: usize = 5;

/// What a request is about.
struct About<'a> {
    def: &'a DatasetDef,
    derived: &'a Derived,
    column: &'a Column,
}

fn about<'a>(bundle: &'a Bundle, dataset: &str, column: &str) -> Result<About<'a>, AppError> {
    let unknown = || AppError::new("unknown_column").with("column", column);
    let def = bundle.dataset(dataset).ok_or_else(unknown)?;
    let derived = def.derived.iter().find(|d| d.column == column).ok_or_else(unknown)?;
    Ok(About { def, derived, column: def.column(column).ok_or_else(unknown)? })
}

/// One row as the list has it.
struct Listed {
    id: i64,
    name: Option<String>,
    stated: Option<String>,
    cells: Vec<Option<String>>,
}

fn columns(a: &About<'_>) -> Vec<String> {
    let keys = a.def.row_key.iter().chain(a.def.columns.iter().map(|c| &c.key));
    let mut out: Vec<String> = Vec::new();
    for key in keys.filter(|key| **key != a.column.key) {
        if !out.contains(key) {
            out.push(key.clone());
        }
    }
    out.truncate(SHOWN.max(a.def.row_key.len()));
    out
}

fn listed(desk: &Desk, a: &About<'_>, watch: &Watch) -> Result<Vec<Listed>, AppError> {
    let store = VaultStore(desk.exam()?.store.reader_of(ReaderScope::default(), watch.question())?);
    let keys = columns(a);
    let sql =
        format!("SELECT _id, \"{}\", {} FROM {} ORDER BY _id", a.column.key, keys.join(", "), a.def.key);
    let mut out = Vec::new();
    let mut each = |id: i64, cells: Vec<(String, Option<String>)>| {
        let cell = |key: &str| cells.iter().find(|(k, _)| k == key).and_then(|(_, v)| v.clone());
        let (name, stated) = (a.def.row_name(cell), cell(&a.column.key));
        out.push(Listed { id, name, stated, cells: keys.iter().map(|key| cell(key)).collect() });
    };
    store
        .rows(&sql, &[], &mut each)
        .map_err(|error| AppError::new("classification_failed").with("what", error))?;
    Ok(out)
}

/// A window of a dataset's rows with the inferred column: what was stated, what holds, and why.
///
/// # Errors
/// `unknown_column`, `too_many`, `classification_failed`, or the store's.
pub fn derived_rows(desk: &Desk, request: &DerivedRequest) -> Result<DerivedPageView, AppError> {
    if request.limit > super::PAGE {
        return Err(AppError::new("too_many"));
    }
    let open = desk.exam()?;
    let a = about(&desk.bundle, &request.dataset, &request.column)?;
    let watch = Watch::alone();
    let all = derived(open, &desk.bundle.datasets, &watch, &open.store.exam()?.firm, None, None)?;
    let mine = all.iter().find(|d| d.dataset == a.def.key && d.column == a.column.key);
    let inferred: BTreeMap<i64, &DerivedValue> =
        mine.into_iter().flat_map(|d| &d.values).map(|v| (v.id, v)).collect();
    let corrected: BTreeSet<String> = open
        .store
        .corrections(None)?
        .into_iter()
        .filter(|c| c.dataset == a.def.key && c.column == a.column.key)
        .map(|c| c.row)
        .collect();
    let rows = listed(desk, &a, &watch)?;
    let held = |row: &Listed| match inferred.get(&row.id) {
        Some(v) => v.value.clone(),
        None => row.stated.clone(),
    };
    let mut counts: BTreeMap<Option<String>, u64> = BTreeMap::new();
    for row in &rows {
        *counts.entry(held(row)).or_default() += 1;
    }
    let needle = fieldbook_model::text::norm_key(&request.text);
    let wanted = |row: &&Listed| {
        let value = held(row);
        let fits = request.value.as_ref().is_none_or(|v| *v == value.clone().unwrap_or_default());
        let has = |cell: &String| fieldbook_model::text::norm_key(cell).contains(&needle);
        fits && (needle.is_empty() || row.cells.iter().flatten().any(has))
    };
    let found: Vec<&Listed> = rows.iter().filter(wanted).collect();
    let word = |value: Option<&str>| value.map(|v| fieldbook_model::dataset::shown(Some(a.column), v));
    let page = found.iter().skip(request.offset as usize).take(request.limit as usize).map(|row| {
        let value = held(row);
        DerivedRowView {
            id: view::id_number(row.id),
            cells: row.cells.clone(),
            stated: word(row.stated.as_deref()),
            value: word(value.as_deref()),
            basis: inferred.get(&row.id).map_or_else(
                || if row.stated.is_some() { "清冊記載".to_owned() } else { "無從推定".to_owned() },
                |v| v.basis.clone(),
            ),
            corrected: row.name.as_ref().is_some_and(|name| corrected.contains(name)),
        }
    });
    Ok(DerivedPageView {
        steps: a.derived.steps.clone(),
        columns: columns(&a)
            .iter()
            .map(|key| a.def.column(key).map_or(key.clone(), |c| c.zh.clone()))
            .collect(),
        title: a.column.zh.clone(),
        choices: a.column.choices.iter().map(|c| (c.key.clone(), c.zh.clone())).collect(),
        counts: counts
            .into_iter()
            .map(|(value, rows)| DerivedCountView {
                word: word(value.as_deref()).unwrap_or_else(|| "不明".to_owned()),
                value: value.unwrap_or_default(),
                rows: view::small(rows),
            })
            .collect(),
        total: view::small(found.len() as u64),
        rows: page.collect(),
    })
}

/// Corrects the inferred column of some rows, or takes corrections back; remembered for the firm.
///
/// # Errors
/// `unknown_column`, `unknown_row` where a row is not there or has no name to be remembered by, `bad_choice`,
/// `note_required`, or the store's.
pub fn correct(desk: &mut Desk, request: &CorrectRequest) -> Result<DerivedPageView, AppError> {
    let bundle = std::sync::Arc::clone(&desk.bundle);
    let a = about(&bundle, &request.dataset, &request.column)?;
    let value = request.value.clone().filter(|v| !v.is_empty());
    if value.as_ref().is_some_and(|v| !a.column.choices.iter().any(|c| c.key == *v)) {
        return Err(AppError::new("bad_choice").with("field", &a.column.zh));
    }
    let names: BTreeMap<i64, Option<String>> =
        listed(desk, &a, &Watch::alone())?.into_iter().map(|row| (row.id, row.name)).collect();
    let rows = request
        .rows
        .iter()
        .map(|id| names.get(&view::id(*id)).cloned().flatten().ok_or_else(|| AppError::new("unknown_row")))
        .collect::<Result<BTreeSet<String>, _>>()?;
    let (at, firm) = (desk.host.now(), desk.exam()?.store.exam()?.firm);
    let by = desk.exam()?.examiner.clone();
    let (dataset, column) = (&request.dataset, &request.column);
    if request.restore {
        for row in &rows {
            desk.exam_mut()?.store.uncorrect(dataset, column, row, &by, at)?;
            desk.vault_mut()?.vault.forget_correction(&firm, dataset, column, row)?;
        }
    } else {
        let corrections: Vec<Correction> = rows
            .into_iter()
            .map(|row| Correction {
                dataset: dataset.clone(),
                column: column.clone(),
                row,
                value: value.clone(),
                note: request.note.trim().to_owned(),
                by: by.clone(),
                at,
            })
            .collect();
        desk.exam_mut()?.store.correct(&corrections)?;
        desk.vault_mut()?.vault.remember_corrections(&firm, &corrections)?;
    }
    desk.saved();
    derived_rows(
        desk,
        &DerivedRequest {
            dataset: dataset.clone(),
            column: column.clone(),
            value: None,
            text: String::new(),
            offset: 0,
            limit: 0,
        },
    )
}

/// Gives a new exam what is remembered of its firm.
pub(crate) fn take_over(desk: &mut Desk, exam: &Exam) -> Result<(), AppError> {
    let remembered = desk.vault()?.vault.remembered_corrections(&exam.firm)?;
    let at = desk.host.now();
    let of_this: Vec<Correction> = remembered
        .into_iter()
        .map(|c| {
            let note = format!("沿用 {} 之更正：{}", crate::dates::moment(c.at), c.note);
            Correction { at, note, ..c }
        })
        .collect();
    if !of_this.is_empty() {
        desk.exam_mut()?.store.correct(&of_this)?;
    }
    Ok(())
}
