//! `02_主機帳號清冊.xlsx`: hosts, databases and network equipment on a sheet each, every sheet with its own headers and its
//! own way to write dates; one hidden row, and a hidden sheet of "old" accounts.

use super::account::Account;
use super::book::{Cell, Sheet, write_xlsx};
use super::chance::Chance;
use super::days::{before, dotted, long, slashed, spoken_time, wide};
use super::people::Roster;
use super::truth::{Place, Truth};
use super::{FIRM, SampleError};
use crate::cells;
use jiff::civil::date;
use std::path::Path;

const FILE: &str = "02_主機帳號清冊.xlsx";
const LATE: (&str, &str) = ("T-COL-06", "1");
const VENDOR_HOLDS: (&str, &str) = ("T-COL-05", "1");
const EXPIRED: (&str, &str) = ("T-ACC-09", "1");
const EXPIRED_COLO: (&str, &str) = ("T-COL-05", "3");

/// Writes the file.
pub fn write(folder: &Path, roster: &Roster, truth: &mut Truth) -> Result<(), SampleError> {
    let mut chance = Chance::new(2);
    let sheets = [
        unix(roster, &mut chance, truth),
        databases(roster, &mut chance, truth),
        network(roster, &mut chance, truth),
        old_accounts(&mut chance, truth),
    ];
    write_xlsx(&folder.join(FILE), "主機帳號清冊", &sheets)
}

fn fill(
    sheet: &mut Sheet,
    truth: &mut Truth,
    accounts: &[Account],
    line: impl Fn(usize, &Account) -> Vec<Cell>,
) {
    for (index, account) in accounts.iter().enumerate() {
        let cells = line(index, account);
        let row = if account.hidden { sheet.hidden_row(cells) } else { sheet.row(cells) };
        account.tell(truth, Place { file: FILE, sheet: sheet.name(), row });
    }
}

fn yes_no(yes: bool) -> &'static str {
    if yes { "是" } else { "否" }
}

fn unix(roster: &Roster, chance: &mut Chance, truth: &mut Truth) -> Sheet {
    let mut sheet = Sheet::new("UNIX主機");
    sheet.title(FIRM, 14);
    sheet.title("主機系統帳號清冊（UNIX）", 14);
    sheet.note("資料日期：109年12月31日");
    sheet.blank();
    sheet.header(&[
        "項次",
        "主機名稱",
        "登入帳號",
        "帳號使用人",
        "員編",
        "部門",
        "帳號性質",
        "權限群組",
        "啟用狀態",
        "建檔日",
        "上次登入",
        "上次變更密碼",
        "密碼不過期",
        "委外廠商",
    ]);
    let accounts = unix_accounts(roster, chance);
    let count = accounts.len();
    fill(&mut sheet, truth, &accounts, |index, a| {
        cells![
            (index + 1) as f64,
            a.system,
            a.account.as_str(),
            a.holder.as_str(),
            a.employee_id.as_str(),
            a.unit.as_str(),
            a.kind,
            a.privilege,
            if a.enabled == Some(true) { "啟用" } else { "停用" },
            slashed(a.created),
            a.last_login.map_or_else(|| "從未登入".to_owned(), spoken_time),
            a.pw_changed.map(dotted).unwrap_or_default(),
            if a.pw_never { "Y" } else { "N" },
            a.vendor,
        ]
    });
    sheet.blank();
    sheet.note(&format!("合計 {count} 筆"));
    sheet.note("製表：資訊部　　覆核：　　　　部門主管：");
    sheet
}

