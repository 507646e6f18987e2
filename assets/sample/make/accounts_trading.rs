//! `03_交易系統帳號.xlsx`: staff, service and customer accounts of the trading system; compact ROC digits for dates, partly as
//! numbers, and a status column of which the yes means no.

use super::account::Account;
use super::book::{Cell, Sheet, write_xlsx};
use super::chance::Chance;
use super::days::{before, compact};
use super::people::Roster;
use super::truth::{Place, Truth};
use super::{FIRM, SampleError};
use crate::cells;
use jiff::civil::date;
use std::path::Path;

const FILE: &str = "03_交易系統帳號.xlsx";
/// The system as its own list and the register call it.
pub const SYSTEM: &str = "網路下單系統";

/// Writes the file.
pub fn write(folder: &Path, roster: &Roster, truth: &mut Truth) -> Result<(), SampleError> {
    let mut sheet = Sheet::new("帳號清單");
    sheet.title(&format!("{FIRM}　交易系統使用者帳號一覽表"), 12);
    sheet.note("列印日期：110/01/04　　頁次：1");
    sheet.blank();
    sheet.header(&[
        "系統別",
        "使用者代號",
        "使用者姓名",
        "職員編號",
        "部門名稱",
        "帳號種類",
        "系統權限",
        "停用註記",
        "建立日期",
        "最後登入日期",
        "密碼變更日期",
        "密碼永久有效",
    ]);
    let accounts = accounts(roster);
    for (index, account) in accounts.iter().enumerate() {
        if index == 30 {
            sheet.blank();
        }
        let row = sheet.row(line(account));
        account.tell(truth, Place { file: FILE, sheet: sheet.name(), row });
    }
    sheet.note(&format!("總計：{} 筆", accounts.len()));
    sheet.note("製表：林乙二　覆核：");
    let mut guide = Sheet::new("填表說明");
    guide.note("一、本表由系統產出，請勿自行增刪欄位。");
    guide.note("二、停用註記：Y 表示已停用。");
    guide.note("三、日期為民國年月日七碼。");
    write_xlsx(&folder.join(FILE), "交易系統使用者帳號", &[sheet, guide])
}

fn line(a: &Account) -> Vec<Cell> {
    let status = match a.enabled {
        Some(true) => "N",
        Some(false) => "Y",
        None => "待確認",
    };
    let changed = match a.pw_changed.map(compact) {
        None => Cell::Blank,
        Some(text) => text.parse::<f64>().map_or(Cell::Blank, Cell::Number),
    };
    let mut cells = cells![
        a.system,
        a.account.as_str(),
        a.holder.as_str(),
        a.employee_id.as_str(),
        a.unit.as_str(),
        a.kind,
        a.privilege,
        status,
        compact(a.created),
        a.last_login.map(|t| compact(t.date())).unwrap_or_default(),
    ];
    cells.push(changed);
    cells.push(Cell::from(if a.pw_never { "V" } else { "" }));
    cells
}

fn accounts(roster: &Roster) -> Vec<Account> {
    let mut chance = Chance::new(3);
    let chance = &mut chance;
    let mut all = Vec::new();
    for person in roster.plain.iter().step_by(2) {
        let name = format!("T{}", &person.id);
        all.push(Account::of(SYSTEM, &name, person, chance).role("員工", "下單作業"));
    }
    let mut august = Account::of(SYSTEM, "TAUGUST", &roster.left_in_august, chance)
        .role("員工", "下單作業")
        .last_used(date(2020, 8, 28));
    august.pw_changed = Some(date(2020, 8, 10));
    all.push(
        august
            .exception(("T-ACC-06", "1"), "109年8月31日離職，停用註記為 N")
            .exception(("T-COL-06", "1"), "密碼逾期（離職人員帳號）")
            .near("T-ACC-05", "八月曾登入，未逾六個月")
            .near("T-ACC-08", "離職人員見於離職人員清單"),
    );
    let mut pending = Account::of(SYSTEM, "TPENDING", &roster.plain[1], chance).role("員工", "查詢");
    pending.enabled = None;
    all.push(
        pending
            .unknown(("T-COL-06", "5"), "停用註記無法判讀")
            .near("T-ACC-05", "狀態不明，惟近期曾登入")
            .near("T-ACC-12", "同一人於本系統僅一帳號")
            .near("T-ACC-15", "僅供查詢"),
    );
    all.push(
        Account::new(SYSTEM, "v_rgdev", "壬癸工程師四", chance)
            .role("委外廠商", "查詢")
            .at("壬癸軟體股份有限公司", "")
            .near("T-COL-05", "廠商查詢權限")
            .near("T-ACC-09", "契約有效"),
    );
    let mut gateway = Account::new(SYSTEM, "svcgw", "閘道服務", chance).role("服務帳號", "介接");
    gateway.pw_never = true;
    all.push(gateway.exception(("T-COL-06", "3s"), "服務帳號永不過期"));
    for number in 1..=40 {
        let name = format!("980{:04}", 100 + number * 37);
        let mut customer =
            Account::new(SYSTEM, &name, &format!("客戶{number:02}"), chance).role("客戶", "下單");
        customer.pw_changed = Some(before(chance.between(100, 1500)));
        all.push(match number {
            1..=5 => customer
                .near("T-COL-06", "客戶帳號不在三個月變更之列")
                .near("T-ACC-14", "七碼客戶帳號，非身分證號、手機號碼或統一編號")
                .near("T-ACC-02", "客戶帳號"),
            _ => customer,
        });
    }
    all
}
