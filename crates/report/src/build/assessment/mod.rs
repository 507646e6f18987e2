//! the assessment report of information and communication systems (資通系統資通安全評估報告): ten parts, one for
//! each element that such a report must have at least. What nobody recorded is said to be missing.

mod drill;
mod findings;
mod record;

use super::print::Print;
use super::report::overview::{basis, systems};
use super::{closing, or_dash, team};
use crate::doc::{Align, Block, Cell, Pair, Report, Table, Tone};
use crate::{Dossier, words};
use fieldbook_model::{RocDate, System, SystemClass};

const PAPER: Print<'static> = Print {
    paper: "R-02",
    title: "資通系統資通安全評估報告",
    note: Some(
        "本報告依評估報告應載事項分為十項；無資料可載之事項，均於該項敘明，不表示該項業經評估且無缺失。",
    ),
};

/// The elements in their order.
const PARTS: [&str; 10] = [
    "壹、評估人員資格",
    "貳、評估範圍",
    "參、評估作業項目與標的",
    "肆、評估紀錄",
    "伍、評估時所發現之缺失項目",
    "陸、缺失嚴重程度",
    "柒、缺失類別",
    "捌、風險說明",
    "玖、具體改善建議",
    "拾、社交演練結果",
];

/// The document. `missing` are the characters that no font has.
pub fn report(dossier: &Dossier, missing: &[char]) -> Report {
    let contents = [
        team_part(dossier),
        scope(dossier),
        record::work(dossier),
        record::record(dossier),
        findings::items(dossier),
        findings::severity(dossier),
        findings::categories(dossier),
        findings::risks(dossier),
        findings::recommendations(dossier),
        drill::blocks(dossier),
    ];
    let mut blocks = Vec::new();
    for (heading, part) in PARTS.into_iter().zip(contents) {
        blocks.push(Block::heading(1, heading));
        blocks.extend(part);
    }
    blocks.extend(closing::blocks(dossier, "附記", Some(missing)));
    PAPER.of(dossier, blocks)
}

fn team_part(dossier: &Dossier) -> Vec<Block> {
    let mut blocks = vec![Block::Pairs(vec![
        Pair::new("評估單位", or_dash(&dossier.organisation)),
        Pair::new("評估人員", dossier.exam.examiners.join("、")),
    ])];
    blocks.extend(team::blocks(dossier));
    blocks.extend(team::recorded(dossier));
    blocks
}

fn scope(dossier: &Dossier) -> Vec<Block> {
    let exam = &dossier.exam;
    let mut blocks = vec![
        Block::Pairs(vec![
            Pair::new("受評估單位", &exam.firm),
            Pair::new("案號", or_dash(&exam.case_no)),
            Pair::new("評估基準日", RocDate(exam.as_of).to_string()),
            Pair::new("評估期間", words::period(exam.period)),
            Pair::new("資通系統", systems(dossier)),
        ]),
        Block::heading(2, "一、資通系統及其分類"),
    ];
    if exam.systems.is_empty() {
        blocks.push(Block::paragraph("案卷未登錄資通系統；本項無資料，評估範圍不能確定。"));
    } else {
        blocks.push(Block::Table(classes(dossier)));
    }
    blocks.push(Block::heading(2, "二、依據版本"));
    blocks.push(Block::Table(basis(dossier)));
    blocks
}

fn classes(dossier: &Dossier) -> Table {
    let row = |system: &System| {
        let class = match SystemClass::stated(system) {
            Some(SystemClass::First) => Cell::text("第一類"),
            Some(SystemClass::Second) => Cell::text("第二類"),
            Some(SystemClass::Third) => Cell::text("第三類"),
            None => Cell::Mark("? 未確認".to_owned(), Tone::Unknown),
        };
        vec![Cell::text(&system.name), class]
    };
    let columns = [("資通系統", 40, Align::Left), ("資通系統分類", 20, Align::Left)];
    Table::new(&columns).with_rows(dossier.exam.systems.iter().map(row))
}
