//! `run`: every run of a procedure, kept for ever with its parameters and inputs.

use crate::codes::Coded;
use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::schema::Migration;
use crate::table::{exam_copy, exception_row, journal, run_record, run_rule, sign_off};
use crate::{json, text};
use fieldbook_model::{ExceptionRow, Run, RunRecord};
use rusqlite::{Connection, Row, params};
use serde_json::json;

pub(crate) const MIGRATIONS: &[Migration] = &[(1, TABLE), (4, "ALTER TABLE run ADD COLUMN record TEXT;")];

const TABLE: &str = "CREATE TABLE run (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        procedure TEXT NOT NULL,
        procedure_sha256 TEXT NOT NULL,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        as_of TEXT NOT NULL,
        period_from TEXT NOT NULL,
        period_to TEXT NOT NULL,
        parameters TEXT NOT NULL,
        verdict TEXT NOT NULL,
        population INTEGER,
        completeness TEXT NOT NULL,
        exceptions INTEGER NOT NULL,
        unknown INTEGER NOT NULL,
        leads INTEGER NOT NULL,
        missing TEXT NOT NULL,
        inputs TEXT NOT NULL
    ) STRICT;
    CREATE INDEX run_procedure ON run (procedure, id);";

/// The condition of the run of each procedure that was made last: by time, since another copy's numbers tell nothing.
pub(crate) const LATEST: &str = "id IN (SELECT id FROM (
    SELECT id, row_number() OVER (PARTITION BY procedure ORDER BY at DESC, id DESC) AS n FROM run) WHERE n = 1)";

const COLUMNS: &str =
    "id, procedure, procedure_sha256, at, by, as_of, period_from, period_to, parameters, verdict,
    population, completeness, exceptions, unknown, leads, missing, inputs, record";

fn read(row: &Row<'_>) -> Result<Run, VaultError> {
    let t = |i: usize| row.get::<_, String>(i);
    let n = |i: usize| row.get::<_, i64>(i).map(i64::unsigned_abs);
    Ok(Run {
        id: row.get(0)?,
        procedure: t(1)?,
        procedure_sha256: t(2)?,
        at: text::moment(&t(3)?)?,
        by: t(4)?,
        as_of: text::date(&t(5)?)?,
        period: text::period(&t(6)?, &t(7)?)?,
        parameters: json::read_params(&t(8)?)?,
        verdict: Coded::from_code(&t(9)?)?,
        population: row.get::<_, Option<i64>>(10)?.map(i64::unsigned_abs),
        completeness: Coded::from_code(&t(11)?)?,
        exceptions: n(12)?,
        unknown: n(13)?,
        leads: n(14)?,
        missing: json::read_texts(&t(15)?)?,
        rules: Vec::new(),
        inputs: json::read_texts(&t(16)?)?,
        record: match row.get::<_, Option<String>>(17)? {
            Some(text) => run_record::read(&text)?,
            None => RunRecord::default(),
        },
    })
}

fn insert(conn: &Connection, run: &Run) -> Result<i64, VaultError> {
    let int = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let id = exam_copy::next_number(conn, "run", "id")?;
    conn.execute(
        "INSERT INTO run VALUES (?18, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
        params![
            run.procedure,
            run.procedure_sha256,
            run.at.to_string(),
            run.by,
            run.as_of.to_string(),
            run.period.from.to_string(),
            run.period.to.to_string(),
            json::params(&run.parameters),
            run.verdict.code(),
            run.population.map(int),
            run.completeness.code(),
            int(run.exceptions),
            int(run.unknown),
            int(run.leads),
            json::texts(&run.missing),
            json::texts(&run.inputs),
            run_record::text(&run.record),
            id
        ],
    )?;
    Ok(id)
}

impl ExamStore {
    /// Keeps a run with its rows; gives its number. Numbers in `run` and `rows` are not looked at, dispositions
    /// neither: those made before apply again by their key.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author.
    pub fn save_run(&mut self, run: &Run, rows: &[ExceptionRow]) -> Result<i64, VaultError> {
        named(&run.by)?;
        self.write(|tx| {
            sign_off::still_open(tx, &run.procedure)?;
            let id = insert(tx, run)?;
            run_rule::insert(tx, id, &run.rules)?;
            exception_row::insert(tx, id, rows)?;
            let detail = json!({
                "procedure": run.procedure, "procedure_sha256": run.procedure_sha256, "as_of": run.as_of.to_string(),
                "from": run.period.from.to_string(), "to": run.period.to.to_string(),
                "parameters": json::params(&run.parameters), "verdict": run.verdict.code(),
                "population": run.population, "completeness": run.completeness.code(),
                "exceptions": run.exceptions, "unknown": run.unknown, "leads": run.leads, "missing": run.missing,
                "inputs": run.inputs, "record_sha256": run_record::sha256(&run.record), "rows": rows.len(), "rows_sha256": exception_row::digest(rows)
            });
            let subject = format!("run:{id}");
            journal::append(tx, &Entry { at: run.at, by: &run.by, action: "run.store", subject, detail })?;
            Ok(id)
        })
    }

    /// Every run, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn runs(&self) -> Result<Vec<Run>, VaultError> {
        self.runs_where("1")
    }

    /// The latest run of each procedure, by procedure.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn latest_runs(&self) -> Result<Vec<Run>, VaultError> {
        let mut runs = self.runs_where(LATEST)?;
        runs.sort_by(|a, b| a.procedure.cmp(&b.procedure));
        Ok(runs)
    }

    /// One run.
    ///
    /// # Errors
    /// [`VaultError::UnknownRun`].
    pub fn run(&self, id: i64) -> Result<Run, VaultError> {
        self.runs_where(&format!("id = {id}"))?.pop().ok_or(VaultError::UnknownRun { id })
    }

    fn runs_where(&self, condition: &str) -> Result<Vec<Run>, VaultError> {
        let mut some =
            self.conn.prepare(&format!("SELECT {COLUMNS} FROM run WHERE {condition} ORDER BY id"))?;
        let mut rows = some.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let mut run = read(row)?;
            run.rules = run_rule::of_run(&self.conn, run.id)?;
            out.push(run);
        }
        Ok(out)
    }
}
