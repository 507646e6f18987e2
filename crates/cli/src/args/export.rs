//! The words of an export.

use clap::{Args, Subcommand};
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
    /// 填寫範本（.xlsx、.docx 或 .ods）
    Template {
        /// 範本檔案；或內建範本之代碼
        template: String,
        /// 檔案
        out: PathBuf,
    },
    /// OSCAL 評估結果
    Oscal(Document),
    /// OSCAL 改善計畫
    Poam(Document),
    /// 可編輯之查核報告（.docx）
    Docx(Document),
    /// 資通系統資通安全評估報告（.pdf）
    Assessment(Document),
    /// 查核發現確認單（.pdf）
    Confirmation(Document),
    /// 追蹤覆查表（.pdf）
    FollowUp(Document),
    /// 缺失清單（.csv 或 .json）
    Findings(Document),
    /// 查核結果清單（.csv 或 .json）
    Answers(Document),
}

/// A document to write.
#[derive(Args)]
pub struct Document {
    /// 檔案
    pub out: PathBuf,
    /// 草稿：尚有未完成事項亦可產出
    #[arg(long)]
    pub draft: bool,
}
