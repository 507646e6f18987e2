//! Pictures of procedures, and pictures that leave.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PictureKindWord {
    /// 日曆: days with and without a record.
    Strip,
    /// 久暫: ages up to the as-of date.
    Ages,
    /// 分布: numbers by lane.
    Spread,
}

/// A picture that a procedure has.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PictureHeadView {
    /// Key within the procedure.
    pub key: String,
    /// Kind.
    pub kind: PictureKindWord,
    /// Title, zh-TW.
    pub title: String,
}

/// Asks for a picture of a procedure.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProcedurePictureRequest {
    /// Procedure.
    pub procedure: String,
    /// Key of the picture.
    pub picture: String,
}

/// A limit with the clause that sets it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PictureLimitView {
    /// Name of the parameter, zh-TW.
    pub zh: String,
    /// Its value with its unit, as the latest run used it.
    pub value: String,
    /// In days, where they can be told.
    pub days: Option<f64>,
    /// Id of the clause; `null` where the limit is our own proposal.
    pub clause: Option<String>,
    /// Whether an examiner changed it for the latest run.
    pub changed: bool,
}

/// What is known of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DayStateWord {
    /// 有紀錄.
    Kept,
    /// 缺漏.
    Missing,
    /// 無法確認.
    Unclear,
}

/// Days that follow one another in the same state.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StretchView {
    /// State.
    pub state: DayStateWord,
    /// First day, ISO.
    pub from: String,
    /// Last day, ISO.
    pub to: String,
    /// Days of it that count.
    pub days: f64,
}

/// One lane of a strip.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DayLaneView {
    /// Name.
    pub name: String,
    /// Name as it may leave.
    pub masked: String,
    /// First day that should be covered, ISO.
    pub from: String,
    /// Last one, ISO.
    pub to: String,
    /// Stretches in order; a day of none was not judged.
    pub stretches: Vec<StretchView>,
    /// Days that count.
    pub due: f64,
    /// Days that count and are covered.
    pub kept: f64,
    /// Days that count and are not.
    pub missing: f64,
    /// Days that count of which the data cannot tell.
    pub unclear: f64,
}

/// Days of lanes.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StripView {
    /// First day of all lanes, ISO; empty without one.
    pub from: String,
    /// Last day, ISO.
    pub to: String,
    /// Days that do not count, ISO.
    pub off: Vec<String>,
    /// Whether somebody said which days are holidays.
    pub holidays_known: bool,
    /// Whether every day counts.
    pub every_day: bool,
    /// The first lanes.
    pub lanes: Vec<DayLaneView>,
    /// All lanes.
    pub lanes_in_all: u32,
}

/// One bar of ages.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AgeBarView {
    /// Above so many days; `null` from none.
    pub above: Option<f64>,
    /// Up to so many, included; `null` without end.
    pub up_to: Option<f64>,
    /// Rows.
    pub rows: f64,
}

/// Ages in bars. What has no age has figures of its own.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AgesView {
    /// Bars, lowest first; one of them ends at the limit.
    pub bars: Vec<AgeBarView>,
    /// 從未: the list says that it never happened.
    pub never: f64,
    /// 空白: the list says nothing.
    pub missing: f64,
    /// 無法判讀.
    pub unreadable: f64,
    /// 晚於查核基準日.
    pub after: f64,
}

/// One lane of a spread.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SpreadLaneView {
    /// Name.
    pub name: String,
    /// Name as it may leave.
    pub masked: String,
    /// Numbers.
    pub n: f64,
    /// What is reached at each percentage, by nearest rank.
    pub at: Vec<f64>,
}

/// Numbers by lane.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SpreadView {
    /// Percentages at which the lanes are measured.
    pub percents: Vec<f64>,
    /// The lane with the lowest median, and those with the highest.
    pub lanes: Vec<SpreadLaneView>,
    /// All lanes.
    pub lanes_in_all: u32,
}

/// A picture with its figures: one of the three.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ProcedurePictureView {
    /// Title, zh-TW.
    pub title: String,
    /// What is counted or measured, zh-TW.
    pub unit: String,
    /// What it lacks, zh-TW; then there are no figures.
    pub missing: Vec<String>,
    /// The limit that is drawn.
    pub limit: Option<PictureLimitView>,
    /// Days of lanes.
    pub strip: Option<StripView>,
    /// Ages.
    pub ages: Option<AgesView>,
    /// Numbers by lane.
    pub spread: Option<SpreadView>,
}

/// As what a picture leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PictureFormat {
    /// SVG, as text.
    Svg,
    /// PNG, as base64.
    Png,
}

/// Writes a picture that the examiner looks at.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PictureSaveRequest {
    /// File.
    pub path: String,
    /// As what.
    pub format: PictureFormat,
    /// The picture, in pieces: a text of a request has a largest size.
    pub pieces: Vec<String>,
}
