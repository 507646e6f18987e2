//! Procedures, their runs, and what an examiner makes of the exceptions.

mod derived;
mod group;
mod memory;
mod paper;
mod run;
mod turns;

pub(crate) use derived::take_over;
pub use derived::{correct, derived_rows};
pub(crate) use group::SYSTEM;
pub use group::groups;
pub use memory::change;
pub use paper::reperform_paper;
pub(crate) use run::{Watch, derived};
pub use run::{reperform, run};

use crate::dates;
use crate::desk::Desk;
use crate::error::{AppError, internal};
use crate::view;
use crate::wire::{
    DisposeRequest, DisposedView, DispositionView, DispositionWord, ExceptionPageView, ExceptionView,
    ExceptionsRequest, ParameterView, ProcedureView, RuleView, SourceCellView, SourceRequest, SourceRowView,
    UndisposeRequest,
};
use fieldbook_checklist::Bundle;
use fieldbook_model::{
    Clause, Disposition, DispositionKind, ExceptionKey, ExceptionRow, Item, Parameter, Procedure,
    RuleVerdict, Run,
};
use fieldbook_vault::{DispositionFilter, ExamStore, ExceptionFilter};

/// Rows that one request may ask for.
pub(crate) const PAGE: u32 = 500;

/// The procedures with their latest runs.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn procedures(desk: &Desk) -> Result<Vec<ProcedureView>, AppError> {
    desk.exam()?.procedures.or(desk, || read_procedures(desk))
}

fn read_procedures(desk: &Desk) -> Result<Vec<ProcedureView>, AppError> {
    let open = desk.exam()?;
    let runs = open.store.latest_runs()?;
    let mut out = Vec::new();
    for loaded in &desk.bundle.procedures {
        let procedure = &for_this_firm(&desk.bundle, &loaded.procedure, &open.items);
        let run = runs.iter().find(|r| r.procedure == procedure.id);
        let confirmed = ExceptionFilter {
            disposition: Some(DispositionFilter::As(DispositionKind::Confirmed)),
            ..of_procedure(&procedure.id)
        };
        out.push(ProcedureView {
            id: procedure.id.clone(),
            title: procedure.title.clone(),
            family: procedure.family.clone(),
            purpose: procedure.purpose.clone(),
            steps: procedure.steps.clone(),
            cautions: procedure.cautions.clone(),
            clauses: view::clause_texts(&desk.bundle, &procedure.clauses),
            datasets: procedure.needs.iter().map(|n| view::column_words(&desk.bundle, &n.dataset)).collect(),
            parameters: procedure.parameters.iter().map(|p| parameter(p, run)).collect(),
            rules: procedure.rules.iter().map(|r| rule(&desk.bundle, r, run)).collect(),
            population: procedure.population.zh.clone(),
            counted: procedure.count.is_some(),
            pictures: crate::picture::heads(procedure),
            run: run.map(|r| view::run(&desk.bundle, r)),
            open: view::small(undecided(&open.store, Some(&procedure.id))?),
            confirmed: view::small(open.store.exception_count(&confirmed)?),
        });
    }
    Ok(out)
}

fn parameter(p: &Parameter, run: Option<&Run>) -> ParameterView {
    let used = run.and_then(|r| r.parameters.iter().find(|u| u.key == p.key));
    let changed = used.filter(|u| u.override_reason.is_some());
    ParameterView {
        key: p.key.clone(),
        zh: p.zh.clone(),
        unit: p.unit.clone(),
        value: view::param(&p.value),
        used: changed.map(|u| view::param(&u.value)),
        reason: changed.and_then(|u| u.override_reason.clone()),
        clause: p.clause.as_ref().map(ToString::to_string),
    }
}

fn rule(bundle: &Bundle, rule: &fieldbook_model::Rule, run: Option<&Run>) -> RuleView {
    let outcome = run.and_then(|r| r.rules.iter().find(|o| o.rule == rule.id));
    RuleView {
        id: rule.id.clone(),
        title: rule.title.clone(),
        verdict: rule.verdict.into(),
        strength: rule.strength.into(),
        clauses: rule.clauses.iter().map(ToString::to_string).collect(),
        rows: outcome.and_then(|o| o.rows).map(view::small),
        missing: outcome
            .map(|o| o.missing.iter().map(|m| view::column_words(bundle, m)).collect())
            .unwrap_or_default(),
    }
}

