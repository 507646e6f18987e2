//! `07_委託紀錄_109年12月.csv`: three trading days from the counters, in code page 950, with ROC times, quoted numbers, codes as
//! formulas and a subtotal after every day.

use super::FIRM;
use super::SampleError;
use super::book::{Cell, CsvEncoding, Sheet, write_csv};
use super::chance::Chance;
use super::days::{later, slashed, slashed_time, spoken_time, wide};
use super::order::{Order, Received, Sequence, clients, of_account};
use super::truth::{Place, Truth};
use crate::cells;
use jiff::civil::{Date, DateTime, date};
use std::path::Path;

const FILE: &str = "07_委託紀錄_109年12月.csv";
const DAYS: [Date; 3] = [date(2020, 12, 29), date(2020, 12, 30), date(2020, 12, 31)];

/// Writes the file.
pub fn write(folder: &Path, truth: &mut Truth) -> Result<(), SampleError> {
    let mut chance = Chance::new(7);
    let mut orders = ordinary(&mut chance);
    plant(&mut orders);
    let mut sheet = Sheet::new("");
    sheet.note(&format!("{FIRM}　委託紀錄表"));
    sheet.note("資料期間：109/12/29～109/12/31");
    sheet.blank();
    sheet.header(&[
        "委託日期",
        "分公司",
        "櫃號",
        "委託書號",
        "客戶帳號",
        "委託人姓名",
        "接單時間",
        "送單時間",
        "主機回覆時間",
        "委託方式",
        "股票代號",
        "買賣別",
        "股數",
        "委託價",
        "營業員",
        "主管簽章",
    ]);
    for day in DAYS {
        let of_day: Vec<&Order> = orders.iter().filter(|o| o.day == day).collect();
        for order in &of_day {
            let row = sheet.row(line(order, &mut chance));
            order.tell(truth, Place { file: FILE, sheet: "", row });
        }
        sheet.note(&format!("小計 {} 筆", of_day.len()));
    }
    sheet.note(&format!("總計 {} 筆", orders.len()));
    sheet.note("製表：經紀部　　覆核：　　　主管：");
    write_csv(&folder.join(FILE), FILE, &sheet, CsvEncoding::Cp950)
}

fn ordinary(chance: &mut Chance) -> Vec<Order> {
    let phone = clients(1001, 22);
    let net = clients(2001, 24);
    let voice = clients(3001, 18);
    let mut orders = Vec::new();
    for day in DAYS {
        for (branch, letter) in [("總公司", "A"), ("板橋分公司", "B")] {
            let counters = [
                ("01", "電話", &phone, 170, "P"),
                ("02", "網路下單", &net, 230, "N"),
                ("03", "語音", &voice, 100, "V"),
            ];
            for (counter, channel, clients, count, kind) in counters {
                let prefix = format!("{letter}{kind}");
                let sequence = Sequence {
                    day,
                    branch,
                    counter,
                    channel,
                    prefix: &prefix,
                    count,
                    clients,
                    delay: (1000, 4999),
                    unit: 1000,
                };
                orders.extend(sequence.orders(chance));
            }
        }
    }
    orders
}

fn plant(orders: &mut [Order]) {
    let backfilled = clients(2001, 24)[3].0.clone();
    for (nth, index) in of_account(orders, &backfilled).into_iter().enumerate() {
        if nth != 7 {
            orders[index].backfill();
            orders[index].notes.push(("3", "同一帳號九成五以上之接收時間等於送出時間"));
        }
    }
    let mostly = clients(2001, 24)[9].0.clone();
    for (nth, index) in of_account(orders, &mostly).into_iter().enumerate() {
        if nth % 9 != 0 {
            orders[index].backfill();
            if nth < 10 {
                orders[index].notes.push(("", "相同者未達九成五"));
            }
        }
    }
    let mut index = 40;
    for kind in [
        "blank", "late", "blank", "garbled", "early", "blank", "late", "blank", "garbled", "early", "blank",
        "late",
    ] {
        index = next_free(orders, index + 80);
        match kind {
            "blank" => {
                orders[index].received = Received::Blank;
                orders[index].notes.push(("1", "接單時間空白"));
            }
            "garbled" => {
                orders[index].received = Received::Garbled;
                orders[index].notes.push(("1", "接單時間無法判讀"));
            }
            "late" => {
                if let Received::At(received) = orders[index].received {
                    orders[index].sent = later(received, -3000);
                }
                orders[index].notes.push(("2", "接單時間晚於送單時間"));
            }
            _ => earlier_than_the_one_before(orders, index),
        }
    }
    orders[next_free(orders, 2560)].notes.push(("10a", "營業員空白"));
    let own = next_free(orders, 2630);
    orders[own].client = "自營部".to_owned();
    orders[own].received = Received::Blank;
    orders[own].notes.push(("", "自營委託，無接收客戶委託時間"));
}

/// The next order by phone whose neighbours are untouched and of the same sequence.
fn next_free(orders: &[Order], from: usize) -> usize {
    (from..orders.len() - 1)
        .find(|&i| {
            orders[i].channel == "電話"
                && (i - 1..=i + 1)
                    .all(|n| orders[n].notes.is_empty() && orders[n].counter == orders[i].counter)
                && orders[i - 1].no < orders[i].no
        })
        .expect("there are orders by phone behind every position asked for")
}

fn earlier_than_the_one_before(orders: &mut [Order], index: usize) {
    if let Received::At(before) = orders[index - 1].received {
        let received = later(before, -20_000);
        orders[index].received = Received::At(received);
        orders[index].sent = later(received, 2000);
        orders[index].notes.push(("6", "委託書號在後而接單時間在前"));
    }
}

fn line(o: &Order, chance: &mut Chance) -> Vec<Cell> {
    let symbol = *chance.pick(&["0050", "0056", "1101", "2303", "2412", "2882", "9904"]);
    let shares = chance.between(1, 20) * 1000;
    let price = chance.between(150, 12_000) as f64 / 10.0;
    let account = if o.no.ends_with("17") { wide(&o.account) } else { o.account.clone() };
    let told = |t: DateTime| match o.channel {
        "語音" => spoken_seconds(t),
        _ => slashed_time(t),
    };
    let handler = if o.notes.iter().any(|(rule, _)| *rule == "10a") { "" } else { "吳己二" };
    cells![
        slashed(o.day),
        o.branch,
        o.counter,
        o.no.as_str(),
        account,
        o.client.as_str(),
        match o.received {
            Received::At(t) => told(t),
            Received::Blank => String::new(),
            Received::Garbled => "系統異常".to_owned(),
        },
        told(o.sent),
        told(later(o.sent, 1000)),
        o.channel,
        format!("=\"{symbol}\""),
        if chance.between(0, 1) == 0 { "買進" } else { "賣出" },
        thousands(shares),
        format!("{price:.1}"),
        handler,
        "蔡戊二",
    ]
}

/// `109/12/31 下午 01:21:26`.
fn spoken_seconds(t: DateTime) -> String {
    format!("{}:{:02}", spoken_time(t), t.second())
}

fn thousands(number: i64) -> String {
    format!("{},{:03}", number / 1000, number % 1000)
}
