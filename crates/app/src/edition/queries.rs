//! Whether the queries of an organisation's files would run: asked of a database in memory, on empty datasets.

use crate::checklist::last_date_sql;
use crate::error::AppError;
use fieldbook_audit::RESERVED;
use fieldbook_checklist::{
    Bundle, ChecklistError, Files, LoadError, Query, QueryFault, QueryFile, QueryOf, queries,
};
use fieldbook_vault::{Refusal, Rehearsed, VaultError, rehearse};
use std::collections::BTreeSet;

/// Defects of the queries in these files, which load together with the rest of the bundle.
///
/// # Errors
/// The store's, when the datasets cannot be set up.
pub(crate) fn defects(files: &Files, bundle: &Bundle) -> Result<Vec<LoadError>, AppError> {
    let all = queries(files);
    let asked: Vec<Asked> = all.iter().flat_map(|file| file.queries.iter().map(|q| asked(file, q))).collect();
    let statements: Vec<(&str, Vec<&str>)> =
        asked.iter().map(|a| (a.sql.as_str(), a.given.clone())).collect();
    let mut told = rehearse(&bundle.datasets, &statements)?.into_iter().zip(&asked);
    let mut out = Vec::new();
    for file in &all {
        let told = told.by_ref().take(file.queries.len()).map(|(result, asked)| (result, asked.before));
        of_file(file, told, &mut out);
    }
    Ok(out)
}

/// A query as the program asks it.
struct Asked<'a> {
    sql: String,
    /// Bytes in front of the query's own statement.
    before: usize,
    /// Names of the parameters that it is given.
    given: Vec<&'a str>,
}

fn asked<'a>(file: &'a QueryFile, query: &Query) -> Asked<'a> {
    if matches!(query.of, QueryOf::Duty(_)) {
        let sql = last_date_sql(&query.sql);
        let before = sql.find(&query.sql).unwrap_or_default();
        return Asked { sql, before, given: vec!["as_of"] };
    }
    let own = file.parameters.iter().map(|(key, _)| key.as_str());
    Asked { sql: query.sql.clone(), before: 0, given: RESERVED.into_iter().chain(own).collect() }
}

fn of_file(
    file: &QueryFile,
    told: impl Iterator<Item = (Result<Rehearsed, Refusal>, usize)>,
    out: &mut Vec<LoadError>,
) {
    let mut fail = |line: u32, what| out.push(LoadError { file: file.file.clone(), line: Some(line), what });
    for (key, line) in file.parameters.iter().filter(|(key, _)| RESERVED.contains(&key.as_str())) {
        fail(*line, ChecklistError::ReservedParameter(key.clone()));
    }
    let mut broken: BTreeSet<&str> = BTreeSet::new();
    let mut yielded: BTreeSet<String> = BTreeSet::new();
    let mut all_ran = true;
    for (query, (result, before)) in file.queries.iter().zip(told) {
        let faults = match result {
            // A fragment that cannot run is told once, not for every rule that uses it.
            _ if query.needs.iter().any(|name| broken.contains(name.as_str())) => {
                if let QueryOf::Fragment(name) = &query.of {
                    broken.insert(name);
                }
                all_ran = false;
                continue;
            }
            Err(refusal) => {
                all_ran = false;
                if let QueryOf::Fragment(name) = &query.of {
                    broken.insert(name);
                }
                vec![(refusal.offset.and_then(|at| at.checked_sub(before)), fault(refusal))]
            }
            Ok(Rehearsed { columns, .. }) => {
                let faults = result_faults(query, &columns, file).into_iter().map(|f| (None, f)).collect();
                if matches!(query.of, QueryOf::Rule(_)) {
                    yielded.extend(columns);
                }
                faults
            }
        };
        for (at, fault) in faults {
            fail(query.line(at), ChecklistError::Query(query.of.clone(), fault));
        }
    }
    for (key, line) in file.columns.iter().filter(|(key, _)| all_ran && !yielded.contains(key)) {
        fail(*line, ChecklistError::NeverYielded(key.clone()));
    }
}

/// What is wrong with the result of a query that would run.
fn result_faults(query: &Query, columns: &[String], file: &QueryFile) -> Vec<QueryFault> {
    match query.of {
        QueryOf::Population if columns.len() != 1 => vec![QueryFault::NotOneNumber],
        QueryOf::Rule(_) => {
            let mut out = Vec::new();
            if !columns.iter().any(|c| c == "_id") {
                out.push(QueryFault::NoId);
            }
            let mut seen = BTreeSet::new();
            for column in columns {
                if !seen.insert(column) {
                    out.push(QueryFault::Twice(column.clone()));
                } else if column != "_id" && !file.columns.iter().any(|(key, _)| key == column) {
                    out.push(QueryFault::Undeclared(column.clone()));
                }
            }
            out
        }
        QueryOf::Picture(_) if !columns.iter().any(|c| c == "_id") => vec![QueryFault::NoId],
        _ => Vec::new(),
    }
}

/// SQLite's words as a fault.
pub(crate) fn fault(refusal: Refusal) -> QueryFault {
    let said = refusal.said;
    let after =
        |start: &str| said.strip_prefix(start).map(|name| name.trim().trim_end_matches("()").to_owned());
    match refusal.error {
        VaultError::MissingParameter { name } => QueryFault::NoParameter(name),
        VaultError::NotPermitted => {
            QueryFault::Forbidden(after("not authorized to use function: ").unwrap_or_default())
        }
        _ => {
            let near =
                after("near \"").and_then(|rest| rest.split_once('"').map(|(word, _)| word.to_owned()));
            let unknown = said.strip_prefix("unrecognized token: ").map(|t| t.trim_matches('"').to_owned());
            None.or_else(|| after("no such table: ").map(QueryFault::NoTable))
                .or_else(|| after("no such column: ").map(QueryFault::NoColumn))
                .or_else(|| after("ambiguous column name: ").map(QueryFault::Ambiguous))
                .or_else(|| after("no such function: ").map(QueryFault::NoFunction))
                .or_else(|| after("wrong number of arguments to function ").map(QueryFault::Arguments))
                .or_else(|| near.or(unknown).map(QueryFault::Syntax))
                .or_else(|| (said == "incomplete input").then_some(QueryFault::Unfinished))
                .unwrap_or(QueryFault::Said(said))
        }
    }
}
