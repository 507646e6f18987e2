//! 證據.

use super::words::ConfidentialityWord;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the index says of a piece.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct EvidenceAbout {
    /// 名稱; empty for the file's name.
    pub name: String,
    /// 來源／提供人.
    pub source: String,
    /// 取得方式.
    pub acquired_by: String,
    /// 取得時間 (`2020-12-31T09:00:00`), or empty for now.
    pub acquired_at: String,
    /// 頁數; `null` where nobody counted them.
    pub pages: Option<u32>,
    /// 存放.
    pub kept_at: String,
    /// 機密等級; `null` for 限閱.
    pub confidentiality: Option<ConfidentialityWord>,
    /// 是否歸還／銷毀; empty while it is kept.
    pub returned: String,
    /// Clause ids.
    pub clauses: Vec<String>,
}

/// Takes a file into custody.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EvidenceAddRequest {
    /// File.
    pub path: String,
    /// What the index says of it.
    pub about: EvidenceAbout,
    /// Numbers of draft findings that rest on it.
    pub findings: Vec<u32>,
}

/// Completes what the index says of a piece.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EvidenceChangeRequest {
    /// Number.
    pub id: u32,
    /// What the index says of it.
    pub about: EvidenceAbout,
}

/// Writes the bytes of a piece to a file.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EvidenceExportRequest {
    /// Number.
    pub id: u32,
    /// Where to.
    pub path: String,
}

/// A piece of evidence.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EvidenceView {
    /// Number.
    pub id: u32,
    /// 證據編號.
    pub number: String,
    /// 名稱.
    pub name: String,
    /// 來源／提供人.
    pub source: String,
    /// 取得方式.
    pub acquired_by: String,
    /// 取得時間.
    pub acquired_at: String,
    /// 格式.
    pub format: String,
    /// 頁數.
    pub pages: Option<u32>,
    /// SHA-256, lower-case hex.
    pub sha256: String,
    /// Bytes.
    pub size: f64,
    /// 存放.
    pub kept_at: String,
    /// 機密等級.
    pub confidentiality: ConfidentialityWord,
    /// 是否歸還／銷毀.
    pub returned: String,
    /// Clause ids.
    pub clauses: Vec<String>,
    /// 缺失編號 of the findings that rest on it.
    pub findings: Vec<String>,
    /// Who took it in.
    pub by: String,
    /// When.
    pub at: String,
}
