//! 肆、適用性: items whose applicability nobody could decide yet, and why others are out of scope.

use crate::doc::{Align, Block, Cell, Table, grouped};
use crate::{Dossier, ItemLine};
use fieldbook_model::Applicability;

/// The part's blocks.
pub fn blocks(dossier: &Dossier) -> Vec<Block> {
    let open = dossier.items.iter().filter(|i| i.decision.applicability == Applicability::Undetermined);
    vec![
        Block::heading(1, "肆、適用性說明"),
        Block::heading(2, "一、適用性待確認項目"),
        Block::Table(undetermined(open)),
        Block::heading(2, "二、不適用、除外及依較佳規範項目"),
        Block::Table(reasons(dossier)),
    ]
}

fn undetermined<'a>(items: impl Iterator<Item = &'a ItemLine>) -> Table {
    let columns = [("條次", 14, Align::Left), ("規範內容", 44, Align::Left), ("待確認事由", 26, Align::Left)];
    let rows = items.map(|item| {
        vec![
            Cell::text(format!("{}\n{}", item.clause.id, item.clause.label)),
            Cell::text(&item.clause.text),
            Cell::text(&item.decision.reason),
        ]
    });
    Table::new(&columns).with_rows(rows)
}

/// One line a reason, with the items it holds for.
fn reasons(dossier: &Dossier) -> Table {
    let mut groups: Vec<(&str, &str, Vec<&str>)> = Vec::new();
    for item in &dossier.items {
        let kind = match item.decision.applicability {
            Applicability::NotApplicable => "– 不適用",
            Applicability::Waived => "– 符合條文除外規定",
            Applicability::Substituted => "依較佳規範",
            Applicability::Applicable | Applicability::Undetermined => continue,
        };
        let reason = item.decision.reason.as_str();
        let id = item.clause.id.as_str();
        match groups.iter_mut().find(|(k, r, _)| (*k, *r) == (kind, reason)) {
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
