//! Re-performance: a kept run, run again from its record, must list the same rows.

use crate::binding::without;
use crate::error::AuditError;
use crate::record::{ENGINE, as_overrides};
use crate::run::{RunRequest, run};
use crate::store::DatasetStore;
use fieldbook_model::{ExceptionKey, ExceptionRow, Procedure, ReadSheet, Run};
use std::collections::BTreeMap;

/// One difference between a kept run and the same run today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunDifference {
    /// The run was kept without a record of its inputs.
    NoRecord,
    /// The procedure's text is another one.
    Procedure,
    /// The engine has another version.
    Engine {
        /// Version of the kept run.
        kept: u32,
    },
    /// A table that it read is no longer there, or reads otherwise.
    Sheet {
        /// File name.
        file: String,
        /// Sheet.
        sheet: String,
    },
    /// A figure differs.
    Figure {
        /// `verdict`, `population`, `exceptions`, `unknown`, `leads`, `completeness` or `population_sha256`.
        what: &'static str,
        /// As kept.
        kept: String,
        /// As of today.
        now: String,
    },
    /// A row that was listed is not.
    Lacks(ExceptionKey),
    /// A row is listed that was not.
    New(ExceptionKey),
    /// A row has other values or clauses.
    Row(ExceptionKey),
}

/// Runs a kept run again over a store that shows the tables of its record, and compares. `whole` is the procedure before
/// it was bound to the firm.
///
/// # Errors
/// As [`run`]: when nothing could be compared.
pub fn reperform(
    store: &dyn DatasetStore,
    whole: &Procedure,
    sha256: &str,
    kept: &Run,
    kept_rows: &[ExceptionRow],
) -> Result<Vec<RunDifference>, AuditError> {
    let (mut out, rows) = again(store, whole, sha256, kept)?;
    if let Some(rows) = rows {
        out.extend(row_differences(kept_rows, &rows));
    }
    Ok(out)
}

/// What differs, and the rows that are listed now; `None` when it was not run.
type Again = (Vec<RunDifference>, Option<Vec<ExceptionRow>>);

/// As [`reperform`], where the rows listed then are not at hand: differences of all but the rows, and the rows.
///
/// # Errors
/// As [`run`]: when nothing could be compared.
pub fn again(
    store: &dyn DatasetStore,
    whole: &Procedure,
    sha256: &str,
    kept: &Run,
) -> Result<Again, AuditError> {
    if kept.record.engine == 0 {
        return Ok((vec![RunDifference::NoRecord], None));
    }
    if kept.procedure_sha256 != sha256 {
        return Ok((vec![RunDifference::Procedure], None));
    }
    let mut out = Vec::new();
    if kept.record.engine != ENGINE {
        out.push(RunDifference::Engine { kept: kept.record.engine });
    }
    let procedure = without(whole, &|id| kept.record.not_binding.contains(id));
    let overrides = as_overrides(&procedure, &kept.parameters);
    let request = RunRequest {
        procedure: &procedure,
        whole,
        procedure_sha256: sha256,
        applies: kept.record.applies,
        firm: &kept.record.firm,
        as_of: kept.as_of,
        period: kept.period,
        overrides: &overrides,
        by: &kept.by,
        at: kept.at,
    };
    let (now, rows) = run(store, &request)?;
    out.extend(sheets(&kept.record.sheets, &now.record.sheets));
    out.extend(figures(kept, &now));
    Ok((out, Some(rows)))
}

fn sheets(kept: &[ReadSheet], now: &[ReadSheet]) -> Vec<RunDifference> {
    let gone = kept.iter().filter(|s| !now.contains(s));
    gone.map(|s| RunDifference::Sheet { file: s.file.clone(), sheet: s.sheet.clone() }).collect()
}

fn figures(kept: &Run, now: &Run) -> Vec<RunDifference> {
    let all = |r: &Run| {
        [
            ("verdict", format!("{:?}", r.verdict)),
            ("population", r.population.map_or_else(|| "–".to_owned(), |n| n.to_string())),
            ("exceptions", r.exceptions.to_string()),
            ("unknown", r.unknown.to_string()),
            ("leads", r.leads.to_string()),
            ("completeness", format!("{:?}", r.completeness)),
            ("population_sha256", r.record.population_sha256.clone()),
        ]
    };
    let pairs = all(kept).into_iter().zip(all(now));
    let differing = pairs.filter(|((_, kept), (_, now))| kept != now);
    differing.map(|((what, kept), (_, now))| RunDifference::Figure { what, kept, now }).collect()
}

/// Rows by their keys. A key may come several times (a source row in two rules has two keys; in one rule it has one).
fn row_differences(kept: &[ExceptionRow], now: &[ExceptionRow]) -> Vec<RunDifference> {
    let by_key = |rows: &[ExceptionRow]| -> BTreeMap<ExceptionKey, ExceptionRow> {
        rows.iter().map(|r| (r.key.clone(), r.clone())).collect()
    };
    let (kept, now) = (by_key(kept), by_key(now));
    let mut out = Vec::new();
    for (key, old) in &kept {
        match now.get(key) {
            None => out.push(RunDifference::Lacks(key.clone())),
            Some(new)
                if (&new.values, &new.clauses, new.verdict) != (&old.values, &old.clauses, old.verdict) =>
            {
                out.push(RunDifference::Row(key.clone()));
            }
            Some(_) => {}
        }
    }
    out.extend(now.keys().filter(|key| !kept.contains_key(*key)).cloned().map(RunDifference::New));
    out
}
