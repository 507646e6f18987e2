//! `12_資通系統清冊.xlsx`: the register of systems.

use super::accounts_trading::SYSTEM;
use super::book::{Sheet, write_xlsx};
use super::truth::{Place, Truth};
use super::{FIRM, SampleError};
use super::{policies, retention};
use crate::cells;
use std::path::Path;

const FILE: &str = "12_資通系統清冊.xlsx";
const SHEET: &str = "資通系統";

/// Writes the file.
pub fn write(folder: &Path, truth: &mut Truth) -> Result<(), SampleError> {
    let mut sheet = Sheet::new(SHEET);
    sheet.title(FIRM, 10);
    sheet.title("資通系統清冊", 10);
    sheet.note("依 109 年度風險評鑑結果");
    sheet.header(&[
        "資通系統編號",
        "資通系統名稱",
        "核心或非核心",
        "系統分類",
        "是否網路下單",
        "對外網站",
        "是否含個人資料",
        "自建或委外",
        "業務單位",
        "台數",
        "RTO",
        "RPO",
    ]);
    type Row = (&'static str, [&'static str; 6], &'static str, f64, &'static str, &'static str);
    let rows: [Row; 6] = [
        ("網路下單系統", ["核心", "第一類", "是", "是", "是", "委外"], "經紀部", 12.0, "2小時", "0"),
        ("主機共置交易閘道", ["核心", "第一類", "是", "否", "否", "自建"], "自營部", 16.0, "1小時", "0"),
        ("帳務結算系統", ["核心", "第一類", "否", "否", "是", "委外"], "結算部", 6.0, "4小時", "30分"),
        ("客戶關係管理系統", ["非核心", "第二類", "否", "否", "是", "委外"], "經紀部", 3.0, "24小時", "1日"),
        ("公司官網", ["非核心", "第二類", "否", "是", "否", "委外"], "資訊部", 2.0, "8小時", "1日"),
        ("人事差勤系統", ["非核心", "第三類", "否", "否", "是", "自建"], "人力資源部", 1.0, "3日", "1日"),
    ];
    for (index, (name, words, unit, devices, rto, rpo)) in rows.into_iter().enumerate() {
        let [core, class, etrade, outside, pii, mode] = words;
        let row = sheet.row(cells![
            format!("S{:02}", index + 1),
            name,
            if core == "核心" { "是" } else { "否" },
            class,
            etrade,
            outside,
            pii,
            mode,
            unit,
            devices,
            rto,
            rpo,
        ]);
        let at = Place { file: FILE, sheet: SHEET, row };
        if core == "核心" && !retention::has(name) {
            truth.unknown(("T-LOG-02", "6u"), at, "保存清單無此核心系統之日誌");
        }
        if !policies::has(name) {
            truth.unknown(("T-ACC-04", "14"), at, "未提供此系統之密碼及鎖定原則");
        }
        if name == SYSTEM {
            truth.near("T-ACC-03", at, "帳號清冊有此系統之帳號");
        } else {
            // Accounts are listed by host, database and device, which the register does not name.
            truth.unknown(("T-ACC-03", "8"), at, "帳號清冊無此系統之帳號");
        }
    }
    sheet.note("合計 6 個系統");
    write_xlsx(&folder.join(FILE), "資通系統清冊", &[sheet])
}
