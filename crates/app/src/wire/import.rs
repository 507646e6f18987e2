//! Received files.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A dataset that a sheet may be.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DatasetView {
    /// Key.
    pub key: String,
    /// zh-TW name.
    pub zh: String,
    /// Columns.
    pub columns: Vec<ColumnView>,
}

/// A column of a dataset.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ColumnView {
    /// Key.
    pub key: String,
    /// zh-TW name.
    pub zh: String,
    /// Whether it is required.
    pub required: bool,
    /// What it holds: `text`, `date`, `datetime` …, as in `DataColumnView`.
    pub kind: String,
}

/// Files to look at.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct InspectRequest {
    /// Paths, as chosen or dropped by the examiner.
    pub paths: Vec<String>,
    /// Encoding of texts; `null` recognises it.
    #[serde(default)]
    pub encoding: Option<String>,
}

/// A sample reading.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SampleView {
    /// Original text.
    pub original: String,
    /// As read (`民國109年12月31日`).
    pub read: String,
}

/// A mapped column.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MappedColumnView {
    /// Sheet column, from 0.
    pub index: u32,
    /// Their header.
    pub header: String,
    /// Our column's key; `null` when it is not taken.
    pub column: Option<String>,
    /// Reading: `plain`, `roc_ymd`, `ymd`, `dmy`, `mdy`, `serial`, `roc_compact`, `compact`, `file_time`, `epoch`, `ambiguous`.
    pub reading: String,
    /// 0–100.
    pub confidence: u8,
    /// A second column of theirs that holds the time of day.
    #[serde(default)]
    pub time_index: Option<u32>,
    /// The workbook hides the column; ignored in requests.
    #[serde(default)]
    pub hidden: bool,
    /// Samples; ignored in requests.
    #[serde(default)]
    pub samples: Vec<SampleView>,
    /// For dates that several calendars fit: what each would make of the samples; ignored in requests.
    #[serde(default)]
    pub choices: Vec<ReadingChoiceView>,
}

/// What a calendar would make of a column's samples.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReadingChoiceView {
    /// Reading, as in [`MappedColumnView`].
    pub reading: String,
    /// The dates, in the order of the samples; empty where it does not fit.
    pub texts: Vec<String>,
}

/// A column of ours that has one value for the whole table.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FilledView {
    /// Our column's key.
    pub column: String,
    /// zh-TW name of it; ignored in requests.
    #[serde(default)]
    pub zh: String,
    /// The value; empty in a request takes none.
    pub text: String,
    /// `sheet_name`, `title`, `examiner`.
    pub from: String,
}

/// Something that the content does not decide.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AskView {
    /// `dataset`, `calendar`, `required`, `filled`, `continues`, `above`, `shift`.
    pub code: String,
    /// Key of our column that it is about, or empty.
    pub column: String,
    /// In words.
    pub zh: String,
    /// Keys of the datasets that are possible, when it is the dataset that is asked for.
    pub options: Vec<String>,
}

/// A stored list that a sheet may be a newer version of.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EarlierView {
    /// Its id.
    pub id: f64,
    /// Batch.
    pub batch: f64,
    /// File.
    pub file: String,
    /// Sheet.
    pub sheet: String,
    /// Rows.
    pub rows: f64,
    /// Its name or its headings say that the sheet is a newer version of it.
    pub likely: bool,
}

/// A row of a preview or a dataset.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RowView {
    /// Row number that a spreadsheet shows.
    pub row: u32,
    /// Hidden in the workbook.
    pub hidden: bool,
    /// Texts in the order of the columns; `null` without a value.
    pub cells: Vec<Option<String>>,
    /// Indices of cells that could not be read.
    pub bad: Vec<u32>,
}

/// A sheet as recognised, before it is stored.
#[derive(Debug, Clone, Serialize, TS)]
pub struct InspectedSheetView {
    /// Sheet; empty for CSV.
    pub sheet: String,
    /// The sheet itself is hidden.
    pub hidden: bool,
    /// Dataset key; `null` when none fits.
    pub dataset: Option<String>,
    /// How sure the dataset is, 0–100.
    pub confidence: u8,
    /// `green`, `amber` (something is asked), `red` (it cannot be read as it is).
    pub light: String,
    /// What is asked.
    pub asks: Vec<AskView>,
    /// Header row as a spreadsheet shows it; with the sheet's name it tells the table.
    pub header_row: u32,
    /// Last row, where another table follows on the sheet.
    pub end_row: Option<u32>,
    /// Rows that hold anything, as far as was looked.
    pub row_count: f64,
    /// There are more rows than were looked at.
    pub more_rows: bool,
    /// How many of the rows looked at are hidden; `null` when the format does not tell.
    pub hidden_rows: Option<f64>,
    /// All columns of the sheet.
    pub columns: Vec<MappedColumnView>,
    /// Columns that have one value for the whole table.
    pub filled: Vec<FilledView>,
    /// Stored lists of the same dataset.
    pub earlier: Vec<EarlierView>,
    /// Required columns without a header: zh-TW names.
    pub missing_required: Vec<String>,
    /// The first rows, as they will be stored; columns are the mapped ones in order, then the filled ones.
    pub rows: Vec<RowView>,
}