fn unix_accounts(roster: &Roster, chance: &mut Chance) -> Vec<Account> {
    let mut all = Vec::new();
    for (host, keeper) in [("oms01", 0), ("oms02", 8), ("gw01", 16), ("gw02", 24)] {
        let person = &roster.plain[keeper];
        let root = Account::of(host, "root", person, chance).role("內建帳號", "root");
        all.push(
            root.near("T-ACC-12", "各主機之內建帳號，非同一系統之重號")
                .near("T-ACC-15", "內建帳號，非個人之職責"),
        );
        for offset in 1..=3 {
            let person = &roster.plain[keeper + offset];
            let name = format!("u{}", &person.id.to_lowercase());
            all.push(Account::of(host, &name, person, chance).role("內部人員", "operator"));
        }
    }
    let mut namesake = Account::of("oms01", "ops07", &roster.namesake, chance).role("內部人員", "operator");
    namesake.employee_id.clear();
    all.push(namesake.near("T-ACC-06", "無員工編號，與他單位離職人員同名"));
    let mut october = Account::of("oms02", "ops11", &roster.left_in_october, chance)
        .role("內部人員", "operator")
        .last_used(date(2020, 11, 20));
    october.pw_changed = Some(date(2020, 10, 20));
    all.push(
        october
            .exception(("T-ACC-06", "1"), "109年10月31日離職，帳號仍啟用")
            .exception(("T-ACC-06", "2"), "離職後二十日仍有登入"),
    );
    all.extend([
        Account::new("gw01", "bdsupport", "丙丁工程師二", chance)
            .role("系統管理者", "wheel")
            .at("丙丁資訊服務（股）公司", "")
            .exception(VENDOR_HOLDS, "帳號性質寫系統管理者，所屬單位為契約廠商")
            .near("T-ACC-09", "契約迄日即查核基準日"),
        Account::new("oms01", "wjadm", "戊己工程師二", chance)
            .role("廠商", "wheel")
            .at("委外", "戊己系統整合有限公司")
            .disabled(date(2020, 6, 30))
            .lead(("T-COL-05", "1p"), "平時停用，期間內有登入")
            .near("T-COL-05", "廠商最高權限帳號已停用")
            .near("T-ACC-09", "契約屆滿當日停用"),
    ]);
    let mut monitor = Account::new("gw02", "nmsagent", "監控服務", chance).role("服務帳號", "唯讀");
    monitor.pw_changed = Some(before(400));
    all.push(monitor.exception(("T-COL-06", "1s"), "服務帳號逾期"));
    let mut hidden = Account::of("gw02", "oldop", &roster.plain[40], chance).role("內部人員", "operator");
    hidden.pw_changed = Some(date(2019, 5, 6));
    hidden.hidden = true;
    all.push(hidden.exception(LATE, "隱藏列，密碼逾期"));
    let mut contest =
        Account::new("oms02", "sync", "sync", chance).role("內建帳號", "nobody").disabled(before(900));
    contest.hidden = true;
    all.push(
        contest
            .near("T-COL-06", "隱藏列，帳號已停用")
            .near("T-ACC-01", "隱藏列，內建帳號已停用")
            .near("T-ACC-05", "隱藏列，帳號已停用"),
    );
    all
}

fn databases(roster: &Roster, chance: &mut Chance, truth: &mut Truth) -> Sheet {
    let mut sheet = Sheet::new("資料庫");
    sheet.title("資料庫帳號清單", 12);
    sheet.note("填表單位：資訊部資料庫組");
    sheet.header(&[
        "資料庫",
        "帳號名稱",
        "姓名",
        "工號",
        "單位別",
        "帳號類別",
        "角色",
        "帳號狀態",
        "開立日",
        "最後使用日",
        "密碼更新日",
        "供應商",
    ]);
    let accounts = database_accounts(roster, chance);
    fill(&mut sheet, truth, &accounts, |index, a| {
        let changed = a.pw_changed.map(long).unwrap_or_default();
        cells![
            a.system,
            a.account.as_str(),
            a.holder.as_str(),
            a.employee_id.as_str(),
            a.unit.as_str(),
            a.kind,
            a.privilege,
            if a.enabled == Some(true) { "使用中" } else { "註銷" },
            if index % 3 == 1 { wide(&slashed(a.created)) } else { slashed(a.created) },
            a.last_login.map(|t| long(t.date())).unwrap_or_default(),
            changed,
            a.vendor,
        ]
    });
    sheet.note("以下空白");
    sheet
}

fn database_accounts(roster: &Roster, chance: &mut Chance) -> Vec<Account> {
    let mut all = Vec::new();
    for (database, keeper) in [("ORDDB", 32), ("CUSTDB", 36)] {
        let dba = Account::of(database, "dba01", &roster.plain[keeper], chance).role("內部人員", "DBA");
        all.push(
            dba.near("T-ACC-12", "二資料庫同名帳號各屬一人").near("T-ACC-02", "二資料庫同名帳號各屬一人"),
        );
        all.push(Account::of(database, "rpt01", &roster.plain[keeper + 1], chance).role("內部人員", "唯讀"));
    }
    let mut name_only = Account::of("CUSTDB", "proj9", &roster.name_only, chance).role("內部人員", "唯讀");
    name_only.employee_id.clear();
    "專案小組".clone_into(&mut name_only.unit);
    all.push(
        name_only
            .unknown(("T-ACC-06", "3"), "僅姓名與離職人員相符")
            .near("T-ACC-08", "姓名見於離職人員清單")
            .near("T-ACC-02", "所屬單位為小組，使用者為一人"),
    );
    all.extend([
        Account::new("ORDDB", "sa", "壬癸工程師二", chance)
            .role("廠商", "sysadmin")
            .at("", "壬癸軟體股份有限公司")
            .exception(VENDOR_HOLDS, "資料庫最高權限帳號由廠商持有"),
        Account::new("ORDDB", "rg_read", "壬癸工程師三", chance)
            .role("廠商", "唯讀")
            .at("", "壬癸軟體（股）公司")
            .near("T-COL-05", "廠商唯讀權限")
            .near("T-ACC-09", "契約有效"),
        Account::new("CUSTDB", "wj_etl", "戊己工程師三", chance)
            .role("廠商", "轉檔")
            .at("", "戊己系統整合（有限公司）")
            .last_used(date(2020, 9, 8))
            .exception(EXPIRED, "契約109年6月30日屆滿，帳號仍啟用")
            .exception(("T-ACC-09", "2"), "契約屆滿後仍有登入")
            .near("T-ACC-05", "九月曾登入，未逾六個月")
            .near("T-VEN-01", "公司組織型態加括號，契約清冊有此廠商")
            .exception(EXPIRED_COLO, "契約屆滿之廠商帳號仍啟用"),
    ]);
    let mut never = Account::new("CUSTDB", "app_cust", "應用程式", chance).role("應用程式帳號", "讀寫");
    never.pw_changed = None;
    all.push(never.exception(("T-COL-06", "2s"), "服務帳號變更日空白且建立逾三個月"));
    all
}

