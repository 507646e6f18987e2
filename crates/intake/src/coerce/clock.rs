//! Times of day as firms write them: with or without seconds, 上午/下午, 24:00:00, compact digits, an offset behind.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};

/// Minutes by which Asia/Taipei is ahead of UTC.
pub(crate) const TAIPEI: i32 = 480;

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Clock {
    /// Seconds since midnight, 0..=86400; 86400 is 24:00:00.
    pub seconds: u32,
    /// Part of a second.
    pub nanos: u32,
    /// Digits of the part of a second that were written, 0–9.
    pub digits: u8,
    /// Minutes ahead of UTC, where an offset was written.
    pub offset: Option<i32>,
}

impl Clock {
    pub(crate) const MIDNIGHT: Self = Self { seconds: 0, nanos: 0, digits: 0, offset: None };

    pub(crate) fn new(hour: u32, minute: u32, second: u32) -> Option<Self> {
        let seconds = hour * 3600 + minute * 60 + second;
        let valid = minute < 60 && second < 60 && (hour < 24 || seconds == 86_400);
        valid.then_some(Self { seconds, ..Self::MIDNIGHT })
    }

    /// The moment of this time on `date`, on the clock of Asia/Taipei.
    pub(crate) fn on(self, date: Date) -> Option<DateTime> {
        let of_day = self.seconds % 86_400;
        let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
        let time = Time::new(
            i8::try_from(hour).ok()?,
            i8::try_from(minute).ok()?,
            i8::try_from(second).ok()?,
            i32::try_from(self.nanos).ok()?,
        )
        .ok()?;
        let date = if self.seconds >= 86_400 { date.tomorrow().ok()? } else { date };
        let moment = date.to_datetime(time);
        match self.offset {
            Some(offset) if offset != TAIPEI => moment.checked_add(i64::from(TAIPEI - offset).minutes()).ok(),
            _ => Some(moment),
        }
    }
}

/// Reads an ASCII text (folded, lower case) that holds a time of day and nothing else. `bare` allows `0900`.
pub(crate) fn parse(text: &str) -> Option<Clock> {
    let (text, offset) = split_offset(text.trim());
    let (text, half) = split_half(text)?;
    let mut clock = if text.contains(':') { with_colons(text)? } else { compact(text, half.is_some())? };
    if let Some(afternoon) = half {
        let hour = clock.seconds / 3600;
        match (afternoon, hour) {
            (true, 1..=11) => clock.seconds += 12 * 3600,
            (false, 12) => clock.seconds -= 12 * 3600,
            _ => {}
        }
    }
    clock.offset = offset;
    Some(clock)
}

/// Takes `am`/`pm` off either end.
fn split_half(text: &str) -> Option<(&str, Option<bool>)> {
    for (mark, afternoon) in [("am", false), ("pm", true), ("a.m.", false), ("p.m.", true)] {
        if let Some(rest) = text.strip_prefix(mark).or_else(|| text.strip_suffix(mark)) {
            return Some((rest.trim(), Some(afternoon)));
        }
    }
    Some((text, None))
}

/// Takes an offset off the end: `z`, `utc`, `+0800`, `+08:00`, `-05`.
fn split_offset(text: &str) -> (&str, Option<i32>) {
    for zero in ["z", "utc", "gmt"] {
        if let Some(rest) = text.strip_suffix(zero) {
            return (rest.trim_end(), Some(0));
        }
    }
    let Some(at) = text.rfind(['+', '-']).filter(|at| *at > 0) else { return (text, None) };
    let (rest, signed) = text.split_at(at);
    let sign = if signed.starts_with('-') { -1 } else { 1 };
    let digits: String = signed.chars().filter(char::is_ascii_digit).collect();
    let shape = signed.chars().skip(1).all(|c| c.is_ascii_digit() || c == ':');
    let Ok(value) = digits.parse::<i32>() else { return (text, None) };
    let minutes = match digits.len() {
        1 | 2 => value * 60,
        4 => value / 100 * 60 + value % 100,
        _ => return (text, None),
    };
    if shape && minutes <= 14 * 60 { (rest.trim_end(), Some(sign * minutes)) } else { (text, None) }
}

