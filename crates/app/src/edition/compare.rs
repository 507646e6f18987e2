//! What differs between two sets of editions.

use super::law::{Law, by_hash};
use crate::desk::Desk;
use crate::error::AppError;
use crate::wire::{ClauseChangeView, CompareRequest, DocumentChangeView, PieceView};
use fieldbook_checklist::{Bundle, DocumentChange, compare_bundles};
use fieldbook_model::{ClauseChange, Piece};
use std::sync::Arc;

/// What became of each document from one set to the other.
#[must_use]
pub fn between(older: &Bundle, newer: &Bundle) -> Vec<DocumentChange> {
    compare_bundles(older, newer)
}

/// Compares two sets.
///
/// # Errors
/// `unknown_package` for a side that is none, `no_exam`, `locked`, or the store's.
pub fn editions_compare(desk: &Desk, request: &CompareRequest) -> Result<Vec<DocumentChangeView>, AppError> {
    let (older, newer) = (side(desk, &request.from)?, side(desk, &request.to)?);
    Ok(changes_view(&between(&older, &newer)))
}

fn side(desk: &Desk, name: &str) -> Result<Arc<Bundle>, AppError> {
    match name {
        "built_in" => Ok(Law::built_in()?.bundle),
        "current" => Ok(Arc::clone(&desk.law.bundle)),
        "exam" => {
            let pinned = desk.exam()?.store.law_sha256()?;
            by_hash(desk, &pinned.unwrap_or_default())
        }
        sha256 => {
            let packages = desk.vault()?.vault.packages()?;
            let at = packages.iter().position(|p| p.sha256 == sha256);
            let at = at.ok_or_else(|| AppError::new("unknown_package"))?;
            // As it was when this package was the latest.
            let law = Law::with(&packages[..=at]).map_err(|errors| {
                let what = errors.first().map(ToString::to_string).unwrap_or_default();
                AppError::new("checklist_damaged").with("what", what)
            })?;
            Ok(law.bundle)
        }
    }
}

/// Changes as they cross.
#[must_use]
pub fn changes_view(changes: &[DocumentChange]) -> Vec<DocumentChangeView> {
    let view = |d: &DocumentChange| DocumentChangeView {
        document: d.code.clone(),
        title: d.title.clone(),
        from: d.from.clone(),
        to: d.to.clone(),
        changes: d.changes.iter().map(clause).collect(),
    };
    changes.iter().map(view).collect()
}

fn clause(change: &ClauseChange) -> ClauseChangeView {
    let view = |kind: &str, clause: &fieldbook_model::ClauseId, label: &str| ClauseChangeView {
        kind: kind.to_owned(),
        clause: clause.to_string(),
        label: label.to_owned(),
        from_label: String::new(),
        pieces: Vec::new(),
        what: Vec::new(),
    };
    match change {
        ClauseChange::Added { clause, label, text } => {
            ClauseChangeView { pieces: vec![piece("added", text)], ..view("added", clause, label) }
        }
        ClauseChange::Removed { clause, label, text } => {
            ClauseChangeView { pieces: vec![piece("removed", text)], ..view("removed", clause, label) }
        }
        ClauseChange::Changed { clause, label, pieces } => {
            let pieces = pieces.iter().map(|p| match p {
                Piece::Kept(t) => piece("kept", t),
                Piece::Removed(t) => piece("removed", t),
                Piece::Added(t) => piece("added", t),
            });
            ClauseChangeView { pieces: pieces.collect(), ..view("changed", clause, label) }
        }
        ClauseChange::Moved { from, from_label, to, to_label } => {
            ClauseChangeView { from_label: format!("{from} {from_label}"), ..view("moved", to, to_label) }
        }
        ClauseChange::RuleChanged { clause, label, what } => {
            ClauseChangeView { what: what.clone(), ..view("rule", clause, label) }
        }
    }
}

fn piece(kind: &str, text: &str) -> PieceView {
    PieceView { kind: kind.to_owned(), text: text.to_owned() }
}
