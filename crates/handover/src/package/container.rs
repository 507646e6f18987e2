//! A package's container (ZIP). Its directory is judged before anything in it is read, and wants one reading only: no name
//! twice, no bytes that two entries share, nothing before, between or behind that another program could take for more.

use super::PackageError;
use super::bag::BASE;
use super::name::Names;
use std::collections::BTreeMap;
use std::io::{Read, Seek, SeekFrom};
use zip::read::{ArchiveOffset, Config};
use zip::{CompressionMethod, ZipArchive};

/// Entries below this size may be packed as tightly as they like.
const RATIO_FROM: u64 = 1 << 20;
/// Bytes of the record at the end of a container without a comment.
const END: u64 = 22;
/// Bytes of the ZIP64 record and of its locator, both before that.
const END_64: u64 = 56;
const LOCATOR: u64 = 20;
/// Bytes of an entry's own header without its name.
const LOCAL: u64 = 30;

const CONTAINER: PackageError = PackageError::Malformed("container");

/// Bounds of what is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Files.
    pub entries: u64,
    /// Bytes of each file that says what the others are.
    pub head: u64,
    /// Bytes of all files together, unpacked.
    pub total: u64,
    /// Unpacked bytes for each packed one. Deflate cannot do more than 1,032.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { entries: 20_000, head: 16 << 20, total: 1 << 40, ratio: 1_100 }
    }
}

/// A file in the container.
#[derive(Debug, Clone, Copy)]
struct Entry {
    index: usize,
    size: u64,
    /// Its first byte, and the first behind its packed bytes.
    extent: (u64, u64),
}

/// The container, judged.
pub(super) struct Container<R> {
    archive: ZipArchive<R>,
    /// Its files by their paths below the bag's folder.
    entries: BTreeMap<String, Entry>,
}

impl<R: Read + Seek> Container<R> {
    /// Reads the directory.
    ///
    /// # Errors
    /// `NotAPackage`, `TooLarge`, `UnsafeName`, `ExtraFile`, `Malformed`, and whatever reading says.
    pub(super) fn open(mut reader: R, limits: &Limits) -> Result<Self, PackageError> {
        let length = reader.seek(SeekFrom::End(0))?;
        let listed = listed(&mut reader, length)?;
        if listed > limits.entries {
            return Err(PackageError::TooLarge);
        }
        let config = Config { archive_offset: ArchiveOffset::Known(0) };
        let archive = ZipArchive::with_config(config, reader)?;
        if archive.has_duplicate_names() {
            return Err(PackageError::UnsafeName);
        }
        if archive.len() as u64 != listed || archive.offset() != 0 || !archive.comment().is_empty() {
            return Err(CONTAINER);
        }
        let entries = entries(&archive, limits)?;
        let packed_in = archive.central_directory_start();
        let total = entries.values().fold(0, |sum: u64, entry| sum.saturating_add(entry.size));
        if total > limits.total || is_tight(total, length, limits) {
            return Err(PackageError::TooLarge);
        }
        apart(entries.values(), packed_in)?;
        Ok(Self { archive, entries })
    }

    /// The paths of all files with their sizes.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, u64)> {
        self.entries.iter().map(|(path, entry)| (path.as_str(), entry.size))
    }

    /// A whole small file; `None` when there is none of this path.
    ///
    /// # Errors
    /// `TooLarge`, and whatever reading says.
    pub(super) fn small(&mut self, path: &str, limits: &Limits) -> Result<Option<Vec<u8>>, PackageError> {
        let Some(entry) = self.entries.get(path).copied() else { return Ok(None) };
        if entry.size > limits.head {
            return Err(PackageError::TooLarge);
        }
        let mut bytes = Vec::new();
        self.reader(entry)?.take(limits.head + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 == entry.size { Ok(Some(bytes)) } else { Err(PackageError::Tampered) }
    }

    /// What unpacks a file, with the size that it is said to have.
    ///
    /// # Errors
    /// `MissingFile`, and whatever reading says.
    pub(super) fn file(&mut self, path: &str) -> Result<(impl Read, u64), PackageError> {
        let entry = self.entries.get(path).copied().ok_or(PackageError::MissingFile)?;
        Ok((self.reader(entry)?, entry.size))
    }

    fn reader(&mut self, entry: Entry) -> Result<impl Read, PackageError> {
        Ok(self.archive.by_index(entry.index)?)
    }
}

