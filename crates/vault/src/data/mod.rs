//! Stored rows as screens show them: windows in any order, one row in full, the profile of a column.

mod hits;
mod profile;
mod query;
mod view;
mod window;

pub use profile::{Bin, ColumnProfile};
pub use query::{CellTest, DataFilter, DataQuery, SortOrder};
pub use view::{DataView, Interrupter};

use crate::error::VaultError;
use crate::table::dataset::has_state;
use crate::table::import_sheet::StoredSheet;
use fieldbook_model::{DatasetDef, RowRef};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use std::collections::BTreeMap;

/// A cell as stored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DataCell {
    /// Stored text; `None` without a value.
    pub text: Option<String>,
    /// What the firm wrote, where it differs from the stored text.
    pub original: Option<String>,
    /// Without a value: the firm wrote that it never happened.
    pub never: bool,
    /// Without a value: something was written that could not be read.
    pub unreadable: bool,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataRow {
    /// `_id` within the dataset.
    pub id: i64,
    /// Where it came from.
    pub source: RowRef,
    /// Id of the stored table that it belongs to.
    pub sheet_id: i64,
    /// Its place among the rows of that table, from 0.
    pub place: u64,
    /// Hidden in the workbook.
    pub hidden: bool,
    /// Cells, in the order of the dataset's columns.
    pub cells: Vec<DataCell>,
}

/// Some rows of a dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataWindow {
    /// Keys of the columns.
    pub columns: Vec<String>,
    /// Rows of the dataset that pass the filter.
    pub total: u64,
    /// The rows asked for.
    pub rows: Vec<DataRow>,
}

/// One row in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// Where it came from.
    pub source: RowRef,
    /// Hidden in the workbook.
    pub hidden: bool,
    /// Column key and cell, in the order of the dataset's columns.
    pub cells: Vec<(String, DataCell)>,
}

/// Rows of a dataset's table (that of the live ones or of the superseded); `part` is what follows the table's name.
/// Every row belongs to one of `sheets`.
pub(crate) fn select(
    conn: &Connection,
    def: &DatasetDef,
    table: &str,
    sheets: &[StoredSheet],
    part: &str,
    params: &[&str],
) -> Result<Vec<DataRow>, VaultError> {
    let mut some = conn.prepare_cached(&format!("SELECT {} FROM \"{table}\" {part}", names(def)))?;
    let mut rows = some.query(rusqlite::params_from_iter(params))?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(read(row, def, sheets)?);
    }
    Ok(out)
}

/// What [`read`] reads, in its order.
pub(crate) fn names(def: &DatasetDef) -> String {
    let mut names: Vec<String> =
        ["_id", "_sheet_id", "_row", "_hidden", "_unreadable", "_originals"].map(str::to_owned).to_vec();
    for column in &def.columns {
        names.push(format!("\"{}\"", column.key));
        names.push(if has_state(column) { format!("\"{}_state\"", column.key) } else { "NULL".to_owned() });
    }
    names.join(", ")
}

pub(crate) fn read(row: &Row<'_>, def: &DatasetDef, sheets: &[StoredSheet]) -> Result<DataRow, VaultError> {
    const DAMAGED: VaultError = VaultError::Damaged { what: "dataset row" };
    let sheet_id: i64 = row.get(1)?;
    let sheet = sheets.iter().find(|s| s.id == sheet_id).ok_or(DAMAGED)?;
    let unreadable: Option<String> = row.get(4)?;
    let originals: Option<String> = row.get(5)?;
    let mut originals: BTreeMap<String, String> = match originals {
        Some(json) => serde_json::from_str(&json).map_err(|_| DAMAGED)?,
        None => BTreeMap::new(),
    };
    let mut cells = Vec::with_capacity(def.columns.len());
    for (i, column) in def.columns.iter().enumerate() {
        let state: Option<String> = row.get(7 + 2 * i)?;
        let listed = unreadable.as_ref().is_some_and(|list| list.split(',').any(|key| key == column.key));
        cells.push(DataCell {
            text: text_of(row.get_ref(6 + 2 * i)?),
            original: originals.remove(&column.key),
            never: state.as_deref() == Some("never"),
            unreadable: listed || state.as_deref() == Some("unreadable"),
        });
    }
    let source = RowRef {
        file_sha256: sheet.sha256.clone(),
        file: sheet.file.clone(),
        sheet: sheet.record.sheet.clone(),
        row: row.get(2)?,
    };
    let id: i64 = row.get(0)?;
    // The rows of a table lie in one run of ids.
    let place = id.saturating_sub(sheet.first_id).max(0).unsigned_abs();
    Ok(DataRow { id, source, sheet_id, place, hidden: row.get(3)?, cells })
}

/// A database value as text; numbers as [`fieldbook_model::Value::stored_text`] writes them.
pub(crate) fn text_of(value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(n) => Some(n.to_string()),
        ValueRef::Real(x) => Some(x.to_string()),
        ValueRef::Text(t) => Some(String::from_utf8_lossy(t).into_owned()),
        ValueRef::Blob(b) => Some(hex::encode(b)),
    }
}
