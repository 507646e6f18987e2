//! 證據.

use super::ErrorView;
use super::words::{ConfidentialityWord, CustodyWord};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the index says of a piece.
#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct EvidenceAbout {
    /// 名稱; empty for the file's name.
    pub name: String,
    /// 來源／提供人.
    pub source: String,
    /// 取得方式.
    pub acquired_by: String,
    /// 取得時間 (`2020-12-31T09:00:00`), or empty for now.
    pub acquired_at: String,
    /// 頁數; `null` where nobody counted them.
    pub pages: Option<u32>,
    /// 存放.
    pub kept_at: String,
    /// 機密等級; `null` for 限閱.
    pub confidentiality: Option<ConfidentialityWord>,
    /// 是否歸還／銷毀; empty while it is kept.
    pub returned: String,
    /// Clause ids.
    pub clauses: Vec<String>,
}

/// Takes a file into custody.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EvidenceAddRequest {
    /// File.
    pub path: String,
    /// What the index says of it.
    pub about: EvidenceAbout,
    /// Numbers of draft findings that rest on it.
    #[ts(type = "Array<number>")]
    pub findings: Vec<i64>,
}

/// Completes what the index says of a piece.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EvidenceChangeRequest {
    /// Number.
    #[ts(type = "number")]
    pub id: i64,
    /// What the index says of it.
    pub about: EvidenceAbout,
}

/// Writes the bytes of a piece to a file.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EvidenceExportRequest {
    /// Number.
    #[ts(type = "number")]
    pub id: i64,
    /// Where to.
    pub path: String,
}

/// A piece of evidence.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EvidenceView {
    /// Number.
    #[ts(type = "number")]
    pub id: i64,
    /// 證據編號.
    pub number: String,
    /// 名稱.
    pub name: String,
    /// 來源／提供人.
    pub source: String,
    /// 取得方式.
    pub acquired_by: String,
    /// 取得時間.
    pub acquired_at: String,
    /// 格式.
    pub format: String,
    /// 頁數.
    pub pages: Option<u32>,
    /// SHA-256, lower-case hex.
    pub sha256: String,
    /// Bytes.
    pub size: f64,
    /// 存放.
    pub kept_at: String,
    /// 機密等級.
    pub confidentiality: ConfidentialityWord,
    /// 是否歸還／銷毀, as the index says it.
    pub returned: String,
    /// What moved the original last; `null` while nothing did.
    pub moved: Option<CustodyWord>,
    /// When.
    pub moved_at: Option<String>,
    /// To whom; empty while nothing moved it.
    pub holder: String,
    /// Clause ids.
    pub clauses: Vec<String>,
    /// 缺失編號 of the findings that rest on it.
    pub findings: Vec<String>,
    /// Who took it in.
    pub by: String,
    /// When.
    pub at: String,
}

/// Names a piece.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EvidenceRequest {
    /// Number.
    #[ts(type = "number")]
    pub id: i64,
}

/// A file that is to be taken in.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EvidenceFile {
    /// File.
    pub path: String,
    /// 取得時間 (`2020-12-31T09:00:00`), or empty for that of all.
    pub acquired_at: String,
}

/// Takes files into custody, from the same person and in the same way.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EvidenceTakeRequest {
    /// Files.
    pub files: Vec<EvidenceFile>,
    /// What the index says of each; the name is each file's own.
    pub about: EvidenceAbout,
    /// Numbers of draft findings that rest on them.
    #[ts(type = "Array<number>")]
    pub findings: Vec<i64>,
}

/// A file that was not taken in.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EvidenceRefusedView {
    /// The file, as it was asked for.
    pub path: String,
    /// Why.
    pub error: ErrorView,
}

/// What was taken in.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EvidenceTakenView {
    /// The pieces, in the order of the files.
    pub taken: Vec<EvidenceView>,
    /// Files that were not.
    pub refused: Vec<EvidenceRefusedView>,
    /// Somebody stopped it; files after the last one named were not looked at.
    pub cancelled: bool,
}

/// How far taking in has come.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EvidenceProgressView {
    /// Name of the file.
    pub file: String,
    /// Its place among the files, from 1.
    pub no: u32,
    /// Files.
    pub files: u32,
    /// Bytes of it that are stored.
    pub bytes: f64,
    /// Bytes of it.
    pub size: f64,
}

