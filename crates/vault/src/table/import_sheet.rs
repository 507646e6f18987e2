//! `import_sheet`: what each table of an imported file became. Its rows lie in one run of `_id`s from `first_id` on.

use crate::error::VaultError;
use crate::import::SheetHead;
use crate::json;
use crate::schema::Migration;
use crate::table::exam_copy;
use fieldbook_model::{Completeness, ListOrigin, SheetRecord};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeSet;

pub(crate) const MIGRATIONS: &[Migration] = &[
    (
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
    ),
    (
        3,
        "CREATE TABLE import_sheet (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        file INTEGER NOT NULL REFERENCES import_file (id),
        sheet TEXT NOT NULL,
        dataset TEXT,
        first_id INTEGER NOT NULL,
        header_row INTEGER NOT NULL,
        end_row INTEGER,
        mapping TEXT NOT NULL,
        filled TEXT NOT NULL,
        unmapped TEXT NOT NULL,
        missing_required TEXT NOT NULL,
        rows_read INTEGER NOT NULL,
        rows_stored INTEGER NOT NULL,
        rows_rejected INTEGER NOT NULL,
        hidden_rows INTEGER,
        hidden_columns TEXT,
        hidden_sheet INTEGER NOT NULL,
        origin TEXT,
        declared_rows INTEGER,
        superseded_by INTEGER REFERENCES import_batch (batch)
    ) STRICT;
    CREATE INDEX import_sheet_file ON import_sheet (file);
    CREATE INDEX import_sheet_dataset ON import_sheet (dataset);
    INSERT INTO import_sheet
        SELECT id, batch, sheet, dataset, first_id, header_row, NULL, mapping, '[]', unmapped, missing_required,
            rows_read, rows_stored, rows_rejected, hidden_rows, NULL, hidden_sheet, origin, declared_rows, NULL
        FROM was_import_sheet ORDER BY id;
    DROP TABLE was_import_sheet;",
    ),
];

const COLUMNS: &str =
    "s.id, s.first_id, s.sheet, s.dataset, s.header_row, s.end_row, s.mapping, s.filled, s.unmapped,
    s.missing_required, s.rows_read, s.rows_stored, s.rows_rejected, s.hidden_rows, s.hidden_columns,
    s.hidden_sheet, s.origin, s.declared_rows, s.superseded_by, f.sha256, f.file, f.batch, f.id";

const FROM: &str =
    "import_sheet s JOIN import_file f ON f.id = s.file JOIN import_batch b ON b.batch = f.batch";

/// What makes a sheet's rows part of their dataset.
pub(crate) const LIVE: &str = "b.undone = 0 AND s.superseded_by IS NULL";

/// A stored sheet.
#[derive(Debug, Clone)]
pub(crate) struct StoredSheet {
    pub(crate) id: i64,
    pub(crate) batch: i64,
    pub(crate) file_id: i64,
    /// `_id` of its first row in the dataset's table.
    pub(crate) first_id: i64,
    /// SHA-256 and name of its file.
    pub(crate) sha256: String,
    pub(crate) file: String,
    /// The import that replaced it.
    pub(crate) superseded_by: Option<i64>,
    /// The record, without issues.
    pub(crate) record: SheetRecord,
}

impl StoredSheet {
    /// Whether a row of the sheet, as a spreadsheet numbers it, can belong to this table.
    pub(crate) fn covers(&self, row: u32) -> bool {
        self.record.header_row < row && self.record.end_row.is_none_or(|end| row <= end)
    }
}

fn read(row: &Row<'_>) -> Result<StoredSheet, VaultError> {
    let count = |i: usize| row.get::<_, i64>(i).map(i64::unsigned_abs);
    let maybe = |i: usize| row.get::<_, Option<i64>>(i).map(|n| n.map(i64::unsigned_abs));
    let text = |i: usize| row.get::<_, String>(i);
    let origin: Option<String> = row.get(16)?;
    let hidden_columns: Option<String> = row.get(14)?;
    let record = SheetRecord {
        sheet: text(2)?,
        dataset: row.get(3)?,
        header_row: row.get(4)?,
        end_row: row.get(5)?,
        mapping: json::read_mapping(&text(6)?)?,
        filled: json::read_filled(&text(7)?)?,
        unmapped: json::read_texts(&text(8)?)?,
        missing_required: json::read_texts(&text(9)?)?,
        rows_read: count(10)?,
        rows_stored: count(11)?,
        rows_rejected: count(12)?,
        hidden_rows: maybe(13)?,
        hidden_columns: hidden_columns.as_deref().map(json::read_texts).transpose()?,
        hidden_sheet: row.get(15)?,
        issues: Vec::new(),
        origin: origin.as_deref().and_then(ListOrigin::parse),
        declared_rows: maybe(17)?,
    };
    Ok(StoredSheet {
        id: row.get(0)?,
        batch: row.get(21)?,
        file_id: row.get(22)?,
        first_id: row.get(1)?,
        sha256: text(19)?,
        file: text(20)?,
        superseded_by: row.get(18)?,
        record,
    })
}

fn query(
    conn: &Connection,
    condition: &str,
    param: &dyn rusqlite::ToSql,
) -> Result<Vec<StoredSheet>, VaultError> {
    let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE {condition} ORDER BY s.id");
    let mut some = conn.prepare_cached(&sql)?;
    let mut rows = some.query([param])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(read(row)?);
    }
    Ok(out)
}

