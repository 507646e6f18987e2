//! `exception_row`: rows of a run with the values they had then. A disposition joins by key, so it holds for the
//! same row in a later run too.

use crate::codes::Coded;
use crate::error::VaultError;
use crate::exam_store::ExamStore;
use crate::schema::Migration;
use crate::table::{exam_copy, run};
use crate::{json, text};
use fieldbook_model::{Disposition, DispositionKind, ExceptionKey, ExceptionRow, RowRef, RuleVerdict};
use rusqlite::{Connection, Row, ToSql, params};
use sha2::{Digest, Sha256};

pub(crate) const MIGRATIONS: &[Migration] = &[(
    1,
    "CREATE TABLE exception_row (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        run INTEGER NOT NULL REFERENCES run (id),
        procedure TEXT NOT NULL,
        rule TEXT NOT NULL,
        file_sha256 TEXT NOT NULL,
        file TEXT NOT NULL,
        sheet TEXT NOT NULL,
        row INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        clauses TEXT NOT NULL,
        cells TEXT NOT NULL
    ) STRICT;
    CREATE INDEX exception_row_run ON exception_row (run, id);",
)];

/// Which dispositions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DispositionFilter {
    /// Rows that nobody has looked at.
    Undisposed,
    /// Rows disposed in this way.
    As(DispositionKind),
}

/// Which rows. Everything left out does not restrict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExceptionFilter {
    /// This run; left out, the latest run of each procedure.
    pub run: Option<i64>,
    /// This procedure.
    pub procedure: Option<String>,
    /// This rule.
    pub rule: Option<String>,
    /// This verdict.
    pub verdict: Option<RuleVerdict>,
    /// This disposition.
    pub disposition: Option<DispositionFilter>,
    /// This value in this column; an empty text also for rows without one.
    pub cell: Option<(String, String)>,
}

/// By what rows are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupBy<'a> {
    /// The rule.
    Rule,
    /// The value in a column.
    Cell(&'a str),
}

/// Rows that have something in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExceptionGroup {
    /// The rule or the value; empty for rows without one.
    pub key: String,
    /// Rows.
    pub rows: u64,
    /// Exceptions and unknowns that nobody has looked at.
    pub open: u64,
    /// Rows confirmed.
    pub confirmed: u64,
}

impl ExceptionFilter {
    fn condition(&self) -> (String, Vec<Box<dyn ToSql>>) {
        let mut parts: Vec<&str> = Vec::new();
        let mut params: Vec<Box<dyn ToSql>> = Vec::new();
        let latest = format!("e.run IN (SELECT id FROM run WHERE {})", run::LATEST);
        match self.run {
            Some(run) => {
                parts.push("e.run = ?");
                params.push(Box::new(run));
            }
            None => parts.push(&latest),
        }
        for (part, value) in [("e.procedure = ?", &self.procedure), ("e.rule = ?", &self.rule)] {
            if let Some(value) = value {
                parts.push(part);
                params.push(Box::new(value.clone()));
            }
        }
        if let Some(verdict) = self.verdict {
            parts.push("e.verdict = ?");
            params.push(Box::new(verdict.code()));
        }
        match self.disposition {
            Some(DispositionFilter::Undisposed) => parts.push("d.kind IS NULL"),
            Some(DispositionFilter::As(kind)) => {
                parts.push("d.kind = ?");
                params.push(Box::new(kind.code()));
            }
            None => {}
        }
        let cell = format!("{CELL} = ?");
        if let Some((key, value)) = &self.cell {
            parts.push(&cell);
            params.push(Box::new(key.clone()));
            params.push(Box::new(value.clone()));
        }
        (parts.join(" AND "), params)
    }
}

const COLUMNS: &str =
    "e.id, e.run, e.procedure, e.rule, e.file_sha256, e.file, e.sheet, e.row, e.verdict, e.clauses,
    e.cells, d.kind, d.note, d.by, d.at";
const FROM: &str = "exception_row e LEFT JOIN disposition d ON d.superseded = 0 AND d.procedure = e.procedure
    AND d.rule = e.rule AND d.file_sha256 = e.file_sha256 AND d.sheet = e.sheet AND d.row = e.row";

/// The text in a column of a row, empty without one.
const CELL: &str = "coalesce((SELECT json_extract(c.value, '$[1]') FROM json_each(e.cells) c
    WHERE json_extract(c.value, '$[0]') = ?), '')";

