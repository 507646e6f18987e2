//! who examines, with what qualifications, whether independent and bound to secrecy.

use super::{Head, list, workbook};
use crate::build::or_dash;
use crate::doc::{Align, Cell, Table, Tone, Workbook};
use crate::{Dossier, words};
use fieldbook_model::{RocDate, TeamMember, Tri};

const PAPER: &str = "A-02";
const TITLE: &str = "查核團隊";

/// The paper.
pub fn paper(dossier: &Dossier) -> Workbook {
    let clauses: Vec<_> = dossier.team.kinds.iter().map(|k| k.clause.clone()).collect();
    let mut basis: Vec<_> = clauses.iter().map(|c| c.as_str()).collect();
    basis.dedup();
    let basis = if basis.is_empty() {
        "查核人員之資格、獨立性及保密".to_owned()
    } else {
        basis.join("、")
    };
    let head = Head::of(dossier, PAPER, TITLE, &basis);
    let gaps = if dossier.team.gaps.is_empty() {
        vec!["資格、獨立性及保密切結未見欠缺。".to_owned()]
    } else {
        dossier.team.gaps.iter().map(|gap| format!("● 尚欠：{gap}")).collect()
    };
    let gaps = if dossier.team.members.is_empty() { Vec::new() } else { gaps };
    let mut sheets = vec![list(dossier, &head, TITLE, TITLE, (gaps, members(dossier)))];
    if !dossier.team.kinds.is_empty() {
        sheets.push(list(dossier, &head, "資格要求", TITLE, (Vec::new(), kinds(dossier))));
    }
    workbook(dossier, PAPER, TITLE, sheets)
}

fn members(dossier: &Dossier) -> Table {
    let kinds = &dossier.team.kinds;
    let mut columns = vec![("姓名", 12, Align::Left), ("單位／職稱", 20, Align::Left)];
    columns.extend(kinds.iter().map(|kind| (kind.zh.as_str(), 22, Align::Left)));
    columns.extend([
        ("獨立性", 12, Align::Left),
        ("保密切結", 12, Align::Left),
        ("切結日期", 12, Align::Left),
        ("說明", 28, Align::Left),
        ("登錄人員／時間", 15, Align::Left),
    ]);
    let row = |m: &TeamMember| {
        let mut cells = vec![Cell::text(&m.name), Cell::text(or_dash(&m.unit))];
        let held = |key: &str| or_dash(m.holds.get(key).map_or("", String::as_str)).to_owned();
        cells.extend(kinds.iter().map(|kind| Cell::text(held(&kind.key))));
        cells.extend([
            tri(m.independent),
            tri(m.confidential),
            Cell::text(m.signed_on.map_or("–".to_owned(), |d| RocDate(d).dotted())),
            Cell::text(&m.note),
            Cell::text(format!("{}\n{}", m.by, words::moment(m.at))),
        ]);
        cells
    };
    Table::new(&columns).with_rows(dossier.team.members.iter().map(row))
}

fn tri(value: Tri) -> Cell {
    match value {
        Tri::Yes => Cell::Mark("✓ 是".to_owned(), Tone::Ok),
        Tri::No => Cell::Mark("● 否".to_owned(), Tone::Fail),
        Tri::Unknown => Cell::Mark("? 未確認".to_owned(), Tone::Unknown),
    }
}

fn kinds(dossier: &Dossier) -> Table {
    let columns = [("資格", 36, Align::Left), ("證照例", 48, Align::Left), ("依據條次", 16, Align::Left)];
    let rows = dossier.team.kinds.iter().map(|kind| {
        let texts = [kind.zh.as_str(), &kind.examples.join("、"), kind.clause.as_str()];
        texts.map(Cell::text).to_vec()
    });
    Table::new(&columns).with_rows(rows)
}
