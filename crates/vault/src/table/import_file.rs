//! `import_file`: the files of an import.

use crate::error::VaultError;
use crate::import::FileHead;
use crate::schema::Migration;
use crate::table::exam_copy;
use fieldbook_model::FileRecord;
use rusqlite::{Connection, params};

pub(crate) const MIGRATIONS: &[Migration] = &[
    (
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
    ),
    // Files keep the numbers of the batches that they were, so that their sheets find them.
    (
        3,
        "CREATE TABLE import_file (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        batch INTEGER NOT NULL REFERENCES import_batch (batch),
        file TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        encoding TEXT NOT NULL
    ) STRICT;
    CREATE INDEX import_file_sha256 ON import_file (sha256);
    CREATE INDEX import_file_batch ON import_file (batch);
    INSERT INTO import_file
        SELECT batch, batch, file, sha256, size, encoding FROM was_import_file ORDER BY batch;
    DROP TABLE was_import_file;",
    ),
];

/// Adds a file to a batch; gives its id.
pub(crate) fn insert(conn: &Connection, batch: i64, head: &FileHead) -> Result<i64, VaultError> {
    let id = exam_copy::next_number(conn, "import_file", "id")?;
    conn.execute(
        "INSERT INTO import_file (id, batch, file, sha256, size, encoding) VALUES (?6, ?1, ?2, ?3, ?4, ?5)",
        params![
            batch,
            head.file,
            head.sha256,
            i64::try_from(head.size).unwrap_or(i64::MAX),
            head.encoding,
            id
        ],
    )?;
    Ok(id)
}

/// Files of a batch with their ids, without their sheets, in the order of import.
pub(crate) fn of_batch(conn: &Connection, batch: i64) -> Result<Vec<(i64, FileRecord)>, VaultError> {
    let mut some = conn.prepare_cached(
        "SELECT id, file, sha256, size, encoding FROM import_file WHERE batch = ?1 ORDER BY id",
    )?;
    let mut rows = some.query([batch])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let file = FileRecord {
            file: row.get(1)?,
            sha256: row.get(2)?,
            size: row.get::<_, i64>(3)?.unsigned_abs(),
            encoding: row.get(4)?,
            sheets: Vec::new(),
        };
        out.push((row.get(0)?, file));
    }
    Ok(out)
}
