//! The words of a checklist call.

use clap::Subcommand;
use std::path::PathBuf;

/// Checklist calls.
#[derive(Subcommand)]
pub enum Checklist {
    /// 內建及已載入的檢查表
    List,
    /// 一個條文，逐字
    Show {
        /// 條文代碼（BSL-6.7）
        clause: String,
    },
    /// 檢核自訂檢查表資料夾，錯誤列出檔案與行號
    Check {
        /// 資料夾
        dir: PathBuf,
    },
    /// 依目前內容寫入或增補資料夾之 ids.lock；不刪除任何一行，不再定義之代號標為 retired
    Lock {
        /// 資料夾
        dir: PathBuf,
    },
    /// 檢核、簽章並打包自訂檢查表
    Pack {
        /// 資料夾
        dir: PathBuf,
        /// 套件檔案
        out: PathBuf,
        /// 套件名稱
        #[arg(long)]
        name: String,
        /// 套件版本
        #[arg(long = "package-version", value_name = "V")]
        version: String,
    },
    /// 套件的內容、簽章者與變更，不載入
    Inspect {
        /// 套件檔案
        package: PathBuf,
    },
    /// 載入套件，供之後建立的查核案使用
    Load {
        /// 套件檔案
        package: PathBuf,
        /// 信任此簽章者，並以此名稱記載
        #[arg(long, value_name = "NAME", requires = "fingerprint")]
        trust_as: Option<String>,
        /// 已向發布單位核對的指紋
        #[arg(long, value_name = "F")]
        fingerprint: Option<String>,
    },
    /// 已載入的套件與信任的簽章者
    Packages,
    /// 移除套件
    Unload {
        /// 套件的 SHA-256
        sha256: String,
    },
    /// 比較兩個版本（資料夾、套件檔案或 built-in）
    Diff {
        /// 舊版
        older: String,
        /// 新版
        newer: String,
    },
    /// 匯出為 Excel，供不寫 TOML 者修改
    ExportXlsx {
        /// 資料夾
        dir: PathBuf,
        /// Excel 檔案
        out: PathBuf,
        /// 只匯出這份文件
        #[arg(long, value_name = "CODE")]
        document: Option<String>,
    },
    /// 讀回修改後的 Excel：列出差異，`--accept` 才寫入
    ImportXlsx {
        /// 資料夾
        dir: PathBuf,
        /// Excel 檔案
        book: PathBuf,
        /// 寫入資料夾
        #[arg(long)]
        accept: bool,
    },
}
