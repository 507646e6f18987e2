//! The texts of a bag (BagIt 1.0, RFC 8493).

use super::head::Contents;
use super::{PackageError, name};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The folder that the bag is. Section 4 wants exactly one at the top of a container.
pub(super) const BASE: &str = "fieldbook/";
/// Where the payload lies below it.
pub(super) const PAYLOAD: &str = "data/";

pub(super) const BAGIT: &str = "bagit.txt";
pub(super) const INFO: &str = "bag-info.txt";
pub(super) const MANIFEST: &str = "manifest-sha256.txt";
pub(super) const HEAD: &str = "package.json";
pub(super) const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
pub(super) const SIGNATURE: &str = "package.sig";

/// The files that the tag manifest names, in its order.
pub(super) const TAGGED: [&str; 4] = [INFO, BAGIT, MANIFEST, HEAD];
/// All files but the payload, in the order in which they are written.
pub(super) const TAGS: [&str; 6] = [BAGIT, INFO, HEAD, MANIFEST, TAG_MANIFEST, SIGNATURE];

/// What `bagit.txt` says, to the letter.
pub(super) const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// Hashes by path.
pub(super) type Sums = BTreeMap<String, [u8; 32]>;

/// `bag-info.txt`, which follows from the head. [`Contents`] allows no control character in what it takes from there.
pub(super) fn info(contents: &Contents) -> String {
    let head = &contents.head;
    let bytes: u64 = contents.files.iter().fold(0, |sum, file| sum.saturating_add(file.size));
    let mut text = String::new();
    for (label, value) in [
        ("Source-Organization", head.organisation.clone()),
        ("Contact-Name", head.sender.name.clone()),
        ("External-Identifier", head.exam.to_string()),
        ("Bagging-Date", head.made_at.date().to_string()),
        ("Payload-Oxum", format!("{bytes}.{}", contents.files.len())),
    ] {
        let value = value.trim();
        if !value.is_empty() {
            // Writing to a text cannot fail.
            let _ = writeln!(text, "{label}: {value}");
        }
    }
    text
}

/// A manifest: a line for each file.
pub(super) fn manifest(sums: &Sums) -> String {
    sums.iter().fold(String::new(), |mut text, (path, sum)| {
        let _ = writeln!(text, "{}  {path}", hex::encode(sum));
        text
    })
}

/// Reads a manifest as [`manifest`] writes it: sorted, with lower-case digits, two spaces and a line feed. No path that is
/// allowed needs the escapes of section 2.1.3.
///
/// # Errors
/// `UnsafeName`, `Malformed`.
pub(super) fn read_manifest(bytes: &[u8]) -> Result<Sums, PackageError> {
    const MALFORMED: PackageError = PackageError::Malformed("manifest");
    let text = std::str::from_utf8(bytes).map_err(|_| MALFORMED)?;
    let mut sums = Sums::new();
    for line in text.lines() {
        let (sum, path) = line.split_once("  ").ok_or(MALFORMED)?;
        let sum = super::read_hex(sum).ok_or(MALFORMED)?;
        if !name::is_safe(path) {
            return Err(PackageError::UnsafeName);
        }
        sums.insert(path.to_owned(), sum);
    }
    if manifest(&sums) == text { Ok(sums) } else { Err(MALFORMED) }
}
