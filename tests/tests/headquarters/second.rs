//! A second count of what the five questions ask, from what was invented and by other means than the tables.

use crate::AS_OF;
use fieldbook_model::text::norm_firm;
use fieldbook_model::{FindingType, FirmLine, ItemResult, Severity};
use fieldbook_tests::invented::Invented;
use fieldbook_vault::IndexedFinding;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Whether it asks a measure.
pub fn asks(f: &IndexedFinding) -> bool {
    matches!(f.kind, FindingType::Deficiency | FindingType::Recommendation)
}

/// Whether it stands and asks a measure.
pub fn counts(f: &IndexedFinding) -> bool {
    f.status.is_settled() && asks(f)
}

fn line(exam: &Invented) -> Option<&'static str> {
    match exam.kind?.line? {
        FirmLine::Securities => Some("securities"),
        FirmLine::Futures => Some("futures"),
        FirmLine::Both => Some("both"),
        FirmLine::OtherFutures => Some("other_futures"),
        FirmLine::Neither => Some("neither"),
    }
}

/// The exams whose results were collected.
pub fn known(exams: &[Invented]) -> impl Iterator<Item = &Invented> {
    exams.iter().filter(|e| e.kind.is_some())
}

/// Every finding with its exam.
pub fn every(exams: &[Invented]) -> Vec<(&Invented, &IndexedFinding)> {
    exams.iter().flat_map(|e| e.findings.iter().map(move |(f, _)| (e, f))).collect()
}

/// Year, clause, firms, exams, findings, exams that failed it and that judged it: the five most cited of each year.
pub fn top_clauses(exams: &[Invented]) -> Vec<Vec<Value>> {
    let mut out = Vec::new();
    let years: BTreeSet<i16> = exams.iter().map(|e| e.exam.as_of.year()).collect();
    for year in years.into_iter().rev() {
        let mut cited: BTreeMap<&str, (BTreeSet<&str>, BTreeSet<&str>, u64)> = BTreeMap::new();
        for (e, f) in every(exams).into_iter().filter(|(e, f)| e.exam.as_of.year() == year && counts(f)) {
            for clause in &f.clauses {
                let of = cited.entry(clause.as_str()).or_default();
                of.0.insert(&e.exam.firm);
                of.1.insert(e.exam.id.as_str());
                of.2 += 1;
            }
        }
        let mut rows: Vec<_> = cited.into_iter().collect();
        rows.sort_by_key(|(clause, (firms, _, n))| (std::cmp::Reverse((firms.len(), *n)), *clause));
        for (clause, (firms, cases, n)) in rows.into_iter().take(5) {
            let having = |results: &[ItemResult]| {
                known(exams)
                    .filter(|e| e.exam.as_of.year() == year)
                    .filter(|e| {
                        let of =
                            |r| e.clauses.get(r).is_some_and(|all| all.iter().any(|c| c.as_str() == clause));
                        results.iter().any(of)
                    })
                    .count()
            };
            let failed = [ItemResult::Partial, ItemResult::Noncompliant];
            let judged = having(&[failed[0], failed[1], ItemResult::Compliant]);
            out.push(vec![
                json!(year),
                json!(clause),
                json!(firms.len()),
                json!(cases.len()),
                json!(n),
                json!(having(&failed)),
                json!(judged),
            ]);
        }
    }
    out
}

/// Findings that repeat, and all of them, by firm.
pub fn repeating_firms(exams: &[Invented]) -> BTreeMap<String, (u64, u64)> {
    let mut out: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for (e, f) in every(exams).into_iter().filter(|(_, f)| counts(f)) {
        let of = out.entry(e.exam.firm.clone()).or_default();
        of.0 += u64::from(f.repeat_of.is_some());
        of.1 += 1;
    }
    out.retain(|_, (repeats, _)| *repeats > 0);
    out
}

/// Median days from handing over to closing, how many were closed and how many handed over.
pub fn days_to_close(exams: &[Invented], severity: Severity) -> (Option<f64>, usize, usize) {
    let all = exams.iter().flat_map(|e| &e.findings);
    let sent: Vec<_> =
        all.filter(|(f, c)| counts(f) && f.severity == severity && c.sent_on.is_some()).collect();
    let mut days: Vec<i32> = sent
        .iter()
        .filter_map(|(_, c)| Some(c.sent_on?.until(c.closed_on?).expect("days").get_days()))
        .collect();
    days.sort_unstable();
    let middle = days.len() / 2;
    let median = match days.len() {
        0 => None,
        n if n % 2 == 1 => Some(f64::from(days[middle])),
        _ => Some(f64::from(days[middle - 1] + days[middle]) / 2.0),
    };
    (median, days.len(), sent.len())
}

/// Overdue, undated and all awaited measures by line of business.
pub fn overdue_by_line(exams: &[Invented]) -> BTreeMap<Option<&'static str>, [u64; 3]> {
    let mut out: BTreeMap<_, [u64; 3]> = BTreeMap::new();
    for (e, f) in every(exams).into_iter().filter(|(_, f)| counts(f) && f.awaits()) {
        let of = out.entry(line(e)).or_default();
        of[0] += u64::from(f.due.is_some_and(|due| due < AS_OF));
        of[1] += u64::from(f.due.is_none());
        of[2] += 1;
    }
    out
}

/// Met, judged and unknown items by line, document and chapter, of every firm's last exam.
pub fn chapters_by_line(exams: &[Invented]) -> BTreeMap<(Option<&'static str>, String, String), [u64; 3]> {
    let mut last: BTreeMap<String, &Invented> = BTreeMap::new();
    for e in exams {
        let newest = last.entry(norm_firm(&e.exam.firm)).or_insert(e);
        if e.exam.as_of > newest.exam.as_of {
            *newest = e;
        }
    }
    let mut out: BTreeMap<_, [u64; 3]> = BTreeMap::new();
    for e in last.into_values().filter(|e| e.kind.is_some()) {
        for chapter in &e.chapters {
            let of = out.entry((line(e), chapter.document.clone(), chapter.chapter.clone())).or_default();
            for (result, items) in &chapter.results {
                of[0] += if *result == ItemResult::Compliant { *items } else { 0 };
                of[1] += if result.fails() || *result == ItemResult::Compliant { *items } else { 0 };
                let unknown = matches!(result, ItemResult::NoData | ItemResult::NotExamined);
                of[2] += if unknown { *items } else { 0 };
            }
        }
    }
    out
}
