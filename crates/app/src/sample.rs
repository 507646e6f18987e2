//! Sampling: rows drawn from a dataset, kept with all that it takes to draw them again, a sheet to work on, and what the
//! results say.

use crate::audit::Watch;
use crate::dates;
use crate::desk::Desk;
use crate::error::AppError;
use crate::export::write_beside;
use crate::store::VaultStore;
use crate::view;
use crate::wire::{
    DrawnSampleView, ExportView, SampleDrawRequest, SampleEvaluateRequest, SampleEvaluationView,
    SampleMethodWord, SampleRowView, SampleSheetRequest, SampleSizeRequest, SampleSizeView,
};
use fieldbook_audit::DatasetStore;
use fieldbook_audit::sampling::{
    self, ALGORITHM, Amount, Chosen, Evaluation, Method, Outcome, Plan, Rate, SamplingError, Unit,
};
use fieldbook_model::{ColumnType, DatasetDef, DrawnSample, RowRef, SampledRow, Tri};
use fieldbook_report::SamplePaper;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

/// Columns that tell a row from others, when the dataset names none.
const TOLD: usize = 4;

fn bad(what: impl std::fmt::Display) -> AppError {
    AppError::new("bad_sample").with("what", what)
}

/// A population in its fixed order, with what a draw needs to know of each row.
struct Listed {
    rows: Vec<(RowRef, i64)>,
    units: Vec<Unit>,
    sha256: String,
}

/// The dataset's rows by file hash, sheet and row.
fn listed(
    store: &VaultStore,
    def: &DatasetDef,
    stratum: Option<&str>,
    amount: Option<&str>,
) -> Result<Listed, AppError> {
    let column = |key: Option<&str>| key.map_or_else(|| "NULL".to_owned(), |key| format!("\"{key}\""));
    let sql = format!(
        "SELECT _id, _sha256 AS h, _file AS f, _sheet AS s, _row AS n, {} AS stratum, {} AS amount FROM {}",
        column(stratum),
        column(amount),
        def.key
    );
    let mut found: Vec<(RowRef, i64, Unit)> = Vec::new();
    let mut each = |id: i64, cells: Vec<(String, Option<String>)>| {
        let mut cells = cells.into_iter().map(|(_, v)| v);
        let mut next = || cells.next().flatten();
        let (file_sha256, file, sheet) =
            (next().unwrap_or_default(), next().unwrap_or_default(), next().unwrap_or_default());
        let row = next().and_then(|n| n.parse().ok()).unwrap_or_default();
        let stratum = next();
        let amount = next().as_deref().and_then(Amount::parse);
        found.push((RowRef { file_sha256, file, sheet, row }, id, Unit { stratum, amount }));
    };
    store.rows(&sql, &[], &mut each).map_err(bad)?;
    let place = |r: &RowRef| (r.file_sha256.clone(), r.sheet.clone(), r.row);
    found.sort_by_cached_key(|(r, _, _)| place(r));
    let mut hash = Sha256::new();
    for (r, _, unit) in &found {
        let (stratum, amount) = (unit.stratum.as_deref().unwrap_or_default(), unit.amount);
        let amount = amount.map(|a| a.to_string()).unwrap_or_default();
        hash.update(format!("{}\t{}\t{}\t{stratum}\t{amount}\n", r.file_sha256, r.sheet, r.row));
    }
    let sha256 = hex::encode(hash.finalize());
    let (mut rows, mut units) = (Vec::with_capacity(found.len()), Vec::with_capacity(found.len()));
    for (r, id, unit) in found {
        rows.push((r, id));
        units.push(unit);
    }
    Ok(Listed { rows, units, sha256 })
}

fn method(word: SampleMethodWord) -> Method {
    match word {
        SampleMethodWord::Random => Method::Random,
        SampleMethodWord::Interval => Method::Interval,
        SampleMethodWord::Stratified => Method::Stratified,
        SampleMethodWord::Judgemental => Method::Judgemental,
        SampleMethodWord::Monetary => Method::MonetaryUnit,
    }
}

fn key(m: Method) -> &'static str {
    match m {
        Method::Random => "random",
        Method::Interval => "interval",
        Method::Stratified => "stratified",
        Method::Judgemental => "judgemental",
        Method::MonetaryUnit => "monetary",
    }
}

fn of_key(key: &str) -> Method {
    match key {
        "interval" => Method::Interval,
        "stratified" => Method::Stratified,
        "judgemental" => Method::Judgemental,
        "monetary" => Method::MonetaryUnit,
        _ => Method::Random,
    }
}

