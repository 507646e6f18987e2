//! B-01: what is known about the firm and its systems, from whom, since when.

use super::{Head, list, workbook};
use crate::build::or_dash;
use crate::doc::{Align, Cell, Table, Tone, Workbook};
use crate::{Dossier, FactLine, words};
use fieldbook_model::FactValue;

const PAPER: &str = "B-01";
const TITLE: &str = "受查單位概況";
const SYSTEMS: &str = "資通系統清冊";

/// The paper.
pub fn paper(dossier: &Dossier) -> Workbook {
    let head = Head::of(dossier, PAPER, TITLE, "受查單位說明及所附文件");
    let sheets = vec![
        list(dossier, &head, TITLE, TITLE, (Vec::new(), facts(dossier))),
        list(dossier, &head, SYSTEMS, TITLE, (Vec::new(), systems(dossier))),
    ];
    workbook(dossier, PAPER, TITLE, sheets)
}

fn facts(dossier: &Dossier) -> Table {
    let columns = [
        ("類別", 18, Align::Left),
        ("項目", 52, Align::Left),
        ("內容", 30, Align::Left),
        ("依據／來源", 36, Align::Left),
        ("登錄人員", 12, Align::Left),
        ("登錄時間", 16, Align::Left),
    ];
    let row = |fact: &FactLine| {
        let at = fact.at.map_or("–".to_owned(), words::moment);
        let texts = [&fact.group, &fact.question, &fact.value, or_dash(&fact.basis), or_dash(&fact.by), &at];
        texts.map(Cell::text).to_vec()
    };
    Table::new(&columns).with_rows(dossier.facts.iter().map(row))
}

/// One line a system, one column for each attribute that any of them has.
fn systems(dossier: &Dossier) -> Table {
    let systems = &dossier.exam.systems;
    let mut codes: Vec<&str> = systems.iter().flat_map(|s| s.facts.keys().map(String::as_str)).collect();
    codes.sort_unstable();
    codes.dedup();
    let titles: Vec<String> = codes.iter().map(|code| attribute_zh(dossier, code)).collect();
    let mut columns = vec![("項次", 6, Align::Right), ("系統名稱", 28, Align::Left)];
    columns.extend(titles.iter().map(|title| (title.as_str(), 14, Align::Left)));
    let rows = (1..).zip(systems).map(|(no, system)| {
        let mut cells = vec![Cell::Ordinal(no), Cell::text(&system.name)];
        cells.extend(codes.iter().map(|code| value(system.facts.get(*code))));
        cells
    });
    Table::new(&columns).with_rows(rows)
}

/// The name of a system's attribute: that of the column of the register which tells it.
fn attribute_zh(dossier: &Dossier, code: &str) -> String {
    let register = dossier.datasets.iter().find(|d| d.key == "systems");
    let known = register.and_then(|d| d.column(code).or_else(|| d.column(&format!("is_{code}"))));
    known.map_or_else(|| code.to_owned(), |c| c.zh.clone())
}

fn value(value: Option<&FactValue>) -> Cell {
    match value {
        None | Some(FactValue::Unknown) => Cell::Mark("? 未確認".to_owned(), Tone::Unknown),
        Some(FactValue::Yes) => Cell::text("是"),
        Some(FactValue::No) => Cell::text("否"),
        Some(FactValue::Text(text)) => Cell::text(text),
        Some(FactValue::List(list)) => Cell::text(list.join("、")),
    }
}
