//! The words of a call.

use clap::{Args, Parser, Subcommand, ValueEnum};
use fieldbook_app::wire::{AnswerModeWord, DispositionWord, MethodWord, ResultWord, SeverityWord};
use std::path::PathBuf;

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
    /// 操作紀錄
    Log {
        /// 查核案
        exam: String,
        /// 檢查點（size:root）
        #[arg(long)]
        verify: Option<String>,
    },
    /// 抽樣（本版尚未提供）
    #[command(hide = true)]
    Sample(Later),
    /// 證據（本版尚未提供）
    #[command(hide = true)]
    Evidence(Later),
    /// 覆核（本版尚未提供）
    #[command(hide = true)]
    Review(Later),
    /// 交接（本版尚未提供）
    #[command(hide = true)]
    Package(Later),
}

/// A call of the contract that this release does not serve.
#[derive(Args)]
pub struct Later {
    /// Anything.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub rest: Vec<String>,
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
    /// 檢查每一頁、每一個關聯與操作紀錄
    Verify,
    /// 經驗證的備份
    Backup {
        /// 目的資料夾
        dest: PathBuf,
    },
}

/// Checklist calls.
#[derive(Subcommand)]
pub enum Checklist {
    /// 內建的檢查表
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

/// Exam calls.
#[derive(Subcommand)]
pub enum Exam {
    /// 建立查核案
    New {
        /// 受查單位
        #[arg(long)]
        firm: String,
        /// 基本資料檔（TOML）
        #[arg(long, value_name = "P.toml")]
        profile: PathBuf,
        /// 查核基準日
        #[arg(long, value_name = "D")]
        as_of: String,
        /// 查核期間
        #[arg(long, value_name = "D1..D2")]
        period: String,
        /// 查核人員（可重複）
        #[arg(long = "examiner", value_name = "NAME")]
        examiners: Vec<String>,
        /// 查核案號
        #[arg(long, default_value = "")]
        case_no: String,
    },
    /// 每一個項目的適用性、理由與結果
    Items {
        /// 查核案
        exam: String,
    },
    /// 改判一個項目的適用性，或回復依基本資料判定
    Override {
        /// 查核案
        exam: String,
        /// 條文代碼
        clause: String,
        /// 改判為
        #[arg(long = "as", value_enum)]
        outcome: OutcomeArg,
        /// 理由
        #[arg(long)]
        reason: String,
    },
    /// 沿用另一查核案的答案；條文文字變更者不沿用
    Carry {
        /// 查核案
        exam: String,
        /// 來源查核案
        #[arg(long, value_name = "EXAM")]
        from: String,
        /// 只看，不存
        #[arg(long)]
        preview: bool,
    },
    /// 查核案固定的檢查表版本
    Editions {
        /// 查核案
        exam: String,
    },
}

/// 改判.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum OutcomeArg {
    /// 適用
    Applicable,
    /// 不適用
    NotApplicable,
    /// 依較佳規範
    Substituted,
    /// 得排除
    Waived,
    /// 回復依基本資料判定
    Profile,
}

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

/// Procedure calls.
#[derive(Subcommand)]
pub enum Audit {
    /// 測試清單
    List,
    /// 執行測試
    Run {
        /// 查核案
        exam: String,
        /// 只執行這些測試（可重複）
        #[arg(long = "procedure", value_name = "ID")]
        procedures: Vec<String>,
        /// 變更參數（可重複）
        #[arg(long = "set", value_name = "ID.PARAM=VALUE", requires = "reason")]
        sets: Vec<String>,
        /// 變更的理由
        #[arg(long)]
        reason: Option<String>,
    },
    /// 最近一次執行的例外
    Exceptions {
        /// 查核案
        exam: String,
        /// 只看這項測試
        #[arg(long, value_name = "ID")]
        procedure: Option<String>,
    },
    /// 處置例外
    Dispose {
        /// 查核案
        exam: String,
        /// 測試
        #[arg(long, value_name = "ID")]
        procedure: String,
        /// 只處置這些列（可重複）
        #[arg(long = "row", value_name = "FILE:SHEET:ROW")]
        rows: Vec<String>,
        /// 只處置這條規則的列
        #[arg(long)]
        rule: Option<String>,
        /// 處置
        #[arg(long = "as", value_enum)]
        kind: DispositionArg,
        /// 說明
        #[arg(long)]
        note: String,
    },
    /// 依紀錄重新執行（本版尚未提供）
    #[command(hide = true)]
    Reperform(Later),
}

