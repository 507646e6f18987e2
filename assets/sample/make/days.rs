//! Dates and times in the spellings that firms use.

use jiff::civil::{Date, DateTime, date};
use jiff::{SignedDuration, ToSpan};

/// The as-of date of the sample.
pub const AS_OF: Date = date(2020, 12, 31);

fn roc(d: Date) -> i16 {
    d.year() - 1911
}

/// A day that many days before the as-of date.
pub fn before(days: i64) -> Date {
    AS_OF.saturating_sub(days.days())
}

/// `109/12/31`.
pub fn slashed(d: Date) -> String {
    format!("{}/{:02}/{:02}", roc(d), d.month(), d.day())
}

/// `109.12.31`.
pub fn dotted(d: Date) -> String {
    format!("{}.{:02}.{:02}", roc(d), d.month(), d.day())
}

/// `民國109年12月31日`.
pub fn long(d: Date) -> String {
    format!("民國{}年{}月{}日", roc(d), d.month(), d.day())
}

/// `109年12月31日`.
pub fn long_bare(d: Date) -> String {
    format!("{}年{}月{}日", roc(d), d.month(), d.day())
}

/// `1091231`, `0991231`.
pub fn compact(d: Date) -> String {
    format!("{:03}{:02}{:02}", roc(d), d.month(), d.day())
}

/// `2020/12/31`.
pub fn western(d: Date) -> String {
    format!("{}/{:02}/{:02}", d.year(), d.month(), d.day())
}

/// The text with full-width digits and slashes.
pub fn wide(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '0'..='9' | '/' | 'A'..='Z' => char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c),
            other => other,
        })
        .collect()
}

/// `109/12/31 17:21:26`.
pub fn slashed_time(t: DateTime) -> String {
    format!("{} {:02}:{:02}:{:02}", slashed(t.date()), t.hour(), t.minute(), t.second())
}

/// `109/12/31 下午 05:21`.
pub fn spoken_time(t: DateTime) -> String {
    let half = if t.hour() < 12 { "上午" } else { "下午" };
    let hour = match t.hour() % 12 {
        0 => 12,
        h => h,
    };
    format!("{} {half} {hour:02}:{:02}", slashed(t.date()), t.minute())
}

/// `2020/12/31 17:21:26`.
pub fn western_time(t: DateTime) -> String {
    format!("{} {:02}:{:02}:{:02}", western(t.date()), t.hour(), t.minute(), t.second())
}

/// `2020-12-31 09:00:00.123`.
pub fn millis_time(t: DateTime) -> String {
    format!("{} {:02}:{:02}:{:02}.{:03}", t.date(), t.hour(), t.minute(), t.second(), t.millisecond())
}

/// Windows FILETIME of noon in Taipei on that day.
pub fn filetime(d: Date) -> String {
    let noon_utc = d.at(4, 0, 0, 0);
    let since = noon_utc.duration_since(date(1601, 1, 1).at(0, 0, 0, 0));
    (since.as_secs() * 10_000_000).to_string()
}

/// The time some milliseconds later.
pub fn later(t: DateTime, millis: i64) -> DateTime {
    t.saturating_add(SignedDuration::from_millis(millis))
}
