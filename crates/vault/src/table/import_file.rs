//! `import_file`: one row for each import of a file. A batch number is never used twice.

use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::import::FileHead;
use crate::journal::Entry;
use crate::schema::Migration;
use crate::table::{dataset, import_issue, import_sheet, journal};
use crate::text;
use fieldbook_model::{FileRecord, ImportBatch, Moment};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::json;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    1,
    "CREATE TABLE import_file (
        batch INTEGER PRIMARY KEY AUTOINCREMENT,
        file TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        encoding TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX import_file_sha256 ON import_file (sha256);",
)];

const COLUMNS: &str = "batch, file, sha256, size, encoding, by, at, undone";

/// Begins a batch; gives its number.
pub(crate) fn insert(conn: &Connection, head: &FileHead, by: &str, at: Moment) -> Result<i64, VaultError> {
    conn.execute(
        "INSERT INTO import_file (file, sha256, size, encoding, by, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            head.file,
            head.sha256,
            i64::try_from(head.size).unwrap_or(i64::MAX),
            head.encoding,
            by,
            at.to_string()
        ],
    )?;
    Ok(conn.last_insert_rowid())
}

fn read(row: &Row<'_>) -> Result<ImportBatch, VaultError> {
    let file = FileRecord {
        file: row.get(1)?,
        sha256: row.get(2)?,
        size: row.get::<_, i64>(3)?.unsigned_abs(),
        encoding: row.get(4)?,
        sheets: Vec::new(),
    };
    let at = text::moment(&row.get::<_, String>(6)?)?;
    Ok(ImportBatch { batch: row.get(0)?, file, by: row.get(5)?, at, undone: row.get(7)? })
}

impl ExamStore {
    /// Every import, undone ones too, oldest first. The sheets come **without their issues**, which may be many:
    /// [`batch`](Self::batch) and [`issues`](Self::issues) give them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn batches(&self) -> Result<Vec<ImportBatch>, VaultError> {
        let mut all = self.conn.prepare(&format!("SELECT {COLUMNS} FROM import_file ORDER BY batch"))?;
        let mut rows = all.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let mut batch = read(row)?;
            batch.file.sheets =
                import_sheet::of_batch(&self.conn, batch.batch)?.into_iter().map(|s| s.record).collect();
            out.push(batch);
        }
        Ok(out)
    }

    /// One import with all of its issues.
    ///
    /// # Errors
    /// [`VaultError::UnknownBatch`].
    pub fn batch(&self, batch: i64) -> Result<ImportBatch, VaultError> {
        let mut found = find(&self.conn, batch)?;
        for mut sheet in import_sheet::of_batch(&self.conn, batch)? {
            sheet.record.issues = import_issue::of_sheet(&self.conn, sheet.id, 0, u64::MAX)?;
            found.file.sheets.push(sheet.record);
        }
        Ok(found)
    }

    /// Takes one import back whole: its rows go, its record stays and says so. Exceptions of earlier runs keep
    /// the values that they stored. Gives the number of rows removed.
    ///
    /// # Errors
    /// [`VaultError::UnknownBatch`], [`VaultError::AlreadyUndone`].
    pub fn undo_import(&mut self, batch: i64, by: &str, at: Moment) -> Result<u64, VaultError> {
        named(by)?;
        self.write(|tx| {
            let found = find(tx, batch)?;
            if found.undone {
                return Err(VaultError::AlreadyUndone { batch });
            }
            let mut removed = 0;
            for sheet in import_sheet::of_batch(tx, batch)? {
                if let Some(key) = &sheet.record.dataset {
                    removed += dataset::delete_sheet(tx, key, sheet.id, sheet.first_id)?;
                }
            }
            tx.execute("UPDATE import_file SET undone = 1 WHERE batch = ?1", [batch])?;
            let detail = json!({ "sha256": found.file.sha256, "rows_removed": removed });
            let subject = format!("batch:{batch}");
            journal::append(tx, &Entry { at, by, action: "import.undo", subject, detail })?;
            Ok(removed)
        })
    }
}

/// One import without its sheets.
pub(crate) fn find(conn: &Connection, batch: i64) -> Result<ImportBatch, VaultError> {
    let mut one = conn.prepare(&format!("SELECT {COLUMNS} FROM import_file WHERE batch = ?1"))?;
    one.query_row([batch], |row| Ok(read(row))).optional()?.ok_or(VaultError::UnknownBatch { batch })?
}
