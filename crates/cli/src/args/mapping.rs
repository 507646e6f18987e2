//! The words about remembered mappings.

use clap::Subcommand;
use std::path::PathBuf;

/// Calls about what is remembered of how the firm's tables were mapped.
#[derive(Subcommand)]
pub enum Mapping {
    /// 此受查單位的欄位對應記憶
    List {
        /// 查核案
        exam: String,
    },
    /// 匯出為對應檔（TOML；只含標題與欄位，不含資料）
    Export {
        /// 查核案
        exam: String,
        /// 檔案
        out: PathBuf,
    },
    /// 由對應檔採用
    Import {
        /// 查核案
        exam: String,
        /// 檔案
        file: PathBuf,
    },
    /// 移除一項記憶
    Forget {
        /// 查核案
        exam: String,
        /// 資料集
        #[arg(long, value_name = "KEY")]
        dataset: String,
        /// 標題列識別碼（見 list）
        #[arg(long, value_name = "H")]
        header: String,
    },
}
