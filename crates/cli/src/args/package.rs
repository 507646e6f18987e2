//! The words of handing exams over.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Package calls.
#[derive(Subcommand)]
pub enum Package {
    /// 製作交接檔
    Create(PackageCreate),
    /// 檢視交接檔：誰交出、會變更什麼
    Inspect {
        /// 交接檔
        package: PathBuf,
    },
    /// 收進交接檔
    Merge(PackageMerge),
    /// 合併紀錄
    Merges {
        /// 查核案
        exam: String,
    },
    /// 復原一次合併
    Undo {
        /// 查核案
        exam: String,
        /// 合併編號
        merge: u32,
        /// 理由
        #[arg(long)]
        reason: String,
    },
}

/// Makes a package.
#[derive(Args)]
pub struct PackageCreate {
    /// 查核案
    pub exam: String,
    /// 檔案（.fieldbook.age）
    pub out: PathBuf,
    /// 收件人：往來對象的編號，或 age1…（可重複）
    #[arg(long = "to", value_name = "RECIPIENT", required = true)]
    pub to: Vec<String>,
    /// 遮蔽個人資料，不含證據與操作紀錄
    #[arg(long)]
    pub deidentified: bool,
    /// 只交出收件人上次之後的變更
    #[arg(long, conflicts_with_all = ["documents", "chapters", "procedures", "findings", "evidence"])]
    pub changes: bool,
    /// 只交出這份文件的項目（可重複）
    #[arg(long = "document", value_name = "CODE")]
    pub documents: Vec<String>,
    /// 只交出這一章的項目（可重複）
    #[arg(long = "chapter", value_name = "CODE-N")]
    pub chapters: Vec<String>,
    /// 只交出這項測試（可重複）
    #[arg(long = "procedure", value_name = "ID")]
    pub procedures: Vec<String>,
    /// 一併交出查核發現
    #[arg(long)]
    pub findings: bool,
    /// 一併交出證據
    #[arg(long)]
    pub evidence: bool,
    /// 證據只附索引與 SHA-256
    #[arg(long)]
    pub by_reference: bool,
}

/// Takes a package in.
#[derive(Args)]
pub struct PackageMerge {
    /// 交接檔
    pub package: PathBuf,
    /// 只檢視，不收進
    #[arg(long)]
    pub preview: bool,
    /// 衝突的處理：{"衝突編號":"ours|theirs|要寫入的文字"}
    #[arg(long, value_name = "FILE")]
    pub resolve: Option<PathBuf>,
    /// 寄件人指紋未核對，由我承擔
    #[arg(long)]
    pub accept_sender: bool,
}
