//! `bench-headquarters [EXAMS]`: the figures of many exams of one vault (at most a second), the workbook, the tables for
//! machines. Prints seconds, sizes, and the most memory that the process held.

use fieldbook_app::wire::{
    HeadquartersBookRequest, HeadquartersRequest, HeadquartersTablesRequest, UnlockRequest,
};
use fieldbook_app::{AppError, Desk, headquarters, session};
use fieldbook_tests::desk::{PASSPHRASE, host};
use fieldbook_tests::peak::peak_mib;
use fieldbook_tests::{invented, target};
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::time::Instant;

/// Exams unless another number is asked for.
const EXAMS: usize = 1_000;
/// Firms among them.
const FIRMS: usize = 200;
/// Seconds that the figures may take.
const LIMIT: f64 = 1.0;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<ExitCode> {
    let number = std::env::args().nth(1).map_or(Ok(EXAMS), |n| n.parse())?;
    let folder = tempfile::tempdir_in(target())?;
    let told = |e: AppError| e.view().message;
    let mut desk = Desk::new(host(&folder.path().join("vault"))).map_err(told)?;
    let exams = invented::exams(desk.bundle(), number, FIRMS.min(number));
    let findings: usize = exams.iter().map(|e| e.findings.len()).sum();
    let items: usize = exams.iter().flat_map(|e| e.clauses.values()).map(Vec::len).sum();
    let made = timed(|| Ok(invented::vault(folder.path(), &exams)?))?;
    let dir = folder.path().join("vault").to_string_lossy().into_owned();
    let request = UnlockRequest { dir, passphrase: PASSPHRASE.to_owned() };
    session::vault_unlock(&mut desk, &request).map_err(told)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{number} exams, {findings} findings, {items} items; made in {made:.1} s")?;
    let chosen = HeadquartersRequest::default();
    let mut worst = 0.0_f64;
    let document = HeadquartersRequest { document: "COL".to_owned(), ..chosen.clone() };
    let firm = HeadquartersRequest { firm: "第007".to_owned(), ..chosen.clone() };
    for (name, request) in [("everything", &chosen), ("one document", &document), ("one firm", &firm)] {
        let mut all: Vec<f64> = Vec::new();
        for _ in 0..5 {
            all.push(timed(|| {
                headquarters::headquarters(&desk, request).map_err(told)?;
                Ok(())
            })?);
        }
        all.sort_by(f64::total_cmp);
        let (median, last) =
            (all.get(2).copied().unwrap_or_default(), all.last().copied().unwrap_or_default());
        writeln!(
            out,
            "figures of {name}: median {median:.2} s, slowest of five {last:.2} s (at most {LIMIT:.1})"
        )?;
        worst = worst.max(last);
    }
    let path = folder.path().join("總部.xlsx").to_string_lossy().into_owned();
    let book = HeadquartersBookRequest { chosen: chosen.clone(), path };
    let mut size = 0.0;
    let seconds = timed(|| {
        size = headquarters::book(&desk, &book).map_err(told)?.files.iter().map(|f| f.size).sum();
        Ok(())
    })?;
    writeln!(out, "workbook: {seconds:.2} s, {size} bytes")?;
    let path = folder.path().join("tables").to_string_lossy().into_owned();
    let tables = HeadquartersTablesRequest { chosen, path, pseudonyms: false };
    let seconds = timed(|| {
        size = headquarters::tables(&desk, &tables).map_err(told)?.files.iter().map(|f| f.size).sum();
        Ok(())
    })?;
    writeln!(out, "tables: {seconds:.2} s, {size} bytes")?;
    if let Some(peak) = peak_mib() {
        writeln!(out, "memory: {peak:.0} MiB at most")?;
    }
    Ok(if worst <= LIMIT { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn timed(work: impl FnOnce() -> Outcome<()>) -> Outcome<f64> {
    let begun = Instant::now();
    work()?;
    Ok(begun.elapsed().as_secs_f64())
}
