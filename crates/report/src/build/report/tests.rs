//! 參、電腦輔助測試結果: every procedure that was run, with population, counts, verdict and parameters.

use crate::build::test;
use crate::doc::{Align, Block, Cell, Table};
use crate::{Dossier, TestPaper, words};
use fieldbook_model::RunVerdict;

/// The part's blocks.
pub fn blocks(dossier: &Dossier) -> Vec<Block> {
    let mut blocks = vec![Block::heading(1, "參、電腦輔助測試結果")];
    if dossier.tests.is_empty() {
        blocks.push(Block::paragraph("本次查核未執行電腦輔助測試。"));
        return blocks;
    }
    blocks.push(Block::Table(results(dossier)));
    blocks.push(Block::Note(
        "「資料不足以判斷」及「無法執行」均非未發現例外。例外係待查線索，經查核人員確認者始作為查核發現之依據。".to_owned(),
    ));
    for paper in &dossier.tests {
        blocks.push(Block::heading(2, format!("{}　{}", paper.procedure.id, paper.procedure.title)));
        blocks.push(Block::labelled("查核目的", &paper.procedure.purpose));
        blocks.push(Block::labelled("結論", test::conclusion(dossier, paper)));
        let ran = !matches!(paper.run.verdict, RunVerdict::NotApplicable | RunVerdict::NotRunnable);
        if ran && !paper.run.parameters.is_empty() {
            blocks.push(Block::Table(test::parameters(paper)));
        }
    }
    blocks
}

/// One line a procedure.
pub fn results(dossier: &Dossier) -> Table {
    results_of(dossier, dossier.tests.iter())
}

/// One line for each of these.
pub fn results_of<'d>(dossier: &Dossier, tests: impl Iterator<Item = &'d TestPaper>) -> Table {
    let columns = [
        ("程序", 10, Align::Left),
        ("名稱", 26, Align::Left),
        ("母體", 9, Align::Right),
        ("例外", 8, Align::Right),
        ("無法判斷", 8, Align::Right),
        ("結論", 22, Align::Left),
        ("執行時間", 12, Align::Center),
    ];
    let rows = tests.map(|paper| {
        let counted = paper.run.population.is_some();
        vec![
            Cell::text(&paper.procedure.id),
            Cell::text(&paper.procedure.title),
            Cell::count(paper.run.population),
            Cell::count(counted.then_some(paper.run.exceptions)),
            Cell::count(counted.then_some(paper.run.unknown)),
            test::verdict(dossier, paper),
            Cell::text(words::moment(paper.run.at)),
        ]
    });
    Table::new(&columns).with_rows(rows)
}
