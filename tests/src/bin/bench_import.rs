//! `bench-import`: a workbook of 1,000,000 × 12 orders into an encrypted exam, beside a bare scan of its cells.
//!
//! Both are measured in the same run, each in a process of its own so that its peak memory is its own, in turns.

use calamine::{Reader, Xlsx, open_workbook};
use fieldbook_app::import::SheetOrder;
use fieldbook_tests::desk::{import_file, with_exam};
use fieldbook_tests::peak::peak_mib;
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use rust_xlsxwriter::Workbook;
use std::error::Error;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

const ROWS: u32 = 1_000_000;
const REPETITIONS: usize = 3;
const RATIO_LIMIT: f64 = 1.5;
const PEAK_LIMIT_MIB: f64 = 300.0;
const HEADER: [&str; 12] = [
    "交易日期",
    "分公司",
    "櫃號",
    "委託書編號",
    "客戶帳號",
    "接收客戶委託時間",
    "送交易所時間",
    "委託來源",
    "證券代號",
    "買賣別",
    "數量",
    "價格",
];

type Outcome<T> = Result<T, Box<dyn Error>>;

/// One measurement: seconds and MiB.
#[derive(Clone, Copy)]
struct Measured {
    seconds: f64,
    peak: f64,
}

fn main() -> Outcome<ExitCode> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", file] => make(Path::new(file)).map(|()| ExitCode::SUCCESS),
        ["scan", file] => tell(|| scan(Path::new(file))),
        ["import", file] => tell(|| import(Path::new(file))),
        _ => compare(),
    }
}

fn compare() -> Outcome<ExitCode> {
    let file = generated()?;
    let mut out = std::io::stdout().lock();
    let size = std::fs::metadata(&file)?.len() as f64 / 1_048_576.0;
    writeln!(out, "{ROWS} rows × {} columns, {size:.0} MiB", HEADER.len())?;
    let (mut scans, mut imports) = (Vec::new(), Vec::new());
    for turn in 1..=REPETITIONS {
        scans.push(in_a_process("scan", &file)?);
        imports.push(in_a_process("import", &file)?);
        let (s, i) = (scans[turn - 1], imports[turn - 1]);
        writeln!(
            out,
            "{turn}: scan {:.2} s {:.0} MiB, import {:.2} s {:.0} MiB",
            s.seconds, s.peak, i.seconds, i.peak
        )?;
    }
    let (scan, import) = (median(&scans), median(&imports));
    let ratio = import / scan;
    let peak = imports.iter().map(|m| m.peak).fold(0.0, f64::max);
    writeln!(out, "scan   min {:.2} s, median {scan:.2} s", least(&scans))?;
    writeln!(out, "import min {:.2} s, median {import:.2} s", least(&imports))?;
    writeln!(
        out,
        "ratio of medians {ratio:.2} (at most {RATIO_LIMIT}), peak {peak:.0} MiB (at most {PEAK_LIMIT_MIB})"
    )?;
    Ok(if ratio <= RATIO_LIMIT && peak <= PEAK_LIMIT_MIB { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn least(all: &[Measured]) -> f64 {
    all.iter().map(|m| m.seconds).fold(f64::INFINITY, f64::min)
}

fn median(all: &[Measured]) -> f64 {
    let mut seconds: Vec<f64> = all.iter().map(|m| m.seconds).collect();
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}

/// Runs one side in a process of its own.
fn in_a_process(side: &str, file: &Path) -> Outcome<Measured> {
    let done = Command::new(std::env::current_exe()?).arg(side).arg(file).output()?;
    if !done.status.success() {
        return Err(format!("{side}: {}", String::from_utf8_lossy(&done.stderr)).into());
    }
    let text = String::from_utf8(done.stdout)?;
    let mut numbers = text.split_whitespace().map(str::parse::<f64>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(seconds)), Some(Ok(peak))) => Ok(Measured { seconds, peak }),
        _ => Err(format!("{side} said: {text}").into()),
    }
}

/// Times a side and says its seconds and peak.
fn tell(side: impl FnOnce() -> Outcome<u64>) -> Outcome<ExitCode> {
    let start = Instant::now();
    let rows = side()?;
    let seconds = start.elapsed().as_secs_f64();
    if rows < u64::from(ROWS) {
        return Err(format!("only {rows} rows were seen").into());
    }
    writeln!(std::io::stdout(), "{seconds} {}", peak_mib().unwrap_or(f64::NAN))?;
    Ok(ExitCode::SUCCESS)
}

/// Looks at every cell and keeps none.
fn scan(file: &Path) -> Outcome<u64> {
    let mut book: Xlsx<_> = open_workbook(file)?;
    let name = book.sheet_names().first().cloned().unwrap_or_default();
    let mut cells = book.worksheet_cells_reader(&name)?;
    let (mut seen, mut last) = (0_u64, 0);
    while let Some(cell) = cells.next_cell()? {
        last = cell.get_position().0;
        seen += 1;
    }
    if seen < u64::from(ROWS) * HEADER.len() as u64 {
        Err("cells are missing".into())
    } else {
        Ok(u64::from(last))
    }
}

/// The real import into a new exam of a new vault; making the vault is in the time too.
fn import(file: &Path) -> Outcome<u64> {
    let folder = tempfile::tempdir()?;
    let fail = |e: fieldbook_app::AppError| e.view().message;
    let (mut desk, _) = with_exam(folder.path()).map_err(fail)?;
    let done = import_file(&mut desk, file, SheetOrder::default()).map_err(fail)?;
    match &done.view.file.error {
        Some(error) => Err(error.message.clone().into()),
        None => Ok(done.view.file.sheets.iter().map(|s| s.rows_stored as u64).sum()),
    }
}

/// The workbook, made once.
fn generated() -> Outcome<PathBuf> {
    let file = fieldbook_tests::target().join("bench/orders-1000000.xlsx");
    if !file.is_file() {
        std::fs::create_dir_all(file.parent().unwrap_or(Path::new(".")))?;
        // In a process of its own: the writer's memory must not be ours.
        let done = Command::new(std::env::current_exe()?).arg("make").arg(&file).status()?;
        if !done.success() {
            return Err("the workbook could not be made".into());
        }
    }
    Ok(file)
}

fn make(file: &Path) -> Outcome<()> {
    let beside = file.with_extension("part");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0u16..).zip(HEADER) {
        sheet.write_string(0, column, name)?;
    }
    let first = date(2020, 1, 2);
    for n in 0..ROWS {
        write_row(sheet, n, first)?;
    }
    book.save_to_writer(BufWriter::new(std::fs::File::create(&beside)?))?;
    std::fs::rename(&beside, file)?;
    Ok(())
}