/// The procedure as it binds the firm that these items were derived for.
pub(crate) fn for_this_firm(bundle: &Bundle, procedure: &Procedure, items: &[Item]) -> Procedure {
    fieldbook_audit::bind(procedure, items, &|id| bundle.clause(id).map(Clause::heaviest))
}

/// Exceptions and unknowns of the latest runs that nobody has decided. A lead may be left as it is.
pub(crate) fn undecided(store: &ExamStore, procedure: Option<&str>) -> Result<u64, AppError> {
    let mut n = 0;
    for verdict in [RuleVerdict::Exception, RuleVerdict::Unknown] {
        n += store.exception_count(&ExceptionFilter {
            procedure: procedure.map(str::to_owned),
            verdict: Some(verdict),
            disposition: Some(DispositionFilter::Undisposed),
            ..ExceptionFilter::default()
        })?;
    }
    Ok(n)
}

/// The rows of a procedure's latest run.
pub(crate) fn of_procedure(id: &str) -> ExceptionFilter {
    ExceptionFilter { procedure: Some(id.to_owned()), ..ExceptionFilter::default() }
}

fn filter(bundle: &Bundle, request: &ExceptionsRequest) -> Result<ExceptionFilter, AppError> {
    if bundle.procedure(&request.procedure).is_none() {
        return Err(AppError::new("unknown_procedure").with("field", &request.procedure));
    }
    Ok(ExceptionFilter {
        rule: (!request.rule.is_empty()).then(|| request.rule.clone()),
        cell: request.system.clone().map(|system| (SYSTEM.to_owned(), system)),
        disposition: request.open_only.then_some(DispositionFilter::Undisposed),
        ..of_procedure(&request.procedure)
    })
}

/// A window of the latest run's rows.
///
/// # Errors
/// `unknown_procedure`, `too_many`, or the store's.
pub fn exceptions(desk: &Desk, request: &ExceptionsRequest) -> Result<ExceptionPageView, AppError> {
    if request.limit > PAGE {
        return Err(AppError::new("too_many"));
    }
    let open = desk.exam()?;
    let filter = filter(&desk.bundle, request)?;
    let columns =
        desk.bundle.procedure(&request.procedure).map(|p| p.procedure.columns.clone()).unwrap_or_default();
    let rows = open.store.exceptions(&filter, u64::from(request.offset), u64::from(request.limit))?;
    let rows: Vec<(ExceptionRow, Option<DispositionView>)> = {
        let proposals = memory::Proposals::of(desk, &request.procedure)?;
        let one = |r: ExceptionRow| {
            let proposed = proposals.for_row(&desk.bundle, &r);
            (view::shown(&desk.bundle, r), proposed)
        };
        rows.into_iter().map(one).collect()
    };
    Ok(ExceptionPageView {
        total: view::small(open.store.exception_count(&filter)?),
        columns: columns.iter().map(|c| c.zh.clone()).collect(),
        rows: rows
            .iter()
            .map(|(row, proposed)| ExceptionView {
                id: view::id_number(row.id),
                rule: row.key.rule.clone(),
                verdict: row.verdict.into(),
                file: row.key.source.file.clone(),
                sheet: row.key.source.sheet.clone(),
                row: row.key.source.row,
                values: columns.iter().map(|c| value(row, &c.key)).collect(),
                disposition: row.disposition.as_ref().map(disposition),
                proposed: proposed.clone(),
            })
            .collect(),
    })
}

pub(crate) fn value(row: &ExceptionRow, key: &str) -> Option<String> {
    row.values.iter().find(|(k, _)| k == key).and_then(|(_, v)| v.clone())
}

fn disposition(d: &Disposition) -> DispositionView {
    DispositionView { kind: d.kind.into(), note: d.note.clone(), by: d.by.clone(), at: dates::moment(d.at) }
}

