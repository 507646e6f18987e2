//! Looking at a piece inside the program. Its bytes go from the vault to another process and nowhere else; who looks at
//! a piece is recorded once a person and day. A thumbnail is too small to read, and is not recorded.

use super::chain;
use crate::desk::Desk;
use crate::error::AppError;
use crate::export::io_word;
use crate::wire::{
    EvidenceGridView, EvidencePageRequest, EvidencePreviewView, EvidenceRequest, EvidenceTextView, ExifView,
    GridRowView, PictureView, PreviewKindWord,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fieldbook_intake::{
    Excess, Exif, Feeder, GridView, IntakeError, Limits, Picture, Preview, PreviewFacts, PreviewKind,
    TextView,
};
use fieldbook_model::{CustodyEvent, Evidence, evidence_number};
use fieldbook_vault::{VaultAct, VaultError};
use std::io;

/// Seconds that another process may take for one page.
const SECONDS: u32 = 10;
/// Width of a thumbnail, in pixels: too little to read a page by.
const THUMBNAIL: u32 = 176;
/// Bytes of the largest piece of which a thumbnail is made.
const THUMBNAIL_BYTES: u64 = 32 << 20;

/// What is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// A piece of evidence, by its number.
    Piece(i64),
    /// The pages of a document as it would be written.
    Document,
    /// The sheets of a workbook as it would be written.
    Workbook,
}

/// What was looked at last, and the process that shows it.
pub(crate) struct OpenPreview {
    pub(crate) of: Shown,
    pub(crate) preview: Preview,
}

/// What a piece is, as far as it can be shown; records that somebody looked at it.
///
/// # Errors
/// `unknown_evidence`; `preview_empty`, `preview_locked`, `preview_damaged`, `preview_too_large`, `preview_no_reader`;
/// `vault_damaged`, or the store's.
pub fn evidence_preview(desk: &mut Desk, request: &EvidenceRequest) -> Result<EvidencePreviewView, AppError> {
    let id = request.id;
    let shown = opened(desk, id)?;
    Ok(preview_view(id, shown.facts()))
}

/// A page of a piece as a picture.
///
/// # Errors
/// As [`evidence_preview`].
pub fn evidence_page(desk: &mut Desk, request: &EvidencePageRequest) -> Result<PictureView, AppError> {
    asked(desk, request.id, |preview| preview.picture(request.page, request.width)).map(picture_view)
}

/// The beginning of a text.
///
/// # Errors
/// As [`evidence_preview`].
pub fn evidence_text(desk: &mut Desk, request: &EvidenceRequest) -> Result<EvidenceTextView, AppError> {
    asked(desk, request.id, Preview::text).map(text_view)
}

/// The beginning of a sheet; `page` is its place from 0.
///
/// # Errors
/// As [`evidence_preview`].
pub fn evidence_grid(desk: &mut Desk, request: &EvidencePageRequest) -> Result<EvidenceGridView, AppError> {
    asked(desk, request.id, |preview| preview.grid(request.page)).map(grid_view)
}

/// The first page of a picture or a PDF, small.
///
/// # Errors
/// As [`evidence_preview`]; `preview_none` for what has no pages.
pub fn evidence_thumbnail(desk: &mut Desk, request: &EvidenceRequest) -> Result<PictureView, AppError> {
    let id = request.id;
    let piece = piece(desk, id)?;
    if piece.size > THUMBNAIL_BYTES {
        return Err(AppError::new("preview_none"));
    }
    let mut preview = fed(desk, &piece)?;
    match preview.facts().kind {
        PreviewKind::Image | PreviewKind::Pdf => {}
        _ => return Err(AppError::new("preview_none")),
    }
    preview.picture(0, THUMBNAIL).map(picture_view).map_err(|e| refused(&e))
}

fn piece(desk: &Desk, id: i64) -> Result<Evidence, AppError> {
    let unknown = || AppError::new("unknown_evidence").with("number", evidence_number(id));
    desk.exam()?.store.evidence()?.into_iter().find(|e| e.id == id).ok_or_else(unknown)
}

/// Another process, which waits for the bytes that it is to show.
pub(crate) fn feeder(desk: &Desk) -> Result<Feeder, AppError> {
    let reader =
        desk.host.previewer().ok_or_else(|| AppError::new("preview_no_reader").with("what", "無"))?;
    let limits = Limits { max_reader_seconds: SECONDS, ..Limits::default() };
    Feeder::start(&reader, &limits).map_err(|e| refused(&e))
}

