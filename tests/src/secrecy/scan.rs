//! Looks for needles in files, in what is packed inside them, and in their names.

use super::canary::{Canary, Needle};
use aho_corasick::AhoCorasick;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Bytes of a file that is looked at for packed parts too, and of what one part unpacks to.
const UNPACKED: u64 = 256 << 20;

/// A canary that lies somewhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// In which file or output.
    pub place: String,
    /// Whose canary.
    pub canary: String,
    /// In which shape.
    pub encoding: String,
}

/// What a search looked at.
#[derive(Debug, Default)]
pub struct Searched {
    /// Files.
    pub files: u64,
    /// Bytes, without those unpacked.
    pub bytes: u64,
    /// What was found, each once for a place.
    pub hits: BTreeSet<Hit>,
}

/// Looks for all shapes at once.
pub struct Scanner {
    machine: AhoCorasick,
    needles: Vec<Needle>,
}

impl Scanner {
    /// For these canaries.
    ///
    /// # Panics
    /// When there are more than the machine takes, which is millions.
    #[must_use]
    pub fn new(canaries: &[Canary]) -> Self {
        let needles: Vec<Needle> = canaries.iter().flat_map(Canary::needles).collect();
        let machine = AhoCorasick::new(needles.iter().map(|n| &n.bytes)).expect("few needles");
        Self { machine, needles }
    }

    /// How many shapes it looks for.
    #[must_use]
    pub fn shapes(&self) -> usize {
        self.needles.len()
    }

    /// Looks through what a reader gives, piece by piece; a needle over the border of two pieces is found.
    ///
    /// # Errors
    /// The reader's.
    pub fn stream(&self, place: &str, reader: impl Read) -> io::Result<BTreeSet<Hit>> {
        let mut hits = BTreeSet::new();
        for found in self.machine.stream_find_iter(reader) {
            if let Some(needle) = self.needles.get(found?.pattern().as_usize()) {
                let (canary, encoding) = (needle.canary.clone(), needle.encoding.clone());
                hits.insert(Hit { place: place.to_owned(), canary, encoding });
            }
        }
        Ok(hits)
    }

    /// Looks through bytes and through what is packed in them.
    #[must_use]
    pub fn bytes(&self, place: &str, bytes: &[u8]) -> BTreeSet<Hit> {
        let mut hits = self.stream(place, bytes).unwrap_or_default();
        for (at, mut packed) in packed(bytes) {
            let mut plain = Vec::new();
            // What is cut off is unpacked as far as it goes.
            let _ = packed.by_ref().take(UNPACKED).read_to_end(&mut plain);
            hits.extend(
                self.stream(&format!("{place}, packed at {at}"), plain.as_slice()).unwrap_or_default(),
            );
        }
        hits
    }

    /// Looks through every ordinary file below a folder, and through the names.
    ///
    /// # Errors
    /// When a file that is there cannot be read.
    pub fn folder(&self, folder: &Path, wanted: &dyn Fn(&Path) -> bool) -> io::Result<Searched> {
        let mut searched = Searched::default();
        for path in files_below(folder)?.into_iter().filter(|path| wanted(path)) {
            let place = path.to_string_lossy().into_owned();
            let within = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
            let Some(size) = there(fs::metadata(&path))?.map(|meta| meta.len()) else { continue };
            let name = self.bytes("", within.as_bytes());
            searched
                .hits
                .extend(name.into_iter().map(|hit| Hit { place: "a file's name".to_owned(), ..hit }));
            let Some(file) = there(File::open(&path))? else { continue };
            if size > UNPACKED {
                searched.hits.extend(self.stream(&place, file)?);
            } else {
                let mut bytes = Vec::new();
                file.take(UNPACKED).read_to_end(&mut bytes)?;
                searched.hits.extend(self.bytes(&place, &bytes));
            }
            searched.files += 1;
            searched.bytes += size;
        }
        Ok(searched)
    }
}

/// Every ordinary file below a folder, sorted. Links are not followed.
///
/// # Errors
/// When a folder that is there cannot be read.
pub fn files_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_path_buf()]);
    while let Some(folder) = folders.pop() {
        let Some(entries) = there(fs::read_dir(&folder))? else { continue };
        for entry in entries {
            let Some(entry) = there(entry)? else { continue };
            match there(entry.file_type())? {
                Some(kind) if kind.is_dir() => folders.push(entry.path()),
                Some(kind) if kind.is_file() => files.push(entry.path()),
                _ => {}
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Other programs take away what is theirs while we look.
fn there<T>(found: io::Result<T>) -> io::Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e),
    }
}

