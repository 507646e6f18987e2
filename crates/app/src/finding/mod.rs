//! Findings. A machine drafts; only a person makes one.

mod draft;
mod follow_up;
mod repeat;
mod save;

pub use draft::draft;
pub(crate) use follow_up::due_of;
pub use follow_up::{due, follow_up, reply};
pub(crate) use repeat::chain;
pub use repeat::{phrases, repeats};
pub use save::{rebind, save, step, withdraw};

use crate::audit::{of_procedure, value};
use crate::dates;
use crate::desk::{Desk, OpenExam};
use crate::error::AppError;
use crate::view;
use crate::wire::{
    ChangedCountsView, EvidenceRefView, FindingStatusWord, FindingStepView, FindingView, LinkedRowView,
};
use fieldbook_checklist::Bundle;
use fieldbook_model::{Evidence, ExceptionRow, Finding, FindingStatus, FollowUp, Reply, Run};
use std::collections::{BTreeMap, BTreeSet};

/// A linked row in one line: the procedure's columns that have a value.
pub(crate) fn linked(bundle: &Bundle, row: &ExceptionRow) -> LinkedRowView {
    let columns =
        bundle.procedure(&row.key.procedure).map(|p| p.procedure.columns.as_slice()).unwrap_or_default();
    let parts: Vec<String> =
        columns.iter().filter_map(|c| value(row, &c.key).map(|v| format!("{}：{v}", c.zh))).collect();
    LinkedRowView {
        id: view::id_number(row.id),
        procedure: row.key.procedure.clone(),
        rule: row.key.rule.clone(),
        file: row.key.source.file.clone(),
        sheet: row.key.source.sheet.clone(),
        row: row.key.source.row,
        text: parts.join("；"),
    }
}

/// What the views of findings are made from, read once.
pub(crate) struct Read {
    pub(crate) case_no: String,
    pub(crate) latest: Vec<Run>,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) replies: Vec<Reply>,
    pub(crate) follow_ups: Vec<FollowUp>,
}

impl Read {
    pub(crate) fn of(open: &OpenExam) -> Result<Self, AppError> {
        Ok(Self {
            case_no: open.store.exam()?.case_no,
            latest: open.store.latest_runs()?,
            evidence: open.store.evidence()?,
            replies: open.store.replies()?,
            follow_ups: open.store.follow_ups()?,
        })
    }
}

/// The findings: severest first, then by number; withdrawn ones last.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn findings(desk: &Desk) -> Result<Vec<FindingView>, AppError> {
    let open = desk.exam()?;
    let read = Read::of(open)?;
    let mut list = open.store.findings()?;
    list.sort_by_key(|f| (f.status == FindingStatus::Withdrawn, f.severity, f.no));
    list.iter().map(|f| finding_view(desk, open, &read, f)).collect()
}

fn one(desk: &Desk, no: i64) -> Result<FindingView, AppError> {
    let open = desk.exam()?;
    let found = open.store.findings()?.into_iter().find(|f| f.no == no);
    let found = found.ok_or_else(|| AppError::new("unknown_finding"))?;
    finding_view(desk, open, &Read::of(open)?, &found)
}

/// Working papers that a finding rests on: those of its rows, and those that were named.
pub(crate) fn row_papers(rows: &[ExceptionRow]) -> Vec<String> {
    let papers: BTreeSet<&String> = rows.iter().map(|r| &r.key.procedure).collect();
    papers.into_iter().cloned().collect()
}

/// What a later run of the tests counts where a finding's words have other counts: exceptions that are still there, and
/// the population.
pub(crate) fn changed_counts(
    open: &OpenExam,
    latest: &[Run],
    f: &Finding,
    rows: &[ExceptionRow],
) -> Result<Option<(u64, Option<u64>)>, AppError> {
    let mut by_procedure: BTreeMap<&str, Vec<&ExceptionRow>> = BTreeMap::new();
    for row in rows {
        by_procedure.entry(&row.key.procedure).or_default().push(row);
    }
    let Some((exceptions, population)) = f.counts else { return Ok(None) };
    let (mut still, mut now, mut later) = (BTreeSet::new(), None, false);
    for (procedure, bound) in &by_procedure {
        let Some(run) = latest.iter().find(|r| r.procedure == **procedure) else { continue };
        now = run.population;
        if bound.iter().all(|row| row.run == run.id) {
            still.extend(bound.iter().map(|row| row.key.source.clone()));
            continue;
        }
        later = true;
        let there: BTreeSet<_> = open
            .store
            .exceptions(&of_procedure(procedure), 0, u64::from(u32::MAX))?
            .into_iter()
            .map(|row| row.key)
            .collect();
        still.extend(bound.iter().filter(|row| there.contains(&row.key)).map(|row| row.key.source.clone()));
    }
    let still = still.len() as u64;
    Ok((later && (still != exceptions || now != Some(population))).then_some((still, now)))
}

fn finding_view(desk: &Desk, open: &OpenExam, read: &Read, f: &Finding) -> Result<FindingView, AppError> {
    let rows = open.store.exceptions_by_id(&f.exceptions)?;
    let changed = changed_counts(open, &read.latest, f, &rows)?;
    let row_papers = row_papers(&rows);
    let of = |id: &i64| read.evidence.iter().find(|e| e.id == *id);
    let steps = open.store.finding_steps(f.no)?;
    let all = FindingStatus::LIFE.into_iter().chain([FindingStatus::Withdrawn]);
    let next = all.filter(|to| f.status.may_become(*to));
    let due = follow_up::standing(read, f);
    Ok(FindingView {
        no: f.no,
        number: f.number(&read.case_no),
        kind: f.kind.into(),
        title: f.title.clone(),
        condition: f.condition.clone(),
        criteria: view::clause_texts(&desk.bundle, &f.clauses),
        cause: f.cause.clone(),
        effect: f.effect.clone(),
        severity: f.severity.into(),
        category: f.category.clone(),
        recommendation: f.recommendation.clone(),
        status: f.status.into(),
        by: f.by.clone(),
        at: dates::moment(f.at),
        rows: rows.iter().map(|r| linked(&desk.bundle, r)).collect(),
        exceptions: f.counts.map(|(n, _)| view::number(n)),
        population: f.counts.map(|(_, n)| view::number(n)),
        changed: changed.map(|(exceptions, population)| ChangedCountsView {
            exceptions: view::number(exceptions),
            population: population.map(view::number),
        }),
        objects: f.objects.clone(),
        evidence: f
            .evidence
            .iter()
            .filter_map(of)
            .map(|e| EvidenceRefView { id: e.id, number: e.number(), name: e.name.clone() })
            .collect(),
        lacks: save::lacks(f, row_papers.len() + f.papers.len()),
        papers: f.papers.clone(),
        row_papers,
        chain: repeat::views(&chain(desk, f)?),
        steps: steps
            .into_iter()
            .map(|s| FindingStepView { to: s.to.into(), note: s.note, by: s.by, at: dates::moment(s.at) })
            .collect(),
        next: next.map(FindingStatusWord::from).collect(),
        replies: read.replies.iter().filter(|r| r.finding == f.no).map(follow_up::reply_view).collect(),
        follow_ups: read
            .follow_ups
            .iter()
            .filter(|u| u.finding == f.no)
            .map(|u| follow_up::follow_up_view(read, u))
            .collect(),
        overdue: due.is_some_and(|due| due < desk.host.now().date()),
    })
}
