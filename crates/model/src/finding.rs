//! Findings: made by a person, never by a machine.

use crate::clause::ClauseId;
use crate::date::Moment;

/// 類型.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingType {
    /// 缺失.
    Deficiency,
    /// 建議事項.
    Recommendation,
    /// 觀察事項.
    Observation,
    /// 良好作為.
    GoodPractice,
}

/// 嚴重程度.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// 重大.
    Critical,
    /// 高.
    High,
    /// 中.
    Medium,
    /// 低.
    Low,
}

/// 狀態. This release writes drafts and final ones; the rest of the life cycle follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingStatus {
    /// 草稿.
    Draft,
    /// 定稿.
    Final,
    /// 撤銷: kept, its number is never reused.
    Withdrawn,
}

/// A finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Number within the exam, from 1, never reused.
    pub no: i64,
    /// Type.
    pub kind: FindingType,
    /// 標題.
    pub title: String,
    /// 查核發現.
    pub condition: String,
    /// 現行規範: clauses; their verbatim texts are inserted from the bundle.
    pub clauses: Vec<ClauseId>,
    /// 原因.
    pub cause: String,
    /// 風險影響.
    pub effect: String,
    /// 嚴重程度.
    pub severity: Severity,
    /// 類別.
    pub category: String,
    /// 具體改善建議.
    pub recommendation: String,
    /// Status.
    pub status: FindingStatus,
    /// Examiner who made it.
    pub by: String,
    /// When it was last changed.
    pub at: Moment,
    /// Stored exceptions that it rests on.
    pub exceptions: Vec<i64>,
    /// Population and exceptions when it was drafted: `(exceptions, population)`.
    pub counts: Option<(u64, u64)>,
}

impl Finding {
    /// 缺失編號: `115-證-0012-F03`; without a case number `F03`.
    #[must_use]
    pub fn number(&self, case_no: &str) -> String {
        if case_no.is_empty() { format!("F{:02}", self.no) } else { format!("{case_no}-F{:02}", self.no) }
    }
}
