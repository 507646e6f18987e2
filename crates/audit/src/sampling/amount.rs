//! Amounts, without floats.

use std::fmt;

/// An amount in hundredths of its currency's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(i64);

impl Amount {
    /// From hundredths: 123_450 is 1,234.50.
    #[must_use]
    pub const fn from_hundredths(hundredths: i64) -> Self {
        Self(hundredths)
    }

    /// From a decimal number as the store writes it (`-1234.5`), rounded half away from zero to hundredths. `None`
    /// for anything else, separators and exponents included, and beyond ±92 quadrillion.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !plain(whole) || !plain(fraction) {
            return None;
        }
        let digit = |at: usize| fraction.as_bytes().get(at).map_or(0, |b| i64::from(b - b'0'));
        let up = i64::from(digit(2) >= 5);
        let cents = digit(0) * 10 + digit(1) + up;
        let hundredths = whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)?;
        Some(Self(if negative { -hundredths } else { hundredths }))
    }

    /// In hundredths, with its sign.
    #[must_use]
    pub fn hundredths(self) -> i128 {
        i128::from(self.0)
    }

    /// Absolute value in hundredths.
    #[must_use]
    pub fn magnitude(self) -> i128 {
        self.hundredths().abs()
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.0 < 0 { "-" } else { "" }, Hundredths(self.magnitude()))
    }
}

/// A sum of magnitudes, shown as `1,234.50`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hundredths(
    /// Hundredths, not negative.
    pub i128,
);

impl fmt::Display for Hundredths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = (self.0 / 100).to_string();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        write!(f, ".{:02}", self.0 % 100)
    }
}
