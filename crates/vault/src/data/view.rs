//! A dataset in any order: windows, finding, profiles, on a connection of its own that can be interrupted.
//!
//! Without sort or condition an offset is found by counting. With either, the `_id`s of the rows in their order are
//! kept in memory, eight bytes a row, until the query or the stored sheets change.

use super::hits::Counted;
use super::query::{self, Condition, DataFilter, DataQuery};
use super::{DataRow, DataWindow, names, read, window};
use crate::connect;
use crate::error::VaultError;
use crate::exam_store::ExamStore;
use crate::table::dataset::table_of;
use crate::table::import_sheet::{self, StoredSheet};
use fieldbook_model::DatasetDef;
use rusqlite::{Connection, InterruptHandle, params_from_iter};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// Rows up to which they are looked at one by one in their order, where a hit is likely near.
const FEW: usize = 4_096;

/// Shows the datasets of an exam as they are stored at each call.
pub struct DataView {
    pub(super) conn: Connection,
    defs: Vec<DatasetDef>,
    held: Option<Held>,
    pub(super) counted: Option<Counted>,
}

/// Stops what a [`DataView`] is doing, from another thread; the next call runs again.
#[derive(Clone)]
pub struct Interrupter(Arc<InterruptHandle>);

impl Interrupter {
    /// Stops the call that is running, which ends with [`VaultError::Cancelled`]. Without one nothing happens.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

/// Rows of the last query in their order.
struct Held {
    key: String,
    /// The query, its window left out.
    query: DataQuery,
    /// Sheets that were stored then. A sheet's rows never change, so these are the version of the data.
    sheets: Vec<i64>,
    ids: Vec<i64>,
    /// The last text looked for and the rows that hold it.
    hits: Option<(String, BTreeSet<i64>)>,
}

impl ExamStore {
    /// A view of the datasets.
    ///
    /// # Errors
    /// When the exam's file does not open a second time.
    pub fn data_view(&self) -> Result<DataView, VaultError> {
        let conn = connect::open_read_only(&self.path, &self.key)?;
        query::register(&conn)?;
        Ok(DataView { conn, defs: self.defs.clone(), held: None, counted: None })
    }
}

impl DataView {
    /// A handle that stops a running call.
    #[must_use]
    pub fn interrupter(&self) -> Interrupter {
        Interrupter(Arc::new(self.conn.get_interrupt_handle()))
    }

    /// A window of a dataset's rows.
    ///
    /// # Errors
    /// [`VaultError::UnknownDataset`], [`VaultError::UnknownColumn`]; [`VaultError::BadFilter`] when a bound is not
    /// a number; [`VaultError::Cancelled`].
    pub fn window(&mut self, key: &str, query: &DataQuery) -> Result<DataWindow, VaultError> {
        self.in_snapshot(|view| {
            let def = view.def(key)?;
            let columns = def.columns.iter().map(|c| c.key.clone()).collect();
            let (all, sheets) = view.sheets(key, query)?;
            if is_plain(query) {
                let rows = window::plain(&view.conn, def, &sheets, query.offset, query.limit)?;
                return Ok(DataWindow { columns, total: rows_of(&sheets), rows });
            }
            view.hold(key, query, &all, &sheets)?;
            let ids = view.held_ids();
            let from = index(query.offset).min(ids.len());
            let to = from.saturating_add(index(query.limit)).min(ids.len());
            let rows = view.rows(view.def(key)?, &sheets, &ids[from..to])?;
            Ok(DataWindow { columns, total: ids.len() as u64, rows })
        })
    }

    /// Index of the first row from `from` on, in the query's order, of which a cell contains the text.
    ///
    /// # Errors
    /// As [`window`](Self::window).
    pub fn find_row(
        &mut self,
        key: &str,
        query: &DataQuery,
        from: u64,
        text: &str,
    ) -> Result<Option<u64>, VaultError> {
        if text.is_empty() {
            return Ok(None);
        }
        self.in_snapshot(|view| {
            let (all, sheets) = view.sheets(key, query)?;
            if is_plain(query) {
                return view.find_plain(view.def(key)?, &sheets, sheets.len() == all.len(), from, text);
            }
            view.hold(key, query, &all, &sheets)?;
            view.find_held(key, index(from), text)
        })
    }