/// Sheets of a batch in the order of import.
pub(crate) fn of_batch(conn: &Connection, batch: i64) -> Result<Vec<StoredSheet>, VaultError> {
    query(conn, "f.batch = ?1", &batch)
}

/// Sheets of a file in file order.
pub(crate) fn of_file(conn: &Connection, file: i64) -> Result<Vec<StoredSheet>, VaultError> {
    query(conn, "s.file = ?1", &file)
}

/// Sheets that feed a dataset: those of undone imports and those superseded aside.
pub(crate) fn of_dataset(conn: &Connection, key: &str) -> Result<Vec<StoredSheet>, VaultError> {
    query(conn, &format!("s.dataset = ?1 AND {LIVE}"), &key)
}

/// Those of these sheets that hold rows of a dataset, set aside or not.
pub(crate) fn among(
    conn: &Connection,
    key: &str,
    ids: &BTreeSet<i64>,
) -> Result<Vec<StoredSheet>, VaultError> {
    let mut found = query(conn, "s.dataset = ?1 AND b.undone = 0", &key)?;
    found.retain(|s| ids.contains(&s.id));
    Ok(found)
}

/// Sheets that a batch replaced.
pub(crate) fn superseded_by(conn: &Connection, batch: i64) -> Result<Vec<StoredSheet>, VaultError> {
    query(conn, "s.superseded_by = ?1", &batch)
}

/// A sheet, wherever its rows are.
pub(crate) fn any(conn: &Connection, id: i64) -> Result<Option<StoredSheet>, VaultError> {
    Ok(query(conn, "s.id = ?1", &id)?.pop())
}

/// A sheet that feeds its dataset.
pub(crate) fn live(conn: &Connection, id: i64) -> Result<StoredSheet, VaultError> {
    let mut found = query(conn, &format!("s.id = ?1 AND s.dataset IS NOT NULL AND {LIVE}"), &id)?;
    found.pop().ok_or(VaultError::UnknownSheet { id })
}

/// A sheet whose rows are stored, in the dataset or set aside.
pub(crate) fn with_rows(conn: &Connection, id: i64) -> Result<StoredSheet, VaultError> {
    let mut found = query(conn, "s.id = ?1 AND s.dataset IS NOT NULL AND b.undone = 0", &id)?;
    found.pop().ok_or(VaultError::UnknownSheet { id })
}

/// Says which import replaced a sheet.
pub(crate) fn set_superseded(conn: &Connection, id: i64, batch: Option<i64>) -> Result<(), VaultError> {
    conn.execute("UPDATE import_sheet SET superseded_by = ?2 WHERE id = ?1", params![id, batch])?;
    Ok(())
}

/// The batch that holds rows of this table of this sheet already: one with the same header, or one that reaches into
/// it.
pub(crate) fn holder(conn: &Connection, sha256: &str, head: &SheetHead) -> Result<Option<i64>, VaultError> {
    let sql = format!(
        "SELECT b.batch FROM {FROM} WHERE f.sha256 = ?1 AND b.undone = 0 AND s.sheet = ?2 AND s.dataset IS NOT NULL
            AND s.header_row <= ?4 AND coalesce(s.end_row, {last}) >= ?3",
        last = u32::MAX
    );
    let end = head.end_row.unwrap_or(u32::MAX);
    let mut one = conn.prepare_cached(&sql)?;
    Ok(one.query_row(params![sha256, head.sheet, head.header_row, end], |r| r.get(0)).optional()?)
}

/// Writes a sheet, under `id` when it was begun before; gives its id.
pub(crate) fn put(
    conn: &Connection,
    id: Option<i64>,
    file: i64,
    first_id: i64,
    r: &SheetRecord,
) -> Result<i64, VaultError> {
    let int = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let id = id.map_or_else(|| exam_copy::next_number(conn, "import_sheet", "id"), Ok)?;
    conn.prepare_cached(
        "INSERT INTO import_sheet VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
            ?17, ?18, ?19, NULL)
         ON CONFLICT (id) DO UPDATE SET header_row = excluded.header_row, end_row = excluded.end_row,
            mapping = excluded.mapping, filled = excluded.filled, unmapped = excluded.unmapped,
            missing_required = excluded.missing_required, rows_read = excluded.rows_read,
            rows_stored = excluded.rows_stored, rows_rejected = excluded.rows_rejected,
            hidden_rows = excluded.hidden_rows, hidden_columns = excluded.hidden_columns,
            hidden_sheet = excluded.hidden_sheet, origin = excluded.origin, declared_rows = excluded.declared_rows",
    )?
    .execute(params![
        id,
        file,
        r.sheet,
        r.dataset,
        first_id,
        r.header_row,
        r.end_row,
        json::mapping(&r.mapping),
        json::filled(&r.filled),
        json::texts(&r.unmapped),
        json::texts(&r.missing_required),
        int(r.rows_read),
        int(r.rows_stored),
        int(r.rows_rejected),
        r.hidden_rows.map(int),
        r.hidden_columns.as_ref().map(|headers| json::texts(headers)),
        r.hidden_sheet,
        r.origin.map(ListOrigin::as_str),
        r.declared_rows.map(int)
    ])?;
    Ok(id)
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
