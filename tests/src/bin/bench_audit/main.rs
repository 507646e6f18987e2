//! `bench-audit`: how long all procedures take over a firm's whole data, beside the time that its import took.
//!
//! Import and tests run in processes of their own, so that the peak memory of the tests is theirs. `--small` does all of
//! it with a hundredth of the rows and judges nothing. `fill ORDERS FOLDER` makes a vault and says its exam; `rules EXAM
//! FOLDER ID…` then tells where the time of a procedure goes.

mod files;
mod rules;

use fieldbook_app::import::SheetOrder;
use fieldbook_app::wire::{RunProgressView, RunRequest};
use fieldbook_app::{Desk, audit};
use fieldbook_tests::desk::{PASSPHRASE, host, import_file, with_exam};
use fieldbook_tests::peak::peak_mib;
use files::Rows;
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Files of the sample firm that are tested beside the large ones: the lists that other tests need.
const SAMPLE: [&str; 4] = [
    "firm/05_委外廠商契約清冊.xlsx",
    "firm/06_最高權限帳號使用紀錄.xlsx",
    "firm/11_機房實地盤點表.csv",
    "firm/12_資通系統清冊.xlsx",
];

/// Orders of each step of the growth table.
const STEPS: [u32; 5] = [10_000, 50_000, 250_000, 1_000_000, 5_000_000];

fn main() -> Outcome<ExitCode> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["fill", orders, folder] => fill(Rows::of(orders.parse()?), Path::new(folder)),
        ["test", exam, folder, only @ ..] => test(exam, Path::new(folder), only),
        ["rules", exam, folder, ids @ ..] => rules::tell(exam, Path::new(folder), ids),
        ["cancel", exam, folder] => cancel(exam, Path::new(folder)),
        [] => compare(1, &STEPS),
        ["--small"] => compare(100, &STEPS[..2]),
        ["--once"] => compare(1, &[]),
        _ => Err("bench-audit [--small | --once]".into()),
    }
}

/// A filled vault: where it is, its exam, and the seconds that the orders took.
struct Filled {
    folder: tempfile::TempDir,
    exam: String,
    orders: f64,
}

