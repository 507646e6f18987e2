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
mod changes;
mod clients;
mod days;
mod firewall;
mod order;
mod orders_colo;
mod orders_floor;
mod people;
mod personnel;
mod policies;
mod privileged;
mod retention;
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
    personnel::write(&firm, &roster, &mut truth)?;
    vendors::write(&firm, &mut truth)?;
    privileged::write(&firm, &roster, &mut truth)?;
    orders_floor::write(&firm, &mut truth)?;
    orders_colo::write(&firm, &mut truth)?;
    assets::write(&firm, &mut truth)?;
    systems::write(&firm, &mut truth)?;
    policies::write(&firm, &mut truth)?;
    firewall::write(&firm, &mut truth)?;
    clients::write(&firm, &mut truth)?;
    changes::write(&firm, &roster, &mut truth)?;
    retention::write(&firm, &mut truth)?;
    without_rows(&mut truth);
    truth.sort();
    std::fs::write(into.join("planted.toml"), truth.to_toml()?)?;
    Ok(())
}

/// The procedures that run on these files and have nothing to list.
fn without_rows(truth: &mut Truth) {
    truth.without("T-ACC-01", "pass", "啟用之預設帳號於建立後均曾變更密碼，其餘已停用");
    truth.without("T-ACC-10", "unknown", "清冊無臨時或緊急帳號，且未取得帳號及權限申請紀錄");
    truth.without("T-ACC-12", "pass", "同一系統無重複之代號，亦無一人多號");
    truth.without("T-ACC-14", "pass", "客戶帳號均為七碼數字，非顯性資料");
    truth.without("T-ORD-03", "unknown", "電子式委託之經辦及主管均有簽章，惟無列印時間");
    truth.without("T-VUL-07", "unknown", "異動紀錄及清冊無行動應用程式，且未取得檢測場次清單");
}
