//! `08_主機共置專線委託.xlsx`: orders by direct line with milliseconds; a basket, two kinds of back-filling, a few hidden rows.

use super::SampleError;
use super::book::{Cell, Sheet, write_xlsx};
use super::chance::Chance;
use super::clients::approved_on;
use super::days::{later, millis_time};
use super::order::{Order, Received, Sequence, of_account};
use super::truth::{Place, Truth};
use crate::cells;
use jiff::civil::{Date, DateTime, date};
use std::path::Path;

const FILE: &str = "08_主機共置專線委託.xlsx";
const SHEET: &str = "專線委託";
const DAYS: [Date; 2] = [date(2020, 12, 30), date(2020, 12, 31)];
const BACKFILLED: &str = "9809001";
const CONSTANT: &str = "9809002";
const BASKET: &str = "9809003";
const SOME_EQUAL: &str = "9809004";

/// Writes the file.
pub fn write(folder: &Path, truth: &mut Truth) -> Result<(), SampleError> {
    let mut chance = Chance::new(8);
    let mut orders = ordinary(&mut chance);
    plant(&mut orders);
    let mut sheet = Sheet::new(SHEET);
    sheet.title("主機共置專線（DMA）委託明細", 16);
    sheet.note("時間單位：毫秒");
    sheet.header(&[
        "營業日",
        "分點",
        "線路",
        "電子單號",
        "戶號",
        "戶名",
        "ReceiveTime",
        "SendTime",
        "AckTime",
        "通道",
        "證券代號",
        "BS",
        "數量",
        "單價",
        "經辦人員",
        "部門主管",
    ]);
    let first = orders.iter().map(known_since).min();
    for order in &orders {
        let cells = line(order, &mut chance);
        let row = if order.hidden { sheet.hidden_row(cells) } else { sheet.row(cells) };
        let at = Place { file: FILE, sheet: SHEET, row };
        order.tell(truth, at);
        let approved = approved_on(&order.account);
        if approved.is_none_or(|day| day > order.day) {
            truth.exception(("T-COL-01", "2"), at, "委託早於客戶名單之核准日");
        }
        if Some(known_since(order)) == first {
            truth.unknown(("T-COL-01", "1u"), at, "使用規則訂定日期尚未查明，列於第一筆主機共置委託");
        } else if approved == Some(order.day) && order.account == BASKET {
            truth.near("T-COL-01", at, "核准當日之委託");
        } else if order.received == Received::Blank {
            truth.near("T-COL-01", at, "無接收時間，非第一筆主機共置委託");
        }
    }
    sheet.note(&format!("總計 {} 筆", orders.len()));
    write_xlsx(&folder.join(FILE), "主機共置專線委託明細", &[sheet])
}

/// The earliest time that is known of an order.
fn known_since(order: &Order) -> DateTime {
    match order.received {
        Received::At(received) => received,
        Received::Blank | Received::Garbled => order.sent,
    }
}

fn ordinary(chance: &mut Chance) -> Vec<Order> {
    let clients: Vec<(String, String)> =
        (1..=6).map(|n| (format!("980900{n}"), format!("專線客戶{n}"))).collect();
    let mut orders = Vec::new();
    for day in DAYS {
        for (line, letter) in [("L1", "X"), ("L2", "Y")] {
            let sequence = Sequence {
                day,
                branch: "總公司",
                counter: line,
                channel: "專線",
                prefix: letter,
                count: 190,
                clients: &clients,
                delay: (1, 38),
                unit: 1,
            };
            orders.extend(sequence.orders(chance));
        }
    }
    orders
}

fn plant(orders: &mut Vec<Order>) {
    for (nth, index) in of_account(orders, BACKFILLED).into_iter().enumerate() {
        if nth != 11 {
            orders[index].backfill();
            orders[index].notes.push(("3", "同一帳號九成五以上之接收時間與送出時間相同至毫秒"));
        }
    }
    for index in of_account(orders, CONSTANT) {
        if let Received::At(received) = orders[index].received {
            orders[index].sent = later(received, 3);
        }
        orders[index].notes.push(("4", "同一帳號之時間差固定為三毫秒"));
    }
    for (nth, index) in of_account(orders, SOME_EQUAL).into_iter().enumerate() {
        if nth % 2 == 0 {
            orders[index].backfill();
        }
        if nth == 0 {
            orders[index].notes.push(("", "接收等於送出者僅半數"));
        }
    }
    basket(orders);
    let plain: Vec<usize> = of_account(orders, "9809005");
    for index in plain.iter().skip(4).step_by(30).take(2) {
        if let Received::At(received) = orders[*index].received {
            orders[*index].sent = later(received, -5);
        }
        orders[*index].notes.push(("2", "接收時間晚於送出時間五毫秒"));
    }
    let other: Vec<usize> = of_account(orders, "9809006");
    for index in [other[3], other[8], other[15]] {
        orders[index].hidden = true;
    }
    orders[other[15]].received = Received::Blank;
    orders[other[15]].notes.push(("1", "隱藏列，接收時間空白"));
}

/// Fifty orders received in one instant and sent one after the other: a basket, not back-filling.
fn basket(orders: &mut Vec<Order>) {
    let Some(last) = orders.last().cloned() else { return };
    let instant = last.day.at(13, 26, 40, 512_000_000);
    for nth in 0..50 {
        orders.push(Order {
            no: format!("Y{:05}", 191 + nth),
            account: BASKET.to_owned(),
            client: "專線客戶3".to_owned(),
            received: Received::At(instant),
            sent: later(instant, 2 + nth),
            hidden: false,
            notes: if nth < 3 { vec![("", "一籃子委託共用同一接收時間")] } else { Vec::new() },
            ..last.clone()
        });
    }
}

fn line(o: &Order, chance: &mut Chance) -> Vec<Cell> {
    let symbol = *chance.pick(&["0050", "2303", "2412", "2882"]);
    let price = chance.between(150, 6000) as f64 / 10.0;
    let told = |t: DateTime| millis_time(t);
    let mut cells = vec![Cell::RocDate(o.day)];
    cells.extend(cells![
        o.branch,
        o.counter,
        o.no.as_str(),
        o.account.as_str(),
        o.client.as_str(),
        match o.received {
            Received::At(t) => told(t),
            Received::Blank | Received::Garbled => String::new(),
        },
        told(o.sent),
        told(later(o.sent, chance.between(1, 9))),
        o.channel,
        symbol,
        if chance.between(0, 1) == 0 { "B" } else { "S" },
        chance.between(1, 30) as f64 * 1000.0,
        price,
        "電子",
        "蔡戊二",
    ]);
    cells
}
