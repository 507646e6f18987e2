//! Pictures of a column: how old, how large, which first digits.

use crate::audit::{Watch, of_procedure};
use crate::desk::Desk;
use crate::error::AppError;
use crate::store::VaultStore;
use crate::view;
use crate::wire::{AnalysisBarView, AnalysisKind, AnalysisRequest, AnalysisView};
use fieldbook_audit::DatasetStore;
use fieldbook_audit::analysis::{AGES, Bands, Bar, DIGITS_FROM, Digits, Reach};
use fieldbook_audit::sampling::Hundredths;
use fieldbook_model::{Column, ColumnType, RowRef};
use jiff::civil::Date;
use std::collections::HashSet;

/// More bands than this are no picture.
const MOST_BANDS: usize = 24;

/// The figures of a picture.
///
/// # Errors
/// `unknown_dataset`, `unknown_procedure`, `bad_analysis`, or the store's.
pub fn analysis(desk: &Desk, request: &AnalysisRequest) -> Result<AnalysisView, AppError> {
    let unknown = || AppError::new("unknown_dataset").with("field", &request.dataset);
    let def = desk.bundle.dataset(&request.dataset).ok_or_else(unknown)?;
    let column = def.column(&request.column).ok_or_else(|| bad("沒有這個欄位"))?;
    let limits = limits(&request.bounds)?;
    let source = Values::of(desk, request)?;
    let title = format!("{}－{}", def.zh, column.zh);
    match (request.kind, column.ty) {
        (AnalysisKind::Ageing, ColumnType::Date | ColumnType::DateTime) => {
            ageing(&source, title, column, &limits, desk.exam()?.store.exam()?.as_of)
        }
        (AnalysisKind::Strata, ColumnType::Int | ColumnType::Num | ColumnType::Duration) => {
            strata(&source, title, column, limits)
        }
        (AnalysisKind::Benford, ColumnType::Int | ColumnType::Num) => benford(&source, title, column),
        (AnalysisKind::Ageing, _) => Err(bad("帳齡須選日期欄位")),
        _ => Err(bad("分層及班佛分析須選數字欄位")),
    }
}

fn bad(what: &str) -> AppError {
    AppError::new("bad_analysis").with("what", what)
}

fn limits(bounds: &[f64]) -> Result<Vec<i64>, AppError> {
    let whole = |n: &f64| n.fract() == 0.0 && n.abs() <= 9e15;
    if bounds.len() >= MOST_BANDS || !bounds.iter().all(whole) || !bounds.is_sorted_by(|a, b| a < b) {
        return Err(bad("級距上限須為由小到大之整數，至多 23 個"));
    }
    // Whole and in range by the check before the cast.
    #[allow(clippy::cast_possible_truncation)]
    Ok(bounds.iter().map(|n| *n as i64).collect())
}

/// The values of a column, as often as they are asked for.
struct Values {
    store: VaultStore,
    sql: String,
    only: Option<HashSet<(String, String, u32)>>,
}

impl Values {
    fn of(desk: &Desk, request: &AnalysisRequest) -> Result<Self, AppError> {
        let open = desk.exam()?;
        let only = match &request.procedure {
            None => None,
            Some(id) => {
                let unknown = || AppError::new("unknown_procedure").with("field", id);
                let procedure = &desk.bundle.procedure(id).ok_or_else(unknown)?.procedure;
                let about =
                    |rule: &str| procedure.rules.iter().any(|r| r.id == rule && r.subject == request.dataset);
                let rows = open.store.exceptions(&of_procedure(id), 0, u64::from(u32::MAX))?;
                let listed = rows.into_iter().filter(|r| about(&r.key.rule)).map(|r| r.key.source);
                Some(listed.map(|RowRef { file_sha256, sheet, row, .. }| (file_sha256, sheet, row)).collect())
            }
        };
        let store = VaultStore(open.store.reader(Watch::alone().question())?);
        let sql = format!(
            "SELECT _id, \"{}\" AS v, _sha256 AS h, _sheet AS s, _row AS n FROM {}",
            request.column, request.dataset
        );
        Ok(Self { store, sql, only })
    }

    fn each(&self, take: &mut dyn FnMut(Option<&str>)) -> Result<(), AppError> {
        let mut each = |_: i64, cells: Vec<(String, Option<String>)>| {
            let mut cells = cells.into_iter().map(|(_, value)| value);
            let mut next = || cells.next().flatten();
            let value = next();
            let wanted = self.only.as_ref().is_none_or(|only| {
                let (file, sheet) = (next().unwrap_or_default(), next().unwrap_or_default());
                let row = next().and_then(|n| n.parse().ok()).unwrap_or_default();
                only.contains(&(file, sheet, row))
            });
            if wanted {
                take(value.as_deref());
            }
        };
        self.store.rows(&self.sql, &[], &mut each).map_err(|e| bad(&e.to_string()))
    }
}

