//! The words of a procedure call.

use super::same_word;
use clap::{Subcommand, ValueEnum};
use fieldbook_app::wire::{AnalysisKind, DispositionWord};
use std::path::PathBuf;

/// Procedure calls.
#[derive(Subcommand)]
pub enum Audit {
    /// 測試清單
    List,
    /// 執行測試
    Run {
        /// 查核案
        exam: String,
        /// 只執行這些測試（可重複）
        #[arg(long = "procedure", value_name = "ID")]
        procedures: Vec<String>,
        /// 變更參數（可重複）
        #[arg(long = "set", value_name = "ID.PARAM=VALUE", requires = "reason")]
        sets: Vec<String>,
        /// 變更的理由
        #[arg(long)]
        reason: Option<String>,
    },
    /// 最近一次執行的例外
    Exceptions {
        /// 查核案
        exam: String,
        /// 只看這項測試
        #[arg(long, value_name = "ID")]
        procedure: Option<String>,
    },
    /// 處置例外
    Dispose {
        /// 查核案
        exam: String,
        /// 測試
        #[arg(long, value_name = "ID")]
        procedure: String,
        /// 只處置這些列（可重複）
        #[arg(long = "row", value_name = "FILE:SHEET:ROW")]
        rows: Vec<String>,
        /// 只處置這條規則的列
        #[arg(long)]
        rule: Option<String>,
        /// 處置
        #[arg(long = "as", value_enum)]
        kind: DispositionArg,
        /// 說明
        #[arg(long)]
        note: String,
    },
    /// 最近兩次執行之差異
    Change {
        /// 查核案
        exam: String,
        /// 測試
        #[arg(long, value_name = "ID")]
        procedure: String,
    },
    /// 依紀錄重新執行，並逐列比對
    Reperform {
        /// 查核案
        #[arg(required_unless_present = "paper")]
        exam: Option<String>,
        /// 執行編號（audit run 所列之 run）
        #[arg(required_unless_present = "paper")]
        #[arg(value_parser = super::number)]
        run: Option<i64>,
        /// 改由匯出之測試底稿重新執行，不需查核案
        #[arg(long, value_name = "T-….xlsx", conflicts_with_all = ["exam", "run"], requires = "files")]
        paper: Option<PathBuf>,
        /// 受查單位之原始檔案（可重複）
        #[arg(long = "file", value_name = "F", requires = "paper")]
        files: Vec<PathBuf>,
    },
    /// 最近一次執行之例外，按規則及系統分群
    Groups {
        /// 查核案
        exam: String,
        /// 測試
        procedure: String,
    },
    /// 帳齡、分層或班佛分析
    Picture {
        /// 查核案
        exam: String,
        /// 資料集
        #[arg(long, value_name = "KEY")]
        dataset: String,
        /// 欄位
        #[arg(long, value_name = "COLUMN")]
        column: String,
        /// 何種分析
        #[arg(long, value_enum)]
        kind: PictureArg,
        /// 只看這項測試所列之列
        #[arg(long, value_name = "ID")]
        procedure: Option<String>,
        /// 級距上限（可重複，由小到大）
        #[arg(long = "bound", value_name = "N", allow_negative_numbers = true)]
        bounds: Vec<f64>,
    },
    /// 帳號類型之推定及更正
    Kinds {
        /// 查核案
        exam: String,
        /// 只看這些系統（完整名稱，可重複）
        #[arg(long = "system", value_name = "名稱")]
        systems: Vec<String>,
        /// 只看這些帳號（完整名稱，可重複）
        #[arg(long = "account", value_name = "帳號")]
        accounts: Vec<String>,
        /// 更正為此類型；`unknown` 為不明
        #[arg(long = "as", value_name = "類型", requires = "note")]
        kind: Option<String>,
        /// 更正的理由
        #[arg(long)]
        note: Option<String>,
        /// 取消更正
        #[arg(long, conflicts_with = "kind")]
        restore: bool,
    },
}

/// 分析.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum PictureArg {
    /// 帳齡
    Ageing,
    /// 分層
    Strata,
    /// 班佛
    Benford,
}

same_word!(PictureArg => AnalysisKind { Ageing, Strata, Benford });

/// 處置.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum DispositionArg {
    /// 確認
    Confirmed,
    /// 合理說明
    Explained,
    /// 誤判
    FalsePositive,
    /// 待釐清
    Open,
}

same_word!(DispositionArg => DispositionWord { Confirmed, Explained, FalsePositive, Open });
