//! `bench-intake`: how fast received files become rows of an encrypted exam, beside other programs that read them.
//!
//! Everything is measured in one run, each side in a process of its own so that its peak memory is its own, in turns, and
//! judged by ratios: another machine gives other seconds and the same verdict. `--small` does all of it with a hundredth
//! of the rows and judges nothing.

mod chart;
mod files;
mod growth;
mod sides;

use files::Size;
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Measurements of each side that is compared.
const REPETITIONS: usize = 3;

/// One measurement.
#[derive(Debug, Clone, Copy)]
struct Measured {
    seconds: f64,
    /// MiB; not a number where it cannot be told.
    peak: f64,
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
        ["make", kind, rows, path] => {
            files::make(kind, rows.parse()?, Path::new(path)).map(|()| ExitCode::SUCCESS)
        }
        ["side", side, rows, path] => sides::tell(side, rows.parse()?, Path::new(path)),
        [] => compare(Size::Full),
        ["--small"] => compare(Size::Small),
        _ => Err("bench-intake [--small]".into()),
    }
}

fn compare(size: Size) -> Outcome<ExitCode> {
    let mut out = std::io::stdout().lock();
    let mut verdicts = Vec::new();
    let million = size.rows(1_000_000);
    let book = files::kept("orders.xlsx", "orders-xlsx", million)?;
    let text = files::kept("orders.csv", "orders-csv", million)?;
    writeln!(out, "{million} rows × 12 columns: {} MiB xlsx, {} MiB CSV", mib(&book)?, mib(&text)?)?;

    let [scan, import, python] = turns(&mut out, ["scan", "import", "fastexcel"], million, &book)?;
    let (scan, import) = (scan.ok_or("the scan failed")?, import.ok_or("the import failed")?);
    verdicts.push(ratio("xlsx into the exam / bare scan of its cells", import, scan, 1.10));
    match python {
        Some(python) => {
            verdicts.push(ratio("xlsx into the exam / fastexcel into memory", import, python, 0.75))
        }
        None => writeln!(out, "fastexcel: left out, python3 has no such module")?,
    }
    let [ours, sqlite] = turns(&mut out, ["import", "sqlite"], million, &text)?;
    let ours = ours.ok_or("the import failed")?;
    match sqlite {
        Some(sqlite) => verdicts.push(ratio("CSV into the exam / sqlite3 .import", ours, sqlite, 1.0)),
        None => writeln!(out, "sqlite3: left out, there is no such program")?,
    }

    let events = size.rows(2_000_000);
    let log = files::kept("events.csv", "events-csv", events)?;
    if let Some(read) = one(&mut out, "import", events, &log)? {
        verdicts.push(Verdict {
            what: "audit log of 2,000,000 rows, peak",
            is: read.peak,
            most: 250.0,
            unit: "MiB",
        });
    }
    let few = size.rows(5_000);
    let thirty = files::kept("thirty", "thirty", few)?;
    if let Some(read) = one(&mut out, "ready", few, &thirty)? {
        verdicts.push(Verdict {
            what: "30 files of 5,000 rows, dropped to ready",
            is: read.seconds,
            most: 6.0,
            unit: "s",
        });
    }
    verdicts.push(growth::measure(&mut out, size)?);
    judge(&mut out, &verdicts, size)
}

fn mib(file: &Path) -> Outcome<u64> {
    Ok(std::fs::metadata(file)?.len() >> 20)
}

/// Measures the sides in turns; the median of each, `None` for one that is not on this machine.
fn turns<const N: usize>(
    out: &mut impl Write,
    sides: [&str; N],
    rows: u32,
    file: &Path,
) -> Outcome<[Option<Measured>; N]> {
    let mut all: [Vec<Measured>; N] = std::array::from_fn(|_| Vec::new());
    for _ in 0..REPETITIONS {
        for (side, measured) in sides.iter().zip(&mut all) {
            measured.extend(one(out, side, rows, file)?);
        }
    }
    Ok(all.map(|mut measured| {
        measured.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
        measured.get(measured.len() / 2).copied()
    }))
}

fn one(out: &mut impl Write, side: &str, rows: u32, file: &Path) -> Outcome<Option<Measured>> {
    let measured = sides::in_a_process(side, rows, file)?;
    if let Some(Measured { seconds, peak }) = measured {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        writeln!(out, "  {side:<10} {name:<16} {seconds:>8.2} s {peak:>6.0} MiB")?;
    }
    Ok(measured)
}

fn ratio(what: &'static str, ours: Measured, theirs: Measured, most: f64) -> Verdict {
    Verdict { what, is: ours.seconds / theirs.seconds, most, unit: "×" }
}

fn judge(out: &mut impl Write, verdicts: &[Verdict], size: Size) -> Outcome<ExitCode> {
    let mut missed = false;
    writeln!(out)?;
    for Verdict { what, is, most, unit } in verdicts {
        let met = is <= most;
        missed |= !met;
        let word = if met || size == Size::Small { "" } else { "  MISSED" };
        writeln!(out, "{what:<46} {is:>8.2} {unit:<3} at most {most:.2}{word}")?;
    }
    if size == Size::Small {
        writeln!(out, "of a hundredth of the rows; nothing is judged by these figures")?;
        return Ok(ExitCode::SUCCESS);
    }
    Ok(if missed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
