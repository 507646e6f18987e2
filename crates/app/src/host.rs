//! What a use case may not reach for itself: the clock, randomness, paths. Handed in by the shells.

use crate::keystore::SystemKeystore;
use fieldbook_intake::{BookReader, Limits};
use fieldbook_model::Moment;
use fieldbook_vault::Keystore;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Tells the time in Asia/Taipei.
pub type Clock = Arc<dyn Fn() -> Moment + Send + Sync>;
/// Time since some moment before, which never goes back.
pub type Ticks = Arc<dyn Fn() -> Duration + Send + Sync>;
/// Fills a buffer from a secure source of randomness.
pub type Entropy = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// The outside world, as far as the use cases may see it.
#[derive(Clone)]
pub struct Host {
    /// The time in Asia/Taipei.
    pub clock: Clock,
    /// Measures how long something takes.
    pub ticks: Ticks,
    /// Fills a buffer from the system's secure source.
    pub entropy: Entropy,
    /// Folder offered for a vault.
    pub suggested_dir: PathBuf,
    /// Who is at the keyboard, for records that are made while no exam is open; never empty.
    pub operator: String,
    /// Fonts of this machine that are asked for characters which the own ones lack; may be none.
    pub fonts: Vec<PathBuf>,
    /// log2 of scrypt's work for new key slots (18 on a laptop ≈ 1 s; tests use little).
    pub work_factor: u8,
    /// The operating system's store of secrets, for a key slot that an examiner may ask for.
    pub keystore: Option<Arc<dyn Keystore + Send + Sync>>,
    /// The program that reads xls and ods workbooks, in a process of its own; without it they are refused.
    pub book_reader: Option<BookReader>,
}

impl Host {
    /// The program that shows files, in a process of its own: the one that reads workbooks.
    #[must_use]
    pub fn previewer(&self) -> Option<BookReader> {
        let program = self.book_reader.as_ref()?.program.clone();
        Some(BookReader { program, args: called(PREVIEW) })
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Moment {
        (self.clock)()
    }
}

/// The machine that the program runs on: its clock read as Asia/Taipei (+08:00, no daylight saving), its secure
/// random source, the platform's data folder.
#[must_use]
pub fn of_this_machine() -> Host {
    let clock = || {
        let now = jiff::Timestamp::now();
        // Systems tell different fractions; what is recorded is the same kind of time on all of them.
        let now = jiff::Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now);
        jiff::tz::Offset::constant(8).to_datetime(now)
    };
    let begun = Instant::now();
    let entropy = |buffer: &mut [u8]| {
        // Without randomness no key may be made: ending the program is the only safe answer.
        getrandom::fill(buffer).expect("the operating system has a random source");
    };
    Host {
        clock: Arc::new(clock),
        ticks: Arc::new(move || begun.elapsed()),
        entropy: Arc::new(entropy),
        suggested_dir: data_dir(),
        operator: operator(),
        fonts: FONTS.iter().map(PathBuf::from).filter(|path| path.is_file()).collect(),
        work_factor: 18,
        keystore: cfg!(any(windows, target_os = "linux")).then(|| Arc::new(SystemKeystore) as _),
        book_reader: std::env::current_exe().ok().map(book_reader),
    }
}

/// Where systems keep fonts with the characters of rare names: 全字庫正楷體 of Debian, and those of Windows.
const FONTS: [&str; 4] = [
    "/usr/share/fonts/truetype/cns11643/TW-Kai-98_1.ttf",
    "/usr/share/fonts/truetype/cns11643/TW-Kai-Ext-B-98_1.ttf",
    r"C:\Windows\Fonts\mingliub.ttc",
    r"C:\Windows\Fonts\simsunb.ttf",
];

/// First argument of the call that reads a workbook for another process of this program; the bytes of memory that it
/// may take follow. Nobody types it, so no help names it.
const READ_BOOK: &str = "read-book";
/// The same, of the call that shows a file.
const PREVIEW: &str = "preview-file";

