//! `15_主機共置客戶名單.xlsx`: who may use the direct lines since when, and whose application was refused.

use super::FIRM;
use super::SampleError;
use super::book::{Sheet, write_xlsx};
use super::days::slashed;
use super::truth::{Place, Truth};
use crate::cells;
use jiff::civil::{Date, date};
use std::path::Path;

const FILE: &str = "15_主機共置客戶名單.xlsx";
const SHEET: &str = "客戶名單";
const TEST: &str = "T-COL-01";

struct Client {
    account: &'static str,
    decision: &'static str,
    decided: Date,
    reason: &'static str,
}

fn clients() -> [Client; 9] {
    let client = |account, decision, decided, reason| Client { account, decision, decided, reason };
    [
        client("9809001", "核准", date(2019, 5, 2), "符合使用規則"),
        client("9809002", "核准", date(2019, 5, 2), "符合使用規則"),
        client("9809003", "核准", date(2020, 12, 30), "符合使用規則"),
        client("9809004", "核准", date(2020, 12, 31), "符合使用規則"),
        client("9809005", "核准", date(2020, 3, 16), "符合使用規則"),
        client("9809006", "核准", date(2020, 3, 16), "符合使用規則"),
        client("9809007", "駁回", date(2020, 7, 1), "線路容量不足"),
        client("9809008", "駁回", date(2020, 7, 1), ""),
        client("9809009", "", date(2020, 11, 2), "補件"),
    ]
}

/// The day from which the list lets an account use the lines.
pub fn approved_on(account: &str) -> Option<Date> {
    clients().into_iter().find(|c| c.account == account && c.decision == "核准").map(|c| c.decided)
}

/// Writes the file.
pub fn write(folder: &Path, truth: &mut Truth) -> Result<(), SampleError> {
    let mut sheet = Sheet::new(SHEET);
    sheet.title(FIRM, 8);
    sheet.title("主機共置服務客戶名單", 8);
    sheet.header(&["項次", "戶號", "戶名", "受理日", "准駁日", "開通日", "審核結果", "准駁理由", "使用線路"]);
    for (index, c) in clients().into_iter().enumerate() {
        let approved = c.decision == "核准";
        let row = sheet.row(cells![
            (index + 1) as f64,
            c.account,
            format!("專線客戶{}", index + 1),
            slashed(c.decided.saturating_sub(jiff::Span::new().days(14))),
            slashed(c.decided),
            if approved { slashed(c.decided) } else { String::new() },
            c.decision,
            c.reason,
            if approved { "L1、L2" } else { "" },
        ]);
        let at = Place { file: FILE, sheet: SHEET, row };
        match c.account {
            "9809008" => truth.exception((TEST, "3"), at, "駁回而未載理由"),
            "9809007" => truth.near(TEST, at, "駁回，載有理由"),
            "9809009" => truth.unknown((TEST, "3u"), at, "審核結果空白"),
            _ => {}
        }
    }
    sheet.note("以下空白");
    write_xlsx(&folder.join(FILE), "主機共置客戶名單", &[sheet])
}
