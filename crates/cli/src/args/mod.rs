//! The words of a call.

mod answer;
mod audit;
mod checklist;
mod contact;
mod exam;
mod export;
mod headquarters;
mod import;
mod log;
mod mapping;
mod own;
mod package;
mod review;
mod sample;

pub use answer::{Answer, Finding, FindingAdd, FindingFollowUpCall, FindingReplyCall, FindingStepCall};
pub use audit::{Audit, DispositionArg};
pub use checklist::Checklist;
pub use contact::{Assign, Contact};
pub use exam::{Exam, OutcomeArg};
pub use export::{Document, Export};
pub use headquarters::{Chosen, Headquarters};
pub use import::{Import, Origin};
pub use log::Log;
pub use mapping::Mapping;
pub use own::{Count, Own};
pub use package::{Package, PackageCreate, PackageMerge};
pub use review::{Evidence, EvidenceAdd, NoteAnswer, Noted, Review, Sign, Signer, Team, Transfer, YesNo};
pub use sample::Sample;

use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// The words of a call and the words of the use cases are the same.
macro_rules! same_word {
    ($arg:ident => $word:ident { $($variant:ident),+ }) => {
        impl From<$arg> for $word {
            fn from(value: $arg) -> Self {
                match value { $($arg::$variant => Self::$variant),+ }
            }
        }
    };
}
use same_word;

/// 查核簿：離線資通安全查核工具
#[derive(Parser)]
#[command(name = "fieldbook", disable_version_flag = true, arg_required_else_help = true)]
pub struct Call {
    /// 保管庫資料夾（預設：FIELDBOOK_VAULT 或系統資料夾）
    #[arg(long, global = true, value_name = "DIR")]
    pub vault: Option<PathBuf>,
    /// 通行碼檔案（預設：FIELDBOOK_PASSPHRASE，再無則於終端機詢問）
    #[arg(long, global = true, value_name = "F")]
    pub passphrase_file: Option<PathBuf>,
    /// 以 age 身分檔（復原金鑰或託管鑰匙）代替通行碼
    #[arg(long, global = true, value_name = "F", conflicts_with = "passphrase_file")]
    pub identity_file: Option<PathBuf>,
    /// 只輸出一份 JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// 要做的事
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Subcommand)]
pub enum Command {
    /// 版本
    Version,
    /// 保管庫
    #[command(subcommand)]
    Vault(Vault),
    /// 檢查表
    #[command(subcommand)]
    Checklist(Checklist),
    /// 查核案
    #[command(subcommand)]
    Exam(Exam),
    /// 匯入受查單位檔案；`import undo EXAM BATCH` 復原一批
    Import(Import),
    /// 欄位對應記憶
    #[command(subcommand)]
    Mapping(Mapping),
    /// 測試
    #[command(subcommand)]
    Audit(Audit),
    /// 記錄一個項目的查核結果
    Answer(Answer),
    /// 缺失
    #[command(subcommand)]
    Finding(Finding),
    /// 尚待完成的事項
    Gate {
        /// 查核案
        exam: String,
    },
    /// 匯出
    Export {
        /// 查核案
        exam: String,
        /// 文件
        #[command(subcommand)]
        what: Export,
    },
    /// 總部：各受查單位之查核案彙整
    #[command(subcommand)]
    Hq(Headquarters),
    /// 操作紀錄；`log vault` 為保管庫本身的紀錄，`log check-proof FILE` 驗證一份證明
    Log(Log),
    /// 抽樣
    #[command(subcommand)]
    Sample(Sample),
    /// 自訂程序
    #[command(subcommand)]
    Own(Own),
    /// 主機共置設備盤點
    #[command(subcommand)]
    Count(Count),
    /// 證據
    #[command(subcommand)]
    Evidence(Evidence),
    /// 覆核意見、簽署與團隊
    #[command(subcommand)]
    Review(Review),
    /// 往來對象
    #[command(subcommand)]
    Contact(Contact),
    /// 分工
    Assign(Assign),
    /// 交接與合併
    #[command(subcommand)]
    Package(Package),
}

/// Key slot calls.
#[derive(Subcommand)]
pub enum SlotCall {
    /// 列出鑰匙
    List,
    /// 新增託管鑰匙
    AddEscrow {
        /// 託管者的收件代碼（age1…）
        #[arg(long, value_name = "RECIPIENT")]
        recipient: String,
        /// 託管者的名稱
        #[arg(long, value_name = "TEXT")]
        label: String,
    },
    /// 移除一把鑰匙
    Remove {
        /// 鑰匙（如 escrow-1a2b3c4d）
        slot: String,
    },
    /// 更換復原金鑰，並顯示一次
    RenewRecovery,
    /// 以作業系統的密碼庫開啟
    Keystore {
        /// 啟用或停用
        switch: OnOff,
    },
}

/// On or off.
#[derive(Clone, Copy, clap::ValueEnum)]
pub enum OnOff {
    /// 啟用
    On,
    /// 停用
    Off,
}

/// Vault calls.
#[derive(Subcommand)]
pub enum Vault {
    /// 建立保管庫，並顯示一次復原金鑰
    Init,
    /// 保管庫與查核案清單
    Info,
    /// 變更通行碼
    Passwd {
        /// 新通行碼檔案
        #[arg(long, value_name = "F")]
        new_passphrase_file: PathBuf,
    },
    /// 鑰匙
    #[command(subcommand)]
    Slot(SlotCall),
    /// 檢查每一頁、每一個關聯與操作紀錄
    Verify,
    /// 經驗證的備份
    Backup {
        /// 目的資料夾
        dest: PathBuf,
        /// 在目的資料夾內逐代備份，只保留最新的 N 代
        #[arg(long, value_name = "N")]
        generations: Option<u32>,
    },
    /// 列出資料夾內各代備份及其狀態
    Backups {
        /// 放備份的資料夾
        folder: PathBuf,
    },
    /// 由備份還原成新的保管庫
    Restore {
        /// 一代備份的資料夾
        from: PathBuf,
        /// 新資料夾，須為空或尚不存在
        #[arg(long, value_name = "NEW")]
        to: PathBuf,
    },
}

/// A number as it is printed: `7`, or `B7` for what another copy of the exam made.
fn number(text: &str) -> Result<i64, &'static str> {
    fieldbook_model::read_number(text).ok_or("編號如 7；他機所建立者如 B7")
}
