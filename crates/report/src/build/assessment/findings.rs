//! Parts five to nine: the deficiencies, each looked at from one side in each part, as the report must name them.

use crate::build::replies::days_overdue;
use crate::build::{asking, charts, ids, or_dash};
use crate::doc::{Align, Block, Cell, Table, Tone};
use crate::{Dossier, FindingPaper, words};
use fieldbook_model::RocDate;

/// What every part says where there is nothing to report.
fn none(dossier: &Dossier) -> Option<Vec<Block>> {
    let text = "本案未提出缺失或建議事項。未查核、待確認或資料不足之項目，見「肆、評估紀錄」。";
    asking(dossier).next().is_none().then(|| vec![Block::paragraph(text)])
}

fn number(dossier: &Dossier, paper: &FindingPaper) -> Cell {
    Cell::text(paper.finding.number(&dossier.exam.case_no))
}

/// 伍: what was found.
pub fn items(dossier: &Dossier) -> Vec<Block> {
    if let Some(blocks) = none(dossier) {
        return blocks;
    }
    let columns = [
        ("編號", 15, Align::Left),
        ("類型", 9, Align::Left),
        ("標題", 18, Align::Left),
        ("發現事實", 42, Align::Left),
        ("條次", 12, Align::Left),
        ("涉及標的", 14, Align::Left),
    ];
    let rows = asking(dossier).map(|paper| {
        let f = &paper.finding;
        vec![
            number(dossier, paper),
            Cell::text(words::finding_type(f.kind)),
            Cell::text(&f.title),
            Cell::text(or_dash(&f.condition)),
            Cell::text(ids(&f.clauses).replace('、', "\n")),
            Cell::text(or_dash(&f.objects.join("、"))),
        ]
    });
    vec![Block::Table(Table::new(&columns).with_rows(rows))]
}

/// 陸: risks by severity, with the measure and the date for each.
pub fn severity(dossier: &Dossier) -> Vec<Block> {
    if let Some(blocks) = none(dossier) {
        return blocks;
    }
    let columns = [
        ("嚴重程度", 10, Align::Center),
        ("編號", 15, Align::Left),
        ("標題", 20, Align::Left),
        ("控管措施", 34, Align::Left),
        ("負責人", 10, Align::Left),
        ("完成期限", 14, Align::Left),
    ];
    let mut papers: Vec<&FindingPaper> = asking(dossier).collect();
    papers.sort_by_key(|p| p.finding.severity);
    let rows = papers.into_iter().map(|paper| {
        let f = &paper.finding;
        let open = || Cell::Mark("△ 受查單位尚未提出".to_owned(), Tone::Unknown);
        let reply = paper.reply.as_ref();
        vec![
            words::severity(&dossier.scale, f.severity),
            number(dossier, paper),
            Cell::text(&f.title),
            reply.filter(|r| !r.measure.trim().is_empty()).map_or_else(open, |r| Cell::text(&r.measure)),
            Cell::text(reply.map_or("–", |r| or_dash(&r.owner))),
            due(dossier, paper),
        ]
    });
    vec![
        Block::Chart(charts::by_severity(dossier)),
        Block::heading(2, "風險等級、控管措施及完成期限"),
        Block::Table(Table::new(&columns).with_rows(rows)),
    ]
}

fn due(dossier: &Dossier, paper: &FindingPaper) -> Cell {
    let Some(reply) = &paper.reply else { return Cell::text("–") };
    let text = reply.due.map_or_else(|| "未填".to_owned(), |due| RocDate(due).dotted());
    match days_overdue(dossier, paper) {
        Some(days) => Cell::Mark(format!("{text}\n● 逾期 {days} 日"), Tone::Fail),
        None => Cell::text(text),
    }
}

/// 柒: how many of which category.
pub fn categories(dossier: &Dossier) -> Vec<Block> {
    if let Some(blocks) = none(dossier) {
        return blocks;
    }
    let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
    for paper in asking(dossier) {
        let category = match paper.finding.category.trim() {
            "" => "（未分類）",
            category => category,
        };
        let number = paper.finding.number(&dossier.exam.case_no);
        match groups.iter_mut().find(|(name, _)| *name == category) {
            Some((_, numbers)) => numbers.push(number),
            None => groups.push((category, vec![number])),
        }
    }
    let columns = [("缺失類別", 28, Align::Left), ("項數", 8, Align::Right), ("編號", 44, Align::Left)];
    let rows = groups.into_iter().map(|(category, numbers)| {
        vec![Cell::text(category), Cell::Count(numbers.len() as u64), Cell::text(numbers.join("、"))]
    });
    vec![Block::Table(Table::new(&columns).with_rows(rows))]
}

/// 捌: what may come of it.
pub fn risks(dossier: &Dossier) -> Vec<Block> {
    told(dossier, &["風險說明", "原因"], |f| vec![f.effect.clone(), f.cause.clone()])
}

/// 玖: what is to be done.
pub fn recommendations(dossier: &Dossier) -> Vec<Block> {
    told(dossier, &["改善建議"], |f| vec![f.recommendation.clone()])
}

/// Each finding with some of its texts.
fn told(
    dossier: &Dossier,
    labels: &[&str],
    texts: impl Fn(&fieldbook_model::Finding) -> Vec<String>,
) -> Vec<Block> {
    if let Some(blocks) = none(dossier) {
        return blocks;
    }
    let mut blocks = Vec::new();
    for paper in asking(dossier) {
        let f = &paper.finding;
        blocks.push(Block::heading(3, format!("{}　{}", f.number(&dossier.exam.case_no), f.title)));
        for (label, text) in labels.iter().zip(texts(f)) {
            blocks.push(Block::labelled(label, if text.trim().is_empty() { "（未填）" } else { &text }));
        }
    }
    blocks
}
