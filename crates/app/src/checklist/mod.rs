//! The checklist of the open exam: its items, what belongs to each, and their answers.

mod answering;
mod patterns;
mod periods;
mod related;
mod scope;
mod sheet;
mod take_over;

pub use answering::{answer, answers_bulk, redo, undo};
pub use patterns::patterns;
pub use scope::applicability_set;
pub use take_over::{copy, copy_preview};

pub(crate) use answering::{Step, answers_view, cells_of, left_out, next_redo, next_undo, write};
pub(crate) use patterns::pattern;
pub(crate) use periods::{LastDates, last_date_sql};
pub(crate) use sheet::{Sheet, stale};

pub use fieldbook_checklist::Bundle;

use crate::desk::Desk;
use crate::error::AppError;
use crate::view;
use crate::wire::{
    AnchorView, ChapterView, ChecklistView, ClauseRequest, DocumentRequest, DocumentView, ItemView,
    OverriddenView, PhraseRequest, SourceTextView, TopicHeadView, UnitView,
};
use fieldbook_model::{AppliesWhen, Clause, ClauseId, Item};

/// The whole checklist: documents, chapters, items with applicability and result.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn checklist(desk: &Desk) -> Result<ChecklistView, AppError> {
    let open = desk.exam()?;
    let sheet = Sheet::of(desk)?;
    let documents = desk.bundle.documents.iter().map(|doc| DocumentView {
        code: doc.code.clone(),
        title: doc.title.clone(),
        issuer: doc.issuer.clone(),
        edition: doc.edition.clone(),
        version: doc.version.clone(),
        chapters: doc
            .chapters
            .iter()
            .map(|chapter| ChapterView {
                number: chapter.number.clone(),
                title: chapter.title.clone(),
                items: chapter.clauses.iter().filter_map(|clause| sheet.line(clause)).collect(),
            })
            .filter(|chapter: &ChapterView| !chapter.items.is_empty())
            .collect(),
    });
    let topics = desk.bundle.crosswalk.topics.iter().filter(|t| !t.clauses.is_empty());
    Ok(ChecklistView {
        documents: documents.collect(),
        counts: view::counts(&open.items),
        topics: topics.map(|t| TopicHeadView { code: t.code.clone(), title: t.title.clone() }).collect(),
        examiner: open.examiner.clone(),
    })
}

/// A clause that is answered in this exam, with its item.
pub(crate) fn answerable<'a>(desk: &'a Desk, clause: &str) -> Result<(&'a Clause, &'a Item), AppError> {
    let clause = view::clause(&desk.bundle, clause)?;
    let item = desk.exam()?.item(&clause.id).ok_or_else(|| AppError::new("not_answerable"))?;
    Ok((clause, item))
}

/// One item in full.
///
/// # Errors
/// `unknown_clause`, `not_answerable`, or the store's.
pub fn item(desk: &Desk, request: &ClauseRequest) -> Result<ItemView, AppError> {
    let (clause, item) = answerable(desk, &request.clause)?;
    let sheet = Sheet::of(desk)?;
    let doc = view::document(&desk.bundle, &clause.id);
    let runs = desk.exam()?.store.latest_runs()?;
    Ok(ItemView {
        line: sheet.line(clause).ok_or_else(|| AppError::new("not_answerable"))?,
        document: doc.map(|d| d.title.clone()).unwrap_or_default(),
        title_note: doc.and_then(|d| d.title_note.clone()),
        edition: doc.map(|d| d.edition.clone()).unwrap_or_default(),
        version: doc.map(|d| d.version.clone()).unwrap_or_default(),
        context: clause.context.clone(),
        editor_note: clause.editor_note.clone(),
        applies_note: clause.applies.as_ref().and_then(|a| a.note.clone()),
        params: clause.params.iter().map(|p| p.text.clone()).collect(),
        source_line: clause.source_line,
        systems: item.decision.systems.clone(),
        units: units(clause, item),
        asks_mode: doc.is_some_and(|d| d.asks_mode),
        answers: sheet.answers(&clause.id).iter().map(|a| sheet.answer(item, a)).collect(),
        overridden: overridden(item),
        periods: periods::of(desk, &clause.id)?,
        topics: related::topics(desk, &clause.id)?,
        relatives: related::relatives(desk, &sheet, &clause.id),
        patterns: patterns::codes(desk, &clause.id),
        procedures: related::procedures(desk, &runs, |p| p.clauses.contains(&clause.id)),
        phrases: related::phrases(desk, &clause.id)?,
        findings: sheet.findings_citing(&[&clause.id]),
    })
}

