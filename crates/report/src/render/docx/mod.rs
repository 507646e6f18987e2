//! A report as a Word document (Office Open XML, ECMA-376): real styles, tables and fields, to be edited.

mod blocks;
mod chart;
mod looks;
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
    let charts = chart::charts(&report.blocks);
    let part = |name: &str, content| (name.to_owned(), content);
    let mut parts = vec![
        part("[Content_Types].xml", parts::content_types(charts.len())),
        part("_rels/.rels", parts::ROOT_RELS.to_owned()),
        part("docProps/core.xml", parts::core(report)),
        part("docProps/app.xml", parts::APP.to_owned()),
        part("word/document.xml", blocks::document(report)),
        part("word/_rels/document.xml.rels", parts::relations(charts.len())),
        part("word/styles.xml", styles::styles()),
        part("word/numbering.xml", parts::numbering(blocks::lists(&report.blocks))),
        part("word/settings.xml", parts::SETTINGS.to_owned()),
        part("word/header1.xml", parts::header(report, false)),
        part("word/header2.xml", parts::header(report, true)),
        part("word/footer1.xml", parts::footer(report)),
    ];
    let drawn = charts.iter().zip(1usize..).map(|(c, n)| (chart::name(n), chart::part(c)));
    parts.extend(drawn.map(|(name, content)| (format!("word/{name}"), content)));
    package::zip(&parts)
}
