//! Our sides, and what the others are given to write.

use super::{Outcome, cells, sample};
use fieldbook_report::{Fonts, PaperFile, paper_contents, prove_papers, report_pdf, working_papers};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

/// Writes the cells of our paper, and the lines of our table, for the others to write again.
pub fn prepare(folder: &Path, exceptions: u32, rows: u32) -> Outcome<()> {
    let papers = working_papers(&sample::with_exceptions(exceptions))?;
    std::fs::write(folder.join("cells.tsv"), cells::of(&papers)?)?;
    std::fs::write(folder.join("table.typ"), cells::typst(&sample::with_linked_rows(rows)))?;
    Ok(())
}

/// Does one side and says its seconds, its peak and what it made.
pub fn tell(side: &str, rows: u32, folder: &Path) -> Outcome<ExitCode> {
    let (seconds, bytes) = match side {
        "papers" => papers(rows)?,
        "proof" => proof(rows)?,
        "pdf" => pdf(rows, folder)?,
        "whole" => whole()?,
        _ => return Err(format!("{side} is no side").into()),
    };
    writeln!(std::io::stdout(), "{seconds} {} {bytes}", peak().unwrap_or(f64::NAN))?;
    Ok(ExitCode::SUCCESS)
}

fn papers(rows: u32) -> Outcome<(f64, usize)> {
    let dossier = sample::with_exceptions(rows);
    let start = Instant::now();
    let files = working_papers(&dossier)?;
    Ok((start.elapsed().as_secs_f64(), size(&files)))
}

fn proof(rows: u32) -> Outcome<(f64, usize)> {
    let dossier = sample::with_exceptions(rows);
    let files = working_papers(&dossier)?;
    let start = Instant::now();
    prove_papers(&dossier, &files).map_err(|missing| format!("{} things are missing", missing.len()))?;
    Ok((start.elapsed().as_secs_f64(), size(&files)))
}

fn pdf(rows: u32, folder: &Path) -> Outcome<(f64, usize)> {
    let dossier = sample::with_linked_rows(rows);
    let (regular, bold) = fonts()?;
    let start = Instant::now();
    let bytes = report_pdf(&dossier, &Fonts { regular: &regular, bold: &bold, fallback: &[] })?;
    let seconds = start.elapsed().as_secs_f64();
    std::fs::write(folder.join("table.pdf"), &bytes)?;
    Ok((seconds, bytes.len()))
}

/// Papers, the proof of them, the hashes that are signed, and the report.
fn whole() -> Outcome<(f64, usize)> {
    let dossier = sample::whole();
    let (regular, bold) = fonts()?;
    let start = Instant::now();
    let files = working_papers(&dossier)?;
    prove_papers(&dossier, &files).map_err(|missing| format!("{} things are missing", missing.len()))?;
    let contents = paper_contents(&dossier);
    let report = report_pdf(&dossier, &Fonts { regular: &regular, bold: &bold, fallback: &[] })?;
    let seconds = start.elapsed().as_secs_f64();
    if contents.len() != files.len() {
        return Err("a paper without a hash".into());
    }
    Ok((seconds, size(&files) + report.len()))
}

fn size(files: &[PaperFile]) -> usize {
    files.iter().map(|f| f.bytes.len()).sum()
}

fn fonts() -> Outcome<(Vec<u8>, Vec<u8>)> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/node_modules/@expo-google-fonts/noto-sans-tc");
    let font = |name: &str| std::fs::read(folder.join(name)).map_err(|e| format!("{name}: {e}"));
    Ok((font("400Regular/NotoSansTC_400Regular.ttf")?, font("700Bold/NotoSansTC_700Bold.ttf")?))
}

/// Peak resident memory of this process in MiB, where the system tells.
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}
