//! What a dossier says must stand in its papers, taken from the dossier itself and from nothing that a paper was built
//! with.

use super::{Missing, MissingKind};
use crate::build::{clause_text, paper, rule_title};
use crate::{Dossier, FindingPaper, ItemLine, TestPaper, words};
use fieldbook_model::{Answer, Evidence, ExceptionRow, ReviewNote};

/// Something that must stand in one line of a sheet.
pub struct Claim {
    /// 底稿編號.
    pub paper: String,
    /// Name of the sheet.
    pub sheet: &'static str,
    /// What the first line of the first cell may be.
    pub keys: Vec<String>,
    /// Cells of the line.
    pub cells: Vec<String>,
    /// Parts of cells of the line.
    pub parts: Vec<String>,
    /// What is missing when there is no such line.
    pub missing: Missing,
}

/// Everything that is claimed of the papers, the exceptions aside, of which there are too many for one list.
pub fn claims(dossier: &Dossier) -> Vec<Claim> {
    let mut claims = Vec::new();
    for item in &dossier.items {
        claims.push(of_item(item));
        claims.extend(item.answers.iter().map(|answer| of_answer(item, answer)));
    }
    for finding in &dossier.findings {
        claims.extend(of_finding(dossier, finding));
    }
    claims.extend(dossier.evidence.iter().map(of_evidence));
    claims.extend(dossier.notes.iter().map(of_note));
    claims
}

/// A claim without cells yet.
fn claim(paper: &str, sheet: &'static str, keys: Vec<String>, kind: MissingKind, which: String) -> Claim {
    let missing = Missing { paper: paper.to_owned(), kind, which };
    Claim { paper: paper.to_owned(), sheet, keys, cells: Vec::new(), parts: Vec::new(), missing }
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.into_iter().filter(|text| !text.trim().is_empty()).map(str::to_owned).collect()
}

fn checklist(item: &ItemLine, keys: Vec<String>, kind: MissingKind) -> Claim {
    let which = keys.last().cloned().unwrap_or_default();
    let paper = paper::checklist_number(item.clause.id.doc());
    claim(&paper, paper::CHECKLIST_SHEET, keys, kind, which)
}

fn of_item(item: &ItemLine) -> Claim {
    let keys = vec![item.clause.id.to_string()];
    let cells = vec![clause_text(&item.clause)];
    Claim { cells, parts: texts([&item.clause.label]), ..checklist(item, keys, MissingKind::Item) }
}

fn of_answer(item: &ItemLine, answer: &Answer) -> Claim {
    let mut keys = vec![item.clause.id.to_string()];
    if !answer.key.unit.is_empty() {
        keys.push(format!("{}（{}）", item.clause.id, answer.key.unit));
    } else {
        // Beside the answers of its cells an answer for all of them has no line but theirs.
        keys.extend(item.clause.units.iter().map(|unit| format!("{}（{}）", item.clause.id, unit.id)));
        keys.rotate_left(1);
    }
    let mut cells = texts([&answer.key.system, &answer.note, &answer.paper_ref]);
    cells.push(words::result(answer.result).printed());
    cells.extend(answer.awaited.as_deref().map(|what| words::awaited(what).printed()));
    let mut parts = texts([&answer.by, &words::moment(answer.at)]);
    parts.extend(answer.method.map(|method| words::method(method).to_owned()));
    Claim { cells, parts, ..checklist(item, keys, MissingKind::Answer) }
}

fn of_finding(dossier: &Dossier, paper: &FindingPaper) -> Vec<Claim> {
    let f = &paper.finding;
    let key = || vec![f.number(&dossier.exam.case_no)];
    let of = |sheet, kind| claim(paper::FINDINGS, sheet, key(), kind, format!("F{:02}", f.no));
    let mut parts = texts([&f.title, &f.category, &f.by, words::finding_status(f.status)]);
    parts.extend(paper.criteria.iter().map(clause_text));
    let mut cells = texts([&f.condition, &f.cause, &f.effect, &f.recommendation]);
    cells.push(words::severity(&dossier.scale, f.severity).printed());
    let mut out = vec![Claim { cells, parts, ..of(paper::FINDINGS_SHEET, MissingKind::Finding) }];
    if let Some(r) = &paper.reply {
        let mut cells = texts([&r.text, &r.cause, &r.impact, &r.liability, &r.measure, &r.owner]);
        cells.push(words::agreement(r.agreement).to_owned());
        let parts = texts([&r.signer]);
        out.push(Claim { cells, parts, ..of(paper::FOLLOW_UP_SHEET, MissingKind::Reply) });
    }
    for u in &paper.follow_ups {
        let mut cells = texts([&u.reviewer]);
        cells.push(words::follow_up(u.result).printed());
        let parts = texts([&u.note]);
        out.push(Claim { cells, parts, ..of(paper::FOLLOW_UP_SHEET, MissingKind::FollowUp) });
    }
    out
}

fn of_evidence(e: &Evidence) -> Claim {
    let cells = texts([&e.name, &e.source, &e.acquired_by, &e.sha256, &e.kept_at, &e.returned]);
    let claim =
        claim(paper::EVIDENCE, paper::EVIDENCE_SHEET, vec![e.number()], MissingKind::Evidence, e.number());
    Claim { cells, parts: texts([&e.by, &words::moment(e.at)]), ..claim }
}

fn of_note(note: &ReviewNote) -> Claim {
    let said = [Some(&note.note), note.reply.as_ref(), note.clearance.as_ref()];
    let (mut cells, mut parts) = (Vec::new(), Vec::new());
    for said in said.into_iter().flatten() {
        cells.extend(texts([&said.text]));
        parts.extend(texts([&said.by, &words::moment(said.at)]));
    }
    let key = note.id.to_string();
    let claim = claim(paper::REVIEW, paper::REVIEW_SHEET, vec![key.clone()], MissingKind::ReviewNote, key);
    Claim { cells, parts, ..claim }
}

/// Whether a line of the sheet of exceptions says all that is known of a row.
pub fn says(line: &[std::borrow::Cow<'_, str>], test: &TestPaper, row: &ExceptionRow) -> bool {
    let has = |text: &str| text.is_empty() || line.iter().any(|cell| cell == text);
    let within = |text: &str| line.iter().any(|cell| cell.contains(text));
    let source = &row.key.source;
    let place = has(&source.row.to_string()) && has(&source.file) && has(&source.sheet);
    let values = row.values.iter().all(|(_, value)| value.as_deref().is_none_or(has));
    let done = row.disposition.as_ref();
    place
        && values
        && has(rule_title(&test.procedure, &row.key.rule))
        && has(&words::rule_verdict(row.verdict).words())
        && has(&words::disposition(done.map(|d| d.kind)).words())
        && row.clauses.iter().all(|clause| within(clause.as_str()))
        && done.is_none_or(|d| has(&d.note) && within(&d.by))
}