/// A file as recognised, before it is stored.
#[derive(Debug, Clone, Serialize, TS)]
pub struct InspectedFileView {
    /// Path as given.
    pub path: String,
    /// Name.
    pub file: String,
    /// SHA-256.
    pub sha256: String,
    /// Bytes.
    pub size: f64,
    /// Encoding of CSV.
    pub encoding: String,
    /// Tables, in the order of the sheets.
    pub sheets: Vec<InspectedSheetView>,
    /// Why nothing could be read.
    pub error: Option<super::ErrorView>,
}

/// What the examiner chose for a table.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SheetChoice {
    /// Sheet.
    pub sheet: String,
    /// Header row that tells the table; 0 for the sheet's first.
    pub header_row: u32,
    /// Dataset key.
    pub dataset: String,
    /// Mapping; empty takes the recognised one.
    pub columns: Vec<MappedColumnView>,
    /// Columns that have one value for the whole table; read together with a mapping only.
    pub filled: Vec<FilledView>,
    /// `FILED`, `LEDGER`, `ONSITE`, `DISCOVERED`.
    pub origin: Option<String>,
    /// Rows that the firm says there are.
    pub declared_rows: Option<u32>,
    /// Id of the stored list that this one takes the place of.
    pub replaces: Option<f64>,
}

/// A file to store. Without choices every recognised table is taken as recognised.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FileChoice {
    /// Path.
    pub path: String,
    /// Choices.
    pub sheets: Vec<SheetChoice>,
    /// Encoding for CSV; `null` recognises it.
    pub encoding: Option<String>,
}

/// Stores files as one batch.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportRequest {
    /// Files.
    pub files: Vec<FileChoice>,
    /// Who handed them over; may be empty.
    pub received_from: String,
}

/// Compares a table that is not stored yet with the stored lists that it would take the place of.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportCompareRequest {
    /// The file with one choice, which says what it replaces.
    pub file: FileChoice,
    /// First row of each kind.
    pub offset: u32,
    /// Rows of each kind, at most 200.
    pub limit: u32,
}

/// Before and after.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportCompareView {
    /// Rows before.
    pub before: f64,
    /// Rows after.
    pub after: f64,
    /// `null` when nothing tells the rows of the dataset apart.
    pub counts: Option<ImportCompareCountsView>,
    /// Columns that only the newer list has: zh-TW names.
    pub new_columns: Vec<String>,
    /// Columns that only the older list has.
    pub gone_columns: Vec<String>,
    /// zh-TW names of the columns that tell rows apart.
    pub key_columns: Vec<String>,
    /// A window of the rows that differ: the changed, the added, the removed.
    pub rows: Vec<ComparedRowView>,
}

/// How many rows are what.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportCompareCountsView {
    /// Only in the newer list.
    pub added: f64,
    /// Only in the older list.
    pub removed: f64,
    /// In both, with other values.
    pub changed: f64,
    /// In both, alike.
    pub equal: f64,
    /// Rows without a key, before and after together.
    pub unkeyed: f64,
}

/// A row that differs.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ComparedRowView {
    /// `added`, `removed`, `changed`.
    pub change: String,
    /// What tells the row apart, in words.
    pub key: String,
    /// Row number before, as a spreadsheet shows it.
    pub row_before: Option<u32>,
    /// Row number after.
    pub row_after: Option<u32>,
    /// What changed; for rows that came or went, all of their values.
    pub cells: Vec<ComparedCellView>,
}

/// A value before and after.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ComparedCellView {
    /// zh-TW name of the column.
    pub column: String,
    /// Before; `null` without a value.
    pub before: Option<String>,
    /// After.
    pub after: Option<String>,
}

