//! `procedures/<id>.toml`: audit procedures, a query plus words.

mod picture;
mod queries;

pub(crate) use queries::queries;

use crate::clause::{RawStrength, read_condition};
use crate::error::ChecklistError;
use crate::fragment::{Fragments, RawFragment};
use crate::reader::{Reader, is_key};
use fieldbook_model::{
    ClauseId, DatasetDef, DatasetNeed, FactDef, OutColumn, ParamValue, Parameter, Population, Predicate,
    Procedure, Rule, RuleVerdict,
};
use picture::RawPicture;
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;

/// What a procedure may refer to.
pub(crate) struct Known<'a> {
    /// All facts.
    pub(crate) facts: &'a [FactDef],
    /// All datasets.
    pub(crate) datasets: &'a [DatasetDef],
    /// Ids of all clauses.
    pub(crate) clauses: &'a BTreeSet<ClauseId>,
    /// What begins the ids.
    pub(crate) ids: Ids,
}

/// Who wrote procedures. What an examiner writes may apply to whomever it is run on and name its columns in Chinese.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ids {
    /// `T-…`.
    Checklists,
    /// `X-…` of an exam, `O-…` of an organisation.
    Examiner,
}

impl Ids {
    fn begins(self, id: &str) -> bool {
        match self {
            Self::Checklists => id.starts_with("T-"),
            Self::Examiner => id.starts_with("X-") || id.starts_with("O-"),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProcedure {
    id: Spanned<String>,
    title: String,
    family: String,
    purpose: String,
    steps: Vec<String>,
    clauses: Vec<Spanned<String>>,
    applies: Option<Spanned<String>>,
    #[serde(default)]
    cautions: Vec<String>,
    #[serde(default)]
    needs: Vec<RawNeed>,
    #[serde(default)]
    parameter: Vec<RawParameter>,
    #[serde(default)]
    fragment: Vec<RawFragment>,
    count: Option<Spanned<String>>,
    population: RawPopulation,
    rule: Vec<RawRule>,
    #[serde(default)]
    picture: Vec<RawPicture>,
    column: Vec<RawOutColumn>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNeed {
    dataset: Spanned<String>,
    #[serde(default)]
    columns: Vec<Spanned<String>>,
    #[serde(default)]
    optional: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawParameter {
    key: Spanned<String>,
    zh: String,
    #[serde(default)]
    unit: String,
    value: RawValue,
    range: Option<Spanned<[f64; 2]>>,
    clause: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawValue {
    Bool(bool),
    Int(i64),
    Num(f64),
    Text(String),
    List(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPopulation {
    dataset: Spanned<String>,
    zh: String,
    #[serde(default)]
    uses: Vec<Spanned<String>>,
    sql: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: Spanned<String>,
    title: String,
    verdict: RawVerdict,
    clauses: Vec<Spanned<String>>,
    strength: RawStrength,
    subject: Spanned<String>,
    #[serde(default)]
    uses: Vec<Spanned<String>>,
    sql: Spanned<String>,
    #[serde(default)]
    needs: Vec<RawNeed>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum RawVerdict {
    Exception,
    Unknown,
    Lead,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOutColumn {
    key: Spanned<String>,
    zh: String,
}

/// Reads one procedure; `stem` is the file's name without `.toml`.
pub(crate) fn read(reader: &mut Reader<'_>, stem: &str, known: &Known<'_>) -> Option<Procedure> {
    let raw = reader.parse::<RawProcedure>()?;
    let id = raw.id.get_ref().clone();
    let shaped = known.ids.begins(&id)
        && id.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
    if !shaped {
        reader.fail_at(&raw.id, ChecklistError::BadId(id.clone(), "procedure id"));
    }
    if id != stem {
        reader.fail_at(&raw.id, ChecklistError::Misplaced(id.clone()));
    }
    reader.unique(raw.parameter.iter().map(|p| &p.key));
    reader.unique(raw.rule.iter().map(|r| &r.id));
    reader.unique(raw.picture.iter().map(|p| &p.key));
    reader.unique(raw.column.iter().map(|c| &c.key));
    let applies = read_applies(reader, raw.applies.as_ref(), known);
    let needs: Vec<DatasetNeed> = raw.needs.into_iter().map(|need| read_need(reader, need, known)).collect();
    let mut fragments = Fragments::read(reader, raw.fragment, known);
    let population = Population {
        dataset: read_dataset(reader, &raw.population.dataset, known),
        zh: raw.population.zh,
        uses: fragments.used(reader, &raw.population.uses, &raw.population.sql),
        sql: raw.population.sql.into_inner(),
    };
    let rules = raw.rule.into_iter().map(|r| read_rule(reader, r, &needs, &mut fragments, known)).collect();
    let keys: BTreeSet<&str> = raw.parameter.iter().map(|p| p.key.get_ref().as_str()).collect();
    let pictures =
        raw.picture.into_iter().map(|p| picture::read(reader, p, &keys, &mut fragments, known)).collect();
    fragments.report_unused(reader);
    let all = fragments.all();
    let count = raw.count.map(|name| {
        if all.iter().all(|f| f.name != *name.get_ref()) {
            reader.fail_at(&name, ChecklistError::UnknownFragment(name.get_ref().clone()));
        }
        name.into_inner()
    });
    Some(Procedure {
        id,
        title: raw.title,
        family: raw.family,
        purpose: raw.purpose,
        steps: raw.steps,
        clauses: read_clauses(reader, &raw.clauses, known),
        applies: applies?,
        parameters: raw.parameter.into_iter().map(|p| read_parameter(reader, p, known)).collect(),
        rules,
        needs,
        fragments: all,
        count,
        population,
        pictures,
        columns: raw.column.into_iter().map(|c| read_out_column(reader, c, known)).collect(),
        cautions: raw.cautions,
    })
}

fn read_applies(
    reader: &mut Reader<'_>,
    raw: Option<&Spanned<String>>,
    known: &Known<'_>,
) -> Option<Predicate> {
    match (raw, known.ids) {
        (None, Ids::Examiner) => Some(Predicate::All(Vec::new())),
        (None, Ids::Checklists) => {
            reader.fail(ChecklistError::Syntax("missing field `applies`".to_owned()));
            None
        }
        (raw, _) => read_condition(reader, raw, known.facts, false),
    }
}

fn read_need(reader: &mut Reader<'_>, raw: RawNeed, known: &Known<'_>) -> DatasetNeed {
    let dataset = read_dataset(reader, &raw.dataset, known);
    if let Some(def) = known.datasets.iter().find(|d| d.key == dataset) {
        for column in raw.columns.iter().filter(|c| def.column(c.get_ref()).is_none()) {
            let what = ChecklistError::UnknownColumn(dataset.clone(), column.get_ref().clone());
            reader.fail_at(column, what);
        }
    }
    let columns = raw.columns.into_iter().map(Spanned::into_inner).collect();
    DatasetNeed { dataset, columns, optional: raw.optional }
}

fn read_dataset(reader: &mut Reader<'_>, raw: &Spanned<String>, known: &Known<'_>) -> String {
    if known.datasets.iter().all(|d| d.key != *raw.get_ref()) {
        reader.fail_at(raw, ChecklistError::UnknownDataset(raw.get_ref().clone()));
    }
    raw.get_ref().clone()
}

fn read_clauses(reader: &mut Reader<'_>, raw: &[Spanned<String>], known: &Known<'_>) -> Vec<ClauseId> {
    raw.iter().filter_map(|id| read_clause(reader, id, known)).collect()
}

fn read_clause(reader: &mut Reader<'_>, raw: &Spanned<String>, known: &Known<'_>) -> Option<ClauseId> {
    let id = ClauseId::parse(raw.get_ref()).ok().filter(|id| known.clauses.contains(id));
    if id.is_none() {
        reader.fail_at(raw, ChecklistError::UnknownClause(raw.get_ref().clone()));
    }
    id
}

fn read_parameter(reader: &mut Reader<'_>, raw: RawParameter, known: &Known<'_>) -> Parameter {
    let key = read_key(reader, raw.key, "parameter key");
    let clause = raw.clause.and_then(|id| read_clause(reader, &id, known));
    let value = match raw.value {
        RawValue::Bool(value) => ParamValue::Bool(value),
        RawValue::Int(value) => ParamValue::Int(value),
        RawValue::Num(value) => ParamValue::Num(value),
        RawValue::Text(value) => ParamValue::Text(value),
        RawValue::List(value) => ParamValue::List(value),
    };
    let number = match &value {
        // Parameters are counts, shares and limits, far below the 2^53 up to which f64 holds whole numbers.
        #[allow(clippy::cast_precision_loss)]
        ParamValue::Int(n) => Some(*n as f64),
        ParamValue::Num(n) => Some(*n),
        _ => None,
    };
    let range = raw.range.map(|range| (range.span(), range.into_inner()));
    if let Some((span, [from, to])) = &range
        && !number.is_some_and(|n| (*from..=*to).contains(&n))
    {
        reader.fail_span(span.clone(), ChecklistError::OutOfRange(key.clone()));
    }
    let range = range.map(|(_, [from, to])| (from, to));
    Parameter { key, zh: raw.zh, unit: raw.unit, value, range, clause }
}

fn read_rule(
    reader: &mut Reader<'_>,
    raw: RawRule,
    outer: &[DatasetNeed],
    fragments: &mut Fragments,
    known: &Known<'_>,
) -> Rule {
    let needs: Vec<DatasetNeed> = raw.needs.into_iter().map(|need| read_need(reader, need, known)).collect();
    let subject = read_dataset(reader, &raw.subject, known);
    if outer.iter().chain(&needs).all(|need| need.dataset != subject) {
        reader.fail_at(
            &raw.subject,
            ChecklistError::Lacks(raw.id.get_ref().clone(), "its subject among the needs"),
        );
    }
    Rule {
        id: raw.id.into_inner(),
        title: raw.title,
        verdict: match raw.verdict {
            RawVerdict::Exception => RuleVerdict::Exception,
            RawVerdict::Unknown => RuleVerdict::Unknown,
            RawVerdict::Lead => RuleVerdict::Lead,
        },
        clauses: read_clauses(reader, &raw.clauses, known),
        strength: raw.strength.into(),
        subject,
        needs,
        uses: fragments.used(reader, &raw.uses, &raw.sql),
        sql: raw.sql.into_inner(),
    }
}

fn read_out_column(reader: &mut Reader<'_>, raw: RawOutColumn, known: &Known<'_>) -> OutColumn {
    let named = |key: &str| {
        known.ids == Ids::Examiner
            && key.starts_with(char::is_alphabetic)
            && key.chars().all(|c| c.is_alphanumeric() || c == '_')
    };
    let key =
        if named(raw.key.get_ref()) { raw.key.into_inner() } else { read_key(reader, raw.key, "column key") };
    OutColumn { key, zh: raw.zh }
}

fn read_key(reader: &mut Reader<'_>, raw: Spanned<String>, what: &'static str) -> String {
    if !is_key(raw.get_ref()) {
        reader.fail_at(&raw, ChecklistError::BadId(raw.get_ref().clone(), what));
    }
    raw.into_inner()
}
