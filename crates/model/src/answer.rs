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

/// What an answer on an assessment procedure says (ASM): whether the firm's own report covers it, or what the
/// examiner saw on checking it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnswerMode {
    /// 評估報告涵蓋: the firm's latest assessment report covers the item.
    Coverage,
    /// 抽查: the examiner's own spot check.
    SpotCheck,
}

/// What is answered: a clause, one of its units, for one system or for the firm.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnswerKey {
    /// Clause.
    pub clause: ClauseId,
    /// Unit of the clause (`a`), or empty for the clause as a whole.
    pub unit: String,
    /// System name, or empty for the firm as a whole.
    pub system: String,
}

/// Where an answer was taken over from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnswerOrigin {
    /// Id of the exam, or empty for the same exam.
    pub exam: String,
    /// What was answered there.
    pub key: AnswerKey,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What it answers.
    pub key: AnswerKey,
    /// Result.
    pub result: ItemResult,
    /// Method, when stated.
    pub method: Option<Method>,
    /// Coverage or spot check, where the document distinguishes them.
    pub mode: Option<AnswerMode>,
    /// 說明.
    pub note: String,
    /// 底稿編號.
    pub paper_ref: String,
    /// 待補資料: what the firm still owes (may be empty text); `None` when nothing is awaited.
    pub awaited: Option<String>,
    /// Where it was taken over from; `None` when it was given here.
    pub origin: Option<AnswerOrigin>,
    /// Examiner.
    pub by: String,
    /// When.
    pub at: Moment,
}

impl ItemResult {
    /// Whether it says that a duty is not, or not wholly, met.
    #[must_use]
    pub fn fails(self) -> bool {
        matches!(self, Self::Noncompliant | Self::Partial)
    }
}
