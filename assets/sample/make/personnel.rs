//! `04_人員名冊.xlsx`: present staff and leavers on two sheets; someone who came back stands on both.

use super::book::{Sheet, write_xlsx};
use super::days::{long_bare, slashed};
use super::people::{Person, Roster};
use super::{FIRM, SampleError};
use crate::cells;
use std::path::Path;

const FILE: &str = "04_人員名冊.xlsx";

/// Writes the file.
pub fn write(folder: &Path, roster: &Roster) -> Result<(), SampleError> {
    let all = roster.all();
    write_xlsx(&folder.join(FILE), "人員名冊", &[present(&all), leavers(&all)])
}

fn present(all: &[&Person]) -> Sheet {
    let mut sheet = Sheet::new("在職人員");
    sheet.title(FIRM, 7);
    sheet.title("在職人員名冊（109年12月31日）", 7);
    sheet.header(&["項次", "員編", "中文姓名", "部門名稱", "職稱", "報到日", "人員類別"]);
    let here: Vec<&&Person> = all.iter().filter(|p| !p.has_left() || p.contradicted).collect();
    for (index, person) in here.iter().enumerate() {
        let hired = person.spells.last().map_or_else(|| person.hired(), |s| s.hired);
        // A person typed the name with a full-width blank in it.
        let name = if index % 17 == 5 { spaced(&person.name) } else { person.name.clone() };
        let kind = if index % 11 == 7 { "約聘" } else { "正職" };
        sheet.row(cells![
            (index + 1) as f64,
            person.id.as_str(),
            name,
            person.unit,
            person.title,
            slashed(hired),
            kind,
        ]);
        if index == 24 {
            sheet.blank();
        }
    }
    sheet.note(&format!("合計：{} 人", here.len()));
    sheet.note("製表：人力資源部　　覆核：");
    sheet
}

fn leavers(all: &[&Person]) -> Sheet {
    let mut sheet = Sheet::new("離職人員");
    sheet.title("109年度離職人員清單", 6);
    sheet.note("資料期間：109/01/01～110/01/31");
    sheet.header(&["員工編號", "員工姓名", "單位", "職務", "到職日", "離職日期"]);
    let mut gone: Vec<_> = all
        .iter()
        .flat_map(|p| p.spells.iter().filter_map(move |s| s.left.map(|left| (*p, s.hired, left))))
        .collect();
    gone.sort_by_key(|(person, _, left)| (*left, person.id.clone()));
    for (person, hired, left) in &gone {
        sheet.row(cells![
            person.id.as_str(),
            person.name.as_str(),
            person.unit,
            person.title,
            long_bare(*hired),
            long_bare(*left),
        ]);
    }
    sheet.note(&format!("總計 {} 人次", gone.len()));
    sheet.note("註：離職日為最後在職日。");
    sheet
}

fn spaced(name: &str) -> String {
    let mut letters = name.chars();
    let first: String = letters.by_ref().take(1).collect();
    format!("{first}\u{3000}{}", letters.collect::<String>())
}
