//! Read-only statements over the datasets of an exam: a second connection, in one snapshot, that can do nothing else.

use crate::authorize;
use crate::connect;
use crate::data::text_of;
use crate::error::VaultError;
use crate::exam_store::ExamStore;
use crate::functions;
use crate::kept::Kept;
use crate::scope;
use crate::table::import_sheet::{self, StoredSheet};
use fieldbook_model::{Completeness, DatasetDef, DerivedColumn, ParamValue, ReadSheet, RowRef};
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode, InterruptHandle, Statement};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Bytes of a text or a row: no statement may fill the memory with one that it makes up.
const LONGEST: i32 = 64 << 20;
/// Steps of SQLite's machine between two questions whether to stop; about half a millisecond.
const STEPS: i32 = 20_000;

/// What an exam holds of one dataset, over all imports that were not undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatasetState {
    /// Dataset key.
    pub key: String,
    /// Rows stored.
    pub rows: u64,
    /// Keys of the columns mapped or filled in at least one sheet, sorted.
    pub columns: Vec<String>,
    /// Whether the rows stored are as many as the firm stated.
    pub completeness: Completeness,
    /// SHA-256 of the files that the rows came from, lower-case hex, sorted.
    pub inputs: Vec<String>,
    /// The tables that the rows came from, in the order of their import.
    pub sheets: Vec<ReadSheet>,
    /// Keys of the datasets that its inferred columns rest on.
    pub behind: Vec<String>,
}

/// What a reader shows otherwise than the exam holds it.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReaderScope<'a> {
    /// Values shown in place of the stored ones.
    pub derived: &'a [DerivedColumn],
    /// Only these tables ([`ReadSheet::id`]), those among them that newer imports replaced.
    pub sheets: Option<&'a BTreeSet<i64>>,
}

/// Reads the datasets as they were when it was made.
pub struct DatasetReader {
    conn: Connection,
    states: Vec<DatasetState>,
    keys: BTreeSet<String>,
    cancelled: Arc<AtomicBool>,
    kept: Kept,
}

/// Stops a reader from another thread, now and for all statements to come.
#[derive(Clone)]
pub struct Canceller {
    handle: Arc<InterruptHandle>,
    cancelled: Arc<AtomicBool>,
}

impl Canceller {
    /// Stops the reader.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::SeqCst);
        self.handle.interrupt();
    }
}

impl ExamStore {
    /// What the exam holds, datasets in the order in which it was opened; those without an imported sheet are left
    /// out.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn datasets(&self) -> Result<Vec<DatasetState>, VaultError> {
        states(&self.conn, &self.defs, None)
    }

    /// A reader for procedures. `out_of_time` is asked every half millisecond or so of a running statement; when it
    /// says yes the statement ends with [`VaultError::OutOfTime`]. Whoever has a clock puts it there.
    ///
    /// # Errors
    /// When the exam's file does not open a second time.
    pub fn reader(
        &self,
        out_of_time: impl FnMut() -> bool + Send + 'static,
    ) -> Result<DatasetReader, VaultError> {
        self.reader_of(ReaderScope::default(), out_of_time)
    }

    /// As [`reader`](Self::reader), with another view of the data.
    ///
    /// # Errors
    /// When the exam's file does not open a second time.
    pub fn reader_of(
        &self,
        scope: ReaderScope<'_>,
        mut out_of_time: impl FnMut() -> bool + Send + 'static,
    ) -> Result<DatasetReader, VaultError> {
        let mut conn = connect::open_read_only(&self.path, &self.key)?;
        functions::register(&conn)?;
        // Before the transaction: an interrupted write takes back all of it, and these views must outlast that.
        scope::show(&conn, &self.defs, scope)?;
        conn.execute_batch("BEGIN")?;
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
        conn.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST)?;
        let keys: BTreeSet<String> = self.defs.iter().map(|d| d.key.clone()).collect();
        let states = states(&conn, &self.defs, scope.sheets)?;
        let cancelled = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&cancelled);
        conn.progress_handler(STEPS, Some(move || flag.load(Ordering::SeqCst) || out_of_time()))?;
        let (views, kept) = (keys.clone(), Kept::default());
        let known = kept.clone();
        conn.authorizer(Some(move |ctx: rusqlite::hooks::AuthContext<'_>| {
            authorize::decide_with(ctx, &views, &known)
        }))?;
        Ok(DatasetReader { conn, states, keys, cancelled, kept })
    }
}

impl DatasetReader {
    /// A handle that stops this reader.
    #[must_use]
    pub fn canceller(&self) -> Canceller {
        Canceller {
            handle: Arc::new(self.conn.get_interrupt_handle()),
            cancelled: Arc::clone(&self.cancelled),
        }
    }

    /// The datasets that hold at least one imported sheet.
    #[must_use]
    pub fn datasets(&self) -> &[DatasetState] {
        &self.states
    }

