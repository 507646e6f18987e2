//! Document values to bytes: Excel working papers and PDF reports.
//!
//! `build` turns a [`Dossier`] into document values (`doc`), `render` turns those into bytes. The same dossier
//! gives the same bytes on every machine: time stamps, names and fonts are handed in.

mod build;
mod doc;
mod dossier;
mod error;
mod render;
mod words;

pub use dossier::{DocumentHead, Dossier, FindingPaper, ItemLine, TestPaper};
pub use error::ReportError;

use render::pdf::Faces;

/// One exported file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperFile {
    /// File name without folders, safe on every system (`T-COL-05 廠商持有最高權限.xlsx`).
    pub name: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// The two TrueType fonts that a report is set in.
#[derive(Debug, Clone, Copy)]
pub struct Fonts<'a> {
    /// Regular weight.
    pub regular: &'a [u8],
    /// Bold weight.
    pub bold: &'a [u8],
}

/// The set of Excel working papers (查核工作底稿), the cover first, then in the order of their numbers.
///
/// # Errors
/// When the spreadsheet writer refuses a paper.
pub fn working_papers(dossier: &Dossier) -> Result<Vec<PaperFile>, ReportError> {
    let file = |book: &doc::Workbook| {
        Ok(PaperFile { name: render::file_name(book), bytes: render::xlsx::bytes(book)? })
    };
    build::workbooks(dossier).iter().map(file).collect()
}

/// The report as PDF (查核報告), with embedded subset fonts.
///
/// # Errors
/// When a font is unreadable or the PDF writer fails.
pub fn report_pdf(dossier: &Dossier, fonts: &Fonts<'_>) -> Result<Vec<u8>, ReportError> {
    let faces = Faces::read(fonts)?;
    let missing = missing(dossier, &faces);
    render::pdf::bytes(&build::report(dossier, &missing), &faces)
}

/// Every character of the report that the fonts lack, in order of code points; they print as 〓. To be shown before
/// an export.
///
/// # Errors
/// When a font is unreadable.
pub fn missing_glyphs(dossier: &Dossier, fonts: &Fonts<'_>) -> Result<Vec<char>, ReportError> {
    Ok(missing(dossier, &Faces::read(fonts)?))
}

fn missing(dossier: &Dossier, faces: &Faces) -> Vec<char> {
    let chars = build::report(dossier, &[]).chars();
    chars.into_iter().filter(|c| faces.lacks(*c)).collect()
}

#[cfg(test)]
mod tests;
