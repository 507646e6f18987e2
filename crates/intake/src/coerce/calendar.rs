//! The calendar of a column: every text votes for the readings that make it a plausible date, and the column as a
//! whole decides. What cannot be decided is asked, never guessed.

use super::date::{Shape, resolve, six_gregorian, time_alone};
use fieldbook_model::{Reading, add_months};
use jiff::civil::{Date, date};

/// The readings that rival one another.
pub(crate) const READINGS: [Reading; 9] = [
    Reading::RocYmd,
    Reading::Ymd,
    Reading::Dmy,
    Reading::Mdy,
    Reading::Serial,
    Reading::RocCompact,
    Reading::Compact,
    Reading::FileTime,
    Reading::Epoch,
];
/// Readings of one calendar, written with separators and without, stand together.
const CALENDARS: [&[usize]; 9] = [&[0, 5], &[1, 6], &[2], &[3], &[4], &[7], &[8], &[TIME], &[SIX_GREGORIAN]];
const TIME: usize = READINGS.len();
const SIX_GREGORIAN: usize = TIME + 1;
const VOTES: usize = SIX_GREGORIAN + 1;

/// What is plausible, seen from the as-of date.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Window {
    pub as_of: Date,
    /// Thirty years before to ten years after.
    likely: (Date, Date),
    /// Eighty years before to the end of the calendar (`9999-12-31` stands for "no end").
    possible: (Date, Date),
}

impl Window {
    pub(crate) fn new(as_of: Date) -> Self {
        let years = |n: i32| add_months(as_of, n * 12);
        Self { as_of, likely: (years(-30), years(10)), possible: (years(-80), date(9999, 12, 31)) }
    }

    /// Whether a date can be meant at all.
    pub(crate) fn possible(&self, date: Date) -> bool {
        self.possible.0 <= date && date <= self.possible.1
    }

    fn likely(&self, date: Date) -> bool {
        self.likely.0 <= date && date <= self.likely.1
    }
}

/// Votes of a column's texts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    votes: [u64; VOTES],
    /// Texts that are a date in at least one reading.
    total: u64,
    /// True date cells and serial numbers, which need no decision.
    dates: u64,
    /// Those of them that are a time of day alone.
    times: u64,
    /// Dates with a time of day behind them.
    clocked: u64,
    /// The last date of three numbers and what it voted for: neighbours in a column are often of one day.
    last: Option<([u32; 3], u8, u8, [bool; VOTES])>,
}

impl Tally {
    /// Counts a true date cell by its serial: days, and a part of a day.
    pub(crate) fn date_cell(&mut self, days: f64) {
        self.dates += 1;
        self.times += u64::from(days < 1.0);
        self.clocked += u64::from(days >= 1.0 && days.fract() != 0.0);
    }

    /// Counts a text. Dates beyond the likely window count only where no reading lies inside it; a text that is a
    /// date in no calendar (`待補`, `109/13/01`) says nothing about the column's and has no vote.
    pub(crate) fn text(&mut self, shape: &Shape, window: &Window, shift: i32) {
        let (mut likely, mut possible) = ([false; VOTES], [false; VOTES]);
        self.clocked += u64::from(shape.has_clock());
        if let Shape::Sure(_, reading, _) = shape {
            self.vote_for(reading);
            return;
        }
        let triple = match shape {
            Shape::Triple(numbers, first, last, _) => Some((*numbers, *first, *last)),
            _ => None,
        };
        if let (Some(now), Some((numbers, first, last, fits))) = (triple, self.last)
            && now == (numbers, first, last)
        {
            return self.count(fits);
        }
        for (slot, reading) in READINGS.iter().enumerate() {
            if let Some((date, _)) = resolve(shape, reading, window.as_of, shift)
                && says_itself(shape, reading)
            {
                likely[slot] = window.likely(date);
                possible[slot] = window.possible(date);
            }
        }
        if let Some(date) = six_gregorian(shape, window.as_of) {
            likely[SIX_GREGORIAN] = window.likely(date);
            possible[SIX_GREGORIAN] = window.possible(date);
        }
        let mut fits = if likely.contains(&true) { likely } else { possible };
        let exact = matches!(shape, Shape::Time(_) | Shape::Digits(_, 6 | 9 | 12, None));
        if time_alone(shape).is_some() && (exact || !fits.contains(&true)) {
            fits[TIME] = true;
        }
        self.last = triple.map(|(numbers, first, last)| (numbers, first, last, fits));
        self.count(fits);
    }

