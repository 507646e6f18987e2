//! One run of one procedure.

use crate::error::{AuditError, StoreError};
use crate::shared::Shared;
use crate::store::{DatasetState, DatasetStore};
use crate::{binding, needs, params, record, verdict};
use fieldbook_model::{
    Completeness, ExceptionKey, ExceptionRow, Moment, ParamUse, ParamValue, Period, Procedure, ReadSheet,
    RowRef, Rule, RuleOutcome, RuleVerdict, Run, RunRecord, RunVerdict, Tri,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// How many rows of one rule a run keeps. A rule that finds more says so in [`RuleOutcome::missing`], and the figures
/// of the run still count every row.
pub const MAX_KEPT_ROWS: usize = 200_000;

/// What to run, for whom and as of when.
#[derive(Debug, Clone)]
pub struct RunRequest<'a> {
    /// Procedure as it binds the firm; without a rule it does not apply.
    pub procedure: &'a Procedure,
    /// The same procedure with every rule and clause.
    pub whole: &'a Procedure,
    /// SHA-256 of the procedure's file, lower-case hex.
    pub procedure_sha256: &'a str,
    /// Whether the procedure applies to the firm. Unknown runs as yes does: applicability is the checklist's matter.
    pub applies: Tri,
    /// The firm's name, as `:firm`.
    pub firm: &'a str,
    /// 查核基準日.
    pub as_of: Date,
    /// 查核期間.
    pub period: Period,
    /// Changed parameters: key, value, reason.
    pub overrides: &'a [(String, ParamValue, String)],
    /// Examiner.
    pub by: &'a str,
    /// When.
    pub at: Moment,
}

/// Runs a procedure. The rows come in the order of the rules, then of their places; ids and run number are 0 until
/// the run is stored.
///
/// # Errors
/// When an override does not fit, when the procedure's own file is wrong, or when the store fails. Missing data is no
/// error but a verdict.
pub fn run(
    store: &dyn DatasetStore,
    request: &RunRequest<'_>,
) -> Result<(Run, Vec<ExceptionRow>), AuditError> {
    let used = params::used(request)?;
    if request.applies == Tri::No || request.procedure.rules.is_empty() {
        return Ok((idle(request, used, RunVerdict::NotApplicable, Vec::new()), Vec::new()));
    }
    let states = store.datasets().map_err(AuditError::Datasets)?;
    let missing = needs::missing_of_procedure(&request.procedure.needs, &states);
    if !missing.is_empty() {
        return Ok((idle(request, used, RunVerdict::NotRunnable, missing), Vec::new()));
    }
    let bound = params::bound(request, &used);
    let procedure = request.procedure;
    let mut shared = Shared::new(store, procedure, &bound);
    shared.need(&procedure.population.uses)?;
    let population = store
        .count(&procedure.population.sql, &bound)
        .map_err(|source| AuditError::Population { procedure: procedure.id.clone(), source })?;

    let mut hits = Hits::default();
    let mut outcomes = Vec::new();
    let mut rows = Vec::new();
    let mut rule_left_out = false;
    for rule in &procedure.rules {
        if let Some(lack) = needs::lack_of_rule(rule, &states) {
            rule_left_out |= lack.decisive;
            outcomes.push(RuleOutcome { rule: rule.id.clone(), rows: None, missing: lack.missing });
            continue;
        }
        shared.need(&rule.uses)?;
        let found = find_rows(store, procedure, rule, &bound)?;
        outcomes.push(found.outcome(rule));
        rows.extend(place_rows(store, procedure, rule, found.kept)?);
        hits.add(rule, found.ids);
    }

    let read = datasets_read(procedure, &states, &outcomes);
    let behind: BTreeSet<&str> = read.iter().flat_map(|s| s.behind.iter().map(String::as_str)).collect();
    let named: BTreeSet<&str> = read.iter().map(|s| s.key.as_str()).chain(behind).collect();
    let mut sheets: Vec<ReadSheet> = states
        .iter()
        .filter(|s| named.contains(s.key.as_str()))
        .flat_map(|s| s.sheets.iter().cloned())
        .collect();
    sheets.sort_by(|a, b| (&a.dataset, a.id).cmp(&(&b.dataset, b.id)));
    let facts = verdict::Facts {
        exceptions: hits.count(RuleVerdict::Exception),
        unknown: hits.count(RuleVerdict::Unknown),
        population,
        empty_dataset: procedure
            .needs
            .iter()
            .any(|n| !n.optional && needs::find(&states, &n.dataset).is_none_or(|s| s.rows == 0)),
        completeness: completeness(procedure, &read),
        rule_left_out,
    };
    let mut run = Run {
        population: Some(population),
        completeness: facts.completeness,
        exceptions: facts.exceptions,
        unknown: facts.unknown,
        leads: hits.count(RuleVerdict::Lead),
        missing: outcomes
            .iter()
            .flat_map(|o| o.missing.iter().cloned())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
        rules: outcomes,
        inputs: read
            .iter()
            .flat_map(|s| s.inputs.iter().cloned())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
        ..idle(request, used, verdict::of(&facts), Vec::new())
    };
    run.record.population_sha256 = record::population_sha256(&procedure.population, &sheets, population);
    run.record.sheets = sheets;
    Ok((run, rows))
}

