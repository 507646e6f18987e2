//! Checklist answers.

use crate::clause::ClauseId;
use crate::date::Moment;

/// 查核結果.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemResult {
    /// 符合.
    Compliant,
    /// 部分符合.
    Partial,
    /// 不符合.
    Noncompliant,
    /// 不適用.
    NotApplicable,
    /// 無法取得資料.
    NoData,
    /// 未查核.
    NotExamined,
}

/// 查核方式.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// 訪談.
    Interview,
    /// 檢視文件.
    Inspection,
    /// 觀察.
    Observation,
    /// 重新執行.
    Reperformance,
    /// 電腦輔助測試.
    Caat,
    /// 抽樣.
    Sampling,
}

/// One answer; for a per-system clause one answer per system, `system` empty for the firm as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Clause.
    pub clause: ClauseId,
    /// System name, or empty.
    pub system: String,
    /// Result.
    pub result: ItemResult,
    /// Method, when stated.
    pub method: Option<Method>,
    /// 說明.
    pub note: String,
    /// 底稿編號.
    pub paper_ref: String,
    /// Examiner.
    pub by: String,
    /// When.
    pub at: Moment,
}
