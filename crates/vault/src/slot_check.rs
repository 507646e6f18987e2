//! The check beside a key slot (`keys/<slot>.sum`): SHA-256 of the slot's file, so that a damaged slot is told from a wrong
//! passphrase, which the age format alone cannot. It is no secret and protects against chance, not against a forger.
//!
//! Three lines: the hash of the file that stands there, that of the file before it (`-` for none), and the hash of
//! the slot's name and these two lines. The check is written before the slot, so that whatever a crash leaves there is one of the two.

use crate::error::VaultError;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// A slot's file is a few hundred bytes; a larger one is none.
const LARGEST: u64 = 64 * 1024;

/// What the check says of the slot beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SlotCheck {
    /// The slot is what was written.
    Fits,
    /// The slot is not what was written.
    Differs,
    /// The check itself is damaged.
    Damaged,
    /// There is none: an earlier release wrote the slot.
    Absent,
}

/// Whether a file is a key slot, which has a check beside it.
pub(crate) fn is_slot(path: &Path) -> bool {
    let in_keys = path.parent().and_then(Path::file_name).is_some_and(|dir| dir == "keys");
    in_keys && path.extension().is_some_and(|ext| ext == "age")
}

/// Name of the check of a slot.
pub(crate) fn beside(slot: &Path) -> PathBuf {
    slot.with_extension("sum")
}

/// The text of the check for a slot that is about to be written over what stands there.
pub(crate) fn text(slot: &Path, new: &[u8]) -> Result<String, VaultError> {
    let before = bounded(slot)?.map_or_else(|| "-".to_owned(), |bytes| hash(&bytes));
    let said = format!("{}\n{before}\n", hash(new));
    Ok(format!("{said}{}\n", own(slot, &said)))
}

/// Hash of what a check says, with the name of its slot: the check of one slot is none of another.
fn own(slot: &Path, said: &str) -> String {
    let name = slot.file_name().unwrap_or_default().to_string_lossy();
    hash(format!("{name}\n{said}").as_bytes())
}

/// Holds a slot against its check.
pub(crate) fn look(slot: &Path) -> Result<SlotCheck, VaultError> {
    let Some(check) = bounded(&beside(slot))? else {
        return Ok(if beside(slot).exists() { SlotCheck::Damaged } else { SlotCheck::Absent });
    };
    let text = String::from_utf8_lossy(&check);
    let lines: Vec<&str> = text.lines().collect();
    let [now, before, last] = lines.as_slice() else { return Ok(SlotCheck::Damaged) };
    let said = format!("{now}\n{before}\n");
    if own(slot, &said) != *last || format!("{said}{last}\n").as_bytes() != check {
        return Ok(SlotCheck::Damaged);
    }
    let found = bounded(slot)?.map(|bytes| hash(&bytes));
    let fits = found.is_some_and(|found| found == *now || found == *before);
    Ok(if fits { SlotCheck::Fits } else { SlotCheck::Differs })
}

/// Whether a file has the outer form of an age file: its first line, at least one recipient, the end of the header and
/// a payload behind it.
pub(crate) fn looks_like_age(slot: &Path) -> Result<bool, VaultError> {
    let Some(bytes) = bounded(slot)? else { return Ok(false) };
    let mut lines = bytes.split(|b| *b == b'\n');
    let first = lines.next() == Some(b"age-encryption.org/v1");
    let recipient = lines.next().is_some_and(|line| line.starts_with(b"-> "));
    let mac = lines.any(|line| line.starts_with(b"--- ") && line.len() == 47);
    Ok(first && recipient && mac)
}

/// A small file's bytes; `None` when it is absent or too large to be one.
fn bounded(path: &Path) -> Result<Option<Vec<u8>>, VaultError> {
    match fs::metadata(path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e.into()),
        Ok(meta) if meta.len() > LARGEST => Ok(None),
        Ok(_) => Ok(Some(fs::read(path)?)),
    }
}

fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
