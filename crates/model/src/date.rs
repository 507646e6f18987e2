//! Calendar dates as the field reads them: ISO inside, the Republic of China's years outside.

use jiff::civil::{Date, DateTime};
use jiff::{Span, ToSpan};
use std::fmt;

/// A point in time on the clock of Asia/Taipei, handed in by whoever owns a clock.
pub type Moment = DateTime;

/// Difference between the Gregorian year and the ROC year (民國元年 = 1912).
pub const ROC_OFFSET: i16 = 1911;

/// A date that prints as `民國109年12月31日`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RocDate(pub Date);

impl RocDate {
    /// The date of ROC year, month, day; `None` when there is no such day.
    #[must_use]
    pub fn from_roc(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year.checked_add(ROC_OFFSET)?, month, day).ok().map(Self)
    }

    /// ROC year; zero and below lie before the Republic.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year() - ROC_OFFSET
    }

    /// `109.12.31`, for tables and status lines.
    #[must_use]
    pub fn dotted(self) -> String {
        format!("{:03}.{:02}.{:02}", self.year(), self.0.month(), self.0.day())
    }
}

impl fmt::Display for RocDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year();
        if year > 0 {
            write!(f, "民國{}年{}月{}日", year, self.0.month(), self.0.day())
        } else {
            write!(f, "民國前{}年{}月{}日", 1 - year, self.0.month(), self.0.day())
        }
    }
}

/// The period under review, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Period {
    /// A period from `from` to `to`.
    ///
    /// # Errors
    /// When `to` lies before `from`.
    pub fn new(from: Date, to: Date) -> Result<Self, crate::ShapeError> {
        if to < from { Err(crate::ShapeError { what: "period" }) } else { Ok(Self { from, to }) }
    }
}

/// Adds calendar months; the day is clamped to the end of the month (2020-11-30 + 3 months = 2021-02-28).
/// Dates outside jiff's range saturate.
#[must_use]
pub fn add_months(date: Date, months: i32) -> Date {
    let span: Span = i64::from(months).clamp(-100_000, 100_000).months();
    date.saturating_add(span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn prints_as_the_field_writes() {
        assert_eq!(RocDate(date(2020, 12, 31)).to_string(), "民國109年12月31日");
        assert_eq!(RocDate(date(2010, 1, 5)).dotted(), "099.01.05");
        assert_eq!(RocDate(date(1911, 10, 10)).to_string(), "民國前1年10月10日");
    }

    #[test]
    fn a_month_end_is_clamped() {
        assert_eq!(add_months(date(2020, 11, 30), 3), date(2021, 2, 28));
        assert_eq!(add_months(date(2020, 12, 31), -3), date(2020, 9, 30));
    }

    proptest! {
        #[test]
        fn roc_years_round_trip(year in 1i16..200, month in 1i8..=12, day in 1i8..=28) {
            let roc = RocDate::from_roc(year, month, day).expect("a day that every month has");
            prop_assert_eq!((roc.year(), roc.0.month(), roc.0.day()), (year, month, day));
        }

        #[test]
        fn adding_months_never_skips_a_month(y in 1950i16..2100, m in 1i8..=12, d in 1i8..=28, n in -600i32..600) {
            let from = date(y, m, d);
            let to = add_months(from, n);
            let months = |x: Date| i32::from(x.year()) * 12 + i32::from(x.month());
            prop_assert_eq!(months(to) - months(from), n);
        }
    }
}
