//! What can go wrong between a dossier and its files.

/// An output that could not be made. No text of the exam is in it.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A font file could not be read as a TrueType font.
    #[error("the {which} font is not a readable TrueType font")]
    Font {
        /// `regular`, `bold` or `fallback`.
        which: &'static str,
    },
    /// The spreadsheet writer refused a paper.
    #[error("working paper {paper} could not be written")]
    Workbook {
        /// Paper number (`T-COL-05`).
        paper: String,
        /// The writer's own error.
        #[source]
        source: Box<rust_xlsxwriter::XlsxError>,
    },
    /// The spreadsheet writer's bytes did not have the expected shape.
    #[error("working paper {paper} could not be put together: {what}")]
    Package {
        /// Paper number.
        paper: String,
        /// Which part.
        what: &'static str,
    },
    /// The PDF writer's bytes did not have the expected shape.
    #[error("the PDF could not be written: {what}")]
    Pdf {
        /// Which part.
        what: &'static str,
    },
    /// A file was read again and something of the dossier is not in it.
    #[error("the file that was written lacks {what}")]
    Incomplete {
        /// Which kind of thing.
        what: &'static str,
    },
    /// A plan of measures was asked for, and no finding that stands asks for a measure.
    #[error("there is no finding to plan a measure for")]
    NothingPlanned,
    /// The writer of tables for machines refused a table.
    #[error("the table {table} could not be written")]
    Parquet {
        /// Its name.
        table: &'static str,
    },
    /// The word processor's document could not be put together.
    #[error("the document could not be written: {what}")]
    Docx {
        /// Which part.
        what: &'static str,
    },
}
