//! Windows of a dataset's rows for a screen, and one row in full.

use crate::error::VaultError;
use crate::exam_store::ExamStore;
use crate::table::dataset::{has_state, table_of};
use crate::table::import_file;
use crate::table::import_sheet::{self, StoredSheet};
use fieldbook_model::{DatasetDef, RowRef};
use rusqlite::Row;
use rusqlite::types::ValueRef;
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

impl ExamStore {
    /// Rows of a dataset from `offset` on, in the order of import. With a filter, rows of which a cell contains it
    /// (ASCII letters in either case). Without one, any offset costs the same.
    ///
    /// # Errors
    /// [`VaultError::UnknownDataset`].
    pub fn dataset_rows(
        &self,
        key: &str,
        offset: u64,
        limit: u64,
        filter: Option<&str>,
    ) -> Result<DataWindow, VaultError> {
        let def = self.def(key)?;
        let sheets = import_sheet::of_dataset(&self.conn, key)?;
        let columns = def.columns.iter().map(|c| c.key.clone()).collect();
        let (total, rows) = match filter.filter(|text| !text.is_empty()) {
            None => {
                (sheets.iter().map(|s| s.record.rows_stored).sum(), self.plain(def, &sheets, offset, limit)?)
            }
            Some(text) => self.filtered(def, &sheets, text, offset, limit)?,
        };
        Ok(DataWindow { columns, total, rows })
    }

    /// Rows of one sheet of an import from `offset` on; none when the batch has no such sheet or was undone.
    ///
    /// # Errors
    /// [`VaultError::UnknownDataset`].
    pub fn sheet_rows(
        &self,
        batch: i64,
        sheet: &str,
        offset: u64,
        limit: u64,
    ) -> Result<DataWindow, VaultError> {
        let stored = import_sheet::of_batch(&self.conn, batch)?;
        let kept = !import_file::find(&self.conn, batch).is_ok_and(|b| b.undone);
        let found =
            stored.into_iter().find(|s| kept && s.record.sheet == sheet && s.record.dataset.is_some());
        let Some((found, key)) = found.and_then(|s| s.record.dataset.clone().map(|key| (s, key))) else {
            return Ok(DataWindow { columns: Vec::new(), total: 0, rows: Vec::new() });
        };
        let def = self.def(&key)?;
        let columns = def.columns.iter().map(|c| c.key.clone()).collect();
        let total = found.record.rows_stored;
        let rows = self.plain(def, std::slice::from_ref(&found), offset, limit)?;
        Ok(DataWindow { columns, total, rows })
    }

    /// One row in full, by where it came from.
    ///
    /// # Errors
    /// [`VaultError::UnknownDataset`]; [`VaultError::ResultShape`] when there is no such row (any longer).
    pub fn source_row(&self, key: &str, source: &RowRef) -> Result<SourceRow, VaultError> {
        let def = self.def(key)?;
        let sheets = import_sheet::of_dataset(&self.conn, key)?;
        let is_it = |s: &&StoredSheet| s.sha256 == source.file_sha256 && s.record.sheet == source.sheet;
        let absent = VaultError::ResultShape { what: "row of this place" };
        let sheet = sheets.iter().find(is_it).ok_or(absent.clone())?;
        // Row numbers rise within a sheet, so the row cannot lie further from the first one than its number.
        let last = sheet.first_id + i64::from(source.row);
        let condition = format!("_sheet_id = {} AND _id <= {last} AND _row = {}", sheet.id, source.row);
        let mut rows =
            self.select(def, &sheets, &format!("WHERE {condition} ORDER BY _id DESC LIMIT 1"), &[])?;
        let row = rows.pop().ok_or(absent)?;
        let keys = def.columns.iter().map(|c| c.key.clone());
        Ok(SourceRow { source: row.source, hidden: row.hidden, cells: keys.zip(row.cells).collect() })
    }

    /// Each sheet's rows lie in one run of ids, so an offset is found by counting, not by reading.
    fn plain(
        &self,
        def: &DatasetDef,
        sheets: &[StoredSheet],
        offset: u64,
        limit: u64,
    ) -> Result<Vec<DataRow>, VaultError> {
        let (mut skip, mut rows) = (offset, Vec::new());
        for sheet in sheets {
            let left = limit.saturating_sub(rows.len() as u64);
            let here = sheet.record.rows_stored.saturating_sub(skip).min(left);
            if here > 0 {
                let from = sheet.first_id.saturating_add_unsigned(skip);
                let to = from.saturating_add_unsigned(here);
                let part =
                    format!("WHERE _id >= {from} AND _id < {to} AND _sheet_id = {} ORDER BY _id", sheet.id);
                rows.extend(self.select(def, sheets, &part, &[])?);
            }
            skip = skip.saturating_sub(sheet.record.rows_stored);
        }
        Ok(rows)
    }

    fn filtered(
        &self,
        def: &DatasetDef,
        sheets: &[StoredSheet],
        text: &str,
        offset: u64,
        limit: u64,
    ) -> Result<(u64, Vec<DataRow>), VaultError> {
        let any: Vec<String> =
            def.columns.iter().map(|c| format!("\"{}\" LIKE ?1 ESCAPE '\\'", c.key)).collect();
        let condition = format!("WHERE ({})", any.join(" OR "));
        let pattern = format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        let count = format!("SELECT count(*) FROM \"{}\" {condition}", table_of(&def.key));
        let total: i64 = self.conn.query_row(&count, [&pattern], |r| r.get(0))?;
        let [limit, offset] = [limit, offset].map(|n| i64::try_from(n).unwrap_or(i64::MAX));
        let part = format!("{condition} ORDER BY _id LIMIT {limit} OFFSET {offset}");
        Ok((total.unsigned_abs(), self.select(def, sheets, &part, &[&pattern])?))
    }

    fn select(
        &self,
        def: &DatasetDef,
        sheets: &[StoredSheet],
        part: &str,
        params: &[&str],
    ) -> Result<Vec<DataRow>, VaultError> {
        let mut names: Vec<String> =
            ["_id", "_sheet_id", "_row", "_hidden", "_unreadable", "_originals"].map(str::to_owned).to_vec();
        for column in &def.columns {
            names.push(format!("\"{}\"", column.key));
            names.push(if has_state(column) {
                format!("\"{}_state\"", column.key)
            } else {
                "NULL".to_owned()
            });
        }
        let sql = format!("SELECT {} FROM \"{}\" {part}", names.join(", "), table_of(&def.key));
        let mut some = self.conn.prepare_cached(&sql)?;
        let mut rows = some.query(rusqlite::params_from_iter(params))?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(read(row, def, sheets)?);
        }
        Ok(out)
    }
}

fn read(row: &Row<'_>, def: &DatasetDef, sheets: &[StoredSheet]) -> Result<DataRow, VaultError> {
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
    Ok(DataRow { id: row.get(0)?, source, hidden: row.get(3)?, cells })
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
