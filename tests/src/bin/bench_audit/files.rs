//! The firm's files that are tested: made once, kept below `target/bench/`. Nearly every row is in order, as a firm's
//! rows are; one in a thousand is not.

use super::Outcome;
use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, date};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

const ORDERS: &str = "交易日期,分公司,櫃號,委託書編號,客戶帳號,委託人姓名,接收客戶委託時間,送交易所時間,交易所回報時間,\
委託來源,證券代號,買賣別,數量,價格,經辦,部門主管簽章";
const EVENTS: &str =
    "系統名稱,發生時間,使用者識別碼,電腦識別資料或網址,事件類型,發生位置,結果,查詢指令或結果,序號";
const ACCOUNTS: &str = "系統名稱,帳號,使用者姓名,員工編號,所屬單位,帳號類型,權限等級,狀態,建立日期,最後登入時間,\
密碼最後變更日,密碼永不過期";
const PERSONNEL: &str = "員工編號,姓名,部門,職稱,到職日,離職日,人員類別";

/// Orders a day; 250 trading days make the million.
const A_DAY: u32 = 4000;
/// Branches, and counters of each.
const BRANCHES: [&str; 2] = ["總公司", "板橋分公司"];
const COUNTERS: u32 = 4;

/// How many rows of each file make one size.
#[derive(Debug, Clone, Copy)]
pub struct Rows {
    pub orders: u32,
    pub accounts: u32,
    pub events: u32,
}

impl Rows {
    /// The promised size, by orders: a million orders go with 50,000 accounts and 500,000 events.
    pub fn of(orders: u32) -> Self {
        Self { orders, accounts: (orders / 20).max(100), events: orders / 2 }
    }

    fn people(self) -> u32 {
        (self.accounts / 10).max(50)
    }
}

/// The files of this size, in the order of their import: orders, accounts, events, personnel.
pub fn kept(rows: Rows) -> Outcome<[PathBuf; 4]> {
    let folder = fieldbook_tests::target().join(format!("bench/audit-{}", rows.orders));
    std::fs::create_dir_all(&folder)?;
    let at = |name: &str| folder.join(name);
    let (accounts, people) = (rows.accounts, rows.people());
    Ok([
        file(at("委託紀錄.csv"), ORDERS, rows.orders, order)?,
        file(at("帳號清冊.csv"), ACCOUNTS, accounts, |line, n| account(line, n, people))?,
        file(at("稽核日誌.csv"), EVENTS, rows.events, event)?,
        file(at("人員名冊.csv"), PERSONNEL, people, person)?,
    ])
}

fn file(path: PathBuf, header: &str, rows: u32, write: impl Fn(&mut String, u32)) -> Outcome<PathBuf> {
    if path.exists() {
        return Ok(path);
    }
    let beside = path.with_extension("part");
    fill(&beside, header, rows, write)?;
    std::fs::rename(&beside, &path)?;
    Ok(path)
}

fn fill(path: &Path, header: &str, rows: u32, write: impl Fn(&mut String, u32)) -> Outcome<()> {
    let mut out = BufWriter::new(File::create(path)?);
    writeln!(out, "{header}")?;
    let mut line = String::new();
    for n in 0..rows {
        line.clear();
        write(&mut line, n);
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}

/// The nth weekday from the first of 2020.
fn weekday(n: u32) -> Date {
    let (weeks, rest) = (i64::from(n / 5), i64::from(n % 5));
    // 2019-12-30 was a Monday.
    date(2019, 12, 30).saturating_add(SignedDuration::from_hours(24 * (weeks * 7 + rest)))
}

fn written(t: DateTime) -> String {
    format!("{} {:02}:{:02}:{:02}.{:03}", t.date(), t.hour(), t.minute(), t.second(), t.millisecond())
}

fn roc(day: Date) -> String {
    format!("{}/{:02}/{:02}", day.year() - 1911, day.month(), day.day())
}

fn order(line: &mut String, n: u32) {
    let (day, of_day) = (weekday(2 + n / A_DAY % 255), n % A_DAY);
    let round = n / A_DAY / 255;
    let branch = of_day as usize % 2;
    let counter = of_day / 2 % COUNTERS;
    let number = of_day / 2 / COUNTERS + 1 + round * A_DAY;
    let late = SignedDuration::from_millis(i64::from(of_day) * 4000 + i64::from(n % 977));
    let received = day.at(9, 0, 0, 0).saturating_add(late);
    let sent = received.saturating_add(SignedDuration::from_millis(3 + i64::from(n.wrapping_mul(31) % 40)));
    let acked = sent.saturating_add(SignedDuration::from_millis(2 + i64::from(n % 5)));
    let client = n.wrapping_mul(7919) % 20_000;
    let received = if n % 1009 == 7 { String::new() } else { written(received) };
    // A string takes everything, here and below.
    let _ = write!(
        line,
        "{},{},L{counter},A{number:06},98{client:05},客戶{client:05},{received},{},{},專線,{},{},{},{:.1},陳經辦,林主管",
        roc(day),
        BRANCHES.get(branch).unwrap_or(&""),
        written(sent),
        written(acked),
        ["0050", "2303", "2412", "2882"].get(n as usize % 4).unwrap_or(&""),
        ["買", "賣"].get(n as usize % 2).unwrap_or(&""),
        (n % 30 + 1) * 1000,
        f64::from(n % 6000 + 150) / 10.0,
    );
}

fn event(line: &mut String, n: u32) {
    let day = weekday(2 + n / 2000 % 255);
    let at = day.at(8, 30, 0, 0).saturating_add(SignedDuration::from_secs(i64::from(n % 2000) * 14));
    let _ = write!(
        line,
        "交易主機{},{},user{:05},10.1.{}.{},登入,首頁,{},SELECT {n} FROM t,{n}",
        n % 12,
        written(at),
        n.wrapping_mul(7919) % 5000,
        n / 250 % 250,
        n % 250,
        if n.is_multiple_of(50) { "失敗" } else { "成功" },
    );
}

fn account(line: &mut String, n: u32, people: u32) {
    let (system, person) = (n / people, n % people);
    let login = weekday(240 + n % 20).at(8, 40, 0, 0);
    let changed = if n % 997 == 3 { date(2020, 3, 1) } else { weekday(230 + n % 25) };
    let _ = write!(
        line,
        "交易主機{system},user{person:05},員工{person:05},E{person:05},資訊部,{},一般,啟用,{}/{:02}/{:02},{},{},否",
        // One in seven does not say.
        if n.is_multiple_of(7) { "" } else { "員工" },
        95 + n % 14,
        1 + n % 12,
        1 + n % 28,
        written(login),
        roc(changed),
    );
}

fn person(line: &mut String, n: u32) {
    let _ = write!(
        line,
        "E{n:05},員工{n:05},資訊部,專員,{}/{:02}/{:02},{},正職",
        90 + n % 18,
        1 + n % 12,
        1 + n % 28,
        if n % 499 == 5 { "109/06/30" } else { "" },
    );
}