/// Stores a run's rows.
pub(crate) fn insert(conn: &Connection, run: i64, rows: &[ExceptionRow]) -> Result<(), VaultError> {
    let mut one = conn
        .prepare_cached("INSERT INTO exception_row VALUES (?11, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?;
    let first = exam_copy::next_number(conn, "exception_row", "id")?;
    for (id, r) in (first..).zip(rows) {
        let (key, source) = (&r.key, &r.key.source);
        one.execute(params![
            run,
            key.procedure,
            key.rule,
            source.file_sha256,
            source.file,
            source.sheet,
            source.row,
            r.verdict.code(),
            json::clauses(&r.clauses),
            json::cells(&r.values),
            id
        ])?;
    }
    Ok(())
}

/// SHA-256 over the rows as stored, lower-case hex: the journal vouches for them by this.
pub(crate) fn digest(rows: &[ExceptionRow]) -> String {
    let mut hash = Sha256::new();
    for r in rows {
        let (rule, source) = (&r.key.rule, &r.key.source);
        let row = source.row.to_string();
        let (clauses, cells) = (json::clauses(&r.clauses), json::cells(&r.values));
        for field in [rule, &source.file_sha256, &source.sheet, &row, r.verdict.code(), &clauses, &cells] {
            hash.update(format!("{}:", field.len()));
            hash.update(field);
        }
    }
    hex::encode(hash.finalize())
}

fn read(row: &Row<'_>) -> Result<ExceptionRow, VaultError> {
    let t = |i: usize| row.get::<_, String>(i);
    let disposition = match row.get::<_, Option<String>>(11)? {
        None => None,
        Some(kind) => Some(Disposition {
            kind: Coded::from_code(&kind)?,
            note: t(12)?,
            by: t(13)?,
            at: text::moment(&t(14)?)?,
        }),
    };
    let source = RowRef { file_sha256: t(4)?, file: t(5)?, sheet: t(6)?, row: row.get(7)? };
    Ok(ExceptionRow {
        id: row.get(0)?,
        run: row.get(1)?,
        key: ExceptionKey { procedure: t(2)?, rule: t(3)?, source },
        verdict: Coded::from_code(&t(8)?)?,
        clauses: json::read_clauses(&t(9)?)?,
        values: json::read_cells(&t(10)?)?,
        disposition,
    })
}

impl ExamStore {
    /// Rows that pass the filter, in the order of runs and rows.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn exceptions(
        &self,
        filter: &ExceptionFilter,
        offset: u64,
        limit: u64,
    ) -> Result<Vec<ExceptionRow>, VaultError> {
        let (condition, mut params) = filter.condition();
        for n in [limit, offset] {
            params.push(Box::new(i64::try_from(n).unwrap_or(i64::MAX)));
        }
        let sql =
            format!("SELECT {COLUMNS} FROM {FROM} WHERE {condition} ORDER BY e.run, e.id LIMIT ? OFFSET ?");
        let mut some = self.conn.prepare(&sql)?;
        let mut rows = some.query(rusqlite::params_from_iter(params))?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(read(row)?);
        }
        Ok(out)
    }

    /// Number of rows that pass the filter.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn exception_count(&self, filter: &ExceptionFilter) -> Result<u64, VaultError> {
        let (condition, params) = filter.condition();
        let sql = format!("SELECT count(*) FROM {FROM} WHERE {condition}");
        let n: i64 = self.conn.query_row(&sql, rusqlite::params_from_iter(params), |r| r.get(0))?;
        Ok(n.unsigned_abs())
    }

    /// The rows that pass the filter, put together, by key.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn exception_groups(
        &self,
        filter: &ExceptionFilter,
        by: GroupBy<'_>,
    ) -> Result<Vec<ExceptionGroup>, VaultError> {
        let (condition, mut params) = filter.condition();
        let key = match by {
            GroupBy::Rule => "e.rule",
            GroupBy::Cell(column) => {
                params.insert(0, Box::new(column.to_owned()));
                CELL
            }
        };
        let (lead, confirmed) = (RuleVerdict::Lead.code(), DispositionKind::Confirmed.code());
        let sql = format!(
            "SELECT {key} AS k, count(*), sum(d.kind IS NULL AND e.verdict <> '{lead}'), sum(d.kind IS '{confirmed}')
             FROM {FROM} WHERE {condition} GROUP BY 1 ORDER BY 1"
        );
        let mut some = self.conn.prepare(&sql)?;
        let mut rows = some.query(rusqlite::params_from_iter(params))?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let count = |at| -> Result<u64, VaultError> { Ok(row.get::<_, i64>(at)?.unsigned_abs()) };
            out.push(ExceptionGroup {
                key: row.get(0)?,
                rows: count(1)?,
                open: count(2)?,
                confirmed: count(3)?,
            });
        }
        Ok(out)
    }

    /// Stored rows by their numbers, in the order asked for.
    ///
    /// # Errors
    /// [`VaultError::UnknownException`].
    pub fn exceptions_by_id(&self, ids: &[i64]) -> Result<Vec<ExceptionRow>, VaultError> {
        let mut one = self.conn.prepare(&format!("SELECT {COLUMNS} FROM {FROM} WHERE e.id = ?1"))?;
        ids.iter()
            .map(|id| match one.query([*id])?.next()? {
                Some(row) => read(row),
                None => Err(VaultError::UnknownException { id: *id }),
            })
            .collect()
    }
}
