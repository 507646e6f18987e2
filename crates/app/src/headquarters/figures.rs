//! The figures that compare firms, clauses and years. Pure: a collection and a day in, figures out.

use super::collect::Part;
use fieldbook_model::text::norm_firm;
use fieldbook_model::{ClauseId, EarlierFinding, ExamId, FindingStatus, FindingType, ItemResult, Severity};
use fieldbook_report::{
    ClauseFigures, CollectedExam, CollectedFinding, FirmFigures, GradeFigures, Headquarters, Overdue,
    Repeated, Results, Share, Totals, YearFigures,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How far a chain is followed: more repeats than exams that anybody remembers.
const LONGEST: usize = 50;

/// What figures are made of.
pub(super) struct Ground<'a> {
    pub(super) part: &'a Part,
    pub(super) as_of: Date,
    /// Findings of one status were asked for: they count also when nobody reviewed them.
    pub(super) of_status: bool,
    /// Label and document of a clause.
    pub(super) words: &'a dyn Fn(&ClauseId) -> (String, String),
}

/// An exam with its findings that count.
struct Case<'a> {
    exam: &'a CollectedExam,
    firm: String,
    findings: Vec<&'a CollectedFinding>,
}

/// The figures.
pub(super) fn figures(ground: &Ground<'_>) -> Headquarters {
    let looked_at = &ground.part.looked_at;
    let counts = |f: &&CollectedFinding| {
        f.kind != FindingType::GoodPractice && (ground.of_status || f.status.is_settled())
    };
    let mut by_exam: BTreeMap<&ExamId, Vec<&CollectedFinding>> = BTreeMap::new();
    for f in looked_at.findings.iter().filter(counts) {
        by_exam.entry(&f.exam).or_default().push(f);
    }
    let case = |exam| Case {
        exam,
        firm: norm_firm(&exam.firm),
        findings: by_exam.remove(&exam.id).unwrap_or_default(),
    };
    let cases: Vec<Case<'_>> = looked_at.exams.iter().map(case).collect();
    Headquarters {
        totals: totals(ground, &cases),
        grades: Severity::ALL.map(|severity| grade(ground, &cases, severity)).to_vec(),
        firms: firms(ground, &cases),
        clauses: clauses(ground, &cases),
        repeats: repeats(ground, &cases),
        overdue: overdue(ground, &cases),
        years: years(ground, &cases),
    }
}

fn all<'a, 'b>(cases: impl IntoIterator<Item = &'b Case<'a>>) -> Vec<&'a CollectedFinding>
where
    'a: 'b,
{
    cases.into_iter().flat_map(|c| c.findings.iter().copied()).collect()
}

fn count<'a>(findings: &[&'a CollectedFinding], wanted: impl Fn(&'a CollectedFinding) -> bool) -> u64 {
    findings.iter().filter(|f| wanted(f)).count() as u64
}

fn is_open(f: &CollectedFinding) -> bool {
    f.asks() && f.status != FindingStatus::Closed
}

fn is_late(f: &CollectedFinding, ground: &Ground<'_>) -> bool {
    f.asks() && f.is_overdue(ground.as_of)
}

fn by_severity(findings: &[&CollectedFinding]) -> [u64; 4] {
    Severity::ALL.map(|severity| count(findings, |f| f.severity == severity))
}

fn results<'a, 'b>(cases: impl IntoIterator<Item = &'b Case<'a>>) -> Results
where
    'a: 'b,
{
    let mut out = Results::default();
    for known in cases.into_iter().filter_map(|c| c.exam.known.as_ref()) {
        out.add(&known.clauses.iter().map(|(result, clauses)| (*result, clauses.len() as u64)).collect());
    }
    out
}

fn distinct_firms<'a>(cases: impl IntoIterator<Item = &'a Case<'a>>) -> u64 {
    cases.into_iter().map(|c| c.firm.as_str()).collect::<BTreeSet<_>>().len() as u64
}

fn unknown<'a>(cases: impl IntoIterator<Item = &'a Case<'a>>) -> u64 {
    cases.into_iter().filter(|c| c.exam.known.is_none()).count() as u64
}

