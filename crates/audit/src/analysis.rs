//! Pictures of a column, as figures: ageing of dates, strata of numbers, first digits. One pass over the values, nothing
//! of them kept. What a picture shows is a lead, never an exception.

use crate::sampling::Amount;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Upper limits of the age bands, in days, when nobody sets others.
pub const AGES: [i64; 5] = [30, 90, 180, 365, 730];
/// Fewest numbers of which first digits tell anything.
pub const DIGITS_FROM: u64 = 300;

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Above this limit; `None` from the lowest.
    pub above: Option<i64>,
    /// Up to this limit, included; `None` without end.
    pub up_to: Option<i64>,
    /// Values.
    pub rows: u64,
    /// Their sum in hundredths.
    pub sum: i128,
}

/// Values by bands. Limits are whole numbers; a value belongs to the first band whose limit it does not exceed.
#[derive(Debug, Clone)]
pub struct Bands {
    bars: Vec<Bar>,
    /// Values that are in a bar.
    pub counted: u64,
    /// Rows without a value.
    pub blank: u64,
    /// Rows whose value cannot be in a bar.
    pub left_out: u64,
}

impl Bands {
    /// Bands with these upper limits, rising, and one above them.
    #[must_use]
    pub fn new(limits: &[i64]) -> Self {
        let ends = limits.iter().copied().map(Some).chain([None]);
        let starts = [None].into_iter().chain(limits.iter().copied().map(Some));
        let bars = starts.zip(ends).map(|(above, up_to)| Bar { above, up_to, rows: 0, sum: 0 }).collect();
        Self { bars, counted: 0, blank: 0, left_out: 0 }
    }

    /// The bars, lowest first.
    #[must_use]
    pub fn bars(&self) -> &[Bar] {
        &self.bars
    }

    fn put(&mut self, hundredths: i128) {
        // The last band has no end, so that there is always one.
        let fits = |bar: &&mut Bar| bar.up_to.is_none_or(|end| hundredths <= i128::from(end) * 100);
        if let Some(bar) = self.bars.iter_mut().find(fits) {
            bar.rows += 1;
            bar.sum += hundredths;
            self.counted += 1;
        }
    }

    /// A date or moment as the store writes it, by its age in days on the as-of date. A later one has no age.
    pub fn age(&mut self, text: Option<&str>, as_of: Date) {
        let Some(text) = text.filter(|t| !t.is_empty()) else {
            self.blank += 1;
            return;
        };
        let date = text.get(..10).and_then(|t| t.parse::<Date>().ok());
        match date.map(|date| (as_of - date).get_days()).filter(|days| *days >= 0) {
            Some(days) => self.put(i128::from(days) * 100),
            None => self.left_out += 1,
        }
    }

    /// A number as the store writes it, rounded half away from zero to hundredths.
    pub fn number(&mut self, text: Option<&str>) {
        let Some(text) = text.filter(|t| !t.is_empty()) else {
            self.blank += 1;
            return;
        };
        match hundredths(text) {
            Some(n) => self.put(n),
            None => self.left_out += 1,
        }
    }
}

fn hundredths(text: &str) -> Option<i128> {
    Amount::parse(text).map(Amount::hundredths)
}

/// Limits for the strata of numbers nobody has set limits for: 0 and the powers of ten, as far as the numbers go.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    lowest: Option<i128>,
    highest: Option<i128>,
}

impl Reach {
    /// Looks at a number.
    pub fn see(&mut self, text: Option<&str>) {
        let Some(n) = text.and_then(hundredths) else { return };
        self.lowest = Some(self.lowest.map_or(n, |low| low.min(n)));
        self.highest = Some(self.highest.map_or(n, |high| high.max(n)));
    }

    /// The limits.
    #[must_use]
    pub fn limits(&self) -> Vec<i64> {
        let (Some(lowest), Some(highest)) = (self.lowest, self.highest) else { return Vec::new() };
        let powers = (0..18).map(|power| 10_i64.pow(power));
        let below_all = |limit: i64| i128::from(limit) * 100 < lowest;
        let mut out: Vec<i64> = [0].into_iter().chain(powers).filter(|limit| !below_all(*limit)).collect();
        let enough = out.iter().position(|limit| i128::from(*limit) * 100 >= highest);
        // The last band has no end: its limit is not needed.
        out.truncate(enough.unwrap_or(out.len()));
        out
    }
}

/// First significant digits.
#[derive(Debug, Clone, Default)]
pub struct Digits {
    seen: BTreeMap<u8, u64>,
    /// Numbers with a first digit.
    pub counted: u64,
    /// Rows without a value.
    pub blank: u64,
    /// Zero, and what is no number.
    pub left_out: u64,
}