/// Readers of what is packed in some bytes, with the place at which each begins: members of a zip archive, found by
/// their own heads so that an archive that was cut off is looked through as well; gzip; the streams of a PDF.
fn packed(bytes: &[u8]) -> Vec<(usize, Box<dyn Read + '_>)> {
    let mut found: Vec<(usize, Box<dyn Read + '_>)> = Vec::new();
    let heads = AhoCorasick::new(["PK\x03\x04".as_bytes(), b"\x1F\x8B\x08", b"stream\n", b"stream\r\n"]);
    for head in heads.expect("four needles").find_iter(bytes) {
        let Some(rest) = bytes.get(head.start()..) else { continue };
        let after = bytes.get(head.end()..).unwrap_or_default();
        let reader: Option<Box<dyn Read + '_>> = match head.pattern().as_usize() {
            0 => member(rest).map(|data| Box::new(DeflateDecoder::new(data)) as Box<dyn Read + '_>),
            1 => Some(Box::new(MultiGzDecoder::new(rest))),
            // `endstream` is no beginning; zlib says 8 in the lower half of its first byte.
            _ if after.first().is_some_and(|b| b & 0x0F == 8) => Some(Box::new(ZlibDecoder::new(after))),
            _ => None,
        };
        found.extend(reader.map(|reader| (head.start(), reader)));
    }
    found
}

/// The deflated data behind a member's head (APPNOTE 4.3.7).
fn member(head: &[u8]) -> Option<&[u8]> {
    let short = |at: usize| Some(usize::from(u16::from_le_bytes(head.get(at..at + 2)?.try_into().ok()?)));
    (short(8)? == 8).then(|| head.get(30 + short(26)? + short(28)?..)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hostile::{Part, zip};
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    fn canary() -> Canary {
        Canary::text("firm", "密林鐵塔證券QZ7f3a")
    }

    #[test]
    fn every_planted_shape_is_found_also_over_the_border_of_two_reads() {
        let scanner = Scanner::new(&[canary(), Canary::bytes("key", &[0xA7; 32])]);
        for needle in &scanner.needles {
            // Reads are of 8 or 64 KiB; each of these places has a border inside the needle.
            for border in [0, 8 << 10, 64 << 10, 128 << 10] {
                let mut bytes = vec![b'.'; 200 << 10];
                let at = usize::saturating_sub(border, needle.bytes.len() / 2);
                bytes[at..at + needle.bytes.len()].copy_from_slice(&needle.bytes);
                let hits = scanner.bytes("x", &bytes);
                let named = |hit: &Hit| hit.canary == needle.canary && hit.encoding == needle.encoding;
                assert!(hits.iter().any(named), "{} at {at}", needle.encoding);
            }
        }
        assert!(scanner.bytes("x", &vec![b'.'; 200 << 10]).is_empty());
    }

    #[test]
    fn what_is_packed_is_found_also_when_the_archive_was_cut_off() {
        let scanner = Scanner::new(&[canary()]);
        let long = "無關緊要。".repeat(4_000);
        let text = format!("{long}密林鐵塔證券QZ7f3a{long}");
        let archive =
            zip(&[Part::deflated("a.xml", long.as_bytes()), Part::deflated("b.xml", text.as_bytes())]);
        assert!(
            scanner.stream("x", archive.as_slice()).expect("bytes").is_empty(),
            "packed it cannot be seen"
        );
        assert_eq!(scanner.bytes("x", &archive).len(), 1);
        assert_eq!(scanner.bytes("x", &archive[..archive.len() - 120]).len(), 1, "without its end");
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(text.as_bytes()).expect("packs");
        let pdf = [b"<</Filter/FlateDecode>>stream\n".as_slice(), &zlib.finish().expect("packs")].concat();
        assert_eq!(scanner.bytes("x", &pdf).len(), 1);
    }

    #[test]
    fn a_name_of_a_file_is_looked_at_too() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("a")).expect("a folder");
        fs::write(folder.path().join("a/密林鐵塔證券QZ7f3a.txt"), b"nothing").expect("a file");
        let searched = Scanner::new(&[canary()]).folder(folder.path(), &|_| true).expect("searched");
        assert_eq!((searched.files, searched.hits.len()), (1, 1));
    }
}
