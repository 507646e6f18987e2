//! Stored data, in windows.

use super::RowView;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A dataset of the exam that has rows.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DataSetView {
    /// Key.
    pub key: String,
    /// Code (`D01`).
    pub code: String,
    /// zh-TW name.
    pub zh: String,
    /// What one row is, in zh-TW.
    pub row: String,
    /// Rows.
    pub rows: f64,
    /// Columns, in their order.
    pub columns: Vec<DataColumnView>,
    /// The tables that its rows came from.
    pub sheets: Vec<DataSheetView>,
}

/// A column of it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DataColumnView {
    /// Key.
    pub key: String,
    /// zh-TW name.
    pub zh: String,
    /// `text`, `bool`, `enum`, `date`, `datetime`, `int`, `num`, `duration`.
    pub kind: String,
    /// A table has it.
    pub present: bool,
}

/// A table that rows came from.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DataSheetView {
    /// Id.
    pub id: f64,
    /// Batch.
    pub batch: f64,
    /// File.
    pub file: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Sheet; empty for CSV.
    pub sheet: String,
    /// Rows.
    pub rows: f64,
}

/// A column to sort by.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SortChoice {
    /// Column key.
    pub column: String,
    /// Largest first.
    pub descending: bool,
}

/// A condition; rows meet all of them.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FilterChoice {
    /// Column key; empty for `hidden` and `sheet`.
    pub column: String,
    /// `contains`, `equals`, `between`, `missing`, `never`, `unreadable`, `hidden`, `sheet`.
    pub test: String,
    /// Text, lowest value, or the id of the table; may be empty where the test needs none.
    pub from: String,
    /// Highest value, for `between`.
    pub to: String,
}

/// Which rows of a dataset, in which order, and which window of them.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DataRequest {
    /// Dataset key.
    pub dataset: String,
    /// First row.
    pub offset: f64,
    /// Rows, at most 500; 5,000 to copy.
    pub limit: u32,
    /// The most important first.
    pub sort: Vec<SortChoice>,
    /// Conditions.
    pub filters: Vec<FilterChoice>,
    /// Only rows of which a cell contains this; empty for all.
    pub find: String,
}

/// Looks for the next row.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DataFindRequest {
    /// Rows and their order.
    pub data: DataRequest,
    /// Index from which on, itself included.
    pub from: f64,
    /// What a cell contains.
    pub text: String,
    /// Towards the first row instead of the last.
    pub back: bool,
    /// All that there are are counted; it takes a look at every row.
    pub counted: bool,
}

/// Where a row is.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DataFoundView {
    /// Index in the order asked for; `null` when there is none.
    pub index: Option<f64>,
    /// Which of all hits it is, from 1; `null` when they were not counted or there is none.
    pub nth: Option<f64>,
    /// All hits; `null` when they were not counted.
    pub hits: Option<f64>,
}

/// A window of rows; cells in the order of the dataset's columns.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DataPageView {
    /// Rows that meet the conditions.
    pub total: f64,
    /// This window.
    pub rows: Vec<DataRowView>,
}

/// A row with its place.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DataRowView {
    /// Cells and row number.
    pub row: RowView,
    /// File.
    pub file: String,
    /// Sheet; empty for CSV.
    pub sheet: String,
    /// What the firm wrote, where the stored value differs, in the order of the cells.
    pub originals: Vec<Option<String>>,
    /// Indices of cells in which the firm wrote that it never happened.
    pub never: Vec<u32>,
    /// The table that it belongs to: id in [`DataSheetView`].
    pub sheet_id: f64,
    /// Its place among the rows of that table, from 0: its index when only that table is asked for, in no other order.
    pub place: f64,
}

/// Rows as text that a spreadsheet takes over.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DataCopyView {
    /// Tab-separated, with the headings first.
    pub text: String,
    /// Rows.
    pub rows: u32,
}

/// A column to look through.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DataProfileRequest {
    /// Dataset key.
    pub dataset: String,
    /// Column key.
    pub column: String,
}

/// What a column holds.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DataProfileView {
    /// Rows.
    pub rows: f64,
    /// Nothing was written.
    pub missing: f64,
    /// The firm wrote that it never happened.
    pub never: f64,
    /// Could not be read.
    pub unreadable: f64,
    /// Different values.
    pub distinct: f64,
    /// Smallest value, as people read it.
    pub min: Option<String>,
    /// Largest value.
    pub max: Option<String>,
    /// The most frequent values, at most 20.
    pub top: Vec<DataTopView>,
    /// Histogram of dates or numbers, at most 40 bars without gaps.
    pub bins: Vec<DataBinView>,
}

/// A value and how often it stands there.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DataTopView {
    /// As people read it.
    pub zh: String,
    /// As stored, for a condition.
    pub value: String,
    /// Rows.
    pub rows: f64,
}

/// A bar of a histogram.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DataBinView {
    /// As people read it.
    pub zh: String,
    /// Lowest value, for a condition.
    pub from: String,
    /// Highest value, for a condition.
    pub to: String,
    /// Rows.
    pub rows: f64,
}
