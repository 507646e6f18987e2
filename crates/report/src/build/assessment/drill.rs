//! Part ten: results of the social-engineering drill, from the items and procedures that are about it.

use crate::build::report::tests::results_of;
use crate::build::{cells, or_dash, test};
use crate::doc::{Align, Block, Cell, Table};
use crate::{Dossier, words};
use fieldbook_model::{Answer, Clause, Procedure};

/// The word that the clauses use for it.
const DRILL: &str = "社交";

/// The part's blocks.
pub fn blocks(dossier: &Dossier) -> Vec<Block> {
    let answers = answers(dossier);
    let tests: Vec<_> = dossier.tests.iter().filter(|t| procedure_is_about(&t.procedure)).collect();
    if answers.rows.is_empty() && tests.is_empty() {
        return vec![Block::paragraph(
            "本案未取得社交工程演練之紀錄或測試結果；本項無資料，不得視為演練業已辦理或結果良好。",
        )];
    }
    let mut blocks = Vec::new();
    if !answers.rows.is_empty() {
        blocks.push(Block::heading(3, "查核結果"));
        blocks.push(Block::Table(answers));
    }
    if !tests.is_empty() {
        blocks.push(Block::heading(3, "測試結果"));
        blocks.push(Block::Table(results_of(dossier, tests.iter().copied())));
        for paper in tests {
            blocks.push(Block::labelled(&paper.procedure.id, test::conclusion(dossier, paper)));
        }
    }
    blocks
}

fn clause_is_about(clause: &Clause, chapter: &str) -> bool {
    chapter.contains(DRILL) || clause.text.contains(DRILL)
}

fn procedure_is_about(procedure: &Procedure) -> bool {
    procedure.title.contains(DRILL) || procedure.purpose.contains(DRILL)
}

/// A line an answer, and one for an item without.
fn answers(dossier: &Dossier) -> Table {
    let columns = [
        ("條次", 14, Align::Left),
        ("規範內容", 34, Align::Left),
        ("結果", 12, Align::Left),
        ("說明", 34, Align::Left),
        ("底稿", 9, Align::Left),
    ];
    let about = dossier.items.iter().filter(|i| clause_is_about(&i.clause, &i.chapter_title));
    let rows = about.flat_map(|item| {
        let line = |answer: Option<&Answer>| {
            let result = answer.map_or(fieldbook_model::ItemResult::NotExamined, |a| a.result);
            vec![
                Cell::text(cells::name(&item.clause, answer.map_or("", |a| &a.key.unit))),
                Cell::text(&item.clause.text),
                words::result(result),
                Cell::text(answer.map_or("–", |a| or_dash(&a.note))),
                Cell::text(answer.map_or("–", |a| or_dash(&a.paper_ref))),
            ]
        };
        match item.answers.as_slice() {
            [] => vec![line(None)],
            answers => answers.iter().map(|a| line(Some(a))).collect(),
        }
    });
    Table::new(&columns).with_rows(rows)
}