fn write_row(sheet: &mut rust_xlsxwriter::Worksheet, n: u32, first: Date) -> Outcome<()> {
    let row = n + 1;
    let day = first.saturating_add(SignedDuration::from_hours(24 * i64::from(n / 4000)));
    let received = day
        .at(9, 0, 0, 0)
        .saturating_add(SignedDuration::from_millis(i64::from(n % 4000) * 4000 + i64::from(n % 977)));
    let sent = received.saturating_add(SignedDuration::from_millis(3 + i64::from(n * 31 % 40)));
    let time = |t: jiff::civil::DateTime| {
        format!("{} {:02}:{:02}:{:02}.{:03}", t.date(), t.hour(), t.minute(), t.second(), t.millisecond())
    };
    let texts = [
        format!("{}/{:02}/{:02}", day.year() - 1911, day.month(), day.day()),
        ["總公司", "板橋分公司"][n as usize % 2].to_owned(),
        format!("L{}", n % 8),
        format!("X{:07}", n),
        format!("98{:05}", n * 7919 % 20_000),
        time(received),
        time(sent),
        "專線".to_owned(),
        ["0050", "2303", "2412", "2882"][n as usize % 4].to_owned(),
        if n.is_multiple_of(2) { "買" } else { "賣" }.to_owned(),
    ];
    for (column, text) in (0u16..).zip(&texts) {
        sheet.write_string(row, column, text)?;
    }
    sheet.write_number(row, 10, f64::from(n % 30 + 1) * 1000.0)?;
    sheet.write_number(row, 11, f64::from(n % 6000 + 150) / 10.0)?;
    Ok(())
}
