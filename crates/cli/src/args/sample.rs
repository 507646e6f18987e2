//! The words of a sampling call.

use super::same_word;
use clap::{Subcommand, ValueEnum};
use fieldbook_app::wire::{SampleChoice, SampleMethodWord};
use std::path::PathBuf;
use std::str::FromStr;

/// 抽樣方法.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum MethodArg {
    /// 亂數
    Random,
    /// 間隔
    Interval,
    /// 分層
    Stratified,
    /// 判斷
    Judgemental,
    /// 金額單位
    Monetary,
}

same_word!(MethodArg => SampleMethodWord { Random, Interval, Stratified, Judgemental, Monetary });

/// `FILE:SHEET:ROW`.
#[derive(Clone)]
pub struct Place {
    file: String,
    sheet: String,
    row: u32,
}

impl Place {
    /// The row as chosen for this reason.
    pub fn choice(&self, reason: &str) -> SampleChoice {
        let (file, sheet) = (self.file.clone(), self.sheet.clone());
        SampleChoice { file, sheet, row: self.row, reason: reason.to_owned() }
    }
}

impl FromStr for Place {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let shape = "FILE:SHEET:ROW";
        let (rest, row) = text.rsplit_once(':').ok_or(shape)?;
        let (file, sheet) = rest.rsplit_once(':').ok_or(shape)?;
        let row = row.parse().map_err(|_| shape)?;
        Ok(Self { file: file.to_owned(), sheet: sheet.to_owned(), row })
    }
}

/// Sampling calls.
#[derive(Subcommand)]
pub enum Sample {
    /// 抽樣
    Draw {
        /// 查核案
        exam: String,
        /// 資料集
        #[arg(long, value_name = "KEY")]
        dataset: String,
        /// 抽樣方法
        #[arg(long, value_enum)]
        method: MethodArg,
        /// 樣本數（判斷抽樣免填）
        #[arg(long, default_value_t = 0)]
        size: u32,
        /// 種子（未給者隨機產生並記錄）
        #[arg(long)]
        seed: Option<u64>,
        /// 分層欄位
        #[arg(long, value_name = "COLUMN")]
        stratum: Option<String>,
        /// 金額欄位
        #[arg(long, value_name = "COLUMN")]
        amount: Option<String>,
        /// 判斷抽樣指定之列（可重複）
        #[arg(long = "row", value_name = "FILE:SHEET:ROW", requires = "reason")]
        rows: Vec<Place>,
        /// 指定的理由
        #[arg(long)]
        reason: Option<String>,
        /// 抽樣目的
        #[arg(long)]
        purpose: Option<String>,
    },
    /// 已抽之樣本
    List {
        /// 查核案
        exam: String,
    },
    /// 輸出抽樣工作表
    Sheet {
        /// 查核案
        exam: String,
        /// 樣本（sample list 所列之 sample）
        #[arg(value_parser = super::number)]
        sample: i64,
        /// 檔案（.xlsx）
        out: PathBuf,
    },
    /// 樣本數試算（百分比）
    Size {
        /// 信心水準
        #[arg(long, default_value_t = 95.0)]
        confidence: f64,
        /// 可容忍偏差率
        #[arg(long)]
        tolerable: f64,
        /// 預期偏差率
        #[arg(long, default_value_t = 0.0)]
        expected: f64,
        /// 母體數
        #[arg(long)]
        population: Option<u32>,
    },
    /// 評估抽樣結果（百分比）
    Evaluate {
        /// 抽樣方法
        #[arg(long, value_enum)]
        method: MethodArg,
        /// 樣本數
        #[arg(long)]
        sampled: u32,
        /// 不符件數
        #[arg(long)]
        deviations: u32,
        /// 無法查核件數
        #[arg(long, default_value_t = 0)]
        unexamined: u32,
        /// 母體數
        #[arg(long)]
        population: Option<u32>,
        /// 信心水準
        #[arg(long, default_value_t = 95.0)]
        confidence: f64,
        /// 可容忍偏差率
        #[arg(long)]
        tolerable: f64,
    },
}
