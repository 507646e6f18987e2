//! What becomes of a finding: the firm's reply, and the reviews of what it did.

use crate::date::Moment;
use jiff::civil::Date;

/// Whether the firm agrees with a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agreement {
    /// 同意.
    Agree,
    /// 部分同意.
    Partly,
    /// 不同意.
    Disagree,
}

/// 受查單位回覆. Replies are kept as they came; the latest one of a finding holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Number within the exam, from 1; 0 before it is stored.
    pub id: i64,
    /// Number of the finding.
    pub finding: i64,
    /// Whether the firm agrees.
    pub agreement: Agreement,
    /// 回覆意見.
    pub text: String,
    /// 原因分析, as the firm states it.
    pub cause: String,
    /// 影響評估, as the firm states it; may be empty.
    pub impact: String,
    /// 違失人員責任; may be empty.
    pub liability: String,
    /// 改善措施; empty only when the firm disagrees.
    pub measure: String,
    /// 負責人.
    pub owner: String,
    /// 預計完成日.
    pub due: Option<Date>,
    /// Who signed it.
    pub signer: String,
    /// When it was signed.
    pub signed_on: Option<Date>,
    /// Examiner who took it down.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// What a follow-up review found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FollowUpResult {
    /// 已改善.
    Remedied,
    /// 部分改善.
    PartlyRemedied,
    /// 未改善.
    NotRemedied,
    /// 風險承受.
    RiskAccepted,
}

impl FollowUpResult {
    /// Whether nothing more is awaited of the firm.
    #[must_use]
    pub fn is_done(self) -> bool {
        matches!(self, Self::Remedied | Self::RiskAccepted)
    }
}

/// 追蹤覆查.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    /// Number within the exam, from 1; 0 before it is stored.
    pub id: i64,
    /// Number of the finding.
    pub finding: i64,
    /// 覆查日期.
    pub on: Date,
    /// 覆查人員.
    pub reviewer: String,
    /// Result.
    pub result: FollowUpResult,
    /// What was looked at and seen.
    pub note: String,
    /// Numbers of the pieces of evidence.
    pub evidence: Vec<i64>,
    /// The run of the procedure that tested it again.
    pub run: Option<i64>,
    /// Examiner who took it down.
    pub by: String,
    /// When.
    pub at: Moment,
}
