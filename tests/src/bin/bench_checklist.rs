//! `bench-checklist`: opening an exam that all five documents bind, and answering its items, on a real disk.
//!
//! Beside the answers, in turns, a bare 4 KiB write that is synced stands for what the disk itself takes.

use fieldbook_app::wire::{AnswerRequest, BulkRequest, ClauseRequest, ExamRequest, MethodWord, ResultWord};
use fieldbook_app::{AppError, Desk, checklist, exam};
use fieldbook_tests::desk::with_every_document;
use fieldbook_tests::target;
use std::error::Error;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

const OPENINGS: usize = 25;
const ANSWERS: usize = 300;
const OPEN_LIMIT_MS: f64 = 150.0;
const ANSWER_LIMIT_MS: f64 = 20.0;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<ExitCode> {
    let folder = tempfile::tempdir_in(target())?;
    let fail = |e: AppError| e.view().message;
    let (mut desk, exam) = with_every_document(folder.path()).map_err(fail)?;
    let opening = opening(&mut desk, &exam).map_err(fail)?;
    let (answering, syncing) = answering(&mut desk, folder.path())?;
    let bulk = bulk(&mut desk).map_err(fail)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "open an exam, list its items, show one: {}", told(&opening))?;
    writeln!(out, "answer one item, durably:               {}", told(&answering))?;
    writeln!(out, "write and sync 4 KiB, nothing else:     {}", told(&syncing))?;
    writeln!(out, "answer all open items in one step: {bulk:.0} ms")?;
    let (open, answer) = (median(&opening), median(&answering));
    writeln!(
        out,
        "medians: open {open:.1} ms (at most {OPEN_LIMIT_MS}), answer {answer:.1} ms (at most {ANSWER_LIMIT_MS}), \
         {:.1} × the bare write",
        answer / median(&syncing)
    )?;
    Ok(if open <= OPEN_LIMIT_MS && answer <= ANSWER_LIMIT_MS { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn ms(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1_000.0
}

/// Everything that the window asks before it can show the checklist.
fn opening(desk: &mut Desk, id: &str) -> Result<Vec<f64>, AppError> {
    let mut times = Vec::new();
    for _ in 0..OPENINGS {
        exam::exam_close(desk);
        let begun = Instant::now();
        exam::exam_open(desk, &ExamRequest { exam: id.to_owned() })?;
        exam::status(desk)?;
        let list = checklist::checklist(desk)?;
        let first = list.documents.first().and_then(|d| d.chapters.first()).and_then(|c| c.items.first());
        let clause = first.map(|i| i.clause.clone()).unwrap_or_default();
        let item = checklist::item(desk, &ClauseRequest { clause })?;
        // What crosses to the window has to be written out too.
        let bytes = serde_json::to_vec(&(list, item)).map_or(0, |b| b.len());
        times.push(ms(begun));
        assert!(bytes > 100_000, "the whole checklist crosses");
    }
    Ok(times)
}

fn answering(desk: &mut Desk, folder: &Path) -> Outcome<(Vec<f64>, Vec<f64>)> {
    let fail = |e: AppError| e.view().message;
    let list = checklist::checklist(desk).map_err(fail)?;
    let lines = list.documents.into_iter().flat_map(|d| d.chapters).flat_map(|c| c.items);
    let clauses: Vec<String> = lines.filter(|l| l.due > 0).map(|l| l.clause).collect();
    let (mut answers, mut writes) = (Vec::new(), Vec::new());
    let mut file = File::create(folder.join("reference"))?;
    for n in 0..ANSWERS {
        let request = AnswerRequest {
            clause: clauses[n % clauses.len()].clone(),
            unit: String::new(),
            system: String::new(),
            result: ResultWord::Compliant,
            method: Some(MethodWord::Interview),
            mode: None,
            note: format!("訪談資訊單位主管，第{n}次"),
            paper_ref: String::new(),
            awaited: None,
        };
        let begun = Instant::now();
        checklist::answer(desk, &request).map_err(fail)?;
        answers.push(ms(begun));
        let begun = Instant::now();
        file.write_all(&[0x5a; 4096])?;
        file.sync_data()?;
        writes.push(ms(begun));
    }
    Ok((answers, writes))
}

fn bulk(desk: &mut Desk) -> Result<f64, AppError> {
    let list = checklist::checklist(desk)?;
    let lines = list.documents.into_iter().flat_map(|d| d.chapters).flat_map(|c| c.items);
    let key =
        |clause| fieldbook_app::wire::AnswerKeyView { clause, unit: String::new(), system: String::new() };
    let request = BulkRequest {
        keys: lines.map(|l| key(l.clause)).collect(),
        result: ResultWord::Compliant,
        method: Some(MethodWord::Inspection),
        note: String::new(),
        only_open: false,
    };
    let begun = Instant::now();
    let done = checklist::answers_bulk(desk, &request)?;
    assert!(done.changed > 300, "{} answers", done.changed);
    Ok(ms(begun))
}

fn sorted(times: &[f64]) -> Vec<f64> {
    let mut out = times.to_vec();
    out.sort_by(f64::total_cmp);
    out
}

fn median(times: &[f64]) -> f64 {
    sorted(times)[times.len() / 2]
}

fn told(times: &[f64]) -> String {
    let all = sorted(times);
    let (least, most) = (all[0], all[all.len() - 1]);
    let most_of_all = all[all.len() * 95 / 100];
    format!("min {least:.1}, median {:.1}, 95 % {most_of_all:.1}, max {most:.1} ms", median(times))
}
