//! Why a file or a sheet could not be read at all. Bad rows are data, not errors.

/// Nothing could be done with a file or a sheet. No variant repeats what the file holds.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The operating system did not let the file be read.
    #[error("the file could not be read: {0}")]
    Io(#[from] std::io::Error),
    /// The file has no bytes, no text but blanks, or no worksheet.
    #[error("the file is empty")]
    Empty,
    /// The bytes are no spreadsheet and no delimited text.
    #[error("the file is not a spreadsheet")]
    NotASpreadsheet,
    /// A spreadsheet of a kind that is not read, or that only a [`crate::BookReader`] reads and none was handed in;
    /// saving it as xlsx helps.
    #[error("spreadsheets of kind {kind} are not read")]
    Unsupported {
        /// `xls`, `ods`, `html` or `xml`.
        kind: &'static str,
    },
    /// The [`crate::BookReader`] could not be started.
    #[error("the reader of whole workbooks could not be started: {0}")]
    NoReader(std::io::Error),
    /// The workbook is encrypted with a password.
    #[error("the workbook is locked with a password")]
    Locked,
    /// The container or a part of it is broken or cut off.
    #[error("the file is damaged: {what}")]
    Damaged {
        /// The part, in English, for a developer.
        what: &'static str,
    },
    /// A limit of [`crate::Limits`] is exceeded.
    #[error("the file exceeds the limit of {limit} for {what}")]
    TooLarge {
        /// Which limit.
        what: Excess,
        /// The limit.
        limit: u64,
    },
    /// The caller named an encoding that is not known.
    #[error("the encoding is not known")]
    UnknownEncoding,
    /// The caller named a sheet that the file does not have.
    #[error("the file has no such sheet")]
    NoSuchSheet,
    /// The caller named a dataset that is not defined.
    #[error("there is no such dataset")]
    NoSuchDataset,
    /// The plan names no dataset, so the sheet cannot be read.
    #[error("no dataset fits the sheet")]
    NoDataset,
    /// Required columns have no column of the sheet.
    #[error("required columns are missing: {}", columns.join(", "))]
    MissingRequired {
        /// Keys of the missing columns.
        columns: Vec<String>,
    },
    /// The text is no mapping profile.
    #[error("the mapping profile cannot be read{}", line.map(|l| format!(" (line {l})")).unwrap_or_default())]
    BadProfile {
        /// Line from 1, where it is known.
        line: Option<u32>,
    },
    /// The receiver of the rows wants no more.
    #[error("the receiver of the rows closed")]
    SinkClosed,
    /// The caller stopped the import.
    #[error("the import was cancelled")]
    Cancelled,
}

/// Which limit a file exceeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excess {
    /// Bytes of the file.
    Bytes,
    /// Parts inside the container.
    Parts,
    /// Bytes of all parts unpacked, or of one part.
    Unpacked,
    /// Unpacked bytes for each packed byte.
    Ratio,
    /// Texts in the workbook's table of shared texts.
    SharedStrings,
    /// Cell formats.
    Styles,
    /// Merged ranges.
    Merges,
    /// Rows below the header.
    Rows,
    /// Cells in one row.
    Columns,
    /// Bytes of one line of text, or of one row.
    Line,
    /// Bytes of memory of the process that reads a whole workbook.
    Memory,
    /// Pixels of a picture's width or height.
    Pixels,
    /// Seconds that the process that reads a whole workbook takes for an answer.
    Seconds,
}

impl std::fmt::Display for Excess {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Bytes => "bytes",
            Self::Parts => "parts",
            Self::Unpacked => "unpacked bytes",
            Self::Ratio => "compression",
            Self::SharedStrings => "shared texts",
            Self::Styles => "cell formats",
            Self::Merges => "merged ranges",
            Self::Rows => "rows",
            Self::Columns => "columns",
            Self::Line => "bytes in one line",
            Self::Memory => "bytes of memory",
            Self::Pixels => "pixels",
            Self::Seconds => "seconds of reading",
        })
    }
}
