//! Pages of a PDF, drawn. Nothing that a page asks for beyond its own file is looked for.

use super::picture::MAX_HEIGHT;
use super::{MAX_WIDTH, Picture};
use crate::IntakeError;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

const DAMAGED: IntakeError = IntakeError::Damaged { what: "pdf" };
/// Bytes within which the mark of a PDF stands (ISO 32000-1, Annex H).
const HEAD: usize = 1024;

/// Whether the bytes are a PDF's.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes.get(..bytes.len().min(HEAD)).unwrap_or_default(), b"%PDF-").is_some()
}

/// Opens it without a password.
pub(super) fn open(bytes: Vec<u8>) -> Result<Pdf, IntakeError> {
    match Pdf::new(bytes) {
        Ok(pdf) if !pdf.pages().is_empty() => Ok(pdf),
        Err(LoadPdfError::Decryption(_)) => Err(IntakeError::Locked),
        Ok(_) | Err(LoadPdfError::Invalid) => Err(DAMAGED),
    }
}

/// Draws a page, counted from 0, `width` pixels wide.
pub(super) fn draw(pdf: &Pdf, page: u32, width: u32) -> Result<Picture, IntakeError> {
    let page = usize::try_from(page).ok().and_then(|n| pdf.pages().get(n)).ok_or(DAMAGED)?;
    let (wide, high) = page.render_dimensions();
    if !(wide.is_finite() && high.is_finite() && wide >= 1.0 && high >= 1.0) {
        return Err(DAMAGED);
    }
    let scale = (width.min(MAX_WIDTH) as f32 / wide).min(MAX_HEIGHT as f32 / high);
    if wide * scale < 1.0 || high * scale < 1.0 {
        return Err(DAMAGED);
    }
    let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let cache = RenderCache::new();
    let drawn = render(page, &cache, &InterpreterSettings::default(), &RenderSettings::default(), &settings);
    let (width, height) = (u32::from(drawn.width()), u32::from(drawn.height()));
    Ok(Picture { png: drawn.into_png().map_err(|_| DAMAGED)?, width, height })
}
