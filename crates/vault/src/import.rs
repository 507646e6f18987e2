//! Storing one file: every sheet of it in one transaction, so that nothing is ever half stored.

use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::table::dataset;
use crate::table::{import_file, import_issue, import_sheet, journal};
use crate::text::{push_date, push_datetime};
use fieldbook_model::{DatasetDef, ListOrigin, MappedColumn, Moment, SheetRecord, TypedRow, Value};
use rusqlite::Statement;
use serde_json::json;
use std::io::Write;

/// A file before it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileHead {
    /// File name without folders.
    pub file: String,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
    /// Encoding for CSV, empty else.
    pub encoding: String,
}

/// A sheet before its rows are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetHead {
    /// Sheet name; empty for CSV.
    pub sheet: String,
    /// Dataset key.
    pub dataset: String,
    /// Mapped columns; rows are pushed with one value for each, in this order.
    pub mapping: Vec<MappedColumn>,
    /// Which list, for assets.
    pub origin: Option<ListOrigin>,
}

/// Stores one file. Dropped before [`commit`](Self::commit), it leaves the exam as it was.
#[derive(Debug)]
pub struct ImportWriter<'a> {
    store: &'a mut ExamStore,
    file: FileHead,
    by: String,
    at: Moment,
    batch: i64,
    sheet: Option<OpenSheet>,
    done: Vec<serde_json::Value>,
    committed: bool,
    text: String,
    json: Vec<u8>,
}

/// The sheet whose rows are coming.
#[derive(Debug)]
struct OpenSheet {
    id: i64,
    name: String,
    dataset: String,
    first_id: i64,
    rows: u64,
    sql: String,
    columns: Vec<Target>,
}

/// Where a mapped column's value goes: parameter numbers of the insert.
#[derive(Debug)]
struct Target {
    key: String,
    value: usize,
    state: Option<usize>,
}

/// Parameters in front of the mapped columns.
const FIXED: usize = 5;

impl ExamStore {
    /// Begins to store a file.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author.
    pub fn begin_import(
        &mut self,
        file: &FileHead,
        by: &str,
        at: Moment,
    ) -> Result<ImportWriter<'_>, VaultError> {
        named(by)?;
        self.conn.execute_batch("BEGIN IMMEDIATE")?;
        let mut writer = ImportWriter {
            store: self,
            file: file.clone(),
            by: by.to_owned(),
            at,
            batch: 0,
            sheet: None,
            done: Vec::new(),
            committed: false,
            text: String::new(),
            json: Vec::new(),
        };
        writer.batch = import_file::insert(&writer.store.conn, file, by, at)?;
        Ok(writer)
    }

    /// The batch that holds this sheet of this file already, undone ones aside.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn already_imported(&self, sha256: &str, sheet: &str) -> Result<Option<i64>, VaultError> {
        import_sheet::holder(&self.conn, sha256, sheet)
    }
}