fn word(m: Method) -> &'static str {
    match m {
        Method::Random => "亂數",
        Method::Interval => "間隔",
        Method::Stratified => "分層",
        Method::Judgemental => "判斷",
        Method::MonetaryUnit => "金額單位",
    }
}

fn refused(e: &SamplingError) -> AppError {
    bad(match e {
        SamplingError::EmptyPopulation => "這個資料集沒有任何一列".to_owned(),
        SamplingError::SizeZero => "樣本數不得為 0".to_owned(),
        SamplingError::SizeTooLarge { size, available } => format!("樣本數 {size} 大於可抽之 {available} 列"),
        SamplingError::NoAmounts => "金額欄位沒有任何非零金額".to_owned(),
        SamplingError::BadIndex(_) => "所指定之列不在母體內".to_owned(),
        SamplingError::ChosenTwice(_) => "同一列指定兩次".to_owned(),
        SamplingError::NoReason(_) => "判斷抽樣須逐列敘明理由".to_owned(),
        SamplingError::ChosenCount { .. } => "指定之列數與樣本數不同，或抽樣方法不是判斷".to_owned(),
        SamplingError::BadRate(_) => {
            "信心水準須介於 50% 與 99.99%，可容忍率及預期率須小於 100% 且預期小於可容忍".to_owned()
        }
        SamplingError::TooClose => "預期率與可容忍率過於接近，所需樣本過大".to_owned(),
        SamplingError::BadCounts => "不符與無法查核之件數合計大於樣本數，或樣本數大於母體".to_owned(),
    })
}

/// Draws a sample and keeps it.
///
/// # Errors
/// `unknown_dataset`, `bad_sample`, or the store's.
pub fn draw(desk: &mut Desk, request: &SampleDrawRequest) -> Result<DrawnSampleView, AppError> {
    let bundle = std::sync::Arc::clone(&desk.bundle);
    let unknown = || AppError::new("unknown_dataset").with("field", &request.dataset);
    let def = bundle.dataset(&request.dataset).ok_or_else(unknown)?;
    for key in [&request.stratum, &request.amount].into_iter().flatten() {
        if def.column(key).is_none() {
            return Err(AppError::new("unknown_column").with("column", key));
        }
    }
    let m = method(request.method);
    match m {
        Method::Stratified if request.stratum.is_none() => return Err(bad("分層抽樣須指定分層欄位")),
        Method::MonetaryUnit if request.amount.is_none() => return Err(bad("金額單位抽樣須指定金額欄位")),
        _ => {}
    }
    let is_number =
        |key: &String| def.column(key).is_some_and(|c| matches!(c.ty, ColumnType::Int | ColumnType::Num));
    if request.amount.as_ref().is_some_and(|key| !is_number(key)) {
        return Err(bad("金額欄位不是數字欄位"));
    }
    let seed = match &request.seed {
        Some(text) => text.trim().parse().map_err(|_| bad("種子須為 0 至 18446744073709551615 之整數"))?,
        None => {
            let mut random = [0_u8; 8];
            (desk.host.entropy)(&mut random);
            u64::from_be_bytes(random)
        }
    };
    let open = desk.exam()?;
    let store = VaultStore(open.store.reader(Watch::alone().question())?);
    let population = listed(&store, def, request.stratum.as_deref(), request.amount.as_deref())?;
    let chosen = chosen(request, &population)?;
    let size = if m == Method::Judgemental { view::small(chosen.len() as u64) } else { request.size };
    let plan = Plan { method: m, size, seed };
    let drawn = sampling::draw(&plan, &population.units, &chosen).map_err(|e| refused(&e))?;
    let rows = (1..).zip(&drawn.drawn).filter_map(|(no, d)| {
        let (source, _) = population.rows.get(d.index)?;
        Some(SampledRow { no, index: d.index as u64, source: source.clone(), why: d.why.to_string() })
    });
    let mut sample = DrawnSample {
        id: 0,
        dataset: def.key.clone(),
        method: key(m).to_owned(),
        algorithm: ALGORITHM.to_owned(),
        seed,
        stratum: request.stratum.clone(),
        amount: request.amount.clone(),
        population: population.rows.len() as u64,
        population_sha256: population.sha256,
        purpose: request.purpose.trim().to_owned(),
        rows: rows.collect(),
        by: open.examiner.clone(),
        at: desk.host.now(),
    };
    sample.id = desk.exam_mut()?.store.save_sample(&sample)?;
    desk.saved();
    shown(desk, &sample)
}

