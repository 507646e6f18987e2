//! Pictures, decoded within bounds and made anew as PNG.

use super::Picture;
use crate::{Excess, IntakeError};
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// Pixels of the widest and highest picture that is decoded.
const MAX_SIDE: u32 = 30_000;
/// Bytes that decoding one may take.
const MAX_ALLOC: u64 = 256 << 20;
/// Pixels of the highest picture that is made.
pub(super) const MAX_HEIGHT: u32 = 4_000;

const DAMAGED: IntakeError = IntakeError::Damaged { what: "picture" };

/// The format, where it is one that is drawn.
pub(super) fn format(bytes: &[u8]) -> Option<ImageFormat> {
    let format = image::guess_format(bytes).ok()?;
    format.reading_enabled().then_some(format)
}

fn decoder(bytes: &[u8], format: ImageFormat) -> Result<impl ImageDecoder + '_, IntakeError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_ALLOC);
    reader.limits(limits);
    reader.into_decoder().map_err(|e| refused(&e))
}

fn refused(error: &ImageError) -> IntakeError {
    match error {
        ImageError::Limits(_) => IntakeError::TooLarge { what: Excess::Pixels, limit: u64::from(MAX_SIDE) },
        _ => DAMAGED,
    }
}

/// Width and height that the file claims.
pub(super) fn size(bytes: &[u8], format: ImageFormat) -> Result<(u32, u32), IntakeError> {
    let decoder = decoder(bytes, format)?;
    let size = decoder.dimensions();
    match decoder.total_bytes() > MAX_ALLOC || size.0.max(size.1) > MAX_SIDE {
        true => Err(IntakeError::TooLarge { what: Excess::Pixels, limit: u64::from(MAX_SIDE) }),
        false => Ok(size),
    }
}

/// The picture, turned as the camera was held, no wider than `width`.
pub(super) fn draw(bytes: &[u8], format: ImageFormat, width: u32) -> Result<Picture, IntakeError> {
    size(bytes, format)?;
    let mut decoder = decoder(bytes, format)?;
    let turned = decoder.orientation().ok();
    let mut image = DynamicImage::from_decoder(decoder).map_err(|e| refused(&e))?;
    // Coarsely first: turning and smoothing a picture of fifty million pixels takes seconds.
    if image.width() > width.saturating_mul(4) {
        image = image.thumbnail(width.saturating_mul(2), u32::MAX);
    }
    if let Some(turned) = turned {
        image.apply_orientation(turned);
    }
    if image.width() > width || image.height() > MAX_HEIGHT {
        image = image.resize(width, MAX_HEIGHT, image::imageops::FilterType::Triangle);
    }
    png(&image)
}

/// As PNG, with eight bits for a colour.
pub(super) fn png(image: &DynamicImage) -> Result<Picture, IntakeError> {
    let plain = match image.color().has_alpha() {
        true => DynamicImage::ImageRgba8(image.to_rgba8()),
        false => DynamicImage::ImageRgb8(image.to_rgb8()),
    };
    let mut png = Cursor::new(Vec::new());
    plain.write_to(&mut png, ImageFormat::Png).map_err(|_| DAMAGED)?;
    Ok(Picture { png: png.into_inner(), width: image.width(), height: image.height() })
}
