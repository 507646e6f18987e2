//! Writing a finding's words, and the steps of its life.

use super::one;
use crate::audit::of_procedure;
use crate::dates;
use crate::desk::{Desk, OpenExam};
use crate::error::AppError;
use crate::view;
use crate::wire::{
    EarlierFindingView, FindingNoRequest, FindingRequest, FindingStatusWord, FindingStepRequest,
    FindingTypeWord, FindingView, FindingWithdrawRequest,
};
use fieldbook_model::{
    DispositionKind, EarlierFinding, ExceptionRow, Finding, FindingStatus, FindingStep, FindingType,
};
use std::collections::BTreeSet;

/// Stores the words of a finding under the name of the examiner who works now; it is a draft.
///
/// # Errors
/// `finding_incomplete`, `unknown_clause`, `unknown_finding`, `unknown_exception`, `unknown_evidence`, `not_a_draft`,
/// `no_confirmed` when a row is not confirmed, `no_examiner`, `signed_off`, or the store's.
pub fn save(desk: &mut Desk, request: &FindingRequest) -> Result<FindingView, AppError> {
    complete(request)?;
    let clauses = request
        .clauses
        .iter()
        .map(|c| view::clause(&desk.bundle, c).map(|k| k.id.clone()))
        .collect::<Result<Vec<_>, _>>()?;
    let now = desk.host.now();
    let open = desk.exam_mut()?;
    if open.examiner.is_empty() {
        return Err(AppError::new("no_examiner"));
    }
    let exceptions: Vec<i64> = request.exceptions.iter().map(|n| view::id(*n)).collect();
    let counts = counts(open, &exceptions)?;
    let trimmed = |list: &[String]| -> Vec<String> {
        list.iter().map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).collect()
    };
    let no = open.store.save_finding(&Finding {
        no: request.no,
        kind: request.kind.into(),
        title: request.title.trim().to_owned(),
        condition: request.condition.trim().to_owned(),
        clauses,
        cause: request.cause.trim().to_owned(),
        effect: request.effect.trim().to_owned(),
        severity: request.severity.into(),
        category: request.category.trim().to_owned(),
        recommendation: request.recommendation.trim().to_owned(),
        objects: trimmed(&request.objects),
        evidence: request.evidence.clone(),
        papers: trimmed(&request.papers),
        repeat_of: request.repeat_of.as_ref().map(earlier).transpose()?,
        status: FindingStatus::Draft,
        by: open.examiner.clone(),
        at: now,
        exceptions,
        counts,
    })?;
    changed(desk)?;
    one(desk, no)
}

/// After a change of findings: what lists over all exams know of them is renewed.
pub(super) fn changed(desk: &mut Desk) -> Result<(), AppError> {
    if let (Some(vault), Some(open)) = (desk.vault.as_mut(), desk.exam.as_ref()) {
        vault.vault.index_findings(&open.store)?;
    }
    desk.saved();
    Ok(())
}

fn earlier(view: &EarlierFindingView) -> Result<EarlierFinding, AppError> {
    Ok(EarlierFinding {
        exam: view.exam.clone(),
        number: view.number.trim().to_owned(),
        title: view.title.trim().to_owned(),
        found_on: dates::read_optional("發現日期", &view.found_on)?,
    })
}

fn complete(request: &FindingRequest) -> Result<(), AppError> {
    let lacks = |field: &'static str| Err(AppError::new("finding_incomplete").with("field", field));
    let empty = |text: &str| text.trim().is_empty();
    if empty(&request.title) {
        return lacks("標題");
    }
    if empty(&request.condition) {
        return lacks("查核發現");
    }
    let needs_criteria =
        matches!(request.kind, FindingTypeWord::Deficiency | FindingTypeWord::Recommendation);
    if needs_criteria && request.clauses.is_empty() { lacks("現行規範") } else { Ok(()) }
}

/// What a finding still lacks before somebody can review it, zh-TW. A good practice has neither risk nor remedy.
pub(super) fn lacks(f: &Finding, papers: usize) -> Vec<String> {
    let empty = |text: &str| text.trim().is_empty();
    let needs_remedy = matches!(f.kind, FindingType::Deficiency | FindingType::Recommendation);
    let mut out = Vec::new();
    let mut lack = |missing: bool, what: &str| {
        if missing {
            out.push(what.to_owned());
        }
    };
    lack(needs_remedy && f.clauses.is_empty(), "現行規範");
    lack(needs_remedy && empty(&f.effect), "風險影響");
    lack(needs_remedy && empty(&f.recommendation), "具體改善建議");
    lack(needs_remedy && empty(&f.category), "類別");
    lack(papers == 0 && f.evidence.is_empty(), "證據或底稿");
    out
}

