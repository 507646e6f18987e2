//! `import_issue`: cells and rows that could not be read, in row order.

use crate::error::VaultError;
use crate::exam_store::ExamStore;
use crate::schema::Migration;
use crate::table::import_sheet;
use fieldbook_model::{IssueCode, RowIssue};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    1,
    "CREATE TABLE import_issue (
        sheet_id INTEGER NOT NULL REFERENCES import_sheet (id),
        ord INTEGER NOT NULL,
        row INTEGER NOT NULL,
        column TEXT NOT NULL,
        code TEXT NOT NULL,
        text TEXT NOT NULL,
        row_rejected INTEGER NOT NULL,
        PRIMARY KEY (sheet_id, ord)
    ) STRICT, WITHOUT ROWID;",
)];

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
    /// Number of issues by batch and sheet, of imports that were not undone.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn issue_counts(&self) -> Result<BTreeMap<(i64, String), u64>, VaultError> {
        let mut all = self.conn.prepare(
            "SELECT s.batch, s.sheet, count(*) FROM import_issue i JOIN import_sheet s ON s.id = i.sheet_id
             JOIN import_file f ON f.batch = s.batch WHERE NOT f.undone GROUP BY s.id",
        )?;
        let mut rows = all.query([])?;
        let mut out = BTreeMap::new();
        while let Some(row) = rows.next()? {
            out.insert((row.get(0)?, row.get(1)?), row.get::<_, i64>(2)?.unsigned_abs());
        }
        Ok(out)
    }

    /// Issues of one sheet of a batch from `offset` on, in row order; none when the batch has no such sheet.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn issues(
        &self,
        batch: i64,
        sheet: &str,
        offset: u64,
        limit: u64,
    ) -> Result<Vec<RowIssue>, VaultError> {
        let sheets = import_sheet::of_batch(&self.conn, batch)?;
        match sheets.iter().find(|s| s.record.sheet == sheet) {
            Some(s) => of_sheet(&self.conn, s.id, offset, limit),
            None => Ok(Vec::new()),
        }
    }
}
