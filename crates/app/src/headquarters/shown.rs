//! Figures as the wire shows them. Long lists are cut: the workbook has all of them.

use crate::dates;
use crate::view;
use crate::wire::{
    ClauseFiguresView, EarlierFindingView, FirmFiguresView, GradeView, HeadquartersTotalsView, OverdueView,
    RepeatedView, ResultCountView, ResultsView, ShareView, YearFiguresView,
};
use fieldbook_report::{
    ClauseFigures, FirmFigures, GradeFigures, Overdue, Repeated, Results, Share, Totals, YearFigures,
    firm_kind,
};

/// Clauses of a year that are shown.
const CLAUSES: usize = 15;
/// Lines of the other lists that are shown.
pub(super) const LINES: usize = 200;

fn share(share: Share) -> ShareView {
    ShareView { n: view::small(share.n), of: view::small(share.of) }
}

fn results(results: &Results) -> ResultsView {
    let counts = results.0.iter().filter(|(_, items)| **items > 0);
    ResultsView {
        items: view::small(results.items()),
        examined: view::small(results.examined().n),
        compliant: share(results.compliant()),
        unknown: view::small(results.unknown()),
        counts: counts
            .map(|(result, items)| ResultCountView { result: (*result).into(), items: view::small(*items) })
            .collect(),
    }
}

pub(super) fn totals(t: &Totals) -> HeadquartersTotalsView {
    HeadquartersTotalsView {
        exams: view::small(t.exams),
        firms: view::small(t.firms),
        unknown_exams: view::small(t.unknown_exams),
        results: results(&t.results),
        findings: view::small(t.findings),
        drafts: view::small(t.drafts),
        open: view::small(t.open),
        overdue: view::small(t.overdue),
        undated: view::small(t.undated),
        repeats: view::small(t.repeats),
    }
}

pub(super) fn grade(g: &GradeFigures) -> GradeView {
    GradeView {
        severity: g.severity.into(),
        findings: view::small(g.findings),
        closed: view::small(g.closed),
        open: view::small(g.open),
        overdue: view::small(g.overdue),
    }
}

pub(super) fn firm(f: &FirmFigures) -> FirmFiguresView {
    FirmFiguresView {
        firm: f.firm.clone(),
        kind: firm_kind(f.kind),
        exams: view::small(f.exams),
        last_exam: f.last_exam.to_string(),
        last_case_no: f.last_case_no.clone(),
        last_as_of: f.last_as_of.to_string(),
        results: f.results.as_ref().map(results),
        by_severity: f.by_severity.map(view::small),
        open: view::small(f.open),
        overdue: view::small(f.overdue),
        repeats: view::small(f.repeats),
    }
}

/// The first clauses of each year.
pub(super) fn clauses(all: &[ClauseFigures]) -> Vec<ClauseFiguresView> {
    let years = all.chunk_by(|a, b| a.year == b.year);
    years.flat_map(|year| year.iter().take(CLAUSES)).map(clause).collect()
}

fn clause(c: &ClauseFigures) -> ClauseFiguresView {
    ClauseFiguresView {
        year: c.year,
        clause: c.clause.to_string(),
        label: c.label.clone(),
        document: c.document.clone(),
        firms: view::small(c.firms),
        exams: view::small(c.exams),
        findings: view::small(c.findings),
        failed: share(c.failed),
    }
}

pub(super) fn repeated(r: &Repeated) -> RepeatedView {
    let earlier = r.chain.iter().map(|e| EarlierFindingView {
        exam: e.exam.clone(),
        number: e.number.clone(),
        title: e.title.clone(),
        found_on: dates::optional(e.found_on),
    });
    RepeatedView {
        exam: r.exam.to_string(),
        no: view::small(r.no),
        firm: r.firm.clone(),
        severity: r.severity.into(),
        status: r.status.into(),
        clauses: r.clauses.iter().map(ToString::to_string).collect(),
        chain: earlier.collect(),
    }
}

pub(super) fn overdue(o: &Overdue) -> OverdueView {
    OverdueView {
        exam: o.exam.to_string(),
        no: view::small(o.no),
        firm: o.firm.clone(),
        number: o.number.clone(),
        title: o.title.clone(),
        severity: o.severity.into(),
        status: o.status.into(),
        owner: o.owner.clone(),
        due: o.due.to_string(),
        days: o.days,
    }
}

pub(super) fn year(y: &YearFigures) -> YearFiguresView {
    YearFiguresView {
        year: y.year,
        exams: view::small(y.exams),
        firms: view::small(y.firms),
        unknown_exams: view::small(y.unknown_exams),
        results: results(&y.results),
        by_severity: y.by_severity.map(view::small),
        closed: share(y.closed),
        overdue: view::small(y.overdue),
        repeats: view::small(y.repeats),
    }
}
