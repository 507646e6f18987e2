//! Looking at a document's pages before it is written: the bytes go to the process that shows evidence, and nowhere else.

use super::{for_the_firm, pdf, render};
use crate::desk::Desk;
use crate::dossier::{dossier, with_fonts};
use crate::error::AppError;
use crate::evidence::{OpenPreview, Shown, excess, feeder, picture_view};
use crate::export::io_word;
use crate::wire::{FindingNoRequest, OutputPageRequest, OutputPagesRequest, OutputPagesView, PictureView};
use fieldbook_intake::{IntakeError, Preview, PreviewFacts};
use std::io::{self, Write};

/// Makes the document as it would be written now, and keeps it for [`output_page`].
///
/// # Errors
/// `gate_closed` for a final report or assessment, `render_failed`, `preview_no_reader`, `output_not_shown`, or the
/// store's.
pub fn output_pages(desk: &mut Desk, request: &OutputPagesRequest) -> Result<OutputPagesView, AppError> {
    // What was held is of an earlier moment.
    desk.exam_mut()?.preview = None;
    let bytes = pdf(desk, request.document, request.draft)?;
    pages(desk, &bytes)
}

/// Makes the pages of one finding as the report prints them, and keeps them for [`output_page`]. They are always a
/// draft: a finding by itself is no document that is handed out.
///
/// # Errors
/// `unknown_finding`, also for one that was withdrawn, which no report prints; as [`output_pages`].
pub fn finding_pages(desk: &mut Desk, request: &FindingNoRequest) -> Result<OutputPagesView, AppError> {
    desk.exam_mut()?.preview = None;
    let dossier = for_the_firm(desk, dossier(desk, true)?)?;
    let bytes = with_fonts(desk, |fonts| {
        fieldbook_report::finding_pdf(&dossier, request.no, fonts).map_err(|e| render(&e))
    })?;
    let bytes = bytes.ok_or_else(|| AppError::new("unknown_finding"))?;
    pages(desk, &bytes)
}

fn pages(desk: &mut Desk, pdf: &[u8]) -> Result<OutputPagesView, AppError> {
    let pages = held(desk, Shown::Document, "pdf", pdf)?.pages;
    Ok(OutputPagesView { pages })
}

/// A page of the document that was made last, as a picture.
///
/// # Errors
/// `preview_gone` when something else was looked at meanwhile; as [`output_pages`].
pub fn output_page(desk: &mut Desk, request: &OutputPageRequest) -> Result<PictureView, AppError> {
    let picture = asked(desk, Shown::Document, |shown| shown.picture(request.page, request.width))?;
    Ok(picture_view(picture))
}

/// What was made, in the process that shows it.
pub(crate) fn beside(desk: &Desk, ending: &str, bytes: &[u8]) -> Result<Preview, AppError> {
    let mut feeder = feeder(desk)?;
    match feeder.write_all(bytes) {
        // What is not taken is beyond what is looked at, which the reader says.
        Err(e) if e.kind() != io::ErrorKind::WriteZero => {
            return Err(AppError::new("preview_no_reader").with("what", io_word(&e)));
        }
        _ => {}
    }
    feeder.look(&format!("x.{ending}")).map_err(|e| not_shown(&e))
}

/// What was made goes to the process that shows it, and is kept there in the place of what was looked at before.
pub(crate) fn held(desk: &mut Desk, of: Shown, ending: &str, bytes: &[u8]) -> Result<PreviewFacts, AppError> {
    let preview = beside(desk, ending, bytes)?;
    let facts = preview.facts().clone();
    desk.exam_mut()?.preview = Some(OpenPreview { of, preview });
    Ok(facts)
}

/// Asks for a part of what is held.
pub(super) fn asked<T>(
    desk: &mut Desk,
    of: Shown,
    ask: impl FnOnce(&mut Preview) -> Result<T, IntakeError>,
) -> Result<T, AppError> {
    let held = desk.exam_mut()?.preview.as_mut().filter(|open| open.of == of);
    let open = held.ok_or_else(|| AppError::new("preview_gone"))?;
    let answer = ask(&mut open.preview);
    if answer.is_err() {
        // A process that was sent away answers nothing more; the next look starts another.
        desk.exam_mut()?.preview = None;
    }
    answer.map_err(|e| not_shown(&e))
}

/// Why something that was made is not shown.
pub(crate) fn not_shown(error: &IntakeError) -> AppError {
    match error {
        IntakeError::NoReader(e) => AppError::new("preview_no_reader").with("what", io_word(e)),
        IntakeError::TooLarge { what, .. } => AppError::new("output_not_shown").with("what", excess(*what)),
        _ => AppError::new("output_not_shown").with("what", "無法讀取"),
    }
}
