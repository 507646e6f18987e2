//! One table looked at again, as the examiner has it now: another dataset, another mapping, other readings.

use super::order::ImportOrder;
use super::plan::Planner;
use super::{file_name, inspect, open};
use crate::desk::Desk;
use crate::error::{AppError, internal};
use crate::failure;
use crate::wire::{FileChoice, InspectedSheetView};
use fieldbook_intake::IntakeError;
use std::sync::atomic::Ordering;

/// What the one table that is chosen would become; nothing is stored. Without columns, the dataset's own recognition
/// maps them.
///
/// # Errors
/// `bad_mapping` for any other number of tables, `unknown_dataset`, `cancelled`, or whatever is wrong with the file.
pub fn look(desk: &Desk, request: &FileChoice) -> Result<InspectedSheetView, AppError> {
    desk.cancel_flag().store(false, Ordering::Relaxed);
    let order = ImportOrder::from_choice(&desk.bundle, request)?;
    let [table] = order.tables.as_slice() else {
        return Err(AppError::new("bad_mapping").with("what", &request.path));
    };
    let stored = desk.exam()?.store.received_files(None)?;
    let planner = Planner::of(desk)?;
    let file = file_name(&order.path);
    let failed = |e: IntakeError| match e {
        IntakeError::Cancelled => AppError::new("cancelled"),
        e => failure::intake(&desk.bundle, None, &file, &e),
    };
    let mut source =
        open(&desk.host, &order.path, order.encoding.as_deref(), &desk.cancel_flag()).map_err(failed)?;
    let planned = planner.plans(&mut source, &table.sheet, table.header_row, &table.order).map_err(failed)?;
    let [first, ..] = planned.as_slice() else { return Err(internal("no table")) };
    Ok(inspect::table(&planner, &mut source, &first.plan, &stored))
}
