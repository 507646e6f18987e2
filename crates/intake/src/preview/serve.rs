//! The side of the process that shows: it takes one file and answers one question after the other.

use super::frame::{Answer, Ask, PreviewFacts, PreviewKind};
use super::words::Book;
use super::{MAX_PREVIEW_BYTES, TextView, document, exif, picture, portable, words};
use crate::child::{self, FRAME_MAX, Fault};
use crate::source::Kind;
use crate::{Excess, IntakeError, Limits};
use hayro::hayro_syntax::Pdf;
use image::ImageFormat;
use std::io::{self, ErrorKind, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Endings of tables in texts; other texts are shown as they stand.
const TABLES: [&str; 3] = ["csv", "tsv", "tab"];
/// Brands of pictures in ISO base media files (ISO/IEC 23008-12, 10.2).
const HEIF: [&[u8]; 7] = [b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"avif"];

/// Shows a file for another process until `input` ends. It writes nothing anywhere but to `output`. Whoever calls this
/// limits the process's memory before.
///
/// # Errors
/// The streams'; `InvalidData` when what comes is no question.
pub fn serve_preview(mut input: impl Read, mut output: impl Write, limits: &Limits) -> io::Result<()> {
    let mut showing = Showing { bytes: Vec::new(), what: What::Nothing };
    while let Some(ask) = child::read::<Ask>(&mut input)? {
        // What a hostile file makes of a decoder is damage, even when it panics.
        let answer = catch_unwind(AssertUnwindSafe(|| showing.answer(ask, limits)));
        let answer = match answer {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => Answer::Failed(Fault::of(&error)),
            Err(_) => Answer::Failed(Fault::Damaged),
        };
        match child::write(&mut output, &answer) {
            Err(e) if e.kind() == ErrorKind::InvalidData => {
                child::write(&mut output, &Answer::Failed(Fault::Line(u64::from(FRAME_MAX))))?;
            }
            written => written?,
        }
    }
    Ok(())
}

enum What {
    Nothing,
    Image(ImageFormat),
    Pdf(Pdf),
    Text { goes_on: bool },
    Document(TextView),
    Book(Book),
}

struct Showing {
    bytes: Vec<u8>,
    what: What,
}

impl Showing {
    fn answer(&mut self, ask: Ask, limits: &Limits) -> Result<Answer, IntakeError> {
        const NOTHING: IntakeError = IntakeError::Damaged { what: "question" };
        match (ask, &mut self.what) {
            (Ask::Bytes(piece), _) => {
                let room =
                    usize::try_from(MAX_PREVIEW_BYTES).unwrap_or(usize::MAX).saturating_sub(self.bytes.len());
                self.bytes.extend(piece.iter().take(room));
                Ok(Answer::Taken)
            }
            (Ask::Look { ending, cut }, _) => self.look(&ending, cut, limits).map(Answer::Looked),
            (Ask::Page { page: 0, width }, What::Image(format)) => {
                picture::draw(&self.bytes, *format, width).map(Answer::Page)
            }
            (Ask::Page { page, width }, What::Pdf(pdf)) => portable::draw(pdf, page, width).map(Answer::Page),
            (Ask::Text, What::Text { goes_on }) => words::text(&self.bytes, *goes_on).map(Answer::Text),
            (Ask::Text, What::Document(text)) => Ok(Answer::Text(text.clone())),
            (Ask::Grid(sheet), What::Book(book)) => book.grid(sheet, limits).map(Answer::Grid),
            _ => Err(NOTHING),
        }
    }

    fn look(&mut self, ending: &str, cut: bool, limits: &Limits) -> Result<PreviewFacts, IntakeError> {
        let too_large = || IntakeError::TooLarge { what: Excess::Bytes, limit: MAX_PREVIEW_BYTES };
        let mut facts =
            PreviewFacts { kind: PreviewKind::Other, pages: 0, size: None, sheets: Vec::new(), exif: None };
        if self.bytes.is_empty() {
            return Err(IntakeError::Empty);
        }
        if is_heif(&self.bytes) {
            facts.kind = PreviewKind::Heic;
            facts.exif = exif::read(&self.bytes);
        } else if portable::is_pdf(&self.bytes) {
            let pdf = if cut { Err(too_large()) } else { portable::open(std::mem::take(&mut self.bytes)) }?;
            facts.kind = PreviewKind::Pdf;
            facts.pages = u32::try_from(pdf.pages().len()).unwrap_or(u32::MAX);
            self.what = What::Pdf(pdf);
        } else if let Some(format) = picture::format(&self.bytes) {
            facts.exif = exif::read(&self.bytes);
            facts.size = Some(if cut { Err(too_large()) } else { picture::size(&self.bytes, format) }?);
            facts.kind = PreviewKind::Image;
            facts.pages = 1;
            self.what = What::Image(format);
        } else {
            self.look_at_words(ending, cut, limits, &mut facts)?;
        }
        Ok(facts)
    }

    fn look_at_words(
        &mut self,
        ending: &str,
        cut: bool,
        limits: &Limits,
        facts: &mut PreviewFacts,
    ) -> Result<(), IntakeError> {
        let Some(kind) = words::kind(&self.bytes) else { return Ok(()) };
        if kind == Kind::Text && !TABLES.contains(&ending) {
            facts.kind = PreviewKind::Text;
            facts.pages = 1;
            self.what = What::Text { goes_on: cut };
            return Ok(());
        }
        if cut {
            return Err(IntakeError::TooLarge { what: Excess::Bytes, limit: MAX_PREVIEW_BYTES });
        }
        if kind == Kind::Zip
            && let Some(text) = document::text(&self.bytes, limits)?
        {
            facts.kind = PreviewKind::Text;
            facts.pages = 1;
            self.what = What::Document(text);
            return Ok(());
        }
        let Some(book) = Book::open(kind, std::mem::take(&mut self.bytes), limits)? else { return Ok(()) };
        facts.kind = PreviewKind::Sheets;
        facts.sheets = book.sheets();
        facts.pages = u32::try_from(facts.sheets.len()).unwrap_or(u32::MAX);
        self.what = What::Book(book);
        Ok(())
    }
}

fn is_heif(bytes: &[u8]) -> bool {
    let brand = bytes.get(8..12).unwrap_or_default();
    bytes.get(4..8) == Some(b"ftyp") && HEIF.contains(&brand)
}
