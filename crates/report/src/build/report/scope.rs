//! 肆、適用性: items whose applicability nobody could decide yet, why others are out of scope or were judged otherwise
//! than the profile says, and what the firm still owes.

use crate::build::cells;
use crate::build::or_dash;
use crate::doc::{Align, Block, Cell, Table, grouped};
use crate::{Dossier, words};
use fieldbook_model::Applicability;

/// The part's blocks.
pub fn blocks(dossier: &Dossier) -> Vec<Block> {
    let mut blocks = vec![
        Block::heading(1, "肆、適用性說明"),
        Block::heading(2, "一、適用性待確認項目"),
        Block::Table(undetermined(dossier)),
        Block::heading(2, "二、不適用、除外、依較佳規範及改判項目"),
        Block::Table(reasons(dossier)),
    ];
    let mut number = ["三", "四"].into_iter();
    let mut part = |title: &str, table| {
        let number = number.next().unwrap_or_default();
        blocks.extend([Block::heading(2, format!("{number}、{title}")), Block::Table(table)]);
    };
    if dossier.items.iter().any(|i| cells::awaited(i).next().is_some()) {
        part("待補資料項目", awaited(dossier));
    }
    if !dossier.facts.is_empty() {
        part("受查單位概況", facts(dossier));
    }
    blocks
}

/// What the firm is, as far as applicability rests on it.
fn facts(dossier: &Dossier) -> Table {
    let columns = [
        ("類別", 12, Align::Left),
        ("問題", 36, Align::Left),
        ("答復", 16, Align::Left),
        ("依據／來源", 20, Align::Left),
        ("記錄人員／時間", 13, Align::Left),
    ];
    let rows = dossier.facts.iter().map(|fact| {
        let at = fact.at.map(words::moment).unwrap_or_default();
        vec![
            Cell::text(&fact.group),
            Cell::text(&fact.question),
            Cell::text(&fact.value),
            Cell::text(or_dash(&fact.basis)),
            Cell::text(or_dash(format!("{}\n{at}", fact.by).trim())),
        ]
    });
    Table::new(&columns).with_rows(rows)
}

/// Items that are open, and the systems for which an item that applies is open.
fn undetermined(dossier: &Dossier) -> Table {
    let columns = [("條次", 14, Align::Left), ("規範內容", 44, Align::Left), ("待確認事由", 26, Align::Left)];
    let open = |a: Applicability| a == Applicability::Undetermined;
    let mut rows = Vec::new();
    for item in &dossier.items {
        let mut line = |unit: &str, text: &str, reason: String| {
            let name = format!("{}\n{}", cells::name(&item.clause, unit), item.clause.label);
            rows.push(vec![Cell::text(name), Cell::text(text), Cell::text(reason)]);
        };
        if open(item.decision.applicability) {
            line("", &item.clause.text, cells::decided(item));
            continue;
        }
        for cell in cells::lines(item).into_iter().filter(|l| open(l.applicability)) {
            let of_unit = item.clause.units.iter().find(|u| u.id == cell.unit);
            let system = if cell.system.is_empty() { "" } else { "：" };
            line(
                cell.unit,
                of_unit.map_or(&item.clause.text, |u| &u.text),
                format!("{}{system}{}", cell.system, cell.reason),
            );
        }
    }
    Table::new(&columns).with_rows(rows)
}

/// What the firm still owes.
fn awaited(dossier: &Dossier) -> Table {
    let columns = [
        ("條次", 14, Align::Left),
        ("系統", 16, Align::Left),
        ("待補資料", 40, Align::Left),
        ("查核人員", 10, Align::Left),
    ];
    let rows = dossier.items.iter().flat_map(|item| {
        cells::awaited(item).map(|(answer, what)| {
            let name = format!("{}\n{}", cells::name(&item.clause, &answer.key.unit), item.clause.label);
            let texts = [name.as_str(), or_dash(&answer.key.system), or_dash(what), &answer.by];
            texts.map(Cell::text).to_vec()
        })
    });
    Table::new(&columns).with_rows(rows)
}

/// One line a reason, with the items it holds for.
fn reasons(dossier: &Dossier) -> Table {
    let mut groups: Vec<(&str, String, Vec<&str>)> = Vec::new();
    for item in &dossier.items {
        let judged = item.decision.overridden.is_some();
        let kind = match (item.decision.applicability, judged) {
            (Applicability::NotApplicable, false) => "– 不適用",
            (Applicability::NotApplicable, true) => "– 不適用（改判）",
            (Applicability::Waived, _) => "– 符合條文除外規定",
            (Applicability::Substituted, _) => "依較佳規範",
            (Applicability::Applicable, true) => "適用（改判）",
            (Applicability::Applicable, false) | (Applicability::Undetermined, _) => continue,
        };
        let reason = cells::decided(item);
        let id = item.clause.id.as_str();
        match groups.iter_mut().find(|(k, r, _)| *k == kind && *r == reason) {
            Some((_, _, ids)) => ids.push(id),
            None => groups.push((kind, reason, vec![id])),
        }
    }
    let columns = [
        ("類別", 14, Align::Left),
        ("理由", 26, Align::Left),
        ("項數", 6, Align::Right),
        ("條次", 40, Align::Left),
    ];
    let rows = groups.into_iter().map(|(kind, reason, ids)| {
        let count = grouped(ids.len() as u64);
        vec![Cell::text(kind), Cell::text(reason), Cell::text(count), Cell::text(ids.join("、"))]
    });
    Table::new(&columns).with_rows(rows)
}
