//! The shape of a date text: what was written, before anybody decides which calendar it follows.

use super::clock::{self, Clock};
use super::fold::{Era, fold};
use super::serial;
use fieldbook_model::Reading;
use jiff::civil::Date;
use std::borrow::Cow;

/// What a text in a date column looks like.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    /// A date that can be read in one way only, and the reading that this is.
    Sure(Date, Reading, Option<Clock>),
    /// Three numbers, with the digits of the first and the last.
    Triple([u32; 3], u8, u8, Option<Clock>),
    /// Digits without a break: the value, how many, a time behind them.
    Digits(u64, u8, Option<Clock>),
    /// A decimal number.
    Decimal(f64),
    /// A time of day alone.
    Time(Clock),
    /// Nothing of the kind.
    None,
}

impl Shape {
    /// Whether a time of day stands behind the date.
    pub(crate) fn has_clock(&self) -> bool {
        match self {
            Self::Sure(_, _, time) | Self::Triple(_, _, _, time) | Self::Digits(_, _, time) => {
                time.is_some() || matches!(self, Self::Digits(_, 13.., _))
            }
            Self::Decimal(_) => true,
            Self::Time(_) | Self::None => false,
        }
    }
}

/// Looks at a text without outer blanks.
pub(crate) fn shape(text: &str) -> Shape {
    if let Some(found) = iso(text.as_bytes()) {
        return found;
    }
    if text.len() > 80 {
        return Shape::None;
    }
    if text.is_ascii() && !text.bytes().any(|b| b.is_ascii_alphabetic() || b == b'(') {
        return plain(text, Era::None);
    }
    let (folded, era) = if text.is_ascii() && !text.bytes().any(|b| matches!(b, b'(' | b'r' | b'R')) {
        (Cow::Owned(text.to_ascii_lowercase()), Era::None)
    } else {
        let (folded, era) = fold(text);
        (Cow::Owned::<str>(folded), era)
    };
    let folded = folded.trim();
    match plain(folded, era) {
        Shape::None => month_name(folded),
        found => found,
    }
}

/// `2020-12-31 09:00:00.123` and nothing else, as most moments of a large file stand there; the general way finds the same.
fn iso(text: &[u8]) -> Option<Shape> {
    let (head, fraction) = text.split_at_checked(19)?;
    let pair = |at: usize| match head.get(at..at + 2) {
        Some([a @ b'0'..=b'9', b @ b'0'..=b'9']) => Some(u32::from(a - b'0') * 10 + u32::from(b - b'0')),
        _ => None,
    };
    let marks = [(4, b"-/."), (7, b"-/."), (10, b" Tt"), (13, b":::"), (16, b":::")];
    if marks.iter().any(|(at, allowed)| !head.get(*at).is_some_and(|b| allowed.contains(b))) {
        return None;
    }
    let fraction = match fraction {
        [] => "",
        [b'.', digits @ ..] => std::str::from_utf8(digits).ok().filter(|d| (1..=9).contains(&d.len()))?,
        _ => return None,
    };
    let clock = Clock::new(pair(11)?, pair(14)?, pair(17)?)?.with_fraction(fraction)?;
    Some(Shape::Triple([pair(0)? * 100 + pair(2)?, pair(5)?, pair(8)?], 4, 2, Some(clock)))
}

/// A text of digits, separators and a time.
fn plain(text: &str, era: Era) -> Shape {
    let Some((first, first_len, rest)) = digits(text) else { return alone(text) };
    let rest = before_stroke(rest);
    if let (14, Era::None, false) = (first_len, era, rest.is_empty()) {
        return generalized(first, rest);
    }
    match rest.as_bytes().first() {
        Some(b'/' | b'-' | b'.') => triple(text, first, first_len, rest, era),
        Some(b':') => alone(text),
        None => compact(first, first_len, None, era),
        Some(b' ' | b't') => match clock::parse(rest.trim_start_matches([' ', 't'])) {
            Some(clock) => compact(first, first_len, Some(clock), era),
            None => alone(text),
        },
        _ => alone(text),
    }
}

/// `20180305061109.0z`, as directories write their times (RFC 4517, 3.3.13).
fn generalized(value: u64, rest: &str) -> Shape {
    let date = digits_ymd(value / 1_000_000);
    match (date, clock::parse(&format!("{:06}{rest}", value % 1_000_000))) {
        (Some(date), Some(clock)) => Shape::Sure(date, Reading::Compact, Some(clock)),
        _ => Shape::None,
    }
}

/// Without the blanks before a stroke (`109 / 12 / 31`, `109 年 12 月 31 日`): other signs may begin an offset.
fn before_stroke(rest: &str) -> &str {
    let trimmed = rest.trim_start();
    if trimmed.starts_with('/') { trimmed } else { rest }
}

fn alone(text: &str) -> Shape {
    clock::parse(text).map_or(Shape::None, Shape::Time)
}

