//! What a run needs of a database, and no more.

use crate::error::StoreError;
use fieldbook_model::{Completeness, ParamValue, ReadSheet, RowRef};

/// What an exam holds of one dataset, all imports together that were not taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatasetState {
    /// Dataset key (`accounts`).
    pub key: String,
    /// Rows stored.
    pub rows: u64,
    /// Keys of the columns that were mapped in at least one sheet.
    pub columns: Vec<String>,
    /// Whether the rows are as many as the firm said.
    pub completeness: Completeness,
    /// SHA-256 of the files that the rows came from, lower-case hex.
    pub inputs: Vec<String>,
    /// The tables of those files, in the order of their import.
    pub sheets: Vec<ReadSheet>,
    /// Keys of the datasets that its inferred columns rest on.
    pub behind: Vec<String>,
}

/// Read-only queries over an exam's datasets.
///
/// A query sees one view a dataset, named by its key, with every column of the dataset's definition and `_id`,
/// `_row`, `_hidden`, `_origin`, `_file`, `_sha256`, `_sheet`. Parameters are given without their colon; those that a
/// query does not name are ignored; a list is bound as a JSON array, a boolean as 1 or 0.
pub trait DatasetStore {
    /// The datasets that hold at least one imported sheet, empty sheets included.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn datasets(&self) -> Result<Vec<DatasetState>, StoreError>;

    /// Computes a query once, so that later queries read it by its name, until [`forget`](Self::forget).
    ///
    /// # Errors
    /// When the query cannot run or the name is taken.
    fn keep(&self, name: &str, sql: &str, params: &[(String, ParamValue)]) -> Result<(), StoreError>;

    /// Forgets everything that was computed.
    ///
    /// # Errors
    /// When the store fails.
    fn forget(&self) -> Result<(), StoreError>;

    /// The one number that a query yields.
    ///
    /// # Errors
    /// When the query cannot run or yields something else.
    fn count(&self, sql: &str, params: &[(String, ParamValue)]) -> Result<u64, StoreError>;

    /// Hands every row of a query to `each`: its `_id`, and the other columns by name, as text.
    ///
    /// # Errors
    /// When the query cannot run or has no column `_id`.
    fn rows(
        &self,
        sql: &str,
        params: &[(String, ParamValue)],
        each: &mut dyn FnMut(i64, Vec<(String, Option<String>)>),
    ) -> Result<(), StoreError>;

    /// Where the row `id` of a dataset came from.
    ///
    /// # Errors
    /// When there is no such row or the store cannot be read.
    fn source(&self, dataset: &str, id: i64) -> Result<RowRef, StoreError>;
}
