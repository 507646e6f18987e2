//! The firm's reply, and follow-up reviews.

use super::words::{AgreementWord, FindingStatusWord, FollowUpWord, SeverityWord};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Takes down a reply.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReplyRequest {
    /// Number of the finding.
    #[ts(type = "number")]
    pub no: i64,
    /// Whether the firm agrees.
    pub agreement: AgreementWord,
    /// 回覆意見.
    pub text: String,
    /// 原因分析.
    pub cause: String,
    /// 影響評估.
    pub impact: String,
    /// 違失人員責任.
    pub liability: String,
    /// 改善措施.
    pub measure: String,
    /// 負責人.
    pub owner: String,
    /// 預計完成日, or empty.
    pub due: String,
    /// Who signed it.
    pub signer: String,
    /// When it was signed, or empty.
    pub signed_on: String,
}

/// A reply.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ReplyView {
    /// Whether the firm agrees.
    pub agreement: AgreementWord,
    /// 回覆意見.
    pub text: String,
    /// 原因分析.
    pub cause: String,
    /// 影響評估.
    pub impact: String,
    /// 違失人員責任.
    pub liability: String,
    /// 改善措施.
    pub measure: String,
    /// 負責人.
    pub owner: String,
    /// 預計完成日, or empty.
    pub due: String,
    /// Who signed it.
    pub signer: String,
    /// When it was signed, or empty.
    pub signed_on: String,
    /// Who took it down.
    pub by: String,
    /// When.
    pub at: String,
}

/// Takes down a follow-up review.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FollowUpRequest {
    /// Number of the finding.
    #[ts(type = "number")]
    pub no: i64,
    /// 覆查日期.
    pub on: String,
    /// 覆查人員.
    pub reviewer: String,
    /// Result.
    pub result: FollowUpWord,
    /// What was looked at and seen.
    pub note: String,
    /// Numbers of the pieces of evidence.
    #[ts(type = "Array<number>")]
    pub evidence: Vec<i64>,
    /// Run that tested it again; `null` without one.
    pub run: Option<f64>,
}

/// A follow-up review.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FollowUpView {
    /// 覆查日期.
    pub on: String,
    /// 覆查人員.
    pub reviewer: String,
    /// Result.
    pub result: FollowUpWord,
    /// What was looked at and seen.
    pub note: String,
    /// 證據編號.
    pub evidence: Vec<String>,
    /// The run that tested it again, in words; empty without one.
    pub run: String,
    /// Who took it down.
    pub by: String,
    /// When.
    pub at: String,
}

/// A measure that a firm still owes.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DueView {
    /// Exam.
    pub exam: String,
    /// 受查單位.
    pub firm: String,
    /// Number of the finding within the exam.
    #[ts(type = "number")]
    pub no: i64,
    /// 缺失編號.
    pub number: String,
    /// Title.
    pub title: String,
    /// Severity.
    pub severity: SeverityWord,
    /// Status.
    pub status: FindingStatusWord,
    /// 負責人.
    pub owner: String,
    /// 預計完成日, or empty where the firm gave none.
    pub due: String,
    /// Days until it is due; negative when it is overdue; `null` without a date.
    pub days: Option<i32>,
}
