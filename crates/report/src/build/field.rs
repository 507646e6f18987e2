//! The sheet for the machine room: each item verbatim with boxes to tick, a table to fill in, places to sign.

use super::cells::{self, Line};
use super::{clause_text, or_dash};
use crate::doc::{Align, Block, Column, Pair, Report};
use crate::{FieldSheetPaper, ItemLine, words};
use fieldbook_model::{Applicability, ClauseId, RocDate};

const CHOICES: [&str; 4] = ["符合", "部分", "不符合", "不適用"];
const SIGNERS: [&str; 3] = ["查核人員", "受查單位陪同人員", "時間"];

/// The paper.
pub fn paper(paper: &FieldSheetPaper) -> Report {
    let (head, sheet) = (&paper.head, &paper.sheet);
    let mut blocks = vec![Block::Title(sheet.title.clone()), Block::Pairs(pairs(paper))];
    blocks.push(Block::Steps(sheet.instructions.clone()));
    let (asked, left_out) = parted(paper);
    blocks.push(Block::heading(2, format!("一、查核項目（{} 項）", asked.len())));
    if asked.is_empty() {
        blocks.push(Block::paragraph("本案無應查核之項目。"));
    }
    blocks.extend((1..).zip(asked).map(|(n, item)| Block::Together(of_item(n, item))));
    let mut part = ["二", "三"].into_iter();
    if !sheet.table.is_empty() && !sheet.columns.is_empty() {
        blocks.push(Block::heading(2, format!("{}、{}", part.next().unwrap_or_default(), sheet.table)));
        blocks.push(Block::Blank { columns: columns(&sheet.columns), rows: sheet.rows });
    }
    let mut closing = vec![Block::heading(2, format!("{}、簽名", part.next().unwrap_or_default()))];
    closing.push(Block::Signatures(SIGNERS.map(str::to_owned).to_vec()));
    if !left_out.is_empty() {
        closing.push(Block::Note(format!("未列入之項目：{}", left_out.join("；"))));
    }
    blocks.push(Block::Together(closing));
    let subject = format!("{}　{}", head.firm, head.case_no).trim_end().to_owned();
    Report {
        title: format!("{}{}", head.firm, sheet.title),
        author: head.organisation.clone(),
        head: (subject, format!("{}　{}", head.organisation, sheet.title)),
        foot: format!("列印時間 {}", words::moment(paper.printed_at)),
        draft: paper.draft,
        printed_at: paper.printed_at,
        cover: None,
        blocks,
    }
}

fn pairs(paper: &FieldSheetPaper) -> Vec<Pair> {
    let head = &paper.head;
    vec![
        Pair::new("受查單位", &head.firm),
        Pair::new("查核案號", or_dash(&head.case_no)),
        Pair::new("查核基準日", RocDate(head.as_of).to_string()),
        Pair::new("查核人員", head.examiners.join("、")),
        Pair::new("機房地點", ""),
        Pair::new("查核日期", ""),
    ]
}

fn columns(columns: &[(String, u32)]) -> Vec<Column> {
    let width = |w: u32| u16::try_from(w).unwrap_or(u16::MAX);
    columns.iter().map(|(t, w)| Column { title: t.clone(), width: width(*w), align: Align::Left }).collect()
}

/// The items to look at, in the order in which one walks, and those that are left out, each group with its reason.
fn parted(paper: &FieldSheetPaper) -> (Vec<&ItemLine>, Vec<String>) {
    let mut asked = Vec::new();
    let mut groups: Vec<(String, Vec<&ClauseId>)> = Vec::new();
    for id in &paper.sheet.clauses {
        let reason = match paper.lines.iter().find(|l| l.clause.id == *id) {
            Some(item) if item.decision.applicability != Applicability::NotApplicable => {
                asked.push(item);
                continue;
            }
            Some(item) => format!("不適用：{}", or_dash(&cells::decided(item).replace('\n', "；"))),
            None => "不在本案查核項目之內".to_owned(),
        };
        match groups.iter_mut().find(|(r, _)| *r == reason) {
            Some((_, ids)) => ids.push(id),
            None => groups.push((reason, vec![id])),
        }
    }
    let named = |(reason, ids): (String, Vec<&ClauseId>)| {
        let ids: Vec<_> = ids.into_iter().map(ClauseId::as_str).collect();
        format!("{}（{reason}）", ids.join("、"))
    };
    (asked, groups.into_iter().map(named).collect())
}

/// One item: label and strength, the text, boxes for each cell, a line for notes.
fn of_item(n: usize, item: &ItemLine) -> Vec<Block> {
    let clause = &item.clause;
    let title = format!("{n}　{}　{}　〔{}〕", clause.id, clause.label, cells::strengths(item));
    let mut blocks = vec![Block::heading(3, title)];
    if item.decision.applicability == Applicability::Undetermined {
        blocks.push(Block::paragraph(format!("? 適用性待確認：{}", or_dash(&cells::decided(item)))));
    }
    // A noun phrase that inherits its duty says nothing without the lead-in above it.
    if !clause.context.is_empty() {
        blocks.push(Block::Note(clause.context.join("　›　")));
    }
    blocks.push(Block::paragraph(clause_text(clause)));
    let answered: Vec<Line<'_>> = cells::asked(item);
    let mut unit = "";
    for line in answered {
        if line.unit != unit
            && let Some(of) = clause.units.iter().find(|u| u.id == line.unit)
        {
            let label = format!("（{}）{}", of.id, words::strength(of.strength));
            blocks.push(Block::labelled(&label, &of.text));
            unit = line.unit;
        }
        blocks.push(Block::Ticks { label: label(item, &line), choices: CHOICES.map(str::to_owned).to_vec() });
    }
    blocks.push(Block::Ruled { label: "說明".to_owned(), lines: 1 });
    blocks
}

/// What a row of boxes is about.
fn label(item: &ItemLine, line: &Line<'_>) -> String {
    let mut out = match (line.unit, line.system) {
        ("", "") => "查核結果".to_owned(),
        (unit, "") => format!("（{unit}）"),
        ("", system) => system.to_owned(),
        (unit, system) => format!("（{unit}）{system}"),
    };
    // Where the item as a whole is open, that stands above its text.
    let open = Applicability::Undetermined;
    if line.applicability == open && item.decision.applicability != open {
        out.push_str("\n? 適用性待確認");
    }
    out
}
