//! Deficiency patterns: 查核發現 and 現行規範 side by side, each a starting point for a finding.

use super::related::{clause_ref, procedures};
use super::sheet::Sheet;
use crate::desk::Desk;
use crate::error::AppError;
use crate::view;
use crate::wire::{CriterionView, PatternView, ResultWord};
use fieldbook_model::{ClauseId, Pattern};

/// Codes of the patterns that a clause states or is a criterion of.
pub(super) fn codes(desk: &Desk, clause: &ClauseId) -> Vec<String> {
    let holds = |p: &&Pattern| p.clause == *clause || p.criteria.contains(clause);
    desk.bundle.patterns.iter().filter(holds).map(|p| p.code.clone()).collect()
}

/// The pattern of this code.
pub(crate) fn pattern<'a>(desk: &'a Desk, code: &str) -> Result<&'a Pattern, AppError> {
    let found = desk.bundle.patterns.iter().find(|p| p.code == code);
    found.ok_or_else(|| AppError::new("unknown_pattern").with("field", code))
}

/// The patterns of the exam's checklists.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn patterns(desk: &Desk) -> Result<Vec<PatternView>, AppError> {
    let sheet = Sheet::of(desk)?;
    let runs = desk.exam()?.store.latest_runs()?;
    let view = |p: &Pattern| -> Result<PatternView, AppError> {
        let clause = desk.bundle.clause(&p.clause).ok_or_else(|| AppError::new("unknown_clause"))?;
        let item = desk.exam()?.item(&p.clause).ok_or_else(|| AppError::new("not_answerable"))?;
        let cited: Vec<&ClauseId> = std::iter::once(&p.clause).chain(&p.criteria).collect();
        Ok(PatternView {
            code: p.code.clone(),
            finding: view::clause_text(&desk.bundle, clause),
            applicability: item.decision.applicability.into(),
            reason: item.decision.reason.clone(),
            result: sheet.result(item).into(),
            criteria: p.criteria.iter().filter_map(|id| criterion(desk, &sheet, id)).collect(),
            procedures: procedures(desk, &runs, |x| p.procedures.contains(&x.id)),
            findings: sheet.findings_citing(&cited),
        })
    };
    desk.bundle.patterns.iter().map(view).collect()
}

fn criterion(desk: &Desk, sheet: &Sheet<'_>, id: &ClauseId) -> Option<CriterionView> {
    let clause = desk.bundle.clause(id)?;
    let item = desk.exam().ok()?.item(id);
    let same = desk.bundle.crosswalk.pairs_of(id).map(|(_, other)| clause_ref(&desk.bundle, other));
    Some(CriterionView {
        text: view::clause_text(&desk.bundle, clause),
        applicability: item.map(|i| i.decision.applicability.into()),
        result: item.map_or(ResultWord::NotExamined, |i| sheet.result(i).into()),
        same: same.collect(),
    })
}
