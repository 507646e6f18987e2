//! Drafting a finding: from a procedure's confirmed exceptions, from a failed item, from a pattern. Nothing is stored.

use super::linked;
use crate::audit::of_procedure;
use crate::desk::Desk;
use crate::error::AppError;
use crate::view;
use crate::wire::{FindingDraftRequest, FindingDraftView, FindingTypeWord, SeverityWord};
use fieldbook_model::{
    Applicability, ClauseId, DispositionKind, ExceptionRow, Procedure, RocDate, RuleVerdict, Strength,
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

/// What a draft says of rows of one procedure, with their counts.
pub(super) fn sentence(
    desk: &Desk,
    rows: &[ExceptionRow],
    counts: Option<(u64, u64)>,
) -> Result<Option<String>, AppError> {
    let Some(first) = rows.first() else { return Ok(None) };
    let of_one = rows.iter().all(|r| r.key.procedure == first.key.procedure);
    let loaded = desk.bundle.procedure(&first.key.procedure).filter(|_| of_one);
    let as_of = RocDate(desk.exam()?.store.exam()?.as_of);
    let distinct: BTreeSet<_> = rows.iter().map(|r| &r.key.source).collect();
    let population = counts.map(|(_, population)| population);
    Ok(loaded.map(|l| condition(&l.procedure, as_of, population, distinct.len(), rows)))
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
