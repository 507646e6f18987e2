//! Storing what was received: a batch of files in one transaction, so that nothing is ever half stored.
//!
//! ```text
//! begin_import ─ begin_file ─ begin_sheet ─ push … finish_sheet ─ … finish_file ─ begin_file ─ … commit
//!                                  └ restart, abandon_sheet             └ abandon_file      └ dropped: nothing
//! ```

mod compare;
mod row;

pub use compare::{ChangedCell, ChangedRow, Comparison, RowChange, RowCounts};
pub use row::{RowShape, Rows};

use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::exchange::stamp;
use crate::journal::Entry;
use crate::table::import_sheet::StoredSheet;
use crate::table::{dataset, import_batch, import_file, import_issue, import_sheet, journal, sign_off};
use fieldbook_model::{FilledColumn, ListOrigin, MappedColumn, Moment, SheetRecord, TypedRow};
use serde_json::json;

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

/// A table of a sheet before its rows are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetHead {
    /// Sheet name; empty for CSV.
    pub sheet: String,
    /// Row of the header as a spreadsheet shows it.
    pub header_row: u32,
    /// Last row of the table, where it is known that another one follows.
    pub end_row: Option<u32>,
    /// Dataset key.
    pub dataset: String,
    /// Mapped columns.
    pub mapping: Vec<MappedColumn>,
    /// Columns with one value for the whole table. Rows are pushed with one value for each mapped column and then
    /// each of these, in this order.
    pub filled: Vec<FilledColumn>,
    /// Which list, for assets.
    pub origin: Option<ListOrigin>,
}

/// Stores one batch. Dropped before [`commit`](Self::commit), it leaves the exam as it was.
#[derive(Debug)]
pub struct ImportWriter<'a> {
    store: &'a mut ExamStore,
    received_from: String,
    by: String,
    at: Moment,
    batch: i64,
    file: Option<OpenFile>,
    sheet: Option<OpenSheet>,
    done: Vec<serde_json::Value>,
    superseded: Vec<StoredSheet>,
    committed: bool,
}

/// The file whose sheets are coming.
#[derive(Debug)]
struct OpenFile {
    id: i64,
    head: FileHead,
    sheets: Vec<serde_json::Value>,
    superseded: Vec<StoredSheet>,
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
    shape: RowShape,
}

const NO_FILE: VaultError = VaultError::ImportOrder { what: "no file is open" };
const FILE_OPEN: VaultError = VaultError::ImportOrder { what: "the file before is not finished" };
const NO_SHEET: VaultError = VaultError::ImportOrder { what: "no sheet is open" };
const SHEET_OPEN: VaultError = VaultError::ImportOrder { what: "the sheet before is not finished" };

impl ExamStore {
    /// Begins to store files that were handed over by `received_from` (empty where nobody was named).
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author.
    pub fn begin_import(
        &mut self,
        received_from: &str,
        by: &str,
        at: Moment,
    ) -> Result<ImportWriter<'_>, VaultError> {
        named(by)?;
        self.unsealed()?;
        self.conn.execute_batch("BEGIN IMMEDIATE")?;
        let mut writer = ImportWriter {
            store: self,
            received_from: received_from.to_owned(),
            by: by.to_owned(),
            at,
            batch: 0,
            file: None,
            sheet: None,
            done: Vec::new(),
            superseded: Vec::new(),
            committed: false,
        };
        sign_off::still_open(&writer.store.conn, import_batch::PAPER)?;
        writer.batch = import_batch::insert(&writer.store.conn, received_from, by, at)?;
        Ok(writer)
    }

    /// The batch that holds rows of this table of this file already, undone ones aside: a table of the same sheet
    /// whose rows, from the header to the end, reach into those of `head`. Only its sheet and rows are looked at.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn already_imported(&self, sha256: &str, head: &SheetHead) -> Result<Option<i64>, VaultError> {
        import_sheet::holder(&self.conn, sha256, head)
    }
}