fn totals(ground: &Ground<'_>, cases: &[Case<'_>]) -> Totals {
    let findings = all(cases);
    let drafts = |f: &&CollectedFinding| {
        !ground.of_status && f.kind != FindingType::GoodPractice && !f.status.is_settled()
    };
    Totals {
        exams: cases.len() as u64,
        firms: distinct_firms(cases),
        unknown_exams: unknown(cases),
        results: results(cases),
        findings: findings.len() as u64,
        drafts: ground.part.looked_at.findings.iter().filter(drafts).count() as u64,
        open: count(&findings, is_open),
        overdue: count(&findings, |f| is_late(f, ground)),
        undated: count(&findings, |f| f.asks() && f.awaits() && f.due.is_none()),
        repeats: count(&findings, |f| f.repeat_of.is_some()),
    }
}

fn grade(ground: &Ground<'_>, cases: &[Case<'_>], severity: Severity) -> GradeFigures {
    let mut findings = all(cases);
    findings.retain(|f| f.severity == severity && f.asks());
    let closed = count(&findings, |f| f.status == FindingStatus::Closed);
    let overdue = count(&findings, |f| is_late(f, ground));
    let all = findings.len() as u64;
    GradeFigures { severity, findings: all, closed, open: all - closed - overdue, overdue }
}

/// Each firm with its cases, the earliest first; a case stands where its exam does.
fn by<'a, K: Ord>(cases: &'a [Case<'a>], key: impl Fn(&'a Case<'a>) -> K) -> BTreeMap<K, Vec<&'a Case<'a>>> {
    let mut out: BTreeMap<K, Vec<&Case<'_>>> = BTreeMap::new();
    cases.iter().for_each(|case| out.entry(key(case)).or_default().push(case));
    out
}

fn firms(ground: &Ground<'_>, cases: &[Case<'_>]) -> Vec<FirmFigures> {
    let figures = |own: Vec<&Case<'_>>| {
        let last = *own.last()?;
        let findings = all(own.iter().copied());
        Some(FirmFigures {
            firm: last.exam.firm.clone(),
            kind: last.exam.known.as_ref().map(|k| k.kind).unwrap_or_default(),
            exams: own.len() as u64,
            last_exam: last.exam.id.clone(),
            last_case_no: last.exam.case_no.clone(),
            last_as_of: last.exam.as_of,
            results: last.exam.known.is_some().then(|| results([last])),
            by_severity: by_severity(&findings),
            open: count(&findings, is_open),
            overdue: count(&findings, |f| is_late(f, ground)),
            repeats: count(&findings, |f| f.repeat_of.is_some()),
        })
    };
    let mut out: Vec<FirmFigures> =
        by(cases, |c| c.firm.as_str()).into_values().filter_map(figures).collect();
    out.sort_by(|a, b| (b.overdue, b.open, &a.firm).cmp(&(a.overdue, a.open, &b.firm)));
    out
}

/// What findings say of a clause in a year.
#[derive(Default)]
struct Cited<'a> {
    firms: BTreeSet<&'a str>,
    exams: BTreeSet<&'a ExamId>,
    findings: u64,
}

fn clauses(ground: &Ground<'_>, cases: &[Case<'_>]) -> Vec<ClauseFigures> {
    let mut cited: BTreeMap<(i16, &ClauseId), Cited<'_>> = BTreeMap::new();
    for case in cases {
        for f in case.findings.iter().filter(|f| f.asks()) {
            for clause in &f.clauses {
                let of = cited.entry((case.exam.as_of.year(), clause)).or_default();
                of.firms.insert(&case.firm);
                of.exams.insert(&case.exam.id);
                of.findings += 1;
            }
        }
    }
    let judged = judged(cases, cited.keys().map(|(_, clause)| *clause).collect());
    let figures = |((year, clause), of): ((i16, &ClauseId), Cited<'_>)| {
        let (label, document) = (ground.words)(clause);
        ClauseFigures {
            year,
            clause: clause.clone(),
            label,
            document,
            firms: of.firms.len() as u64,
            exams: of.exams.len() as u64,
            findings: of.findings,
            failed: judged.get(&(year, clause)).copied().unwrap_or_default(),
        }
    };
    let mut out: Vec<ClauseFigures> = cited.into_iter().map(figures).collect();
    out.sort_by(|a, b| {
        (b.year, b.firms, b.findings, &a.clause).cmp(&(a.year, a.firms, a.findings, &b.clause))
    });
    out
}

