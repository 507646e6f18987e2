//! Every notation of a moment, written out and read again, is the same moment with the same digits; and a column that
//! is written in one notation is never taken for another.

use super::calendar::{Tally, Window};
use super::clock::Clock;
use super::date::{resolve, shape};
use fieldbook_model::Reading;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time, date};
use proptest::prelude::*;

const AS_OF: Date = date(2020, 12, 31);

/// A moment within the likely window, to the nanosecond.
fn any_moment() -> impl Strategy<Value = DateTime> {
    let day = (0_i64..37 * 365).prop_map(|n| date(1992, 1, 1).checked_add(n.days()).expect("a day"));
    let time = (0_i8..24, 0_i8..60, 0_i8..60, 0_i32..1_000_000_000);
    (day, time).prop_map(|(day, (h, m, s, n))| day.to_datetime(Time::new(h, m, s, n).expect("a time")))
}

/// A moment cut to so many digits of a second.
fn cut(moment: DateTime, digits: u32) -> DateTime {
    let step = 10_i32.pow(9 - digits);
    let nanos = moment.subsec_nanosecond() / step * step;
    moment.with().subsec_nanosecond(nanos).build().expect("a time")
}

fn fraction(moment: DateTime, digits: usize) -> String {
    let nanos = format!("{:09}", moment.subsec_nanosecond());
    if digits == 0 { String::new() } else { nanos.chars().take(digits).collect() }
}

/// A day in every notation, with the reading that it needs.
fn days(day: Date) -> Vec<(String, Reading)> {
    let (y, m, d, roc) = (day.year(), day.month(), day.day(), day.year() - 1911);
    let month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        .get(usize::from(m.unsigned_abs()) - 1)
        .expect("a month");
    let mut out = vec![
        (format!("民國{roc}年{m}月{d}日"), Reading::RocYmd),
        (format!("中華民國 {roc} 年 {m:02} 月 {d:02} 日"), Reading::RocYmd),
        (format!("{roc}年{m}月{d}日"), Reading::RocYmd),
        (format!("{roc:03}{m:02}{d:02}"), Reading::RocCompact),
        (format!("{y}年{m}月{d}日"), Reading::Ymd),
        (format!("西元{y}年{m}月{d}日"), Reading::Ymd),
        (format!("{y}{m:02}{d:02}"), Reading::Compact),
        (format!("{d:02}/{m:02}/{y}"), Reading::Dmy),
        (format!("{d}.{m}.{y}"), Reading::Dmy),
        (format!("{m}/{d}/{y}"), Reading::Mdy),
        (format!("{d:02}-{month}-{y}"), Reading::Ymd),
        (format!("{d:02}-{}-{:02}", month.to_uppercase(), y % 100), Reading::Ymd),
        (format!("{d:02}-{m}月 -{:02}", y % 100), Reading::Ymd),
        (format!("{month} {d}, {y}"), Reading::Ymd),
        (format!("民國{}年{}月{}日", spoken(roc), spoken(m.into()), spoken(d.into())), Reading::RocYmd),
        (format!("中華民國{}年{}月{}日", spelt(roc), spoken(m.into()), spoken(d.into())), Reading::RocYmd),
    ];
    for mark in ['/', '.', '-'] {
        out.push((format!("{roc:03}{mark}{m:02}{mark}{d:02}"), Reading::RocYmd));
        out.push((format!("{roc}{mark}{m}{mark}{d}"), Reading::RocYmd));
        out.push((format!("{y}{mark}{m:02}{mark}{d:02}"), Reading::Ymd));
        out.push((format!("{y}{mark}{m}{mark}{d}"), Reading::Ymd));
    }
    out
}

/// 一百零九, 九十九, 十二.
fn spoken(n: i16) -> String {
    let digit =
        |n: i16| ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"][usize::from(n.unsigned_abs())];
    let tens = |n: i16, lone: bool| match (n / 10, n % 10) {
        (0, one) => digit(one).to_owned(),
        (1, one) if lone => format!("十{}", digit(one)),
        (ten, one) => format!("{}十{}", digit(ten), digit(one)),
    };
    match (n / 100, n % 100) {
        (0, rest) => tens(rest, true),
        (hundred, 0) => format!("{}百", digit(hundred)),
        (hundred, rest @ 1..=9) => format!("{}百零{}", digit(hundred), digit(rest)),
        (hundred, rest) => format!("{}百{}", digit(hundred), tens(rest, false)),
    }
}

