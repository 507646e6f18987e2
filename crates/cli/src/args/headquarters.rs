//! The words of `hq`.

use super::answer::{SeverityArg, StatusArg};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Calls of the headquarters.
#[derive(Subcommand)]
pub enum Headquarters {
    /// 彙整數字
    Show(Chosen),
    /// 匯出彙整活頁簿（.xlsx）
    Xlsx {
        /// 檔案
        out: PathBuf,
        /// 範圍
        #[command(flatten)]
        chosen: Chosen,
    },
    /// 匯出分析用資料表（Parquet）及其欄位說明
    Parquet {
        /// 資料夾
        dir: PathBuf,
        /// 以編號代替受查單位、查核案及缺失之名稱
        #[arg(long)]
        pseudonyms: bool,
        /// 範圍
        #[command(flatten)]
        chosen: Chosen,
    },
    /// 開啟尚未彙整之查核案，彙整其結果
    Renew,
}

/// What is looked at.
#[derive(Args)]
pub struct Chosen {
    /// 查核基準日之起年（西元）
    #[arg(long, value_name = "Y")]
    pub from_year: Option<i16>,
    /// 查核基準日之迄年（西元）
    #[arg(long, value_name = "Y")]
    pub to_year: Option<i16>,
    /// 受查單位名稱（部分文字）
    #[arg(long, value_name = "NAME", default_value = "")]
    pub firm: String,
    /// 規範代碼
    #[arg(long, value_name = "CODE", default_value = "")]
    pub document: String,
    /// 章節名稱
    #[arg(long, value_name = "TITLE", default_value = "")]
    pub chapter: String,
    /// 嚴重程度
    #[arg(long, value_enum)]
    pub severity: Option<SeverityArg>,
    /// 發現之狀態（預設：已定稿者）
    #[arg(long, value_enum)]
    pub status: Option<StatusArg>,
    /// 計算逾期之基準日（預設：今日）
    #[arg(long, value_name = "D", default_value = "")]
    pub as_of: String,
}