/// The duties of a clause with every system that was looked at, those that it does not apply to among them.
fn units(clause: &Clause, item: &Item) -> Vec<UnitView> {
    let decision = &item.decision;
    let unit = |unit: &fieldbook_model::UnitDecision| {
        let words = clause.units.iter().find(|u| u.id == unit.unit);
        let cell = |system: &str, applicability, reason: &str| crate::wire::CellView {
            system: system.to_owned(),
            applicability,
            reason: reason.to_owned(),
        };
        let mut cells: Vec<_> =
            unit.systems.iter().map(|s| cell(&s.system, s.applicability.into(), &s.reason)).collect();
        let asked = decision.cells();
        if asked.iter().any(|c| c.unit == unit.unit && c.system.is_empty()) || cells.is_empty() {
            cells.insert(0, cell("", unit.applicability.into(), &decision.reason));
        }
        UnitView {
            unit: unit.unit.clone(),
            text: words.map(|u| u.text.clone()).unwrap_or_default(),
            strength: unit.strength.into(),
            applicability: unit.applicability.into(),
            failure: unit.strength.failure().map(Into::into),
            cells,
        }
    };
    decision.units.iter().map(unit).collect()
}

fn overridden(item: &Item) -> Option<OverriddenView> {
    item.decision.overridden.as_ref().map(|o| OverriddenView {
        reason: o.by.reason.clone(),
        by: o.by.by.clone(),
        at: crate::dates::moment(o.by.at),
        profile: o.profile.into(),
        profile_reason: o.profile_reason.clone(),
    })
}

pub(crate) fn item_of(desk: &Desk, clause: &ClauseId) -> Result<ItemView, AppError> {
    item(desk, &ClauseRequest { clause: clause.to_string() })
}

/// Keeps a phrase for a clause, in every exam of the vault.
///
/// # Errors
/// `required`, `unknown_clause`, `not_answerable`, or the store's.
pub fn phrase_keep(desk: &mut Desk, request: &PhraseRequest) -> Result<ItemView, AppError> {
    let text = request.text.trim().to_owned();
    if text.is_empty() {
        return Err(AppError::new("required").with("field", "詞句"));
    }
    let clause = answerable(desk, &request.clause)?.0.id.clone();
    let (by, at) = (desk.exam()?.examiner.clone(), desk.host.now());
    desk.vault_mut()?.vault.keep_phrase(&clause, &text, &by, at)?;
    desk.saved();
    item_of(desk, &clause)
}

/// Drops a phrase that was kept.
///
/// # Errors
/// `unknown_clause`, `not_answerable`, or the store's.
pub fn phrase_drop(desk: &mut Desk, request: &PhraseRequest) -> Result<ItemView, AppError> {
    let clause = answerable(desk, &request.clause)?.0.id.clone();
    desk.vault_mut()?.vault.drop_phrase(&clause, request.text.trim())?;
    desk.saved();
    item_of(desk, &clause)
}

/// 原文: a document as it was received, with the place of each clause.
///
/// # Errors
/// `unknown_document`.
pub fn source_text(desk: &Desk, request: &DocumentRequest) -> Result<SourceTextView, AppError> {
    let doc = desk
        .bundle
        .document(&request.document)
        .ok_or_else(|| AppError::new("unknown_document").with("field", &request.document))?;
    let anchor =
        |c: &Clause| AnchorView { clause: c.id.to_string(), label: c.label.clone(), line: c.source_line };
    Ok(SourceTextView {
        document: doc.code.clone(),
        title: doc.title.clone(),
        edition: doc.edition.clone(),
        sha256: doc.source_sha256.clone(),
        lines: doc.source.lines().map(str::to_owned).collect(),
        anchors: doc.clauses().map(anchor).collect(),
    })
}

/// A condition in the notation of the checklist files.
#[must_use]
pub fn condition_text(condition: &fieldbook_model::Predicate) -> String {
    fieldbook_checklist::predicate_text(condition)
}

/// When a clause applies, in the notation of the checklist files.
#[must_use]
pub fn applies_text(applies: &AppliesWhen) -> String {
    let mut out = fieldbook_checklist::predicate_text(&applies.firm);
    for (name, predicate) in [
        ("per_system", &applies.per_system),
        ("substituted", &applies.substituted),
        ("waived", &applies.waived),
        ("out_of_scope", &applies.out_of_scope),
    ] {
        if let Some(predicate) = predicate {
            out.push_str(&format!("; {name}: {}", fieldbook_checklist::predicate_text(predicate)));
        }
    }
    out
}
