//! A signed checklist package: one text file that carries checklist files from an organisation to an examiner's
//! machine, and who signed them.
//!
//! ```text
//! fieldbook-checklist/1
//! signer <64 hex digits: the Ed25519 public key>
//! signature <128 hex digits>
//!
//! {"name":…,"version":…,"made_on":…,"files":{path:text}}
//! ```
//!
//! What is signed is the first line with its line end, then the payload. A package that opens was signed by the key
//! that it names; whether that key is trusted is for the examiner to say.

mod path;
mod payload;

use ed25519_dalek::{Signature, VerifyingKey};
use fieldbook_model::ShapeError;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;

/// Texts by path below the checklist folder, with forward slashes.
pub type Files = BTreeMap<String, String>;

/// First line of a package.
const FORMAT: &str = "fieldbook-checklist/1";
/// What the first line of every version of the format starts with.
const FAMILY: &str = "fieldbook-checklist/";
/// Largest package in bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;
/// Most files in a package.
pub const MAX_FILES: usize = 2_000;

/// What a package carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Name that the organisation gave it.
    pub name: String,
    /// Version of the package.
    pub version: String,
    /// Day on which it was made.
    pub made_on: Date,
    /// Files.
    pub files: Files,
}

/// An Ed25519 public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SignerKey(pub [u8; 32]);

/// A package whose signature fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedPackage {
    /// What it carries.
    pub package: Package,
    /// Who signed it.
    pub signer: SignerKey,
    /// SHA-256 of the whole file, lower-case hex.
    pub sha256: String,
}

/// Why a package is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackageError {
    /// The file does not begin as a package does.
    #[error("not a checklist package")]
    NotAPackage,
    /// A package of a later format.
    #[error("a checklist package of a newer format")]
    NewerFormat,
    /// The signature does not fit the content and the key.
    #[error("the signature does not fit")]
    BadSignature,
    /// Larger than [`MAX_BYTES`] or with more than [`MAX_FILES`] files.
    #[error("larger than a checklist package may be")]
    TooLarge,
    /// A file whose path or name a package must not have.
    #[error("`{0}` is not a path that a package may have")]
    BadPath(String),
    /// Two files of the same path, or of paths that some file systems hold to be the same.
    #[error("`{0}` is in the package twice")]
    DuplicatePath(String),
    /// The payload is not what the format says.
    #[error("the payload cannot be read: {0}")]
    Malformed(String),
}

impl SignerKey {
    /// Reads a key from 64 lower-case hex digits.
    ///
    /// # Errors
    /// When the text is anything else.
    pub fn parse(text: &str) -> Result<Self, ShapeError> {
        read_hex(text).map(Self).ok_or(ShapeError { what: "signer key" })
    }

    /// What two people compare by voice or on paper: the first 20 bytes of the key's SHA-256 as ten groups of four
    /// hex digits.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let hash = Sha256::digest(self.0);
        let groups: Vec<String> = hash.chunks(2).take(10).map(hex::encode).collect();
        groups.join(" ")
    }
}

impl fmt::Display for SignerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// What is signed for a payload.
#[must_use]
pub fn signing_bytes(payload: &[u8]) -> Vec<u8> {
    [FORMAT.as_bytes(), b"\n", payload].concat()
}

/// Writes a package. `sign` makes the Ed25519 signature over the bytes that it is given, with the key of `signer`.
///
/// # Errors
/// What [`open_package`] would refuse.
pub fn seal(
    package: &Package,
    signer: &SignerKey,
    sign: impl FnOnce(&[u8]) -> [u8; 64],
) -> Result<String, PackageError> {
    let payload = payload::write(package)?;
    let signature = sign(&signing_bytes(payload.as_bytes()));
    let signature = hex::encode(signature);
    let text = format!("{FORMAT}\nsigner {signer}\nsignature {signature}\n\n{payload}");
    open_package(text.as_bytes()).map(|_| text)
}

/// Opens a package. Nothing of the payload is read before the signature is known to fit.
///
/// # Errors
/// When the file is no package, is too large, was changed after it was signed, or carries what a package must not.
pub fn open_package(text: &[u8]) -> Result<SealedPackage, PackageError> {
    if text.len() > MAX_BYTES {
        return Err(PackageError::TooLarge);
    }
    let (first, rest) = line(text).ok_or(PackageError::NotAPackage)?;
    if first != FORMAT {
        return Err(other_format(first));
    }
    let (signer, rest) = field(rest, "signer ").ok_or(PackageError::NotAPackage)?;
    let (signature, rest) = field(rest, "signature ").ok_or(PackageError::NotAPackage)?;
    let ("", payload) = line(rest).ok_or(PackageError::NotAPackage)? else {
        return Err(PackageError::NotAPackage);
    };
    let signer = SignerKey(read_hex(signer).ok_or(PackageError::NotAPackage)?);
    let signature = Signature::from_bytes(&read_hex(signature).ok_or(PackageError::NotAPackage)?);
    VerifyingKey::from_bytes(&signer.0)
        .and_then(|key| key.verify_strict(&signing_bytes(payload), &signature))
        .map_err(|_| PackageError::BadSignature)?;
    Ok(SealedPackage { package: payload::read(payload)?, signer, sha256: hex::encode(Sha256::digest(text)) })
}

/// Another version of the format, or no package at all.
fn other_format(first: &str) -> PackageError {
    let version = first.strip_prefix(FAMILY).and_then(|version| version.parse::<u32>().ok());
    if version.is_some_and(|version| version > 1) {
        PackageError::NewerFormat
    } else {
        PackageError::NotAPackage
    }
}

/// The first line without its end, and what follows. Lines of the head are short.
fn line(text: &[u8]) -> Option<(&str, &[u8])> {
    let end = text.iter().take(200).position(|b| *b == b'\n')?;
    let (line, rest) = text.split_at(end);
    Some((std::str::from_utf8(line).ok()?, rest.get(1..)?))
}

/// The value of a line that starts with `name`, and what follows the line.
fn field<'a>(text: &'a [u8], name: &str) -> Option<(&'a str, &'a [u8])> {
    let (line, rest) = line(text)?;
    Some((line.strip_prefix(name)?, rest))
}

/// Lower-case hex digits only: a package has exactly one spelling.
fn read_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut out = [0; N];
    let lower = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    (lower && hex::decode_to_slice(text, &mut out).is_ok()).then_some(out)
}
