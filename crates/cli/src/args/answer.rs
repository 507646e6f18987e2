//! The words of an answer and of a finding.

use super::same_word;
use clap::{Args, Subcommand, ValueEnum};
use fieldbook_app::wire::{AnswerModeWord, MethodWord, ResultWord, SeverityWord};

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
    /// 直接定稿
    #[arg(long = "final")]
    pub finalise: bool,
}

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
