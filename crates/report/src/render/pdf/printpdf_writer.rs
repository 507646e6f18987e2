//! Pages to a PDF file by printpdf: pages, fonts cut down to what is drawn, links and bookmarks; what it leaves open is
//! set by [`super::catalog`].

use super::catalog;
use super::faces::Faces;
use super::operations::{self, Used};
use super::page::{HEIGHT, Page, WIDTH};
use super::writer::{Meta, PageWriter};
use crate::ReportError;
use printpdf::{
    PageAnnotId, PageAnnotation, ParsedFont, PdfDocument, PdfFont, PdfPage, PdfParseErrorSeverity,
    PdfSaveOptions, Pt,
};

/// The writer.
pub struct PrintPdf<'f> {
    faces: &'f Faces<'f>,
}

impl<'f> PrintPdf<'f> {
    /// A writer that embeds these fonts.
    pub fn new(faces: &'f Faces<'f>) -> Self {
        Self { faces }
    }

    /// Adds the fonts that were drawn with, and no others: each is read into memory.
    fn add_fonts(&self, document: &mut PdfDocument, used: &Used) -> Result<(), ReportError> {
        for index in &used.faces {
            let which = match index {
                0 => "regular",
                1 => "bold",
                _ => "fallback",
            };
            let face = self.faces.face(*index);
            let font = face.and_then(|face| ParsedFont::from_bytes(face.bytes, 0, &mut Vec::new()));
            let font = font.ok_or(ReportError::Font { which })?;
            document.resources.fonts.map.insert(operations::font_id(*index), PdfFont::new(font));
        }
        Ok(())
    }
}

impl PageWriter for PrintPdf<'_> {
    fn write(&self, pages: &[Page], meta: &Meta) -> Result<Vec<u8>, ReportError> {
        let mut document = PdfDocument::new(&meta.title);
        document.metadata.info.author.clone_from(&meta.author);
        document.metadata.info.creator = "Fieldbook 查核簿".to_owned();
        document.metadata.info.producer = "printpdf".to_owned();
        let mut used = Used::default();
        let (width, height) = (Pt(WIDTH).into(), Pt(HEIGHT).into());
        let written = |page| PdfPage::new(width, height, operations::of(page, self.faces, &mut used));
        document.pages = pages.iter().map(written).collect();
        self.add_fonts(&mut document, &used)?;
        for (index, (page, anchor)) in catalog::anchors(pages).enumerate() {
            // printpdf names a bookmark by lot; a name of its number keeps them in their order.
            let bookmark = PageAnnotation { name: anchor.title.clone(), page: page + 1 };
            document.bookmarks.map.insert(PageAnnotId(format!("{index:08}")), bookmark);
        }
        let mut warnings = Vec::new();
        let file = document.to_lopdf_document(&PdfSaveOptions::default(), &mut warnings);
        if warnings.iter().any(|w| w.severity == PdfParseErrorSeverity::Error) {
            return Err(ReportError::Pdf { what: "pages or fonts" });
        }
        drop(document);
        catalog::finish(file, pages, meta)
    }
}
