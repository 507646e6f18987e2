//! The checklist of the open exam, and its answers.

use crate::desk::Desk;
use crate::error::AppError;
use crate::view;
use crate::wire::{
    AnswerRequest, ChapterView, ChecklistView, ClauseRequest, DocumentView, ItemView, RelatedRunView,
    ResultWord,
};
use fieldbook_model::{Answer, AppliesWhen, Item, ItemResult};

/// The whole checklist: documents, chapters, items with applicability and result.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn checklist(desk: &Desk) -> Result<ChecklistView, AppError> {
    let open = desk.exam()?;
    let answers = open.store.answers()?;
    let documents = desk.bundle.documents.iter().map(|doc| DocumentView {
        code: doc.code.clone(),
        title: doc.title.clone(),
        issuer: doc.issuer.clone(),
        edition: doc.edition.clone(),
        chapters: doc
            .chapters
            .iter()
            .map(|chapter| ChapterView {
                number: chapter.number.clone(),
                title: chapter.title.clone(),
                items: chapter
                    .clauses
                    .iter()
                    .filter_map(|clause| {
                        let item = open.items.iter().find(|i| i.clause == clause.id)?;
                        Some(view::item_line(clause, item, &of_clause(&answers, item)))
                    })
                    .collect(),
            })
            .filter(|chapter: &ChapterView| !chapter.items.is_empty())
            .collect(),
    });
    Ok(ChecklistView { documents: documents.collect(), counts: view::counts(&open.items) })
}

/// The answers of one item, none for systems that were taken from the register.
pub(crate) fn of_clause<'a>(answers: &'a [Answer], item: &Item) -> Vec<&'a Answer> {
    answers.iter().filter(|a| a.clause == item.clause && a.result != ItemResult::NotExamined).collect()
}

/// One item in full.
///
/// # Errors
/// `unknown_clause`, `not_answerable`, or the store's.
pub fn item(desk: &Desk, request: &ClauseRequest) -> Result<ItemView, AppError> {
    let clause = view::clause(&desk.bundle, &request.clause)?;
    let open = desk.exam()?;
    let item =
        open.items.iter().find(|i| i.clause == clause.id).ok_or_else(|| AppError::new("not_answerable"))?;
    let answers = open.store.answers()?;
    let own = of_clause(&answers, item);
    let runs = open.store.latest_runs()?;
    let doc = view::document(&desk.bundle, &clause.id);
    let tests = desk.bundle.procedures.iter().filter(|p| p.procedure.clauses.contains(&clause.id));
    Ok(ItemView {
        line: view::item_line(clause, item, &own),
        document: doc.map(|d| d.title.clone()).unwrap_or_default(),
        title_note: doc.and_then(|d| d.title_note.clone()),
        edition: doc.map(|d| d.edition.clone()).unwrap_or_default(),
        context: clause.context.clone(),
        editor_note: clause.editor_note.clone(),
        applies_note: clause.applies.as_ref().and_then(|a| a.note.clone()),
        params: clause.params.iter().map(|p| p.text.clone()).collect(),
        source_line: clause.source_line,
        systems: item.decision.systems.clone(),
        answers: own.into_iter().map(view::answer).collect(),
        procedures: tests
            .map(|p| RelatedRunView {
                procedure: p.procedure.id.clone(),
                title: p.procedure.title.clone(),
                run: runs.iter().find(|r| r.procedure == p.procedure.id).map(|r| view::run(&desk.bundle, r)),
            })
            .collect(),
    })
}

/// Records an answer. A result other than 符合 needs a note or may come back as an open point at the gate.
///
/// # Errors
/// `unknown_clause`, `not_answerable`, `unknown_system`, `note_required` (不適用 against the profile), or the store's.
pub fn answer(desk: &mut Desk, request: &AnswerRequest) -> Result<ItemView, AppError> {
    let clause = view::clause(&desk.bundle, &request.clause)?.id.clone();
    let now = desk.host.now();
    let open = desk.exam_mut()?;
    let item =
        open.items.iter().find(|i| i.clause == clause).ok_or_else(|| AppError::new("not_answerable"))?;
    if !request.system.is_empty() && !open.store.exam()?.systems.iter().any(|s| s.name == request.system) {
        return Err(AppError::new("unknown_system"));
    }
    let against_profile = request.result == ResultWord::NotApplicable
        && item.decision.applicability != fieldbook_model::Applicability::NotApplicable;
    if against_profile && request.note.trim().is_empty() {
        return Err(AppError::new("note_required"));
    }
    open.store.set_answer(&Answer {
        clause,
        system: request.system.clone(),
        result: request.result.into(),
        method: request.method.map(Into::into),
        note: request.note.trim().to_owned(),
        paper_ref: request.paper_ref.trim().to_owned(),
        by: open.examiner.clone(),
        at: now,
    })?;
    desk.saved();
    item_of(desk, &request.clause)
}

fn item_of(desk: &Desk, clause: &str) -> Result<ItemView, AppError> {
    item(desk, &ClauseRequest { clause: clause.to_owned() })
}

/// When a clause applies, in the notation of the checklist files.
#[must_use]
pub fn applies_text(applies: &AppliesWhen) -> String {
    let mut out = fieldbook_checklist::predicate_text(&applies.firm);
    for (name, predicate) in [
        ("per_system", &applies.per_system),
        ("substituted", &applies.substituted),
        ("waived", &applies.waived),
    ] {
        if let Some(predicate) = predicate {
            out.push_str(&format!("; {name}: {}", fieldbook_checklist::predicate_text(predicate)));
        }
    }
    out
}