/// How many entries the container says that it has, by the records at its very end.
fn listed(reader: &mut (impl Read + Seek), length: u64) -> Result<u64, PackageError> {
    let mut at = |before: u64, bytes: &mut [u8]| -> Result<(), PackageError> {
        let start = length.checked_sub(before).ok_or(PackageError::NotAPackage)?;
        reader.seek(SeekFrom::Start(start))?;
        Ok(reader.read_exact(bytes)?)
    };
    let mut end = [0; END as usize];
    at(END, &mut end)?;
    if !end.starts_with(b"PK\x05\x06") || number(&end, 20, 2) != 0 {
        return Err(PackageError::NotAPackage);
    }
    let (entries, directory, start) = (number(&end, 10, 2), number(&end, 12, 4), number(&end, 16, 4));
    if entries < 0xFFFF && directory < 0xFFFF_FFFF && start < 0xFFFF_FFFF {
        return if start + directory + END == length { Ok(entries) } else { Err(CONTAINER) };
    }
    let mut end = [0; END_64 as usize];
    at(END_64 + LOCATOR + END, &mut end)?;
    let (entries, directory, start) = (number(&end, 32, 8), number(&end, 40, 8), number(&end, 48, 8));
    let whole = start.checked_add(directory).and_then(|end| end.checked_add(END_64 + LOCATOR + END));
    if end.starts_with(b"PK\x06\x06") && whole == Some(length) { Ok(entries) } else { Err(CONTAINER) }
}

/// A number of some bytes, the lowest first.
fn number(bytes: &[u8], at: usize, count: usize) -> u64 {
    let bytes = bytes.get(at..at + count).unwrap_or_default();
    bytes.iter().rev().fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

fn entries<R>(archive: &ZipArchive<R>, limits: &Limits) -> Result<BTreeMap<String, Entry>, PackageError>
where
    R: Read + Seek,
{
    let metadata = archive.metadata();
    let (mut entries, mut names) = (BTreeMap::new(), Names::default());
    for index in 0..metadata.len() {
        let entry = metadata.entry(index)?;
        let name = std::str::from_utf8(entry.name_raw()).map_err(|_| PackageError::UnsafeName)?;
        // An extra field may give an entry another name for those who look there.
        if !names.take(name) || entry.name()? != name {
            return Err(PackageError::UnsafeName);
        }
        let path = name.strip_prefix(BASE).ok_or(PackageError::ExtraFile)?;
        let (size, packed) = (entry.size(), entry.compressed_size());
        let is_plain = match entry.compression() {
            CompressionMethod::Stored => size == packed,
            CompressionMethod::Deflated => true,
            _ => false,
        };
        if !is_plain || entry.encrypted() || !entry.is_file() {
            return Err(CONTAINER);
        }
        if is_tight(size, packed, limits) {
            return Err(PackageError::TooLarge);
        }
        let start = entry.header_start();
        let header = LOCAL + name.len() as u64;
        let end = start.checked_add(header).and_then(|at| at.checked_add(packed)).ok_or(CONTAINER)?;
        entries.insert(path.to_owned(), Entry { index, size, extent: (start, end) });
    }
    Ok(entries)
}

fn is_tight(size: u64, packed: u64, limits: &Limits) -> bool {
    size > RATIO_FROM && size / packed.max(1) > limits.ratio
}

/// Refuses entries that share bytes with one another or with the directory.
fn apart<'e>(entries: impl Iterator<Item = &'e Entry>, directory: u64) -> Result<(), PackageError> {
    let mut extents: Vec<(u64, u64)> = entries.map(|entry| entry.extent).collect();
    extents.sort_unstable();
    extents.push((directory, directory));
    let begins = extents.first().is_some_and(|(start, _)| *start == 0);
    let apart = extents.iter().zip(extents.iter().skip(1)).all(|((_, end), (next, _))| end <= next);
    if begins && apart { Ok(()) } else { Err(CONTAINER) }
}
