//! Dates as the wire writes them.

use crate::error::AppError;
use fieldbook_model::{Moment, Period, RocDate};
use jiff::civil::Date;

/// Reads an ISO date (`2020-12-31`) or a ROC one (`109.12.31`, `109/12/31`).
///
/// # Errors
/// `bad_date` with the field's name when it is neither.
pub fn read(field: &'static str, text: &str) -> Result<Date, AppError> {
    let bad = || AppError::new("bad_date").with("field", field);
    let parts: Vec<&str> = text.trim().split(['-', '.', '/']).collect();
    let [year, month, day] = parts.as_slice() else { return Err(bad()) };
    let (y, m, d) = (
        year.parse::<i16>().map_err(|_| bad())?,
        month.parse::<i8>().map_err(|_| bad())?,
        day.parse::<i8>().map_err(|_| bad())?,
    );
    if year.len() == 4 {
        Date::new(y, m, d).map_err(|_| bad())
    } else {
        RocDate::from_roc(y, m, d).map(|r| r.0).ok_or_else(bad)
    }
}

/// Reads a date that may be left out.
///
/// # Errors
/// `bad_date` with the field's name when there is a text and it is none.
pub fn read_optional(field: &'static str, text: &str) -> Result<Option<Date>, AppError> {
    if text.trim().is_empty() { Ok(None) } else { read(field, text).map(Some) }
}

/// A date that may be left out, as `2020-12-31` or empty.
#[must_use]
pub fn optional(date: Option<Date>) -> String {
    date.map(|d| d.to_string()).unwrap_or_default()
}

/// Reads a period.
///
/// # Errors
/// `bad_date` or `bad_period`.
pub fn read_period(from: &str, to: &str) -> Result<Period, AppError> {
    Period::new(read("查核期間起日", from)?, read("查核期間迄日", to)?)
        .map_err(|_| AppError::new("bad_period"))
}

/// `2020-12-31T14:03:22`.
#[must_use]
pub fn moment(t: Moment) -> String {
    fieldbook_model::dataset::datetime_text(t, 0)
}

/// `14:03:22`.
#[must_use]
pub fn clock(t: Moment) -> String {
    format!("{:02}:{:02}:{:02}", t.hour(), t.minute(), t.second())
}

#[cfg(test)]
mod tests {
    use super::read;
    use jiff::civil::date;

    #[test]
    fn both_calendars_are_read() {
        assert_eq!(read("x", "2020-12-31"), Ok(date(2020, 12, 31)));
        assert_eq!(read("x", "109.12.31"), Ok(date(2020, 12, 31)));
        assert_eq!(read("x", "99/1/5"), Ok(date(2010, 1, 5)));
        for bad in ["", "109.13.1", "2020-02-30", "今天", "109.1"] {
            assert!(read("x", bad).is_err(), "{bad}");
        }
    }
}
