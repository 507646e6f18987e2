//! Document values to bytes: Excel working papers and PDF reports.
//!
//! `build` turns a [`Dossier`] into document values (`doc`), `render` turns those into bytes. The same dossier
//! gives the same bytes on every machine: time stamps, names and fonts are handed in.

mod dossier;
mod error;

pub use dossier::{DocumentHead, Dossier, FindingPaper, ItemLine, TestPaper};
pub use error::ReportError;

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

/// The set of Excel working papers (查核工作底稿), in the order of their paper numbers.
///
/// # Errors
/// When the spreadsheet writer refuses a paper.
pub fn working_papers(_dossier: &Dossier) -> Result<Vec<PaperFile>, ReportError> {
    Ok(Vec::new())
}

/// The report as PDF (查核報告), with embedded subset fonts.
///
/// # Errors
/// When a font is unreadable or the PDF writer fails.
pub fn report_pdf(_dossier: &Dossier, _fonts: &Fonts<'_>) -> Result<Vec<u8>, ReportError> {
    Err(ReportError::Pdf { what: "renderer" })
}

/// Every character of the report that neither font has, in order of code points; they print as 〓.
///
/// # Errors
/// When a font is unreadable.
pub fn missing_glyphs(_dossier: &Dossier, _fonts: &Fonts<'_>) -> Result<Vec<char>, ReportError> {
    Ok(Vec::new())
}