impl ImportWriter<'_> {
    /// Number of the batch in the making.
    #[must_use]
    pub fn batch(&self) -> i64 {
        self.batch
    }

    /// [`ExamStore::already_imported`], this batch's own sheets among those looked at.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn already_imported(&self, sha256: &str, head: &SheetHead) -> Result<Option<i64>, VaultError> {
        self.store.already_imported(sha256, head)
    }

    /// Begins a file.
    ///
    /// # Errors
    /// [`VaultError::ImportOrder`] when a file is still open.
    pub fn begin_file(&mut self, head: &FileHead) -> Result<(), VaultError> {
        self.alive()?;
        if self.file.is_some() {
            return Err(FILE_OPEN);
        }
        self.run("SAVEPOINT one_file")?;
        let id = import_file::insert(&self.store.conn, self.batch, head)?;
        self.file = Some(OpenFile { id, head: head.clone(), sheets: Vec::new(), superseded: Vec::new() });
        Ok(())
    }

    /// Completes the open file.
    ///
    /// # Errors
    /// [`VaultError::ImportOrder`] without an open file, or while a sheet is open.
    pub fn finish_file(&mut self) -> Result<(), VaultError> {
        self.alive()?;
        if self.sheet.is_some() {
            return Err(SHEET_OPEN);
        }
        let OpenFile { head, sheets, superseded, .. } = self.file.take().ok_or(NO_FILE)?;
        self.run("RELEASE one_file")?;
        let ids: Vec<i64> = superseded.iter().map(|old| old.id).collect();
        self.done.push(json!({ "file": head.file, "sha256": head.sha256, "size": head.size,
                               "encoding": head.encoding, "sheets": sheets, "supersedes": ids }));
        self.superseded.extend(superseded);
        Ok(())
    }

    /// Forgets the open file with all that came from it; the files before stay.
    ///
    /// # Errors
    /// [`VaultError::ImportOrder`] without an open file.
    pub fn abandon_file(&mut self) -> Result<(), VaultError> {
        self.alive()?;
        self.sheet = None;
        self.file.take().ok_or(NO_FILE)?;
        self.run("ROLLBACK TO one_file; RELEASE one_file")
    }

    /// Begins a table of a sheet of the open file; gives the sheet's id.
    ///
    /// # Errors
    /// [`VaultError::AlreadyImported`], [`VaultError::UnknownDataset`], [`VaultError::UnknownColumn`],
    /// [`VaultError::ColumnMappedTwice`]; [`VaultError::ImportOrder`] without an open file, or when a sheet is still
    /// open.
    pub fn begin_sheet(&mut self, head: &SheetHead) -> Result<i64, VaultError> {
        self.alive()?;
        if self.sheet.is_some() {
            return Err(SHEET_OPEN);
        }
        let file = self.file.as_ref().ok_or(NO_FILE)?;
        if let Some(batch) = import_sheet::holder(&self.store.conn, &file.head.sha256, head)? {
            return Err(VaultError::AlreadyImported { batch });
        }
        let (sql, shape) = row::insert_of(self.store.def(&head.dataset)?, head)?;
        let first_id = dataset::next_id(&self.store.conn, &head.dataset)?;
        let id = import_sheet::put(&self.store.conn, None, file.id, first_id, &empty_record(head))?;
        self.run("SAVEPOINT one_sheet")?;
        let (name, dataset) = (head.sheet.clone(), head.dataset.clone());
        self.sheet = Some(OpenSheet { id, name, dataset, first_id, rows: 0, sql, shape });
        Ok(id)
    }

    /// How rows of the open sheet are put down, for [`push_all`](Self::push_all): on another thread, if need be.
    ///
    /// # Errors
    /// [`VaultError::ImportOrder`] without an open sheet.
    pub fn shape(&self) -> Result<RowShape, VaultError> {
        Ok(self.sheet.as_ref().ok_or(NO_SHEET)?.shape.clone())
    }

    /// Stores a row of the open sheet.
    ///
    /// # Errors
    /// [`VaultError::RowShape`] when it does not fit the sheet's columns; as [`push_all`](Self::push_all).
    pub fn push(&mut self, row: &TypedRow) -> Result<(), VaultError> {
        let mut rows = Rows::default();
        self.shape()?.put(row, &mut rows)?;
        self.push_all(&rows)
    }

    /// Stores rows that were put down in the shape of the open sheet.
    ///
    /// # Errors
    /// [`VaultError::RowShape`] when they were put down in another shape, [`VaultError::NoRoom`].
    pub fn push_all(&mut self, rows: &Rows) -> Result<(), VaultError> {
        self.alive()?;
        let sheet = self.sheet.as_mut().ok_or(NO_SHEET)?;
        let mut insert = self.store.conn.prepare_cached(&sheet.sql)?;
        let next_id = sheet.first_id.saturating_add_unsigned(sheet.rows);
        row::insert(&mut insert, next_id, sheet.id, &sheet.shape, rows)?;
        sheet.rows += rows.len() as u64;
        Ok(())
    }

    /// Forgets the open sheet's rows, to read it again in another way.
    ///
    /// # Errors
    /// [`VaultError::ImportOrder`] without an open sheet.
    pub fn restart(&mut self) -> Result<(), VaultError> {
        self.alive()?;
        self.sheet.as_mut().ok_or(NO_SHEET)?.rows = 0;
        self.run("ROLLBACK TO one_sheet")
    }

    /// Forgets the open sheet altogether; the sheets before stay.
    ///
    /// # Errors
    /// [`VaultError::ImportOrder`] without an open sheet.
    pub fn abandon_sheet(&mut self) -> Result<(), VaultError> {
        self.alive()?;
        let sheet = self.sheet.take().ok_or(NO_SHEET)?;
        self.run("ROLLBACK TO one_sheet; RELEASE one_sheet")?;
        self.store.conn.execute("DELETE FROM import_sheet WHERE id = ?1", [sheet.id])?;
        Ok(())
    }

    /// Completes the open sheet with what reading it showed; gives its id. Name, dataset and origin stay those it
    /// began with.
    ///
    /// # Errors
    /// [`VaultError::CountMismatch`] when the record counts other rows than were pushed;
    /// [`VaultError::DoesNotReconcile`] when the rows read are not those stored and those rejected. The sheet stays
    /// open.
    pub fn finish_sheet(&mut self, record: &SheetRecord) -> Result<i64, VaultError> {
        self.alive()?;
        let (sheet, file) = (self.sheet.as_ref().ok_or(NO_SHEET)?, self.file.as_mut().ok_or(NO_FILE)?);
        let (read, stored, rejected) = (record.rows_read, record.rows_stored, record.rows_rejected);
        if stored != sheet.rows {
            return Err(VaultError::CountMismatch { stored: sheet.rows, said: stored });
        }
        if stored.checked_add(rejected) != Some(read) {
            return Err(VaultError::DoesNotReconcile { read, stored, rejected });
        }
        let id = sheet.id;
        self.store.conn.execute_batch("RELEASE one_sheet")?;
        import_sheet::put(&self.store.conn, Some(id), file.id, sheet.first_id, record)?;
        import_issue::insert(&self.store.conn, id, &record.issues)?;
        file.sheets.push(summary(&sheet.name, Some(&sheet.dataset), record));
        self.sheet = None;
        Ok(id)
    }

    /// Records a sheet of the open file that fits no dataset or is not wanted; none of its rows is stored.
    ///
    /// # Errors
    /// [`VaultError::ImportOrder`] without an open file, or while a sheet is open.
    pub fn skip_sheet(&mut self, record: &SheetRecord) -> Result<i64, VaultError> {
        self.alive()?;
        if self.sheet.is_some() {
            return Err(SHEET_OPEN);
        }
        let file = self.file.as_mut().ok_or(NO_FILE)?;
        let record = SheetRecord { dataset: None, rows_stored: 0, ..record.clone() };
        let id = import_sheet::put(&self.store.conn, None, file.id, 0, &record)?;
        import_issue::insert(&self.store.conn, id, &record.issues)?;
        file.sheets.push(summary(&record.sheet, None, &record));
        Ok(id)
    }

    /// Says that the open file brings a newer version of an older sheet (its id): with the commit the older one's
    /// rows leave their dataset. Its record stays and says so; undoing this batch brings the rows back. Gives their
    /// number.
    ///
    /// # Errors
    /// [`VaultError::UnknownSheet`] when the sheet feeds no dataset, belongs to this batch, or was named before;
    /// [`VaultError::ImportOrder`] without an open file, or while a sheet is open.
    pub fn supersede(&mut self, sheet: i64) -> Result<u64, VaultError> {
        self.alive()?;
        if self.sheet.is_some() {
            return Err(SHEET_OPEN);
        }
        let file = self.file.as_mut().ok_or(NO_FILE)?;
        let old = import_sheet::live(&self.store.conn, sheet)?;
        let named = self.superseded.iter().chain(&file.superseded).any(|other| other.id == sheet);
        if named || old.batch == self.batch {
            return Err(VaultError::UnknownSheet { id: sheet });
        }
        let rows = old.record.rows_stored;
        file.superseded.push(old);
        Ok(rows)
    }

    /// Makes the import last; gives the number of its batch.
    ///
    /// # Errors
    /// [`VaultError::ImportOrder`] while a file is open, or when there is none; [`VaultError::NoRoom`].
    pub fn commit(mut self) -> Result<i64, VaultError> {
        self.alive()?;
        if self.file.is_some() {
            return Err(FILE_OPEN);
        }
        if self.done.is_empty() {
            return Err(VaultError::ImportOrder { what: "no file in the import" });
        }
        // Not while a savepoint is open, which would keep a copy of every page that changes.
        for old in &self.superseded {
            if let Some(key) = &old.record.dataset {
                dataset::set_aside(&self.store.conn, key, old.id, old.first_id)?;
            }
            import_sheet::set_superseded(&self.store.conn, old.id, Some(self.batch))?;
        }
        let detail = json!({ "received_from": self.received_from, "files": std::mem::take(&mut self.done) });
        let subject = format!("batch:{}", self.batch);
        let entry = Entry { at: self.at, by: &self.by, action: "import.store", subject, detail };
        journal::append(&self.store.conn, &entry)?;
        stamp::settle(&self.store.conn)?;
        self.run("COMMIT")?;
        self.committed = true;
        Ok(self.batch)
    }

    fn run(&self, sql: &str) -> Result<(), VaultError> {
        Ok(self.store.conn.execute_batch(sql)?)
    }

    /// A full disk makes SQLite roll back by itself; what came after would be stored row by row.
    fn alive(&self) -> Result<(), VaultError> {
        if self.store.conn.is_autocommit() {
            return Err(VaultError::ImportOrder { what: "the import was rolled back" });
        }
        Ok(())
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
        header_row: head.header_row,
        end_row: head.end_row,
        mapping: head.mapping.clone(),
        filled: head.filled.clone(),
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
    json!({ "sheet": sheet, "header_row": r.header_row, "dataset": dataset, "rows_read": r.rows_read,
            "rows_stored": r.rows_stored, "rows_rejected": r.rows_rejected, "issues": r.issues.len(),
            "origin": r.origin.map(ListOrigin::as_str), "declared_rows": r.declared_rows })
}

/// All of these can be handed to another thread.
const _: fn() = || {
    fn is_send<T: Send>() {}
    is_send::<ImportWriter<'_>>();
    is_send::<ExamStore>();
    is_send::<crate::Vault>();
    is_send::<crate::DatasetReader>();
    is_send::<crate::DataView>();
    is_send::<crate::Interrupter>();
};
