//! A report as a Word document (Office Open XML, ECMA-376): real styles, tables and fields, to be edited.

mod blocks;
mod package;
mod parts;
mod styles;
mod table;
mod xml;

use crate::ReportError;
use crate::doc::Report;

/// Width between the margins, in twentieths of a point.
const MEASURE: f32 = 9_638.0;

/// The document's bytes.
///
/// # Errors
/// When the package cannot be written.
pub fn bytes(report: &Report) -> Result<Vec<u8>, ReportError> {
    package::zip(&[
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::ROOT_RELS.to_owned()),
        ("docProps/core.xml", parts::core(report)),
        ("docProps/app.xml", parts::APP.to_owned()),
        ("word/document.xml", blocks::document(report)),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELS.to_owned()),
        ("word/styles.xml", styles::styles()),
        ("word/numbering.xml", parts::numbering(blocks::lists(&report.blocks))),
        ("word/settings.xml", parts::SETTINGS.to_owned()),
        ("word/header1.xml", parts::header(report, false)),
        ("word/header2.xml", parts::header(report, true)),
        ("word/footer1.xml", parts::footer(report)),
    ])
}
