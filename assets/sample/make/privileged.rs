//! `06_最高權限帳號使用紀錄.xlsx`: uses of root and administrators with their approvals.

use super::book::{Cell, Sheet, write_xlsx};
use super::chance::Chance;
use super::days::{later, slashed, slashed_time};
use super::people::Roster;
use super::truth::{Place, Truth};
use super::{FIRM, SampleError};
use crate::cells;
use jiff::civil::{DateTime, date};
use std::path::Path;

const FILE: &str = "06_最高權限帳號使用紀錄.xlsx";
const SHEET: &str = "109年度";
const TEST: &str = "T-COL-05";

struct Use {
    host: &'static str,
    account: &'static str,
    user: String,
    vendor: &'static str,
    start: DateTime,
    end: DateTime,
    approver: String,
    approved: Option<DateTime>,
}

/// Writes the file.
pub fn write(folder: &Path, roster: &Roster, truth: &mut Truth) -> Result<(), SampleError> {
    let mut sheet = Sheet::new(SHEET);
    sheet.title(FIRM, 12);
    sheet.title("最高權限帳號使用申請及紀錄表", 12);
    sheet.header(&[
        "表單編號",
        "主機名稱",
        "特權帳號",
        "操作人員",
        "是否廠商",
        "作業內容",
        "登入時間",
        "登出時間",
        "權責主管",
        "簽核時間",
        "覆核人",
        "覆核日",
    ]);
    for (index, mut used) in ordinary(roster).into_iter().enumerate() {
        let note = story(index, &mut used);
        let row = sheet.row(line(index, &used));
        let at = Place { file: FILE, sheet: SHEET, row };
        match note {
            None => {}
            Some(Told::Exception(rule, why)) => truth.exception((TEST, rule), at, why),
            Some(Told::Unknown(rule, why)) => truth.unknown((TEST, rule), at, why),
            Some(Told::Near(why)) => truth.near(TEST, at, why),
        }
    }
    sheet.note("註：本表每月由資安室覆核。");
    write_xlsx(&folder.join(FILE), "最高權限帳號使用紀錄", &[sheet])
}

enum Told {
    Exception(&'static str, &'static str),
    Unknown(&'static str, &'static str),
    Near(&'static str),
}

fn story(index: usize, used: &mut Use) -> Option<Told> {
    Some(match index {
        4 => {
            (used.user, used.vendor) = ("丙丁工程師二".to_owned(), "是");
            Told::Exception("2", "廠商人員使用 root，雖有核准")
        }
        9 => {
            used.approver.clear();
            used.approved = None;
            Told::Exception("4a", "無核准主管")
        }
        13 => {
            used.approved = Some(later(used.start, 35 * 60_000));
            Told::Exception("4b", "核准晚於開始使用三十五分鐘")
        }
        17 => {
            used.approver.clone_from(&used.user);
            Told::Exception("4c", "自行核准")
        }
        21 => {
            used.approved = None;
            Told::Unknown("4u", "有核准主管而核准時間空白")
        }
        24 => {
            used.approved = Some(used.start);
            Told::Near("核准時間與開始時間相同")
        }
        28 => {
            (used.user, used.vendor) = ("未具名人員".to_owned(), "");
            Told::Unknown("2u", "實際使用人不在名冊且未註明是否廠商")
        }
        _ => return None,
    })
}

fn ordinary(roster: &Roster) -> Vec<Use> {
    let mut chance = Chance::new(6);
    let keepers = [("oms01", 0), ("oms02", 8), ("gw01", 16), ("gw02", 24)];
    let head = &roster.plain[2].name;
    let mut day = date(2020, 1, 7);
    (0..34)
        .map(|_| {
            let (host, keeper) = *chance.pick(&keepers);
            day = day.saturating_add(jiff::Span::new().days(chance.between(6, 14)));
            let start = later(day.at(19, 0, 0, 0), chance.between(0, 150) * 60_000);
            Use {
                host,
                account: "root",
                user: roster.plain[keeper].name.clone(),
                vendor: "否",
                start,
                end: later(start, chance.between(10, 90) * 60_000),
                approver: head.clone(),
                approved: Some(later(start, -chance.between(40, 400) * 60_000)),
            }
        })
        .collect()
}

fn line(index: usize, used: &Use) -> Vec<Cell> {
    cells![
        format!("PU109{:03}", index + 1),
        used.host,
        used.account,
        used.user.as_str(),
        used.vendor,
        if index.is_multiple_of(3) { "系統更新" } else { "設定調整" },
        slashed_time(used.start),
        slashed_time(used.end),
        used.approver.as_str(),
        used.approved.map(slashed_time).unwrap_or_default(),
        "郭庚一",
        slashed(later(used.end, 86_400_000 * 3).date()),
    ]
}