    /// Computes a statement once into memory; later statements read it by this name, until [`forget`](Self::forget).
    ///
    /// # Errors
    /// [`VaultError::BadDefinition`] when the name is taken or no name; else as [`count`](Self::count).
    pub fn keep(&self, name: &str, sql: &str, params: &[(String, ParamValue)]) -> Result<(), VaultError> {
        let shaped = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !shaped || self.keys.contains(name) || self.kept.has(name) {
            return Err(VaultError::BadDefinition { key: name.to_owned() });
        }
        // What is to be computed must be a statement that could be asked by itself.
        self.prepare(sql, params)?;
        let making = self.kept.making(name);
        let made = format!("CREATE TEMP TABLE \"{name}\" AS\n{sql}");
        let mut statement = self.conn.prepare(&made).map_err(|e| self.said(e))?;
        bind_named(&mut statement, params)?;
        let done = statement.raw_execute().map_err(|e| self.said(e));
        drop(statement);
        if done.is_err() && self.conn.is_autocommit() {
            // Interrupted: SQLite ended the transaction, and with it everything computed in it.
            self.kept.clear();
            self.conn.execute_batch("BEGIN")?;
        }
        drop(making);
        done?;
        self.kept.add(name);
        Ok(())
    }

    /// Forgets everything that was computed.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn forget(&self) -> Result<(), VaultError> {
        for name in self.kept.names() {
            let making = self.kept.making(&name);
            self.conn.execute_batch(&format!("DROP TABLE temp.\"{name}\"")).map_err(|e| self.said(e))?;
            drop(making);
            self.kept.remove(&name);
        }
        Ok(())
    }

    /// The one number that a statement yields.
    ///
    /// # Errors
    /// [`VaultError::ResultShape`] when it is not one whole number from 0; [`VaultError::Statement`],
    /// [`VaultError::NotPermitted`], [`VaultError::MissingParameter`], [`VaultError::OutOfTime`],
    /// [`VaultError::Cancelled`].
    pub fn count(&self, sql: &str, params: &[(String, ParamValue)]) -> Result<u64, VaultError> {
        const SHAPE: VaultError = VaultError::ResultShape { what: "single number" };
        let mut statement = self.prepare(sql, params)?;
        if statement.column_count() != 1 {
            return Err(SHAPE);
        }
        let mut rows = statement.raw_query();
        let row = rows.next().map_err(|e| self.said(e))?.ok_or(SHAPE)?;
        let n = row.get_ref(0)?.as_i64().ok().and_then(|n| u64::try_from(n).ok()).ok_or(SHAPE)?;
        match rows.next().map_err(|e| self.said(e))? {
            None => Ok(n),
            Some(_) => Err(SHAPE),
        }
    }

    /// Hands every row to `each`: its `_id`, and the other columns by name as text. A parameter is bound only where
    /// the statement names it (`:key`), a list as a JSON array, a boolean as 1 or 0.
    ///
    /// # Errors
    /// [`VaultError::ResultShape`] without a column `_id`, and those of [`count`](Self::count).
    pub fn rows(
        &self,
        sql: &str,
        params: &[(String, ParamValue)],
        each: &mut dyn FnMut(i64, Vec<(String, Option<String>)>),
    ) -> Result<(), VaultError> {
        const SHAPE: VaultError = VaultError::ResultShape { what: "column _id" };
        let mut statement = self.prepare(sql, params)?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let id_at = names.iter().position(|n| n == "_id").ok_or(SHAPE)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(|e| self.said(e))? {
            let id = row.get_ref(id_at)?.as_i64().map_err(|_| SHAPE)?;
            let mut cells = Vec::with_capacity(names.len() - 1);
            for (i, name) in names.iter().enumerate().filter(|(i, _)| *i != id_at) {
                cells.push((name.clone(), text_of(row.get_ref(i)?)));
            }
            each(id, cells);
        }
        Ok(())
    }

    /// Where the row `id` of a dataset came from.
    ///
    /// # Errors
    /// [`VaultError::UnknownDataset`]; [`VaultError::ResultShape`] when there is no such row.
    pub fn source(&self, dataset: &str, id: i64) -> Result<RowRef, VaultError> {
        if !self.keys.contains(dataset) {
            return Err(VaultError::UnknownDataset);
        }
        let sql = format!("SELECT _sha256, _file, _sheet, _row FROM \"{dataset}\" WHERE _id = ?1");
        let mut one = self.conn.prepare_cached(&sql).map_err(|e| self.said(e))?;
        let mut rows = one.query([id]).map_err(|e| self.said(e))?;
        let row = rows.next().map_err(|e| self.said(e))?;
        let row = row.ok_or(VaultError::ResultShape { what: "row of this id" })?;
        Ok(RowRef { file_sha256: row.get(0)?, file: row.get(1)?, sheet: row.get(2)?, row: row.get(3)? })
    }

    fn prepare<'c>(
        &'c self,
        sql: &str,
        params: &[(String, ParamValue)],
    ) -> Result<Statement<'c>, VaultError> {
        if self.cancelled.load(Ordering::SeqCst) {
            return Err(VaultError::Cancelled);
        }
        let mut statement = self.conn.prepare(sql).map_err(|e| self.said(e))?;
        if !statement.readonly() || statement.is_explain() != 0 || statement.column_count() == 0 {
            return Err(VaultError::NotPermitted);
        }
        bind_named(&mut statement, params)?;
        Ok(statement)
    }

    /// SQLite's refusal in our words. Its messages name tables, columns and syntax, never a value.
    fn said(&self, e: rusqlite::Error) -> VaultError {
        let (code, message) = match &e {
            rusqlite::Error::SqliteFailure(f, message) => (f.code, message.clone()),
            rusqlite::Error::SqlInputError { error, msg, .. } => (error.code, Some(msg.clone())),
            rusqlite::Error::MultipleStatement => return VaultError::NotPermitted,
            _ => return e.into(),
        };
        let message = message.unwrap_or_default();
        match code {
            ErrorCode::OperationInterrupted if !self.cancelled.load(Ordering::SeqCst) => {
                VaultError::OutOfTime
            }
            ErrorCode::OperationInterrupted => VaultError::Cancelled,
            ErrorCode::AuthorizationForStatementDenied => VaultError::NotPermitted,
            _ if message.starts_with("not authorized") => VaultError::NotPermitted,
            ErrorCode::Unknown | ErrorCode::TooBig => VaultError::Statement { message },
            _ => e.into(),
        }
    }
}