/// A run in which no query was asked.
fn idle(request: &RunRequest<'_>, used: Vec<ParamUse>, verdict: RunVerdict, missing: Vec<String>) -> Run {
    let not_run = |rule: &Rule| RuleOutcome { rule: rule.id.clone(), rows: None, missing: Vec::new() };
    Run {
        id: 0,
        procedure: request.procedure.id.clone(),
        procedure_sha256: request.procedure_sha256.to_owned(),
        at: request.at,
        by: request.by.to_owned(),
        as_of: request.as_of,
        period: request.period,
        parameters: used,
        verdict,
        population: None,
        completeness: Completeness::NotStated,
        exceptions: 0,
        unknown: 0,
        leads: 0,
        missing,
        rules: request.procedure.rules.iter().map(not_run).collect(),
        inputs: Vec::new(),
        record: RunRecord {
            engine: record::ENGINE,
            applies: request.applies,
            firm: request.firm.to_owned(),
            not_binding: binding::not_binding(request.whole, request.procedure),
            sheets: Vec::new(),
            population_sha256: String::new(),
        },
    }
}

/// Values of one row, by column key.
type Values = Vec<(String, Option<String>)>;

/// What one rule found.
#[derive(Default)]
struct Found {
    /// Every row found, once.
    ids: BTreeSet<i64>,
    /// The first [`MAX_KEPT_ROWS`] of them by `_id`.
    kept: BTreeMap<i64, Values>,
}

impl Found {
    /// Takes a row. A row that a join yields several times is one row; the smallest of its texts is shown, so that
    /// the order in which a database yields rows decides nothing.
    fn take(&mut self, id: i64, values: Values) {
        self.ids.insert(id);
        let smaller = self.kept.get(&id).is_none_or(|old| values < *old);
        if smaller {
            self.kept.insert(id, values);
        }
        if self.kept.len() > MAX_KEPT_ROWS {
            self.kept.pop_last();
        }
    }

    fn outcome(&self, rule: &Rule) -> RuleOutcome {
        let (found, kept) = (self.ids.len(), self.kept.len());
        let missing = if found > kept {
            vec![format!("規則 {}：共 {found} 列，僅保存 {kept} 列", rule.id)]
        } else {
            Vec::new()
        };
        RuleOutcome { rule: rule.id.clone(), rows: Some(found as u64), missing }
    }
}

