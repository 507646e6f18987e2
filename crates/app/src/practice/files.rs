//! The sample firm's files and what is done with them, from `assets/sample`: 0.7 MB that the program carries.

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../../../assets/sample/", $name)))),+]
    };
}

/// The plan: firm, dates, imports, dispositions, answers, findings.
pub(super) const PLAN: &str = include_str!("../../../../assets/sample/demo.toml");
/// Facts about the firm.
pub(super) const PROFILE: &str = include_str!("../../../../assets/sample/profile.toml");
/// The files that the plan imports, by the names that it has for them.
pub(super) const FILES: &[(&str, &[u8])] = files![
    "firm/01_AD帳號匯出.csv",
    "firm/02_主機帳號清冊.xlsx",
    "firm/03_交易系統帳號.xlsx",
    "firm/04_人員名冊.xlsx",
    "firm/05_委外廠商契約清冊.xlsx",
    "firm/06_最高權限帳號使用紀錄.xlsx",
    "firm/07_委託紀錄_109年12月.csv",
    "firm/08_主機共置專線委託.xlsx",
    "firm/09_主機共置設備申報清單.xlsx",
    "firm/10_資訊設備財產帳.xlsx",
    "firm/11_機房實地盤點表.csv",
    "firm/12_資通系統清冊.xlsx",
    "firm/13_密碼及帳號鎖定原則.xlsx",
    "firm/14_防火牆規則.csv",
    "firm/15_主機共置客戶名單.xlsx",
    "firm/16_程式異動及上線紀錄.xlsx",
    "firm/17_紀錄保存清單.xlsx",
];
