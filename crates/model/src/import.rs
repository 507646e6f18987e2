//! Where every row came from, and what could not be read.

use crate::date::Moment;

/// Place of a row in a file that the firm handed over. Every exception and figure carries one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowRef {
    /// SHA-256 of the file's bytes, lower-case hex.
    pub file_sha256: String,
    /// File name without folders.
    pub file: String,
    /// Sheet name; empty for CSV.
    pub sheet: String,
    /// Row number that a spreadsheet shows; for CSV the line of the record.
    pub row: u32,
}

/// Which list an asset row comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListOrigin {
    /// 申報清單: filed with TWSE.
    Filed,
    /// 財產帳／資訊資產清冊.
    Ledger,
    /// 實地盤點.
    Onsite,
    /// Found by a scan.
    Discovered,
}

impl ListOrigin {
    /// The text of the command line's contract (`FILED` …).
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Filed => "FILED",
            Self::Ledger => "LEDGER",
            Self::Onsite => "ONSITE",
            Self::Discovered => "DISCOVERED",
        }
    }

    /// Reads the contract's text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Filed, Self::Ledger, Self::Onsite, Self::Discovered].into_iter().find(|o| o.as_str() == text)
    }
}

/// How the cells of one column were read, decided for the column as a whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reading {
    /// As text, number or choice; no decision was needed.
    Plain,
    /// ROC year, month, day.
    RocYmd,
    /// Gregorian year, month, day.
    Ymd,
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Spreadsheet serials (or true date cells).
    Serial,
    /// Compact ROC digits, 6 or 7.
    RocCompact,
    /// Compact Gregorian digits, 8.
    Compact,
    /// Windows FILETIME.
    FileTime,
    /// Seconds or milliseconds since 1970.
    Epoch,
    /// Several calendars fit equally; the examiner must say which.
    Ambiguous,
}

/// One mapped column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedColumn {
    /// Index of the sheet's column, from 0.
    pub index: u32,
    /// Their header, as written.
    pub header: String,
    /// Our column's key.
    pub column: String,
    /// How its cells are read.
    pub reading: Reading,
    /// The values are turned round (`停用` = 是 means not enabled).
    pub inverted: bool,
    /// How sure the recognition is, 0–100; the examiner's own choice is 100.
    pub confidence: u8,
    /// Index of a second column of theirs that holds the time of day for this column's date.
    pub time_index: Option<u32>,
}

/// Where a value comes from that no column of the sheet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FilledFrom {
    /// The sheet's name: one system a sheet.
    SheetName,
    /// A cell above the header.
    Title,
    /// The examiner.
    Examiner,
}

impl FilledFrom {
    /// Stable code for outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SheetName => "sheet_name",
            Self::Title => "title",
            Self::Examiner => "examiner",
        }
    }

    /// Reads a stable code.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::SheetName, Self::Title, Self::Examiner].into_iter().find(|f| f.as_str() == text)
    }
}

/// A column of ours that has the same value in every row of a sheet, and no column of theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilledColumn {
    /// Our column's key.
    pub column: String,
    /// The value as the source has it; read like a cell.
    pub text: String,
    /// Its source.
    pub from: FilledFrom,
}

/// What is wrong with a cell, row, sheet or file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IssueCode {
    /// Not a date of the column's calendar.
    BadDate,
    /// Not a number.
    BadNumber,
    /// Not a yes or no.
    BadBool,
    /// None of the column's choices.
    BadChoice,
    /// A required cell is empty.
    RequiredEmpty,
    /// Bytes that the file's encoding does not know.
    BadEncoding,
    /// An error value of a formula (`#REF!`).
    FormulaError,
    /// The column's calendar could not be decided.
    AmbiguousDate,
    /// The row looks like a total, note or signature and was not read.
    Footer,
    /// The row's text was cut because a cell is longer than the limit.
    TooLong,
    /// Another table with a header of its own begins here; it and what follows were not read with this one.
    AnotherTable,
}

