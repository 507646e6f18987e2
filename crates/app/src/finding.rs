//! Findings. A machine drafts; only a person makes one.

use crate::audit::{of_procedure, value};
use crate::dates;
use crate::desk::{Desk, OpenExam};
use crate::error::AppError;
use crate::view;
use crate::wire::{
    FindingDraftRequest, FindingDraftView, FindingRequest, FindingStatusWord, FindingTypeWord, FindingView,
    FindingWithdrawRequest, LinkedRowView, SeverityWord,
};
use fieldbook_checklist::Bundle;
use fieldbook_model::{
    Applicability, ClauseId, DispositionKind, ExceptionRow, Finding, FindingStatus, Procedure, RocDate,
    RuleVerdict, Strength,
};
use fieldbook_vault::{DispositionFilter, ExceptionFilter};
use std::collections::BTreeSet;

/// Drafts a finding from a procedure's confirmed exceptions, from a failed item or from a pattern. Nothing is stored.
///
/// # Errors
/// `unknown_procedure`, `unknown_clause`, `unknown_pattern`, `no_confirmed`, `no_failed_answer`, or the store's.
pub fn draft(desk: &Desk, request: &FindingDraftRequest) -> Result<FindingDraftView, AppError> {
    if !request.pattern.is_empty() {
        from_pattern(desk, &request.pattern)
    } else if request.procedure.is_empty() {
        from_item(desk, &request.clause)
    } else {
        let cell = request.system.clone().map(|system| (crate::audit::SYSTEM.to_owned(), system));
        from_procedure(desk, &request.procedure, &request.rule, cell)
    }
}

fn from_procedure(
    desk: &Desk,
    id: &str,
    rule: &str,
    cell: Option<(String, String)>,
) -> Result<FindingDraftView, AppError> {
    let open = desk.exam()?;
    let procedure = &desk
        .bundle
        .procedure(id)
        .ok_or_else(|| AppError::new("unknown_procedure").with("field", id))?
        .procedure;
    let filter = ExceptionFilter {
        disposition: Some(DispositionFilter::As(DispositionKind::Confirmed)),
        rule: (!rule.is_empty()).then(|| rule.to_owned()),
        cell,
        ..of_procedure(id)
    };
    let rows = open.store.exceptions(&filter, 0, u64::from(u32::MAX))?;
    if rows.is_empty() {
        return Err(AppError::new("no_confirmed"));
    }
    let run = open.store.latest_runs()?.into_iter().find(|r| r.procedure == id);
    let population = run.as_ref().and_then(|r| r.population);
    let exam = open.store.exam()?;
    let distinct: BTreeSet<_> = rows.iter().map(|r| &r.key.source).collect();
    let clauses: BTreeSet<&ClauseId> = rows.iter().flat_map(|r| &r.clauses).collect();
    // In the order in which the procedure cites them.
    let mut cited: Vec<&ClauseId> = procedure.clauses.iter().filter(|c| clauses.contains(c)).collect();
    cited.extend(clauses.iter().filter(|c| !procedure.clauses.contains(c)));
    Ok(FindingDraftView {
        kind: kind_of_rows(procedure, &rows),
        title: procedure.title.clone(),
        condition: condition(procedure, RocDate(exam.as_of), population, distinct.len(), &rows),
        criteria: view::clause_texts(&desk.bundle, cited),
        effect: String::new(),
        severity: SeverityWord::Medium,
        category: procedure.family.clone(),
        recommendation: String::new(),
        exceptions: view::number(distinct.len() as u64),
        population: population.map(view::number),
        rows: rows.iter().map(|r| linked(&desk.bundle, r)).collect(),
    })
}

/// A deficiency when one row breaches a duty; a recommendation when all breach what only ought to be.
fn kind_of_rows(procedure: &Procedure, rows: &[ExceptionRow]) -> FindingTypeWord {
    let strength =
        |row: &ExceptionRow| procedure.rules.iter().find(|r| r.id == row.key.rule).map(|r| r.strength);
    if rows.iter().any(|r| r.verdict != RuleVerdict::Exception)
        && rows.iter().all(|r| r.verdict != RuleVerdict::Exception)
    {
        return FindingTypeWord::Observation;
    }
    match rows.iter().filter_map(strength).all(|s| s == Strength::Should) {
        true => FindingTypeWord::Recommendation,
        false => FindingTypeWord::Deficiency,
    }
}

