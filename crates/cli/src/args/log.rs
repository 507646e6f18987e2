//! The words of a log call.

use clap::Args;
use std::path::PathBuf;

/// 操作紀錄.
#[derive(Args)]
pub struct Log {
    /// 查核案；`vault` 為保管庫本身；`check-proof` 驗證證明
    pub exam: String,
    /// 證明檔（僅用於 check-proof）
    pub file: Option<PathBuf>,
    /// 檢查點：size:root，或簽章檢查點之檔案
    #[arg(long, value_name = "CHECKPOINT")]
    pub verify: Option<String>,
    /// 證明第 SEQ 筆在紀錄中
    #[arg(long, value_name = "SEQ", conflicts_with_all = ["verify", "consistency"])]
    pub prove: Option<u64>,
    /// 以前 N 筆為準（預設全部）
    #[arg(long, value_name = "N", requires = "prove")]
    pub size: Option<u64>,
    /// 證明前 M 筆是前 N 筆（預設全部）的開頭
    #[arg(long, value_name = "M [N]", num_args = 1..=2, conflicts_with = "verify")]
    pub consistency: Option<Vec<u64>>,
    /// 何人
    #[arg(long, value_name = "NAME", default_value = "")]
    pub by: String,
    /// 對象（部分文字）
    #[arg(long, value_name = "S", default_value = "")]
    pub subject: String,
    /// 行為（answer）或其一種（answer.set）
    #[arg(long, value_name = "A", default_value = "")]
    pub action: String,
    /// 起日
    #[arg(long, value_name = "D", default_value = "")]
    pub from: String,
    /// 迄日
    #[arg(long, value_name = "D", default_value = "")]
    pub to: String,
}