impl Digits {
    /// Looks at a number as the store writes it.
    pub fn see(&mut self, text: Option<&str>) {
        let Some(text) = text.filter(|t| !t.is_empty()) else {
            self.blank += 1;
            return;
        };
        let number = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'));
        match text.bytes().find(|b| (b'1'..=b'9').contains(b)).filter(|_| number) {
            Some(digit) => {
                *self.seen.entry(digit - b'0').or_default() += 1;
                self.counted += 1;
            }
            None => self.left_out += 1,
        }
    }

    /// For each digit from 1 to 9: numbers that begin with it, and the share that was to be expected (Newcomb 1881,
    /// Benford 1938: log10(1 + 1/d)).
    #[must_use]
    pub fn bars(&self) -> [(u64, f64); 9] {
        std::array::from_fn(|at| {
            let digit = u8::try_from(at + 1).unwrap_or(1);
            (self.seen.get(&digit).copied().unwrap_or(0), (1.0 + 1.0 / f64::from(digit)).log10())
        })
    }

    /// Mean absolute deviation of the nine shares from what was to be expected (Nigrini, Benford's Law, 2012); `None`
    /// without a number.
    #[must_use]
    pub fn deviation(&self) -> Option<f64> {
        (self.counted > 0).then(|| {
            // Counts far below 2^53.
            #[allow(clippy::cast_precision_loss)]
            let off = |(rows, expected): (u64, f64)| (rows as f64 / self.counted as f64 - expected).abs();
            self.bars().into_iter().map(off).sum::<f64>() / 9.0
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_age_belongs_to_the_band_whose_limit_it_reaches() {
        let mut bands = Bands::new(&AGES);
        let as_of = date(2020, 12, 31);
        for text in ["2020-12-31", "2020-12-01", "2020-11-30", "2020-10-02T08:00:00", "2018-01-01"] {
            bands.age(Some(text), as_of);
        }
        assert_eq!((bands.counted, bands.blank, bands.left_out), (5, 0, 0));
        bands.age(Some("2021-01-01"), as_of);
        bands.age(Some("未提供"), as_of);
        bands.age(None, as_of);
        // 0 and 30 days; 31 and 90 days; more than 730.
        let rows: Vec<u64> = bands.bars().iter().map(|b| b.rows).collect();
        assert_eq!(rows, [2, 2, 0, 0, 0, 1]);
        assert_eq!((bands.counted, bands.blank, bands.left_out), (5, 1, 2));
    }

    #[test]
    fn strata_reach_as_far_as_the_numbers_and_add_up() {
        let numbers = ["-5", "0", "0.5", "10", "10.01", "999", "abc"];
        let mut reach = Reach::default();
        numbers.iter().for_each(|n| reach.see(Some(n)));
        assert_eq!(reach.limits(), [0, 1, 10, 100]);
        let mut bands = Bands::new(&reach.limits());
        numbers.iter().for_each(|n| bands.number(Some(n)));
        let rows: Vec<u64> = bands.bars().iter().map(|b| b.rows).collect();
        assert_eq!(rows, [2, 1, 1, 1, 1]);
        assert_eq!(bands.bars().iter().map(|b| b.sum).sum::<i128>(), 101_451);
        assert_eq!(bands.left_out, 1);
        let mut high = Reach::default();
        ["5000", "20000"].iter().for_each(|n| high.see(Some(n)));
        assert_eq!(high.limits(), [10_000], "no empty bands below the lowest number");
    }

    #[test]
    fn first_digits_are_those_of_the_number() {
        let mut digits = Digits::default();
        for text in ["0.0042", "-17", "9", "100", "0", "0.00", "甲"] {
            digits.see(Some(text));
        }
        digits.see(None);
        let rows: Vec<u64> = digits.bars().iter().map(|(rows, _)| *rows).collect();
        assert_eq!(rows, [2, 0, 0, 1, 0, 0, 0, 0, 1]);
        assert_eq!((digits.counted, digits.blank, digits.left_out), (4, 1, 3));
        let expected: f64 = digits.bars().iter().map(|(_, share)| share).sum();
        assert!((expected - 1.0).abs() < 1e-12);
    }

    #[test]
    fn powers_of_two_follow_the_law_and_equal_digits_do_not() {
        let mut powers = Digits::default();
        (0..127).for_each(|n| powers.see(Some(&(1_u128 << n).to_string())));
        assert!(powers.deviation().is_some_and(|d| d < 0.012), "{:?}", powers.deviation());
        let mut equal = Digits::default();
        (100..1000).for_each(|n| equal.see(Some(&n.to_string())));
        assert!(equal.deviation().is_some_and(|d| d > 0.05));
        assert_eq!(Digits::default().deviation(), None);
    }
}
