//! What was imported: list, issues, rows, taking back.

use super::views;
use crate::desk::Desk;
use crate::error::AppError;
use crate::view;
use crate::wire::{
    ImportBatchRequest, ImportView, IssuePageView, IssuesRequest, RowView, RowsPageView, RowsRequest,
    UndoneView,
};
use fieldbook_vault::ReceivedSheet;

/// The imports, oldest first, those taken back too.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn imports(desk: &Desk) -> Result<Vec<ImportView>, AppError> {
    let files = desk.exam()?.store.received_files(None)?;
    let batches = files.chunk_by(|a, b| a.batch == b.batch);
    Ok(batches.filter_map(|files| views::import(&desk.bundle, files)).collect())
}

/// A stored table that was not taken back.
fn table(desk: &Desk, id: f64) -> Result<ReceivedSheet, AppError> {
    let files = desk.exam()?.store.received_files(None)?;
    let live = files.into_iter().filter(|file| !file.undone).flat_map(|file| file.sheets);
    live.into_iter().find(|s| s.id == view::id(id)).ok_or_else(|| AppError::new("unknown_batch"))
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
    let sheet = table(desk, request.sheet)?;
    let def = sheet.record.dataset.as_deref().and_then(|d| desk.bundle.dataset(d));
    let page = open.store.issues(sheet.id, u64::from(request.offset), u64::from(request.limit))?;
    Ok(IssuePageView {
        total: view::small(sheet.issues),
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
    let ReceivedSheet { id, record: sheet, .. } = table(desk, request.sheet)?;
    let window = open.store.sheet_rows(id, u64::from(request.offset), u64::from(request.limit))?;
    let mapped: Vec<usize> = (0..window.columns.len())
        .filter(|i| {
            let key = &window.columns[*i];
            sheet.mapping.iter().any(|m| m.column == *key) || sheet.filled.iter().any(|f| f.column == *key)
        })
        .collect();
    let def = sheet.dataset.as_deref().and_then(|d| desk.bundle.dataset(d));
    Ok(RowsPageView {
        total: view::number(window.total),
        columns: mapped.iter().map(|i| views::column_zh(def, &window.columns[*i])).collect(),
        rows: window
            .rows
            .iter()
            .map(|row| {
                let cells: Vec<_> = mapped.iter().filter_map(|i| row.cells.get(*i)).collect();
                let column = |n: usize| def.and_then(|d| d.column(&window.columns[mapped[n]]));
                RowView {
                    row: row.source.row,
                    hidden: row.hidden,
                    bad: (0..).zip(&cells).filter(|(_, c)| c.unreadable).map(|(i, _)| i).collect(),
                    cells: (0..).zip(&cells).map(|(n, c)| views::cell_text(column(n), c)).collect(),
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