    /// Everything that one call reads belongs to one moment.
    pub(super) fn in_snapshot<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        self.leave_snapshot()?;
        self.conn.execute_batch("BEGIN")?;
        let done = work(self);
        self.leave_snapshot()?;
        done
    }

    /// An interrupt may have ended the snapshot by itself, or have kept the one before from ending.
    fn leave_snapshot(&self) -> Result<(), VaultError> {
        if !self.conn.is_autocommit() {
            self.conn.execute_batch("ROLLBACK")?;
        }
        Ok(())
    }

    pub(super) fn def(&self, key: &str) -> Result<&DatasetDef, VaultError> {
        self.defs.iter().find(|d| d.key == key).ok_or(VaultError::UnknownDataset)
    }

    /// The dataset's sheets: all of them, and those that the query leaves.
    pub(super) fn sheets(
        &self,
        key: &str,
        query: &DataQuery,
    ) -> Result<(Vec<i64>, Vec<StoredSheet>), VaultError> {
        self.def(key)?;
        let mut sheets = import_sheet::of_dataset(&self.conn, key)?;
        let all = sheets.iter().map(|s| s.id).collect();
        for filter in &query.filters {
            match filter {
                DataFilter::File(id) => sheets.retain(|s| s.file_id == *id),
                DataFilter::Sheet(id) => sheets.retain(|s| s.id == *id),
                DataFilter::Cell { .. } | DataFilter::Hidden => {}
            }
        }
        Ok((all, sheets))
    }

    /// Brings the rows of the query into order, unless they are.
    pub(super) fn hold(
        &mut self,
        key: &str,
        query: &DataQuery,
        all: &[i64],
        sheets: &[StoredSheet],
    ) -> Result<(), VaultError> {
        let query = DataQuery { offset: 0, limit: 0, ..query.clone() };
        if self.held.as_ref().is_some_and(|h| h.key == key && h.query == query && h.sheets == all) {
            return Ok(());
        }
        // What is no longer asked for goes before its successor comes.
        self.held = None;
        let def = self.def(key)?;
        let mut condition = Condition::of(def, &query)?;
        condition.of_sheets(sheets, sheets.len() == all.len());
        let sql = format!(
            "SELECT _id FROM \"{}\" {} {}",
            table_of(key),
            condition.sql(),
            query::order(def, &query)?
        );
        let ids = self.ids(&sql, &condition)?;
        self.held = Some(Held { key: key.to_owned(), query, sheets: all.to_vec(), ids, hits: None });
        Ok(())
    }

    /// `_id`s of the rows of the last query in their order.
    pub(super) fn held_ids(&self) -> &[i64] {
        self.held.as_ref().map(|h| h.ids.as_slice()).unwrap_or_default()
    }

