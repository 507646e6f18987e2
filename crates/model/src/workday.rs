//! Working days: Monday to Friday, but for the days that a calendar names. Which days the exchange is closed is announced
//! year by year, so the calendar is handed in.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;

/// Days that are otherwise than their weekday says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar(BTreeMap<Date, bool>);

impl Calendar {
    /// From ISO dates: holidays, and working days at a weekend with `+` before them. The last word on a day counts.
    /// `None` when one of them is no date.
    #[must_use]
    pub fn parse<'t>(days: impl IntoIterator<Item = &'t str>) -> Option<Self> {
        let day = |text: &'t str| {
            let text = text.trim();
            let worked = text.strip_prefix('+');
            Some((worked.unwrap_or(text).trim().parse().ok()?, worked.is_some()))
        };
        days.into_iter().map(day).collect::<Option<_>>().map(Self)
    }

    /// Whether people work on a day.
    #[must_use]
    pub fn is_workday(&self, day: Date) -> bool {
        self.0.get(&day).copied().unwrap_or(!is_weekend(day))
    }

    /// Working days after `from` up to and including `to`; 0 when `to` is not later.
    #[must_use]
    pub fn workdays(&self, from: Date, to: Date) -> i64 {
        if to <= from {
            return 0;
        }
        let days = i64::from(from.until(to).map_or(0, |span| span.get_days()));
        let (weeks, rest) = (days / 7, days % 7);
        let mut count = weeks * 5;
        let mut day = to;
        for _ in 0..rest {
            count += i64::from(!is_weekend(day));
            day = day.saturating_sub(1.day());
        }
        for (_, worked) in
            self.0.iter().filter(|(day, worked)| **day > from && **day <= to && **worked == is_weekend(**day))
        {
            count += if *worked { 1 } else { -1 };
        }
        count
    }
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn holidays_and_days_that_make_up_for_them() {
        let year = Calendar::parse(["2020-01-01", "2020-01-23", "+2020-02-15"]).expect("dates");
        assert!(!year.is_workday(date(2020, 1, 1)) && year.is_workday(date(2020, 2, 15)));
        assert!(year.is_workday(date(2020, 1, 2)) && !year.is_workday(date(2020, 1, 4)));
        // Friday to Monday is one working day, over a holiday none.
        assert_eq!(year.workdays(date(2020, 1, 3), date(2020, 1, 6)), 1);
        assert_eq!(year.workdays(date(2020, 1, 22), date(2020, 1, 23)), 0);
        assert_eq!(year.workdays(date(2020, 2, 14), date(2020, 2, 15)), 1);
        assert_eq!(Calendar::parse(["連假"]), None);
    }

    proptest! {
        #[test]
        fn they_are_counted_as_by_hand(
            from in -400_i32..400, length in -10_i32..900, days in proptest::collection::vec((-400_i32..1_300, any::<bool>()), 0..20)
        ) {
            let day = |n: i32| date(2020, 1, 1).saturating_add(n.days());
            let calendar = Calendar(days.into_iter().map(|(n, worked)| (day(n), worked)).collect());
            let by_hand = (1..=length).filter(|n| calendar.is_workday(day(from + n))).count();
            prop_assert_eq!(calendar.workdays(day(from), day(from + length)), by_hand as i64);
        }
    }
}
