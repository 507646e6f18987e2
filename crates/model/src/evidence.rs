//! 證據: what was taken into custody.

use crate::clause::ClauseId;
use crate::date::Moment;
use crate::number::{number_text, read_number};

/// 機密等級.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidentiality {
    /// 一般.
    General,
    /// 限閱.
    Restricted,
    /// 密.
    Confidential,
}

/// A piece of evidence as the index lists it; its bytes are kept beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Number within the exam, from 1, never reused; 0 before it is stored.
    pub id: i64,
    /// 名稱: the file's name, or what it is.
    pub name: String,
    /// 來源／提供人.
    pub source: String,
    /// 取得方式 (`受查單位提供`, `現場拍攝`).
    pub acquired_by: String,
    /// 取得時間.
    pub acquired_at: Moment,
    /// 格式: the ending of the file's name in small letters; empty for paper.
    pub format: String,
    /// 頁數, where somebody counted them.
    pub pages: Option<u32>,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// 存放.
    pub kept_at: String,
    /// 機密等級.
    pub confidentiality: Confidentiality,
    /// 是否歸還／銷毀: what became of the original; empty while it is kept.
    pub returned: String,
    /// Clauses that it is about.
    pub clauses: Vec<ClauseId>,
    /// Examiner who took it in.
    pub by: String,
    /// When it was taken in.
    pub at: Moment,
}

impl Evidence {
    /// 證據編號 (`E-001`).
    #[must_use]
    pub fn number(&self) -> String {
        evidence_number(self.id)
    }
}

/// 證據編號 of a stored number (`E-001`; `E-B001` for a piece that another copy of the exam took in).
#[must_use]
pub fn evidence_number(id: i64) -> String {
    format!("E-{}", number_text(id, 3))
}

/// Reads `E-001`, `e-1`, `1` or `E-B001`; `None` for anything else.
#[must_use]
pub fn evidence_id(text: &str) -> Option<i64> {
    let text = text.trim();
    read_number(text.strip_prefix("E-").or_else(|| text.strip_prefix("e-")).unwrap_or(text))
}
