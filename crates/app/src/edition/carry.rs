//! Carrying the answers of an earlier exam to a new one, only where the text of the law is the same.

use super::law::{Law, by_hash};
use crate::checklist::{Sheet, cells_of, write};
use crate::desk::Desk;
use crate::error::AppError;
use crate::wire::{AnswersView, CarryLineView, CarryView, ExamRequest};
use fieldbook_checklist::{Bundle, same_text};
use fieldbook_model::{Answer, AnswerOrigin, Applicability, Exam, ExamId, ItemResult};
use fieldbook_vault::AnswerAction;
use std::sync::Arc;

/// An exam from which answers come.
struct Earlier {
    exam: Exam,
    answers: Vec<Answer>,
    bundle: Arc<Bundle>,
}

fn earlier(desk: &Desk, request: &ExamRequest) -> Result<Earlier, AppError> {
    let unknown = || AppError::new("unknown_exam");
    let id = ExamId::parse(&request.exam).map_err(|_| unknown())?;
    if desk.exam()?.store.id() == &id {
        return Err(AppError::new("same_exam"));
    }
    let vault = &desk.vault()?.vault;
    if !vault.exams()?.iter().any(|h| h.id == id) {
        return Err(unknown());
    }
    let store = vault.open_exam(&id, &desk.law.bundle.datasets)?;
    let bundle = match store.law_sha256()? {
        Some(sha256) => by_hash(desk, &sha256)?,
        None => Law::built_in()?.bundle,
    };
    let mut answers = store.answers()?;
    answers.retain(|a| a.result != ItemResult::NotExamined);
    let place = |a: &Answer| bundle.clauses().position(|c| c.id == a.key.clause);
    answers.sort_by_cached_key(place);
    Ok(Earlier { exam: store.exam()?, answers, bundle })
}

/// Why an answer has to be given anew, zh-TW; `None` when it can be carried.
fn again(desk: &Desk, sheet: &Sheet<'_>, from: &Earlier, answer: &Answer) -> Option<String> {
    let because = |why: &str| Some(why.to_owned());
    let Ok(open) = desk.exam() else { return because("尚未開啟查核案") };
    let Some(item) = open.item(&answer.key.clause) else { return because("本案檢查表已無此項目") };
    if !same_text(&from.bundle, &desk.bundle, &answer.key.clause) {
        return because("條文文字已變更");
    }
    match item.decision.applicability {
        Applicability::NotApplicable => return because("本案不適用"),
        Applicability::Undetermined => return because("本案適用性待確認"),
        Applicability::Applicable | Applicability::Substituted | Applicability::Waived => {}
    }
    if !item.decision.cells().iter().any(|c| c.is_answered_by(answer)) {
        return because("本案無此系統或此部分義務");
    }
    let given = sheet.given(item);
    if cells_of(item, &answer.key).iter().any(|c| given.iter().any(|a| c.is_answered_by(a))) {
        return because("本案已有結果");
    }
    if sheet.exactly(&answer.key).is_some_and(|a| !a.note.is_empty() || !a.paper_ref.is_empty()) {
        return because("本案已有說明");
    }
    None
}

/// What carrying the answers of another exam would do; nothing is stored.
///
/// # Errors
/// `unknown_exam`, `same_exam`, `locked`, `no_exam`, or the store's.
pub fn carry_preview(desk: &Desk, request: &ExamRequest) -> Result<CarryView, AppError> {
    let from = earlier(desk, request)?;
    let sheet = Sheet::of(desk)?;
    let lines: Vec<CarryLineView> = from
        .answers
        .iter()
        .map(|a| CarryLineView {
            clause: a.key.clause.to_string(),
            label: from.bundle.clause(&a.key.clause).map(|c| c.label.clone()).unwrap_or_default(),
            unit: a.key.unit.clone(),
            system: a.key.system.clone(),
            result: a.result.into(),
            note: a.note.clone(),
            again: again(desk, &sheet, &from, a).unwrap_or_default(),
        })
        .collect();
    let carried = lines.iter().filter(|l| l.again.is_empty()).count();
    Ok(CarryView {
        firm: from.exam.firm,
        case_no: from.exam.case_no,
        lines,
        carried: crate::view::small(carried),
    })
}

/// Carries the answers whose clause has the same text; each says which exam it comes from.
///
/// # Errors
/// As [`carry_preview`].
pub fn carry(desk: &mut Desk, request: &ExamRequest) -> Result<AnswersView, AppError> {
    let from = earlier(desk, request)?;
    let (by, at) = (desk.exam()?.examiner.clone(), desk.host.now());
    let sheet = Sheet::of(desk)?;
    let mut writes = Vec::new();
    let mut skipped = Vec::new();
    for answer in &from.answers {
        match again(desk, &sheet, &from, answer) {
            None => writes.push(Answer {
                // What was owed then is not owed now; what this exam waits for still is.
                awaited: sheet.exactly(&answer.key).and_then(|a| a.awaited.clone()),
                origin: Some(AnswerOrigin { exam: from.exam.id.to_string(), key: answer.key.clone() }),
                by: by.clone(),
                at,
                ..answer.clone()
            }),
            Some(why) => skipped
                .extend(from.bundle.clause(&answer.key.clause).map(|c| crate::checklist::left_out(c, &why))),
        }
    }
    drop(sheet);
    let what = format!("沿用前次查核{}項答案", writes.len());
    let changed = write(desk, what, writes, AnswerAction::Carry)?;
    crate::checklist::answers_view(desk, &changed, skipped)
}
