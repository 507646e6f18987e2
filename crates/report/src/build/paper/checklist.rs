//! C-…: one checklist a document, every item with its applicability, answers, paper references.

use super::{Head, reference, workbook};
use crate::build::cells::{self, Line};
use crate::build::tick::{self, Tick};
use crate::build::{clause_text, tally};
use crate::doc::{Align, Body, Cell, Sheet, Table, Workbook};
use crate::{DocumentHead, Dossier, ItemLine, words};
use fieldbook_model::{Answer, ClauseId, ItemResult, Method};

/// Title, and name of the only sheet.
pub const TITLE: &str = "查核項目表";
/// In the column of systems, on the line that sums an item up.
const SUM: &str = "（彙總）";

/// The papers of all documents that have items.
pub fn papers(dossier: &Dossier) -> Vec<Workbook> {
    let with_items = |doc: &&DocumentHead| items(dossier, doc).next().is_some();
    dossier.documents.iter().filter(with_items).map(|doc| paper(dossier, doc)).collect()
}

fn items<'a>(dossier: &'a Dossier, doc: &'a DocumentHead) -> impl Iterator<Item = &'a ItemLine> {
    dossier.items.iter().filter(|i| i.clause.id.doc() == doc.code)
}

/// Row of the checklist in which a clause stands.
pub fn row_of(dossier: &Dossier, clause: &ClauseId) -> Option<usize> {
    let of_document = || dossier.items.iter().filter(|i| i.clause.id.doc() == clause.doc());
    of_document().find(|item| item.clause.id == *clause)?;
    let before = of_document().take_while(|item| item.clause.id != *clause);
    Some(before.map(|item| cells::lines(item).len()).map(|n| if n == 1 { 1 } else { n + 1 }).sum())
}

/// 底稿編號 of a document's checklist.
pub fn number(document: &str) -> String {
    format!("C-{document}")
}

fn paper(dossier: &Dossier, doc: &DocumentHead) -> Workbook {
    let number = number(&doc.code);
    let basis = format!("{}（{}）", doc.title, doc.edition);
    let head = Head::of(dossier, &number, TITLE, &basis);
    let columns = [
        ("條次", 12, Align::Left),
        ("章節", 11, Align::Left),
        ("規範內容", 36, Align::Left),
        ("性質", 7, Align::Center),
        ("適用", 16, Align::Left),
        ("系統", 10, Align::Left),
        ("查核結果", 11, Align::Left),
        ("查核方式", 10, Align::Left),
        ("說明", 22, Align::Left),
        ("待補資料", 12, Align::Left),
        ("底稿", 8, Align::Left),
        ("查核人員／時間", 13, Align::Left),
    ];
    let table = Table::new(&columns).with_rows(items(dossier, doc).flat_map(|item| rows(dossier, item)));
    let sheet = Sheet {
        name: TITLE.to_owned(),
        title: format!("{TITLE}　{}", doc.title),
        head: head.pairs(dossier),
        body: Body::List { remarks: Vec::new(), table, closing: vec![tick::line()] },
    };
    workbook(dossier, &number, TITLE, vec![sheet])
}

/// One line for an item that is answered as one; otherwise a line that sums it up and one a cell below it.
fn rows(dossier: &Dossier, item: &ItemLine) -> Vec<Vec<Cell>> {
    let lines = cells::lines(item);
    match lines.as_slice() {
        [only] => vec![whole(dossier, item, only)],
        lines => {
            let parts = lines.iter().map(|line| part(dossier, item, line));
            std::iter::once(sum(dossier, item)).chain(parts).collect()
        }
    }
}

/// The only line of an item.
fn whole(dossier: &Dossier, item: &ItemLine, line: &Line<'_>) -> Vec<Cell> {
    let mut cells = clause_cells(item, words::strength(line.strength));
    let result = line.answer.map_or_else(|| unanswered(item), |a| a.result);
    cells.extend([Cell::text(line.system), words::result(result)]);
    cells.extend(answer_cells(dossier, line.answer));
    cells
}

/// The line above the cells: the clause in full and the result that they amount to.
fn sum(dossier: &Dossier, item: &ItemLine) -> Vec<Cell> {
    let mut cells = clause_cells(item, &cells::strengths(item));
    cells.extend([Cell::text(SUM), words::result(tally::rolled_up(item))]);
    cells.extend(answer_cells(dossier, None));
    cells
}

/// One cell of an item.
fn part(dossier: &Dossier, item: &ItemLine, line: &Line<'_>) -> Vec<Cell> {
    let excerpt = cells::excerpt(&item.clause, line.unit);
    let result = line.answer.map_or(ItemResult::NotExamined, |a| a.result);
    let mut cells = vec![
        Cell::text(format!("{}\n{}", cells::name(&item.clause, line.unit), item.clause.label)),
        Cell::text("同上"),
        Cell::text(excerpt),
        Cell::text(words::strength(line.strength)),
        below(words::applicability(line.applicability), line.reason),
        Cell::text(line.system),
        words::result(result),
    ];
    cells.extend(answer_cells(dossier, line.answer));
    cells
}

/// What an unanswered item counts as.
fn unanswered(item: &ItemLine) -> ItemResult {
    if tally::in_scope(item) { ItemResult::NotExamined } else { ItemResult::NotApplicable }
}

/// 條次 to 適用.
fn clause_cells(item: &ItemLine, strength: &str) -> Vec<Cell> {
    let clause = &item.clause;
    let mut place = vec![item.chapter_title.clone()];
    place.extend(clause.context.iter().filter(|c| **c != item.chapter_title).cloned());
    vec![
        Cell::text(format!("{}\n{}", clause.id, clause.label)),
        Cell::text(place.join("\n")),
        Cell::text(clause_text(clause)),
        Cell::text(strength),
        below(words::applicability(item.decision.applicability), &cells::reasons(item)),
    ]
}

/// 查核方式 to 查核人員／時間.
fn answer_cells(dossier: &Dossier, answer: Option<&Answer>) -> [Cell; 5] {
    let Some(a) = answer else { return std::array::from_fn(|_| Cell::text("")) };
    let method = [a.method.map(ticked), a.mode.map(|mode| words::mode(mode).to_owned())];
    let mut by = format!("{}\n{}", a.by, words::moment(a.at));
    if let Some(origin) = &a.origin {
        by.push_str(&format!("\n沿用自 {}", words::origin_of_answer(origin)));
    }
    [
        Cell::text(method.into_iter().flatten().collect::<Vec<_>>().join("\n")),
        Cell::text(&a.note),
        a.awaited.as_deref().map_or(Cell::text(""), words::awaited),
        reference(dossier, &a.paper_ref),
        Cell::text(by),
    ]
}

/// A method behind the mark that it leaves.
fn ticked(method: Method) -> String {
    let word = words::method(method);
    Tick::of_method(method).map_or_else(|| word.to_owned(), |t| format!("{} {word}", t.glyph()))
}

/// A word with a reason below it.
fn below(word: Cell, reason: &str) -> Cell {
    if reason.is_empty() {
        return word;
    }
    match word {
        Cell::Mark(word, tone) => Cell::Mark(format!("{word}\n{reason}"), tone),
        cell => Cell::text(format!("{}\n{reason}", cell.printed())),
    }
}
