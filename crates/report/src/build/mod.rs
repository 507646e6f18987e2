//! A dossier to document values. Pure: words, counts and order are decided here, shapes and pages are not.

mod assessment;
mod cells;
mod charts;
mod closing;
mod confirmation;
pub mod count;
pub mod dictionary;
mod evidence;
pub mod field;
pub mod flat;
mod follow_up;
pub mod frames;
pub mod headquarters;
pub mod oscal;
pub mod paper;
pub mod placeholder;
mod print;
pub mod receipt;
mod replies;
mod report;
pub mod request;
pub mod sample;
mod tally;
mod team;
mod test;
mod tick;

pub use assessment::report as assessment;
pub use confirmation::report as confirmation;
pub use evidence::rule_title;
pub use follow_up::report as follow_up;
pub use paper::workbooks;
pub use report::{one_finding, report, report_to_edit};

use crate::{Dossier, FindingPaper};
use fieldbook_model::{Clause, ClauseId, FindingStatus, FindingType, Severity};

/// The findings that a printed document carries: those that were not withdrawn.
fn standing(dossier: &Dossier) -> impl Iterator<Item = &FindingPaper> {
    dossier.findings.iter().filter(|f| f.finding.status != FindingStatus::Withdrawn)
}

/// Those of them that ask something of the firm: good practice does not.
fn asking(dossier: &Dossier) -> impl Iterator<Item = &FindingPaper> {
    standing(dossier).filter(|f| f.finding.kind != FindingType::GoodPractice)
}

/// The grades of the scale, gravest first, and those that it has no more while a finding still has them.
fn used_grades(dossier: &Dossier) -> Vec<Severity> {
    let used = |s: &Severity| {
        dossier.scale.grades().any(|(grade, _)| grade == *s)
            || standing(dossier).any(|f| f.finding.severity == *s)
    };
    Severity::ALL.into_iter().filter(used).collect()
}

/// What a citation names: id, label, document and edition.
fn citation(dossier: &Dossier, clause: &Clause) -> String {
    match dossier.document(clause.id.doc()) {
        Some(doc) => format!("{}　{}　{}（{}）", clause.id, clause.label, doc.title, doc.edition),
        None => format!("{}　{}", clause.id, clause.label),
    }
}

/// The clause's text with the editor's note, marked as not of the text, below it.
pub fn clause_text(clause: &Clause) -> String {
    match &clause.editor_note {
        Some(note) => format!("{}\n【校註】{note}", clause.text),
        None => clause.text.clone(),
    }
}

/// Ids in one line: `COL-C5、COL-D5.1`.
fn ids(clauses: &[ClauseId]) -> String {
    clauses.iter().map(ClauseId::as_str).collect::<Vec<_>>().join("、")
}

/// `personnel.leave_date` as 人員名冊之離職日, a dataset alone as its name; what is not known stays as it is.
fn missing_zh(dossier: &Dossier, key: &str) -> String {
    let (dataset, column) = key.split_once('.').map_or((key, None), |(d, c)| (d, Some(c)));
    let Some(def) = dossier.datasets.iter().find(|d| d.key == dataset) else { return key.to_owned() };
    match column {
        Some(column) => format!("{}之{}", def.zh, def.column(column).map_or(column, |c| &c.zh)),
        None => def.zh.clone(),
    }
}

/// A list of missing things in words.
fn missing_list(dossier: &Dossier, keys: &[String]) -> String {
    keys.iter().map(|key| missing_zh(dossier, key)).collect::<Vec<_>>().join("、")
}

/// Text, or a dash where nobody wrote any.
fn or_dash(text: &str) -> &str {
    if text.trim().is_empty() { "–" } else { text }
}
