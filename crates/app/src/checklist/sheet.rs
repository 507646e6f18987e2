//! What an exam holds about its items, read once for a request: answers and findings by clause.

use crate::dates;
use crate::desk::{Desk, OpenExam};
use crate::error::AppError;
use crate::view;
use crate::wire::{
    AnswerKeyView, AnswerView, FindingRefView, FindingTypeWord, ItemLineView, OriginView, ResultWord,
    StrengthWord,
};
use fieldbook_checklist::Bundle;
use fieldbook_model::{
    Answer, AnswerKey, AnswerOrigin, Clause, ClauseId, Finding, FindingStatus, Item, ItemResult,
};
use std::collections::BTreeMap;

/// Answers and findings of the open exam.
pub(crate) struct Sheet<'a> {
    bundle: &'a Bundle,
    open: &'a OpenExam,
    answers: BTreeMap<ClauseId, Vec<Answer>>,
    findings: Vec<Finding>,
    case_no: String,
}

impl<'a> Sheet<'a> {
    /// Reads the open exam.
    ///
    /// # Errors
    /// `locked`, `no_exam`, or the store's.
    pub(crate) fn of(desk: &'a Desk) -> Result<Self, AppError> {
        let open = desk.exam()?;
        let mut answers: BTreeMap<ClauseId, Vec<Answer>> = BTreeMap::new();
        for answer in open.store.answers()? {
            answers.entry(answer.key.clause.clone()).or_default().push(answer);
        }
        let mut findings = open.store.findings()?;
        findings.retain(|f| f.status != FindingStatus::Withdrawn);
        let case_no = open.store.exam()?.case_no;
        Ok(Self { bundle: &desk.bundle, open, answers, findings, case_no })
    }

    /// Every answer of a clause, notes without a result and answers about what no longer applies among them.
    pub(crate) fn answers(&self, clause: &ClauseId) -> &[Answer] {
        self.answers.get(clause).map_or(&[], Vec::as_slice)
    }

    /// The answer of exactly this key.
    pub(crate) fn exactly(&self, key: &AnswerKey) -> Option<&Answer> {
        self.answers(&key.clause).iter().find(|a| a.key == *key)
    }

    /// The result of an item as a whole.
    pub(crate) fn result(&self, item: &Item) -> ItemResult {
        item.decision.roll_up(&self.given(item))
    }

    /// The answers of an item that have a result.
    pub(crate) fn given(&self, item: &Item) -> Vec<&Answer> {
        self.answers(&item.clause).iter().filter(|a| a.result != ItemResult::NotExamined).collect()
    }

    /// How many answers an item wants and how many of those it has.
    pub(crate) fn progress(&self, item: &Item) -> (usize, usize) {
        let cells = item.decision.cells();
        let given = self.given(item);
        let done = cells.iter().filter(|c| given.iter().any(|a| c.is_answered_by(a))).count();
        (cells.len(), done)
    }

    /// Findings that cite one of these clauses.
    pub(crate) fn findings_citing(&self, clauses: &[&ClauseId]) -> Vec<FindingRefView> {
        self.findings
            .iter()
            .filter(|f| clauses.iter().any(|c| f.clauses.contains(c)))
            .map(|f| FindingRefView {
                no: view::id_number(f.no),
                number: f.number(&self.case_no),
                title: f.title.clone(),
                status: f.status.into(),
            })
            .collect()
    }

    /// One line of the checklist; `None` for what is not answered.
    pub(crate) fn line(&self, clause: &Clause) -> Option<ItemLineView> {
        let item = self.open.item(&clause.id)?;
        let all = self.answers(&clause.id);
        let given = self.given(item);
        let (due, answered) = self.progress(item);
        let awaited: Vec<&str> = all.iter().filter_map(|a| a.awaited.as_deref()).collect();
        let mut by: Vec<String> = given.iter().map(|a| a.by.clone()).collect();
        by.sort();
        by.dedup();
        let notes: Vec<&str> = all.iter().map(|a| a.note.as_str()).filter(|n| !n.is_empty()).collect();
        Some(ItemLineView {
            clause: clause.id.to_string(),
            document: clause.id.doc().to_owned(),
            label: clause.label.clone(),
            text: clause.text.clone(),
            strength: StrengthWord::from(clause.strength),
            applicability: item.decision.applicability.into(),
            reason: item.decision.reason.clone(),
            overridden: item.decision.overridden.is_some(),
            result: ResultWord::from(item.decision.roll_up(&given)),
            failure: item
                .decision
                .failed(&given)
                .and_then(fieldbook_model::Strength::failure)
                .map(FindingTypeWord::from),
            due: view::small(due),
            answered: view::small(answered),
            awaited: (!awaited.is_empty()).then(|| join_words(&awaited)),
            stale: all.iter().any(|a| stale(item, a)),
            taken_over: all.iter().any(|a| a.origin.is_some()),
            findings: view::small(self.findings.iter().filter(|f| f.clauses.contains(&clause.id)).count()),
            topics: self.bundle.crosswalk.topics_of(&clause.id).map(|t| t.code.clone()).collect(),
            notes: notes.join("\n"),
            by,
        })
    }

    /// An answer with what it was taken over from.
    pub(crate) fn answer(&self, item: &Item, a: &Answer) -> AnswerView {
        AnswerView {
            unit: a.key.unit.clone(),
            system: a.key.system.clone(),
            result: a.result.into(),
            method: a.method.map(Into::into),
            mode: a.mode.map(Into::into),
            note: a.note.clone(),
            paper_ref: a.paper_ref.clone(),
            awaited: a.awaited.clone(),
            origin: a.origin.as_ref().map(|o| self.origin(o)),
            stale: stale(item, a),
            by: a.by.clone(),
            at: dates::moment(a.at),
        }
    }

    fn origin(&self, origin: &AnswerOrigin) -> OriginView {
        let label = self.bundle.clause(&origin.key.clause).map(|c| c.label.clone()).unwrap_or_default();
        OriginView { exam: origin.exam.clone(), key: key_view(&origin.key), label }
    }
}

/// What is awaited, without the empty words of a bare flag.
fn join_words(words: &[&str]) -> String {
    words.iter().filter(|w| !w.is_empty()).copied().collect::<Vec<_>>().join("；")
}

/// Whether an answer is about something that the item does not ask: kept, and shown as such.
pub(crate) fn stale(item: &Item, answer: &Answer) -> bool {
    let says = !matches!(answer.result, ItemResult::NotExamined | ItemResult::NotApplicable);
    says && !item.decision.cells().iter().any(|c| c.is_answered_by(answer))
}

/// A key as it crosses.
pub(crate) fn key_view(key: &AnswerKey) -> AnswerKeyView {
    AnswerKeyView { clause: key.clause.to_string(), unit: key.unit.clone(), system: key.system.clone() }
}