fn triple(text: &str, first: u64, first_len: usize, rest: &str, era: Era) -> Shape {
    let second = rest.get(1..).map(str::trim_start).and_then(digits);
    let Some((second, second_len, rest)) = second else { return alone(text) };
    let rest = before_stroke(rest);
    let Some(b'/' | b'-' | b'.') = rest.as_bytes().first() else {
        return match text.parse() {
            Ok(number) if rest.is_empty() => Shape::Decimal(number),
            _ => alone(text),
        };
    };
    let Some((third, third_len, rest)) = rest.get(1..).map(str::trim_start).and_then(digits) else {
        return Shape::None;
    };
    if first_len > 4 || second_len > 2 || third_len > 4 {
        return Shape::None;
    }
    let behind = rest.trim_start_matches([' ', 't']).trim_end();
    let time = if behind.is_empty() { None } else { clock::parse(behind) };
    if time.is_none() && !behind.is_empty() {
        return Shape::None;
    }
    // All three have at most four digits.
    let numbers = [first as u32, second as u32, third as u32];
    let (first_len, third_len) = (first_len as u8, third_len as u8);
    let sure = |year: Option<i16>, reading| {
        year.and_then(|y| ymd(i32::from(y), numbers[1], numbers[2]))
            .map_or(Shape::None, |d| Shape::Sure(d, reading, time))
    };
    let year = i16::try_from(first).ok();
    match era {
        Era::None if first_len == 4 && first >= 1900 => Shape::Triple(numbers, 4, third_len, time),
        Era::None => Shape::Triple(numbers, first_len, third_len, time),
        Era::Year if first >= 1900 => sure(year, Reading::Ymd),
        Era::Year | Era::Roc => sure(year.map(|y| y + 1911), Reading::RocYmd),
        Era::BeforeRoc => sure(year.map(|y| 1912 - y), Reading::RocYmd),
        Era::Gregorian => sure(year, Reading::Ymd),
    }
}

fn compact(value: u64, len: usize, time: Option<Clock>, era: Era) -> Shape {
    let len = u8::try_from(len).unwrap_or(u8::MAX);
    match era {
        Era::Roc if (5..=7).contains(&len) => {
            roc_digits(value).map_or(Shape::None, |d| Shape::Sure(d, Reading::RocYmd, time))
        }
        Era::Gregorian if len == 8 => {
            digits_ymd(value).map_or(Shape::None, |d| Shape::Sure(d, Reading::Ymd, time))
        }
        Era::None => Shape::Digits(value, len, time),
        _ => Shape::None,
    }
}

/// Leading digits (at most 19): value, count, rest.
fn digits(text: &str) -> Option<(u64, usize, &str)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    if count == 0 || count > 19 {
        return None;
    }
    let (digits, rest) = text.split_at(count);
    Some((digits.parse().ok()?, count, rest))
}

/// `31-dec-2020`, `dec 31, 2020 09:00`, `thu dec 31 09:00:00 +0800 2020`; `31-dec-20` and, of `31-12月-20`, what is
/// left of the month's word, as databases write them: years from 50 on are of the last century (Oracle's RR).
fn month_name(text: &str) -> Shape {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let (mut year, mut month, mut day, mut time, mut behind) =
        (None, None, None, String::new(), String::new());
    let text = text.replace("/ -", "/-");
    for token in text.split([' ', ',']).flat_map(|t| if t.contains(':') { vec![t] } else { split_dashes(t) })
    {
        let number = token.parse::<u32>().ok();
        if token.contains(':') {
            token.clone_into(&mut time);
        } else if token.starts_with(['+', '-']) || matches!(token, "am" | "pm" | "utc" | "gmt") {
            behind = format!("{behind} {token}");
        } else if let Some(number) = number {
            match token.len() {
                4 => year = Some(number),
                _ if day.is_none() => day = Some(number),
                2 if month.is_some() && year.is_none() => {
                    year = Some(if number < 50 { 2000 + number } else { 1900 + number });
                }
                _ => return Shape::None,
            }
        } else if let Some(found) = MONTHS.iter().position(|m| token.starts_with(m)) {
            month = Some(found as u32 + 1);
        } else if let Some(Ok(number)) = token.strip_suffix('/').filter(|_| day.is_some()).map(str::parse) {
            month = Some(number);
        } else if !token.is_empty() && !token.ends_with("day") && token.len() != 3 {
            return Shape::None;
        }
    }
    let clock = if time.is_empty() { None } else { clock::parse(&format!("{time}{behind}")) };
    let (Some(year), Some(month), Some(day)) = (year, month, day) else { return Shape::None };
    let date = i32::try_from(year).ok().and_then(|y| ymd(y, month, day));
    match date {
        Some(date) if clock.is_some() || time.is_empty() => Shape::Sure(date, Reading::Ymd, clock),
        _ => Shape::None,
    }
}

/// Splits `31-dec-2020`, but leaves an offset `+0800` alone.
fn split_dashes(token: &str) -> Vec<&str> {
    if token.starts_with(['+', '-']) { vec![token] } else { token.split('-').collect() }
}

pub(crate) fn ymd(year: i32, month: u32, day: u32) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|y| (1..=9999).contains(y))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn parts(value: u64) -> (i32, u32, u32) {
    // Callers hand over at most eight digits.
    ((value / 10_000) as i32, (value / 100 % 100) as u32, (value % 100) as u32)
}