fn find_rows(
    store: &dyn DatasetStore,
    procedure: &Procedure,
    rule: &Rule,
    bound: &[(String, ParamValue)],
) -> Result<Found, AuditError> {
    let mut found = Found::default();
    let mut undeclared = None;
    let mut each = |id: i64, values: Values| {
        if undeclared.is_none() {
            undeclared = values
                .iter()
                .map(|(k, _)| k)
                .find(|k| !procedure.columns.iter().any(|c| c.key == **k))
                .cloned();
        }
        found.take(id, values);
    };
    store.rows(&rule.sql, bound, &mut each).map_err(|source| rule_error(procedure, rule, source))?;
    match undeclared {
        Some(column) => Err(AuditError::UndeclaredColumn {
            procedure: procedure.id.clone(),
            rule: rule.id.clone(),
            column,
        }),
        None => Ok(found),
    }
}

/// The kept rows with their places, in the order of the places, values in the order of the procedure's columns.
fn place_rows(
    store: &dyn DatasetStore,
    procedure: &Procedure,
    rule: &Rule,
    kept: BTreeMap<i64, Values>,
) -> Result<Vec<ExceptionRow>, AuditError> {
    let mut placed: Vec<(RowRef, Values)> = Vec::with_capacity(kept.len());
    for (id, values) in kept {
        let source = store.source(&rule.subject, id).map_err(|source| rule_error(procedure, rule, source))?;
        placed.push((source, values));
    }
    placed.sort();
    let position = |key: &str| procedure.columns.iter().position(|c| c.key == key);
    Ok(placed
        .into_iter()
        .map(|(source, mut values)| {
            values.sort_by_key(|(key, _)| position(key));
            ExceptionRow {
                id: 0,
                run: 0,
                key: ExceptionKey { procedure: procedure.id.clone(), rule: rule.id.clone(), source },
                verdict: rule.verdict,
                clauses: rule.clauses.clone(),
                values,
                disposition: None,
            }
        })
        .collect())
}

fn rule_error(procedure: &Procedure, rule: &Rule, source: StoreError) -> AuditError {
    AuditError::Rule { procedure: procedure.id.clone(), rule: rule.id.clone(), source }
}

/// Rows hit, counted once a verdict however many rules hit them.
#[derive(Default)]
struct Hits(BTreeMap<RuleVerdict, BTreeMap<String, BTreeSet<i64>>>);

impl Hits {
    fn add(&mut self, rule: &Rule, ids: BTreeSet<i64>) {
        self.0.entry(rule.verdict).or_default().entry(rule.subject.clone()).or_default().extend(ids);
    }

    fn count(&self, verdict: RuleVerdict) -> u64 {
        self.0.get(&verdict).into_iter().flat_map(BTreeMap::values).map(|ids| ids.len() as u64).sum()
    }
}

/// The datasets that the population and the rules that ran could read.
fn datasets_read<'a>(
    procedure: &Procedure,
    states: &'a [DatasetState],
    outcomes: &[RuleOutcome],
) -> Vec<&'a DatasetState> {
    let ran = procedure.rules.iter().zip(outcomes).filter(|(_, o)| o.rows.is_some()).map(|(r, _)| r);
    let named: BTreeSet<&str> = procedure
        .needs
        .iter()
        .map(|n| n.dataset.as_str())
        .chain([procedure.population.dataset.as_str()])
        .chain(ran.flat_map(|r| r.needs.iter().map(|n| n.dataset.as_str()).chain([r.subject.as_str()])))
        .collect();
    named.into_iter().filter_map(|key| needs::find(states, key)).collect()
}

/// Incomplete when any dataset read is known to be; else as the population's own dataset is.
fn completeness(procedure: &Procedure, read: &[&DatasetState]) -> Completeness {
    if read.iter().any(|s| s.completeness == Completeness::Incomplete) {
        return Completeness::Incomplete;
    }
    let population = read.iter().find(|s| s.key == procedure.population.dataset);
    population.map_or(Completeness::NotStated, |s| s.completeness)
}
