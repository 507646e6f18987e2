//! Rows of a dataset in the order of import, and one row in full.

use super::{DataRow, DataWindow, SourceRow, select};
use crate::error::VaultError;
use crate::exam_store::ExamStore;
use crate::table::dataset::table_of;
use crate::table::import_sheet::{self, StoredSheet};
use fieldbook_model::{DatasetDef, RowRef};
use rusqlite::Connection;

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
            None => (
                sheets.iter().map(|s| s.record.rows_stored).sum(),
                plain(&self.conn, def, &sheets, offset, limit)?,
            ),
            Some(text) => self.filtered(def, &sheets, text, offset, limit)?,
        };
        Ok(DataWindow { columns, total, rows })
    }

    /// Rows of one sheet of an import (its id) from `offset` on; none when it feeds no dataset (any longer).
    ///
    /// # Errors
    /// [`VaultError::UnknownDataset`].
    pub fn sheet_rows(&self, sheet: i64, offset: u64, limit: u64) -> Result<DataWindow, VaultError> {
        let found = match import_sheet::live(&self.conn, sheet) {
            Err(VaultError::UnknownSheet { .. }) => {
                return Ok(DataWindow { columns: Vec::new(), total: 0, rows: Vec::new() });
            }
            found => found?,
        };
        let def = self.def(found.record.dataset.as_deref().unwrap_or_default())?;
        let columns = def.columns.iter().map(|c| c.key.clone()).collect();
        let total = found.record.rows_stored;
        let rows = plain(&self.conn, def, std::slice::from_ref(&found), offset, limit)?;
        Ok(DataWindow { columns, total, rows })
    }

    /// One row in full, by where it came from.
    ///
    /// # Errors
    /// [`VaultError::UnknownDataset`]; [`VaultError::ResultShape`] when there is no such row (any longer).
    pub fn source_row(&self, key: &str, source: &RowRef) -> Result<SourceRow, VaultError> {
        let def = self.def(key)?;
        let sheets = import_sheet::of_dataset(&self.conn, key)?;
        let may_hold = |s: &&StoredSheet| {
            s.sha256 == source.file_sha256 && s.record.sheet == source.sheet && s.covers(source.row)
        };
        for sheet in sheets.iter().filter(may_hold) {
            // Row numbers rise within a sheet, so the row cannot lie further from the first one than its number.
            let last = sheet.first_id + i64::from(source.row);
            let condition = format!("_sheet_id = {} AND _id <= {last} AND _row = {}", sheet.id, source.row);
            let part = format!("WHERE {condition} ORDER BY _id DESC LIMIT 1");
            if let Some(row) = select(&self.conn, def, &table_of(&def.key), &sheets, &part, &[])?.pop() {
                let keys = def.columns.iter().map(|c| c.key.clone());
                return Ok(SourceRow {
                    source: row.source,
                    hidden: row.hidden,
                    cells: keys.zip(row.cells).collect(),
                });
            }
        }
        Err(VaultError::ResultShape { what: "row of this place" })
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
        Ok((total.unsigned_abs(), select(&self.conn, def, &table_of(&def.key), sheets, &part, &[&pattern])?))
    }
}

/// Each sheet's rows lie in one run of ids, so an offset is found by counting, not by reading.
pub(super) fn plain(
    conn: &Connection,
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
            rows.extend(select(conn, def, &table_of(&def.key), sheets, &part, &[])?);
        }
        skip = skip.saturating_sub(sheet.record.rows_stored);
    }
    Ok(rows)
}
