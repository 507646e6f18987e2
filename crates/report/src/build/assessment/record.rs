//! Parts three and four: what was to be done on which objects, and what was done with which result.

use crate::build::report::findings::kept;
use crate::build::report::overview::results;
use crate::build::report::tests::results as test_results;
use crate::build::{cells, charts, or_dash, tally};
use crate::doc::{Align, Block, Cell, Table, grouped};
use crate::{Dossier, words};
use fieldbook_model::{Answer, ItemResult};

/// 參: items by chapter, and the procedures with the objects that they are run over.
pub fn work(dossier: &Dossier) -> Vec<Block> {
    let mut blocks = vec![Block::heading(2, "一、查核項目")];
    if dossier.items.is_empty() {
        blocks.push(Block::paragraph("本案未列查核項目；本項無資料。"));
    } else {
        blocks.push(Block::Table(chapters(dossier)));
    }
    blocks.push(Block::heading(2, "二、電腦輔助測試"));
    if dossier.tests.is_empty() {
        blocks.push(Block::paragraph("本案未執行電腦輔助測試；本項無資料。"));
    } else {
        blocks.push(Block::Table(procedures(dossier)));
    }
    blocks
}

/// Items in scope, a line a chapter, with the systems that they are about.
fn chapters(dossier: &Dossier) -> Table {
    let mut lines: Vec<(&str, &str, u64, Vec<&str>)> = Vec::new();
    for item in dossier.items.iter().filter(|i| tally::in_scope(i)) {
        let (code, chapter) = (item.clause.id.doc(), item.chapter_title.as_str());
        let at = lines.iter().position(|(d, c, ..)| *d == code && *c == chapter).unwrap_or_else(|| {
            lines.push((code, chapter, 0, Vec::new()));
            lines.len() - 1
        });
        let Some((.., count, systems)) = lines.get_mut(at) else { continue };
        *count += 1;
        for system in &item.decision.systems {
            if !systems.contains(&system.as_str()) {
                systems.push(system);
            }
        }
    }
    let columns = [
        ("代碼", 8, Align::Left),
        ("章", 34, Align::Left),
        ("項數", 8, Align::Right),
        ("標的", 34, Align::Left),
    ];
    let rows = lines.into_iter().map(|(code, chapter, count, systems)| {
        let objects = if systems.is_empty() { "全公司".to_owned() } else { systems.join("、") };
        vec![Cell::text(code), Cell::text(chapter), Cell::Count(count), Cell::text(objects)]
    });
    Table::new(&columns).with_rows(rows)
}

fn procedures(dossier: &Dossier) -> Table {
    let columns = [
        ("程序", 10, Align::Left),
        ("名稱", 28, Align::Left),
        ("標的（母體）", 22, Align::Left),
        ("母體筆數", 10, Align::Right),
    ];
    let rows = dossier.tests.iter().map(|test| {
        vec![
            Cell::text(&test.procedure.id),
            Cell::text(&test.procedure.title),
            Cell::text(&test.procedure.population.zh),
            Cell::count(test.run.population),
        ]
    });
    Table::new(&columns).with_rows(rows)
}

/// 肆: results by chapter, every answer, every test.
pub fn record(dossier: &Dossier) -> Vec<Block> {
    let mut blocks = vec![Block::heading(2, "一、評估結果統計")];
    if dossier.items.is_empty() {
        blocks.push(Block::paragraph("本案未列查核項目；本項無資料。"));
    } else {
        blocks.push(Block::Table(results(dossier)));
        blocks.push(Block::Chart(charts::by_chapter(dossier)));
    }
    blocks.push(Block::heading(2, "二、逐項評估紀錄"));
    blocks.push(Block::Table(answers(dossier)));
    blocks.extend(unanswered(dossier));
    blocks.push(Block::heading(2, "三、電腦輔助測試結果"));
    if dossier.tests.is_empty() {
        blocks.push(Block::paragraph("本案未執行電腦輔助測試；本項無資料。"));
    } else {
        blocks.push(Block::Table(test_results(dossier)));
        blocks.push(Block::Note("「資料不足以判斷」及「無法執行」均非未發現例外。".to_owned()));
    }
    blocks.push(Block::heading(2, "四、證據"));
    if dossier.evidence.is_empty() {
        blocks.push(Block::paragraph("案卷未登錄證據；本項無資料。"));
    } else {
        blocks.push(Block::Table(kept(&dossier.evidence)));
    }
    blocks
}

/// Every answer that was given.
fn answers(dossier: &Dossier) -> Table {
    let columns = [
        ("條次", 24, Align::Left),
        ("系統", 11, Align::Left),
        ("結果", 12, Align::Left),
        ("方式", 9, Align::Left),
        ("說明", 36, Align::Left),
        ("底稿", 9, Align::Left),
        ("人員", 8, Align::Left),
    ];
    let answered = dossier.items.iter().flat_map(|item| item.answers.iter().map(move |a| (item, a)));
    let given = answered.filter(|(_, a)| a.result != ItemResult::NotExamined);
    let rows = given.map(|(item, a): (_, &Answer)| {
        vec![
            Cell::text(format!("{}\n{}", cells::name(&item.clause, &a.key.unit), item.clause.label)),
            Cell::text(or_dash(&a.key.system)),
            words::result(a.result),
            Cell::text(a.method.map_or("–", words::method)),
            Cell::text(or_dash(&a.note)),
            Cell::text(or_dash(&a.paper_ref)),
            Cell::text(&a.by),
        ]
    });
    Table::new(&columns).with_rows(rows)
}

/// The items that nobody examined, by name: silence is no result.
fn unanswered(dossier: &Dossier) -> Option<Block> {
    let open = dossier.items.iter().filter(|i| tally::in_scope(i));
    let open = open.filter(|i| tally::rolled_up(i) == ItemResult::NotExamined);
    let names: Vec<&str> = open.map(|i| i.clause.id.as_str()).collect();
    (!names.is_empty()).then(|| {
        Block::Note(format!(
            "尚未完成評估之項目 {} 項，本報告不表示其符合規範：{}。",
            grouped(names.len() as u64),
            names.join("、")
        ))
    })
}