/// The piece in another process.
fn fed(desk: &Desk, piece: &Evidence) -> Result<Preview, AppError> {
    let mut feeder = feeder(desk)?;
    match desk.exam()?.store.evidence_bytes(piece.id, &mut feeder) {
        // What is not taken is beyond what is looked at.
        Err(VaultError::Io(io::ErrorKind::WriteZero)) => {}
        read => read?,
    }
    let name = if piece.format.is_empty() { piece.name.clone() } else { format!("x.{}", piece.format) };
    feeder.look(&name).map_err(|e| refused(&e))
}

fn opened(desk: &mut Desk, id: i64) -> Result<&mut Preview, AppError> {
    let piece = piece(desk, id)?;
    let look = chain::blank(desk, id, CustodyEvent::Viewed)?;
    let exam = desk.exam()?.store.id().clone();
    let other = desk.exam()?.preview.as_ref().is_none_or(|open| open.of != Shown::Piece(id));
    if !desk.exam()?.store.is_sealed() {
        desk.exam_mut()?.store.record_custody(&look)?;
    } else if other {
        desk.vault_mut()?.vault.record_act(&VaultAct::EvidenceViewed(&exam, id), &look.by, look.at)?;
    }
    if other {
        desk.exam_mut()?.preview = None;
        let preview = fed(desk, &piece)?;
        desk.exam_mut()?.preview = Some(OpenPreview { of: Shown::Piece(id), preview });
    }
    let open = desk.exam_mut()?.preview.as_mut();
    open.map(|open| &mut open.preview).ok_or_else(|| AppError::new("preview_none"))
}

fn asked<T>(
    desk: &mut Desk,
    id: i64,
    ask: impl FnOnce(&mut Preview) -> Result<T, IntakeError>,
) -> Result<T, AppError> {
    let answer = ask(opened(desk, id)?);
    if answer.is_err() {
        // A process that was sent away answers nothing more; the next look starts another.
        desk.exam_mut()?.preview = None;
    }
    answer.map_err(|e| refused(&e))
}

/// Why a file is not shown.
fn refused(error: &IntakeError) -> AppError {
    match error {
        IntakeError::Empty => AppError::new("preview_empty"),
        IntakeError::Locked => AppError::new("preview_locked"),
        IntakeError::TooLarge { what, .. } => AppError::new("preview_too_large").with("what", excess(*what)),
        IntakeError::NoReader(e) => AppError::new("preview_no_reader").with("what", io_word(e)),
        _ => AppError::new("preview_damaged"),
    }
}

/// Of what a file has more than is looked at.
pub(crate) fn excess(what: Excess) -> &'static str {
    match what {
        Excess::Bytes => "檔案過大",
        Excess::Pixels => "影像尺寸過大",
        Excess::Memory => "所需記憶體過多",
        Excess::Seconds => "所需時間過長",
        _ => "內容展開後過大",
    }
}

fn preview_view(id: i64, facts: &PreviewFacts) -> EvidencePreviewView {
    EvidencePreviewView {
        id,
        kind: match facts.kind {
            PreviewKind::Image => PreviewKindWord::Image,
            PreviewKind::Pdf => PreviewKindWord::Pdf,
            PreviewKind::Text => PreviewKindWord::Text,
            PreviewKind::Sheets => PreviewKindWord::Sheets,
            PreviewKind::Heic => PreviewKindWord::Heic,
            PreviewKind::Other => PreviewKindWord::Other,
        },
        pages: facts.pages,
        width: facts.size.map(|s| s.0),
        height: facts.size.map(|s| s.1),
        sheets: facts.sheets.clone(),
        exif: facts.exif.clone().map(exif_view),
    }
}

pub(super) fn exif_view(exif: Exif) -> ExifView {
    ExifView { taken_at: exif.taken_at, offset: exif.offset, camera: exif.camera, has_place: exif.has_place }
}

pub(crate) fn picture_view(picture: Picture) -> PictureView {
    let data = format!("data:image/png;base64,{}", STANDARD.encode(&picture.png));
    PictureView { data, width: picture.width, height: picture.height }
}

pub(crate) fn text_view(text: TextView) -> EvidenceTextView {
    EvidenceTextView { text: text.text, encoding: text.encoding, cut: text.cut }
}

pub(crate) fn grid_view(grid: GridView) -> EvidenceGridView {
    let rows = grid.rows.into_iter().map(|(row, cells)| GridRowView { row, cells }).collect();
    EvidenceGridView { rows, cut: grid.cut }
}