fn network(roster: &Roster, chance: &mut Chance, truth: &mut Truth) -> Sheet {
    let mut sheet = Sheet::new("網路設備");
    sheet.title("網路及資安設備帳號", 9);
    sheet.blank();
    sheet.header(&[
        "主機",
        "User ID",
        "使用者中文姓名",
        "人員代號",
        "組別",
        "是否為管理者",
        "停用",
        "密碼設定日",
        "建檔日",
    ]);
    let mut accounts = Vec::new();
    for (device, keeper) in [("FW-COLO-1", 44), ("FW-COLO-2", 45), ("SW-COLO-1", 46)] {
        accounts.push(Account::of(device, "netadm", &roster.plain[keeper], chance).role("", "是"));
        accounts.push(Account::of(device, "netview", &roster.plain[keeper + 3], chance).role("", "否"));
    }
    accounts.push(
        Account::new("FW-COLO-2", "v-gxadm", "庚辛工程師二", chance)
            .role("", "是")
            .at("庚辛網路科技股份有限公司", "")
            .exception(VENDOR_HOLDS, "防火牆管理者帳號由廠商持有")
            .near("T-ACC-09", "以新契約編號續約"),
    );
    let mut late = Account::of("SW-COLO-2", "netadm", &roster.plain[50], chance).role("", "是");
    late.pw_changed = Some(date(2020, 9, 29));
    accounts.push(late.exception(LATE, "逾期二日（儲存為日期序號）"));
    let mut limit = Account::of("SW-COLO-2", "netview", &roster.plain[51], chance).role("", "否");
    limit.pw_changed = Some(date(2020, 10, 1));
    accounts.push(
        limit.near("T-COL-06", "九十一日但未滿三個月（儲存為日期序號）").lead(("T-COL-06", "6"), "九十一日"),
    );
    let mut seen = Vec::new();
    let accounts: Vec<Account> = accounts
        .into_iter()
        .map(|mut a| {
            a.lists_logins = false;
            if seen.contains(&a.system) {
                return a;
            }
            seen.push(a.system);
            a.unknown(("T-ACC-15", "9"), "該設備之權限僅載是否管理者，列於其第一個帳號")
        })
        .collect();
    fill(&mut sheet, truth, &accounts, |_, a| {
        cells![
            a.system,
            a.account.as_str(),
            a.holder.as_str(),
            a.employee_id.as_str(),
            a.unit.as_str(),
            a.privilege,
            yes_no(a.enabled == Some(false)),
        ]
        .into_iter()
        .chain([a.pw_changed.map_or(Cell::Blank, Cell::RocDate), Cell::RocDate(a.created)])
        .collect()
    });
    sheet.note("備註：停用欄為「是」者帳號已停用");
    sheet
}

fn old_accounts(chance: &mut Chance, truth: &mut Truth) -> Sheet {
    let mut sheet = Sheet::new("舊帳號");
    sheet.hide();
    sheet.header(&[
        "主機名稱",
        "登入帳號",
        "帳號使用人",
        "帳號性質",
        "權限群組",
        "啟用狀態",
        "上次登入",
        "上次變更密碼",
        "委外廠商",
    ]);
    let account = Account::new("gw01", "vnd_old01", "戊己工程師四", chance)
        .role("廠商", "root")
        .at("", "戊己系統整合有限公司")
        .last_used(date(2020, 12, 3))
        .exception(VENDOR_HOLDS, "隱藏工作表：廠商持有 root 權限")
        .exception(EXPIRED, "隱藏工作表：契約屆滿，帳號仍啟用")
        .exception(("T-ACC-09", "2"), "隱藏工作表：契約屆滿後仍有登入")
        .exception(EXPIRED_COLO, "隱藏工作表：契約屆滿之廠商帳號仍啟用")
        .unknown(("T-ACC-03", "3u"), "隱藏工作表無永不過期欄，而該主機其他帳號均有記載");
    fill(&mut sheet, truth, &[account], |_, a| {
        cells![
            a.system,
            a.account.as_str(),
            a.holder.as_str(),
            a.kind,
            a.privilege,
            "啟用",
            a.last_login.map(spoken_time).unwrap_or_default(),
            a.pw_changed.map(dotted).unwrap_or_default(),
            a.vendor,
        ]
    });
    sheet
}
