//! The words of an answer and of a finding.

use super::same_word;
use clap::{Args, Subcommand, ValueEnum};
use fieldbook_app::wire::{
    AgreementWord, AnswerModeWord, FindingStatusWord, FollowUpWord, MethodWord, ResultWord, SeverityWord,
};

/// An answer.
#[derive(Args)]
pub struct Answer {
    /// 查核案
    pub exam: String,
    /// 條文代碼
    pub clause: String,
    /// 查核結果
    #[arg(long, value_enum)]
    pub result: ResultArg,
    /// 條文的部分義務（a、b…；未指定即整條）
    #[arg(long, default_value = "")]
    pub unit: String,
    /// 系統
    #[arg(long, default_value = "")]
    pub system: String,
    /// 查核方式
    #[arg(long, value_enum)]
    pub method: MethodArg,
    /// 評估報告涵蓋或抽查
    #[arg(long, value_enum)]
    pub mode: Option<ModeArg>,
    /// 待補資料
    #[arg(long, value_name = "TEXT")]
    pub awaited: Option<String>,
    /// 說明
    #[arg(long)]
    pub note: String,
    /// 底稿編號
    #[arg(long, default_value = "")]
    pub paper: String,
}

/// 查核結果.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum ResultArg {
    /// 符合
    Compliant,
    /// 部分符合
    Partial,
    /// 不符合
    Noncompliant,
    /// 不適用
    NotApplicable,
    /// 未查核
    NotExamined,
    /// 無法取得資料
    NoData,
}

/// 查核方式.
#[derive(Clone, Copy, ValueEnum)]
pub enum MethodArg {
    /// 訪談
    Interview,
    /// 檢視文件
    Inspection,
    /// 觀察
    Observation,
    /// 重新執行
    Reperformance,
    /// 電腦輔助測試
    Caat,
    /// 抽樣
    Sampling,
}

/// 評估報告涵蓋或抽查.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum ModeArg {
    /// 評估報告涵蓋
    Coverage,
    /// 抽查
    SpotCheck,
}

/// Finding calls.
#[derive(Subcommand)]
pub enum Finding {
    /// 由已確認的例外或查核結果開立缺失
    Add(FindingAdd),
    /// 缺失清單
    List {
        /// 查核案
        exam: String,
    },
    /// 送覆核、定稿、送受查、結案、退回或撤銷
    Step(FindingStepCall),
    /// 受查單位回覆
    Reply(FindingReplyCall),
    /// 追蹤覆查
    FollowUp(FindingFollowUpCall),
    /// 可能重複之前次缺失
    Repeats {
        /// 查核案
        exam: String,
        /// 缺失編號
        finding: String,
    },
    /// 各案待追蹤之改善事項
    Due,
}

/// A new finding.
#[derive(Args)]
pub struct FindingAdd {
    /// 查核案
    pub exam: String,
    /// 標題
    #[arg(long)]
    pub title: String,
    /// 條文代碼（可重複）
    #[arg(long = "clause", value_name = "C", required = true)]
    pub clauses: Vec<String>,
    /// 由這項測試已確認的例外
    #[arg(long, value_name = "ID")]
    pub from_procedure: Option<String>,
    /// 嚴重程度
    #[arg(long, value_enum, default_value = "medium")]
    pub severity: SeverityArg,
    /// 查核發現（未指定時由例外或查核結果帶入）
    #[arg(long)]
    pub condition: Option<String>,
    /// 原因
    #[arg(long, default_value = "")]
    pub cause: String,
    /// 風險影響
    #[arg(long, default_value = "")]
    pub effect: String,
    /// 改善建議
    #[arg(long, default_value = "")]
    pub recommendation: String,
    /// 類別
    #[arg(long)]
    pub category: Option<String>,
    /// 涉及系統／帳號（可重複）
    #[arg(long = "object", value_name = "TEXT")]
    pub objects: Vec<String>,
    /// 證據編號（可重複）
    #[arg(long = "evidence", value_name = "E-001")]
    pub evidence: Vec<String>,
    /// 底稿編號（可重複）
    #[arg(long = "paper", value_name = "P")]
    pub papers: Vec<String>,
    /// 編製人（未指定者為首位查核人員）
    #[arg(long = "as", value_name = "NAME")]
    pub examiner: Option<String>,
    /// 隨即送覆核
    #[arg(long)]
    pub review: bool,
}

