//! `16_程式異動及上線紀錄.xlsx`: the releases of the year.

use super::book::{Sheet, write_xlsx};
use super::days::slashed;
use super::people::Roster;
use super::truth::{Place, Truth};
use super::{FIRM, SampleError};
use crate::cells;
use jiff::civil::{Date, date};
use std::path::Path;

const FILE: &str = "16_程式異動及上線紀錄.xlsx";
const SHEET: &str = "109年度";
const TEST: &str = "T-CHG-01";
const SCAN: &str = "T-VUL-05";
const VENDOR: &str = "戊己系統整合有限公司、戊己工程師三";

struct Change {
    system: &'static str,
    kind: &'static str,
    developer: String,
    tester: String,
    approver: String,
    approved: Option<Date>,
    live: Date,
    scanned: Option<Date>,
}

/// Releases in good order, before [`story`].
fn ordinary(roster: &Roster) -> Vec<Change> {
    let name = |index: usize| roster.plain[index].name.clone();
    let days = [
        ("網路下單系統", "功能新增", (3, 6)),
        ("帳務結算系統", "功能修改", (4, 8)),
        ("網路下單系統", "緊急修正", (5, 12)),
        ("主機共置交易閘道", "緊急修正", (6, 10)),
        ("客戶關係管理系統", "功能修改", (6, 22)),
        ("公司官網", "版面修改", (7, 3)),
        ("網路下單系統", "功能修改", (7, 20)),
        ("帳務結算系統", "功能修改", (8, 14)),
        ("人事差勤系統", "功能修改", (9, 4)),
        ("網路下單系統", "功能修改", (9, 15)),
        ("主機共置交易閘道", "功能修改", (10, 7)),
        ("網路下單系統", "功能新增", (12, 28)),
    ];
    days.into_iter()
        .map(|(system, kind, (month, day))| {
            let live = date(2020, month, day);
            Change {
                system,
                kind,
                developer: name(0),
                tester: name(8),
                approver: name(2),
                approved: Some(live.saturating_sub(jiff::Span::new().days(2))),
                live,
                scanned: Some(live.saturating_sub(jiff::Span::new().days(3))),
            }
        })
        .collect()
}

fn story(index: usize, c: &mut Change, truth: &mut Truth, at: Place<'_>) {
    match index {
        0 => truth.near(TEST, at, "核准、測試均在上線前"),
        1 => {
            c.approved = Some(date(2020, 4, 10));
            truth.exception((TEST, "2"), at, "核准晚於上線二日");
        }
        2 => {
            c.approved = Some(date(2020, 5, 13));
            c.scanned = Some(c.live);
            truth.lead((TEST, "11"), at, "緊急異動次日補核准");
            truth.near(TEST, at, "緊急異動次日補核准");
            truth.near(SCAN, at, "上線當日掃描");
        }
        3 => {
            c.approved = Some(date(2020, 6, 20));
            truth.exception((TEST, "3"), at, "緊急異動十日後始核准");
        }
        4 => {
            c.approver.clone_from(&c.developer);
            c.scanned = None;
            truth.exception((TEST, "4"), at, "核准者即為開發人員");
            truth.near(SCAN, at, "非核心系統");
        }
        5 => {
            "未測試".clone_into(&mut c.tester);
            c.scanned = None;
            truth.exception((TEST, "5"), at, "載明未測試");
            truth.near(SCAN, at, "非核心系統");
        }
        6 => {
            c.scanned = None;
            truth.unknown((SCAN, "1u"), at, "無掃描日期，且未取得檢測場次清單");
        }
        7 => {
            c.approver.clear();
            c.approved = None;
            truth.exception((TEST, "1"), at, "核准主管及核准日期均空白");
        }
        8 => {
            c.approved = None;
            truth.unknown((TEST, "7"), at, "核准日期空白");
        }
        9 => {
            VENDOR.clone_into(&mut c.developer);
            truth.exception(("T-VEN-02", "3"), at, "廠商契約109年6月30日屆滿後仍由其修改程式");
        }
        10 => {
            c.tester.clear();
            truth.unknown((TEST, "9"), at, "測試人員空白");
        }
        _ => {
            c.approved = Some(c.live);
            c.scanned = Some(date(2020, 12, 30));
            truth.near(TEST, at, "上線當日核准");
            truth.exception((SCAN, "1"), at, "上線後二日始掃描");
        }
    }
}

/// Writes the file.
pub fn write(folder: &Path, roster: &Roster, truth: &mut Truth) -> Result<(), SampleError> {
    let mut sheet = Sheet::new(SHEET);
    sheet.title(FIRM, 12);
    sheet.title("程式異動及上線紀錄表", 12);
    let header = [
        "項次",
        "變更單號",
        "應用系統",
        "異動類型",
        "需求單位",
        "程式人員",
        "測試人員",
        "核定主管",
        "核准日",
        "換版人員",
        "換版日",
        "源碼掃描日",
    ];
    sheet.header(&header);
    for (index, mut c) in ordinary(roster).into_iter().enumerate() {
        let row = sheet.next_row();
        story(index, &mut c, truth, Place { file: FILE, sheet: SHEET, row });
        sheet.row(cells![
            (index + 1) as f64,
            format!("CR109{:03}", index + 1),
            c.system,
            c.kind,
            "經紀部",
            c.developer.as_str(),
            c.tester.as_str(),
            c.approver.as_str(),
            c.approved.map(slashed).unwrap_or_default(),
            roster.plain[16].name.as_str(),
            slashed(c.live),
            c.scanned.map(slashed).unwrap_or_default(),
        ]);
    }
    sheet.note("合計 12 件");
    write_xlsx(&folder.join(FILE), "程式異動及上線紀錄", &[sheet])
}
