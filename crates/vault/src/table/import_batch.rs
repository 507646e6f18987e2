//! `import_batch`: one row for each import. A batch number is never used twice.

use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::schema::Migration;
use crate::table::{dataset, exam_copy, import_file, import_issue, import_sheet, journal, sign_off};
use crate::text;
use fieldbook_model::{ImportBatch, Moment};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::json;

/// Before version 3 a batch was one file. The tables are emptied into memory and filled again by the files of their
/// own; those that refer to others go first, so that no reference is ever broken.
pub(crate) const MIGRATIONS: &[Migration] = &[(
    3,
    "CREATE TEMP TABLE was_import_file AS SELECT * FROM import_file;
    CREATE TEMP TABLE was_import_sheet AS SELECT * FROM import_sheet;
    CREATE TEMP TABLE was_import_issue AS SELECT * FROM import_issue;
    DROP TABLE import_issue;
    DROP TABLE import_sheet;
    DROP TABLE import_file;
    CREATE TABLE import_batch (
        batch INTEGER PRIMARY KEY AUTOINCREMENT,
        received_from TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    INSERT INTO import_batch SELECT batch, '', by, at, undone FROM was_import_file ORDER BY batch;",
)];

const COLUMNS: &str = "batch, received_from, by, at, undone";

/// Begins a batch; gives its number.
pub(crate) fn insert(
    conn: &Connection,
    received_from: &str,
    by: &str,
    at: Moment,
) -> Result<i64, VaultError> {
    let batch = exam_copy::next_number(conn, "import_batch", "batch")?;
    conn.execute(
        "INSERT INTO import_batch (batch, received_from, by, at) VALUES (?4, ?1, ?2, ?3)",
        params![received_from, by, at.to_string(), batch],
    )?;
    Ok(batch)
}

fn read(row: &Row<'_>) -> Result<ImportBatch, VaultError> {
    Ok(ImportBatch {
        batch: row.get(0)?,
        files: Vec::new(),
        received_from: row.get(1)?,
        by: row.get(2)?,
        at: text::moment(&row.get::<_, String>(3)?)?,
        undone: row.get(4)?,
    })
}

/// Every batch without its files, oldest first.
pub(crate) fn all(conn: &Connection) -> Result<Vec<ImportBatch>, VaultError> {
    let mut all = conn.prepare(&format!("SELECT {COLUMNS} FROM import_batch ORDER BY batch"))?;
    let mut rows = all.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(read(row)?);
    }
    Ok(out)
}

/// One batch without its files.
pub(crate) fn find(conn: &Connection, batch: i64) -> Result<ImportBatch, VaultError> {
    let mut one = conn.prepare(&format!("SELECT {COLUMNS} FROM import_batch WHERE batch = ?1"))?;
    one.query_row([batch], |row| Ok(read(row))).optional()?.ok_or(VaultError::UnknownBatch { batch })?
}

/// Number of the working paper that lists what was received.
pub(crate) const PAPER: &str = "D-02";

impl ExamStore {
    /// Every import, undone ones too, oldest first. The sheets come **without their issues**, which may be many:
    /// [`batch`](Self::batch) and [`issues`](Self::issues) give them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn batches(&self) -> Result<Vec<ImportBatch>, VaultError> {
        let mut out = all(&self.conn)?;
        for batch in &mut out {
            for (id, mut file) in import_file::of_batch(&self.conn, batch.batch)? {
                file.sheets =
                    import_sheet::of_file(&self.conn, id)?.into_iter().map(|sheet| sheet.record).collect();
                batch.files.push(file);
            }
        }
        Ok(out)
    }

    /// One import with all of its issues.
    ///
    /// # Errors
    /// [`VaultError::UnknownBatch`].
    pub fn batch(&self, batch: i64) -> Result<ImportBatch, VaultError> {
        let mut found = find(&self.conn, batch)?;
        for (id, mut file) in import_file::of_batch(&self.conn, batch)? {
            for mut sheet in import_sheet::of_file(&self.conn, id)? {
                sheet.record.issues = import_issue::of_sheet(&self.conn, sheet.id, 0, u64::MAX)?;
                file.sheets.push(sheet.record);
            }
            found.files.push(file);
        }
        Ok(found)
    }

    /// Takes one import back whole: the rows of all of its files go, its record stays and says so. Sheets that it
    /// had superseded come back into the datasets. Exceptions of earlier runs keep the values that they stored.
    /// Gives the number of rows removed.
    ///
    /// # Errors
    /// [`VaultError::UnknownBatch`], [`VaultError::AlreadyUndone`]; [`VaultError::Superseded`] when a newer import
    /// replaced one of its sheets, which must be undone first.
    pub fn undo_import(&mut self, batch: i64, by: &str, at: Moment) -> Result<u64, VaultError> {
        named(by)?;
        self.write(|tx| {
            sign_off::still_open(tx, PAPER)?;
            if find(tx, batch)?.undone {
                return Err(VaultError::AlreadyUndone { batch });
            }
            let sheets = import_sheet::of_batch(tx, batch)?;
            if let Some(newer) = sheets.iter().find_map(|s| s.superseded_by) {
                return Err(VaultError::Superseded { batch: newer });
            }
            let mut removed = 0;
            for sheet in &sheets {
                if let Some(key) = &sheet.record.dataset {
                    removed += dataset::delete_sheet(tx, key, sheet.id, sheet.first_id)?;
                }
            }
            let mut back = Vec::new();
            for sheet in import_sheet::superseded_by(tx, batch)? {
                if let Some(key) = &sheet.record.dataset {
                    dataset::bring_back(tx, key, sheet.id)?;
                }
                import_sheet::set_superseded(tx, sheet.id, None)?;
                back.push(sheet.id);
            }
            tx.execute("UPDATE import_batch SET undone = 1 WHERE batch = ?1", [batch])?;
            let files = import_file::of_batch(tx, batch)?;
            let sha256: Vec<_> = files.iter().map(|(_, file)| file.sha256.as_str()).collect();
            let detail = json!({ "sha256": sha256, "rows_removed": removed, "brought_back": back });
            let subject = format!("batch:{batch}");
            journal::append(tx, &Entry { at, by, action: "import.undo", subject, detail })?;
            Ok(removed)
        })
    }
}
