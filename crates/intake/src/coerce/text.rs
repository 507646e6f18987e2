//! Texts as given: wrappers of exports taken off, words that mean "nothing" and "never" told apart.

use super::serial;
use crate::source::Cell;
use std::borrow::Cow;

/// Characters that are trimmed beside white space: byte order mark, zero-width space.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

/// Without outer blanks.
pub(crate) fn trimmed(text: &str) -> &str {
    let bytes = text.as_bytes();
    if bytes.first().is_some_and(u8::is_ascii_graphic) && bytes.last().is_some_and(u8::is_ascii_graphic) {
        return text;
    }
    text.trim_matches(is_blank)
}

/// Without outer blanks, the quotation `="…"` of exports and the apostrophe that marks a text.
pub(crate) fn clean(text: &str) -> &str {
    let text = trimmed(text);
    if let Some(quoted) = text.strip_prefix("=\"").and_then(|t| t.strip_suffix('"')) {
        return trimmed(quoted);
    }
    match text.strip_prefix('\'') {
        Some(rest) if !rest.ends_with('\'') => trimmed(rest),
        _ => text,
    }
}

/// Texts for nothing at all, as they stand; an empty cell says the same.
pub(crate) const NOTHING: [&str; 12] =
    ["-", "--", "---", "－", "—", "–", "無", "空白", "(空白)", "（空白）", "／", "/"];
/// The same in whatever case.
pub(crate) const NOTHING_LATIN: [&str; 4] = ["n/a", "n.a.", "null", "(blank)"];
/// Texts in a date column for what never happened or never ends.
pub(crate) const NEVER: [&str; 12] = [
    "從未登入",
    "從未變更",
    "從未",
    "永不",
    "從未使用",
    "未曾登入",
    "未曾",
    "永久",
    "無期限",
    "不限",
    "永久有效",
    "永不過期",
];
/// The same in whatever case.
pub(crate) const NEVER_LATIN: [&str; 4] = ["never", "never logged in", "never expires", "(never)"];
/// What systems write in place of a date that there is none of; a time may follow.
pub(crate) const NULL_DATES: [&str; 8] = [
    "1601-01-01",
    "1601/01/01",
    "1601/1/1",
    "1900-01-00",
    "1900/01/00",
    "1900/1/0",
    "0001-01-01",
    "0001/01/01",
];
/// The same, with nothing behind it.
pub(crate) const NULL_NUMBERS: [&str; 6] =
    ["0", "0000-00-00", "0000/00/00", "9223372036854775807", "1/1/1601", "0001/1/1"];

/// Whether the firm wrote that there is nothing.
pub(crate) fn means_nothing(text: &str) -> bool {
    // No word above begins with a digit, and most cells of a large file do.
    if text.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        return false;
    }
    text.is_empty()
        || (text.len() <= 18
            && (NOTHING.contains(&text) || NOTHING_LATIN.iter().any(|w| text.eq_ignore_ascii_case(w))))
}

/// Whether a text in a date column says that it never happened or never ends.
pub(crate) fn means_never(text: &str) -> bool {
    // Of what begins with a digit only these can follow; most dates are told apart by their first two.
    match text.as_bytes() {
        [b'2'..=b'8', ..] => return false,
        [b'1', second, ..] if !matches!(second, b'/' | b'6' | b'9') => return false,
        _ => {}
    }
    let plain = text.trim_matches('*');
    if text.len() > 40 {
        return false;
    }
    NULL_NUMBERS.contains(&plain)
        || NEVER.contains(&plain)
        || NEVER_LATIN.iter().any(|w| plain.eq_ignore_ascii_case(w))
        || NULL_DATES.iter().any(|d| {
            plain.strip_prefix(d).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
        })
}

/// Whether a text looks as if its bytes had been decoded as what they are not: replacement or control characters, or
/// signs of Western Europe for half of it (`±b¸¹` for `帳號`). Characters of users are none of these.
pub(crate) fn looks_garbled(text: &str) -> bool {
    let is_stray =
        |c: char| c == '\u{fffd}' || (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{1a}'));
    let western = text.chars().filter(|c| matches!(c, '\u{a1}'..='\u{ff}')).count();
    text.chars().any(is_stray) || (western >= 2 && western * 2 >= text.chars().count())
}

/// Whether a text is an error value that an export wrote out.
pub(crate) fn is_error(text: &str) -> bool {
    text.starts_with('#')
        && matches!(
            text,
            "#DIV/0!"
                | "#N/A"
                | "#NAME?"
                | "#NULL!"
                | "#NUM!"
                | "#REF!"
                | "#VALUE!"
                | "#SPILL!"
                | "#CALC!"
                | "#GETTING_DATA"
        )
}

/// The text of a cell as a person sees it, without outer blanks.
pub(crate) fn shown<'c>(cell: &'c Cell<'_>, shift: i32) -> Cow<'c, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) => Cow::Borrowed(trimmed(text)),
        Cell::Number(number) => Cow::Owned(number_text(*number)),
        Cell::Bool(true) => Cow::Borrowed("TRUE"),
        Cell::Bool(false) => Cow::Borrowed("FALSE"),
        Cell::Serial(days) => Cow::Owned(serial_text(*days, shift)),
        Cell::Span(days) => Cow::Owned(span_text(*days)),
        Cell::Error(error) => Cow::Borrowed(error),
    }
}

/// A number without a needless fraction: `1023`, not `1023.0`.
pub(crate) fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        (number as i64).to_string()
    } else {
        number.to_string()
    }
}

fn serial_text(days: f64, shift: i32) -> String {
    let clock = |time: super::clock::Clock| {
        let whole =
            format!("{:02}:{:02}:{:02}", time.seconds / 3600, time.seconds / 60 % 60, time.seconds % 60);
        if time.digits == 0 { whole } else { format!("{whole}.{:03}", time.nanos / 1_000_000) }
    };
    if let Some(time) = serial::time_of_day(days) {
        return clock(time);
    }
    match serial::moment(days, shift) {
        Some((date, time)) if time.seconds == 0 && time.nanos == 0 => date.to_string(),
        Some((date, time)) => format!("{date} {}", clock(time)),
        None => number_text(days),
    }
}

fn span_text(days: f64) -> String {
    let seconds = (days.clamp(-1e6, 1e6) * 86_400.0).round() as i64;
    format!("{}:{:02}:{:02}", seconds / 3600, (seconds / 60 % 60).abs(), (seconds % 60).abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrappers_go_and_leading_zeros_stay() {
        assert_eq!(clean("=\"0050\""), "0050");
        assert_eq!(clean("'0012"), "0012");
        assert_eq!(clean("\u{a0}\u{3000}4148      "), "4148");
        assert_eq!(clean("O'Brien"), "O'Brien");
    }

    #[test]
    fn nothing_and_never_are_different() {
        for text in ["", "N/A", "無", "-", "--", "空白", "（空白）", "NULL"] {
            assert!(means_nothing(text) && !means_never(text), "{text}");
        }
        for text in [
            "0",
            "從未登入",
            "永不",
            "Never",
            "**Never logged in**",
            "1601/1/1",
            "1601-01-01 08:00:00",
            "1900-01-00",
        ] {
            assert!(means_never(text) && !means_nothing(text), "{text}");
        }
        assert!(!means_never("1601-01-012") && !means_never("2020-12-31"));
    }

    #[test]
    fn numbers_are_shown_without_a_needless_fraction() {
        assert_eq!(number_text(1023.0), "1023");
        assert_eq!(number_text(0.5), "0.5");
        assert_eq!(shown(&Cell::Serial(44_196.375), 0), "2020-12-31 09:00:00");
    }
}
