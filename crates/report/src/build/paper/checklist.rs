//! C-…: one checklist a document, every item with its applicability, answers, paper references.

use super::{Head, workbook};
use crate::build::{clause_text, tally};
use crate::doc::{Align, Body, Cell, Sheet, Table, Workbook};
use crate::{DocumentHead, Dossier, ItemLine, words};
use fieldbook_model::{Answer, ItemResult};

const TITLE: &str = "查核項目表";

/// The papers of all documents that have items.
pub fn papers(dossier: &Dossier) -> Vec<Workbook> {
    let with_items = |doc: &&DocumentHead| items(dossier, doc).next().is_some();
    dossier.documents.iter().filter(with_items).map(|doc| paper(dossier, doc)).collect()
}

fn items<'a>(dossier: &'a Dossier, doc: &'a DocumentHead) -> impl Iterator<Item = &'a ItemLine> {
    dossier.items.iter().filter(|i| i.clause.id.doc() == doc.code)
}

fn paper(dossier: &Dossier, doc: &DocumentHead) -> Workbook {
    let number = format!("C-{}", doc.code);
    let basis = format!("{}（{}）", doc.title, doc.edition);
    let head = Head::of(dossier, &number, TITLE, &basis);
    let columns = [
        ("條次", 14, Align::Left),
        ("章節", 14, Align::Left),
        ("規範內容", 44, Align::Left),
        ("性質", 6, Align::Center),
        ("適用", 18, Align::Left),
        ("系統", 10, Align::Left),
        ("查核結果", 12, Align::Left),
        ("查核方式", 10, Align::Left),
        ("說明", 26, Align::Left),
        ("底稿", 9, Align::Left),
        ("查核人員／時間", 12, Align::Left),
    ];
    let table = Table::new(&columns).with_rows(items(dossier, doc).flat_map(rows));
    let sheet = Sheet {
        name: TITLE.to_owned(),
        title: format!("{TITLE}　{}", doc.title),
        head: head.pairs(dossier),
        body: Body::List { remarks: Vec::new(), table },
    };
    workbook(dossier, &number, TITLE, vec![sheet])
}

/// One line an answer, and one for each system that still lacks one.
fn rows(item: &ItemLine) -> Vec<Vec<Cell>> {
    let whole = item.answers.iter().any(|a| a.system.is_empty());
    let mut rows: Vec<_> = item.answers.iter().map(|a| row(item, &a.system, Some(a))).collect();
    if !whole {
        rows.extend(tally::unanswered_systems(item).map(|system| row(item, system, None)));
    }
    if rows.is_empty() {
        rows.push(row(item, "", None));
    }
    rows
}

fn row(item: &ItemLine, system: &str, answer: Option<&Answer>) -> Vec<Cell> {
    let clause = &item.clause;
    let mut place = vec![item.chapter_title.clone()];
    place.extend(clause.context.iter().filter(|c| **c != item.chapter_title).cloned());
    let result = match answer {
        Some(a) => words::result(a.result),
        None if tally::in_scope(item) => words::result(ItemResult::NotExamined),
        None => words::result(ItemResult::NotApplicable),
    };
    let text = |value: Option<&str>| Cell::text(value.unwrap_or_default());
    vec![
        Cell::text(format!("{}\n{}", clause.id, clause.label)),
        Cell::text(place.join("\n")),
        Cell::text(clause_text(clause)),
        Cell::text(words::strength(clause.strength)),
        applicable(item),
        Cell::text(system),
        result,
        text(answer.and_then(|a| a.method).map(words::method)),
        text(answer.map(|a| a.note.as_str())),
        text(answer.map(|a| a.paper_ref.as_str())),
        Cell::text(answer.map_or_else(String::new, |a| format!("{}\n{}", a.by, words::moment(a.at)))),
    ]
}

/// 適用性 with its reason below.
fn applicable(item: &ItemLine) -> Cell {
    let reason = &item.decision.reason;
    let with = |word: String| if reason.is_empty() { word } else { format!("{word}\n{reason}") };
    match words::applicability(item.decision.applicability) {
        Cell::Mark(word, tone) => Cell::Mark(with(word), tone),
        cell => Cell::text(with(cell.printed())),
    }
}
