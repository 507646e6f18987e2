//! What is measured: our readers, and others'.

use super::{Measured, Outcome};
use calamine::{Reader, Xlsx, open_workbook};
use fieldbook_app::import::{self, SheetOrder};
use fieldbook_app::wire::InspectRequest;
use fieldbook_tests::desk::{import_file, with_exam};
use fieldbook_tests::peak::{peak_mib, peak_of};
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// Reads a sheet into memory, as a program would that goes on with it there; prints how long that took.
const PYTHON: &str = "\
import sys, time, fastexcel
begin = time.perf_counter()
table = fastexcel.read_excel(sys.argv[1]).load_sheet(0)
print(time.perf_counter() - begin, table.height)
";

/// Runs one side in a process of its own; `None` when this machine does not have it.
pub fn in_a_process(side: &str, rows: u32, file: &Path) -> Outcome<Option<Measured>> {
    match side {
        "sqlite" => return sqlite(file),
        "fastexcel" => return fastexcel(rows, file),
        _ => {}
    }
    let mut ours = Command::new(std::env::current_exe()?);
    let done = ours.args(["side", side, &rows.to_string()]).arg(file).output()?;
    if !done.status.success() {
        return Err(format!("{side}: {}", String::from_utf8_lossy(&done.stderr)).into());
    }
    let text = String::from_utf8(done.stdout)?;
    let mut numbers = text.split_whitespace().map(str::parse::<f64>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(seconds)), Some(Ok(peak))) => Ok(Some(Measured { seconds, peak })),
        _ => Err(format!("{side} said: {text}").into()),
    }
}

/// Does one of our sides and says its seconds and its peak.
pub fn tell(side: &str, rows: u32, file: &Path) -> Outcome<ExitCode> {
    let (seconds, seen) = match side {
        "scan" => timed(|| scan(file))?,
        "import" => with_desk(|desk| stored(desk, file))?,
        "ready" => with_desk(|desk| ready(desk, file))?,
        _ => return Err(format!("{side} is no side").into()),
    };
    if seen < u64::from(rows) {
        return Err(format!("only {seen} rows were seen").into());
    }
    writeln!(std::io::stdout(), "{seconds} {}", peak_mib().unwrap_or(f64::NAN))?;
    Ok(ExitCode::SUCCESS)
}

fn timed(work: impl FnOnce() -> Outcome<u64>) -> Outcome<(f64, u64)> {
    let start = Instant::now();
    let seen = work()?;
    Ok((start.elapsed().as_secs_f64(), seen))
}

/// With a new exam of a new vault; making them is not in the time.
fn with_desk(work: impl FnOnce(&mut fieldbook_app::Desk) -> Outcome<u64>) -> Outcome<(f64, u64)> {
    let folder = tempfile::tempdir()?;
    let (mut desk, _) = with_exam(folder.path()).map_err(|e| e.view().message)?;
    timed(|| work(&mut desk))
}

/// Looks at every cell and keeps none.
fn scan(file: &Path) -> Outcome<u64> {
    let mut book: Xlsx<_> = open_workbook(file)?;
    let name = book.sheet_names().first().cloned().unwrap_or_default();
    let mut cells = book.worksheet_cells_reader(&name)?;
    let mut last = 0;
    while let Some(cell) = cells.next_cell()? {
        last = cell.get_position().0;
    }
    Ok(u64::from(last))
}

fn stored(desk: &mut fieldbook_app::Desk, file: &Path) -> Outcome<u64> {
    let done = import_file(desk, file, SheetOrder::default()).map_err(|e| e.view().message)?;
    let mut rows = 0;
    for file in &done.view.files {
        if let Some(error) = &file.error {
            return Err(error.message.clone().into());
        }
        rows += file.sheets.iter().map(|s| s.rows_stored as u64).sum::<u64>();
    }
    Ok(rows)
}

/// The files of a folder, dropped at once, until each has its plan; gives as many rows as the least file must have.
fn ready(desk: &mut fieldbook_app::Desk, folder: &Path) -> Outcome<u64> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        paths.push(entry?.path().to_string_lossy().into_owned());
    }
    paths.sort();
    let request = InspectRequest { paths, encoding: None };
    let seen = import::inspect(desk, &request, &mut |_| {}).map_err(|e| e.view().message)?;
    let ready = seen.iter().filter(|f| f.error.is_none() && f.sheets.iter().any(|s| s.dataset.is_some()));
    if ready.count() < request.paths.len() {
        return Err("a file is not ready".into());
    }
    Ok(u64::MAX)
}

/// Into a new plain database, as anybody would do it at a prompt.
fn sqlite(file: &Path) -> Outcome<Option<Measured>> {
    let folder = tempfile::tempdir()?;
    let mut command = Command::new("sqlite3");
    command.arg(folder.path().join("plain.db")).arg(".mode csv");
    command.arg(format!(".import \"{}\" orders", file.display()));
    watched(command).map(|done| done.map(|(measured, _)| measured))
}

fn fastexcel(rows: u32, file: &Path) -> Outcome<Option<Measured>> {
    let python = std::env::var_os("FIELDBOOK_PYTHON").unwrap_or_else(|| "python3".into());
    let mut command = Command::new(python);
    command.args(["-c", PYTHON]).arg(file);
    let Some((measured, text)) = watched(command)? else { return Ok(None) };
    let mut numbers = text.split_whitespace();
    let seconds = numbers.next().ok_or("python said nothing")?.parse()?;
    let height: u32 = numbers.next().ok_or("python said no height")?.parse()?;
    if height < rows {
        return Err(format!("fastexcel saw only {height} rows").into());
    }
    Ok(Some(Measured { seconds, ..measured }))
}

/// Another program's seconds, peak and words; `None` when it is not there, or python has no such module.
fn watched(mut command: Command) -> Outcome<Option<(Measured, String)>> {
    let start = Instant::now();
    let Ok(mut child) = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn() else {
        return Ok(None);
    };
    let mut peak = f64::NAN;
    while child.try_wait()?.is_none() {
        peak = peak_of(child.id()).map_or(peak, |now| now.max(peak));
        std::thread::sleep(Duration::from_millis(10));
    }
    let seconds = start.elapsed().as_secs_f64();
    let done = child.wait_with_output()?;
    if done.status.success() {
        return Ok(Some((Measured { seconds, peak }, String::from_utf8(done.stdout)?)));
    }
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    if said.contains("ModuleNotFoundError") { Ok(None) } else { Err(said.into()) }
}
