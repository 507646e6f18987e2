//! Opening a file: its fingerprint, what it is by its bytes, and the reader that this takes.

use super::delimited::Delimited;
use super::package::{Family, Package};
use super::shared_file::SharedFile;
use super::sniff::{Kind, Sniff};
use super::whole::{BookKind, WholeBook};
use super::workbook::Workbook;
use super::{Body, BookReader, Gauge, SheetInfo, Source};
use crate::{Excess, IntakeError, Limits};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::Read;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How often an opening looks whether it was cancelled.
const WATCH: Duration = Duration::from_millis(50);

/// What the opening of a file is given.
#[derive(Debug, Clone, Copy)]
pub struct OpenOptions<'a> {
    /// How much the file may ask for.
    pub limits: &'a Limits,
    /// Overrides the recognition of the encoding of delimited text.
    pub encoding: Option<&'a str>,
    /// Starts a process that reads workbooks which can only be read whole; without it they are refused.
    pub reader: Option<&'a BookReader>,
    /// Ends the opening with [`IntakeError::Cancelled`] soon after it becomes true.
    pub cancel: Option<&'a AtomicBool>,
}

/// Opens a file by its content, whatever its name says, without help from another process: xls and ods are refused.
/// `encoding` overrides the recognition for delimited text.
///
/// # Errors
/// As [`open_with`].
pub fn open(path: &Path, limits: &Limits, encoding: Option<&str>) -> Result<Source, IntakeError> {
    open_with(path, &OpenOptions { limits, encoding, reader: None, cancel: None })
}

/// Opens a file by its content, whatever its name says: fingerprints it, looks at a workbook's directory before
/// anything is unpacked, finds the sheets.
///
/// # Errors
/// Every variant of [`IntakeError`] that says why the file cannot be read; `Cancelled`.
pub fn open_with(path: &Path, options: &OpenOptions<'_>) -> Result<Source, IntakeError> {
    let file = SharedFile::open(path)?;
    let Some(cancel) = options.cancel else { return opened(path, &file, options) };
    let stop = file.stop_flag();
    std::thread::scope(|scope| {
        // Whatever reads the file meanwhile, this crate or another, finds that it cannot be read any more.
        let watch = scope.spawn(|| {
            while !stop.is_done() {
                if cancel.load(Ordering::Relaxed) {
                    stop.stop();
                }
                std::thread::park_timeout(WATCH);
            }
        });
        let done = stop.done_at_end(watch.thread());
        let result = opened(path, &file, options);
        drop(done);
        // It has nothing to say; afterwards the flag does not change any more.
        let _ = watch.join();
        let cancelled = stop.is_stopped() || cancel.load(Ordering::Relaxed);
        if cancelled { Err(IntakeError::Cancelled) } else { result }
    })
}

/// Opens bytes that the program itself made, as if they were a file of this name.
///
/// # Errors
/// As [`open`].
pub fn open_bytes(name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Source, IntakeError> {
    let options = OpenOptions { limits, encoding: None, reader: None, cancel: None };
    opened(Path::new(name), &SharedFile::of_bytes(bytes), &options)
}

fn opened(path: &Path, file: &SharedFile, options: &OpenOptions<'_>) -> Result<Source, IntakeError> {
    let limits = options.limits;
    let size = file.len();
    if size == 0 {
        return Err(IntakeError::Empty);
    }
    if size > limits.max_bytes {
        return Err(IntakeError::TooLarge { what: Excess::Bytes, limit: limits.max_bytes });
    }
    let (sha256, sniffed) = fingerprint(file)?;
    let whole = |kind: BookKind| -> Result<Body, IntakeError> {
        let reader = options.reader.ok_or(IntakeError::Unsupported { kind: kind.name() })?;
        let book = WholeBook::open(reader, path, &sha256, kind, limits, options.cancel)?;
        Ok(Body::Whole(Box::new(book)))
    };
    let body = match sniffed.kind()? {
        Kind::Compound => whole(BookKind::Xls)?,
        Kind::Zip => {
            let mut package = Package::open(file, limits)?;
            match package.family(limits)? {
                Family::OpenDocument => whole(BookKind::Ods)?,
                family => Body::Workbook(Box::new(Workbook::open(file, package, family, limits)?)),
            }
        }
        Kind::Text => Body::Delimited(Delimited::open(file.clone(), &sniffed, options.encoding)?),
    };
    let sheets = match &body {
        Body::Workbook(book) => book.sheets().to_vec(),
        Body::Whole(book) => book.sheets().to_vec(),
        Body::Delimited(_) => vec![SheetInfo { name: String::new(), hidden: false }],
    };
    if sheets.is_empty() {
        return Err(IntakeError::Empty);
    }
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let (scans, gauge) = (HashMap::new(), Gauge::default());
    Ok(Source { name, sha256, size, sheets, limits: limits.clone(), body, scans, gauge, words: None })
}

/// SHA-256 of the bytes, lower-case hex, and what was seen in passing.
pub(super) fn fingerprint(file: &SharedFile) -> Result<(String, Sniff), IntakeError> {
    let mut reader = file.reader();
    let mut hash = Sha256::new();
    let mut sniff = Sniff::default();
    let mut buffer = vec![0_u8; 1 << 18];
    loop {
        let n = reader.read(&mut buffer)?;
        let Some(chunk) = buffer.get(..n).filter(|c| !c.is_empty()) else { break };
        hash.update(chunk);
        sniff.feed(chunk);
    }
    sniff.finish();
    Ok((hex::encode(hash.finalize()), sniff))
}
