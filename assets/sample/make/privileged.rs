//! `06_最高權限帳號使用紀錄.xlsx`: uses of root and administrators with their approvals.

use super::book::{Cell, Sheet, write_xlsx};
use super::chance::Chance;
use super::days::{later, slashed, slashed_time};
use super::people::Roster;
use super::truth::{Place, Truth};
use super::{FIRM, SampleError};
use crate::cells;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday, date};
use std::path::Path;

const FILE: &str = "06_最高權限帳號使用紀錄.xlsx";
const SHEET: &str = "109年度";
const TEST: &str = "T-COL-05";
const APPROVAL: &str = "T-ACC-11";

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
        match &note {
            None => {}
            Some(Told::Exception(rule, why)) => truth.exception((TEST, rule), at, why),
            Some(Told::Unknown(rule, why)) => truth.unknown((TEST, rule), at, why),
            Some(Told::Near(why)) => truth.near(TEST, at, why),
        }
        tell_approval(&note, truth, at);
        // The register of systems names none of these hosts, so none is known to be a core system or not.
        if working_days(used.end.date(), reviewed(&used)) > 1 {
            truth.unknown((APPROVAL, "8"), at, "逾一個工作日始覆核，惟清冊未載該主機是否核心系統");
        } else if note.is_none() {
            truth.near(APPROVAL, at, "週五使用，次一工作日覆核");
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

/// What T-ACC-11 makes of the same approvals: a form has a number, so that one without an approver may be signed on paper.
fn tell_approval(note: &Option<Told>, truth: &mut Truth, at: Place<'_>) {
    match note {
        Some(Told::Exception("4a", _)) => {
            truth.unknown((APPROVAL, "7"), at, "載有表單編號而無核准主管，須調閱申請單");
        }
        Some(Told::Exception("4b", why)) => truth.exception((APPROVAL, "2"), at, why),
        Some(Told::Exception("4c", why)) => truth.exception((APPROVAL, "3"), at, why),
        Some(Told::Unknown("4u", why)) => truth.unknown((APPROVAL, "7"), at, why),
        _ => {}
    }
}

/// Reviewed three days later, on the next working day if nobody is at work.
fn reviewed(used: &Use) -> Date {
    let mut day = later(used.end, 86_400_000 * 3).date();
    while weekend(day) {
        day = day.saturating_add(1.day());
    }
    day
}

fn weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Working days after the first day up to the second; no holidays were told.
fn working_days(from: Date, to: Date) -> usize {
    let next = |day: &Date| Some(day.saturating_add(1.day()));
    std::iter::successors(next(&from), next).take_while(|day| *day <= to).filter(|day| !weekend(*day)).count()
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
        slashed(reviewed(used)),
    ]
}
