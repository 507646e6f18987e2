//! The words of an import.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Import.
#[derive(Args)]
pub struct Import {
    /// 查核案，或 `undo`
    pub exam: String,
    /// 檔案；`undo` 之後為查核案與批次
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// 資料集；未指定時由標題列辨識
    #[arg(long, value_name = "KEY")]
    pub dataset: Option<String>,
    /// 只匯入這張工作表
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// 設備清單的來源
    #[arg(long, value_enum, ignore_case = true)]
    pub list_origin: Option<Origin>,
    /// 受查單位所述的母體筆數
    #[arg(long, value_name = "N")]
    pub declared_rows: Option<u32>,
    /// 欄位對應檔（TOML：[columns] "標題" = "欄位"）
    #[arg(long, value_name = "M.toml")]
    pub mapping: Option<PathBuf>,
    /// 提供人（記入資料收受清單）
    #[arg(long, value_name = "NAME", default_value = "")]
    pub received_from: String,
    /// CSV 的文字編碼
    #[arg(long)]
    pub encoding: Option<String>,
    /// 只看，不存
    #[arg(long)]
    pub preview: bool,
}

/// Which list.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "UPPER")]
pub enum Origin {
    /// 申報清單
    Filed,
    /// 帳載清冊
    Ledger,
    /// 實地盤點
    Onsite,
    /// 掃描發現
    Discovered,
}