/// 處置.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum DispositionArg {
    /// 確認
    Confirmed,
    /// 合理說明
    Explained,
    /// 誤判
    FalsePositive,
    /// 待釐清
    Open,
}

/// An answer.
#[derive(Args)]
pub struct Answer {
    /// 查核案
    pub exam: String,
    /// 條文代碼
    pub clause: String,
    /// 查核結果
    #[arg(long, value_enum)]
    pub result: ResultArg,
    /// 條文的部分義務（a、b…；未指定即整條）
    #[arg(long, default_value = "")]
    pub unit: String,
    /// 系統
    #[arg(long, default_value = "")]
    pub system: String,
    /// 查核方式
    #[arg(long, value_enum)]
    pub method: MethodArg,
    /// 評估報告涵蓋或抽查
    #[arg(long, value_enum)]
    pub mode: Option<ModeArg>,
    /// 待補資料
    #[arg(long, value_name = "TEXT")]
    pub awaited: Option<String>,
    /// 說明
    #[arg(long)]
    pub note: String,
    /// 底稿編號
    #[arg(long, default_value = "")]
    pub paper: String,
}

/// 查核結果.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum ResultArg {
    /// 符合
    Compliant,
    /// 部分符合
    Partial,
    /// 不符合
    Noncompliant,
    /// 不適用
    NotApplicable,
    /// 未查核
    NotExamined,
    /// 無法取得資料
    NoData,
}

/// 查核方式.
#[derive(Clone, Copy, ValueEnum)]
pub enum MethodArg {
    /// 訪談
    Interview,
    /// 檢視文件
    Inspection,
    /// 觀察
    Observation,
    /// 重新執行
    Reperformance,
    /// 電腦輔助測試
    Caat,
    /// 抽樣
    Sampling,
}

/// 評估報告涵蓋或抽查.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum ModeArg {
    /// 評估報告涵蓋
    Coverage,
    /// 抽查
    SpotCheck,
}

/// Finding calls.
#[derive(Subcommand)]
pub enum Finding {
    /// 由已確認的例外或查核結果開立缺失
    Add(FindingAdd),
    /// 缺失清單
    List {
        /// 查核案
        exam: String,
    },
}

/// A new finding.
#[derive(Args)]
pub struct FindingAdd {
    /// 查核案
    pub exam: String,
    /// 標題
    #[arg(long)]
    pub title: String,
    /// 條文代碼（可重複）
    #[arg(long = "clause", value_name = "C", required = true)]
    pub clauses: Vec<String>,
    /// 由這項測試已確認的例外
    #[arg(long, value_name = "ID")]
    pub from_procedure: Option<String>,
    /// 嚴重程度
    #[arg(long, value_enum, default_value = "medium")]
    pub severity: SeverityArg,
    /// 查核發現（未指定時由例外或查核結果帶入）
    #[arg(long)]
    pub condition: Option<String>,
    /// 原因
    #[arg(long, default_value = "")]
    pub cause: String,
    /// 風險影響
    #[arg(long, default_value = "")]
    pub effect: String,
    /// 改善建議
    #[arg(long, default_value = "")]
    pub recommendation: String,
    /// 類別
    #[arg(long)]
    pub category: Option<String>,
    /// 直接定稿
    #[arg(long = "final")]
    pub finalise: bool,
}

/// 嚴重程度.
#[derive(Clone, Copy, ValueEnum)]
pub enum SeverityArg {
    /// 重大
    #[value(alias = "重大")]
    Critical,
    /// 高
    #[value(alias = "高")]
    High,
    /// 中
    #[value(alias = "中")]
    Medium,
    /// 低
    #[value(alias = "低")]
    Low,
}

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

macro_rules! same_word {
    ($arg:ident => $word:ident { $($variant:ident),+ }) => {
        impl From<$arg> for $word {
            fn from(value: $arg) -> Self {
                match value { $($arg::$variant => Self::$variant),+ }
            }
        }
    };
}

same_word!(DispositionArg => DispositionWord { Confirmed, Explained, FalsePositive, Open });
same_word!(ModeArg => AnswerModeWord { Coverage, SpotCheck });
same_word!(ResultArg => ResultWord { Compliant, Partial, Noncompliant, NotApplicable, NotExamined, NoData });
same_word!(SeverityArg => SeverityWord { Critical, High, Medium, Low });
same_word!(MethodArg => MethodWord { Interview, Inspection, Observation, Reperformance, Caat, Sampling });