/// A program of ours as the reader of whole workbooks.
#[must_use]
pub fn book_reader(program: PathBuf) -> BookReader {
    BookReader { program, args: called(READ_BOOK) }
}

fn called(what: &str) -> Vec<String> {
    vec![what.to_owned(), Limits::default().max_reader_memory.to_string()]
}

/// Serves the calls that [`book_reader`] and [`Host::previewer`] describe, if this is one; every program of ours asks this before anything
/// else.
#[must_use]
pub fn read_book() -> Option<ExitCode> {
    let mut words = std::env::args_os().skip(1);
    let call = words.next()?;
    if call != READ_BOOK && call != PREVIEW {
        return None;
    }
    let memory = words.next().and_then(|word| word.to_str()?.parse().ok());
    let memory = memory.unwrap_or(Limits::default().max_reader_memory);
    let served = limit_memory(memory).and_then(|()| {
        let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
        let limits = Limits::default();
        match call == PREVIEW {
            true => fieldbook_intake::serve_preview(input, output, &limits),
            false => fieldbook_intake::serve_book(input, output, &limits),
        }
    });
    Some(if served.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Leaves nothing of this process to others: as [`shut_memory`], and no word of what a panic was about, which could be a
/// firm's data: only where it was.
pub fn keep_to_itself() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|at| (base_name(at.file()), at.line()));
        let (file, line) = place.unwrap_or_default();
        eprintln!("內部錯誤（{file}:{line}）");
    }));
    shut_memory();
}

/// A source file without its folders, which would tell where the program was built.
fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// No picture of this process's memory is left when it falls, and no other program of the same person looks into it. Every
/// program of ours calls it before it opens a vault.
#[cfg(target_os = "linux")]
pub fn shut_memory() {
    // Neither can fail for the own process; a system that refuses leaves what it had.
    let _ = rlimit::setrlimit(rlimit::Resource::CORE, 0, 0);
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

/// Windows keeps no picture of memory unless its administrator asks for one, and offers no way to refuse it without unsafe
/// code.
#[cfg(not(target_os = "linux"))]
pub fn shut_memory() {}

/// Lets this process take `bytes` more than it has, and leave no picture of its memory behind when it falls.
#[cfg(unix)]
fn limit_memory(bytes: u64) -> std::io::Result<()> {
    rlimit::setrlimit(rlimit::Resource::CORE, 0, 0)?;
    // The program's own libraries count as well: those of a window take hundreds of megabytes of addresses.
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let size = status.lines().find_map(|line| line.strip_prefix("VmSize:")?.trim().strip_suffix(" kB"));
    let taken = size.and_then(|kilobytes| kilobytes.parse::<u64>().ok()).map_or(1 << 30, |k| k << 10);
    let hard = rlimit::getrlimit(rlimit::Resource::AS)?.1;
    let most = bytes.saturating_add(taken).min(hard);
    rlimit::setrlimit(rlimit::Resource::AS, most, most)
}

/// Windows offers no limit that a process could set on its own memory without unsafe code: there the time that an
/// answer may take ([`Limits::max_reader_seconds`]) is all that keeps a hostile file in bounds.
#[cfg(not(unix))]
fn limit_memory(_bytes: u64) -> std::io::Result<()> {
    Ok(())
}

/// The name that the system has for who is at the keyboard: every record needs a person.
fn operator() -> String {
    let named =
        ["USERNAME", "USER", "LOGNAME"].iter().filter_map(|v| std::env::var(v).ok()).find(|v| !v.is_empty());
    named.unwrap_or_else(|| "查核人員".to_owned())
}

fn data_dir() -> PathBuf {
    let var = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    if let Some(named) = var("FIELDBOOK_VAULT") {
        return named;
    }
    let base = if cfg!(windows) {
        var("LOCALAPPDATA")
    } else {
        var("XDG_DATA_HOME").or_else(|| var("HOME").map(|h| h.join(".local").join("share")))
    };
    base.unwrap_or_default().join("fieldbook").join("vault")
}
