//! `import_issue`: cells and rows that could not be read, in row order.

use crate::error::VaultError;
use crate::exam_store::ExamStore;
use crate::schema::Migration;
use crate::table::import_sheet;
use fieldbook_model::{IssueCode, RowIssue};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

const TABLE: &str = "CREATE TABLE import_issue (
        sheet_id INTEGER NOT NULL REFERENCES import_sheet (id),
        ord INTEGER NOT NULL,
        row INTEGER NOT NULL,
        column TEXT NOT NULL,
        code TEXT NOT NULL,
        text TEXT NOT NULL,
        row_rejected INTEGER NOT NULL,
        PRIMARY KEY (sheet_id, ord)
    ) STRICT, WITHOUT ROWID;";

pub(crate) const MIGRATIONS: &[Migration] = &[
    (1, TABLE),
    (3, TABLE),
    (3, "INSERT INTO import_issue SELECT * FROM was_import_issue; DROP TABLE was_import_issue;"),
];

/// Stores a sheet's issues in the order given.
pub(crate) fn insert(conn: &Connection, sheet_id: i64, issues: &[RowIssue]) -> Result<(), VaultError> {
    let mut one = conn.prepare_cached("INSERT INTO import_issue VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    for (ord, i) in issues.iter().enumerate() {
        let ord = i64::try_from(ord).unwrap_or(i64::MAX);
        one.execute(params![sheet_id, ord, i.row, i.column, i.code.as_str(), i.text, i.row_rejected])?;
    }
    Ok(())
}

/// Issues of a sheet from `offset` on.
pub(crate) fn of_sheet(
    conn: &Connection,
    id: i64,
    offset: u64,
    limit: u64,
) -> Result<Vec<RowIssue>, VaultError> {
    let mut some = conn.prepare_cached(
        "SELECT row, column, code, text, row_rejected FROM import_issue WHERE sheet_id = ?1 AND ord >= ?2
         ORDER BY ord LIMIT ?3",
    )?;
    let [offset, limit] = [offset, limit].map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    let mut rows = some.query([id, offset, limit])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let code: String = row.get(2)?;
        out.push(RowIssue {
            row: row.get(0)?,
            column: row.get(1)?,
            code: IssueCode::parse(&code).ok_or(VaultError::Damaged { what: "issue code" })?,
            text: row.get(3)?,
            row_rejected: row.get(4)?,
        });
    }
    Ok(out)
}

impl ExamStore {
    /// Number of issues by sheet (its id), of sheets that feed a dataset.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn issue_counts(&self) -> Result<BTreeMap<i64, u64>, VaultError> {
        let live = import_sheet::LIVE;
        counts(
            &self.conn,
            &format!(
                "WHERE sheet_id IN (SELECT s.id FROM import_sheet s JOIN import_file f ON f.id = s.file
                    JOIN import_batch b ON b.batch = f.batch WHERE {live})"
            ),
        )
    }

    /// Issues of one sheet (its id) from `offset` on, in row order; none when there is no such sheet.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn issues(&self, sheet: i64, offset: u64, limit: u64) -> Result<Vec<RowIssue>, VaultError> {
        of_sheet(&self.conn, sheet, offset, limit)
    }
}

/// Number of issues by sheet.
pub(crate) fn counts(conn: &Connection, condition: &str) -> Result<BTreeMap<i64, u64>, VaultError> {
    let mut all =
        conn.prepare(&format!("SELECT sheet_id, count(*) FROM import_issue {condition} GROUP BY sheet_id"))?;
    let mut rows = all.query([])?;
    let mut out = BTreeMap::new();
    while let Some(row) = rows.next()? {
        out.insert(row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs());
    }
    Ok(out)
}
