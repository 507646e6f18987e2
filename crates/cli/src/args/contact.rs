//! The words of contacts and of the division of work.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Contact calls.
#[derive(Subcommand)]
pub enum Contact {
    /// 本保管庫的名片與指紋
    Card {
        /// 名片上的姓名（之後沿用）
        #[arg(long)]
        name: Option<String>,
        /// 名片上的單位（之後沿用）
        #[arg(long)]
        unit: Option<String>,
        /// 將名片存成文字檔
        #[arg(long, value_name = "F.txt")]
        out: Option<PathBuf>,
        /// 將名片存成 QR 圖
        #[arg(long, value_name = "F.svg")]
        picture: Option<PathBuf>,
    },
    /// 加入對方的名片
    Add {
        /// 名片文字或文字檔
        card: String,
    },
    /// 往來對象
    List,
    /// 登錄已核對指紋
    Verify {
        /// 對象的編號或姓名
        contact: String,
        /// 對方念出的指紋
        #[arg(long)]
        fingerprint: String,
    },
    /// 以新名片變更金鑰，另附理由與對方念出的兩組指紋
    ChangeKey {
        /// 對象的編號或姓名
        contact: String,
        /// 新名片文字或文字檔
        card: String,
        /// 為何變更
        #[arg(long)]
        reason: String,
        /// 新指紋的第 N 組（至少兩組）
        #[arg(long = "group", value_name = "N=DIGITS", required = true)]
        groups: Vec<String>,
    },
    /// 移除對象
    Remove {
        /// 對象的編號或姓名
        contact: String,
    },
}

/// Shows the division of an exam's work, or gives things to somebody.
#[derive(Args)]
pub struct Assign {
    /// 查核案
    pub exam: String,
    /// 分派給誰（團隊或查核人員）
    #[arg(long, value_name = "NAME", conflicts_with = "clear")]
    pub to: Option<String>,
    /// 取消分派
    #[arg(long)]
    pub clear: bool,
    /// 文件代號（可重複）
    #[arg(long = "document", value_name = "D")]
    pub documents: Vec<String>,
    /// 章：文件代號/章號（可重複）
    #[arg(long = "chapter", value_name = "D/N")]
    pub chapters: Vec<String>,
    /// 系統（可重複）
    #[arg(long = "system", value_name = "S")]
    pub systems: Vec<String>,
    /// 測試（可重複）
    #[arg(long = "procedure", value_name = "ID")]
    pub procedures: Vec<String>,
    /// 由誰分派
    #[arg(long = "as", value_name = "NAME")]
    pub examiner: Option<String>,
}