/// 一○九.
fn spelt(n: i16) -> String {
    let digits = ['○', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    n.to_string().bytes().map(|b| digits[usize::from(b - b'0')]).collect()
}

/// A time of day in every notation, with the digits of a second that it keeps.
fn times(moment: DateTime) -> Vec<(String, u32)> {
    let (h, m, s) = (moment.hour(), moment.minute(), moment.second());
    let twelve = if h % 12 == 0 { 12 } else { h % 12 };
    let (half, latin) = if h < 12 { ("上午", "AM") } else { ("下午", "PM") };
    let mut out = vec![
        (format!("{h:02}:{m:02}:{s:02}"), 0),
        (format!("{h}:{m}:{s}"), 0),
        (format!("{half} {twelve:02}:{m:02}:{s:02}"), 0),
        (format!("{half}{twelve}:{m:02}:{s:02}"), 0),
        (format!("{twelve}:{m:02}:{s:02} {latin}"), 0),
        (format!("{twelve:02}:{m:02}:{s:02}{}", latin.to_lowercase()), 0),
        (format!("{h}時{m}分{s}秒"), 0),
        (format!("{h:02}{m:02}{s:02}"), 0),
        (format!("{h:02}{m:02}{s:02}{}", fraction(moment, 3)), 3),
        (format!("{h:02}:{m:02}:{s:02}:{}", fraction(moment, 3)), 3),
        (format!("{h:02}{m:02}{s:02}.{}", fraction(moment, 3)), 3),
        (format!("{h:02}:{m:02}:{s:02},{}", fraction(moment, 3)), 3),
    ];
    for digits in 1..=9 {
        out.push((format!("{h:02}:{m:02}:{s:02}.{}", fraction(moment, digits)), digits as u32));
    }
    out
}

fn read(text: &str, reading: &Reading) -> Option<(DateTime, u8)> {
    let (day, time) = resolve(&shape(text), reading, AS_OF, 0)?;
    let time = time.unwrap_or(Clock::MIDNIGHT);
    Some((time.on(day)?, time.digits))
}

fn wide(text: &str) -> String {
    let wide = |c: char| {
        if c.is_ascii_digit() || "/:.".contains(c) { char::from_u32(u32::from(c) + 0xFEE0) } else { Some(c) }
    };
    text.chars().filter_map(wide).collect()
}

proptest! {
    #[test]
    fn a_day_comes_back_in_every_notation(moment in any_moment()) {
        let midnight = (moment.date().at(0, 0, 0, 0), 0);
        for (text, reading) in days(moment.date()) {
            prop_assert_eq!(read(&text, &reading), Some(midnight), "{}", &text);
            prop_assert_eq!(read(&wide(&text), &reading), Some(midnight), "in full width: {}", &text);
        }
    }

    #[test]
    fn a_moment_comes_back_in_every_notation(moment in any_moment()) {
        for (day, reading) in days(moment.date()) {
            let named = day.contains(|c: char| c.is_ascii_alphabetic()) || day.contains("月 -");
            // Behind the name of a month nobody writes a time without its colons.
            let usual = |time: &(String, u32)| !named || (time.0.contains([':', '時']) && !time.0.contains(','));
            for (time, digits) in times(moment).into_iter().filter(usual) {
                let text = format!("{day} {time}");
                let digits_kept = u8::try_from(digits).expect("few");
                prop_assert_eq!(read(&text, &reading), Some((cut(moment, digits), digits_kept)), "{}", text);
            }
            let text = format!("{day} 24:00:00");
            let next = moment.date().tomorrow().expect("a day").at(0, 0, 0, 0);
            prop_assert_eq!(read(&text, &reading), Some((next, 0)), "{}", text);
        }
    }

    #[test]
    fn a_moment_with_an_offset_comes_back_on_the_clock_of_taipei(moment in any_moment(), offset in -14_i64..=14) {
        let there = cut(moment, 0).checked_sub((8 - offset).hours()).expect("a moment");
        let sign = if offset < 0 { '-' } else { '+' };
        let (day, time, hours) = (there.date(), there.time(), offset.abs());
        let clock = format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second());
        for text in [
            format!("{day}T{clock}{sign}{hours:02}:00"),
            format!("{day} {clock} {sign}{hours:02}00"),
            format!("{}{sign}{hours:02}00", there.strftime("%Y%m%d%H%M%S")),
            format!("{day} {clock}{sign}{hours:02}"),
            format!("{} {sign}{hours:02}00 {}", there.strftime("%a %b %e %H:%M:%S"), day.year()),
        ] {
            prop_assert_eq!(read(&text, &Reading::Ymd), Some((cut(moment, 0), 0)), "{}", text);
        }
    }

    #[test]
    fn a_count_comes_back_as_its_moment(moment in any_moment()) {
        let since = |from: DateTime| i128::from(moment.date().since(from.date()).expect("days").get_days());
        let of_day = i128::from(moment.hour()) * 3600 + i128::from(moment.minute()) * 60 + i128::from(moment.second());
        // Eight hours behind the clock of Taipei.
        let seconds = |from| since(from) * 86_400 + of_day - 28_800;
        let unix = seconds(date(1970, 1, 1).at(0, 0, 0, 0));
        let nanos = i128::from(moment.subsec_nanosecond());
        prop_assert_eq!(read(&format!("{unix}"), &Reading::Epoch), Some((cut(moment, 0), 0)));
        let millis = unix * 1000 + nanos / 1_000_000;
        prop_assert_eq!(read(&format!("{millis}"), &Reading::Epoch), Some((cut(moment, 3), 3)));
        let steps = seconds(date(1601, 1, 1).at(0, 0, 0, 0)) * 10_000_000 + nanos / 100;
        let digits = if nanos / 100 == 0 { 0 } else { 7 };
        prop_assert_eq!(read(&format!("{steps}"), &Reading::FileTime), Some((cut(moment, 7), digits)));
        let day = since(date(1899, 12, 30).at(0, 0, 0, 0));
        prop_assert_eq!(read(&format!("{day}"), &Reading::Serial), Some((moment.date().at(0, 0, 0, 0), 0)));
        let serial = day as f64 + (of_day as f64 + (nanos / 1_000_000) as f64 / 1000.0) / 86_400.0;
        let digits = if nanos / 1_000_000 == 0 { 0 } else { 3 };
        let text = format!("{serial:.11}");
        prop_assert_eq!(read(&text, &Reading::Serial), Some((cut(moment, 3), digits)), "{}", text);
    }

    #[test]
    fn days_before_the_republic_come_back(years in 1_i16..80, month in 1_i8..=12, day in 1_i8..=28) {
        let text = format!("民國前{years}年{month}月{day}日");
        prop_assert_eq!(read(&text, &Reading::RocYmd), Some((date(1912 - years, month, day).at(0, 0, 0, 0), 0)));
    }

    #[test]
    fn a_column_in_one_notation_is_never_taken_for_another(moments in prop::collection::vec(any_moment(), 1..60)) {
        let window = Window::new(AS_OF);
        let within = |m: &DateTime| m.date() < date(2030, 12, 31);
        let moments: Vec<DateTime> = moments.into_iter().filter(within).collect();
        prop_assume!(!moments.is_empty());
        let kinds = days(AS_OF).len();
        for kind in 0..kinds {
            let texts: Vec<(String, Reading)> = moments.iter().map(|m| days(m.date()).swap_remove(kind)).collect();
            let mut tally = Tally::default();
            texts.iter().for_each(|(text, _)| tally.text(&shape(text), &window, 0));
            let decided = tally.decide();
            if decided == Reading::Ambiguous {
                continue;
            }
            for ((text, reading), moment) in texts.iter().zip(&moments) {
                let expected = Some((moment.date().at(0, 0, 0, 0), 0));
                prop_assert_eq!(read(text, &decided), expected, "{} read as {:?}, not {:?}", text, decided, reading);
            }
        }
    }
}