impl IssueCode {
    /// Stable code for outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BadDate => "bad_date",
            Self::BadNumber => "bad_number",
            Self::BadBool => "bad_bool",
            Self::BadChoice => "bad_choice",
            Self::RequiredEmpty => "required_empty",
            Self::BadEncoding => "bad_encoding",
            Self::FormulaError => "formula_error",
            Self::AmbiguousDate => "ambiguous_date",
            Self::Footer => "footer",
            Self::TooLong => "too_long",
            Self::AnotherTable => "another_table",
        }
    }

    /// Reads a stable code.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [
            Self::BadDate,
            Self::BadNumber,
            Self::BadBool,
            Self::BadChoice,
            Self::RequiredEmpty,
            Self::BadEncoding,
            Self::FormulaError,
            Self::AmbiguousDate,
            Self::Footer,
            Self::TooLong,
            Self::AnotherTable,
        ]
        .into_iter()
        .find(|c| c.as_str() == text)
    }
}

/// One cell or row that could not be read as it should. A bad row is data, not an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowIssue {
    /// Row number that a spreadsheet shows.
    pub row: u32,
    /// Our column's key, or their header where there is none; empty for the row as a whole.
    pub column: String,
    /// Code.
    pub code: IssueCode,
    /// The cell's original text.
    pub text: String,
    /// Whether the whole row was rejected (else only the cell).
    pub row_rejected: bool,
}

/// What one sheet became.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetRecord {
    /// Sheet name; empty for CSV.
    pub sheet: String,
    /// Dataset key; `None` when no dataset fits.
    pub dataset: Option<String>,
    /// Row of the header as a spreadsheet shows it.
    pub header_row: u32,
    /// Last row of the table, where another one follows on the same sheet.
    pub end_row: Option<u32>,
    /// Mapped columns.
    pub mapping: Vec<MappedColumn>,
    /// Columns that have one value for the whole sheet; a row's values follow those of the mapped columns.
    pub filled: Vec<FilledColumn>,
    /// Headers without a column of ours.
    pub unmapped: Vec<String>,
    /// Required columns without a header.
    pub missing_required: Vec<String>,
    /// Rows below the header that hold anything.
    pub rows_read: u64,
    /// Rows that were stored.
    pub rows_stored: u64,
    /// Rows that were rejected whole.
    pub rows_rejected: u64,
    /// Hidden rows among the stored; `None` when the format does not tell.
    pub hidden_rows: Option<u64>,
    /// Headers of hidden columns; `None` when the format does not tell.
    pub hidden_columns: Option<Vec<String>>,
    /// The sheet itself is hidden.
    pub hidden_sheet: bool,
    /// Issues, in row order.
    pub issues: Vec<RowIssue>,
    /// Which list, for assets.
    pub origin: Option<ListOrigin>,
    /// Rows that the firm says there are (母體筆數).
    pub declared_rows: Option<u64>,
}

/// Whether the population is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completeness {
    /// Rows read equal the number that the firm stated.
    Complete,
    /// They differ.
    Incomplete,
    /// The firm stated none.
    NotStated,
}

/// One file that was received.
#[derive(Debug, Clone, PartialEq)]
pub struct FileRecord {
    /// File name without folders.
    pub file: String,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
    /// Encoding (`UTF-8`, `Big5` …) for CSV, empty else.
    pub encoding: String,
    /// Sheets.
    pub sheets: Vec<SheetRecord>,
}

/// One import: the files that were received together, which can be taken back whole.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportBatch {
    /// Number within the exam, from 1.
    pub batch: i64,
    /// Files, at least one, in the order of import.
    pub files: Vec<FileRecord>,
    /// Who handed them over; empty where nobody was named.
    pub received_from: String,
    /// Who imported them.
    pub by: String,
    /// When.
    pub at: Moment,
    /// Whether it was taken back.
    pub undone: bool,
}

impl ImportBatch {
    /// Every sheet with its file, in the order of import.
    pub fn sheets(&self) -> impl Iterator<Item = (&FileRecord, &SheetRecord)> {
        self.files.iter().flat_map(|file| file.sheets.iter().map(move |sheet| (file, sheet)))
    }
}
