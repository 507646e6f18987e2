//! One open file, read at positions: many readers share the handle without disturbing one another, and all of
//! them see the file that was fingerprinted, even when its name is given to another one meanwhile. All of them can
//! be stopped together.

use super::Gauge;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread::Thread;

/// Where the bytes are.
enum Bytes {
    File(File),
    Memory(Vec<u8>),
}

/// The handle.
#[derive(Clone)]
pub(crate) struct SharedFile {
    bytes: Arc<Bytes>,
    len: u64,
    stop: StopFlag,
}

impl SharedFile {
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let no_file = || io::Error::new(io::ErrorKind::InvalidInput, "not a file");
        // Looked at first: opening a pipe would wait for somebody to write into it.
        if !std::fs::metadata(path)?.is_file() {
            return Err(no_file());
        }
        let file = File::open(path)?;
        let meta = file.metadata()?;
        if !meta.is_file() {
            return Err(no_file());
        }
        Ok(Self { bytes: Arc::new(Bytes::File(file)), len: meta.len(), stop: StopFlag::default() })
    }

    /// Bytes that are no file.
    pub(crate) fn of_bytes(bytes: Vec<u8>) -> Self {
        let len = bytes.len() as u64;
        Self { bytes: Arc::new(Bytes::Memory(bytes)), len, stop: StopFlag::default() }
    }

    pub(crate) fn len(&self) -> u64 {
        self.len
    }

    pub(crate) fn reader(&self) -> FileReader {
        FileReader { file: self.clone(), at: 0, gauge: None }
    }

    pub(crate) fn stop_flag(&self) -> StopFlag {
        self.stop.clone()
    }
}

/// Ends every reading of a file while it is being opened.
#[derive(Clone, Default)]
pub(crate) struct StopFlag(Arc<AtomicU8>);

const STOPPED: u8 = 1;
const DONE: u8 = 2;

impl StopFlag {
    /// From now on the file cannot be read.
    pub(crate) fn stop(&self) {
        self.0.fetch_or(STOPPED, Ordering::Relaxed);
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed) & STOPPED != 0
    }

    /// Whether the opening has ended, so that nobody need watch it.
    pub(crate) fn is_done(&self) -> bool {
        self.0.load(Ordering::Relaxed) & DONE != 0
    }

    /// Tells the watcher to go when the result is dropped.
    pub(crate) fn done_at_end(&self, watcher: &Thread) -> DoneAtEnd {
        DoneAtEnd { flag: self.clone(), watcher: watcher.clone() }
    }
}

/// See [`StopFlag::done_at_end`].
pub(crate) struct DoneAtEnd {
    flag: StopFlag,
    watcher: Thread,
}

impl Drop for DoneAtEnd {
    fn drop(&mut self) {
        self.flag.0.fetch_or(DONE, Ordering::Relaxed);
        self.watcher.unpark();
    }
}

/// A reader with its own position, ending at the length that the file had when it was opened.
#[derive(Clone)]
pub(crate) struct FileReader {
    file: SharedFile,
    at: u64,
    gauge: Option<Gauge>,
}

impl FileReader {
    /// Tells how far it is from now on.
    pub(crate) fn telling(self, gauge: &Gauge) -> Self {
        Self { gauge: Some(gauge.clone()), ..self }
    }
}

impl Read for FileReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.file.stop.is_stopped() {
            return Err(io::Error::other("stopped"));
        }
        let left = usize::try_from(self.file.len.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let want = buffer.len().min(left);
        let Some(space) = buffer.get_mut(..want) else { return Ok(0) };
        let n = self.file.bytes.read_at(space, self.at)?;
        self.at += n as u64;
        if let Some(gauge) = &self.gauge {
            gauge.set(self.at, self.file.len);
        }
        Ok(n)
    }
}

impl Bytes {
    fn read_at(&self, buffer: &mut [u8], at: u64) -> io::Result<usize> {
        match self {
            Self::File(file) => read_at(file, buffer, at),
            Self::Memory(bytes) => {
                let from = usize::try_from(at).unwrap_or(usize::MAX);
                bytes.get(from..).unwrap_or_default().read(buffer)
            }
        }
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, at)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, at)
}

impl Seek for FileReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let base = match to {
            SeekFrom::Start(n) => Some(n),
            SeekFrom::End(n) => self.file.len.checked_add_signed(n),
            SeekFrom::Current(n) => self.at.checked_add_signed(n),
        };
        self.at =
            base.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "position outside the file"))?;
        Ok(self.at)
    }
}
