//! Dates and moments in and out of stored text.

use crate::error::VaultError;
use fieldbook_model::{Moment, Period};
use jiff::civil::Date;

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