impl ImportWriter<'_> {
    /// Number of the batch in the making.
    #[must_use]
    pub fn batch(&self) -> i64 {
        self.batch
    }

    /// Begins a sheet.
    ///
    /// # Errors
    /// [`VaultError::AlreadyImported`], [`VaultError::UnknownDataset`], [`VaultError::UnknownColumn`],
    /// [`VaultError::ColumnMappedTwice`]; [`VaultError::ImportOrder`] when a sheet is still open.
    pub fn begin_sheet(&mut self, head: &SheetHead) -> Result<(), VaultError> {
        if self.sheet.is_some() {
            return Err(VaultError::ImportOrder { what: "the sheet before is not finished" });
        }
        if let Some(batch) = self.store.already_imported(&self.file.sha256, &head.sheet)? {
            return Err(VaultError::AlreadyImported { batch });
        }
        let (sql, columns) = insert_of(self.store.def(&head.dataset)?, &head.mapping)?;
        let first_id = dataset::next_id(&self.store.conn, &head.dataset)?;
        let id = import_sheet::put(&self.store.conn, None, self.batch, first_id, &empty_record(head))?;
        let (name, dataset) = (head.sheet.clone(), head.dataset.clone());
        self.sheet = Some(OpenSheet { id, name, dataset, first_id, rows: 0, sql, columns });
        Ok(())
    }

    /// Stores a row of the open sheet.
    ///
    /// # Errors
    /// [`VaultError::RowShape`] when the row does not fit the mapping; [`VaultError::NoRoom`].
    pub fn push(&mut self, row: &TypedRow) -> Result<(), VaultError> {
        let sheet = self.sheet.as_mut().ok_or(VaultError::ImportOrder { what: "a row without a sheet" })?;
        if row.values.len() != sheet.columns.len() {
            return Err(VaultError::RowShape);
        }
        // A full disk makes SQLite roll back by itself; what came after would be stored row by row.
        if self.store.conn.is_autocommit() {
            return Err(VaultError::ImportOrder { what: "the import was rolled back" });
        }
        let mut insert = self.store.conn.prepare_cached(&sheet.sql)?;
        insert.raw_bind_parameter(1, sheet.id)?;
        insert.raw_bind_parameter(2, row.row)?;
        insert.raw_bind_parameter(3, row.hidden)?;
        self.text.clear();
        for (value, to) in row.values.iter().zip(&sheet.columns) {
            if matches!(value, Value::Unreadable) && to.state.is_none() {
                self.text.push_str(if self.text.is_empty() { "" } else { "," });
                self.text.push_str(&to.key);
            }
        }
        insert.raw_bind_parameter(4, Some(&self.text).filter(|t| !t.is_empty()))?;
        insert.raw_bind_parameter(5, originals(row, &sheet.columns, &mut self.json)?)?;
        for (value, to) in row.values.iter().zip(&sheet.columns) {
            bind(&mut insert, value, to, &mut self.text)?;
        }
        insert.raw_execute()?;
        sheet.rows += 1;
        Ok(())
    }

    /// Forgets the open sheet's rows, to read it again in another way.
    ///
    /// # Errors
    /// [`VaultError::ImportOrder`] without an open sheet.
    pub fn restart(&mut self) -> Result<(), VaultError> {
        let sheet = self.sheet.as_mut().ok_or(VaultError::ImportOrder { what: "nothing to restart" })?;
        dataset::delete_sheet(&self.store.conn, &sheet.dataset, sheet.id, sheet.first_id)?;
        sheet.rows = 0;
        Ok(())
    }

    /// Forgets the open sheet altogether; the sheets before stay.
    ///
    /// # Errors
    /// [`VaultError::ImportOrder`] without an open sheet.
    pub fn abandon_sheet(&mut self) -> Result<(), VaultError> {
        self.restart()?;
        if let Some(sheet) = self.sheet.take() {
            self.store.conn.execute("DELETE FROM import_sheet WHERE id = ?1", [sheet.id])?;
        }
        Ok(())
    }

    /// Completes the open sheet with what reading it showed. Name and dataset stay those it began with.
    ///
    /// # Errors
    /// [`VaultError::CountMismatch`] when the record counts other rows than were pushed.
    pub fn finish_sheet(&mut self, record: &SheetRecord) -> Result<(), VaultError> {
        let Some(sheet) = &self.sheet else {
            return Err(VaultError::ImportOrder { what: "no sheet to finish" });
        };
        if record.rows_stored != sheet.rows {
            return Err(VaultError::CountMismatch { stored: sheet.rows, said: record.rows_stored });
        }
        import_sheet::put(&self.store.conn, Some(sheet.id), self.batch, sheet.first_id, record)?;
        import_issue::insert(&self.store.conn, sheet.id, &record.issues)?;
        self.done.push(summary(&sheet.name, Some(&sheet.dataset), record));
        self.sheet = None;
        Ok(())
    }

    /// Records a sheet of the file that fits no dataset; none of its rows is stored.
    ///
    /// # Errors
    /// [`VaultError::ImportOrder`] while a sheet is open.
    pub fn skip_sheet(&mut self, record: &SheetRecord) -> Result<(), VaultError> {
        if self.sheet.is_some() {
            return Err(VaultError::ImportOrder { what: "the sheet before is not finished" });
        }
        let record = SheetRecord { dataset: None, rows_stored: 0, ..record.clone() };
        let id = import_sheet::put(&self.store.conn, None, self.batch, 0, &record)?;
        import_issue::insert(&self.store.conn, id, &record.issues)?;
        self.done.push(summary(&record.sheet, None, &record));
        Ok(())
    }

    /// Makes the import last; gives the number of its batch.
    ///
    /// # Errors
    /// [`VaultError::ImportOrder`] while a sheet is open; [`VaultError::NoRoom`].
    pub fn commit(mut self) -> Result<i64, VaultError> {
        if self.sheet.is_some() {
            return Err(VaultError::ImportOrder { what: "the last sheet is not finished" });
        }
        let detail = json!({ "file": self.file.file, "sha256": self.file.sha256, "size": self.file.size,
                             "encoding": self.file.encoding, "sheets": std::mem::take(&mut self.done) });
        let subject = format!("batch:{}", self.batch);
        let entry = Entry { at: self.at, by: &self.by, action: "import.store", subject, detail };
        journal::append(&self.store.conn, &entry)?;
        self.store.conn.execute_batch("COMMIT")?;
        self.committed = true;
        Ok(self.batch)
    }
}

impl Drop for ImportWriter<'_> {
    fn drop(&mut self) {
        if !self.committed {
            // Should the rollback itself fail, the transaction ends with the connection.
            let _ = self.store.conn.execute_batch("ROLLBACK");
        }
    }
}

