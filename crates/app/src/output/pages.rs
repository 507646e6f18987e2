//! Looking at a document's pages before it is written: the bytes go to the process that shows evidence, and nowhere else.

use super::pdf;
use crate::desk::Desk;
use crate::error::AppError;
use crate::evidence::{OpenPreview, Shown, feeder, picture_view, refused};
use crate::export::io_word;
use crate::wire::{OutputPageRequest, OutputPagesRequest, OutputPagesView, PictureView};
use std::io::{self, Write};

/// Makes the document as it would be written now, and keeps it for [`output_page`].
///
/// # Errors
/// `gate_closed` for a final report or assessment, `render_failed`, `preview_no_reader`, `preview_too_large`, or the
/// store's.
pub fn output_pages(desk: &mut Desk, request: &OutputPagesRequest) -> Result<OutputPagesView, AppError> {
    // What was held is of an earlier moment.
    desk.exam_mut()?.preview = None;
    let bytes = pdf(desk, request.document, request.draft)?;
    let mut feeder = feeder(desk)?;
    match feeder.write_all(&bytes) {
        // What is not taken is beyond what is looked at, which the reader says.
        Err(e) if e.kind() != io::ErrorKind::WriteZero => {
            return Err(AppError::new("preview_no_reader").with("what", io_word(&e)));
        }
        _ => {}
    }
    let preview = feeder.look("x.pdf").map_err(|e| refused(&e))?;
    let pages = preview.facts().pages;
    desk.exam_mut()?.preview = Some(OpenPreview { of: Shown::Document, preview });
    Ok(OutputPagesView { pages })
}

/// A page of the document that was made last, as a picture.
///
/// # Errors
/// `preview_gone` when something else was looked at meanwhile; as [`output_pages`].
pub fn output_page(desk: &mut Desk, request: &OutputPageRequest) -> Result<PictureView, AppError> {
    let held = desk.exam_mut()?.preview.as_mut().filter(|open| open.of == Shown::Document);
    let open = held.ok_or_else(|| AppError::new("preview_gone"))?;
    let picture = open.preview.picture(request.page, request.width);
    if picture.is_err() {
        desk.exam_mut()?.preview = None;
    }
    picture.map(picture_view).map_err(|e| refused(&e))
}