/// Counts for JavaScript.
fn share(rows: u64, of: u64) -> f64 {
    if of == 0 { 0.0 } else { view::number(rows) / view::number(of) }
}

fn ageing(
    values: &Values,
    title: String,
    column: &Column,
    limits: &[i64],
    as_of: Date,
) -> Result<AnalysisView, AppError> {
    let mut bands = Bands::new(if limits.is_empty() { &AGES } else { limits });
    values.each(&mut |value| bands.age(value, as_of))?;
    let label = |bar: &Bar| match (bar.above, bar.up_to) {
        (None, Some(end)) => format!("0–{end} 日"),
        (Some(above), Some(end)) => format!("{}–{end} 日", above + 1),
        (above, None) => format!("超過 {} 日", above.unwrap_or(0)),
    };
    let left_out_why = format!("晚於查核基準日 {as_of}，或不是日期");
    Ok(AnalysisView {
        remarks: vec![format!("自{}起算至查核基準日 {as_of} 之日數。", column.zh)],
        ..of_bands(title, &bands, &label, false, left_out_why)
    })
}

fn strata(
    values: &Values,
    title: String,
    column: &Column,
    limits: Vec<i64>,
) -> Result<AnalysisView, AppError> {
    let limits = if limits.is_empty() {
        let mut reach = Reach::default();
        values.each(&mut |value| reach.see(value))?;
        reach.limits()
    } else {
        limits
    };
    let mut bands = Bands::new(&limits);
    values.each(&mut |value| bands.number(value))?;
    let label = |bar: &Bar| match (bar.above, bar.up_to) {
        (None, None) => "全部".to_owned(),
        (None, Some(end)) => format!("{} 以下", grouped(end)),
        (Some(above), Some(end)) => format!("超過 {} 至 {}", grouped(above), grouped(end)),
        (Some(above), None) => format!("超過 {}", grouped(above)),
    };
    Ok(AnalysisView {
        remarks: vec![format!("依{}之數值分級，數值四捨五入取至小數二位；上限值屬該級。", column.zh)],
        ..of_bands(title, &bands, &label, true, "不是數字".to_owned())
    })
}

fn of_bands(
    title: String,
    bands: &Bands,
    label: &dyn Fn(&Bar) -> String,
    sums: bool,
    left_out_why: String,
) -> AnalysisView {
    let bar = |bar: &Bar| AnalysisBarView {
        label: label(bar),
        rows: view::number(bar.rows),
        share: share(bar.rows, bands.counted),
        expected: None,
        sum: sums.then(|| exact(bar.sum)),
    };
    AnalysisView {
        title,
        bars: bands.bars().iter().map(bar).collect(),
        counted: view::number(bands.counted),
        blank: view::number(bands.blank),
        left_out: view::number(bands.left_out),
        left_out_why: if bands.left_out > 0 { left_out_why } else { String::new() },
        deviation: None,
        remarks: Vec::new(),
    }
}

fn benford(values: &Values, title: String, column: &Column) -> Result<AnalysisView, AppError> {
    let mut digits = Digits::default();
    values.each(&mut |value| digits.see(value))?;
    let bars = digits.bars();
    let bar = |(at, (rows, expected)): (usize, &(u64, f64))| AnalysisBarView {
        label: (at + 1).to_string(),
        rows: view::number(*rows),
        share: share(*rows, digits.counted),
        expected: Some(*expected),
        sum: None,
    };
    let deviation = digits.deviation();
    let mut remarks =
        vec![format!("{}之首位數字與班佛定律之期望比率；只供選取查核重點，偏離本身不是例外。", column.zh)];
    if digits.counted < DIGITS_FROM {
        remarks.push(format!("數值僅 {} 筆，少於 {DIGITS_FROM} 筆，比率不宜解讀。", digits.counted));
    } else if let Some(off) = deviation {
        let word = match off {
            _ if off <= 0.006 => "密切符合",
            _ if off <= 0.012 => "可接受",
            _ if off <= 0.015 => "勉強可接受",
            _ => "不符合",
        };
        remarks.push(format!("平均絕對偏差 {off:.4}：{word}（Nigrini 2012 之界限 0.006、0.012、0.015）。"));
    }
    remarks.push("編號、有上下限或有固定面額之數值本來就不符合班佛定律。".to_owned());
    Ok(AnalysisView {
        title,
        bars: bars.iter().enumerate().map(bar).collect(),
        counted: view::number(digits.counted),
        blank: view::number(digits.blank),
        left_out: view::number(digits.left_out),
        left_out_why: if digits.left_out > 0 { "零，或不是數字".to_owned() } else { String::new() },
        deviation,
        remarks,
    })
}

/// Hundredths as `-1,234.50`, without `.00`.
fn exact(hundredths: i128) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    format!("{sign}{}", Hundredths(hundredths.abs())).trim_end_matches(".00").to_owned()
}

/// `1,234`.
fn grouped(n: i64) -> String {
    exact(i128::from(n) * 100)
}
