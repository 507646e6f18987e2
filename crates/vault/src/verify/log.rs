//! The write-ahead log that a program which died left behind, read before SQLite recovers it. SQLite takes the frames up to the
//! first whose checksum fails and drops the rest in silence: right for a transaction that was cut off, wrong for frames
//! that were whole once. Frames of the log's present generation behind the failing one, a commit among them, were
//! written after it, so that it was whole: the log is kept aside before anything is dropped.
//!
//! What cannot be told: a log whose last frame is damaged, or that was cut off between two frames, looks as after a loss of power in
//! the middle of the last transaction, which nobody was told was stored. So does one whose last two transactions were damaged
//! together so that no head of a frame between them is left: to power that fails, they are one.
//! The format is that of SQLite's file format, section 4.

use super::pages::{PAGE, fill, log_of};
use crate::error::VaultError;
use crate::layout::{self, Layout};
use crate::verify::Problem;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

const HEADER: usize = 32;
const FRAME: usize = 24;
/// The two magic numbers but for the last bit, which gives the order of bytes of the checksums.
const MAGIC: u32 = 0x377f_0682;
/// End of the name under which a log is kept.
const KEPT: &str = "damaged";

type Checksum = [u32; 2];

/// Looks at the logs of all databases of a vault that nobody has open. Keeps those that would lose something.
pub(crate) fn secure(layout: &Layout) -> Result<(), VaultError> {
    for (_, path) in databases(layout)? {
        let log = log_of(&path);
        if would_lose(&log)? {
            keep(&log)?;
        }
    }
    Ok(())
}

/// Logs that were kept.
pub(crate) fn kept(layout: &Layout) -> Result<Vec<Problem>, VaultError> {
    let mut found = Vec::new();
    for (database, path) in databases(layout)? {
        let start = format!("{}.{KEPT}", log_of(&path).file_name().unwrap_or_default().to_string_lossy());
        let names = layout::names(path.parent().unwrap_or(layout.dir()))?;
        let of_it = names.into_iter().filter(|name| name.starts_with(&start));
        found.extend(of_it.map(|kept| Problem::Log { database: database.clone(), kept }));
    }
    Ok(found)
}

/// Whether a file of this name is a log that was kept.
pub(crate) fn is_kept(name: &str) -> bool {
    name.contains(&format!(".db-wal.{KEPT}"))
}

fn databases(layout: &Layout) -> Result<Vec<(String, PathBuf)>, VaultError> {
    let mut all = vec![("vault".to_owned(), layout.vault_db())];
    for name in layout::names(&layout.exams())? {
        if let Some(id) = name.strip_suffix(".db") {
            all.push((id.to_owned(), layout.exam_db(id)));
        }
    }
    Ok(all)
}

/// Copies a log under the first name that is free.
fn keep(log: &Path) -> Result<(), VaultError> {
    let name = |n: usize| {
        let mut name = log.as_os_str().to_owned();
        name.push(if n == 1 { format!(".{KEPT}") } else { format!(".{KEPT}-{n}") });
        PathBuf::from(name)
    };
    let same = |path: &Path| -> Result<bool, VaultError> { Ok(fs::read(path)? == fs::read(log)?) };
    for path in (1..).map(name) {
        if path.exists() {
            if same(&path)? {
                return Ok(());
            }
            continue;
        }
        fs::copy(log, &path)?;
        File::open(&path)?.sync_all()?;
        return layout::sync_dir(path.parent());
    }
    Ok(())
}

/// One frame of a log.
struct Frame {
    salts: Checksum,
    said: Checksum,
    commits: bool,
    bytes: Vec<u8>,
}

fn would_lose(path: &Path) -> Result<bool, VaultError> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(e) => return Err(e.into()),
    };
    let mut header = [0; HEADER];
    if fill(&mut file, &mut header)? < HEADER {
        return Ok(false);
    }
    let magic = word(&header, 0);
    let big = magic & 1 == 1;
    let start = sum(big, [0, 0], header.get(..24).unwrap_or_default());
    let whole = magic & !1 == MAGIC && word(&header, 8) == PAGE as u32 && start == pair(&header, 24);
    // A damaged header hides every frame: each is held against the salts of the one before it.
    let mut salts = whole.then(|| pair(&header, 16));
    let (mut before, mut broken, mut ended) = (start, !whole, false);
    let mut bytes = vec![0; FRAME + PAGE];
    while fill(&mut file, &mut bytes)? == bytes.len() {
        let frame = Frame {
            salts: pair(&bytes, 8),
            said: pair(&bytes, 16),
            commits: word(&bytes, 4) != 0,
            bytes: [bytes.get(..8).unwrap_or_default(), bytes.get(FRAME..).unwrap_or_default()].concat(),
        };
        let ours = salts.is_none_or(|salts| salts == frame.salts);
        salts = if whole { salts } else { Some(frame.salts) };
        let fits = ours && orders(big, whole).any(|big| sum(big, before, &frame.bytes) == frame.said);
        if broken && ((fits && frame.commits) || (ours && ended)) {
            return Ok(true);
        }
        broken |= !fits;
        // The end of a transaction that is lost; of one that was cut off nothing of this log can stand behind it.
        ended |= broken && ours && frame.commits;
        before = frame.said;
    }
    Ok(false)
}

/// Orders of bytes to try: the header's, or both when it cannot be trusted.
fn orders(big: bool, known: bool) -> impl Iterator<Item = bool> {
    [big, !big].into_iter().take(if known { 1 } else { 2 })
}

fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_be_bytes)
}

fn pair(bytes: &[u8], at: usize) -> Checksum {
    [word(bytes, at), word(bytes, at + 4)]
}

/// The running checksum over whole pairs of words.
fn sum(big: bool, from: Checksum, bytes: &[u8]) -> Checksum {
    let (words, _) = bytes.as_chunks::<4>();
    let read = |b: &[u8; 4]| if big { u32::from_be_bytes(*b) } else { u32::from_le_bytes(*b) };
    words.as_chunks::<2>().0.iter().fold(from, |[a, b], [x, y]| {
        let a = a.wrapping_add(read(x)).wrapping_add(b);
        [a, b.wrapping_add(read(y)).wrapping_add(a)]
    })
}