fn with_colons(text: &str) -> Option<Clock> {
    let mut parts = text.trim_end_matches(':').split(':').map(str::trim);
    let hour = small(parts.next()?)?;
    let minute = parts.next().map_or(Some(0), small)?;
    let rest = parts.next().unwrap_or("0");
    let (second, fraction) = match rest.split_once(['.', ',']) {
        Some((second, fraction)) => (second, fraction),
        None => (rest, parts.next().unwrap_or_default()),
    };
    if parts.next().is_some() {
        return None;
    }
    Clock::new(hour, minute, small(second)?)?.with_fraction(fraction)
}

/// `090000`, `90000`, `090000123`, `090000.123`; with a half of the day also `3`.
fn compact(text: &str, has_half: bool) -> Option<Clock> {
    let (digits, fraction) = text.split_once('.').unwrap_or((text, ""));
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    if has_half && digits.len() <= 2 {
        return Clock::new(small(digits)?, 0, 0);
    }
    let (whole, tail) = match digits.len() {
        5 | 6 => (digits.len(), fraction),
        8 | 9 | 12 if fraction.is_empty() => {
            let whole = if digits.len() == 8 { 5 } else { 6 };
            (whole, digits.get(whole..)?)
        }
        _ => return None,
    };
    let value: u32 = digits.get(..whole)?.parse().ok()?;
    Clock::new(value / 10_000, value / 100 % 100, value % 100)?.with_fraction(tail)
}

fn small(text: &str) -> Option<u32> {
    let fits = !text.is_empty() && text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

impl Clock {
    pub(crate) fn with_fraction(mut self, fraction: &str) -> Option<Self> {
        if !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let mut nanos = 0;
        for place in 0..9 {
            let digit = fraction.as_bytes().get(place).map_or(0, |b| u32::from(b - b'0'));
            nanos = nanos * 10 + digit;
        }
        self.nanos = nanos;
        self.digits = u8::try_from(fraction.len().min(9)).unwrap_or(9);
        if self.seconds == 86_400 && nanos > 0 { None } else { Some(self) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn on_new_years_eve(text: &str) -> Option<(String, u8)> {
        let clock = parse(text)?;
        Some((clock.on(date(2020, 12, 31))?.to_string(), clock.digits))
    }

    #[test]
    fn times_are_read_as_written() {
        for (text, moment, digits) in [
            ("09:00", "2020-12-31T09:00:00", 0),
            ("9:5:7", "2020-12-31T09:05:07", 0),
            ("09:00:00.123", "2020-12-31T09:00:00.123", 3),
            ("09:00:00.120000", "2020-12-31T09:00:00.12", 6),
            ("09:00:00:123", "2020-12-31T09:00:00.123", 3),
            ("090000123", "2020-12-31T09:00:00.123", 3),
            ("90000", "2020-12-31T09:00:00", 0),
            ("pm 03:05", "2020-12-31T15:05:00", 0),
            ("12:05 am", "2020-12-31T00:05:00", 0),
            ("12:05 pm", "2020-12-31T12:05:00", 0),
            ("24:00:00", "2021-01-01T00:00:00", 0),
            ("08:21:26 +0800", "2020-12-31T08:21:26", 0),
            ("20:21:26z", "2021-01-01T04:21:26", 0),
            ("08:21:26-05:00", "2020-12-31T21:21:26", 0),
        ] {
            assert_eq!(on_new_years_eve(text), Some((moment.to_owned(), digits)), "{text}");
        }
        for bad in ["25:00", "24:00:01", "09:60", "", "x", "9", "09:00:00:1:2", "24:00:00.5"] {
            assert_eq!(on_new_years_eve(bad), None, "{bad}");
        }
    }
}
