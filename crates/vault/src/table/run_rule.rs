//! `run_rule`: what each rule of a run did.

use crate::error::VaultError;
use crate::json;
use crate::schema::Migration;
use fieldbook_model::RuleOutcome;
use rusqlite::{Connection, params};

pub(crate) const MIGRATIONS: &[Migration] = &[(
    1,
    "CREATE TABLE run_rule (
        run INTEGER NOT NULL REFERENCES run (id),
        ord INTEGER NOT NULL,
        rule TEXT NOT NULL,
        rows INTEGER,
        missing TEXT NOT NULL,
        PRIMARY KEY (run, ord)
    ) STRICT, WITHOUT ROWID;",
)];

/// Stores the outcomes in the order given.
pub(crate) fn insert(conn: &Connection, run: i64, rules: &[RuleOutcome]) -> Result<(), VaultError> {
    let mut one = conn.prepare_cached("INSERT INTO run_rule VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (ord, r) in rules.iter().enumerate() {
        let rows = r.rows.map(|n| i64::try_from(n).unwrap_or(i64::MAX));
        one.execute(params![
            run,
            i64::try_from(ord).unwrap_or(i64::MAX),
            r.rule,
            rows,
            json::texts(&r.missing)
        ])?;
    }
    Ok(())
}

/// Outcomes of a run.
pub(crate) fn of_run(conn: &Connection, run: i64) -> Result<Vec<RuleOutcome>, VaultError> {
    let mut some =
        conn.prepare_cached("SELECT rule, rows, missing FROM run_rule WHERE run = ?1 ORDER BY ord")?;
    let mut rows = some.query([run])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(RuleOutcome {
            rule: row.get(0)?,
            rows: row.get::<_, Option<i64>>(1)?.map(i64::unsigned_abs),
            missing: json::read_texts(&row.get::<_, String>(2)?)?,
        });
    }
    Ok(out)
}