/// All rows of the latest run of one procedure, or of all, in order.
///
/// # Errors
/// `unknown_procedure`, or the store's.
pub fn latest_rows(desk: &Desk, procedure: Option<&str>) -> Result<Vec<ExceptionRow>, AppError> {
    let open = desk.exam()?;
    let mut out = Vec::new();
    if let Some(id) = procedure
        && desk.bundle.procedure(id).is_none()
    {
        return Err(AppError::new("unknown_procedure").with("field", id));
    }
    for loaded in &desk.bundle.procedures {
        let id = &loaded.procedure.id;
        if procedure.is_none_or(|p| p == id) {
            out.extend(open.store.exceptions(&of_procedure(id), 0, u64::from(u32::MAX))?);
        }
    }
    Ok(out)
}

/// The row in the firm's file that an exception rests on.
///
/// # Errors
/// `unknown_exception`, or the store's.
pub fn source(desk: &Desk, request: &SourceRequest) -> Result<SourceRowView, AppError> {
    let open = desk.exam()?;
    let unknown = || AppError::new("unknown_exception");
    let rows = open.store.exceptions_by_id(&[view::id(request.id)])?;
    let row = rows.first().ok_or_else(unknown)?;
    let subject = desk
        .bundle
        .procedure(&row.key.procedure)
        .and_then(|p| p.procedure.rules.iter().find(|r| r.id == row.key.rule))
        .map(|r| r.subject.clone())
        .ok_or_else(unknown)?;
    let def = desk.bundle.dataset(&subject).ok_or_else(|| internal("dataset"))?;
    let found = open.store.source_row(&subject, &row.key.source)?;
    Ok(SourceRowView {
        file: found.source.file,
        sha256: found.source.file_sha256,
        sheet: found.source.sheet,
        row: found.source.row,
        hidden: found.hidden,
        cells: found
            .cells
            .into_iter()
            .map(|(key, cell)| SourceCellView {
                value: cell.text.map(|text| fieldbook_model::dataset::shown(def.column(&key), &text)),
                column: def.column(&key).map_or(key, |c| c.zh.clone()),
                original: cell.original,
            })
            .collect(),
    })
}

/// Disposes of rows by number.
///
/// # Errors
/// `note_required`, `unknown_exception`, `nothing_to_dispose`, or the store's.
pub fn dispose(desk: &mut Desk, request: &DisposeRequest) -> Result<DisposedView, AppError> {
    let ids: Vec<i64> = request.ids.iter().map(|n| view::id(*n)).collect();
    let rows = desk.exam()?.store.exceptions_by_id(&ids)?;
    if rows.len() != ids.len() {
        return Err(AppError::new("unknown_exception"));
    }
    if rows.is_empty() {
        return Err(AppError::new("nothing_to_dispose"));
    }
    let keys: Vec<ExceptionKey> = rows.into_iter().map(|r| r.key).collect();
    let (kind, note) = (request.kind, request.note.trim());
    // A confirmed exception speaks through its finding; setting one aside needs its reason on record.
    if note.is_empty() && matches!(kind, DispositionWord::Explained | DispositionWord::FalsePositive) {
        return Err(AppError::new("note_required"));
    }
    let at = desk.host.now();
    let open = desk.exam_mut()?;
    let by = open.examiner.clone();
    let disposed =
        open.store.dispose(&keys, &Disposition { kind: kind.into(), note: note.to_owned(), by, at })?;
    memory::remember(desk, &ids)?;
    desk.saved();
    Ok(DisposedView { disposed: view::small(disposed) })
}

/// Takes the last disposition of rows back: the one before holds again, if there was one.
///
/// # Errors
/// `unknown_exception`, or the store's.
pub fn undispose(desk: &mut Desk, request: &UndisposeRequest) -> Result<DisposedView, AppError> {
    let ids: Vec<i64> = request.ids.iter().map(|n| view::id(*n)).collect();
    let rows = desk.exam()?.store.exceptions_by_id(&ids)?;
    if rows.len() != ids.len() {
        return Err(AppError::new("unknown_exception"));
    }
    let keys: Vec<ExceptionKey> = rows.into_iter().map(|r| r.key).collect();
    let at = desk.host.now();
    let open = desk.exam_mut()?;
    let by = open.examiner.clone();
    let disposed = open.store.undispose(&keys, &by, at)?;
    memory::remember(desk, &ids)?;
    desk.saved();
    Ok(DisposedView { disposed: view::small(disposed as u64) })
}
