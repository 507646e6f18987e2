//! What was imported: list, issues, rows, taking back.

use super::views;
use crate::desk::Desk;
use crate::error::AppError;
use crate::view;
use crate::wire::{
    ImportBatchRequest, ImportView, IssuePageView, IssuesRequest, RowView, RowsPageView, RowsRequest,
    UndoneView,
};

/// The imports, oldest first, those taken back too.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn imports(desk: &Desk) -> Result<Vec<ImportView>, AppError> {
    let open = desk.exam()?;
    let counts = open.store.issue_counts()?;
    Ok(open
        .store
        .batches()?
        .iter()
        .map(|batch| {
            let issues = |sheet: &str| counts.get(&(batch.batch, sheet.to_owned())).copied().unwrap_or(0);
            views::import(&desk.bundle, batch, issues)
        })
        .collect())
}

/// A window of issues of one sheet.
///
/// # Errors
/// `too_many`, or the store's.
pub fn issues(desk: &Desk, request: &IssuesRequest) -> Result<IssuePageView, AppError> {
    if request.limit > crate::audit::PAGE {
        return Err(AppError::new("too_many"));
    }
    let open = desk.exam()?;
    let batch = view::id(request.batch);
    let dataset = open
        .store
        .batches()?
        .into_iter()
        .filter(|b| b.batch == batch)
        .flat_map(|b| b.file.sheets)
        .find(|s| s.sheet == request.sheet)
        .and_then(|s| s.dataset);
    let def = dataset.as_deref().and_then(|d| desk.bundle.dataset(d));
    let total = open.store.issue_counts()?.get(&(batch, request.sheet.clone())).copied().unwrap_or(0);
    let page =
        open.store.issues(batch, &request.sheet, u64::from(request.offset), u64::from(request.limit))?;
    Ok(IssuePageView {
        total: view::small(total),
        issues: page.iter().map(|i| views::issue(def, i)).collect(),
    })
}

/// A window of stored rows of one sheet, in the columns of its dataset that were mapped.
///
/// # Errors
/// `too_many`, `unknown_batch`, or the store's.
pub fn rows(desk: &Desk, request: &RowsRequest) -> Result<RowsPageView, AppError> {
    if request.limit > crate::audit::PAGE {
        return Err(AppError::new("too_many"));
    }
    let open = desk.exam()?;
    let batch = open.store.batch(view::id(request.batch))?;
    let sheet = batch
        .file
        .sheets
        .iter()
        .find(|s| s.sheet == request.sheet && !batch.undone)
        .ok_or_else(|| AppError::new("unknown_batch"))?;
    let window = open.store.sheet_rows(
        batch.batch,
        &request.sheet,
        u64::from(request.offset),
        u64::from(request.limit),
    )?;
    let mapped: Vec<usize> = (0..window.columns.len())
        .filter(|i| sheet.mapping.iter().any(|m| m.column == window.columns[*i]))
        .collect();
    let def = sheet.dataset.as_deref().and_then(|d| desk.bundle.dataset(d));
    let zh = |key: &String| def.and_then(|d| d.column(key)).map_or(key.clone(), |c| c.zh.clone());
    Ok(RowsPageView {
        total: view::number(window.total),
        columns: mapped.iter().map(|i| zh(&window.columns[*i])).collect(),
        rows: window
            .rows
            .iter()
            .map(|row| {
                let cells: Vec<_> = mapped.iter().filter_map(|i| row.cells.get(*i)).collect();
                let column = |n: usize| def.and_then(|d| d.column(&window.columns[mapped[n]]));
                let read = |n: usize, text: &String| fieldbook_model::dataset::shown(column(n), text);
                RowView {
                    row: row.source.row,
                    hidden: row.hidden,
                    bad: (0..).zip(&cells).filter(|(_, c)| c.unreadable).map(|(i, _)| i).collect(),
                    cells: (0..)
                        .zip(&cells)
                        .map(|(n, c)| c.text.as_ref().map(|t| read(n, t)).or_else(|| c.original.clone()))
                        .collect(),
                }
            })
            .collect(),
    })
}

/// Takes an import back whole.
///
/// # Errors
/// `unknown_batch`, or the store's.
pub fn undo(desk: &mut Desk, request: &ImportBatchRequest) -> Result<UndoneView, AppError> {
    let at = desk.host.now();
    let open = desk.exam_mut()?;
    let by = open.examiner.clone();
    let removed = open.store.undo_import(view::id(request.batch), &by, at)?;
    open.data_changed();
    desk.saved();
    Ok(UndoneView { batch: request.batch, rows_removed: view::number(removed) })
}
