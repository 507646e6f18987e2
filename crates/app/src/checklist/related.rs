//! What an item has to do with: topics, clauses of other documents, procedures, phrases.

use super::sheet::Sheet;
use crate::desk::Desk;
use crate::error::AppError;
use crate::view;
use crate::wire::{
    ClauseRefView, GoverningView, PhraseView, RelatedRunView, RelativeView, ResultWord, TopicView,
};
use fieldbook_checklist::Bundle;
use fieldbook_model::{ClauseId, FactValue, Governing, Licence, PhrasePart, Procedure, Profile, Run};

/// A clause by id and label.
pub(crate) fn clause_ref(bundle: &Bundle, id: &ClauseId) -> ClauseRefView {
    let label = bundle.clause(id).map(|c| c.label.clone()).unwrap_or_default();
    ClauseRefView { clause: id.to_string(), label }
}

/// The topics of a clause, with the values that govern.
pub(super) fn topics(desk: &Desk, clause: &ClauseId) -> Result<Vec<TopicView>, AppError> {
    let profile = desk.exam()?.store.exam()?.profile;
    let governing = |g: &Governing| GoverningView {
        licence: g.licence.into(),
        subject: g.subject.clone(),
        value: g.value.clone(),
        strength: g.strength.into(),
        clauses: g.clauses.iter().map(|c| clause_ref(&desk.bundle, c)).collect(),
        note: g.note.clone(),
        here: governs(&profile, g.licence),
    };
    let topics = desk.bundle.crosswalk.topics_of(clause);
    Ok(topics
        .map(|t| TopicView {
            code: t.code.clone(),
            title: t.title.clone(),
            relation: t.relation.into(),
            difference: t.difference.clone(),
            governing: t.governing.iter().map(governing).collect(),
        })
        .collect())
}

/// Whether a firm has a licence; `None` while that is unknown. With both licences the values of either do not govern
/// alone.
fn governs(profile: &Profile, licence: Licence) -> Option<bool> {
    let known = |code: &str| match profile.get(code).map(|f| &f.value) {
        Some(FactValue::Yes) => Some(true),
        Some(FactValue::No) => Some(false),
        _ => None,
    };
    let (securities, futures) = (known("is_sec"), known("is_fcm"));
    match licence {
        Licence::Securities => securities,
        Licence::Futures => futures,
        Licence::Both => match (securities, futures) {
            (Some(a), Some(b)) => Some(a && b),
            (Some(false), _) | (_, Some(false)) => Some(false),
            _ => None,
        },
    }
}

/// Clauses of the same topics or with the same rule: those that bind the firm first, then in document order.
pub(super) fn relatives(desk: &Desk, sheet: &Sheet<'_>, clause: &ClauseId) -> Vec<RelativeView> {
    let crosswalk = &desk.bundle.crosswalk;
    let topics: Vec<_> = crosswalk.topics_of(clause).collect();
    let mut out: Vec<RelativeView> = Vec::new();
    for other in desk.bundle.clauses().filter(|c| c.id != *clause) {
        let shared =
            topics.iter().filter(|t| t.clauses.contains(&other.id) || t.background.contains(&other.id));
        let codes: Vec<String> = shared.map(|t| t.code.clone()).collect();
        let pair = crosswalk.pairs_of(clause).find(|(_, id)| **id == other.id).map(|(p, _)| p);
        if codes.is_empty() && pair.is_none() {
            continue;
        }
        let item = desk.exam().ok().and_then(|open| open.item(&other.id));
        let (due, answered) = item.map_or((0, 0), |i| sheet.progress(i));
        out.push(RelativeView {
            clause: other.id.to_string(),
            document: other.id.doc().to_owned(),
            label: other.label.clone(),
            text: other.text.clone(),
            strength: other.strength.into(),
            applicability: item.map(|i| i.decision.applicability.into()),
            result: item.map_or(ResultWord::NotExamined, |i| sheet.result(i).into()),
            due: view::small(due),
            answered: view::small(answered),
            findings: sheet.findings_citing(&[&other.id]),
            topics: codes,
            pair: pair.map(|p| p.relation.into()),
            note: pair.map(|p| p.note.clone()).unwrap_or_default(),
        });
    }
    let binds = |r: &RelativeView| match r.applicability {
        Some(crate::wire::ApplicabilityWord::NotApplicable) => 1,
        None => 2,
        Some(_) => 0,
    };
    out.sort_by_key(binds);
    out
}

/// Procedures that `tests` picks, each with its latest run.
pub(super) fn procedures(
    desk: &Desk,
    runs: &[Run],
    tests: impl Fn(&Procedure) -> bool,
) -> Vec<RelatedRunView> {
    let picked = desk.bundle.procedures.iter().filter(|p| tests(&p.procedure));
    picked
        .map(|p| RelatedRunView {
            procedure: p.procedure.id.clone(),
            title: p.procedure.title.clone(),
            run: runs.iter().find(|r| r.procedure == p.procedure.id).map(|r| view::run(&desk.bundle, r)),
        })
        .collect()
}

/// Phrases for the note: the examiners' own first, then those of the clause, of its topics, of all.
pub(super) fn phrases(desk: &Desk, clause: &ClauseId) -> Result<Vec<PhraseView>, AppError> {
    let own = desk.vault()?.vault.phrases()?;
    let mut out: Vec<PhraseView> = own
        .into_iter()
        .filter(|(id, _)| id == clause)
        .map(|(_, text)| PhraseView { text, results: Vec::new(), own: true })
        .collect();
    out.extend(desk.bundle.phrases_for(PhrasePart::Note, clause, None).into_iter().map(|p| PhraseView {
        text: p.text.clone(),
        results: p.results.iter().map(|r| (*r).into()).collect(),
        own: false,
    }));
    Ok(out)
}
