//! The report (查核報告): cover, 壹 to 伍, 附記.

mod findings;
pub mod overview;
mod received;
mod scope;
mod tests;

use crate::doc::{Block, Cover, Pair, Report};
use crate::{Dossier, FindingPaper, words};
use fieldbook_model::{FindingStatus, RocDate};

/// The report of a dossier. `missing` are the characters that the fonts lack; the report says so itself.
pub fn report(dossier: &Dossier, missing: &[char]) -> Report {
    let exam = &dossier.exam;
    let subject =
        if exam.case_no.is_empty() { exam.firm.clone() } else { format!("{}　{}", exam.firm, exam.case_no) };
    let mut blocks = overview::blocks(dossier);
    blocks.extend(findings::blocks(dossier));
    blocks.extend(tests::blocks(dossier));
    blocks.extend(scope::blocks(dossier));
    blocks.extend(received::blocks(dossier));
    blocks.extend(remarks(dossier, missing));
    Report {
        title: format!("{}查核報告", exam.firm),
        author: dossier.organisation.clone(),
        head: (subject, format!("{}　查核報告", dossier.organisation)),
        foot: format!("底稿編號 R-01　列印時間 {}", words::moment(dossier.printed_at)),
        draft: dossier.draft,
        printed_at: dossier.printed_at,
        cover: Some(cover(dossier)),
        blocks,
    }
}

fn cover(dossier: &Dossier) -> Cover {
    let exam = &dossier.exam;
    let case_no = if exam.case_no.is_empty() { "（未編）" } else { &exam.case_no };
    Cover {
        authority: dossier.organisation.clone(),
        title: "查核報告".to_owned(),
        subject: exam.firm.clone(),
        pairs: vec![
            Pair::new("查核案號", case_no),
            Pair::new("查核基準日", RocDate(exam.as_of).to_string()),
            Pair::new("查核期間", words::period(exam.period)),
            Pair::new("查核人員", exam.examiners.join("、")),
            Pair::new("編製人", &dossier.prepared_by),
            Pair::new("列印日期", RocDate(dossier.printed_at.date()).to_string()),
            Pair::new("報告狀態", if dossier.draft { "草稿，未經覆核定稿" } else { "定稿" }),
        ],
        note: "本報告所載筆數均可由查核工作底稿追溯至受查單位所提供檔案之工作表及列號；結論以所列資料、依據版本及查核程序為限。"
            .to_owned(),
    }
}

/// The findings that the report carries.
fn standing(dossier: &Dossier) -> impl Iterator<Item = &FindingPaper> {
    dossier.findings.iter().filter(|f| f.finding.status != FindingStatus::Withdrawn)
}

fn remarks(dossier: &Dossier, missing: &[char]) -> Vec<Block> {
    let mut blocks = vec![Block::heading(1, "附記")];
    if let Some((size, root)) = &dossier.checkpoint {
        blocks.push(Block::labelled(
            "案卷日誌",
            format!("本報告列印時，案卷日誌共 {size} 筆，根雜湊值（SHA-256）為 {root}。事後得據以驗證案卷紀錄未經更動。"),
        ));
    }
    let glyphs = if missing.is_empty() {
        "本報告所有文字均有對應字形。".to_owned()
    } else {
        let named: Vec<_> = missing.iter().map(|c| format!("U+{:04X}", u32::from(*c))).collect();
        format!("下列字元無對應字形，以「〓」列印，原文請見查核案卷：{}。", named.join("、"))
    };
    blocks.push(Block::labelled("字形", glyphs));
    blocks
}
