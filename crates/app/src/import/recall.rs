//! How this firm's sheets were mapped before.

use super::Planned;
use super::order::SheetOrder;
use crate::desk::Desk;
use crate::error::AppError;
use fieldbook_intake::{ForcedColumn, IntakeError, Locator, PlanRequest, SheetPlan, Source};
use fieldbook_model::SheetRecord;
use jiff::civil::Date;

/// Plans a sheet: as ordered, else as this firm's sheets with the same header were mapped before, else as recognised.
pub(super) fn plan(
    desk: &Desk,
    source: &mut Source,
    sheet: &str,
    order: &SheetOrder,
    as_of: Date,
) -> Result<SheetPlan, IntakeError> {
    let defs = &desk.bundle.datasets;
    let request = PlanRequest { defs, dataset: order.dataset.as_deref(), as_of, forced: &order.forced };
    let fresh = fieldbook_intake::plan(source, sheet, &request)?;
    if !order.forced.is_empty() {
        return Ok(fresh);
    }
    let Some((dataset, forced)) = remembered(desk, &fresh) else { return Ok(fresh) };
    fieldbook_intake::plan(
        source,
        sheet,
        &PlanRequest { dataset: Some(&dataset), forced: &forced, ..request },
    )
}

fn signature(plan: &SheetPlan) -> String {
    let headers: Vec<&str> = plan.columns.iter().map(|c| c.header.as_str()).collect();
    fieldbook_vault::header_signature(&headers)
}

fn remembered(desk: &Desk, plan: &SheetPlan) -> Option<(String, Vec<ForcedColumn>)> {
    let dataset = plan.dataset.clone()?;
    let firm = desk.exam().ok()?.store.exam().ok()?.firm;
    // Memory is a convenience: when it cannot be read, the sheet is recognised afresh.
    let mapping = desk.vault().ok()?.vault.recall_mapping(&firm, &dataset, &signature(plan)).ok()??;
    let forced = plan
        .columns
        .iter()
        .map(|c| ForcedColumn {
            at: Locator::Index(c.index),
            column: mapping.iter().find(|m| m.index == c.index).map(|m| m.column.clone()),
            // Calendars are decided by the texts each time: the same header may hold other dates next year.
            reading: None,
        })
        .collect();
    Some((dataset, forced))
}

/// Remembers what the examiner chose.
pub(super) fn remember(
    desk: &mut Desk,
    planned: &[Planned],
    records: &[SheetRecord],
) -> Result<(), AppError> {
    let firm = desk.exam()?.store.exam()?.firm;
    for Planned { plan, order } in planned {
        let record = records.iter().find(|r| r.sheet == plan.sheet);
        if let (false, Some(dataset), Some(record)) = (order.forced.is_empty(), &plan.dataset, record) {
            desk.vault_mut()?.vault.remember_mapping(&firm, dataset, &signature(plan), &record.mapping)?;
        }
    }
    Ok(())
}