fn compare(part: u32, steps: &[u32]) -> Outcome<ExitCode> {
    let mut out = std::io::stdout().lock();
    let filled = filled(1_000_000 / part)?;
    let all = told(&filled, &[])?;
    write!(out, "{}", all.text)?;
    let alone = told(&filled, &["T-COL-03"])?;
    let stopped = child(&["cancel", &filled.exam, &place(&filled)])?;
    let stopped: f64 = stopped.trim().parse()?;
    let mut verdicts = vec![
        ("all procedures, seconds", all.seconds, 12.0),
        ("all procedures, peak MiB", all.peak, 400.0),
        ("T-COL-03 / import of the orders", alone.seconds / filled.orders, 0.35),
        ("broken off after, seconds", stopped, 1.0),
    ];
    drop(filled);
    if !steps.is_empty() {
        verdicts.push(("growth with the rows, steepest exponent", growth(&mut out, part, steps)?, 1.15));
    }
    let mut missed = false;
    for (what, is, most) in verdicts {
        missed |= is > most;
        let word = if is <= most || part > 1 { "" } else { "  MISSED" };
        writeln!(out, "{what:<42} {is:>8.2} at most {most:.2}{word}")?;
    }
    if part > 1 {
        writeln!(out, "of a hundredth of the rows; nothing is judged by these figures")?;
        return Ok(ExitCode::SUCCESS);
    }
    Ok(if missed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn growth(out: &mut impl Write, part: u32, steps: &[u32]) -> Outcome<f64> {
    let mut points: Vec<(f64, f64)> = Vec::new();
    writeln!(out, "\n    orders        s   MiB")?;
    for step in steps {
        let filled = filled(step / part)?;
        let done = told(&filled, &[])?;
        writeln!(out, "{:>10} {:>8.2} {:>5.0}", step / part, done.seconds, done.peak)?;
        points.push((f64::from(*step), done.seconds));
    }
    let slope = |pair: &[(f64, f64)]| match pair {
        [(rows, seconds), (more, longer)] => (longer / seconds).ln() / (more / rows).ln(),
        _ => 0.0,
    };
    // The first step is mostly what every run costs, however little it reads.
    Ok(points.windows(2).skip(1).map(slope).fold(0.0, f64::max))
}

fn place(filled: &Filled) -> String {
    filled.folder.path().to_string_lossy().into_owned()
}

fn filled(orders: u32) -> Outcome<Filled> {
    let folder = tempfile::tempdir_in(fieldbook_tests::target())?;
    let said = child(&["fill", &orders.to_string(), &folder.path().to_string_lossy()])?;
    let (exam, seconds) = said.trim().split_once(' ').ok_or("nothing was said of the import")?;
    Ok(Filled { exam: exam.to_owned(), orders: seconds.parse()?, folder })
}

/// What a process that ran procedures said.
struct Told {
    seconds: f64,
    peak: f64,
    text: String,
}

fn told(filled: &Filled, only: &[&str]) -> Outcome<Told> {
    let place = place(filled);
    let words: Vec<&str> = ["test", &filled.exam, &place].into_iter().chain(only.iter().copied()).collect();
    let said = child(&words)?;
    let (text, last) = said.trim_end().rsplit_once('\n').unwrap_or(("", said.trim_end()));
    let (seconds, peak) = last.split_once(' ').ok_or("nothing was said of the tests")?;
    Ok(Told { seconds: seconds.parse()?, peak: peak.parse()?, text: format!("{text}\n") })
}

fn child(words: &[&str]) -> Outcome<String> {
    let done = Command::new(std::env::current_exe()?).args(words).output()?;
    if !done.status.success() {
        return Err(format!("{words:?}: {}", String::from_utf8_lossy(&done.stderr)).into());
    }
    Ok(String::from_utf8(done.stdout)?)
}

fn fill(rows: Rows, folder: &Path) -> Outcome<ExitCode> {
    let files = files::kept(rows)?;
    let (mut desk, exam) = with_exam(folder).map_err(|e| e.view().message)?;
    let mut seconds = f64::NAN;
    for (at, file) in files.iter().enumerate() {
        let start = Instant::now();
        stored(&mut desk, file)?;
        if at == 0 {
            seconds = start.elapsed().as_secs_f64();
        }
    }
    for file in SAMPLE {
        stored(&mut desk, &fieldbook_tests::sample_folder().join(file))?;
    }
    write!(std::io::stdout(), "{} {seconds}", exam.head.id)?;
    Ok(ExitCode::SUCCESS)
}

fn stored(desk: &mut Desk, file: &Path) -> Outcome<()> {
    let done = import_file(desk, file, SheetOrder::default()).map_err(|e| e.view().message)?;
    let taken = done.view.files.iter().flat_map(|f| &f.sheets).any(|s| s.rows_stored > 0.0);
    if taken { Ok(()) } else { Err(format!("nothing of {} was taken", file.display()).into()) }
}

fn opened(exam: &str, folder: &Path) -> Outcome<Desk> {
    let mut desk = Desk::new(host(&folder.join("vault"))).map_err(|e| e.view().message)?;
    let dir = folder.join("vault").to_string_lossy().into_owned();
    let request = fieldbook_app::wire::UnlockRequest { dir, passphrase: PASSPHRASE.to_owned() };
    fieldbook_app::session::vault_unlock(&mut desk, &request).map_err(|e| e.view().message)?;
    let request = fieldbook_app::wire::ExamRequest { exam: exam.to_owned() };
    fieldbook_app::exam::exam_open(&mut desk, &request).map_err(|e| e.view().message)?;
    Ok(desk)
}

fn request(only: &[&str]) -> RunRequest {
    RunRequest { procedures: only.iter().map(|id| (*id).to_owned()).collect(), overrides: Vec::new() }
}

fn test(exam: &str, folder: &Path, only: &[&str]) -> Outcome<ExitCode> {
    let mut desk = opened(exam, folder)?;
    let start = Instant::now();
    let mut marks: Vec<(String, Instant)> = Vec::new();
    let mut each = |at: RunProgressView| marks.push((at.procedure, Instant::now()));
    let done = audit::run(&mut desk, &request(only), &mut each).map_err(|e| e.view().message)?;
    let end = Instant::now();
    let mut out = std::io::stdout().lock();
    let first = marks.first().map_or(end, |(_, at)| *at);
    writeln!(out, "kinds of accounts  {:.2} s", (first - start).as_secs_f64())?;
    let ends = marks.iter().skip(1).map(|(_, at)| *at).chain([end]);
    let mut taken: Vec<(f64, &str)> =
        marks.iter().zip(ends).map(|((id, from), to)| ((to - *from).as_secs_f64(), id.as_str())).collect();
    taken.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (seconds, id) in taken.iter().take(20) {
        let run = done.runs.iter().find(|r| r.procedure == *id);
        let rows = run.map_or(0.0, |r| r.exceptions + r.unknown + r.leads);
        writeln!(out, "{id:<10} {seconds:>7.2} s {rows:>9} rows")?;
    }
    for failed in &done.failed {
        writeln!(out, "{} failed: {}", failed.procedure, failed.error.message)?;
    }
    let ran = done.runs.iter().filter(|r| r.population.is_some()).count();
    writeln!(out, "{ran} of {} procedures ran over data", done.runs.len() + done.failed.len())?;
    let peak = peak_mib().unwrap_or(f64::NAN);
    writeln!(out, "{} {peak}", (end - start).as_secs_f64())?;
    Ok(ExitCode::SUCCESS)
}

/// Breaks the run off after a second; says how long it took to end from then on.
fn cancel(exam: &str, folder: &Path) -> Outcome<ExitCode> {
    let mut desk = opened(exam, folder)?;
    let flag = desk.cancel_flag();
    let stopper = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_secs(1));
        flag.store(true, Ordering::Relaxed);
        Instant::now()
    });
    let done = audit::run(&mut desk, &request(&[]), &mut |_| {}).map_err(|e| e.view().message)?;
    let end = Instant::now();
    let asked = stopper.join().map_err(|_| "the clock stopped")?;
    let late = if done.cancelled { end.duration_since(asked).as_secs_f64() } else { 0.0 };
    write!(std::io::stdout(), "{late}")?;
    Ok(ExitCode::SUCCESS)
}