/// 查核發現 with its counts: as of when, how many of how many, by rule.
fn condition(
    procedure: &Procedure,
    as_of: RocDate,
    population: Option<u64>,
    distinct: usize,
    rows: &[ExceptionRow],
) -> String {
    let of = population.map_or(String::new(), |n| format!("{}{n}筆中，", procedure.population.zh));
    let mut text = format!("以{as_of}為查核基準日，{of}經確認有{distinct}筆「{}」：", procedure.title);
    let mut parts = Vec::new();
    for rule in &procedure.rules {
        let n = rows.iter().filter(|r| r.key.rule == rule.id).count();
        if n > 0 {
            parts.push(format!("{}{n}筆", rule.title));
        }
    }
    text.push_str(&parts.join("、"));
    text.push_str("。明細列於底稿");
    text.push_str(&procedure.id);
    text.push('。');
    text
}

fn from_item(desk: &Desk, clause: &str) -> Result<FindingDraftView, AppError> {
    let clause = view::clause(&desk.bundle, clause)?;
    let open = desk.exam()?;
    let failed: Vec<_> =
        open.store.answers()?.into_iter().filter(|a| a.key.clause == clause.id && a.result.fails()).collect();
    if failed.is_empty() {
        return Err(AppError::new("no_failed_answer"));
    }
    let noted = failed.iter().filter(|a| !a.note.is_empty());
    let notes: Vec<String> = noted
        .map(|a| match a.key.system.as_str() {
            "" => a.note.clone(),
            system => format!("{system}：{}", a.note),
        })
        .collect();
    // The strongest duty that is not met decides: a failed 應 is a deficiency, a failed 宜 a recommendation.
    let strength = open
        .item(&clause.id)
        .and_then(|item| item.decision.failed(&failed.iter().collect::<Vec<_>>()))
        .unwrap_or(clause.strength);
    let chapter = view::document(&desk.bundle, &clause.id)
        .and_then(|d| d.chapters.iter().find(|c| c.clauses.iter().any(|k| k.id == clause.id)));
    Ok(FindingDraftView {
        kind: strength.failure().map_or(FindingTypeWord::Observation, Into::into),
        title: String::new(),
        condition: notes.join("\n"),
        criteria: vec![view::clause_text(&desk.bundle, clause)],
        effect: String::new(),
        severity: SeverityWord::Medium,
        category: chapter.map(|c| c.title.clone()).unwrap_or_default(),
        recommendation: String::new(),
        rows: Vec::new(),
        exceptions: 0.0,
        population: None,
    })
}

/// From a deficiency pattern: its words as the title, its criteria, and what its procedures confirmed.
fn from_pattern(desk: &Desk, code: &str) -> Result<FindingDraftView, AppError> {
    let pattern = crate::checklist::pattern(desk, code)?;
    let clause = desk.bundle.clause(&pattern.clause).ok_or_else(|| AppError::new("unknown_clause"))?;
    let mut tested: Vec<FindingDraftView> = Vec::new();
    for procedure in &pattern.procedures {
        match from_procedure(desk, procedure, "", None) {
            Ok(draft) => tested.push(draft),
            Err(e) if e.key() == "no_confirmed" => {}
            Err(e) => return Err(e),
        }
    }
    let title = clause.text.trim_end_matches('。').to_owned();
    // Criteria that cannot bind this firm are left out.
    let binds = |id: &&ClauseId| {
        let item = desk.exam().ok().and_then(|open| open.item(id));
        item.is_none_or(|i| i.decision.applicability != Applicability::NotApplicable)
    };
    Ok(FindingDraftView {
        kind: FindingTypeWord::Deficiency,
        condition: tested.iter().map(|d| d.condition.clone()).collect::<Vec<_>>().join("\n"),
        title,
        criteria: view::clause_texts(&desk.bundle, pattern.criteria.iter().filter(binds)),
        effect: String::new(),
        severity: SeverityWord::Medium,
        category: tested.first().map(|d| d.category.clone()).unwrap_or_default(),
        recommendation: String::new(),
        exceptions: tested.iter().map(|d| d.exceptions).sum(),
        population: tested.first().filter(|_| tested.len() == 1).and_then(|d| d.population),
        rows: tested.into_iter().flat_map(|d| d.rows).collect(),
    })
}

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

