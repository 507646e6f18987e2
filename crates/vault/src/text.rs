//! Dates and moments in and out of stored text.

use crate::error::VaultError;
use fieldbook_model::{Moment, Period};
use jiff::civil::{Date, DateTime};

/// Reads a stored date.
pub(crate) fn date(text: &str) -> Result<Date, VaultError> {
    text.parse().map_err(|_| VaultError::Damaged { what: "stored date" })
}

/// Reads a stored moment.
pub(crate) fn moment(text: &str) -> Result<Moment, VaultError> {
    text.parse().map_err(|_| VaultError::Damaged { what: "stored moment" })
}

/// Reads a stored period.
pub(crate) fn period(from: &str, to: &str) -> Result<Period, VaultError> {
    Period::new(date(from)?, date(to)?).map_err(|_| VaultError::Damaged { what: "stored period" })
}

/// Appends the date as [`fieldbook_model::Value::stored_text`] writes it, without allocating.
pub(crate) fn push_date(out: &mut String, d: Date) {
    if !(0..=9999).contains(&d.year()) {
        out.push_str(&d.to_string());
        return;
    }
    digits(out, d.year().unsigned_abs().into(), 4);
    out.push('-');
    digits(out, d.month().unsigned_abs().into(), 2);
    out.push('-');
    digits(out, d.day().unsigned_abs().into(), 2);
}

/// Appends date and time with that many sub-second digits, as [`fieldbook_model::dataset::datetime_text`] writes it.
pub(crate) fn push_datetime(out: &mut String, t: DateTime, subsec: u8) {
    push_date(out, t.date());
    for (mark, part) in [('T', t.hour()), (':', t.minute()), (':', t.second())] {
        out.push(mark);
        digits(out, part.unsigned_abs().into(), 2);
    }
    let shown = u32::from(subsec.min(9));
    if shown > 0 {
        out.push('.');
        digits(out, t.subsec_nanosecond().unsigned_abs() / 10_u32.pow(9 - shown), shown);
    }
}

fn digits(out: &mut String, n: u32, width: u32) {
    for place in (0..width).rev() {
        let digit = n / 10_u32.pow(place) % 10;
        out.push(char::from_digit(digit, 10).unwrap_or('0'));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fieldbook_model::Value;
    use fieldbook_model::dataset::datetime_text;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_writes_what_the_model_writes(
            y in -50_i16..9999, mo in 1_i8..=12, d in 1_i8..=28, h in 0_i8..24, mi in 0_i8..60, s in 0_i8..60,
            ns in 0_i32..1_000_000_000, shown in 0_u8..=9,
        ) {
            let t = jiff::civil::date(y, mo, d).at(h, mi, s, ns);
            let mut out = String::new();
            push_datetime(&mut out, t, shown);
            prop_assert_eq!(&out, &datetime_text(t, shown));
            out.clear();
            push_date(&mut out, t.date());
            prop_assert_eq!(Some(out), Value::Date(t.date()).stored_text());
        }
    }
}