fn empty_record(head: &SheetHead) -> SheetRecord {
    SheetRecord {
        sheet: head.sheet.clone(),
        dataset: Some(head.dataset.clone()),
        header_row: 0,
        end_row: None,
        mapping: head.mapping.clone(),
        filled: Vec::new(),
        unmapped: Vec::new(),
        missing_required: Vec::new(),
        rows_read: 0,
        rows_stored: 0,
        rows_rejected: 0,
        hidden_rows: None,
        hidden_columns: None,
        hidden_sheet: false,
        issues: Vec::new(),
        origin: head.origin,
        declared_rows: None,
    }
}

fn summary(sheet: &str, dataset: Option<&str>, r: &SheetRecord) -> serde_json::Value {
    json!({ "sheet": sheet, "dataset": dataset, "rows_read": r.rows_read, "rows_stored": r.rows_stored,
            "rows_rejected": r.rows_rejected, "issues": r.issues.len(), "origin": r.origin.map(ListOrigin::as_str),
            "declared_rows": r.declared_rows })
}

/// The insert for a mapping, and where each value goes.
fn insert_of(def: &DatasetDef, mapping: &[MappedColumn]) -> Result<(String, Vec<Target>), VaultError> {
    let mut names = vec!["_sheet_id", "_row", "_hidden", "_unreadable", "_originals"]
        .into_iter()
        .map(str::to_owned)
        .collect::<Vec<_>>();
    debug_assert_eq!(names.len(), FIXED);
    let mut targets: Vec<Target> = Vec::new();
    for m in mapping {
        let column =
            def.column(&m.column).ok_or_else(|| VaultError::UnknownColumn { column: m.column.clone() })?;
        if targets.iter().any(|t| t.key == m.column) {
            return Err(VaultError::ColumnMappedTwice { column: m.column.clone() });
        }
        names.push(format!("\"{}\"", column.key));
        let value = names.len();
        let state = dataset::has_state(column).then(|| {
            names.push(format!("\"{}_state\"", column.key));
            names.len()
        });
        targets.push(Target { key: m.column.clone(), value, state });
    }
    let marks = vec!["?"; names.len()].join(", ");
    let table = dataset::table_of(&def.key);
    Ok((format!("INSERT INTO \"{table}\" ({}) VALUES ({marks})", names.join(", ")), targets))
}

/// Binds a value and, for dates, why there is none.
fn bind(insert: &mut Statement<'_>, value: &Value, to: &Target, text: &mut String) -> Result<(), VaultError> {
    let mut state = None;
    match value {
        Value::Text(t) => insert.raw_bind_parameter(to.value, t.as_str())?,
        Value::Bool(b) => insert.raw_bind_parameter(to.value, *b)?,
        Value::Int(n) => insert.raw_bind_parameter(to.value, *n)?,
        Value::Num(x) => insert.raw_bind_parameter(to.value, *x)?,
        Value::Date(d) => {
            text.clear();
            push_date(text, *d);
            insert.raw_bind_parameter(to.value, text.as_str())?;
        }
        Value::DateTime(t, digits) => {
            text.clear();
            push_datetime(text, *t, *digits);
            insert.raw_bind_parameter(to.value, text.as_str())?;
        }
        Value::Missing | Value::Never | Value::Unreadable => {
            insert.raw_bind_parameter(to.value, rusqlite::types::Null)?;
            state = Some(match value {
                Value::Never => "never",
                Value::Unreadable => "unreadable",
                _ => "missing",
            });
        }
    }
    if let Some(at) = to.state {
        insert.raw_bind_parameter(at, state)?;
    }
    Ok(())
}

/// Original texts as a JSON object by column; `None` when all are as stored.
fn originals<'b>(
    row: &TypedRow,
    columns: &[Target],
    out: &'b mut Vec<u8>,
) -> Result<Option<&'b str>, VaultError> {
    if row.originals.is_empty() {
        return Ok(None);
    }
    const BAD: VaultError = VaultError::RowShape;
    out.clear();
    for (index, text) in &row.originals {
        let column = columns.get(usize::from(*index)).ok_or(BAD)?;
        let mark = if out.is_empty() { '{' } else { ',' };
        write!(out, "{mark}\"{}\":", column.key)?;
        serde_json::to_writer(&mut *out, text).map_err(|_| BAD)?;
    }
    out.push(b'}');
    std::str::from_utf8(out).map(Some).map_err(|_| BAD)
}

/// All of these can be handed to another thread.
const _: fn() = || {
    fn is_send<T: Send>() {}
    is_send::<ImportWriter<'_>>();
    is_send::<ExamStore>();
    is_send::<crate::Vault>();
    is_send::<crate::DatasetReader>();
};