/// Exceptions (distinct rows) and population; every row must be there and confirmed.
pub(super) fn counts(open: &OpenExam, ids: &[i64]) -> Result<Option<(u64, u64)>, AppError> {
    let rows = open.store.exceptions_by_id(ids)?;
    if rows.len() != ids.len() {
        return Err(AppError::new("unknown_exception"));
    }
    let confirmed =
        |r: &ExceptionRow| r.disposition.as_ref().is_some_and(|d| d.kind == DispositionKind::Confirmed);
    if !rows.iter().all(confirmed) {
        return Err(AppError::new("no_confirmed"));
    }
    let Some(first) = rows.first() else { return Ok(None) };
    let distinct: BTreeSet<_> = rows.iter().map(|r| &r.key.source).collect();
    let same_procedure = rows.iter().all(|r| r.key.procedure == first.key.procedure);
    let run = open.store.runs()?.into_iter().find(|r| r.id == first.run);
    let population = run.and_then(|r| r.population).filter(|_| same_procedure);
    Ok(population.map(|n| (distinct.len() as u64, n)))
}

/// Takes a finding one step further in its life, or back.
///
/// # Errors
/// `finding_incomplete`, `finding_evidence`, `note_required` for a step back without a reason, `bad_step`,
/// `same_person`, `unknown_finding`, `signed_off`, or the store's.
pub fn step(desk: &mut Desk, request: &FindingStepRequest) -> Result<FindingView, AppError> {
    let no = request.no;
    let view = one(desk, no)?;
    let to: FindingStatus = request.to.into();
    let back = matches!(to, FindingStatus::Draft | FindingStatus::Withdrawn)
        || request.to == FindingStatusWord::FollowedUp && view.status == FindingStatusWord::Closed;
    if back && request.note.trim().is_empty() {
        return Err(AppError::new("note_required"));
    }
    if let (FindingStatus::InReview | FindingStatus::Final, Some(field)) = (to, view.lacks.first()) {
        return Err(AppError::new("finding_incomplete").with("field", field));
    }
    if to == FindingStatus::Closed && !super::follow_up::may_close(&view) {
        return Err(AppError::new("not_remedied"));
    }
    let at = desk.host.now();
    let open = desk.exam_mut()?;
    let by = open.examiner.clone();
    let step = FindingStep { to, note: request.note.trim().to_owned(), by, at };
    open.store.step_finding(no, &step)?;
    changed(desk)?;
    one(desk, no)
}

/// Withdraws a finding: it stays on record, its number is never reused.
///
/// # Errors
/// As [`step`].
pub fn withdraw(desk: &mut Desk, request: &FindingWithdrawRequest) -> Result<FindingView, AppError> {
    let (no, note) = (request.no, request.reason.clone());
    step(desk, &FindingStepRequest { no, to: FindingStatusWord::Withdrawn, note })
}

/// Binds a draft to the latest run of its tests: the confirmed rows of the same rules, and their counts. The sentence
/// that was drafted from the former counts is drafted again; where somebody rewrote it, the new one stands below.
///
/// # Errors
/// `no_confirmed` when nothing is confirmed there, and those of [`save`].
pub fn rebind(desk: &mut Desk, request: &FindingNoRequest) -> Result<FindingView, AppError> {
    let no = request.no;
    let now = desk.host.now();
    let open = desk.exam()?;
    let unknown = || AppError::new("unknown_finding");
    let mut finding = open.store.findings()?.into_iter().find(|f| f.no == no).ok_or_else(unknown)?;
    let bound = open.store.exceptions_by_id(&finding.exceptions)?;
    let rules: BTreeSet<(String, String)> =
        bound.iter().map(|r| (r.key.procedure.clone(), r.key.rule.clone())).collect();
    let mut ids = Vec::new();
    for (procedure, rule) in &rules {
        let rows = open.store.exceptions(&of_procedure(procedure), 0, u64::from(u32::MAX))?;
        ids.extend(rows.iter().filter(|r| r.key.rule == *rule && confirmed(r)).map(|r| r.id));
    }
    if ids.is_empty() {
        return Err(AppError::new("no_confirmed"));
    }
    let former = super::draft::sentence(desk, &bound, finding.counts)?;
    finding.counts = counts(open, &ids)?;
    let latest = super::draft::sentence(desk, &open.store.exceptions_by_id(&ids)?, finding.counts)?;
    finding.condition = match (former, latest) {
        (Some(former), Some(latest)) if finding.condition.contains(&former) => {
            finding.condition.replace(&former, &latest)
        }
        (_, Some(latest)) => format!("{}\n{latest}", finding.condition),
        (_, None) => finding.condition,
    };
    finding.exceptions = ids;
    let open = desk.exam_mut()?;
    finding.by.clone_from(&open.examiner);
    finding.at = now;
    open.store.save_finding(&finding)?;
    changed(desk)?;
    one(desk, no)
}

pub(super) fn confirmed(row: &ExceptionRow) -> bool {
    row.disposition.as_ref().is_some_and(|d| d.kind == DispositionKind::Confirmed)
}