/// The rows that the examiner named, by their places.
fn chosen(request: &SampleDrawRequest, population: &Listed) -> Result<Vec<Chosen>, AppError> {
    if request.chosen.is_empty() {
        return Ok(Vec::new());
    }
    let at: BTreeMap<(&str, &str, u32), usize> = population
        .rows
        .iter()
        .enumerate()
        .map(|(index, (r, _))| ((r.file.as_str(), r.sheet.as_str(), r.row), index))
        .collect();
    let one = |c: &crate::wire::SampleChoice| {
        let index = at.get(&(c.file.as_str(), c.sheet.as_str(), c.row)).copied();
        let index = index.ok_or_else(|| bad("所指定之列不在母體內"))?;
        Ok(Chosen { index, reason: c.reason.trim().to_owned() })
    };
    request.chosen.iter().map(one).collect()
}

/// The samples drawn, the latest first.
///
/// # Errors
/// `no_exam`, or the store's.
pub fn samples(desk: &Desk) -> Result<Vec<DrawnSampleView>, AppError> {
    let mut all = desk.exam()?.store.samples()?;
    all.reverse();
    all.iter().map(|sample| shown(desk, sample)).collect()
}

fn shown(desk: &Desk, sample: &DrawnSample) -> Result<DrawnSampleView, AppError> {
    let contents = contents(desk, sample)?;
    let def = desk.bundle.dataset(&sample.dataset);
    Ok(DrawnSampleView {
        id: view::id_number(sample.id),
        number: format!("S-{:03}", sample.id),
        dataset: sample.dataset.clone(),
        dataset_zh: def.map_or_else(|| sample.dataset.clone(), |d| d.zh.clone()),
        method: word(of_key(&sample.method)).to_owned(),
        recipe: of_key(&sample.method).recipe().to_owned(),
        algorithm: sample.algorithm.clone(),
        seed: sample.seed.to_string(),
        stratum: sample.stratum.clone(),
        amount: sample.amount.clone(),
        population: sample.population as f64,
        population_sha256: sample.population_sha256.clone(),
        purpose: sample.purpose.clone(),
        by: sample.by.clone(),
        at: dates::moment(sample.at),
        rows: sample
            .rows
            .iter()
            .zip(contents)
            .map(|(row, content)| SampleRowView {
                no: row.no,
                index: row.index as f64,
                file: row.source.file.clone(),
                sha256: row.source.file_sha256.clone(),
                sheet: row.source.sheet.clone(),
                row: row.source.row,
                content,
                why: row.why.clone(),
            })
            .collect(),
    })
}

/// What tells each row of a sample from others, in words; a row that is no longer there says so.
fn contents(desk: &Desk, sample: &DrawnSample) -> Result<Vec<String>, AppError> {
    let open = desk.exam()?;
    let Some(def) = desk.bundle.dataset(&sample.dataset) else {
        return Ok(vec![String::new(); sample.rows.len()]);
    };
    let keys: Vec<&String> = match def.row_key.is_empty() {
        false => def.row_key.iter().collect(),
        true => def.columns.iter().map(|c| &c.key).take(TOLD).collect(),
    };
    let text = |row: &SampledRow| match open.store.source_row(&sample.dataset, &row.source) {
        Err(_) => "（資料已取消匯入）".to_owned(),
        Ok(found) => {
            let part = |key: &&String| {
                let (_, cell) = found.cells.iter().find(|(k, _)| k == *key)?;
                let column = def.column(key)?;
                let text = fieldbook_model::dataset::shown(Some(column), cell.text.as_deref()?);
                Some(format!("{}：{text}", column.zh))
            };
            keys.iter().filter_map(part).collect::<Vec<_>>().join("；")
        }
    };
    Ok(sample.rows.iter().map(text).collect())
}

/// Writes the sampling sheet of a sample.
///
/// # Errors
/// `unknown_sample`, `render_failed`, `export_failed`, or the store's.
pub fn sheet(desk: &Desk, request: &SampleSheetRequest) -> Result<ExportView, AppError> {
    let open = desk.exam()?;
    let wanted = view::id(request.sample);
    let sample = open.store.samples()?.into_iter().find(|s| s.id == wanted);
    let sample = sample.ok_or_else(|| AppError::new("unknown_sample"))?;
    let file =
        fieldbook_report::sampling_sheet(&paper(desk, sample)?).map_err(|e| crate::output::render(&e))?;
    let path = Path::new(request.path.trim());
    crate::export::make_parent(path)?;
    Ok(ExportView { files: vec![write_beside(path, &file.bytes)?] })
}