/// Stores a finding under the name of the examiner who works now.
///
/// # Errors
/// `finding_incomplete`, `unknown_clause`, `unknown_finding`, `unknown_exception`, `no_confirmed` when a row is not
/// confirmed, `no_examiner`, or the store's.
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
    if request.no != 0 && !open.store.findings()?.iter().any(|f| f.no == i64::from(request.no)) {
        return Err(AppError::new("unknown_finding"));
    }
    let exceptions: Vec<i64> = request.exceptions.iter().map(|n| view::id(*n)).collect();
    let counts = counts(open, &exceptions)?;
    let no = open.store.save_finding(&Finding {
        no: i64::from(request.no),
        kind: request.kind.into(),
        title: request.title.trim().to_owned(),
        condition: request.condition.trim().to_owned(),
        clauses,
        cause: request.cause.trim().to_owned(),
        effect: request.effect.trim().to_owned(),
        severity: request.severity.into(),
        category: request.category.trim().to_owned(),
        recommendation: request.recommendation.trim().to_owned(),
        objects: Vec::new(),
        evidence: Vec::new(),
        papers: Vec::new(),
        repeat_of: None,
        status: request.status.into(),
        by: open.examiner.clone(),
        at: now,
        exceptions,
        counts,
    })?;
    desk.saved();
    one(desk, no)
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
    if needs_criteria && request.clauses.is_empty() {
        return lacks("現行規範");
    }
    if request.status == FindingStatusWord::Final {
        if empty(&request.effect) {
            return lacks("風險影響");
        }
        if empty(&request.recommendation) {
            return lacks("具體改善建議");
        }
    }
    if request.status == FindingStatusWord::Withdrawn { lacks("狀態") } else { Ok(()) }
}

/// Exceptions (distinct rows) and population; every row must be there and confirmed.
fn counts(open: &OpenExam, ids: &[i64]) -> Result<Option<(u64, u64)>, AppError> {
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

/// Withdraws a finding: it stays on record, its number is never reused.
///
/// # Errors
/// `note_required`, `unknown_finding`, or the store's.
pub fn withdraw(desk: &mut Desk, request: &FindingWithdrawRequest) -> Result<FindingView, AppError> {
    if request.reason.trim().is_empty() {
        return Err(AppError::new("note_required"));
    }
    let now = desk.host.now();
    let open = desk.exam_mut()?;
    let no = i64::from(request.no);
    if !open.store.findings()?.iter().any(|f| f.no == no) {
        return Err(AppError::new("unknown_finding"));
    }
    let by = open.examiner.clone();
    open.store.withdraw_finding(no, request.reason.trim(), &by, now)?;
    desk.saved();
    one(desk, no)
}

/// The findings: severest first, then by number; withdrawn ones last.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn findings(desk: &Desk) -> Result<Vec<FindingView>, AppError> {
    let open = desk.exam()?;
    let case_no = open.store.exam()?.case_no;
    let mut list = open.store.findings()?;
    list.sort_by_key(|f| (f.status == FindingStatus::Withdrawn, f.severity, f.no));
    list.iter().map(|f| finding_view(desk, open, &case_no, f)).collect()
}

fn one(desk: &Desk, no: i64) -> Result<FindingView, AppError> {
    findings(desk)?
        .into_iter()
        .find(|f| i64::from(f.no) == no)
        .ok_or_else(|| AppError::new("unknown_finding"))
}

fn finding_view(desk: &Desk, open: &OpenExam, case_no: &str, f: &Finding) -> Result<FindingView, AppError> {
    let rows = open.store.exceptions_by_id(&f.exceptions)?;
    Ok(FindingView {
        no: view::small(f.no),
        number: f.number(case_no),
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
    })
}