/// Progress of an import; at most ten a second.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ProgressView {
    /// Path as given.
    pub path: String,
    /// Sheet.
    pub sheet: String,
    /// Rows of the sheet so far.
    pub rows: f64,
    /// Which of the files it is, from 1.
    pub file: u32,
    /// How many files there are.
    pub files: u32,
    /// The part of all files that is done, 0–1; `null` when there is nothing to measure it by.
    pub fraction: Option<f64>,
    /// Rows read in a second, lately; 0 before it can be told.
    pub rows_per_second: f64,
    /// Seconds until all files are read, by the present speed; `null` before it can be told.
    pub seconds_left: Option<u32>,
}

/// A stored table.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SheetView {
    /// Id, by which its rows and issues are asked for; 0 when nothing was stored.
    pub id: f64,
    /// Sheet.
    pub sheet: String,
    /// Dataset key; `null` when none fits and nothing was stored.
    pub dataset: Option<String>,
    /// zh-TW name of the dataset.
    pub dataset_zh: String,
    /// Header row.
    pub header_row: u32,
    /// Last row, where another table follows on the sheet.
    pub end_row: Option<u32>,
    /// Mapped columns.
    pub mapping: Vec<MappedColumnView>,
    /// Columns that have one value for the whole table.
    pub filled: Vec<FilledView>,
    /// Headers without a column of ours.
    pub unmapped: Vec<String>,
    /// Rows read.
    pub rows_read: f64,
    /// Rows stored.
    pub rows_stored: f64,
    /// Rows rejected.
    pub rows_rejected: f64,
    /// Hidden rows; `null` when the format does not tell.
    pub hidden_rows: Option<f64>,
    /// Headers of hidden columns; `null` when the format does not tell.
    pub hidden_columns: Option<Vec<String>>,
    /// The sheet itself is hidden.
    pub hidden_sheet: bool,
    /// Number of issues.
    pub issue_count: u32,
    /// Which list.
    pub origin: Option<String>,
    /// Declared rows.
    pub declared_rows: Option<f64>,
    /// Whether the rows read are those stored and those rejected together; `null` when nothing was read.
    pub reconciles: Option<bool>,
    /// Whether as many rows were stored as the firm declared; `null` when it declared nothing, or nothing was stored.
    pub complete: Option<bool>,
    /// Batch that brought a newer version of it.
    pub superseded_by: Option<f64>,
    /// Why nothing was stored.
    pub error: Option<super::ErrorView>,
}

/// An import: the files that were stored together.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportView {
    /// Batch; 0 when nothing was stored.
    pub batch: f64,
    /// Files.
    pub files: Vec<ImportedFileView>,
    /// Who handed them over; may be empty.
    pub received_from: String,
    /// By whom.
    pub by: String,
    /// When.
    pub at: String,
    /// Taken back.
    pub undone: bool,
}

/// A file with its tables.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportedFileView {
    /// Name.
    pub file: String,
    /// SHA-256.
    pub sha256: String,
    /// Bytes.
    pub size: f64,
    /// Encoding.
    pub encoding: String,
    /// Tables.
    pub sheets: Vec<SheetView>,
    /// Why nothing was stored.
    pub error: Option<super::ErrorView>,
}

/// Names an import.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportBatchRequest {
    /// Batch.
    pub batch: f64,
}

/// What was taken back.
#[derive(Debug, Clone, Serialize, TS)]
pub struct UndoneView {
    /// Batch.
    pub batch: f64,
    /// Rows removed.
    pub rows_removed: f64,
}

/// A window of issues.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct IssuesRequest {
    /// Id of the stored table.
    pub sheet: f64,
    /// First.
    pub offset: u32,
    /// At most 500.
    pub limit: u32,
}

/// One issue.
#[derive(Debug, Clone, Serialize, TS)]
pub struct IssueView {
    /// Row.
    pub row: u32,
    /// Column's zh-TW name or their header.
    pub column: String,
    /// Code.
    pub code: String,
    /// What it means, zh-TW.
    pub zh: String,
    /// Original text.
    pub text: String,
    /// The whole row was rejected.
    pub row_rejected: bool,
}

/// A window of issues.
#[derive(Debug, Clone, Serialize, TS)]
pub struct IssuePageView {
    /// All of them.
    pub total: u32,
    /// This window.
    pub issues: Vec<IssueView>,
}

/// A window of stored rows of one sheet of an import.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RowsRequest {
    /// Id of the stored table.
    pub sheet: f64,
    /// First.
    pub offset: u32,
    /// At most 500.
    pub limit: u32,
}

/// A window of stored rows.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RowsPageView {
    /// All of them.
    pub total: f64,
    /// Columns: zh-TW names.
    pub columns: Vec<String>,
    /// This window.
    pub rows: Vec<RowView>,
}
