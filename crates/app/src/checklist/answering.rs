//! Setting answers, one or many, and taking the last steps back.

use super::sheet::Sheet;
use super::{answerable, item_of};
use crate::desk::Desk;
use crate::error::AppError;
use crate::wire::{
    AnswerKeyView, AnswerRequest, AnswersView, BulkRequest, ItemView, ResultWord, SkippedView,
};
use fieldbook_model::{
    Answer, AnswerKey, Applicability, Cell, Clause, ClauseId, Item, ItemResult, Moment, Strength,
};
use fieldbook_vault::AnswerAction;

/// One step of answering that can be taken back: what stood before and what stands after, key by key.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    /// What was done, zh-TW.
    pub(crate) what: String,
    before: Vec<Answer>,
    after: Vec<Answer>,
}

/// Records an answer. 不適用 against the profile needs a note.
///
/// # Errors
/// `unknown_clause`, `not_answerable`, `unknown_system`, `unknown_unit`, `note_required`, `permission_cannot_fail`,
/// `not_asked_there` for a duty or a system that does not apply, `mode_not_asked` where the document does not ask what
/// an answer rests on, or the store's.
pub fn answer(desk: &mut Desk, request: &AnswerRequest) -> Result<ItemView, AppError> {
    let (clause, item) = answerable(desk, &request.clause)?;
    let key = key(
        desk,
        clause,
        &AnswerKeyView {
            clause: request.clause.clone(),
            unit: request.unit.clone(),
            system: request.system.clone(),
        },
    )?;
    let result = request.result.into();
    if let Some(why) = refused(item, &key, result, &request.note) {
        return Err(AppError::new(why));
    }
    if beside_the_duties(item, &key, result) {
        return Err(AppError::new("not_asked_there"));
    }
    let asks_mode = desk.bundle.document(clause.id.doc()).is_some_and(|d| d.asks_mode);
    if request.mode.is_some() && !asks_mode {
        return Err(AppError::new("mode_not_asked"));
    }
    let what = format!("{}：{}", clause.label, word(result));
    let answer = Answer {
        result,
        method: request.method.map(Into::into),
        mode: request.mode.map(Into::into),
        note: request.note.trim().to_owned(),
        paper_ref: request.paper_ref.trim().to_owned(),
        awaited: request.awaited.as_ref().map(|a| a.trim().to_owned()),
        origin: Sheet::of(desk)?.exactly(&key).and_then(|a| a.origin.clone()),
        ..blank(key, &desk.exam()?.examiner, desk.host.now())
    };
    let id = answer.key.clause.clone();
    write(desk, what, vec![answer], AnswerAction::Set)?;
    item_of(desk, &id)
}

/// An answer without a result.
pub(crate) fn blank(key: AnswerKey, by: &str, at: Moment) -> Answer {
    Answer {
        key,
        result: ItemResult::NotExamined,
        method: None,
        mode: None,
        note: String::new(),
        paper_ref: String::new(),
        awaited: None,
        origin: None,
        by: by.to_owned(),
        at,
    }
}

/// Reads a key: unit and system must be there.
pub(crate) fn key(desk: &Desk, clause: &Clause, view: &AnswerKeyView) -> Result<AnswerKey, AppError> {
    if !view.unit.is_empty() && !clause.units.iter().any(|u| u.id == view.unit) {
        return Err(AppError::new("unknown_unit").with("field", &view.unit));
    }
    let known =
        |name: &str| Ok::<_, AppError>(desk.exam()?.store.exam()?.systems.iter().any(|s| s.name == name));
    if !view.system.is_empty() && !known(&view.system)? {
        return Err(AppError::new("unknown_system"));
    }
    Ok(AnswerKey { clause: clause.id.clone(), unit: view.unit.clone(), system: view.system.clone() })
}

/// The cells of an item that a key stands for.
pub(crate) fn cells_of<'i>(item: &'i Item, key: &AnswerKey) -> Vec<Cell<'i>> {
    let unit = |c: &Cell<'_>| key.unit.is_empty() || c.unit == key.unit;
    let system = |c: &Cell<'_>| key.system.is_empty() || c.system == key.system;
    item.decision.cells().into_iter().filter(|c| unit(c) && system(c)).collect()
}

/// Whether a result is about a duty or a system that the item does not ask for. The clause as a whole may be answered
/// even where it does not apply, and what was recorded may be taken back or called not applicable.
fn beside_the_duties(item: &Item, key: &AnswerKey, result: ItemResult) -> bool {
    let says = !matches!(result, ItemResult::NotExamined | ItemResult::NotApplicable);
    let whole = key.unit.is_empty() && key.system.is_empty();
    says && !whole && cells_of(item, key).is_empty()
}

