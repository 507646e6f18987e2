//! `own` and `count`.

use super::same_word;
use clap::{Args, Subcommand, ValueEnum};
use fieldbook_app::wire::{CountDevice, CountState, OwnScope};
use std::path::PathBuf;

/// 保存範圍.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum ScopeArg {
    /// 本案
    Exam,
    /// 本機關
    Organisation,
}

same_word!(ScopeArg => OwnScope { Exam, Organisation });

/// Calls of an examiner's own procedures.
#[derive(Subcommand)]
pub enum Own {
    /// 自訂程序清單
    List {
        /// 查核案
        exam: String,
    },
    /// 可讀取之資料集、欄位及函數
    Schema {
        /// 查核案
        exam: String,
    },
    /// 試跑查詢，不儲存
    Try {
        /// 查核案
        exam: String,
        /// 列出何資料集之列
        #[arg(long, value_name = "KEY")]
        dataset: String,
        /// 查詢（.sql）
        file: PathBuf,
    },
    /// 由程序檔新增
    Add {
        /// 查核案
        exam: String,
        /// 程序（.toml）；代號由系統給予
        file: PathBuf,
        /// 保存範圍
        #[arg(long, value_enum, default_value = "exam")]
        scope: ScopeArg,
    },
    /// 停用；已執行之紀錄保留
    Withdraw {
        /// 查核案
        exam: String,
        /// 代號（X-01、O-01）
        id: String,
    },
}

/// 盤點結果.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum SeenArg {
    /// 見到
    Found,
    /// 未見
    NotFound,
    /// 清單所無
    NotListed,
}

same_word!(SeenArg => CountState { Found, NotFound, NotListed });

/// A device as it stands there.
#[derive(Args)]
pub struct DeviceArgs {
    /// 設備名稱
    #[arg(long)]
    name: Option<String>,
    /// 廠牌型號
    #[arg(long)]
    model: Option<String>,
    /// 序號
    #[arg(long)]
    serial: Option<String>,
    /// 財產編號
    #[arg(long)]
    property_no: Option<String>,
    /// 機櫃
    #[arg(long)]
    rack: Option<String>,
    /// U 位
    #[arg(long)]
    u_pos: Option<String>,
    /// 擁有者
    #[arg(long)]
    owner: Option<String>,
    /// 軟體所有人
    #[arg(long)]
    software_owner: Option<String>,
}

impl DeviceArgs {
    /// The device, with what was not said as it is; `None` when nothing was said.
    pub fn over(&self, known: &CountDevice) -> Option<CountDevice> {
        let said = [
            &self.name,
            &self.model,
            &self.serial,
            &self.property_no,
            &self.rack,
            &self.u_pos,
            &self.owner,
            &self.software_owner,
        ];
        if said.iter().all(|field| field.is_none()) {
            return None;
        }
        let or = |said: &Option<String>, known: &String| said.as_ref().unwrap_or(known).clone();
        Some(CountDevice {
            name: or(&self.name, &known.name),
            model: or(&self.model, &known.model),
            serial: or(&self.serial, &known.serial),
            property_no: or(&self.property_no, &known.property_no),
            rack: or(&self.rack, &known.rack),
            u_pos: or(&self.u_pos, &known.u_pos),
            owner: or(&self.owner, &known.owner),
            software_owner: or(&self.software_owner, &known.software_owner),
        })
    }
}

/// Calls of the equipment count.
#[derive(Subcommand)]
pub enum Count {
    /// 盤點清單
    Show {
        /// 查核案
        exam: String,
    },
    /// 標示一台設備
    Mark {
        /// 查核案
        exam: String,
        /// 設備（count show 所列之 key）；清單所無之設備免填
        #[arg(long)]
        key: Option<String>,
        /// 盤點結果
        #[arg(long = "as", value_enum)]
        seen: SeenArg,
        /// 現場所見與清單不同之處
        #[command(flatten)]
        device: Box<DeviceArgs>,
        /// 備註
        #[arg(long, default_value = "")]
        note: String,
    },
    /// 復原上一步
    Undo {
        /// 查核案
        exam: String,
    },
    /// 送入測試（作為 ONSITE 清單）
    Feed {
        /// 查核案
        exam: String,
    },
    /// 輸出盤點表
    Sheet {
        /// 查核案
        exam: String,
        /// 檔案（.xlsx）
        out: PathBuf,
    },
}
