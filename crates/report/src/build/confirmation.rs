//! F-02: the confirmation of findings for the exit meeting (查核發現確認單): the facts of each finding, whether the firm
//! agrees with them, and places for both sides to sign.

use super::print::Print;
use super::{citation, clause_text, or_dash, standing};
use crate::doc::{Block, Pair, Report, grouped};
use crate::{Dossier, FindingPaper, words};

const PAPER: Print<'static> = Print { paper: "F-02", title: "查核發現確認單", note: None };
const CHOICES: [&str; 2] = ["同意", "異議"];
/// Lines for the reason of an objection.
const LINES: u32 = 3;
/// The firm's side at the left, the examiners' at the right.
const SIGNERS: [&str; 6] = ["受查單位代表", "查核人員", "職稱", "查核人員", "日期", "日期"];

/// The document.
pub fn report(dossier: &Dossier) -> Report {
    let mut blocks = PAPER.head(dossier);
    blocks.push(Block::Steps(vec![
        format!(
            "本確認單於{}逐項說明，請受查單位就各項查核發現所載之事實勾選同意或異議。",
            dossier.exit_meeting
        ),
        "勾選異議者，請敘明與事實不符之處，並檢附佐證資料。".to_owned(),
        "本確認單僅確認事實；缺失之認定、嚴重程度及改善建議，以正式查核報告為準。".to_owned(),
    ]));
    let count = standing(dossier).count();
    blocks.push(Block::heading(1, format!("查核發現（共 {} 項）", grouped(count as u64))));
    if count == 0 {
        blocks.push(Block::paragraph("本次查核未提出查核發現。"));
    }
    blocks.extend(standing(dossier).map(|paper| Block::Together(finding(dossier, paper))));
    blocks.push(Block::Together(vec![
        Block::heading(1, "簽名"),
        Block::paragraph("雙方已就上列查核發現逐項說明及確認，本確認單一式二份，由雙方各執一份。"),
        Block::Signatures(SIGNERS.map(str::to_owned).to_vec()),
    ]));
    PAPER.of(dossier, blocks)
}

fn finding(dossier: &Dossier, paper: &FindingPaper) -> Vec<Block> {
    let f = &paper.finding;
    let mut blocks = vec![
        Block::heading(2, format!("{}　{}", f.number(&dossier.exam.case_no), f.title)),
        Block::Pairs(vec![
            Pair::new("類型", words::finding_type(f.kind)),
            Pair::new("底稿", or_dash(&paper.paper_refs.join("、"))),
        ]),
        Block::labelled("查核發現", or_dash(&f.condition)),
    ];
    if !f.objects.is_empty() {
        blocks.push(Block::labelled("涉及標的", f.objects.join("、")));
    }
    if let Some((exceptions, population)) = f.counts {
        let counts = format!("例外 {} 筆／母體 {} 筆", grouped(exceptions), grouped(population));
        blocks.push(Block::labelled("例外／母體", counts));
    }
    for clause in &paper.criteria {
        blocks.push(Block::Quote { source: citation(dossier, clause), text: clause_text(clause) });
    }
    blocks.push(Block::Ticks {
        label: "所載事實".to_owned(), choices: CHOICES.map(str::to_owned).to_vec()
    });
    blocks.push(Block::Ruled { label: "異議理由".to_owned(), lines: LINES });
    blocks
}
