//! What the fuzz targets share: a file to write each input into, and the way from a file to typed rows.

pub mod container;
#[path = "../../crates/report/examples/bench_outputs/sample.rs"]
#[allow(dead_code, missing_docs, reason = "a measurement's exam, of which a part is used here")]
mod sample;
#[path = "../../crates/intake/src/testing.rs"]
mod testing;
pub mod vault;

use fieldbook_intake::{
    IntakeError, Limits, Passthrough, PlanRequest, RowSink, SinkClosed, Source, open, plan, read, serve_book,
};
use fieldbook_model::{DatasetDef, SheetRecord, TypedRow};
use fieldbook_report::Values;
use jiff::civil::{Date, date};
use sha2::{Digest, Sha256};
use std::cell::OnceCell;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock};
use tempfile::TempDir;

/// The as-of date that everything is read for.
pub const AS_OF: Date = date(2020, 12, 31);

/// What templates are filled with.
#[must_use]
pub fn values() -> &'static Values {
    static VALUES: OnceLock<Values> = OnceLock::new();
    VALUES.get_or_init(|| Values::of(&sample::with_exceptions(3)))
}

/// What the last panic said, wherever it happened.
static LAST_PANIC: Mutex<String> = Mutex::new(String::new());

thread_local! {
    static DESK: OnceCell<(TempDir, Vec<DatasetDef>)> = const { OnceCell::new() };
}

/// Bounds small enough for thousands of inputs a second, each of them reachable by an input.
#[must_use]
pub fn limits() -> Limits {
    Limits {
        max_bytes: 1 << 20,
        max_parts: 64,
        max_unpacked: 8 << 20,
        max_shared_strings: 10_000,
        max_shared_bytes: 1 << 20,
        max_part_bytes: 1 << 20,
        max_styles: 1_000,
        max_merges: 1_000,
        max_rows: 20_000,
        max_columns: 2_000,
        max_cell_chars: 500,
        max_line_bytes: 1 << 18,
        max_issues: 100,
        ..Limits::default()
    }
}

/// To be called once before the first input. A reader catches the panics of the libraries that it guards against, so a
/// panic counts as a crash only when it leaves the reader.
pub fn begin() {
    std::panic::set_hook(Box::new(|info| {
        if let Ok(mut last) = LAST_PANIC.lock() {
            *last = info.to_string();
        }
    }));
}

/// Runs one input; what panics out of it is told and ends the process, so that the fuzzer keeps the input.
pub fn input(work: impl FnOnce()) {
    if catch_unwind(AssertUnwindSafe(work)).is_err() {
        let said = LAST_PANIC.lock().map(|last| last.clone()).unwrap_or_default();
        eprintln!("{said}");
        std::process::abort();
    }
}

/// Counts what arrives and keeps nothing.
#[derive(Default)]
struct Counted(u64);

impl RowSink for Counted {
    fn row(&mut self, _: TypedRow) -> Result<(), SinkClosed> {
        self.0 += 1;
        Ok(())
    }

    fn restart(&mut self) -> Result<(), SinkClosed> {
        self.0 = 0;
        Ok(())
    }
}

/// Writes the input into a file of this name and opens it.
///
/// # Errors
/// The reader's.
///
/// # Panics
/// When the file cannot be written.
pub fn opened(name: &str, bytes: &[u8], encoding: Option<&str>) -> Result<Source, IntakeError> {
    let path = DESK.with(|desk| desk.get_or_init(new_desk).0.path().join(name));
    std::fs::write(&path, bytes).expect("the input can be written");
    open(&path, &limits(), encoding)
}

/// Shared memory where there is any: files there cost little.
fn new_desk() -> (TempDir, Vec<DatasetDef>) {
    let memory = PathBuf::from("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    (folder.expect("a temporary folder"), vec![testing::accounts(), testing::orders()])
}

/// Plans and reads every sheet of a file, and checks what holds for all of them: every row is stored or rejected, as
/// many rows reach the store as the record says.
///
/// # Panics
/// When the sums do not agree: that is a finding.
pub fn taken(source: &mut Source, dataset: Option<&str>) {
    let defs = DESK.with(|desk| desk.get_or_init(new_desk).1.clone());
    let names: Vec<String> = source.sheets().iter().take(8).map(|s| s.name.clone()).collect();
    for name in names {
        let request = PlanRequest { defs: &defs, dataset, as_of: AS_OF, forced: &[] };
        let Ok(mut plan) = plan(source, &name, &request) else { continue };
        let Some(def) = defs.iter().find(|d| Some(&d.key) == plan.dataset.as_ref()) else { continue };
        plan.missing_required.clear();
        let mut sink = Counted::default();
        let go = &mut |_| ControlFlow::Continue(());
        let done = read(source, &plan, def, AS_OF, Passthrough::default(), &mut sink, go);
        if let Ok(record) = done {
            adds_up(&record, sink.0);
        }
    }
}

/// Asks for a whole workbook, its first sheet and the first rows, as another process would.
///
/// # Panics
/// When the file cannot be written.
pub fn served(bytes: &[u8]) {
    let path = DESK.with(|desk| desk.get_or_init(new_desk).0.path().join("x.ods"));
    std::fs::write(&path, bytes).expect("the input can be written");
    let (path, sum) = (path.to_string_lossy().into_owned(), hex::encode(Sha256::digest(bytes)));
    // Question 0 names the path (of kind 0, as Unix has them), the fingerprint and the kind of workbook (1, ods);
    // question 1 a sheet; question 2 is for rows.
    let mut book = vec![0, 0];
    for text in [path, sum] {
        book.push(u8::try_from(text.len()).unwrap_or(0x7F) & 0x7F);
        book.extend_from_slice(text.as_bytes());
    }
    book.push(1);
    let mut asks = Vec::new();
    for ask in [book.as_slice(), &[1, 0], &[2], &[2]] {
        asks.extend_from_slice(&u32::try_from(ask.len()).unwrap_or(0).to_le_bytes());
        asks.extend_from_slice(ask);
    }
    serve_book(asks.as_slice(), std::io::sink(), &limits()).expect("each of these is a question");
}

fn adds_up(record: &SheetRecord, arrived: u64) {
    assert_eq!(record.rows_stored, arrived, "rows stored and rows that arrived");
    assert_eq!(record.rows_read, record.rows_stored + record.rows_rejected, "read = stored + rejected");
    let rejections = record.issues.iter().filter(|i| i.row_rejected).count() as u64;
    assert!(rejections <= record.rows_rejected, "no row is rejected twice");
}
