//! The files that are read: made once, kept below `target/bench/`.

use super::Outcome;
use jiff::SignedDuration;
use jiff::civil::{DateTime, date};
use rust_xlsxwriter::Workbook;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// How much is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// What the figures are promised for.
    Full,
    /// A hundredth of it: to see that everything runs.
    Small,
}

impl Size {
    /// Rows at this size.
    pub fn rows(self, full: u32) -> u32 {
        if self == Self::Full { full } else { full / 100 }
    }
}

const ORDERS: [&str; 12] = [
    "交易日期",
    "分公司",
    "櫃號",
    "委託書編號",
    "客戶帳號",
    "接收客戶委託時間",
    "送交易所時間",
    "委託來源",
    "證券代號",
    "買賣別",
    "數量",
    "價格",
];
const EVENTS: &str =
    "系統名稱,發生時間,使用者識別碼,電腦識別資料或網址,事件類型,發生位置,結果,查詢指令或結果,序號";
const ACCOUNTS: &str = "系統名稱,帳號,使用者姓名,帳號狀態,所屬單位,建立日期,最後登入時間,密碼最後變更日期";

/// The file of this kind and size; made, by a process of its own, when it is not there yet.
pub fn kept(name: &str, kind: &str, rows: u32) -> Outcome<PathBuf> {
    let path = fieldbook_tests::target().join(format!("bench/{rows}")).join(name);
    if !path.exists() {
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
        let mut maker = Command::new(std::env::current_exe()?);
        if !maker.args(["make", kind, &rows.to_string()]).arg(&path).status()?.success() {
            return Err(format!("{} could not be made", path.display()).into());
        }
    }
    Ok(path)
}

/// Makes it beside its place, then moves it there.
pub fn make(kind: &str, rows: u32, path: &Path) -> Outcome<()> {
    let beside = path.with_extension("part");
    match kind {
        "orders-xlsx" => workbook(&beside, rows)?,
        "orders-csv" => text(&beside, &ORDERS.join(","), rows, |line, n| {
            line.push_str(&order(n).join(","));
        })?,
        "events-csv" => text(&beside, EVENTS, rows, event)?,
        "thirty" => {
            std::fs::create_dir_all(&beside)?;
            for file in 0..30 {
                let name = beside.join(format!("{file:02}_系統{file:02}帳號清冊.csv"));
                text(&name, ACCOUNTS, rows, |line, n| account(line, file, n))?;
            }
        }
        _ => return Err(format!("{kind} is no kind of file").into()),
    }
    std::fs::rename(&beside, path)?;
    Ok(())
}

fn text(path: &Path, header: &str, rows: u32, write: impl Fn(&mut String, u32)) -> Outcome<()> {
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

fn workbook(path: &Path, rows: u32) -> Outcome<()> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0..).zip(ORDERS) {
        sheet.write_string(0, column, name)?;
    }
    for n in 0..rows {
        for (column, text) in (0_u16..).zip(order(n)) {
            match text.parse::<f64>() {
                Ok(number) if column >= 10 => sheet.write_number(n + 1, column, number)?,
                _ => sheet.write_string(n + 1, column, text)?,
            };
        }
    }
    book.save_to_writer(BufWriter::new(File::create(path)?))?;
    Ok(())
}

fn moment(n: u32, millis: i64) -> DateTime {
    let day = date(2020, 1, 2).saturating_add(SignedDuration::from_hours(24 * i64::from(n / 4000 % 360)));
    day.at(9, 0, 0, 0).saturating_add(SignedDuration::from_millis(i64::from(n % 4000) * 4000 + millis))
}

fn written(t: DateTime) -> String {
    format!("{} {:02}:{:02}:{:02}.{:03}", t.date(), t.hour(), t.minute(), t.second(), t.millisecond())
}

fn order(n: u32) -> [String; 12] {
    let received = moment(n, i64::from(n % 977));
    let sent = received.saturating_add(SignedDuration::from_millis(3 + i64::from(n * 31 % 40)));
    let day = received.date();
    [
        format!("{}/{:02}/{:02}", day.year() - 1911, day.month(), day.day()),
        ["總公司", "板橋分公司"][n as usize % 2].to_owned(),
        format!("L{}", n % 8),
        format!("X{n:07}"),
        format!("98{:05}", n.wrapping_mul(7919) % 20_000),
        written(received),
        written(sent),
        "專線".to_owned(),
        ["0050", "2303", "2412", "2882"][n as usize % 4].to_owned(),
        ["買", "賣"][n as usize % 2].to_owned(),
        (f64::from(n % 30 + 1) * 1000.0).to_string(),
        (f64::from(n % 6000 + 150) / 10.0).to_string(),
    ]
}

fn event(line: &mut String, n: u32) {
    let at = written(moment(n, 0));
    // A string takes everything.
    let _ = write!(
        line,
        "交易主機{},{at},user{:05},10.1.{}.{},登入,首頁,{},SELECT {n} FROM t,{n}",
        n % 12,
        n.wrapping_mul(7919) % 5000,
        n / 250 % 250,
        n % 250,
        if n.is_multiple_of(50) { "失敗" } else { "成功" },
    );
}

fn account(line: &mut String, file: u32, n: u32) {
    let login = written(moment(n, 0));
    let _ = write!(
        line,
        "系統{file:02},user{n:05},王小明{n},啟用,資訊部,{:03}/{:02}/{:02},{login},109/{:02}/01",
        95 + n % 14,
        1 + n % 12,
        1 + n % 28,
        1 + n % 12
    );
}
