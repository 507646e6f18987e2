//! Moments that are eight hours early: an export that wrote UTC without saying so. The content only hints at it, so it is
//! asked and nothing is changed.

use crate::coerce::clock::{Clock, TAIPEI};
use crate::coerce::date::{Shape, shape};
use crate::coerce::serial;
use crate::coerce::text::clean;
use crate::source::Cell;
use fieldbook_model::Hours;

/// Times of day from which on their hours say anything.
const FEW: usize = 5;
/// Minutes of a day.
const DAY: u16 = 1_440;

/// The times of day of a column's first cells.
#[derive(Debug, Default)]
pub(super) struct Clocks {
    /// Minutes since midnight, as written. Midnight itself is mostly no time of day, and left out.
    minutes: Vec<u16>,
    /// Cells that name an offset other than that of Asia/Taipei.
    offsets: usize,
}

impl Clocks {
    pub(super) fn see(&mut self, cell: &Cell<'_>) {
        let Some(clock) = clock_of(cell) else { return };
        if clock.offset.is_some_and(|offset| offset != TAIPEI) {
            self.offsets += 1;
        } else if clock.offset.is_none() && clock.seconds % 86_400 != 0 {
            self.minutes.extend(u16::try_from(clock.seconds / 60));
        }
    }

    /// Whether the moments may be UTC: nine of ten lie in the hours of the column only when eight hours are added, and
    /// not one of ten as they are; or some cells name an offset and others none.
    pub(super) fn may_be_utc(&self, hours: Option<Hours>) -> bool {
        if self.offsets > 0 && !self.minutes.is_empty() {
            return true;
        }
        let Some(hours) = hours.filter(|_| self.minutes.len() >= FEW) else { return false };
        let ahead = u16::try_from(TAIPEI).unwrap_or_default();
        let within = |shift: u16| {
            self.minutes.iter().filter(|minute| hours.contains((**minute + shift) % DAY)).count()
        };
        within(0) * 10 < self.minutes.len() && within(ahead) * 10 >= self.minutes.len() * 9
    }
}

/// The time of day that a cell holds, alone or behind a date.
fn clock_of(cell: &Cell<'_>) -> Option<Clock> {
    match cell {
        Cell::Text(text) => match shape(clean(text)) {
            Shape::Sure(_, _, clock) | Shape::Triple(_, _, _, clock) | Shape::Digits(_, _, clock) => clock,
            Shape::Time(clock) => Some(clock),
            Shape::Decimal(_) | Shape::None => None,
        },
        Cell::Serial(days) => serial::time_of_day(days.fract()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(texts: &[&str]) -> bool {
        let mut clocks = Clocks::default();
        texts.iter().for_each(|text| clocks.see(&Cell::Text((*text).into())));
        clocks.may_be_utc(Hours::parse("08:00-14:00"))
    }

    #[test]
    fn times_that_fit_only_when_eight_hours_are_added_are_asked_about() {
        let utc = ["2020-12-31 00:45:00", "109/12/31 01:00:00", "20201231 05:45", "05:30:01.123", "01:02:03"];
        assert!(asked(&utc));
        let mut clocks = Clocks::default();
        // 2020-12-31 00:45, …, as true date cells.
        (0..5).for_each(|n| clocks.see(&Cell::Serial(44_196.031_25 + f64::from(n) / 48.0)));
        assert!(clocks.may_be_utc(Hours::parse("08:00-14:00")));
        assert!(!clocks.may_be_utc(None), "no hours are expected of such a column");
    }

    #[test]
    fn times_within_their_hours_and_times_that_fit_neither_way_are_not() {
        assert!(!asked(&["08:45:00", "09:00:00", "13:45:00", "10:00:00", "12:00:00"]));
        // A night session.
        assert!(!asked(&["15:00:00", "18:00:00", "23:59:00", "20:00:00", "16:30:00"]));
        // One of ten in its hours is one too many.
        let nine = ["01:00"; 9];
        assert!(asked(&nine));
        assert!(!asked(&[nine.as_slice(), &["09:00"]].concat()));
        // Nine of ten fit with eight hours more; eight of ten are too few.
        assert!(asked(&[nine.as_slice(), &["15:00"]].concat()));
        assert!(!asked(&[&nine[1..], &["15:00", "15:01"]].concat()));
    }

    #[test]
    fn few_times_and_days_without_a_time_say_nothing() {
        assert!(!asked(&["01:00", "01:01", "01:02", "01:03"]));
        assert!(asked(&["01:00", "01:01", "01:02", "01:03", "01:04"]));
        assert!(!asked(&["2020-12-31 00:00:00"; 20]));
        assert!(!asked(&["2020-12-31"; 20]));
    }

    #[test]
    fn the_hours_hold_both_their_ends() {
        assert!(asked(&["00:00:30", "00:01", "05:59", "06:00", "06:00"]));
        assert!(!asked(&["06:01"; 5]));
        assert!(!asked(&["08:00"; 5]));
        assert!(!asked(&["07:59"; 5]), "eight hours more are beyond the hours as well");
    }

    #[test]
    fn offsets_that_only_some_cells_name_are_asked_about() {
        assert!(asked(&["2020-12-31T01:00:00Z", "2020-12-31T09:00:00"]));
        assert!(asked(&["2020-12-31T01:00:00+00:00", "2020-12-31 09:00:00"]));
        assert!(!asked(&["2020-12-31T01:00:00Z"; 9]), "an offset that all name is honoured");
        assert!(!asked(&["2020-12-31T09:00:00+08:00", "2020-12-31T09:00:00"]));
    }
}
