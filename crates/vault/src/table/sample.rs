//! `sample` and `sample_row`: samples that were drawn, kept for ever.

use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::schema::Migration;
use crate::table::{exam_copy, journal, sign_off};
use crate::text;
use fieldbook_model::{DrawnSample, RowRef, SampledRow};
use rusqlite::{Connection, Row, params};
use serde_json::json;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    4,
    "CREATE TABLE sample (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        dataset TEXT NOT NULL,
        method TEXT NOT NULL,
        algorithm TEXT NOT NULL,
        seed TEXT NOT NULL,
        stratum TEXT,
        amount TEXT,
        population INTEGER NOT NULL,
        population_sha256 TEXT NOT NULL,
        purpose TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE sample_row (
        sample INTEGER NOT NULL REFERENCES sample (id),
        no INTEGER NOT NULL,
        position INTEGER NOT NULL,
        file_sha256 TEXT NOT NULL,
        file TEXT NOT NULL,
        sheet TEXT NOT NULL,
        row INTEGER NOT NULL,
        why TEXT NOT NULL,
        PRIMARY KEY (sample, no)
    ) STRICT, WITHOUT ROWID;",
)];

const DAMAGED: VaultError = VaultError::Damaged { what: "sample" };

fn read(row: &Row<'_>) -> Result<DrawnSample, VaultError> {
    Ok(DrawnSample {
        id: row.get(0)?,
        dataset: row.get(1)?,
        method: row.get(2)?,
        algorithm: row.get(3)?,
        // A seed fills all 64 bits, which SQLite's integers do not.
        seed: row.get::<_, String>(4)?.parse().map_err(|_| DAMAGED)?,
        stratum: row.get(5)?,
        amount: row.get(6)?,
        population: row.get::<_, i64>(7)?.unsigned_abs(),
        population_sha256: row.get(8)?,
        purpose: row.get(9)?,
        rows: Vec::new(),
        by: row.get(10)?,
        at: text::moment(&row.get::<_, String>(11)?)?,
    })
}

fn rows_of(conn: &Connection, sample: i64) -> Result<Vec<SampledRow>, VaultError> {
    let mut some = conn.prepare_cached(
        "SELECT no, position, file_sha256, file, sheet, row, why FROM sample_row WHERE sample = ?1 ORDER BY no",
    )?;
    let mut rows = some.query([sample])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let source =
            RowRef { file_sha256: row.get(2)?, file: row.get(3)?, sheet: row.get(4)?, row: row.get(5)? };
        let index = row.get::<_, i64>(1)?.unsigned_abs();
        out.push(SampledRow { no: row.get(0)?, index, source, why: row.get(6)? });
    }
    Ok(out)
}

impl ExamStore {
    /// Keeps a sample; gives its number.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author.
    pub fn save_sample(&mut self, s: &DrawnSample) -> Result<i64, VaultError> {
        named(&s.by)?;
        let int = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        self.write(|tx| {
            sign_off::exam_still_open(tx)?;
            let id = exam_copy::next_number(tx, "sample", "id")?;
            tx.execute(
                "INSERT INTO sample VALUES (?12, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                params![
                    s.dataset,
                    s.method,
                    s.algorithm,
                    s.seed.to_string(),
                    s.stratum,
                    s.amount,
                    int(s.population),
                    s.population_sha256,
                    s.purpose,
                    s.by,
                    s.at.to_string(),
                    id
                ],
            )?;
            let mut one = tx.prepare("INSERT INTO sample_row VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
            for r in &s.rows {
                let RowRef { file_sha256, file, sheet, row } = &r.source;
                one.execute(params![id, r.no, int(r.index), file_sha256, file, sheet, row, r.why])?;
            }
            let detail = json!({
                "dataset": s.dataset, "method": s.method, "algorithm": s.algorithm, "seed": s.seed.to_string(),
                "stratum": s.stratum, "amount": s.amount, "population": s.population,
                "population_sha256": s.population_sha256, "purpose": s.purpose, "rows": s.rows.len()
            });
            let subject = format!("sample:{id}");
            journal::append(tx, &Entry { at: s.at, by: &s.by, action: "sample.draw", subject, detail })?;
            Ok(id)
        })
    }

    /// Every sample, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn samples(&self) -> Result<Vec<DrawnSample>, VaultError> {
        let mut all = self.conn.prepare(
            "SELECT id, dataset, method, algorithm, seed, stratum, amount, population, population_sha256, purpose,
                by, at FROM sample ORDER BY id",
        )?;
        let mut found = all.query([])?;
        let mut out = Vec::new();
        while let Some(row) = found.next()? {
            let mut sample = read(row)?;
            sample.rows = rows_of(&self.conn, sample.id)?;
            out.push(sample);
        }
        Ok(out)
    }
}
