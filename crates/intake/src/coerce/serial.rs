//! Numbers that stand for moments: spreadsheet serials, seconds since 1970, Windows FILETIME.

use super::clock::{Clock, TAIPEI};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, date};

/// Serials that are taken for dates in a date column.
pub(crate) const SERIALS: std::ops::RangeInclusive<f64> = 20_000.0..=80_000.0;

/// The date and time of day of a spreadsheet serial. `shift` is 0 for the epoch of 1900, 1462 for that of 1904.
/// Times are true to the millisecond; digits are claimed only where the millisecond is not zero.
pub(crate) fn moment(serial: f64, shift: i32) -> Option<(Date, Clock)> {
    if !serial.is_finite() || !(0.0..3_000_000.0).contains(&serial) {
        return None;
    }
    let mut days = serial.floor();
    let mut millis = ((serial - days) * 86_400_000.0).round();
    if millis >= 86_400_000.0 {
        days += 1.0;
        millis = 0.0;
    }
    // Both values are whole, positive and small.
    let (days, millis) = (days as i64, millis as u32);
    let day = if shift == 0 && days < 60 { date(1899, 12, 31) } else { date(1899, 12, 30) };
    if shift == 0 && matches!(days, 0 | 60) {
        return None;
    }
    let day = day.checked_add((days + i64::from(shift)).days()).ok()?;
    Some((day, clock(millis)))
}

/// The time of day of a serial below one day.
pub(crate) fn time_of_day(serial: f64) -> Option<Clock> {
    (0.0..1.0).contains(&serial).then(|| clock((serial * 86_400_000.0).round() as u32))
}

fn clock(millis: u32) -> Clock {
    let part = millis % 1000;
    Clock {
        seconds: millis / 1000,
        nanos: part * 1_000_000,
        digits: if part == 0 { 0 } else { 3 },
        offset: None,
    }
}

/// Seconds (10 digits) or milliseconds (13 digits) since 1970, on the clock of Asia/Taipei.
pub(crate) fn epoch(value: u64, digits: u8) -> Option<(Date, Clock)> {
    match digits {
        9 | 10 => since_1970(i64::try_from(value).ok()?, 0, 0),
        12 | 13 => {
            since_1970(i64::try_from(value / 1000).ok()?, u32::try_from(value % 1000).ok()? * 1_000_000, 3)
        }
        _ => None,
    }
}

/// Steps of 100 ns since 1601, on the clock of Asia/Taipei.
pub(crate) fn file_time(value: u64) -> Option<(Date, Clock)> {
    let seconds = i64::try_from(value / 10_000_000).ok()?.checked_sub(11_644_473_600)?;
    let nanos = u32::try_from(value % 10_000_000).ok()? * 100;
    since_1970(seconds, nanos, if nanos == 0 { 0 } else { 7 })
}

fn since_1970(seconds: i64, nanos: u32, digits: u8) -> Option<(Date, Clock)> {
    let start: DateTime = date(1970, 1, 1).at(0, 0, 0, 0);
    if !(-100_000_000_000..400_000_000_000).contains(&seconds) {
        return None;
    }
    let moment = start.checked_add((seconds + i64::from(TAIPEI) * 60).seconds()).ok()?;
    let of_day =
        i32::from(moment.hour()) * 3600 + i32::from(moment.minute()) * 60 + i32::from(moment.second());
    Some((moment.date(), Clock { seconds: u32::try_from(of_day).ok()?, nanos, digits, offset: None }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serials_follow_their_epoch() {
        assert_eq!(moment(44_196.0, 0).map(|m| m.0), Some(date(2020, 12, 31)));
        assert_eq!(moment(42_734.0, 1462).map(|m| m.0), Some(date(2020, 12, 31)));
        assert_eq!(moment(1.0, 0).map(|m| m.0), Some(date(1900, 1, 1)));
        assert_eq!(moment(61.0, 0).map(|m| m.0), Some(date(1900, 3, 1)));
        let (_, time) = moment(44_196.375_001_423_61, 0).expect("a serial");
        assert_eq!((time.seconds, time.nanos, time.digits), (32_400, 123_000_000, 3));
        for bad in [f64::NAN, -1.0, 0.0, 60.0, 1e12] {
            assert_eq!(moment(bad, 0), None);
        }
    }

    #[test]
    fn counts_of_other_systems_are_read_in_taipei() {
        assert_eq!(
            epoch(1_609_376_400, 10).map(|m| (m.0, m.1.seconds)),
            Some((date(2020, 12, 31), 9 * 3600))
        );
        assert_eq!(
            file_time(132_538_500_000_000_000).map(|m| (m.0, m.1.seconds)),
            Some((date(2020, 12, 31), 9 * 3600))
        );
    }
}