/// The sampling sheet of a sample, as it is printed.
///
/// # Errors
/// The store's.
pub(crate) fn paper(desk: &Desk, sample: DrawnSample) -> Result<SamplePaper, AppError> {
    let def = desk.bundle.dataset(&sample.dataset);
    let column = |key: &Option<String>| {
        let key = key.as_ref()?;
        Some(def.and_then(|d| d.column(key)).map_or_else(|| key.clone(), |c| c.zh.clone()))
    };
    Ok(SamplePaper {
        head: crate::request::head(desk, &desk.exam()?.store.exam()?)?,
        dataset: def.map_or_else(|| sample.dataset.clone(), |d| d.zh.clone()),
        method: word(of_key(&sample.method)).to_owned(),
        recipe: of_key(&sample.method).recipe().to_owned(),
        stratum: column(&sample.stratum),
        amount: column(&sample.amount),
        contents: contents(desk, &sample)?,
        printed_at: desk.host.now(),
        sample,
    })
}

fn rate(percent: f64) -> Option<Rate> {
    let points = (percent * 100.0).round();
    // In range by the check before the cast.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (0.0..=10_000.0).contains(&points).then(|| Rate::from_basis_points(points as u16)).flatten()
}

fn rates<const N: usize>(percents: [f64; N]) -> Result<[Rate; N], AppError> {
    let read: Option<Vec<Rate>> = percents.into_iter().map(rate).collect();
    let read = read.and_then(|list| <[Rate; N]>::try_from(list).ok());
    read.ok_or_else(|| refused(&SamplingError::BadRate("rate")))
}

fn whole(n: f64) -> Option<u64> {
    let fits = n.is_finite() && n >= 0.0 && n.fract() == 0.0 && n <= 9e15;
    // Whole and in range by the check before the cast.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fits.then_some(n as u64)
}

/// How many rows to take, by confidence, tolerable and expected rate; and ASM-3.2's numbers for so many devices.
///
/// # Errors
/// `bad_sample`.
pub fn size(request: &SampleSizeRequest) -> Result<SampleSizeView, AppError> {
    let [confidence, tolerable, expected] = rates([request.confidence, request.tolerable, request.expected])?;
    let population = match request.population {
        None => None,
        Some(n) => Some(whole(n).ok_or_else(|| bad("母體數須為整數"))?),
    };
    let found =
        sampling::attribute_size(confidence, tolerable, expected, population).map_err(|e| refused(&e))?;
    let devices = sampling::asm_3_2(population.unwrap_or_default());
    Ok(SampleSizeView {
        size: found.size as f64,
        allowed: found.allowed as f64,
        asm_required: population.map(|_| devices.required as f64),
        asm_strict: population.map(|_| devices.strict as f64),
    })
}

/// What the results of a sample say about its population.
///
/// # Errors
/// `bad_sample`.
pub fn evaluate(request: &SampleEvaluateRequest) -> Result<SampleEvaluationView, AppError> {
    let [confidence, tolerable] = rates([request.confidence, request.tolerable])?;
    let count = |n: f64| whole(n).ok_or_else(|| refused(&SamplingError::BadCounts));
    let outcome = Outcome {
        method: method(request.method),
        sampled: count(request.sampled)?,
        deviations: count(request.deviations)?,
        unexamined: count(request.unexamined)?,
        population: request.population.map(count).transpose()?,
    };
    let found = sampling::evaluate(&outcome, confidence, tolerable).map_err(|e| refused(&e))?;
    Ok(match found {
        Evaluation::NotExtrapolated => SampleEvaluationView {
            extrapolated: false,
            rate: None,
            upper_rate: None,
            upper_count: None,
            exceeds: None,
            words: "這種抽樣之結果不推論至母體，只就所查各筆作結論。".to_owned(),
        },
        Evaluation::Estimate(e) => {
            let words = match e.exceeds {
                Tri::Yes => "偏差率上限高於可容忍率：不能據以認定母體符合。",
                Tri::No => "偏差率上限未高於可容忍率。",
                Tri::Unknown => "取決於無法查核之各筆：視為不符時上限高於可容忍率，尚不能下結論。",
            };
            SampleEvaluationView {
                extrapolated: true,
                rate: Some(e.rate),
                upper_rate: Some(e.upper_rate),
                upper_count: e.upper_count.map(|n| n as f64),
                exceeds: match e.exceeds {
                    Tri::Yes => Some(true),
                    Tri::No => Some(false),
                    Tri::Unknown => None,
                },
                words: words.to_owned(),
            }
        }
    })
}
