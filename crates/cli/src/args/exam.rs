//! The words of an exam call.

use clap::{Subcommand, ValueEnum};
use std::path::PathBuf;

/// Exam calls.
#[derive(Subcommand)]
pub enum Exam {
    /// 建立查核案
    New {
        /// 受查單位
        #[arg(long)]
        firm: String,
        /// 基本資料檔（TOML）
        #[arg(long, value_name = "P.toml")]
        profile: PathBuf,
        /// 查核基準日
        #[arg(long, value_name = "D")]
        as_of: String,
        /// 查核期間
        #[arg(long, value_name = "D1..D2")]
        period: String,
        /// 查核人員（可重複）
        #[arg(long = "examiner", value_name = "NAME")]
        examiners: Vec<String>,
        /// 查核案號
        #[arg(long, default_value = "")]
        case_no: String,
    },
    /// 每一個項目的適用性、理由與結果
    Items {
        /// 查核案
        exam: String,
    },
    /// 改判一個項目的適用性，或回復依基本資料判定
    Override {
        /// 查核案
        exam: String,
        /// 條文代碼
        clause: String,
        /// 改判為
        #[arg(long = "as", value_enum)]
        outcome: OutcomeArg,
        /// 理由
        #[arg(long)]
        reason: String,
    },
    /// 沿用另一查核案的答案；條文文字變更者不沿用
    Carry {
        /// 查核案
        exam: String,
        /// 來源查核案
        #[arg(long, value_name = "EXAM")]
        from: String,
        /// 只看，不存
        #[arg(long)]
        preview: bool,
    },
    /// 封存：此後僅供閱讀
    Seal {
        /// 查核案
        exam: String,
        /// 理由
        #[arg(long)]
        reason: String,
    },
    /// 解除封存或歸檔
    Unseal {
        /// 查核案
        exam: String,
        /// 理由
        #[arg(long)]
        reason: String,
    },
    /// 歸檔：封存並壓實檔案，移出日常清單
    Archive {
        /// 查核案
        exam: String,
        /// 理由
        #[arg(long)]
        reason: String,
    },
    /// 銷毀：銷毀金鑰與檔案，只留紀錄
    Destroy {
        /// 查核案
        exam: String,
        /// 完整輸入查核案號或受查單位名稱
        #[arg(long, value_name = "TEXT")]
        confirm: String,
        /// 理由
        #[arg(long)]
        reason: String,
        /// 會同人員
        #[arg(long, default_value = "")]
        witness: String,
        /// 期前銷毀之理由
        #[arg(long, value_name = "TEXT", default_value = "")]
        before_due: String,
    },
    /// 建立範例查核案（虛構資料，供練習）
    Sample {
        /// 改為移除這件範例
        #[arg(long, value_name = "EXAM")]
        remove: Option<String>,
    },
    /// 各案之保存期限，先到期者在前；另列已銷毀者
    Retention,
    /// 銷毀紀錄，寫成文字檔
    Record {
        /// 查核案
        exam: String,
        /// 檔案
        out: PathBuf,
    },
    /// 查核案固定的檢查表版本
    Editions {
        /// 查核案
        exam: String,
    },
}

/// 改判.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum OutcomeArg {
    /// 適用
    Applicable,
    /// 不適用
    NotApplicable,
    /// 依較佳規範
    Substituted,
    /// 得排除
    Waived,
    /// 回復依基本資料判定
    Profile,
}