/// A step of a finding's life.
#[derive(Args)]
pub struct FindingStepCall {
    /// 查核案
    pub exam: String,
    /// 缺失編號
    pub finding: String,
    /// 到哪個狀態
    #[arg(long, value_enum)]
    pub to: StatusArg,
    /// 說明；退回時為必填
    #[arg(long, default_value = "")]
    pub note: String,
    /// 由誰（未指定者為首位查核人員）
    #[arg(long = "as", value_name = "NAME")]
    pub examiner: Option<String>,
}

/// The firm's reply.
#[derive(Args)]
pub struct FindingReplyCall {
    /// 查核案
    pub exam: String,
    /// 缺失編號
    pub finding: String,
    /// 同意、部分同意或不同意
    #[arg(long, value_enum)]
    pub agreement: AgreementArg,
    /// 回覆意見
    #[arg(long, default_value = "")]
    pub text: String,
    /// 原因分析
    #[arg(long, default_value = "")]
    pub cause: String,
    /// 改善措施
    #[arg(long, default_value = "")]
    pub measure: String,
    /// 負責人
    #[arg(long, default_value = "")]
    pub owner: String,
    /// 預計完成日
    #[arg(long, value_name = "D", default_value = "")]
    pub due: String,
    /// 簽章人
    #[arg(long)]
    pub signer: String,
    /// 簽章日期
    #[arg(long, value_name = "D", default_value = "")]
    pub signed_on: String,
}

/// A follow-up review.
#[derive(Args)]
pub struct FindingFollowUpCall {
    /// 查核案
    pub exam: String,
    /// 缺失編號
    pub finding: String,
    /// 覆查日期
    #[arg(long, value_name = "D")]
    pub on: String,
    /// 結果
    #[arg(long, value_enum)]
    pub result: FollowUpArg,
    /// 覆查說明
    #[arg(long)]
    pub note: String,
    /// 覆查人員（未指定者為首位查核人員）
    #[arg(long, default_value = "")]
    pub reviewer: String,
    /// 證據編號（可重複）
    #[arg(long = "evidence", value_name = "E-001")]
    pub evidence: Vec<String>,
    /// 重新測試之執行編號
    #[arg(long, value_name = "N")]
    #[arg(value_parser = super::number)]
    pub run: Option<i64>,
}

/// 狀態.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum StatusArg {
    /// 退回草稿
    Draft,
    /// 送覆核
    InReview,
    /// 定稿
    Final,
    /// 已送受查
    Sent,
    /// 已回覆
    Replied,
    /// 追蹤中
    FollowedUp,
    /// 結案
    Closed,
    /// 撤銷
    Withdrawn,
}

/// 是否同意.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum AgreementArg {
    /// 同意
    Agree,
    /// 部分同意
    Partly,
    /// 不同意
    Disagree,
}

/// 追蹤結果.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum FollowUpArg {
    /// 已改善
    Remedied,
    /// 部分改善
    PartlyRemedied,
    /// 未改善
    NotRemedied,
    /// 風險承受
    RiskAccepted,
}

same_word!(StatusArg => FindingStatusWord { Draft, InReview, Final, Sent, Replied, FollowedUp, Closed, Withdrawn });
same_word!(AgreementArg => AgreementWord { Agree, Partly, Disagree });
same_word!(FollowUpArg => FollowUpWord { Remedied, PartlyRemedied, NotRemedied, RiskAccepted });

/// 嚴重程度.
#[derive(Clone, Copy, ValueEnum)]
pub enum SeverityArg {
    /// 重大
    #[value(alias = "重大")]
    Critical,
    /// 高
    #[value(alias = "高")]
    High,
    /// 中
    #[value(alias = "中")]
    Medium,
    /// 低
    #[value(alias = "低")]
    Low,
}

same_word!(ModeArg => AnswerModeWord { Coverage, SpotCheck });
same_word!(ResultArg => ResultWord { Compliant, Partial, Noncompliant, NotApplicable, NotExamined, NoData });
same_word!(SeverityArg => SeverityWord { Critical, High, Medium, Low });
same_word!(MethodArg => MethodWord { Interview, Inspection, Observation, Reperformance, Caat, Sampling });
