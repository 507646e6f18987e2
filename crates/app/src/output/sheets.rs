//! Looking at the sheets of working papers before they are written. Nothing is written by it.

use super::pages::{asked, held};
use super::render;
use crate::desk::Desk;
use crate::dossier::dossier;
use crate::error::AppError;
use crate::evidence::{Shown, grid_view};
use crate::wire::{
    EvidenceGridView, OutputGridRequest, OutputPaperRequest, OutputPaperView, OutputSheetsView,
};

/// The working papers as they would be written now, in their order.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn output_papers(desk: &Desk) -> Result<Vec<OutputPaperView>, AppError> {
    let heads = fieldbook_report::paper_heads(&dossier(desk, true)?).into_iter();
    Ok(heads.map(|h| OutputPaperView { paper: h.paper, title: h.title, sheets: h.sheets }).collect())
}

/// Makes one paper as it would be written now, and keeps it for [`output_grid`].
///
/// # Errors
/// `unknown_paper`, `render_failed`, `preview_no_reader`, `output_not_shown`, or the store's.
pub fn output_paper(desk: &mut Desk, request: &OutputPaperRequest) -> Result<OutputSheetsView, AppError> {
    // What was held is of an earlier moment.
    desk.exam_mut()?.preview = None;
    let dossier = dossier(desk, request.draft)?;
    let made = fieldbook_report::working_paper(&dossier, &request.paper).map_err(|e| render(&e))?;
    let file = made.ok_or_else(|| AppError::new("unknown_paper").with("paper", &request.paper))?;
    let sheets = held(desk, Shown::Workbook, "xlsx", &file.bytes)?.sheets;
    Ok(OutputSheetsView { sheets })
}

/// The beginning of a sheet of the workbook that was made last.
///
/// # Errors
/// `preview_gone` when something else was looked at meanwhile; as [`output_paper`].
pub fn output_grid(desk: &mut Desk, request: &OutputGridRequest) -> Result<EvidenceGridView, AppError> {
    asked(desk, Shown::Workbook, |shown| shown.grid(request.sheet)).map(grid_view)
}
