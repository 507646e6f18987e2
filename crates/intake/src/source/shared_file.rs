//! One open file, read at positions: many readers share the handle without disturbing one another, and all of
//! them see the file that was fingerprinted, even when its name is given to another one meanwhile.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

/// The handle.
#[derive(Clone)]
pub(crate) struct SharedFile {
    file: Arc<File>,
    len: u64,
}

impl SharedFile {
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let meta = file.metadata()?;
        if !meta.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a file"));
        }
        Ok(Self { file: Arc::new(file), len: meta.len() })
    }

    pub(crate) fn len(&self) -> u64 {
        self.len
    }

    pub(crate) fn reader(&self) -> FileReader {
        FileReader { file: self.clone(), at: 0 }
    }
}

/// A reader with its own position, ending at the length that the file had when it was opened.
#[derive(Clone)]
pub(crate) struct FileReader {
    file: SharedFile,
    at: u64,
}

impl Read for FileReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.file.len.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let want = buffer.len().min(left);
        let Some(space) = buffer.get_mut(..want) else { return Ok(0) };
        let n = read_at(&self.file.file, space, self.at)?;
        self.at += n as u64;
        Ok(n)
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
