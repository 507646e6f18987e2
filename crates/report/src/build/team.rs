//! The team: who examines, with which qualifications, independent and bound to secrecy or not.

use super::or_dash;
use crate::doc::{Align, Block, Cell, Table, Tone};
use crate::{Dossier, words};
use fieldbook_model::{RocDate, TeamMember, Tri};

/// The matrix of members and qualifications, and what is missing; says so where nobody recorded a team.
pub fn blocks(dossier: &Dossier) -> Vec<Block> {
    let team = &dossier.team;
    if team.members.is_empty() {
        return vec![Block::paragraph(
            "案卷未記錄團隊成員之資格、獨立性及保密切結；本項無資料，不得視為符合資格要求。",
        )];
    }
    let mut blocks = vec![Block::Table(matrix(dossier))];
    if !team.kinds.is_empty() {
        blocks.push(Block::heading(3, "資格種類"));
        blocks.push(Block::Table(kinds(dossier)));
    }
    if team.gaps.is_empty() {
        blocks.push(Block::paragraph("依案卷所載，未發現團隊資格、獨立性及保密切結有所欠缺。"));
    } else {
        blocks.push(Block::heading(3, "尚有欠缺"));
        blocks.push(Block::Steps(team.gaps.clone()));
    }
    blocks
}

fn matrix(dossier: &Dossier) -> Table {
    let kinds = &dossier.team.kinds;
    let mut columns = vec![("姓名", 9, Align::Left), ("單位／職稱", 14, Align::Left)];
    columns.extend(kinds.iter().map(|kind| (kind.zh.as_str(), 14, Align::Left)));
    columns.extend([("獨立性", 9, Align::Left), ("保密切結", 12, Align::Left)]);
    let row = |member: &TeamMember| {
        let mut cells = vec![Cell::text(&member.name), Cell::text(or_dash(&member.unit))];
        let held = |key: &str| member.holds.get(key).map_or("–", |text| or_dash(text));
        cells.extend(kinds.iter().map(|kind| Cell::text(held(&kind.key))));
        cells.extend([stated(member.independent, ""), signed(member)]);
        cells
    };
    Table::new(&columns).with_rows(dossier.team.members.iter().map(row))
}

fn signed(member: &TeamMember) -> Cell {
    let on = member.signed_on.map(|day| RocDate(day).dotted()).unwrap_or_default();
    stated(member.confidential, &on)
}

/// Yes, no or not known, with what is known beside it.
fn stated(tri: Tri, more: &str) -> Cell {
    let (word, tone) = match tri {
        Tri::Yes => ("✓ 是", Tone::Ok),
        Tri::No => ("● 否", Tone::Fail),
        Tri::Unknown => ("? 未確認", Tone::Unknown),
    };
    Cell::Mark(if more.is_empty() { word.to_owned() } else { format!("{word}\n{more}") }, tone)
}

fn kinds(dossier: &Dossier) -> Table {
    let columns = [
        ("資格", 24, Align::Left),
        ("證照舉例", 34, Align::Left),
        ("依據條次", 14, Align::Left),
        ("具備人員", 20, Align::Left),
    ];
    let rows = dossier.team.kinds.iter().map(|kind| {
        let holds = |m: &&TeamMember| m.holds.get(&kind.key).is_some_and(|text| !text.trim().is_empty());
        let names: Vec<_> = dossier.team.members.iter().filter(holds).map(|m| m.name.as_str()).collect();
        let who = if names.is_empty() {
            Cell::Mark("● 無".to_owned(), Tone::Fail)
        } else {
            Cell::text(names.join("、"))
        };
        vec![
            Cell::text(&kind.zh),
            Cell::text(or_dash(&kind.examples.join("、"))),
            Cell::text(kind.clause.as_str()),
            who,
        ]
    });
    Table::new(&columns).with_rows(rows)
}

/// Who recorded what of the team, for the words below a matrix.
pub fn recorded(dossier: &Dossier) -> Option<Block> {
    let last = dossier.team.members.iter().max_by_key(|m| m.at)?;
    Some(Block::Note(format!("團隊資料最後由{}於 {} 記錄。", last.by, words::moment(last.at))))
}