    fn count(&mut self, fits: [bool; VOTES]) {
        for (vote, fit) in self.votes.iter_mut().zip(fits) {
            *vote += u64::from(fit);
        }
        self.total += u64::from(fits.contains(&true));
    }

    fn vote_for(&mut self, reading: &Reading) {
        if let Some(slot) = READINGS.iter().position(|r| r == reading) {
            self.votes[slot] += 1;
            self.total += 1;
        }
    }

    /// The column's reading: at least 95 % of the texts fit its calendar, and it has more texts for itself alone than
    /// there are texts that do not fit it. [`Reading::Plain`] when nothing needs a decision (no texts, or times only).
    pub(crate) fn decide(&self) -> Reading {
        if self.total == 0 {
            return if self.dates > 0 { Reading::Serial } else { Reading::Plain };
        }
        let mut ranked: Vec<(u64, &[usize])> = CALENDARS.iter().map(|c| (self.sum(c), *c)).collect();
        ranked.sort_by_key(|(votes, _)| std::cmp::Reverse(*votes));
        let (most, best) = ranked.first().copied().unwrap_or((0, &[]));
        let second = ranked.get(1).map_or(0, |(votes, _)| *votes);
        if most * 100 < self.total * 95 || most - second <= self.total - most {
            return Reading::Ambiguous;
        }
        match best.iter().rev().max_by_key(|slot| self.votes[**slot]) {
            Some(&TIME) => Reading::Plain,
            slot => slot.and_then(|s| READINGS.get(*s)).cloned().unwrap_or(Reading::Ambiguous),
        }
    }

    fn sum(&self, calendar: &[usize]) -> u64 {
        calendar.iter().map(|slot| self.votes[*slot]).sum()
    }

    /// Whether the column holds anything that was counted.
    pub(crate) fn is_empty(&self) -> bool {
        self.total == 0 && self.dates == 0
    }

    /// Whether nearly everything that was counted is a time of day alone.
    pub(crate) fn is_times(&self) -> bool {
        let all = self.total + self.dates;
        all > 0 && (self.votes[TIME] + self.times) * 100 >= all * 95
    }

    /// Whether dates stand in the column.
    pub(crate) fn is_dated(&self) -> bool {
        self.dates > self.times || (self.total > 0 && self.decide() != Reading::Plain)
    }

    /// Whether a date has a time of day behind it.
    pub(crate) fn has_clock(&self) -> bool {
        self.clocked > 0
    }

    /// Texts that fit a reading's calendar.
    pub(crate) fn fits(&self, reading: &Reading) -> u64 {
        let slot = READINGS.iter().position(|r| r == reading);
        let calendar = CALENDARS.iter().find(|c| slot.is_some_and(|s| c.contains(&s)));
        calendar.map_or(0, |c| self.sum(c))
    }

    /// Texts with a vote.
    pub(crate) fn total(&self) -> u64 {
        self.total
    }
}

