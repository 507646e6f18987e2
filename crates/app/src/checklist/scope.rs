//! The examiner's own decision on applicability.

use super::{answerable, item_of};
use crate::desk::Desk;
use crate::error::AppError;
use crate::wire::{ApplicabilityRequest, ApplicabilityWord, ItemView};
use fieldbook_model::Override;

/// Decides on an item's applicability in place of the profile, or goes back to the profile. Answers are kept.
///
/// # Errors
/// `unknown_clause`, `not_answerable`, `note_required` without a reason, `cannot_override` with `undetermined`,
/// `no_examiner`, or the store's.
pub fn applicability_set(desk: &mut Desk, request: &ApplicabilityRequest) -> Result<ItemView, AppError> {
    let clause = answerable(desk, &request.clause)?.0.id.clone();
    let reason = request.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(AppError::new("note_required"));
    }
    let at = desk.host.now();
    let open = desk.exam_mut()?;
    let by = open.examiner.clone();
    match request.applicability {
        Some(ApplicabilityWord::Undetermined) => return Err(AppError::new("cannot_override")),
        Some(word) => open.store.set_override(&Override {
            clause: clause.clone(),
            applicability: word.into(),
            reason,
            by,
            at,
        })?,
        None => {
            open.store.clear_override(&clause, &by, at, &reason)?;
        }
    }
    desk.derive_items()?;
    desk.saved();
    item_of(desk, &clause)
}