/// Why a result cannot be recorded, as a key of the locale file.
pub(crate) fn refused(item: &Item, key: &AnswerKey, result: ItemResult, note: &str) -> Option<&'static str> {
    let against_profile =
        result == ItemResult::NotApplicable && item.decision.applicability != Applicability::NotApplicable;
    if against_profile && note.trim().is_empty() {
        return Some("note_required");
    }
    let cells = cells_of(item, key);
    let permits = |s: Strength| s.failure().is_none();
    if result.fails() && !cells.is_empty() && cells.iter().all(|c| permits(c.strength)) {
        return Some("permission_cannot_fail");
    }
    None
}

pub(crate) fn word(result: ItemResult) -> &'static str {
    match result {
        ItemResult::Compliant => "符合",
        ItemResult::Partial => "部分符合",
        ItemResult::Noncompliant => "不符合",
        ItemResult::NotApplicable => "不適用",
        ItemResult::NoData => "無法取得資料",
        ItemResult::NotExamined => "未查核",
    }
}

/// Answers many items alike. What cannot take the result is left out and named.
///
/// # Errors
/// `unknown_clause`, `not_answerable`, `unknown_unit`, `unknown_system`, `note_required`, or the store's.
pub fn answers_bulk(desk: &mut Desk, request: &BulkRequest) -> Result<AnswersView, AppError> {
    let result: ItemResult = request.result.into();
    if request.result == ResultWord::NotApplicable && request.note.trim().is_empty() {
        return Err(AppError::new("note_required"));
    }
    let sheet = Sheet::of(desk)?;
    let (by, at) = (desk.exam()?.examiner.clone(), desk.host.now());
    let mut writes: Vec<Answer> = Vec::new();
    let mut skipped = Vec::new();
    for view in &request.keys {
        let (clause, item) = answerable(desk, &view.clause)?;
        let asked = key(desk, clause, view)?;
        if let Some(why) = out_of_reach(item) {
            skipped.push(left_out(clause, why));
            continue;
        }
        let cells = cells_of(item, &asked);
        if cells.is_empty() {
            skipped.push(left_out(clause, NOT_ASKED));
        }
        for key in keys_for(item, &cells, &sheet.given(item), request.only_open) {
            if writes.iter().any(|w| w.key == key) {
                continue;
            }
            if refused(item, &key, result, &request.note).is_some() {
                skipped.push(left_out(clause, "「得」為許可，未採行不列缺失"));
                continue;
            }
            let before = sheet.exactly(&key).cloned().unwrap_or_else(|| blank(key, &by, at));
            writes.push(Answer {
                result,
                method: request.method.map(Into::into).or(before.method),
                note: if request.note.trim().is_empty() {
                    before.note.clone()
                } else {
                    request.note.trim().to_owned()
                },
                origin: None,
                by: by.clone(),
                at,
                ..before
            });
        }
    }
    drop(sheet);
    let what = format!("{}項答案：{}", writes.len(), word(result));
    let changed = write(desk, what, writes, AnswerAction::Bulk)?;
    answers_view(desk, &changed, skipped)
}

/// The keys to write so that these cells, or the open ones among them, have one result.
fn keys_for(item: &Item, cells: &[Cell<'_>], given: &[&Answer], only_open: bool) -> Vec<AnswerKey> {
    let open = |c: &&Cell<'_>| !only_open || !given.iter().any(|a| c.is_answered_by(a));
    let key = |c: &Cell<'_>| AnswerKey {
        clause: item.clause.clone(),
        unit: c.unit.to_owned(),
        system: c.system.to_owned(),
    };
    let mut keys: Vec<AnswerKey> = cells.iter().filter(open).map(key).collect();
    if !only_open {
        keys.extend(wider(item, cells, given));
    }
    keys
}

/// Answers for several of these cells at once, and for no other: with the cells answered anew, what they said before
/// would stay the worst answer of all.
fn wider(item: &Item, cells: &[Cell<'_>], given: &[&Answer]) -> Vec<AnswerKey> {
    let within = |a: &&&Answer| {
        let covered = cells_of(item, &a.key);
        !covered.is_empty() && covered.iter().all(|c| cells.contains(c))
    };
    given.iter().filter(within).map(|a| a.key.clone()).collect()
}

/// Why a duty or system of an item that applies takes no answer, zh-TW.
pub(crate) const NOT_ASKED: &str = "此部分義務或系統不適用";

/// Why an item takes no answer of many, zh-TW.
pub(crate) fn out_of_reach(item: &Item) -> Option<&'static str> {
    match item.decision.applicability {
        Applicability::NotApplicable => Some("依基本資料不適用"),
        Applicability::Undetermined => Some("適用性待確認"),
        Applicability::Applicable | Applicability::Substituted | Applicability::Waived => None,
    }
}

pub(crate) fn left_out(clause: &Clause, why: &str) -> SkippedView {
    SkippedView { clause: clause.id.to_string(), label: clause.label.clone(), why: why.to_owned() }
}