/// Whether a shape votes for a reading: a year of three or four digits in front for its own calendar only, and every
/// shape for one way of writing only.
fn says_itself(shape: &Shape, reading: &Reading) -> bool {
    match shape {
        Shape::Triple([a, ..], 4, ..) if *a >= 1900 => *reading == Reading::Ymd,
        Shape::Triple(_, 3, ..) => *reading == Reading::RocYmd,
        Shape::Triple(..) => !matches!(reading, Reading::RocCompact | Reading::Compact),
        Shape::Digits(..) => !matches!(reading, Reading::RocYmd | Reading::Ymd),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::date::shape;
    use super::*;
    use proptest::prelude::*;

    fn decided(texts: &[&str]) -> Reading {
        let window = Window::new(date(2020, 12, 31));
        let mut tally = Tally::default();
        for text in texts {
            tally.text(&shape(text), &window, 0);
        }
        tally.decide()
    }

    #[test]
    fn a_column_decides_not_a_cell() {
        assert_eq!(decided(&["10/01/05"]), Reading::Ambiguous);
        assert_eq!(decided(&["10/01/05", "05/02/03"]), Reading::Ambiguous);
        assert_eq!(decided(&["99/12/31", "98/05/06"]), Reading::Ambiguous);
        assert_eq!(decided(&["99/12/31", "98/05/06", "100/01/05"]), Reading::RocYmd);
        assert_eq!(decided(&["110/01/05", "109.12.31", "民國109年12月31日"]), Reading::RocYmd);
        assert_eq!(decided(&["31/12/2020", "05/06/2020"]), Reading::Dmy);
        assert_eq!(decided(&["12/31/2020", "05/06/2020"]), Reading::Mdy);
        assert_eq!(decided(&["05/06/2020", "07/08/2020"]), Reading::Ambiguous);
        assert_eq!(decided(&["31/12/2020", "12/31/2020"]), Reading::Ambiguous);
        assert_eq!(decided(&["2020-12-31 09:00:00.123", "2020/1/5"]), Reading::Ymd);
        assert_eq!(decided(&["1091231", "0991231"]), Reading::RocCompact);
        assert_eq!(decided(&["20201231", "20200105"]), Reading::Compact);
        assert_eq!(decided(&["991231"]), Reading::Ambiguous);
        assert_eq!(decided(&["109/12/31", "1091130", "109.10.31"]), Reading::RocYmd);
        assert_eq!(decided(&["20201231", "2020/12/30", "20201130"]), Reading::Compact);
        assert_eq!(decided(&["44196", "44100.5"]), Reading::Serial);
        assert_eq!(decided(&["132538500000000000"]), Reading::FileTime);
        assert_eq!(decided(&["1609376400"]), Reading::Epoch);
        assert_eq!(decided(&["090000123", "09:00:01", "132959999"]), Reading::Plain);
        assert_eq!(decided(&["109/12/31", "2020/12/31"]), Reading::Ambiguous);
        assert_eq!(decided(&["109/12/31", "109/13/01", "待補"]), Reading::RocYmd);
        assert_eq!(decided(&["待補"]), Reading::Plain);
        assert_eq!(decided(&[]), Reading::Plain);
    }

    #[test]
    fn hire_dates_older_than_the_likely_window_still_decide() {
        assert_eq!(decided(&["1985/07/01", "2010/03/05"]), Reading::Ymd);
        assert_eq!(decided(&["077/05/01", "103/05/01"]), Reading::RocYmd);
        assert_eq!(decided(&["9999-12-31", "2021-12-31"]), Reading::Ymd);
    }

    fn any_day() -> impl Strategy<Value = Date> {
        (1992_i16..2029, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| date(y, m, d))
    }

    proptest! {
        #[test]
        fn every_format_comes_back_as_the_same_day(day in any_day()) {
            let (y, m, d, roc) = (day.year(), day.month(), day.day(), day.year() - 1911);
            for (text, reading) in [
                (format!("民國{roc}年{m}月{d}日"), Reading::RocYmd),
                (format!("{roc}年{m}月{d}日"), Reading::RocYmd),
                (format!("{roc:03}/{m:02}/{d:02}"), Reading::RocYmd),
                (format!("{roc}.{m}.{d}"), Reading::RocYmd),
                (format!("{roc:03}-{m:02}-{d:02} 下午 03:05"), Reading::RocYmd),
                (format!("{roc:03}{m:02}{d:02}"), Reading::RocCompact),
                (format!("{y}{m:02}{d:02}"), Reading::Compact),
                (format!("{y}/{m}/{d}"), Reading::Ymd),
                (format!("{y}-{m:02}-{d:02}T24:00:00"), Reading::Ymd),
                (format!("{d:02}/{m:02}/{y}"), Reading::Dmy),
                (format!("{m}/{d}/{y} 11:59 PM"), Reading::Mdy),
            ] {
                let read = resolve(&shape(&text), &reading, date(2020, 12, 31), 0);
                prop_assert_eq!(read.map(|r| r.0), Some(day), "{}", text);
            }
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "\\PC{0,40}") {
            let window = Window::new(date(2020, 12, 31));
            let mut tally = Tally::default();
            let seen = shape(&text);
            tally.text(&seen, &window, 0);
            let _ = tally.decide();
            for reading in &READINGS {
                let _ = resolve(&seen, reading, window.as_of, 1462);
            }
        }

        #[test]
        fn no_text_of_digits_makes_the_reader_panic(text in "[0-9/.:年月日 +-]{0,30}") {
            let window = Window::new(date(2020, 12, 31));
            let mut tally = Tally::default();
            tally.text(&shape(&text), &window, 0);
            let _ = tally.decide();
        }
    }
}
