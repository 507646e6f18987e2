//! F-03: the follow-up sheet (追蹤覆查表): what the firm promised for each finding, by when, and what the reviews of it
//! found; what is overdue on the day of printing is marked.

use super::print::Print;
use super::replies::{self, days_overdue, is_settled};
use super::{asking, or_dash};
use crate::doc::{Align, Block, Cell, Pair, Report, Table, Tone, grouped};
use crate::{Dossier, FindingPaper, words};
use fieldbook_model::RocDate;

const PAPER: Print<'static> = Print { paper: "F-03", title: "追蹤覆查表", note: None };
const SIGNERS: [&str; 4] = ["覆查人員", "日期", "主管", "日期"];

/// The document.
pub fn report(dossier: &Dossier) -> Report {
    let mut blocks = PAPER.head(dossier);
    blocks.push(Block::paragraph(summary(dossier)));
    blocks.push(Block::heading(1, "一、追蹤總表"));
    blocks.push(Block::Table(table(dossier)));
    blocks.push(Block::Note(format!(
        "逾期與否，以列印日（{}）較預計完成日計算；已結案，或最近一次覆查結果為已改善、風險承受者，不計逾期。",
        RocDate(dossier.printed_at.date())
    )));
    blocks.push(Block::heading(1, "二、各項查核發現"));
    if asking(dossier).next().is_none() {
        blocks.push(Block::paragraph("本次查核未提出查核發現，無追蹤事項。"));
    }
    for paper in asking(dossier) {
        blocks.extend(finding(dossier, paper));
    }
    blocks.push(Block::Together(vec![
        Block::heading(1, "三、簽名"),
        Block::Signatures(SIGNERS.map(str::to_owned).to_vec()),
    ]));
    PAPER.of(dossier, blocks)
}

fn summary(dossier: &Dossier) -> String {
    let count =
        |of: &dyn Fn(&FindingPaper) -> bool| grouped(asking(dossier).filter(|f| of(f)).count() as u64);
    format!(
        "查核發現共 {} 項：已完成改善或結案 {} 項、追蹤中 {} 項，其中逾期 {} 項；受查單位尚未回覆 {} 項。",
        count(&|_| true),
        count(&is_settled),
        count(&|f| !is_settled(f)),
        count(&|f| days_overdue(dossier, f).is_some()),
        count(&|f| f.reply.is_none()),
    )
}

fn table(dossier: &Dossier) -> Table {
    let columns = [
        ("缺失編號", 16, Align::Left),
        ("標題", 22, Align::Left),
        ("嚴重程度", 9, Align::Center),
        ("負責人", 10, Align::Left),
        ("預計完成日", 11, Align::Left),
        ("最近覆查", 12, Align::Left),
        ("期限", 12, Align::Left),
    ];
    let rows = asking(dossier).map(|paper| {
        let f = &paper.finding;
        let reply = paper.reply.as_ref();
        let latest = paper.follow_ups.last();
        let due = reply.map_or("尚未回覆".to_owned(), |r| {
            r.due.map_or_else(|| "未填".to_owned(), |due| RocDate(due).dotted())
        });
        vec![
            Cell::text(f.number(&dossier.exam.case_no)),
            Cell::text(&f.title),
            words::severity(&dossier.scale, f.severity),
            Cell::text(reply.map_or("–", |r| or_dash(&r.owner))),
            Cell::text(due),
            latest.map_or_else(|| Cell::text("○ 未覆查"), |f| words::follow_up(f.result)),
            deadline(dossier, paper),
        ]
    });
    Table::new(&columns).with_rows(rows)
}

/// Where a finding stands with its date.
fn deadline(dossier: &Dossier, paper: &FindingPaper) -> Cell {
    match days_overdue(dossier, paper) {
        Some(days) => Cell::Mark(format!("● 逾期 {days} 日"), Tone::Fail),
        None if is_settled(paper) => Cell::Mark("✓ 已完成".to_owned(), Tone::Ok),
        None if paper.reply.as_ref().is_none_or(|r| r.due.is_none()) => {
            Cell::Mark("? 無期限".to_owned(), Tone::Unknown)
        }
        None => Cell::text("○ 未到期"),
    }
}

fn finding(dossier: &Dossier, paper: &FindingPaper) -> Vec<Block> {
    let f = &paper.finding;
    let mut blocks = vec![
        Block::heading(2, format!("{}　{}", f.number(&dossier.exam.case_no), f.title)),
        Block::Pairs(vec![
            Pair::new("類型", words::finding_type(f.kind)),
            Pair::new("嚴重程度", words::severity(&dossier.scale, f.severity).printed()),
            Pair::new("狀態", words::finding_status(f.status)),
            Pair::new("期限", deadline(dossier, paper).printed()),
        ]),
        Block::labelled("改善建議", or_dash(&f.recommendation)),
    ];
    blocks.extend(replies::chain(paper));
    blocks.push(Block::heading(3, "受查單位回覆"));
    blocks.extend(replies::reply(paper));
    blocks.push(Block::heading(3, "追蹤覆查"));
    match replies::follow_ups(paper) {
        Some(table) => blocks.push(Block::Table(table)),
        None => blocks.push(Block::paragraph("尚未覆查。")),
    }
    blocks
}
