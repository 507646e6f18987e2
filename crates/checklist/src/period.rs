//! `periods.toml`: how often a clause wants something done, and where a firm's data tells when it was done last.

use crate::cite::Cited;
use crate::error::ChecklistError;
use crate::query::{Query, QueryFile, QueryOf, lines_of};
use crate::reader::Reader;
use fieldbook_model::{Clause, DatasetDef, DutyPeriod, Every, LastDone};
use serde::Deserialize;
use toml::Spanned;

/// The name that a query knows the as-of date by.
const AS_OF: &str = ":as_of";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPeriods {
    #[serde(default)]
    period: Vec<RawPeriod>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPeriod {
    clauses: Vec<Spanned<String>>,
    duty: Spanned<String>,
    every: Spanned<String>,
    words: Spanned<String>,
    #[serde(default)]
    last: Vec<RawLast>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLast {
    dataset: Spanned<String>,
    sql: Spanned<String>,
}

/// Reads the periods in the order of the file.
pub(crate) fn read(
    reader: &mut Reader<'_>,
    cited: &Cited<'_>,
    datasets: &[DatasetDef],
) -> Option<Vec<DutyPeriod>> {
    let raw = reader.parse::<RawPeriods>()?;
    reader.unique(raw.period.iter().map(|p| &p.duty));
    Some(raw.period.into_iter().map(|period| read_period(reader, period, cited, datasets)).collect())
}

/// The queries for the last dates, each with its place.
pub(crate) fn queries(reader: &mut Reader<'_>, text: &str) -> Option<QueryFile> {
    let raw = reader.parse::<RawPeriods>()?;
    let mut queries = Vec::new();
    for period in &raw.period {
        for RawLast { sql, .. } in &period.last {
            let of = QueryOf::Duty(period.duty.get_ref().clone());
            let whole = sql.get_ref().clone();
            let own = 0..whole.len();
            queries.push(Query::new(of, whole, own, Vec::new(), lines_of(text, sql)));
        }
    }
    Some(QueryFile { file: reader.file().to_owned(), queries, ..QueryFile::default() })
}

fn read_period(
    reader: &mut Reader<'_>,
    raw: RawPeriod,
    cited: &Cited<'_>,
    datasets: &[DatasetDef],
) -> DutyPeriod {
    let duty = raw.duty.get_ref().clone();
    if raw.clauses.is_empty() {
        reader.fail_at(&raw.duty, ChecklistError::Lacks(duty.clone(), "clauses"));
    }
    let clauses = cited.answered(reader, &raw.clauses);
    let words = raw.words.get_ref();
    for clause in clauses.iter().filter_map(|id| cited.clause(id)).filter(|c| !says(c, words)) {
        let what = ChecklistError::WordsNotInClause(words.clone(), clause.id.to_string());
        reader.fail_at(&raw.words, what);
    }
    let every = read_every(raw.every.get_ref()).unwrap_or_else(|| {
        reader.fail_at(&raw.every, ChecklistError::BadId(raw.every.get_ref().clone(), "period"));
        Every::OwnRule
    });
    let last = raw.last.into_iter().map(|last| read_last(reader, last, &duty, datasets)).collect();
    DutyPeriod { clauses, duty, every, words: raw.words.into_inner(), last }
}

/// Whether the clause, or a heading above it, has these words.
fn says(clause: &Clause, words: &str) -> bool {
    let mut texts = clause.context.iter().chain([&clause.text]);
    !words.is_empty() && texts.any(|text| text.contains(words))
}

fn read_every(text: &str) -> Option<Every> {
    match text {
        "day" => Some(Every::Day),
        "own" => Some(Every::OwnRule),
        _ => {
            let months: u32 = text.strip_suffix("mo")?.parse().ok()?;
            (months > 0).then_some(Every::Months(months))
        }
    }
}

fn read_last(reader: &mut Reader<'_>, raw: RawLast, duty: &str, datasets: &[DatasetDef]) -> LastDone {
    let dataset = raw.dataset.get_ref();
    if datasets.iter().all(|d| d.key != *dataset) {
        reader.fail_at(&raw.dataset, ChecklistError::UnknownDataset(dataset.clone()));
    }
    let sql = raw.sql.get_ref();
    let first = sql.split_whitespace().next().unwrap_or_default();
    if !first.eq_ignore_ascii_case("select") {
        reader.fail_at(&raw.sql, ChecklistError::BadId(first.to_owned(), "start of a query"));
    }
    if sql.contains(';') {
        reader.fail_at(&raw.sql, ChecklistError::MustNotHave(duty.to_owned(), "`;` in a query"));
    }
    if !sql.contains(AS_OF) {
        reader.fail_at(&raw.sql, ChecklistError::Lacks(duty.to_owned(), "`:as_of` in a query"));
    }
    LastDone { dataset: raw.dataset.into_inner(), sql: raw.sql.into_inner() }
}
