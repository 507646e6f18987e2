//! `fieldbook sample`.

use crate::args::Sample;
use crate::opened::Machine;
use crate::print::{Done, Failure};
use fieldbook_app::sample;
use fieldbook_app::wire::{
    DrawnSampleView, SampleDrawRequest, SampleEvaluateRequest, SampleSheetRequest, SampleSizeRequest,
};
use serde_json::{Value, json};

/// Runs a call.
pub fn run(machine: Machine, call: &Sample) -> Result<Done, Failure> {
    match call {
        Sample::Draw { exam, dataset, method, size, seed, stratum, amount, rows, reason, purpose } => {
            let mut desk = machine.exam(exam)?;
            let request = SampleDrawRequest {
                dataset: dataset.clone(),
                method: (*method).into(),
                size: *size,
                seed: seed.map(|s| s.to_string()),
                stratum: stratum.clone(),
                amount: amount.clone(),
                chosen: rows.iter().map(|r| r.choice(reason.as_deref().unwrap_or_default())).collect(),
                purpose: purpose.clone().unwrap_or_default(),
            };
            Ok(drawn(&sample::draw(&mut desk, &request)?))
        }
        Sample::List { exam } => {
            let all = sample::samples(&machine.exam(exam)?)?;
            let lines: Vec<String> = all.iter().map(head).collect();
            Ok(Done::new(json!(all.iter().map(sample_json).collect::<Vec<_>>())).lines(lines))
        }
        Sample::Sheet { exam, sample, out } => {
            let request =
                SampleSheetRequest { sample: *sample as f64, path: out.to_string_lossy().into_owned() };
            let done = sample::sheet(&machine.exam(exam)?, &request)?;
            let lines: Vec<String> = done.files.iter().map(|f| f.file.clone()).collect();
            Ok(Done::new(json!(done)).lines(lines))
        }
        Sample::Size { confidence, tolerable, expected, population } => {
            let request = SampleSizeRequest {
                confidence: *confidence,
                tolerable: *tolerable,
                expected: *expected,
                population: population.map(f64::from),
            };
            let found = sample::size(&request)?;
            let line = format!("樣本數 {}，不符 {} 件以內未超過可容忍率。", found.size, found.allowed);
            Ok(Done::new(json!(found)).line(line))
        }
        Sample::Evaluate { method, sampled, deviations, unexamined, population, confidence, tolerable } => {
            let request = SampleEvaluateRequest {
                method: (*method).into(),
                sampled: f64::from(*sampled),
                deviations: f64::from(*deviations),
                unexamined: f64::from(*unexamined),
                population: population.map(f64::from),
                confidence: *confidence,
                tolerable: *tolerable,
            };
            let found = sample::evaluate(&request)?;
            let upper =
                found.upper_rate.map(|r| format!("偏差率上限 {:.2}%。", r * 100.0)).unwrap_or_default();
            let line = format!("{upper}{}", found.words);
            Ok(Done::new(json!(found)).line(line))
        }
    }
}

fn head(s: &DrawnSampleView) -> String {
    format!(
        "{}  {}  {}  母體 {}  樣本 {}  種子 {}",
        s.number,
        s.dataset_zh,
        s.method,
        s.population,
        s.rows.len(),
        s.seed
    )
}

fn drawn(s: &DrawnSampleView) -> Done {
    let rows = s
        .rows
        .iter()
        .map(|r| format!("  {}  {}:{}:{}  {}  {}", r.no, r.file, r.sheet, r.row, r.content, r.why));
    let lines: Vec<String> = std::iter::once(head(s)).chain(rows).collect();
    Done::new(sample_json(s)).lines(lines)
}

fn sample_json(s: &DrawnSampleView) -> Value {
    let rows: Vec<Value> = s
        .rows
        .iter()
        .map(|r| {
            json!({ "no": r.no, "index": r.index as u64, "why": r.why, "content": r.content,
                    "source": { "file": r.file, "sha256": r.sha256, "sheet": r.sheet, "row": r.row } })
        })
        .collect();
    json!({
        "sample": s.id as i64, "number": s.number, "dataset": s.dataset, "method": s.method,
        "algorithm": s.algorithm, "seed": s.seed.parse::<u64>().map_or(json!(s.seed), |n| json!(n)),
        "population": s.population as u64, "population_sha256": s.population_sha256, "rows": rows,
    })
}
