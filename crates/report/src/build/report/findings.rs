//! 貳、查核發現: each finding self-contained, with the clauses verbatim and the rows it rests on.

use crate::build::closing::halves;
use crate::build::replies::{self, chain, follow_ups};
use crate::build::{citation, clause_text, evidence, or_dash, standing};
use crate::doc::{Align, Block, Cell, Pair, Table, grouped};
use crate::{Dossier, FindingPaper, words};
use fieldbook_model::{Evidence, FindingStatus};

/// The part's blocks.
pub fn blocks(dossier: &Dossier) -> Vec<Block> {
    let mut blocks = vec![Block::PageBreak, Block::heading(1, "貳、查核發現")];
    if standing(dossier).next().is_none() {
        blocks.push(Block::paragraph("本次查核未提出查核發現。"));
    }
    for paper in standing(dossier) {
        blocks.extend(finding(dossier, paper));
    }
    blocks
}

/// The blocks of one finding.
pub fn finding(dossier: &Dossier, paper: &FindingPaper) -> Vec<Block> {
    let f = &paper.finding;
    let number = f.number(&dossier.exam.case_no);
    let status = match f.status {
        FindingStatus::Draft | FindingStatus::InReview => format!("（{}）", words::finding_status(f.status)),
        _ => String::new(),
    };
    let mut blocks = vec![
        Block::heading(2, format!("{number}　{}{status}", f.title)),
        Block::Pairs(vec![
            Pair::new("類型", words::finding_type(f.kind)),
            Pair::new("嚴重程度", words::severity(&dossier.scale, f.severity).printed()),
            Pair::new("類別", or_dash(&f.category)),
            Pair::new("底稿", or_dash(&paper.paper_refs.join("、"))),
        ]),
        Block::labelled("查核發現", &f.condition),
    ];
    if let Some((exceptions, population)) = f.counts {
        let counts = format!("例外 {} 筆／母體 {} 筆", grouped(exceptions), grouped(population));
        blocks.push(Block::labelled("例外／母體", counts));
    }
    if let Some((exceptions, population)) = paper.changed {
        blocks.push(Block::Note(format!(
            "△ 程序重新執行後，例外 {} 筆／母體 {} 筆，與上列筆數不同，尚待查核人員確認。",
            grouped(exceptions),
            grouped(population)
        )));
    }
    if !f.objects.is_empty() {
        blocks.push(Block::labelled("涉及標的", f.objects.join("、")));
    }
    blocks.extend(chain(paper));
    blocks.push(Block::heading(3, "現行規範"));
    for clause in &paper.criteria {
        blocks.push(Block::Quote { source: citation(dossier, clause), text: clause_text(clause) });
    }
    blocks.push(Block::labelled("原因", or_dash(&f.cause)));
    blocks.push(Block::labelled("風險影響", or_dash(&f.effect)));
    blocks.push(Block::labelled("改善建議", or_dash(&f.recommendation)));
    if !paper.evidence.is_empty() {
        blocks.push(Block::heading(3, "證據"));
        blocks.push(Block::Table(kept(&paper.evidence)));
    }
    blocks.extend(outcome(paper));
    for linked in evidence::linked(dossier, &paper.rows) {
        let count = grouped(linked.table.rows.len() as u64);
        let of = if linked.procedure.is_empty() {
            String::new()
        } else {
            format!("（底稿 {}）", linked.procedure)
        };
        blocks.push(Block::heading(3, format!("佐證資料列{of}，共 {count} 列")));
        if let Some(source) = linked.source {
            blocks.push(Block::Note(format!("來源：{source}")));
        }
        blocks.push(Block::Table(linked.table));
    }
    blocks
}

/// Pieces of evidence, a line each.
pub fn kept(evidence: &[Evidence]) -> Table {
    let columns = [
        ("證據編號", 9, Align::Left),
        ("名稱", 30, Align::Left),
        ("來源／提供人", 18, Align::Left),
        ("取得時間", 14, Align::Left),
        ("機密等級", 8, Align::Left),
        ("SHA-256", 60, Align::Left),
    ];
    let rows = evidence.iter().map(|e| {
        vec![
            Cell::text(e.number()),
            Cell::text(&e.name),
            Cell::text(or_dash(&e.source)),
            Cell::text(words::moment(e.acquired_at)),
            Cell::text(words::confidentiality(e.confidentiality)),
            Cell::text(halves(&e.sha256)),
        ]
    });
    Table::new(&columns).with_rows(rows)
}

/// The firm's reply and what follow-up reviews saw, once there is anything of them.
fn outcome(paper: &FindingPaper) -> Vec<Block> {
    let mut blocks = Vec::new();
    if paper.reply.is_some() {
        blocks.push(Block::heading(3, "受查單位回覆"));
        blocks.extend(replies::reply(paper));
    }
    if let Some(table) = follow_ups(paper) {
        blocks.push(Block::heading(3, "追蹤覆查"));
        blocks.push(Block::Table(table));
    }
    blocks
}