/// Of these clauses, exams of each year that found them not, or not wholly, met, of those that judged them.
fn judged<'a>(cases: &'a [Case<'a>], of: BTreeSet<&'a ClauseId>) -> HashMap<(i16, &'a ClauseId), Share> {
    let of: HashMap<&ClauseId, &ClauseId> = of.into_iter().map(|c| (c, c)).collect();
    let mut out: HashMap<(i16, &ClauseId), Share> = HashMap::new();
    for case in cases {
        for (result, clauses) in case.exam.known.iter().flat_map(|k| &k.clauses) {
            if !(result.fails() || *result == ItemResult::Compliant) {
                continue;
            }
            for clause in clauses.iter().filter_map(|c| of.get(c)) {
                let share = out.entry((case.exam.as_of.year(), clause)).or_default();
                share.n += u64::from(result.fails());
                share.of += 1;
            }
        }
    }
    out
}

fn repeats(ground: &Ground<'_>, cases: &[Case<'_>]) -> Vec<Repeated> {
    let every: HashMap<(&str, &str), &CollectedFinding> =
        ground.part.all.iter().map(|f| ((f.exam.as_str(), f.number.as_str()), f)).collect();
    let repeating = |f: &CollectedFinding| f.repeat_of.as_ref().map(|e| (e.exam.clone(), e.number.clone()));
    let mut repeated: BTreeSet<(String, String)> =
        cases.iter().flat_map(|c| &c.findings).filter_map(|f| repeating(f)).collect();
    // A finding from a register has no exam: it is named by nothing that could be a later one.
    repeated.retain(|(exam, _)| !exam.is_empty());
    let latest = |case: &Case<'_>, f: &CollectedFinding| {
        let first = EarlierFinding {
            exam: f.exam.to_string(),
            number: f.number.clone(),
            title: f.title.clone(),
            found_on: Some(case.exam.as_of),
        };
        let mut chain = vec![first];
        let mut next = f.repeat_of.clone();
        while let Some(earlier) = next.filter(|e| chain.len() < LONGEST && !chain.contains(e)) {
            let known = every.get(&(earlier.exam.as_str(), earlier.number.as_str()));
            next = known.filter(|_| !earlier.exam.is_empty()).and_then(|k| k.repeat_of.clone());
            chain.push(earlier);
        }
        Repeated {
            exam: f.exam.clone(),
            no: f.no,
            firm: case.exam.firm.clone(),
            severity: f.severity,
            status: f.status,
            clauses: f.clauses.clone(),
            chain,
        }
    };
    let mut out = Vec::new();
    for case in cases {
        let heads = case
            .findings
            .iter()
            .filter(|f| f.repeat_of.is_some() && !repeated.contains(&(f.exam.to_string(), f.number.clone())));
        out.extend(heads.map(|f| latest(case, f)));
    }
    out.sort_by(|a, b| (b.chain.len(), a.severity, &a.firm).cmp(&(a.chain.len(), b.severity, &b.firm)));
    out
}

fn overdue(ground: &Ground<'_>, cases: &[Case<'_>]) -> Vec<Overdue> {
    let mut out = Vec::new();
    for case in cases {
        for f in case.findings.iter().filter(|f| is_late(f, ground)) {
            let Some(due) = f.due else { continue };
            let days = due.until(ground.as_of).map(|span| span.get_days()).unwrap_or_default();
            out.push(Overdue {
                exam: f.exam.clone(),
                no: f.no,
                firm: case.exam.firm.clone(),
                number: f.number.clone(),
                title: f.title.clone(),
                severity: f.severity,
                status: f.status,
                owner: f.owner.clone(),
                due,
                days: days.unsigned_abs(),
            });
        }
    }
    out.sort_by(|a, b| (a.due, a.severity, &a.number).cmp(&(b.due, b.severity, &b.number)));
    out
}

fn years(ground: &Ground<'_>, cases: &[Case<'_>]) -> Vec<YearFigures> {
    let figures = |(year, own): (i16, Vec<&Case<'_>>)| {
        let findings = all(own.iter().copied());
        YearFigures {
            year,
            exams: own.len() as u64,
            firms: distinct_firms(own.iter().copied()),
            unknown_exams: unknown(own.iter().copied()),
            results: results(own.iter().copied()),
            by_severity: by_severity(&findings),
            closed: Share {
                n: count(&findings, |f| f.asks() && f.status == FindingStatus::Closed),
                of: count(&findings, |f| f.asks()),
            },
            overdue: count(&findings, |f| is_late(f, ground)),
            repeats: count(&findings, |f| f.repeat_of.is_some()),
        }
    };
    by(cases, |c| c.exam.as_of.year()).into_iter().map(figures).collect()
}