impl fmt::Debug for DatasetReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DatasetReader").field("datasets", &self.keys).finish_non_exhaustive()
    }
}

impl fmt::Debug for Canceller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Canceller")
    }
}

fn bind_named(statement: &mut Statement<'_>, params: &[(String, ParamValue)]) -> Result<(), VaultError> {
    for at in 1..=statement.parameter_count() {
        let name = statement.parameter_name(at).unwrap_or_default().trim_start_matches(':').to_owned();
        match params.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => bind(statement, at, value)?,
            None => return Err(VaultError::MissingParameter { name }),
        }
    }
    Ok(())
}

fn bind(statement: &mut Statement<'_>, at: usize, value: &ParamValue) -> Result<(), VaultError> {
    match value {
        ParamValue::Int(n) => statement.raw_bind_parameter(at, n)?,
        ParamValue::Num(x) => statement.raw_bind_parameter(at, x)?,
        ParamValue::Bool(b) => statement.raw_bind_parameter(at, b)?,
        ParamValue::Text(t) => statement.raw_bind_parameter(at, t)?,
        ParamValue::List(l) => statement.raw_bind_parameter(at, crate::json::texts(l))?,
    }
    Ok(())
}

fn states(
    conn: &Connection,
    defs: &[DatasetDef],
    only: Option<&BTreeSet<i64>>,
) -> Result<Vec<DatasetState>, VaultError> {
    let mut out = Vec::new();
    for def in defs {
        let key = def.key.as_str();
        let sheets = match only {
            None => import_sheet::of_dataset(conn, key)?,
            Some(ids) => import_sheet::among(conn, key, ids)?,
        };
        if sheets.is_empty() {
            continue;
        }
        let mapped = sheets.iter().flat_map(|s| s.record.mapping.iter().map(|m| m.column.as_str()));
        let filled = sheets.iter().flat_map(|s| s.record.filled.iter().map(|f| f.column.as_str()));
        let columns: BTreeSet<&str> = mapped.chain(filled).collect();
        let inputs: BTreeSet<&str> = sheets.iter().map(|s| s.sha256.as_str()).collect();
        out.push(DatasetState {
            key: key.to_owned(),
            rows: sheets.iter().map(|s| s.record.rows_stored).sum(),
            columns: columns.into_iter().map(str::to_owned).collect(),
            completeness: import_sheet::completeness(&sheets),
            inputs: inputs.into_iter().map(str::to_owned).collect(),
            sheets: sheets.iter().map(|s| read_sheet(key, s)).collect(),
            behind: def.derived.iter().flat_map(|d| d.reads.iter().cloned()).collect(),
        });
    }
    Ok(out)
}

fn read_sheet(dataset: &str, sheet: &StoredSheet) -> ReadSheet {
    let record = &sheet.record;
    ReadSheet {
        id: sheet.id,
        dataset: dataset.to_owned(),
        file: sheet.file.clone(),
        sha256: sheet.sha256.clone(),
        sheet: record.sheet.clone(),
        header_row: record.header_row,
        end_row: record.end_row,
        origin: record.origin,
        rows: record.rows_stored,
        declared_rows: record.declared_rows,
        mapping: record.mapping.clone(),
        filled: record.filled.clone(),
    }
}
