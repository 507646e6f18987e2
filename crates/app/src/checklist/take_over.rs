//! Taking an answer over to other clauses. Nothing is merged: each clause gets an answer of its own that says where
//! it came from.

use super::answerable;
use super::answering::{NOT_ASKED, answers_view, blank, cells_of, key, out_of_reach, refused, write};
use super::sheet::{Sheet, key_view};
use crate::desk::Desk;
use crate::error::AppError;
use crate::wire::{AnswerKeyView, AnswersView, CopyPreviewView, CopyRequest, CopyTargetView};
use fieldbook_model::{Answer, AnswerKey, AnswerOrigin, Cell, Clause, Item, ItemResult};
use fieldbook_vault::AnswerAction;

/// The answer that is to be taken over.
fn source(desk: &Desk, from: &AnswerKeyView) -> Result<(Answer, String), AppError> {
    let (clause, _) = answerable(desk, &from.clause)?;
    let key = key(desk, clause, from)?;
    let answer = Sheet::of(desk)?.exactly(&key).cloned();
    let given = answer.filter(|a| a.result != ItemResult::NotExamined);
    given.map(|a| (a, clause.label.clone())).ok_or_else(|| AppError::new("no_answer"))
}

/// One cell that would be answered.
struct Target<'a> {
    clause: &'a Clause,
    item: &'a Item,
    cell: Cell<'a>,
    key: AnswerKey,
    refused: &'static str,
}

fn targets<'a>(desk: &'a Desk, from: &Answer, to: &[AnswerKeyView]) -> Result<Vec<Target<'a>>, AppError> {
    let mut out: Vec<Target<'a>> = Vec::new();
    for view in to {
        let (clause, item) = answerable(desk, &view.clause)?;
        let asked = key(desk, clause, view)?;
        let mut cells = cells_of(item, &asked);
        let out_of_scope = cells.is_empty();
        if out_of_scope {
            // Nothing is asked there: said by name, not passed over.
            cells.push(Cell {
                unit: "",
                system: "",
                strength: clause.strength,
                applicability: item.decision.applicability,
            });
        }
        for cell in cells {
            let key = AnswerKey {
                clause: clause.id.clone(),
                unit: cell.unit.to_owned(),
                system: cell.system.to_owned(),
            };
            let refused = match () {
                () if key == from.key => "即為本答案",
                () if out_of_scope => out_of_reach(item).unwrap_or(NOT_ASKED),
                () => out_of_reach(item)
                    .or_else(|| refused(item, &key, from.result, &from.note).map(|_| "此結果不適用於該條文"))
                    .unwrap_or_default(),
            };
            if !out.iter().any(|t| t.key == key) {
                out.push(Target { clause, item, cell, key, refused });
            }
        }
    }
    Ok(out)
}

/// What taking an answer over would do; nothing is stored.
///
/// # Errors
/// `unknown_clause`, `not_answerable`, `unknown_unit`, `unknown_system`, `no_answer`, or the store's.
pub fn copy_preview(desk: &Desk, request: &CopyRequest) -> Result<CopyPreviewView, AppError> {
    let (from, label) = source(desk, &request.from)?;
    let sheet = Sheet::of(desk)?;
    let own = answerable(desk, &request.from.clause)?.1;
    let view = |t: Target<'_>| CopyTargetView {
        document: t.clause.id.doc().to_owned(),
        label: t.clause.label.clone(),
        text: match t.clause.units.iter().find(|u| u.id == t.cell.unit) {
            Some(unit) => unit.text.clone(),
            None => t.clause.text.clone(),
        },
        strength: t.cell.strength.into(),
        applicability: t.cell.applicability.into(),
        before: sheet.exactly(&t.key).map(|a| sheet.answer(t.item, a)),
        refused: t.refused.to_owned(),
        key: key_view(&t.key),
    };
    let targets = targets(desk, &from, &request.to)?.into_iter().map(view).collect();
    Ok(CopyPreviewView { answer: sheet.answer(own, &from), label, targets })
}

/// Takes an answer over: result, method, note and working paper. What is awaited stays with each clause.
///
/// # Errors
/// As [`copy_preview`].
pub fn copy(desk: &mut Desk, request: &CopyRequest) -> Result<AnswersView, AppError> {
    let (from, label) = source(desk, &request.from)?;
    let (by, at) = (desk.exam()?.examiner.clone(), desk.host.now());
    let sheet = Sheet::of(desk)?;
    let mut writes = Vec::new();
    let mut skipped = Vec::new();
    for target in targets(desk, &from, &request.to)? {
        if !target.refused.is_empty() {
            skipped.push(super::left_out(target.clause, target.refused));
            continue;
        }
        let before = sheet.exactly(&target.key).cloned();
        let before = before.unwrap_or_else(|| blank(target.key.clone(), &by, at));
        writes.push(Answer {
            result: from.result,
            method: from.method,
            note: from.note.clone(),
            paper_ref: from.paper_ref.clone(),
            origin: Some(AnswerOrigin { exam: String::new(), key: from.key.clone() }),
            by: by.clone(),
            at,
            ..before
        });
    }
    drop(sheet);
    let what = format!("沿用{label}之結果至{}處", writes.len());
    let changed = write(desk, what, writes, AnswerAction::Copy)?;
    answers_view(desk, &changed, skipped)
}