fn digits_ymd(value: u64) -> Option<Date> {
    let (year, month, day) = parts(value);
    ymd(year, month, day)
}

fn roc_digits(value: u64) -> Option<Date> {
    let (year, month, day) = parts(value);
    ymd(year.checked_add(1911)?, month, day)
}

/// Years of two digits lie between 89 years before and ten years after the as-of date.
fn full_year(year: u32, digits: u8, as_of: Date) -> i32 {
    let year = i32::try_from(year).unwrap_or(i32::MAX);
    if digits > 2 {
        return year;
    }
    let limit = i32::from(as_of.year()) + 10;
    let year = limit - limit % 100 + year;
    if year > limit { year - 100 } else { year }
}

/// The date and time of a shape under a reading; `None` when it does not fit. A year of four digits, or of three,
/// in front says its calendar itself; with or without separators a calendar is the same.
pub(crate) fn resolve(
    shape: &Shape,
    reading: &Reading,
    as_of: Date,
    shift: i32,
) -> Option<(Date, Option<Clock>)> {
    if *reading == Reading::Ambiguous && !matches!(shape, Shape::Sure(..)) {
        return None;
    }
    match *shape {
        Shape::Sure(date, _, time) => Some((date, time)),
        Shape::Triple([a, b, c], first, last, time) => {
            let date = match (first, reading) {
                (4, _) if a >= 1900 => ymd(i32::try_from(a).ok()?, b, c).filter(|_| last <= 2),
                (3, _) => ymd(i32::try_from(a).ok()? + 1911, b, c).filter(|_| last <= 2 && a > 0),
                (1 | 2, Reading::RocYmd | Reading::RocCompact) => {
                    ymd(i32::try_from(a).ok()? + 1911, b, c).filter(|_| last <= 2 && a > 0)
                }
                (2, Reading::Ymd | Reading::Compact) => {
                    ymd(full_year(a, first, as_of), b, c).filter(|_| last <= 2)
                }
                (1 | 2, Reading::Dmy) => {
                    ymd(full_year(c, last, as_of), b, a).filter(|_| last == 2 || last == 4)
                }
                (1 | 2, Reading::Mdy) => {
                    ymd(full_year(c, last, as_of), a, b).filter(|_| last == 2 || last == 4)
                }
                _ => None,
            };
            date.map(|d| (d, time))
        }
        Shape::Digits(value, len, time) => resolve_digits(value, len, time, reading, shift),
        Shape::Decimal(number) if *reading == Reading::Serial && serial::SERIALS.contains(&number) => {
            serial::moment(number, shift).map(|(d, t)| (d, Some(t)))
        }
        _ => None,
    }
}

fn resolve_digits(
    value: u64,
    len: u8,
    time: Option<Clock>,
    reading: &Reading,
    shift: i32,
) -> Option<(Date, Option<Clock>)> {
    let with_time = |date: Option<Date>, digits: u64, width: usize| {
        let time = clock::parse(&format!("{digits:0width$}"))?;
        Some((date?, Some(time)))
    };
    match (reading, len) {
        (Reading::RocCompact | Reading::RocYmd, 6 | 7) => roc_digits(value).map(|d| (d, time)),
        (Reading::RocCompact | Reading::RocYmd, 13) => {
            with_time(roc_digits(value / 1_000_000), value % 1_000_000, 6)
        }
        (Reading::Compact | Reading::Ymd, 8) => digits_ymd(value).map(|d| (d, time)),
        (Reading::Compact | Reading::Ymd, 14) => {
            with_time(digits_ymd(value / 1_000_000), value % 1_000_000, 6)
        }
        (Reading::Compact | Reading::Ymd, 17) => {
            with_time(digits_ymd(value / 1_000_000_000), value % 1_000_000_000, 9)
        }
        (Reading::Serial, 5) => {
            let number = value as f64;
            serial::SERIALS
                .contains(&number)
                .then(|| serial::moment(number, shift))
                .flatten()
                .map(|(d, _)| (d, time))
        }
        (Reading::Epoch, _) => serial::epoch(value, len).map(|(d, t)| (d, Some(t))),
        (Reading::FileTime, 17..=19) => serial::file_time(value).map(|(d, t)| (d, Some(t))),
        _ => None,
    }
}

/// The time of day that a shape is when it stands alone.
pub(crate) fn time_alone(shape: &Shape) -> Option<Clock> {
    match *shape {
        Shape::Time(clock) => Some(clock),
        Shape::Digits(value, len, None) => {
            let width = usize::from(len);
            clock::parse(&format!("{value:0width$}"))
        }
        Shape::Decimal(number) => clock::parse(&number.to_string()),
        _ => None,
    }
}

/// Six digits read as year, month, day of the Gregorian calendar: no reading of its own, but a rival.
pub(crate) fn six_gregorian(shape: &Shape, as_of: Date) -> Option<Date> {
    let Shape::Digits(value, 6, _) = *shape else { return None };
    let (year, month, day) = parts(value);
    ymd(full_year(u32::try_from(year).ok()?, 2, as_of), month, day)
}
