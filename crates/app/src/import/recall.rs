//! How this firm's tables were mapped before.

use super::take::Taken;
use crate::desk::Desk;
use crate::error::AppError;
use fieldbook_intake::{ForcedColumn, Locator, SheetPlan};
use fieldbook_model::MappedColumn;
use fieldbook_vault::Vault;

/// What tells that a table has the headings of one before.
pub(super) fn signature(plan: &SheetPlan) -> String {
    let headers: Vec<&str> = plan.columns.iter().map(|c| c.header.as_str()).collect();
    fieldbook_vault::header_signature(&headers)
}

/// The mapping that the examiner chose for a table with these headings.
pub(super) fn mapping(vault: &Vault, firm: &str, plan: &SheetPlan) -> Option<Vec<ForcedColumn>> {
    let dataset = plan.dataset.as_deref().filter(|_| plan.header_rows > 0)?;
    // Memory is a convenience: when it cannot be read, the sheet is recognised afresh.
    let mapping = vault.recall_mapping(firm, dataset, &signature(plan)).ok()??;
    let is_time = |index: u32| mapping.iter().any(|m| m.time_index == Some(index));
    let column = |index: u32| {
        let ours: Option<&MappedColumn> = mapping.iter().find(|m| m.index == index);
        let at = Locator::Index(index);
        ForcedColumn {
            at: match ours.and_then(|m| m.time_index) {
                Some(time) => Locator::DateAndTime(Box::new(at), Box::new(Locator::Index(time))),
                None => at,
            },
            column: ours.map(|m| m.column.clone()),
            // Calendars are decided by the texts each time: the same header may hold other dates next year.
            reading: None,
        }
    };
    let columns = plan.columns.iter().map(|c| c.index);
    Some(columns.filter(|i| !is_time(*i) || mapping.iter().any(|m| m.index == *i)).map(column).collect())
}

/// Remembers what the examiner chose.
pub(super) fn remember(desk: &mut Desk, taken: &[Taken]) -> Result<(), AppError> {
    let firm = desk.exam()?.store.exam()?.firm;
    for table in taken.iter().filter(|t| t.chosen) {
        if let Some(dataset) = &table.record.dataset {
            desk.vault_mut()?.vault.remember_mapping(
                &firm,
                dataset,
                &table.signature,
                &table.record.mapping,
            )?;
        }
    }
    Ok(())
}
