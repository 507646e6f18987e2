//! `13_密碼及帳號鎖定原則.xlsx`: what systems ask of passwords, as their administrators filled it in.

use super::accounts_trading::SYSTEM;
use super::book::{Cell, Sheet, write_xlsx};
use super::days::slashed;
use super::truth::{Place, Truth};
use super::{FIRM, SampleError};
use crate::cells;
use jiff::civil::date;
use std::path::Path;

const FILE: &str = "13_密碼及帳號鎖定原則.xlsx";
const SHEET: &str = "原則設定";
const TEST: &str = "T-ACC-04";

/// System, for whom, complexity, then in the order of the columns: length, longest and shortest age, history, failures,
/// minutes of locking.
type Row = (&'static str, &'static str, &'static str, [Option<u16>; 6]);

const POLICIES: [Row; 8] = [
    ("JIAYI.EXAMPLE", "全體員工", "啟用", [Some(8), Some(90), Some(1), Some(5), Some(5), Some(30)]),
    (SYSTEM, "員工", "英數混合", [Some(8), Some(90), Some(1), Some(3), Some(3), Some(0)]),
    (SYSTEM, "客戶", "英數混合", [Some(6), Some(0), Some(0), Some(0), Some(5), Some(15)]),
    ("主機共置交易閘道", "管理人員", "啟用", [Some(8), Some(92), Some(0), Some(2), Some(3), Some(10)]),
    ("帳務結算系統", "員工", "停用", [Some(5), Some(180), Some(1), Some(3), Some(6), Some(15)]),
    ("客戶關係管理系統", "員工", "文數字", [Some(6), Some(90), Some(1), Some(3), Some(5), Some(15)]),
    ("公司官網", "管理人員", "依公司規定", [Some(8), Some(0), Some(1), Some(3), Some(3), Some(15)]),
    ("UNIX主機", "內部人員", "啟用", [None, Some(90), Some(1), Some(3), Some(3), Some(15)]),
];

/// Writes the file.
pub fn write(folder: &Path, truth: &mut Truth) -> Result<(), SampleError> {
    let mut sheet = Sheet::new(SHEET);
    sheet.title(FIRM, 11);
    sheet.title("密碼及帳號鎖定原則設定一覽表", 11);
    sheet.header(&[
        "項次",
        "系統別",
        "適用對象",
        "密碼最小長度",
        "密碼複雜度",
        "密碼最長效期",
        "密碼最短效期",
        "密碼歷程紀錄",
        "帳號鎖定閾值",
        "帳號鎖定時間",
        "擷取日期",
    ]);
    for (index, (system, scope, complexity, numbers)) in POLICIES.into_iter().enumerate() {
        let [length, longest, shortest, history, failures, minutes] =
            numbers.map(|n| n.map_or(Cell::Blank, |n| Cell::Number(f64::from(n))));
        let mut cells = cells![(index + 1) as f64, system, scope];
        cells.extend([length, Cell::from(complexity), longest, shortest, history, failures, minutes]);
        cells.push(Cell::from(slashed(date(2020, 12, 30))));
        let row = sheet.row(cells);
        tell(index, truth, Place { file: FILE, sheet: SHEET, row });
    }
    sheet.note("註：鎖定時間 0 為須經管理者解鎖。");
    write_xlsx(&folder.join(FILE), "密碼及帳號鎖定原則", &[sheet])
}

fn tell(index: usize, truth: &mut Truth, at: Place<'_>) {
    match index {
        0 => truth.unknown((TEST, "12"), at, "五次始鎖定，網域不在資通系統清冊而不知是否電子式交易"),
        1 => {
            truth.lead((TEST, "16"), at, "鎖定時間為零");
            truth.near(TEST, at, "鎖定時間零為須經管理者解鎖");
        }
        2 => truth.exception((TEST, "6"), at, "電子式交易系統五次始鎖定（期限及歷程不適用於客戶）"),
        3 => {
            truth.exception((TEST, "4"), at, "最短使用期限為零");
            truth.exception((TEST, "5"), at, "歷程僅二代");
            truth.exception((TEST, "8"), at, "鎖定十分鐘");
            truth.lead((TEST, "15"), at, "九十二日，於部分月份逾三個月");
        }
        4 => {
            truth.exception((TEST, "1"), at, "長度五個字元");
            truth.exception((TEST, "2"), at, "未要求複雜度");
            truth.exception((TEST, "3"), at, "一百八十日");
            truth.exception((TEST, "7"), at, "六次始鎖定");
        }
        5 => truth.near(TEST, at, "長度、期限、歷程、次數及鎖定時間均恰為標準"),
        6 => {
            truth.exception((TEST, "3"), at, "最長效期零為永不過期");
            truth.unknown((TEST, "2u"), at, "複雜度之記載無法判斷");
        }
        _ => truth.unknown((TEST, "9"), at, "最小長度空白"),
    }
}

/// Whether the list has a policy of the system.
pub fn has(system: &str) -> bool {
    POLICIES.iter().any(|(name, ..)| *name == system)
}
