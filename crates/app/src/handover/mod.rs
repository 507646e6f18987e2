//! Handing an exam over and taking one in.

use crate::desk::Desk;
use crate::error::AppError;
use crate::wire::{
    HandoverCreateRequest, HandoverMadeView, HandoverPlanView, HandoverProgressView, HandoverRequest,
    HandoverView, MergeApplyRequest, MergeDoneView, MergeUndoRequest, MergesView, PathRequest,
    TakeInChangesRequest, TakeInChangesView, TakeInView,
};

fn pending<T>() -> Result<T, AppError> {
    Err(AppError::new("handover_pending"))
}

/// What handing the open exam over begins with.
///
/// # Errors
/// `handover_pending`.
pub fn handover(_: &Desk) -> Result<HandoverView, AppError> {
    pending()
}

/// What a package would hold.
///
/// # Errors
/// `handover_pending`.
pub fn plan(_: &Desk, _: &HandoverRequest) -> Result<HandoverPlanView, AppError> {
    pending()
}

/// Writes a package.
///
/// # Errors
/// `handover_pending`.
pub fn create(
    _: &mut Desk,
    _: &HandoverCreateRequest,
    _: &mut dyn FnMut(HandoverProgressView),
) -> Result<HandoverMadeView, AppError> {
    pending()
}

/// Looks at a package. Nothing is changed.
///
/// # Errors
/// `handover_pending`.
pub fn inspect(
    _: &mut Desk,
    _: &PathRequest,
    _: &mut dyn FnMut(HandoverProgressView),
) -> Result<TakeInView, AppError> {
    pending()
}

/// Some of the changes of the package that was looked at last.
///
/// # Errors
/// `handover_pending`.
pub fn changes(_: &Desk, _: &TakeInChangesRequest) -> Result<TakeInChangesView, AppError> {
    pending()
}

/// Takes a package in.
///
/// # Errors
/// `handover_pending`.
pub fn apply(
    _: &mut Desk,
    _: &MergeApplyRequest,
    _: &mut dyn FnMut(HandoverProgressView),
) -> Result<MergeDoneView, AppError> {
    pending()
}

/// The merges of the open exam.
///
/// # Errors
/// `handover_pending`.
pub fn merges(_: &Desk) -> Result<MergesView, AppError> {
    pending()
}

/// Undoes a merge.
///
/// # Errors
/// `handover_pending`.
pub fn undo(_: &mut Desk, _: &MergeUndoRequest) -> Result<MergesView, AppError> {
    pending()
}
