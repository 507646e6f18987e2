//! `01_AD帳號匯出.csv`: what PowerShell writes of a directory. UTF-8 with a byte order mark, a `#TYPE` line above the
//! header, FILETIME for password changes, `Never` for accounts nobody used.

use super::SampleError;
use super::account::Account;
use super::book::{Cell, CsvEncoding, Sheet, write_csv};
use super::chance::Chance;
use super::days::{before, filetime, western, western_time};
use super::people::Roster;
use super::truth::{Place, Truth};
use crate::cells;
use jiff::civil::date;
use std::path::Path;

const FILE: &str = "01_AD帳號匯出.csv";
const DOMAIN: &str = "JIAYI.EXAMPLE";
const LATE: (&str, &str) = ("T-COL-06", "1");
const SERVICE_LATE: (&str, &str) = ("T-COL-06", "1s");
const SERVICE_NEVER_EXPIRES: (&str, &str) = ("T-COL-06", "3s");
const NEVER_CHANGED: (&str, &str) = ("T-COL-06", "2");
const NEVER_EXPIRES: (&str, &str) = ("T-COL-06", "3");
const DOUBTFUL: (&str, &str) = ("T-COL-06", "4");
const HINT: (&str, &str) = ("T-COL-06", "6");
const LEAVER: (&str, &str) = ("T-ACC-06", "1");

/// Writes the file.
pub fn write(folder: &Path, roster: &Roster, truth: &mut Truth) -> Result<(), SampleError> {
    let mut sheet = Sheet::new("");
    sheet.note("#TYPE Selected.Microsoft.ActiveDirectory.Management.ADUser");
    sheet.header(&[
        "Domain",
        "SamAccountName",
        "DisplayName",
        "EmployeeID",
        "Department",
        "Enabled",
        "whenCreated",
        "LastLogonDate",
        "PasswordLastSet",
        "PasswordNeverExpires",
        "MemberOf",
        "DistinguishedName",
    ]);
    for account in accounts(roster) {
        let row = sheet.row(line(&account));
        account.tell(truth, Place { file: FILE, sheet: "", row });
    }
    write_csv(&folder.join(FILE), FILE, &sheet, CsvEncoding::Utf8Bom)
}

fn line(a: &Account) -> Vec<Cell> {
    let ou = if a.enabled == Some(true) { "Staff" } else { "Disabled" };
    cells![
        a.system,
        a.account.as_str(),
        a.holder.as_str(),
        a.employee_id.as_str(),
        a.unit.as_str(),
        if a.enabled == Some(true) { "TRUE" } else { "FALSE" },
        western(a.created),
        a.last_login.map_or_else(|| "Never".to_owned(), western_time),
        a.pw_changed.map(filetime).unwrap_or_default(),
        if a.pw_never { "TRUE" } else { "FALSE" },
        a.privilege,
        format!("CN={},OU={ou},DC=jiayi,DC=example", a.account),
    ]
}

fn accounts(roster: &Roster) -> Vec<Account> {
    let mut chance = Chance::new(1);
    let chance = &mut chance;
    let mut all: Vec<Account> = Vec::new();
    for (index, person) in roster.plain.iter().enumerate() {
        let name = person.id.to_lowercase();
        let group = if index == 3 { "Domain Admins" } else { "Domain Users" };
        let account = Account::of(DOMAIN, &name, person, chance).role("", group);
        all.push(with_story(index, account));
    }
    all.extend(people_with_a_story(roster, chance));
    all.extend(vendors(chance));
    all.extend(services(chance));
    all
}

/// Passwords around the limit of three months, on accounts of people otherwise in order.
fn with_story(index: usize, mut a: Account) -> Account {
    match index {
        10 => {
            a.pw_changed = Some(date(2020, 9, 29));
            a.exception(LATE, "應於109年12月29日前變更，逾期二日")
        }
        11 => {
            a.pw_changed = Some(date(2020, 9, 30));
            a.exception(LATE, "應於109年12月30日前變更，逾期一日")
        }
        12 => {
            a.pw_changed = Some(date(2020, 10, 1));
            a.near("T-COL-06", "九十一日但未滿三個月").lead(HINT, "九十一日")
        }
        17 => {
            a.pw_changed = Some(date(2020, 10, 2));
            a.near("T-COL-06", "恰九十日")
        }
        13 => {
            a.pw_never = true;
            a.exception(NEVER_EXPIRES, "個人帳號永不過期")
        }
        14 => {
            a.pw_changed = None;
            a.exception(NEVER_CHANGED, "變更日空白且建立逾三個月")
        }
        15 => {
            a.pw_changed = Some(date(2021, 1, 4));
            a.unknown(DOUBTFUL, "變更日晚於基準日")
        }
        16 => {
            a.created = date(2020, 12, 1);
            a.pw_changed = Some(date(2020, 11, 15));
            a.unknown(DOUBTFUL, "變更日早於建立日")
        }
        20 | 33 | 47 => {
            a.pw_changed = Some(before(200 + 11 * index as i64));
            a.exception(LATE, "逾期半年以上")
        }
        _ => a,
    }
}