    pub(super) fn ids(&self, sql: &str, condition: &Condition) -> Result<Vec<i64>, VaultError> {
        let mut some = self.conn.prepare(sql)?;
        let mut rows = some.query(params_from_iter(&condition.params))?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(row.get(0)?);
        }
        Ok(out)
    }

    fn rows(
        &self,
        def: &DatasetDef,
        sheets: &[StoredSheet],
        ids: &[i64],
    ) -> Result<Vec<DataRow>, VaultError> {
        let sql = format!("SELECT {} FROM \"{}\" WHERE _id = ?1", names(def), table_of(&def.key));
        let mut one = self.conn.prepare_cached(&sql)?;
        let mut out = Vec::with_capacity(ids.len());
        for id in ids {
            let mut rows = one.query([id])?;
            let row = rows.next()?.ok_or(VaultError::Damaged { what: "dataset row" })?;
            out.push(read(row, def, sheets)?);
        }
        Ok(out)
    }

    fn find_plain(
        &self,
        def: &DatasetDef,
        sheets: &[StoredSheet],
        all: bool,
        from: u64,
        text: &str,
    ) -> Result<Option<u64>, VaultError> {
        let Some(first) = id_at(sheets, from) else { return Ok(None) };
        let mut condition = Condition::default();
        condition.and(format!("_id >= {first}"));
        condition.of_sheets(sheets, all);
        condition.any_cell(def, text);
        let sql =
            format!("SELECT _id FROM \"{}\" {} ORDER BY _id LIMIT 1", table_of(&def.key), condition.sql());
        let found = self.ids(&sql, &condition)?.first().copied();
        Ok(found.and_then(|id| index_of(sheets, id)))
    }

    fn find_held(&mut self, key: &str, from: usize, text: &str) -> Result<Option<u64>, VaultError> {
        let Some(mut held) = self.held.take() else { return Ok(None) };
        let found = self.find_in(key, &mut held, from, text);
        self.held = Some(held);
        found
    }

    fn find_in(
        &self,
        key: &str,
        held: &mut Held,
        from: usize,
        text: &str,
    ) -> Result<Option<u64>, VaultError> {
        let def = self.def(key)?;
        let left = held.ids.get(from..).unwrap_or_default();
        let known = held.hits.as_ref().is_some_and(|(of, _)| of == text);
        let near = if known { 0 } else { left.len().min(FEW) };
        let mut condition = Condition::default();
        condition.any_cell(def, text);
        let sql = format!("SELECT _id FROM \"{}\" {}", table_of(key), condition.sql());
        let mut one =
            self.conn.prepare_cached(&format!("{sql} AND _id = ?{}", condition.params.len() + 1))?;
        for (n, id) in left[..near].iter().enumerate() {
            let id = rusqlite::types::Value::Integer(*id);
            if one.exists(params_from_iter(condition.params.iter().chain([&id])))? {
                return Ok(Some((from + n) as u64));
            }
        }
        if near == left.len() && !known {
            return Ok(None);
        }
        if !known {
            held.hits = Some((text.to_owned(), self.ids(&sql, &condition)?.into_iter().collect()));
        }
        let hits = held.hits.as_ref().map(|(_, hits)| hits);
        let hit = left[near..].iter().position(|id| hits.is_some_and(|hits| hits.contains(id)));
        Ok(hit.map(|n| (from + near + n) as u64))
    }
}

impl fmt::Debug for DataView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataView")
    }
}

impl fmt::Debug for Interrupter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Interrupter")
    }
}

/// Rows in the order of import, of whole sheets.
pub(super) fn is_plain(query: &DataQuery) -> bool {
    let of_sheets = |f: &DataFilter| matches!(f, DataFilter::File(_) | DataFilter::Sheet(_));
    query.sort.is_empty() && query::wanted(query).is_none() && query.filters.iter().all(of_sheets)
}

fn rows_of(sheets: &[StoredSheet]) -> u64 {
    sheets.iter().map(|s| s.record.rows_stored).sum()
}

/// `_id` of the row at an index of these sheets.
fn id_at(sheets: &[StoredSheet], mut index: u64) -> Option<i64> {
    for sheet in sheets {
        if index < sheet.record.rows_stored {
            return Some(sheet.first_id.saturating_add_unsigned(index));
        }
        index -= sheet.record.rows_stored;
    }
    None
}

/// Index of a row among these sheets.
pub(super) fn index_of(sheets: &[StoredSheet], id: i64) -> Option<u64> {
    let mut before = 0;
    for sheet in sheets {
        let at = u64::try_from(id - sheet.first_id).ok().filter(|at| *at < sheet.record.rows_stored);
        if let Some(at) = at {
            return Some(before + at);
        }
        before += sheet.record.rows_stored;
    }
    None
}

fn index(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}
