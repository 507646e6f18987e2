//! What tells a row from others across runs and exams, what is remembered of a firm's explained rows, and what a new run
//! changed. A memory proposes; only a person disposes.

use super::disposition;
use crate::desk::Desk;
use crate::error::AppError;
use crate::view;
use crate::wire::{DispositionView, ProcedureRequest, RunChangeRowView, RunChangeView};
use fieldbook_checklist::Bundle;
use fieldbook_model::{DispositionKind, ExceptionKey, ExceptionRow, RememberedDisposition, RuleVerdict};
use fieldbook_vault::ExceptionFilter;
use std::collections::BTreeMap;

/// How many rows of each kind a change shows; the figures count all.
const SHOWN: usize = 200;

/// Name of a row by the columns that tell rows of its dataset apart, when the procedure shows them all.
fn name(bundle: &Bundle, row: &ExceptionRow) -> Option<String> {
    let procedure = &bundle.procedure(&row.key.procedure)?.procedure;
    let rule = procedure.rules.iter().find(|r| r.id == row.key.rule)?;
    bundle.dataset(&rule.subject)?.row_name(|key| super::value(row, key))
}

/// As [`name`], or by everything that is shown of the row.
fn identity(bundle: &Bundle, row: &ExceptionRow) -> (String, String) {
    let whole =
        || row.values.iter().map(|(_, v)| v.clone().unwrap_or_default()).collect::<Vec<_>>().join("\u{1f}");
    (row.key.rule.clone(), name(bundle, row).unwrap_or_else(whole))
}

/// What earlier exams of the firm say about the rows of a procedure, by rule and row.
pub(super) struct Proposals(BTreeMap<(String, String), RememberedDisposition>);

impl Proposals {
    pub(super) fn of(desk: &Desk, procedure: &str) -> Result<Self, AppError> {
        let firm = desk.exam()?.store.exam()?.firm;
        let all = desk.vault()?.vault.remembered_dispositions(&firm, procedure)?;
        Ok(Self(all.into_iter().map(|r| ((r.rule.clone(), r.row.clone()), r)).collect()))
    }

    /// The proposal for a row that nobody has disposed of.
    pub(super) fn for_row(&self, bundle: &Bundle, row: &ExceptionRow) -> Option<DispositionView> {
        if self.0.is_empty() || row.disposition.is_some() {
            return None;
        }
        let found = self.0.get(&(row.key.rule.clone(), name(bundle, row)?))?;
        Some(disposition(&found.disposition))
    }
}

/// Remembers the explained rows among these, and forgets those that were disposed of otherwise.
pub(super) fn remember(desk: &mut Desk, ids: &[i64]) -> Result<(), AppError> {
    let bundle = std::sync::Arc::clone(&desk.bundle);
    let open = desk.exam()?;
    let firm = open.store.exam()?.firm;
    let mut kept = Vec::new();
    let mut dropped = Vec::new();
    for row in open.store.exceptions_by_id(ids)? {
        let Some(named) = name(&bundle, &row) else { continue };
        let ExceptionKey { procedure, rule, .. } = row.key;
        match row.disposition {
            Some(disposition)
                if matches!(
                    disposition.kind,
                    DispositionKind::Explained | DispositionKind::FalsePositive
                ) =>
            {
                kept.push(RememberedDisposition { procedure, rule, row: named, disposition });
            }
            _ => dropped.push((procedure, rule, named)),
        }
    }
    let vault = &mut desk.vault_mut()?.vault;
    vault.remember_dispositions(&firm, &kept)?;
    for (procedure, rule, row) in dropped {
        vault.forget_disposition(&firm, &procedure, &rule, &row)?;
    }
    Ok(())
}

/// What the latest run of a procedure lists that the one before did not, and the other way round.
///
/// # Errors
/// `unknown_procedure`, or the store's.
pub fn change(desk: &Desk, request: &ProcedureRequest) -> Result<RunChangeView, AppError> {
    let unknown = || AppError::new("unknown_procedure").with("field", &request.procedure);
    let loaded = desk.bundle.procedure(&request.procedure).ok_or_else(unknown)?;
    let open = desk.exam()?;
    let mut runs = open.store.runs()?;
    runs.retain(|r| r.procedure == request.procedure);
    let latest = runs.pop();
    let earlier = runs.pop();
    let rows = |run: Option<i64>| -> Result<BTreeMap<(String, String), ExceptionRow>, AppError> {
        let Some(run) = run else { return Ok(BTreeMap::new()) };
        let filter = ExceptionFilter { run: Some(run), ..ExceptionFilter::default() };
        let all = open.store.exceptions(&filter, 0, u64::from(u32::MAX))?;
        Ok(all.into_iter().map(|r| (identity(&desk.bundle, &r), r)).collect())
    };
    let (now, before) = (rows(latest.as_ref().map(|r| r.id))?, rows(earlier.as_ref().map(|r| r.id))?);
    let (mut appeared, mut gone) = (Vec::new(), Vec::new());
    if earlier.is_some() {
        appeared.extend(now.iter().filter(|(key, _)| !before.contains_key(*key)).map(|(_, r)| r));
        gone.extend(before.iter().filter(|(key, _)| !now.contains_key(*key)).map(|(_, r)| r));
    }
    let unchanged = now.keys().filter(|key| before.contains_key(*key)).count();
    let shown = |rows: &[&ExceptionRow]| -> Vec<RunChangeRowView> {
        let one = |r: &&ExceptionRow| {
            let r = view::shown(&desk.bundle, (*r).clone());
            RunChangeRowView {
                rule: r.key.rule.clone(),
                verdict: RuleVerdict::into(r.verdict),
                file: r.key.source.file.clone(),
                sheet: r.key.source.sheet.clone(),
                row: r.key.source.row,
                values: loaded.procedure.columns.iter().map(|c| super::value(&r, &c.key)).collect(),
            }
        };
        rows.iter().take(SHOWN).map(one).collect()
    };
    Ok(RunChangeView {
        procedure: request.procedure.clone(),
        latest: latest.as_ref().map(|r| view::run(&desk.bundle, r)),
        earlier: earlier.as_ref().map(|r| view::run(&desk.bundle, r)),
        columns: loaded.procedure.columns.iter().map(|c| c.zh.clone()).collect(),
        appeared: view::small(appeared.len() as u64),
        gone: view::small(gone.len() as u64),
        unchanged: view::small(unchanged as u64),
        appeared_rows: shown(&appeared),
        gone_rows: shown(&gone),
    })
}
