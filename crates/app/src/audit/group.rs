//! The rows of a procedure's latest run in groups, as an examiner goes through them: rule by rule, system by system.

use super::of_procedure;
use crate::desk::Desk;
use crate::error::AppError;
use crate::view;
use crate::wire::{ExceptionGroupView, ExceptionGroupsView, ProcedureRequest};
use fieldbook_vault::{ExceptionGroup, GroupBy};
use std::cmp::Reverse;

/// Key of the output column in which procedures tell the system of a row.
pub(crate) const SYSTEM: &str = "system_name";

/// The rows of a procedure's latest run by rule and by system.
///
/// # Errors
/// `unknown_procedure`, or the store's.
pub fn groups(desk: &Desk, request: &ProcedureRequest) -> Result<ExceptionGroupsView, AppError> {
    let open = desk.exam()?;
    let unknown = || AppError::new("unknown_procedure").with("field", &request.procedure);
    let procedure = &desk.bundle.procedure(&request.procedure).ok_or_else(unknown)?.procedure;
    let filter = of_procedure(&procedure.id);
    let by_rule = open.store.exception_groups(&filter, GroupBy::Rule)?;
    let rules = procedure.rules.iter().filter_map(|rule| {
        let found = by_rule.iter().find(|g| g.key == rule.id)?;
        Some(group(found, rule.title.clone()))
    });
    let system = procedure.columns.iter().find(|c| c.key == SYSTEM).map(|c| c.zh.clone());
    let mut by_system = match system {
        Some(_) => open.store.exception_groups(&filter, GroupBy::Cell(SYSTEM))?,
        None => Vec::new(),
    };
    by_system.sort_by_key(|g| (Reverse(g.open), Reverse(g.rows)));
    Ok(ExceptionGroupsView {
        rules: rules.collect(),
        system,
        systems: by_system.iter().map(|g| group(g, g.key.clone())).collect(),
    })
}

fn group(found: &ExceptionGroup, title: String) -> ExceptionGroupView {
    ExceptionGroupView {
        key: found.key.clone(),
        title,
        rows: view::small(found.rows),
        open: view::small(found.open),
        confirmed: view::small(found.confirmed),
    }
}
