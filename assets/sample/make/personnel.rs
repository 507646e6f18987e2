//! `04_人員名冊.xlsx`: present staff and leavers on two sheets; someone who came back stands on both.

use super::book::{Sheet, write_xlsx};
use super::days::{long_bare, slashed};
use super::people::{Person, Roster};
use super::truth::{Place, Truth};
use super::{FIRM, SampleError};
use crate::cells;
use jiff::ToSpan;
use jiff::civil::date;
use std::path::Path;

const FILE: &str = "04_人員名冊.xlsx";
const PRESENT: &str = "在職人員";
const PLEDGE: &str = "T-HR-03";

/// Writes the file.
pub fn write(folder: &Path, roster: &Roster, truth: &mut Truth) -> Result<(), SampleError> {
    let all = roster.all();
    write_xlsx(&folder.join(FILE), "人員名冊", &[present(&all, roster, truth), leavers(&all)])
}

fn present(all: &[&Person], roster: &Roster, truth: &mut Truth) -> Sheet {
    let mut sheet = Sheet::new(PRESENT);
    sheet.title(FIRM, 8);
    sheet.title("在職人員名冊（109年12月31日）", 8);
    sheet.header(&["項次", "員編", "中文姓名", "部門名稱", "職稱", "報到日", "人員類別", "保密切結日"]);
    let here: Vec<&&Person> = all.iter().filter(|p| !p.has_left() || p.contradicted).collect();
    for (index, person) in here.iter().enumerate() {
        let hired = person.spells.last().map_or_else(|| person.hired(), |s| s.hired);
        let (pledged, told) = pledge(person, roster);
        // A person typed the name with a full-width blank in it.
        let name = if index % 17 == 5 { spaced(&person.name) } else { person.name.clone() };
        let kind = if index % 11 == 7 { "約聘" } else { "正職" };
        let row = sheet.row(cells![
            (index + 1) as f64,
            person.id.as_str(),
            name,
            person.unit,
            person.title,
            slashed(hired),
            kind,
            pledged.unwrap_or_else(|| slashed(hired)),
        ]);
        let at = Place { file: FILE, sheet: PRESENT, row };
        match told {
            Some((Some((rule, "exception")), why)) => truth.exception((PLEDGE, rule), at, why),
            Some((Some((rule, _)), why)) => truth.unknown((PLEDGE, rule), at, why),
            Some((None, why)) => truth.near(PLEDGE, at, why),
            None => {}
        }
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
    sheet.title("109年度離職人員清單", 7);
    sheet.note("資料期間：109/01/01～110/01/31");
    sheet.header(&["員工編號", "員工姓名", "單位", "職務", "到職日", "離職日期", "保密切結日"]);
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
            long_bare(*hired),
        ]);
    }
    sheet.note(&format!("總計 {} 人次", gone.len()));
    sheet.note("註：離職日為最後在職日。");
    sheet
}

type Told = (Option<(&'static str, &'static str)>, &'static str);

/// What the roster has for the day of the pledge (`None` is the day of hiring), and what T-HR-03 makes of it: rule and verdict,
/// without them a near miss.
fn pledge(person: &Person, roster: &Roster) -> (Option<String>, Option<Told>) {
    let is = |other: &Person| person.id == other.id;
    let hired = person.hired();
    if is(&roster.plain[5]) {
        (Some(String::new()), Some((Some(("1", "exception")), "保密切結日空白")))
    } else if is(&roster.newcomer) {
        let day = slashed(date(2020, 11, 20));
        (Some(day), Some((Some(("2", "exception")), "到職四日後始簽署")))
    } else if is(&roster.plain[6]) {
        (Some("已簽".to_owned()), Some((Some(("3", "unknown")), "僅註記已簽而無日期")))
    } else if is(&roster.plain[7]) {
        (Some(slashed(hired.saturating_sub(1.day()))), Some((None, "到職前一日簽署")))
    } else if is(&roster.plain[9]) {
        let day = slashed(hired.saturating_add(30.days()));
        (Some(day), Some((None, "到職後補簽，惟在查核期間以前")))
    } else if is(&roster.came_back) {
        (None, Some((None, "回任當日重新簽署")))
    } else {
        (None, None)
    }
}

fn spaced(name: &str) -> String {
    let mut letters = name.chars();
    let first: String = letters.by_ref().take(1).collect();
    format!("{first}\u{3000}{}", letters.collect::<String>())
}
