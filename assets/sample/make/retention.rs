//! `17_紀錄保存清單.xlsx`: which logs are kept, a file for every month, where they are and until when.

use super::accounts_trading::SYSTEM;
use super::book::{Sheet, write_xlsx};
use super::days::slashed;
use super::truth::{Place, Truth};
use super::{FIRM, SampleError};
use crate::cells;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::path::Path;

const FILE: &str = "17_紀錄保存清單.xlsx";
const SHEET: &str = "保存清單";
const STORE: &str = "log01 日誌主機";
const FIREWALL: &str = "防火牆進出紀錄";
/// Core systems of which logs are listed.
const LOGGED: [&str; 2] = ["主機共置交易閘道", SYSTEM];

/// The file of a month.
struct Kept {
    device: &'static str,
    log: &'static str,
    from: Date,
    size: f64,
    backup: &'static str,
    until: Date,
}

fn months(device: &'static str, log: &'static str, first: Date, last: Date, without: Date) -> Vec<Kept> {
    std::iter::successors(Some(first), |month| Some(month.saturating_add(1.month())))
        .take_while(|month| *month <= last)
        .filter(|month| *month != without)
        .map(|from| Kept {
            device,
            log,
            from,
            size: 1800.0 + f64::from(from.month()) * 7.0,
            backup: "異地磁帶庫",
            until: from.last_of_month().saturating_add(3.years()),
        })
        .collect()
}

fn kept() -> Vec<Kept> {
    let (first, last, nothing) = (date(2018, 1, 1), date(2020, 12, 1), date(1900, 1, 1));
    let mut all = months("FW-COLO-1", FIREWALL, first, last, date(2019, 5, 1));
    all.extend(months("FW-COLO-2", FIREWALL, date(2018, 7, 1), date(2020, 11, 1), nothing));
    all.extend(months(LOGGED[0], "系統稽核日誌", first, last, nothing));
    all.extend(months(LOGGED[1], "登入日誌", first, last, date(2020, 2, 1)));
    all
}

/// Notes on a file, which it may change.
fn story(k: &mut Kept, truth: &mut Truth, at: Place<'_>) {
    let (month, both) = ((k.from.year(), k.from.month()), ["T-COL-04", "T-LOG-01"]);
    let mut wrong = |rules: [&'static str; 2], why: &str| {
        both.into_iter().zip(rules).for_each(|rule| truth.exception(rule, at, why));
    };
    match (k.device, month) {
        ("FW-COLO-1", (2018, 1)) => both.into_iter().for_each(|p| truth.near(p, at, "自三年前首一工作日起")),
        ("FW-COLO-1", (2018, 2)) => {
            k.backup = STORE;
            wrong(["6", "5b"], "備份與原始紀錄存於同一主機");
        }
        ("FW-COLO-1", (2019, 6)) => wrong(["3", "2b"], "缺108年5月之紀錄，列於其後一筆"),
        ("FW-COLO-1", (2019, 9)) => {
            k.size = 0.0;
            wrong(["4", "3b"], "檔案大小為零");
        }
        ("FW-COLO-1", (2020, 3)) => {
            k.until = date(2021, 3, 31);
            wrong(["7", "6b"], "保留期限僅一年");
        }
        ("FW-COLO-1", (2020, 4)) => both.into_iter().for_each(|p| truth.near(p, at, "保留期限恰為三年")),
        ("FW-COLO-2", (2018, month)) => {
            k.backup = "";
            if month == 7 {
                wrong(["2", "1b"], "自107年7月始有紀錄，未滿三年");
                wrong(["5", "4b"], "107年各月無備份，列於第一筆");
            }
        }
        ("FW-COLO-2", (2020, 11)) => wrong(["3t", "2t"], "缺基準日前一個月之紀錄，列於最後一筆"),
        (SYSTEM, (2020, 3)) => truth.exception(("T-LOG-02", "2"), at, "缺109年2月之日誌，列於其後一筆"),
        ("主機共置交易閘道", (2018, 1)) => {
            truth.near("T-LOG-02", at, "自三年前首一工作日起，且無缺漏")
        }
        _ => {}
    }
}

/// Whether the list has logs of the system.
pub fn has(system: &str) -> bool {
    LOGGED.contains(&system)
}

/// Writes the file.
pub fn write(folder: &Path, truth: &mut Truth) -> Result<(), SampleError> {
    let mut sheet = Sheet::new(SHEET);
    sheet.title(FIRM, 10);
    sheet.title("紀錄及備份保存清單", 10);
    let header = [
        "項次",
        "設備名稱",
        "紀錄種類",
        "起始日",
        "結束日",
        "檔案名稱",
        "檔案大小",
        "存放位置",
        "備份媒體",
        "保留期限",
    ];
    sheet.header(&header);
    for (index, mut k) in kept().into_iter().enumerate() {
        let row = sheet.next_row();
        story(&mut k, truth, Place { file: FILE, sheet: SHEET, row });
        sheet.row(cells![
            (index + 1) as f64,
            k.device,
            k.log,
            slashed(k.from),
            slashed(k.from.last_of_month()),
            format!("{}-{}{:02}.log.gz", k.device, k.from.year(), k.from.month()),
            k.size,
            STORE,
            k.backup,
            slashed(k.until),
        ]);
    }
    sheet.note("註：檔案大小之單位為 MB。");
    write_xlsx(&folder.join(FILE), "紀錄保存清單", &[sheet])
}