/// Writes answers in one step that can be taken back; gives their keys.
pub(crate) fn write(
    desk: &mut Desk,
    what: String,
    after: Vec<Answer>,
    action: AnswerAction,
) -> Result<Vec<AnswerKey>, AppError> {
    let keys: Vec<AnswerKey> = after.iter().map(|a| a.key.clone()).collect();
    if after.is_empty() {
        return Ok(keys);
    }
    let (by, at) = (desk.exam()?.examiner.clone(), desk.host.now());
    let before = standing(desk, &keys, &by, at)?;
    let open = desk.exam_mut()?;
    open.store.set_answers(&after, action)?;
    open.undo.push(Step { what, before, after });
    open.redo.clear();
    desk.saved();
    Ok(keys)
}

/// What stands under these keys now, blank where nothing does.
fn standing(desk: &Desk, keys: &[AnswerKey], by: &str, at: Moment) -> Result<Vec<Answer>, AppError> {
    let sheet = Sheet::of(desk)?;
    Ok(keys.iter().map(|k| sheet.exactly(k).cloned().unwrap_or_else(|| blank(k.clone(), by, at))).collect())
}

/// The changed items as lines.
pub(crate) fn answers_view(
    desk: &Desk,
    keys: &[AnswerKey],
    skipped: Vec<SkippedView>,
) -> Result<AnswersView, AppError> {
    let sheet = Sheet::of(desk)?;
    let mut clauses: Vec<&ClauseId> = keys.iter().map(|k| &k.clause).collect();
    clauses.dedup();
    let lines = clauses.iter().filter_map(|id| sheet.line(desk.bundle.clause(id)?)).collect();
    Ok(AnswersView { lines, changed: crate::view::small(keys.len()), skipped })
}

/// Takes the last step of answering back.
///
/// # Errors
/// `nothing_to_undo`, `changed_meanwhile` when an answer is no longer the one that the step wrote, or the store's.
pub fn undo(desk: &mut Desk) -> Result<AnswersView, AppError> {
    let step = desk.exam_mut()?.undo.pop().ok_or_else(|| AppError::new("nothing_to_undo"))?;
    if let Err(e) = turn(desk, &step.after, &step.before, AnswerAction::Undo) {
        if can_be_tried_again(&e) {
            desk.exam_mut()?.undo.push(step);
        }
        return Err(e);
    }
    let keys: Vec<AnswerKey> = step.before.iter().map(|a| a.key.clone()).collect();
    desk.exam_mut()?.redo.push(step);
    answers_view(desk, &keys, Vec::new())
}

/// Brings back what was taken back last.
///
/// # Errors
/// `nothing_to_undo`, `changed_meanwhile`, or the store's.
pub fn redo(desk: &mut Desk) -> Result<AnswersView, AppError> {
    let step = desk.exam_mut()?.redo.pop().ok_or_else(|| AppError::new("nothing_to_undo"))?;
    if let Err(e) = turn(desk, &step.before, &step.after, AnswerAction::Redo) {
        if can_be_tried_again(&e) {
            desk.exam_mut()?.redo.push(step);
        }
        return Err(e);
    }
    let keys: Vec<AnswerKey> = step.after.iter().map(|a| a.key.clone()).collect();
    desk.exam_mut()?.undo.push(step);
    answers_view(desk, &keys, Vec::new())
}

/// Whether a step that failed stays one to take: the store was in the way, a full disk maybe.
fn can_be_tried_again(e: &AppError) -> bool {
    e.key() != "changed_meanwhile"
}

/// Writes `to` where `from` stands. Who and when of what is written stay those of the answers; the journal says who
/// turned them, and when.
fn turn(desk: &mut Desk, from: &[Answer], to: &[Answer], action: AnswerAction) -> Result<(), AppError> {
    let (by, at) = (desk.exam()?.examiner.clone(), desk.host.now());
    let keys: Vec<AnswerKey> = from.iter().map(|a| a.key.clone()).collect();
    let same = |a: &Answer, b: &Answer| {
        let plain = |x: &Answer| Answer { by: String::new(), at, ..x.clone() };
        plain(a) == plain(b)
    };
    let now = standing(desk, &keys, &by, at)?;
    if !now.iter().zip(from).all(|(a, b)| same(a, b)) {
        return Err(AppError::new("changed_meanwhile"));
    }
    desk.exam_mut()?.store.turn_answers(to, action, &by, at)?;
    desk.saved();
    Ok(())
}

/// What undo would take back, zh-TW.
pub(crate) fn next_undo(desk: &Desk) -> Option<String> {
    desk.exam().ok()?.undo.last().map(|s| s.what.clone())
}

/// What redo would bring back, zh-TW.
pub(crate) fn next_redo(desk: &Desk) -> Option<String> {
    desk.exam().ok()?.redo.last().map(|s| s.what.clone())
}
