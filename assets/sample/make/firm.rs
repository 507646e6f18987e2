//! The sample firm 甲乙綜合證券股份有限公司: an invented securities firm with equipment in the exchange's co-location room.
//! Its spreadsheets are as messy as real ones, and every planted exception and near miss is written down beside them.
//! Persons, identifiers and addresses are invented (surname, heavenly stem, number; RFC 5737 addresses).

mod account;
mod accounts_ad;
mod accounts_hosts;
mod accounts_trading;
mod assets;
mod book;
mod chance;
mod days;
mod order;
mod orders_colo;
mod orders_floor;
mod people;
mod personnel;
mod privileged;
mod systems;
pub mod truth;
mod vendors;

pub use book::Cell;
use std::path::Path;
use truth::Truth;

/// What can go wrong while writing the sample.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// A file could not be written.
    #[error("cannot write the sample: {0}")]
    Io(#[from] std::io::Error),
    /// A workbook could not be made.
    #[error("cannot make a workbook: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A text has a character that the file's encoding lacks.
    #[error("the encoding of {0} lacks a character")]
    Encoding(&'static str),
    /// The list of planted rows could not be written down.
    #[error("cannot write the list of planted rows: {0}")]
    Truth(#[from] toml::ser::Error),
}

/// Full name of the firm.
pub const FIRM: &str = "甲乙綜合證券股份有限公司";

/// Writes `firm/*` and `planted.toml` into a folder; the same bytes every time.
///
/// # Errors
/// When a file cannot be written.
pub fn write(into: &Path) -> Result<(), SampleError> {
    let firm = into.join("firm");
    std::fs::create_dir_all(&firm)?;
    let mut truth = Truth::default();
    let roster = people::roster();
    accounts_ad::write(&firm, &roster, &mut truth)?;
    accounts_hosts::write(&firm, &roster, &mut truth)?;
    accounts_trading::write(&firm, &roster, &mut truth)?;
    personnel::write(&firm, &roster)?;
    vendors::write(&firm)?;
    privileged::write(&firm, &roster, &mut truth)?;
    orders_floor::write(&firm, &mut truth)?;
    orders_colo::write(&firm, &mut truth)?;
    assets::write(&firm, &mut truth)?;
    systems::write(&firm)?;
    truth.sort();
    std::fs::write(into.join("planted.toml"), truth.to_toml()?)?;
    Ok(())
}
