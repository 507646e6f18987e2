//! 概況: progress, results, findings, what is due, and the firm's last exam beside it.

use crate::checklist::Sheet;
use crate::desk::Desk;
use crate::error::AppError;
use crate::finding::due_of;
use crate::view;
use crate::wire::{
    ChapterFigureView, DashboardView, EarlierExamView, FindingCountView, ResultCountView, VerdictCountView,
};
use fieldbook_model::{
    Applicability, ChapterFigures, ClauseResults, FindingStatus, FindingType, FirmKind, ItemResult, Severity,
    SignRole,
};
use fieldbook_vault::ExamHead;
use std::collections::BTreeMap;

/// Results of the open exam by chapter: items that bind the firm or may.
pub(crate) fn chapters(desk: &Desk) -> Result<Vec<ChapterFigures>, AppError> {
    let open = desk.exam()?;
    let sheet = Sheet::of(desk)?;
    let mut out = Vec::new();
    for document in &desk.bundle.documents {
        for chapter in &document.chapters {
            let mut results: BTreeMap<ItemResult, u64> = BTreeMap::new();
            for item in chapter.clauses.iter().filter_map(|c| open.item(&c.id)) {
                if item.decision.applicability != Applicability::NotApplicable {
                    *results.entry(sheet.result(item)).or_default() += 1;
                }
            }
            if !results.is_empty() {
                let (document, chapter) = (document.code.clone(), chapter.title.clone());
                out.push(ChapterFigures { document, chapter, results });
            }
        }
    }
    Ok(out)
}

/// Results of the open exam by clause: the items that [`chapters`] counts.
fn clauses(desk: &Desk) -> Result<ClauseResults, AppError> {
    let sheet = Sheet::of(desk)?;
    let mut out = ClauseResults::new();
    for item in &desk.exam()?.items {
        if item.decision.applicability != Applicability::NotApplicable {
            out.entry(sheet.result(item)).or_default().push(item.clause.clone());
        }
    }
    out.values_mut().for_each(|clauses| clauses.sort_unstable());
    Ok(out)
}

/// Renews what lists over all exams know of the open one: its findings, its results by chapter and clause, and what kind
/// of firm it is of.
pub(crate) fn keep(desk: &mut Desk) -> Result<(), AppError> {
    if desk.exam.is_none() {
        return Ok(());
    }
    let (chapters, clauses) = (chapters(desk)?, clauses(desk)?);
    if let (Some(vault), Some(open)) = (desk.vault.as_mut(), desk.exam.as_ref()) {
        let (vault, exam) = (&mut vault.vault, open.store.id());
        vault.index_findings(&open.store)?;
        vault.keep_figures(exam, &chapters)?;
        vault.keep_clause_results(exam, &clauses)?;
        vault.keep_firm_kind(exam, &FirmKind::of(&open.store.exam()?.profile))?;
        vault.keep_report_day(&open.store)?;
    }
    Ok(())
}

/// The firm's last exam before the open one: by as-of date, then by when it was made.
pub(crate) fn last_exam(desk: &Desk) -> Result<Option<ExamHead>, AppError> {
    let exam = desk.exam()?.store.exam()?;
    let before = |h: &ExamHead| {
        h.id != exam.id && h.firm == exam.firm && (h.as_of, h.created_at) < (exam.as_of, exam.created_at)
    };
    let mut heads: Vec<ExamHead> = desk.vault()?.vault.exams()?.into_iter().filter(before).collect();
    heads.sort_by_key(|h| (h.as_of, h.created_at));
    Ok(heads.pop())
}

fn counts(of: impl Iterator<Item = (FindingType, Severity, FindingStatus)>) -> Vec<FindingCountView> {
    let mut by: BTreeMap<(FindingType, Severity, FindingStatus), u32> = BTreeMap::new();
    for key in of {
        *by.entry(key).or_default() += 1;
    }
    by.into_iter()
        .map(|((kind, severity, status), findings)| FindingCountView {
            kind: kind.into(),
            severity: severity.into(),
            status: status.into(),
            findings,
        })
        .collect()
}

fn results(chapter: &ChapterFigures) -> Vec<ResultCountView> {
    chapter
        .results
        .iter()
        .map(|(result, items)| ResultCountView { result: (*result).into(), items: view::small(*items) })
        .collect()
}

/// The dashboard of the open exam.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn dashboard(desk: &Desk) -> Result<DashboardView, AppError> {
    let open = desk.exam()?;
    let chapters = chapters(desk)?;
    let vault = &desk.vault()?.vault;
    let last = last_exam(desk)?;
    let before = last.as_ref().map(|h| vault.figures(&h.id)).transpose()?.unwrap_or_default();
    let of_last =
        |c: &ChapterFigures| before.iter().find(|b| b.document == c.document && b.chapter == c.chapter);
    let all: u64 = chapters.iter().flat_map(|c| c.results.values()).sum();
    let unanswered: u64 = chapters.iter().filter_map(|c| c.results.get(&ItemResult::NotExamined)).sum();
    let firm = open.store.exam()?.firm;
    let earlier = match last {
        None => None,
        Some(head) => {
            let findings = vault.all_findings()?;
            let own = findings.iter().filter(|f| f.exam == head.id).map(|f| (f.kind, f.severity, f.status));
            Some(EarlierExamView {
                exam: head.id.to_string(),
                case_no: head.case_no.clone(),
                as_of: head.as_of.to_string(),
                findings: counts(own),
            })
        }
    };
    let standing = open.store.findings()?;
    let standing = standing.iter().filter(|f| f.status != FindingStatus::Withdrawn);
    Ok(DashboardView {
        items: view::small(all),
        answered: view::small(all - unanswered),
        chapters: chapters
            .iter()
            .map(|c| ChapterFigureView {
                document: c.document.clone(),
                chapter: c.chapter.clone(),
                results: results(c),
                earlier: of_last(c).map(results).unwrap_or_default(),
            })
            .collect(),
        findings: counts(standing.map(|f| (f.kind, f.severity, f.status))),
        tests: verdicts(desk)?,
        due: due_of(desk, |f| f.firm == firm)?,
        earlier,
        reviewed: reviewed(desk)?,
    })
}

fn verdicts(desk: &Desk) -> Result<Vec<VerdictCountView>, AppError> {
    let latest = desk.exam()?.store.latest_runs()?;
    let mut by: BTreeMap<Option<fieldbook_model::RunVerdict>, u32> = BTreeMap::new();
    for procedure in desk.bundle.procedures.iter().filter(|p| !p.withdrawn) {
        let run = latest.iter().find(|r| r.procedure == procedure.procedure.id);
        *by.entry(run.map(|r| r.verdict)).or_default() += 1;
    }
    Ok(by
        .into_iter()
        .map(|(verdict, procedures)| VerdictCountView { verdict: verdict.map(Into::into), procedures })
        .collect())
}

/// Papers whose version of now has a reviewer's signature, and papers that somebody signed.
fn reviewed(desk: &Desk) -> Result<(u32, u32), AppError> {
    let signed = crate::review::signed(desk.exam()?)?;
    let done = signed.iter().filter(|p| p.by(SignRole::Reviewer).is_some()).count();
    Ok((view::small(done), view::small(signed.len())))
}
