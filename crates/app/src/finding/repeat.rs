//! 重複缺失: earlier findings of the firm that one of now may repeat, proposed by clause and topic; a person confirms.
//! And phrases for the parts of a finding.

use crate::dates;
use crate::desk::Desk;
use crate::error::AppError;
use crate::wire::{EarlierFindingView, FindingNoRequest, FindingPhraseView, RepeatView};
use fieldbook_model::{ClauseId, EarlierFinding, Finding, PhrasePart};
use fieldbook_vault::IndexedFinding;
use std::collections::BTreeSet;

/// Dataset of registers that were imported.
const REGISTER: &str = "finding_register";
/// Rows of a register that are looked at.
const REGISTER_ROWS: u64 = 2_000;
/// How far a chain is followed: more repeats than exams that anybody remembers.
const LONGEST: usize = 50;

fn finding(desk: &Desk, no: i64) -> Result<Finding, AppError> {
    let found = desk.exam()?.store.findings()?.into_iter().find(|f| f.no == no);
    found.ok_or_else(|| AppError::new("unknown_finding"))
}

/// Earlier findings of the firm that a finding may repeat: those about one of its clauses, then those about a clause of
/// the same topic, then those of registers that name one of its clauses or topics.
///
/// # Errors
/// `unknown_finding`, `locked`, `no_exam`, or the store's.
pub fn repeats(desk: &Desk, request: &FindingNoRequest) -> Result<Vec<RepeatView>, AppError> {
    let open = desk.exam()?;
    let exam = open.store.exam()?;
    let f = finding(desk, request.no)?;
    let topics = topics(desk, &f.clauses);
    let mut out: Vec<(u8, RepeatView)> = Vec::new();
    let before = |i: &&IndexedFinding| i.exam != exam.id && i.firm == exam.firm && i.as_of <= exam.as_of;
    for i in desk.vault()?.vault.all_findings()?.iter().filter(before) {
        let same: Vec<&str> =
            i.clauses.iter().filter(|c| f.clauses.contains(c)).map(ClauseId::as_str).collect();
        let topic = topics.iter().find(|(code, _)| topics_of(desk, &i.clauses).contains(code));
        let (rank, why) = match (same.is_empty(), topic) {
            (false, _) => (0, format!("同一條文：{}", same.join("、"))),
            (true, Some((_, title))) => (1, format!("同一主題：{title}")),
            (true, None) => continue,
        };
        let earlier = EarlierFindingView {
            exam: i.exam.to_string(),
            number: i.number.clone(),
            title: i.title.clone(),
            found_on: i.as_of.to_string(),
        };
        out.push((rank, RepeatView { earlier, why, status: Some(i.status.into()) }));
    }
    out.extend(registered(desk, &f, &topics)?.into_iter().map(|view| (2, view)));
    out.sort_by_key(|(rank, _)| *rank);
    Ok(out.into_iter().map(|(_, view)| view).collect())
}

fn topics_of(desk: &Desk, clauses: &[ClauseId]) -> BTreeSet<String> {
    clauses.iter().flat_map(|c| desk.bundle.crosswalk.topics_of(c)).map(|t| t.code.clone()).collect()
}

/// Codes and titles of the topics of these clauses.
fn topics(desk: &Desk, clauses: &[ClauseId]) -> BTreeSet<(String, String)> {
    let all = clauses.iter().flat_map(|c| desk.bundle.crosswalk.topics_of(c));
    all.map(|t| (t.code.clone(), t.title.clone())).collect()
}

/// Lines of imported registers whose text names a clause or a topic of the finding.
fn registered(
    desk: &Desk,
    f: &Finding,
    topics: &BTreeSet<(String, String)>,
) -> Result<Vec<RepeatView>, AppError> {
    let open = desk.exam()?;
    if desk.bundle.dataset(REGISTER).is_none() {
        return Ok(Vec::new());
    }
    let labels: Vec<String> = f
        .clauses
        .iter()
        .filter_map(|c| desk.bundle.clause(c))
        .flat_map(|c| [c.id.to_string(), c.label.clone()])
        .collect();
    let mut out = Vec::new();
    let register = open.store.dataset_rows(REGISTER, 0, REGISTER_ROWS, None)?;
    for row in &register.rows {
        let text = |key: &str| {
            let at = register.columns.iter().position(|c| c == key);
            at.and_then(|at| row.cells.get(at)?.text.clone()).unwrap_or_default()
        };
        let (number, title) = (text("finding_no"), text("description"));
        let named = labels.iter().find(|label| label.chars().count() > 3 && title.contains(label.as_str()));
        let topic = topics.iter().find(|(_, topic)| title.contains(topic.as_str()));
        let why = match (named, topic) {
            (Some(label), _) => format!("登記簿提及：{label}"),
            (None, Some((_, topic))) => format!("登記簿提及主題：{topic}"),
            (None, None) => continue,
        };
        let earlier = EarlierFindingView { exam: String::new(), number, title, found_on: text("found_at") };
        out.push(RepeatView { earlier, why, status: None });
    }
    Ok(out)
}

/// What a finding repeats, what that one repeated, and so on; the latest first.
///
/// # Errors
/// `locked`, or the store's.
pub(crate) fn chain(desk: &Desk, f: &Finding) -> Result<Vec<EarlierFinding>, AppError> {
    let Some(first) = f.repeat_of.clone() else { return Ok(Vec::new()) };
    let all = desk.vault()?.vault.all_findings()?;
    let mut out = vec![first];
    while let Some(last) = out.last().filter(|last| !last.exam.is_empty() && out.len() < LONGEST) {
        let earlier = all.iter().find(|i| i.exam.as_str() == last.exam && i.number == last.number);
        let Some(next) = earlier.and_then(|i| i.repeat_of.clone()) else { break };
        if out.contains(&next) {
            break;
        }
        out.push(next);
    }
    Ok(out)
}

pub(super) fn views(chain: &[EarlierFinding]) -> Vec<EarlierFindingView> {
    chain
        .iter()
        .map(|e| EarlierFindingView {
            exam: e.exam.clone(),
            number: e.number.clone(),
            title: e.title.clone(),
            found_on: dates::optional(e.found_on),
        })
        .collect()
}

/// Phrases for the parts of a finding, those of its clauses first; `no` 0 for those of every finding.
///
/// # Errors
/// `unknown_finding`, `locked`, `no_exam`, or the store's.
pub fn phrases(desk: &Desk, request: &FindingNoRequest) -> Result<Vec<FindingPhraseView>, AppError> {
    let clauses = match request.no {
        0 => Vec::new(),
        no => finding(desk, no)?.clauses,
    };
    let mut out: Vec<FindingPhraseView> = Vec::new();
    for part in [PhrasePart::Cause, PhrasePart::Effect, PhrasePart::Recommendation] {
        let of_clauses = clauses.iter().flat_map(|c| desk.bundle.phrases_for(part, c, None));
        let general = desk
            .bundle
            .phrases
            .iter()
            .filter(|p| p.part == part && p.clauses.is_empty() && p.topics.is_empty());
        for phrase in of_clauses.chain(general) {
            if !out.iter().any(|p| p.text == phrase.text) {
                out.push(FindingPhraseView { part: part.into(), text: phrase.text.clone() });
            }
        }
    }
    Ok(out)
}
