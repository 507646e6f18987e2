//! `bench-outputs`: how fast an exam becomes papers and a report, beside other programs that write the same.
//!
//! Everything is measured in one run, each side in a process of its own so that its peak memory is its own, in turns, and
//! judged by ratios: another machine gives other seconds and the same verdict. `--small` does all of it with a hundredth
//! of the rows and judges nothing.

// A measurement looks at the clock and talks to the person who called it.
#![allow(clippy::disallowed_methods, clippy::expect_used)]

mod cells;
mod ours;
mod sample;
mod theirs;

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Measurements of each side that is compared.
const REPETITIONS: usize = 3;
const MIB: f64 = 1024.0 * 1024.0;

/// One measurement.
#[derive(Debug, Clone, Copy)]
struct Measured {
    seconds: f64,
    /// MiB; not a number where it cannot be told.
    peak: f64,
    /// Bytes that were made.
    bytes: f64,
}

/// A figure, and what it may be at most.
struct Verdict {
    what: &'static str,
    is: f64,
    most: f64,
    unit: &'static str,
}

fn main() -> Outcome<ExitCode> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["side", side, rows, folder] => ours::tell(side, rows.parse()?, Path::new(folder)),
        [] => compare(1),
        ["--small"] => compare(100),
        _ => Err("bench-outputs [--small]".into()),
    }
}

fn compare(part: u32) -> Outcome<ExitCode> {
    let folder = folder()?;
    let mut out = std::io::stdout().lock();
    let (exceptions, rows) = (50_000 / part, 3_000 / part);
    ours::prepare(&folder, exceptions, rows)?;
    writeln!(out, "{:<34} {:>8} {:>10} {:>10}", "", "seconds", "peak MiB", "MiB")?;

    let [papers, proof, python] = turns(
        &mut out,
        &folder,
        [("papers", exceptions), ("proof", exceptions), ("xlsxwriter", exceptions)],
    )?;
    let [pdf, typst] = turns(&mut out, &folder, [("pdf", rows), ("typst", rows)])?;
    let [whole] = turns(&mut out, &folder, [("whole", 1)])?;
    let verdicts = [
        Verdict { what: "papers / xlsxwriter", is: papers.seconds / python.seconds, most: 0.15, unit: "×" },
        Verdict { what: "table as PDF / typst", is: pdf.seconds / typst.seconds, most: 1.0, unit: "×" },
        Verdict { what: "table as PDF, size", is: pdf.bytes / MIB, most: 1.5, unit: "MiB" },
        Verdict { what: "table as PDF, peak memory", is: pdf.peak, most: 200.0, unit: "MiB" },
        Verdict { what: "whole output set", is: whole.seconds, most: 3.0, unit: "s" },
    ];
    writeln!(out, "\nreading the papers back takes {:.2} s more", proof.seconds)?;
    judge(&mut out, &verdicts, part)
}

/// Where files lie while it runs.
fn folder() -> Outcome<PathBuf> {
    let program = std::env::current_exe()?;
    let target = program.ancestors().nth(3).ok_or("no target folder")?;
    let folder = target.join("bench-outputs");
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Measures the sides in turns; the median of each.
fn turns<const N: usize>(
    out: &mut impl Write,
    folder: &Path,
    sides: [(&str, u32); N],
) -> Outcome<[Measured; N]> {
    let mut all: [Vec<Measured>; N] = std::array::from_fn(|_| Vec::new());
    for _ in 0..REPETITIONS {
        for ((side, rows), measured) in sides.iter().zip(&mut all) {
            let one = match *side {
                "xlsxwriter" => theirs::xlsxwriter(folder)?,
                "typst" => theirs::typst(folder)?,
                side => in_a_process(side, *rows, folder)?,
            };
            let Measured { seconds, peak, bytes } = one;
            writeln!(out, "  {side:<32} {seconds:>8.2} {peak:>10.0} {:>10.2}", bytes / MIB)?;
            measured.push(one);
        }
    }
    Ok(all.map(|mut measured| {
        measured.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
        measured[measured.len() / 2]
    }))
}

fn in_a_process(side: &str, rows: u32, folder: &Path) -> Outcome<Measured> {
    let mut ours = Command::new(std::env::current_exe()?);
    theirs::told(ours.args(["side", side, &rows.to_string()]).arg(folder), side)
}

fn judge(out: &mut impl Write, verdicts: &[Verdict], part: u32) -> Outcome<ExitCode> {
    let mut missed = false;
    writeln!(out)?;
    for Verdict { what, is, most, unit } in verdicts {
        let met = is <= most;
        missed |= !met;
        let word = if met || part > 1 { "" } else { "  MISSED" };
        writeln!(out, "{what:<32} {is:>8.3} {unit:<4} at most {most:.2}{word}")?;
    }
    if part > 1 {
        writeln!(out, "of a hundredth of the rows; nothing is judged by these figures")?;
        return Ok(ExitCode::SUCCESS);
    }
    Ok(if missed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