/// What a camera wrote into a picture.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExifView {
    /// When it was taken, by the camera's clock; `null` where the picture does not say.
    pub taken_at: Option<String>,
    /// Offset of that clock from UTC (`+08:00`); `null` where the picture does not say.
    pub offset: Option<String>,
    /// Maker and model.
    pub camera: String,
    /// Whether it says where it was taken.
    pub has_place: bool,
}

/// Looks at files before they are taken in.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EvidenceLookRequest {
    /// Files.
    pub paths: Vec<String>,
}

/// What a file is before it is taken in.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EvidenceLookView {
    /// File.
    pub path: String,
    /// Its name.
    pub name: String,
    /// Bytes; 0 for one that cannot be read.
    pub size: f64,
    /// What a camera wrote; `null` where nothing was found.
    pub exif: Option<ExifView>,
}

/// One entry of a chain of custody.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CustodyEntryView {
    /// Number.
    #[ts(type = "number")]
    pub id: i64,
    /// What happened.
    pub event: CustodyWord,
    /// 移交人.
    pub from: String,
    /// 接收人.
    pub to: String,
    /// 地點; of a copy, the file.
    pub place: String,
    /// 目的.
    pub purpose: String,
    /// 狀態.
    pub condition: String,
    /// 封條編號.
    pub seal: String,
    /// 收據／銷毀紀錄編號.
    pub receipt: String,
    /// SHA-256 of what is kept, at that moment.
    pub sha256: String,
    /// When it happened.
    pub happened_at: String,
    /// Who recorded it.
    pub by: String,
    /// When it was recorded.
    pub at: String,
}

/// Records what happened to an original: `handed_over`, `returned` or `destroyed`.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CustodyRequest {
    /// Number of the piece.
    #[ts(type = "number")]
    pub id: i64,
    /// What happened.
    pub event: CustodyWord,
    /// 移交人.
    pub from: String,
    /// 接收人; asked for but when it was destroyed.
    pub to: String,
    /// 地點.
    pub place: String,
    /// 目的.
    pub purpose: String,
    /// 狀態.
    pub condition: String,
    /// 封條編號.
    pub seal: String,
    /// 收據／銷毀紀錄編號; asked for when it was returned or destroyed.
    pub receipt: String,
    /// When (`2020-12-31T09:00:00`), or empty for now.
    pub happened_at: String,
}

/// How a piece is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PreviewKindWord {
    /// One picture.
    Image,
    /// Pages.
    Pdf,
    /// Text.
    Text,
    /// Sheets.
    Sheets,
    /// A picture of a kind that is kept and not drawn.
    Heic,
    /// Nothing that is shown.
    Other,
}

/// What a piece is, as far as it can be shown.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EvidencePreviewView {
    /// Number.
    #[ts(type = "number")]
    pub id: i64,
    /// How it is shown.
    pub kind: PreviewKindWord,
    /// Pages or sheets.
    pub pages: u32,
    /// Pixels of a picture, as the file has them.
    pub width: Option<u32>,
    /// Pixels of a picture, as the file has them.
    pub height: Option<u32>,
    /// Names of the sheets.
    pub sheets: Vec<String>,
    /// What a camera wrote.
    pub exif: Option<ExifView>,
}

/// Asks for a page of a piece.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EvidencePageRequest {
    /// Number of the piece.
    #[ts(type = "number")]
    pub id: i64,
    /// Page or sheet, from 0.
    pub page: u32,
    /// Pixels that it may be wide; 1,600 at most.
    pub width: u32,
}

/// A picture.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PictureView {
    /// `data:image/png;base64,…`.
    pub data: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// The beginning of a text.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EvidenceTextView {
    /// What it says.
    pub text: String,
    /// Its encoding.
    pub encoding: String,
    /// It goes on.
    pub cut: bool,
}

/// A row of a sheet.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GridRowView {
    /// Row number that a spreadsheet shows.
    pub row: u32,
    /// Cells from the first column on.
    pub cells: Vec<String>,
}

/// The beginning of a sheet.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EvidenceGridView {
    /// Rows that hold anything.
    pub rows: Vec<GridRowView>,
    /// There is more below or at the right.
    pub cut: bool,
}
