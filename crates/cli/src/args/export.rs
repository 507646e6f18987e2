//! The words of an export.

use super::Later;
use clap::Subcommand;
use std::path::PathBuf;

/// Export calls.
#[derive(Subcommand)]
pub enum Export {
    /// Excel 工作底稿
    Papers {
        /// 資料夾
        dir: PathBuf,
    },
    /// PDF 報告
    Report {
        /// 檔案
        out: PathBuf,
        /// 草稿
        #[arg(long)]
        draft: bool,
    },
    /// 調閱資料清單（xlsx 與 pdf）
    Requests {
        /// 資料夾
        dir: PathBuf,
        /// 提供期限
        #[arg(long, value_name = "D", default_value = "")]
        due: String,
        /// 連同各資料集的空白欄位範本
        #[arg(long)]
        templates: bool,
    },
    /// 資料收受清單（xlsx 與 pdf，供雙方簽章）
    Receipt {
        /// 資料夾
        dir: PathBuf,
    },
    /// 資料字典（所有資料集之欄位、欄名、代碼值與無值之文字）
    Dictionary {
        /// 資料夾
        dir: PathBuf,
    },
    /// 可列印的實地查核表
    Sheet {
        /// 代碼（machine_room）
        key: String,
        /// 檔案
        out: PathBuf,
    },
    /// 資料集的空白欄位範本
    Templates {
        /// 資料夾
        dir: PathBuf,
        /// 只要這個資料集
        #[arg(long, value_name = "KEY")]
        dataset: Option<String>,
    },
    /// 填寫範本（本版尚未提供）
    #[command(hide = true)]
    Template(Later),
    /// OSCAL（本版尚未提供）
    #[command(hide = true)]
    Oscal(Later),
}
