//! The words of evidence and review.

use super::same_word;
use clap::{Args, Subcommand, ValueEnum};
use fieldbook_app::wire::{CustodyWord, SignRoleWord};
use std::path::PathBuf;

/// Evidence calls.
#[derive(Subcommand)]
pub enum Evidence {
    /// 收存檔案為證據
    Add(EvidenceAdd),
    /// 證據索引
    List {
        /// 查核案
        exam: String,
    },
    /// 匯出一件證據之副本
    Export {
        /// 查核案
        exam: String,
        /// 證據編號
        evidence: String,
        /// 檔案
        out: PathBuf,
    },
    /// 一件證據之索引與監管鏈紀錄
    Show {
        /// 查核案
        exam: String,
        /// 證據編號
        evidence: String,
    },
    /// 登錄原件之移交、歸還或銷毀
    Transfer(Transfer),
    /// 一件證據是什麼，及其文字或工作表之開頭
    Preview {
        /// 查核案
        exam: String,
        /// 證據編號
        evidence: String,
        /// 工作表之次序，自 1 起
        #[arg(long, default_value_t = 1)]
        sheet: u32,
    },
}

/// What happened to an original.
#[derive(Clone, Copy, ValueEnum)]
pub enum TransferArg {
    /// 移交
    #[value(name = "handed_over")]
    HandedOver,
    /// 歸還原件
    #[value(name = "returned")]
    Returned,
    /// 銷毀原件
    #[value(name = "destroyed")]
    Destroyed,
}
same_word!(TransferArg => CustodyWord { HandedOver, Returned, Destroyed });

/// An entry of the chain of custody.
#[derive(Args)]
pub struct Transfer {
    /// 查核案
    pub exam: String,
    /// 證據編號
    pub evidence: String,
    /// 事項
    #[arg(long, value_enum)]
    pub event: TransferArg,
    /// 移交人（未指定者為目前持有人）
    #[arg(long, default_value = "")]
    pub from: String,
    /// 接收人
    #[arg(long, default_value = "")]
    pub to: String,
    /// 地點
    #[arg(long, default_value = "")]
    pub place: String,
    /// 目的
    #[arg(long, default_value = "")]
    pub purpose: String,
    /// 狀態
    #[arg(long, default_value = "")]
    pub condition: String,
    /// 封條編號
    #[arg(long, default_value = "")]
    pub seal: String,
    /// 收據／銷毀紀錄編號
    #[arg(long, default_value = "")]
    pub receipt: String,
    /// 時間（2026-03-02T09:40:00；未指定者為現在）
    #[arg(long, default_value = "")]
    pub at: String,
    /// 登錄人員
    #[arg(long = "as", value_name = "NAME")]
    pub examiner: Option<String>,
}

/// A file to take into custody.
#[derive(Args)]
pub struct EvidenceAdd {
    /// 查核案
    pub exam: String,
    /// 檔案
    pub file: PathBuf,
    /// 來源／提供人
    #[arg(long)]
    pub source: String,
    /// 取得方式
    #[arg(long, default_value = "")]
    pub acquired_by: String,
    /// 條文代碼（可重複）
    #[arg(long = "clause", value_name = "C")]
    pub clauses: Vec<String>,
    /// 以此為據之草稿缺失（可重複）
    #[arg(long = "finding", value_name = "F")]
    pub findings: Vec<String>,
}

/// Review calls.
#[derive(Subcommand)]
pub enum Review {
    /// 各底稿之簽署與覆核意見
    Status {
        /// 查核案
        exam: String,
    },
    /// 建立簽章身分
    Identity(Signer),
    /// 簽署底稿
    Sign(Sign),
    /// 重新開啟已簽署之底稿
    Reopen {
        /// 查核案
        exam: String,
        /// 底稿編號；EXAM 為全案
        paper: String,
        /// 理由
        #[arg(long)]
        reason: String,
    },
    /// 提出覆核意見
    Note(Noted),
    /// 回覆覆核意見
    Reply(NoteAnswer),
    /// 清除覆核意見
    Clear(NoteAnswer),
    /// 團隊資格、獨立性與保密
    Team(Team),
}

/// Who signs.
#[derive(Args)]
pub struct Signer {
    /// 查核案
    pub exam: String,
    /// 查核人員
    #[arg(long = "as", value_name = "NAME")]
    pub examiner: String,
    /// 簽章密語所在檔案
    #[arg(long, value_name = "F")]
    pub sign_passphrase_file: PathBuf,
}

/// Papers to sign.
#[derive(Args)]
pub struct Sign {
    /// 誰簽署
    #[command(flatten)]
    pub signer: Signer,
    /// 編製或覆核
    #[arg(long, value_enum)]
    pub role: RoleArg,
    /// 底稿編號；EXAM 為全案（可重複；未指定者為全案及全部底稿）
    #[arg(long = "paper", value_name = "P")]
    pub papers: Vec<String>,
}

/// A note on a paper.
#[derive(Args)]
pub struct Noted {
    /// 查核案
    pub exam: String,
    /// 底稿編號
    pub paper: String,
    /// 意見
    pub text: String,
    /// 覆核人員
    #[arg(long = "as", value_name = "NAME")]
    pub examiner: Option<String>,
}

/// An answer to a note.
#[derive(Args)]
pub struct NoteAnswer {
    /// 查核案
    pub exam: String,
    /// 意見編號
    #[arg(value_parser = super::number)]
    pub note: i64,
    /// 內容
    #[arg(default_value = "")]
    pub text: String,
    /// 由誰
    #[arg(long = "as", value_name = "NAME")]
    pub examiner: Option<String>,
}

/// The team, or one member of it.
#[derive(Args)]
pub struct Team {
    /// 查核案
    pub exam: String,
    /// 成員
    #[arg(long, value_name = "NAME")]
    pub member: Option<String>,
    /// 單位／職稱
    #[arg(long, default_value = "")]
    pub unit: String,
    /// 資格條件與證書（鍵=證書，可重複）
    #[arg(long = "holds", value_name = "KEY=TEXT")]
    pub holds: Vec<String>,
    /// 具備獨立性
    #[arg(long, value_name = "yes|no")]
    pub independent: Option<YesNo>,
    /// 已簽保密切結
    #[arg(long, value_name = "yes|no")]
    pub confidential: Option<YesNo>,
    /// 切結日期
    #[arg(long, value_name = "D", default_value = "")]
    pub signed_on: String,
}

/// 是或否.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum YesNo {
    /// 是
    Yes,
    /// 否
    No,
}

/// As what somebody signs.
#[derive(Clone, Copy, ValueEnum)]
pub enum RoleArg {
    /// 編製人
    Preparer,
    /// 覆核人
    Reviewer,
}

same_word!(RoleArg => SignRoleWord { Preparer, Reviewer });
