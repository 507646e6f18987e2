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
}

/// Files to look at.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct InspectRequest {
    /// Paths, as chosen or dropped by the examiner.
    pub paths: Vec<String>,
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
    /// Samples; ignored in requests.
    #[serde(default)]
    pub samples: Vec<SampleView>,
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
    /// Header row as a spreadsheet shows it.
    pub header_row: u32,
    /// All columns of the sheet.
    pub columns: Vec<MappedColumnView>,
    /// Required columns without a header: zh-TW names.
    pub missing_required: Vec<String>,
    /// The first rows, as they will be stored; columns are the mapped ones in order.
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
    /// Sheets.
    pub sheets: Vec<InspectedSheetView>,
    /// Why nothing could be read.
    pub error: Option<super::ErrorView>,
}

/// What the examiner chose for a sheet.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SheetChoice {
    /// Sheet.
    pub sheet: String,
    /// Dataset key.
    pub dataset: String,
    /// Mapping; empty takes the recognised one.
    pub columns: Vec<MappedColumnView>,
    /// `FILED`, `LEDGER`, `ONSITE`, `DISCOVERED`.
    pub origin: Option<String>,
    /// Rows that the firm says there are.
    pub declared_rows: Option<u32>,
}

/// Stores a file. Without choices every recognised sheet is taken as recognised.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportRequest {
    /// Path.
    pub path: String,
    /// Choices.
    pub sheets: Vec<SheetChoice>,
    /// Encoding for CSV; `null` recognises it.
    pub encoding: Option<String>,
}

/// Progress of an import; at most ten a second.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ProgressView {
    /// Path as given.
    pub path: String,
    /// Sheet.
    pub sheet: String,
    /// Rows so far.
    pub rows: f64,
}

/// A stored sheet.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SheetView {
    /// Sheet.
    pub sheet: String,
    /// Dataset key; `null` when none fits and nothing was stored.
    pub dataset: Option<String>,
    /// zh-TW name of the dataset.
    pub dataset_zh: String,
    /// Header row.
    pub header_row: u32,
    /// Mapped columns.
    pub mapping: Vec<MappedColumnView>,
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
    /// The sheet itself is hidden.
    pub hidden_sheet: bool,
    /// Number of issues.
    pub issue_count: u32,
    /// Which list.
    pub origin: Option<String>,
    /// Declared rows.
    pub declared_rows: Option<f64>,
    /// Why nothing was stored.
    pub error: Option<super::ErrorView>,
}

/// An import.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportView {
    /// Batch; 0 when nothing was stored.
    pub batch: f64,
    /// File.
    pub file: ImportedFileView,
    /// By whom.
    pub by: String,
    /// When.
    pub at: String,
    /// Taken back.
    pub undone: bool,
}

/// A file with its sheets.
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
    /// Sheets.
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
    /// Batch.
    pub batch: f64,
    /// Sheet.
    pub sheet: String,
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
    /// Batch.
    pub batch: f64,
    /// Sheet.
    pub sheet: String,
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
