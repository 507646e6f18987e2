//! Orders before a file gives them its columns: sequences by day and counter, and what was done to some of them.

use super::chance::Chance;
use super::days::later;
use super::truth::{Place, Truth};
use jiff::civil::{Date, DateTime};

/// What the times of an order say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// A time.
    At(DateTime),
    /// Nothing.
    Blank,
    /// A text that is no time.
    Garbled,
}

/// One order.
#[derive(Debug, Clone)]
pub struct Order {
    /// Trading day.
    pub day: Date,
    /// Branch.
    pub branch: &'static str,
    /// Counter or line.
    pub counter: &'static str,
    /// Channel in the words of the file.
    pub channel: &'static str,
    /// Order number.
    pub no: String,
    /// Client account.
    pub account: String,
    /// Client name.
    pub client: String,
    /// When it was received.
    pub received: Received,
    /// When it was sent.
    pub sent: DateTime,
    /// Row is hidden in the workbook.
    pub hidden: bool,
    /// Exceptions and near misses to be noted: rule (empty for a near miss) and why.
    pub notes: Vec<(&'static str, &'static str)>,
}

/// A sequence of orders of one counter on one day, in the order of their numbers and of time.
pub struct Sequence<'a> {
    /// Trading day.
    pub day: Date,
    /// Branch.
    pub branch: &'static str,
    /// Counter.
    pub counter: &'static str,
    /// Channel.
    pub channel: &'static str,
    /// Letter before the numbers.
    pub prefix: &'a str,
    /// Number of orders.
    pub count: i64,
    /// Accounts and client names.
    pub clients: &'a [(String, String)],
    /// From receiving to sending, in milliseconds.
    pub delay: (i64, i64),
    /// Unit to which receive times are rounded, in milliseconds.
    pub unit: i64,
}

impl Sequence<'_> {
    /// Its orders.
    pub fn orders(&self, chance: &mut Chance) -> Vec<Order> {
        let opening = self.day.at(9, 0, 0, 0);
        let session = 4 * 3_600_000 + 25 * 60_000;
        let slot = session / self.count;
        (0..self.count)
            .map(|index| {
                let within = index * slot + chance.between(0, slot - 1);
                let received = later(opening, within / self.unit * self.unit);
                let (account, client) = chance.pick(self.clients).clone();
                Order {
                    day: self.day,
                    branch: self.branch,
                    counter: self.counter,
                    channel: self.channel,
                    no: format!("{}{:05}", self.prefix, index + 1),
                    account,
                    client,
                    received: Received::At(received),
                    sent: later(received, chance.between(self.delay.0, self.delay.1) / self.unit * self.unit),
                    hidden: false,
                    notes: Vec::new(),
                }
            })
            .collect()
    }
}

impl Order {
    /// Makes the time of sending the time of receiving, as software does that fills in what is missing.
    pub fn backfill(&mut self) {
        if let Received::At(received) = self.received {
            self.sent = received;
        }
    }

    /// Enters the notes into the answer key: what T-COL-03 finds, and what the tests of numbers, times and
    /// signatures make of the same order.
    pub fn tell(&self, truth: &mut Truth, at: Place<'_>) {
        for (rule, why) in &self.notes {
            match *rule {
                "" => {
                    truth.near("T-COL-03", at, why);
                    truth.near("T-ORD-01", at, why);
                }
                rule => truth.exception(("T-COL-03", rule), at, why),
            }
            match *rule {
                "1" => {
                    truth.unknown(("T-ORD-01", "4"), at, why);
                    if self.electronic() {
                        truth.exception(("T-ORD-02", "1"), at, why);
                    } else {
                        truth.near("T-ORD-02", at, "電話委託不在電子式委託之列");
                    }
                }
                "6" => truth.exception(("T-ORD-01", "3"), at, why),
                "10a" => truth.near("T-ORD-03", at, "電話委託不在電子式委託之列"),
                _ => {}
            }
        }
    }

    fn electronic(&self) -> bool {
        self.channel != "電話"
    }
}

/// Clients with account numbers from `first` on.
pub fn clients(first: u32, count: u32) -> Vec<(String, String)> {
    (0..count)
        .map(|i| (format!("980{:04}", first + i * 13), format!("委託人{:03}", first % 90 + i)))
        .collect()
}

/// The positions of an account's orders.
pub fn of_account(orders: &[Order], account: &str) -> Vec<usize> {
    orders.iter().enumerate().filter(|(_, o)| o.account == account).map(|(i, _)| i).collect()
}