fn people_with_a_story(roster: &Roster, chance: &mut Chance) -> Vec<Account> {
    let mut of = |person, name: &str| Account::of(DOMAIN, name, person, chance).role("", "Domain Users");
    let mut november = of(&roster.left_in_november, "j.november");
    november.last_login = Some(date(2020, 11, 13).at(17, 2, 0, 0));
    november.pw_changed = Some(date(2020, 10, 20));
    let mut used = of(&roster.used_after_leaving, "j.june").disabled(date(2020, 7, 2));
    used.pw_changed = Some(date(2020, 4, 6));
    let mut back = of(&roster.came_back, "j.back");
    back.last_login = Some(date(2020, 12, 30).at(9, 1, 0, 0));
    let mut newcomer = of(&roster.newcomer, "j.newcomer");
    newcomer.created = date(2020, 11, 16);
    newcomer.pw_changed = None;
    let mut all = vec![
        november.exception(LEAVER, "109年11月15日離職，帳號仍啟用"),
        used.exception(("T-ACC-06", "2"), "帳號雖已停用，離職後二日仍有登入").near("T-COL-06", "帳號已停用"),
        of(&roster.leaves_on_as_of, "j.yearend").near("T-ACC-06", "離職日即查核基準日"),
        of(&roster.leaves_next_year, "j.nextyear").near("T-ACC-06", "離職日在查核基準日之後"),
        back.near("T-ACC-06", "離職後回任，員工編號相同").near("T-ACC-12", "離職後回任，僅一帳號"),
        of(&roster.contradicted, "j.both").unknown(("T-ACC-06", "4"), "同時列於在職及離職名冊"),
        newcomer.unknown(("T-COL-06", "2u"), "變更日空白而建立未滿三個月"),
        of(&roster.namesake, "j.namesake").near("T-ACC-06", "與他單位離職人員同名"),
    ];
    for (person, name) in roster.gone.iter().zip(["gone1", "gone2", "gone3", "gone4", "gone5", "gone6"]) {
        let last = person.spells.last().and_then(|s| s.left).unwrap_or(date(2020, 1, 31));
        all.push(
            of(person, name)
                .disabled(last)
                .near("T-ACC-06", "離職當日停用")
                .near("T-COL-06", "帳號已停用")
                .near("T-ACC-05", "帳號已停用"),
        );
    }
    all
}

fn vendors(chance: &mut Chance) -> Vec<Account> {
    let mut vendor = |name: &str, holder: &str, unit: &str, group: &'static str| {
        let mut made = Account::new(DOMAIN, name, holder, chance).role("", group);
        unit.clone_into(&mut made.unit);
        made
    };
    vec![
        vendor("vnd_bd01", "丙丁工程師一", "丙丁資訊服務(股)公司", "Domain Admins")
            .exception(("T-COL-05", "1"), "廠商帳號屬 Domain Admins 且啟用")
            .near("T-ACC-09", "契約迄日即查核基準日"),
        vendor("vnd_wj01", "戊己工程師一", "戊己系統整合有限公司", "Domain Users")
            .last_used(date(2020, 6, 29))
            .exception(("T-ACC-09", "1"), "契約109年6月30日屆滿且未續約，帳號仍啟用")
            .exception(("T-COL-05", "3"), "契約屆滿之廠商帳號仍啟用"),
        vendor("vnd_gx01", "庚辛工程師一", "庚辛網路科技（股）公司", "Domain Users")
            .near("T-ACC-09", "以新契約編號續約")
            .near("T-COL-05", "廠商一般權限"),
        vendor("ext_rg01", "壬癸工程師一", "壬癸軟體股份有限公司", "Domain Admins")
            .disabled(date(2020, 6, 12))
            .lead(("T-COL-05", "1p"), "平時停用，期間內有登入")
            .near("T-COL-05", "廠商最高權限帳號已停用")
            .near("T-COL-06", "帳號已停用")
            .near("T-ACC-05", "帳號已停用"),
    ]
}

fn services(chance: &mut Chance) -> Vec<Account> {
    let mut backup = Account::new(DOMAIN, "svc_backup", "備份服務", chance).role("", "Backup Operators");
    backup.pw_changed = Some(date(2018, 3, 5));
    backup.pw_never = true;
    backup.created = date(2018, 3, 5);
    let mut guest = Account::new(DOMAIN, "Guest", "Guest", chance).role("", "Guests");
    guest.enabled = Some(false);
    guest.last_login = None;
    guest.pw_changed = None;
    let mut admin = Account::new(DOMAIN, "Administrator", "系統管理員", chance).role("", "Domain Admins");
    "資訊部".clone_into(&mut admin.unit);
    vec![
        backup
            .exception(SERVICE_LATE, "服務帳號自建立後未變更")
            .exception(SERVICE_NEVER_EXPIRES, "服務帳號永不過期"),
        guest
            .near("T-COL-06", "帳號已停用")
            .near("T-ACC-01", "預設帳號已停用")
            .near("T-ACC-05", "從未登入而已停用"),
        admin
            .near("T-COL-05", "內部人員保管之最高權限帳號")
            .near("T-ACC-15", "內建帳號，非個人之職責")
            .near("T-ACC-08", "內建帳號，保管人僅列線索"),
    ]
}
