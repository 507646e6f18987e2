//! `import_sheet`: what each sheet of an import became. Its rows lie in one run of `_id`s from `first_id` on.

use crate::error::VaultError;
use crate::json;
use crate::schema::Migration;
use fieldbook_model::{Completeness, ListOrigin, SheetRecord};
use rusqlite::{Connection, OptionalExtension, Row, params};

pub(crate) const MIGRATIONS: &[Migration] = &[(
    1,
    "CREATE TABLE import_sheet (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        batch INTEGER NOT NULL REFERENCES import_file (batch),
        sheet TEXT NOT NULL,
        dataset TEXT,
        first_id INTEGER NOT NULL,
        header_row INTEGER NOT NULL,
        mapping TEXT NOT NULL,
        unmapped TEXT NOT NULL,
        missing_required TEXT NOT NULL,
        rows_read INTEGER NOT NULL,
        rows_stored INTEGER NOT NULL,
        rows_rejected INTEGER NOT NULL,
        hidden_rows INTEGER,
        hidden_sheet INTEGER NOT NULL,
        origin TEXT,
        declared_rows INTEGER
    ) STRICT;
    CREATE INDEX import_sheet_batch ON import_sheet (batch);",
)];

const COLUMNS: &str = "s.id, s.first_id, s.sheet, s.dataset, s.header_row, s.mapping, s.unmapped, s.missing_required,
    s.rows_read, s.rows_stored, s.rows_rejected, s.hidden_rows, s.hidden_sheet, s.origin, s.declared_rows, f.sha256,
    f.file";

/// A stored sheet.
#[derive(Debug, Clone)]
pub(crate) struct StoredSheet {
    pub(crate) id: i64,
    /// `_id` of its first row in the dataset's table.
    pub(crate) first_id: i64,
    /// SHA-256 and name of its file.
    pub(crate) sha256: String,
    pub(crate) file: String,
    /// The record, without issues.
    pub(crate) record: SheetRecord,
}

fn read(row: &Row<'_>) -> Result<StoredSheet, VaultError> {
    let count = |i: usize| row.get::<_, i64>(i).map(i64::unsigned_abs);
    let maybe = |i: usize| row.get::<_, Option<i64>>(i).map(|n| n.map(i64::unsigned_abs));
    let text = |i: usize| row.get::<_, String>(i);
    let origin: Option<String> = row.get(13)?;
    let record = SheetRecord {
        sheet: text(2)?,
        dataset: row.get(3)?,
        header_row: row.get(4)?,
        end_row: None,
        mapping: json::read_mapping(&text(5)?)?,
        filled: Vec::new(),
        unmapped: json::read_texts(&text(6)?)?,
        missing_required: json::read_texts(&text(7)?)?,
        rows_read: count(8)?,
        rows_stored: count(9)?,
        rows_rejected: count(10)?,
        hidden_rows: maybe(11)?,
        hidden_columns: None,
        hidden_sheet: row.get(12)?,
        issues: Vec::new(),
        origin: origin.as_deref().and_then(ListOrigin::parse),
        declared_rows: maybe(14)?,
    };
    Ok(StoredSheet { id: row.get(0)?, first_id: row.get(1)?, sha256: text(15)?, file: text(16)?, record })
}

fn query(
    conn: &Connection,
    condition: &str,
    param: &dyn rusqlite::ToSql,
) -> Result<Vec<StoredSheet>, VaultError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM import_sheet s JOIN import_file f ON f.batch = s.batch WHERE {condition} ORDER BY s.id"
    );
    let mut some = conn.prepare(&sql)?;
    let mut rows = some.query([param])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(read(row)?);
    }
    Ok(out)
}

/// Sheets of a batch in file order.
pub(crate) fn of_batch(conn: &Connection, batch: i64) -> Result<Vec<StoredSheet>, VaultError> {
    query(conn, "s.batch = ?1", &batch)
}

/// Sheets that feed a dataset, those of undone imports aside.
pub(crate) fn of_dataset(conn: &Connection, key: &str) -> Result<Vec<StoredSheet>, VaultError> {
    query(conn, "s.dataset = ?1 AND f.undone = 0", &key)
}

/// The batch that holds this sheet of this file as a dataset already.
pub(crate) fn holder(conn: &Connection, sha256: &str, sheet: &str) -> Result<Option<i64>, VaultError> {
    let found = conn
        .query_row(
            "SELECT f.batch FROM import_file f JOIN import_sheet s ON s.batch = f.batch
             WHERE f.sha256 = ?1 AND f.undone = 0 AND s.sheet = ?2 AND s.dataset IS NOT NULL",
            params![sha256, sheet],
            |r| r.get(0),
        )
        .optional()?;
    Ok(found)
}

/// Writes a sheet, under `id` when it was begun before; gives its id.
pub(crate) fn put(
    conn: &Connection,
    id: Option<i64>,
    batch: i64,
    first_id: i64,
    r: &SheetRecord,
) -> Result<i64, VaultError> {
    let int = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    conn.prepare_cached(
        "INSERT INTO import_sheet VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
         ON CONFLICT (id) DO UPDATE SET header_row = excluded.header_row, mapping = excluded.mapping,
            unmapped = excluded.unmapped, missing_required = excluded.missing_required,
            rows_read = excluded.rows_read, rows_stored = excluded.rows_stored,
            rows_rejected = excluded.rows_rejected, hidden_rows = excluded.hidden_rows,
            hidden_sheet = excluded.hidden_sheet, origin = excluded.origin, declared_rows = excluded.declared_rows",
    )?
    .execute(params![
        id,
        batch,
        r.sheet,
        r.dataset,
        first_id,
        r.header_row,
        json::mapping(&r.mapping),
        json::texts(&r.unmapped),
        json::texts(&r.missing_required),
        int(r.rows_read),
        int(r.rows_stored),
        int(r.rows_rejected),
        r.hidden_rows.map(int),
        r.hidden_sheet,
        r.origin.map(ListOrigin::as_str),
        r.declared_rows.map(int)
    ])?;
    Ok(id.unwrap_or_else(|| conn.last_insert_rowid()))
}

/// Whether the rows in store are as many as the firm stated, over all sheets of a dataset.
pub(crate) fn completeness(sheets: &[StoredSheet]) -> Completeness {
    let differs = |s: &StoredSheet| s.record.declared_rows.is_some_and(|said| said != s.record.rows_stored);
    if sheets.iter().any(differs) {
        Completeness::Incomplete
    } else if sheets.is_empty() || sheets.iter().any(|s| s.record.declared_rows.is_none()) {
        Completeness::NotStated
    } else {
        Completeness::Complete
    }
}
