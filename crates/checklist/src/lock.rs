//! `ids.lock`: one line per id with the SHA-256 of its text. An id is never used for another text; one that is
//! given up stays in the file, followed by `retired`.

use crate::bundle::Bundle;
use crate::error::ChecklistError;
use crate::reader::{Reader, line_of};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Lower-case hex SHA-256 of a text.
pub(crate) fn sha256_hex(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

/// The lock file that fits the bundle: clauses in document order, each with its units (`BSL-6.8/a`), then datasets, then
/// procedures. A retired id has to be carried over by hand.
#[must_use]
pub fn lock_text(bundle: &Bundle) -> String {
    locked(bundle).into_iter().map(|(id, hash)| format!("{id} {hash}\n")).collect()
}

/// Ids in force with the hash of their text.
fn locked(bundle: &Bundle) -> Vec<(String, String)> {
    let clauses = bundle.clauses().flat_map(|c| {
        let units = c.units.iter().map(|u| (format!("{}/{}", c.id, u.id), sha256_hex(&u.text)));
        std::iter::once((c.id.to_string(), sha256_hex(&c.text))).chain(units)
    });
    let datasets = bundle.dataset_files.iter().map(|(key, hash)| (key.clone(), hash.clone()));
    let procedures = bundle.procedures.iter().map(|p| (p.procedure.id.clone(), p.sha256.clone()));
    clauses.chain(datasets).chain(procedures).collect()
}

/// Compares the bundle with the lock file.
pub(crate) fn check(reader: &mut Reader<'_>, text: &str, bundle: &Bundle) {
    let mut lines = read(reader, text);
    for (id, hash) in locked(bundle) {
        match lines.remove(id.as_str()) {
            None => reader.fail(ChecklistError::NotLocked(id)),
            Some(line) if line.retired => {
                reader.fail_span(line.at..line.at, ChecklistError::RetiredReused(id))
            }
            Some(line) if line.hash != hash => {
                reader.fail_span(line.at..line.at, ChecklistError::LockChanged(id))
            }
            Some(_) => {}
        }
    }
    for (id, line) in lines.into_iter().filter(|(_, line)| !line.retired) {
        reader.fail_span(line.at..line.at, ChecklistError::LockedButGone(id.to_owned()));
    }
}

struct Line<'a> {
    at: usize,
    hash: &'a str,
    retired: bool,
}

fn read<'a>(reader: &mut Reader<'_>, text: &'a str) -> BTreeMap<&'a str, Line<'a>> {
    let mut lines = BTreeMap::new();
    let mut at = 0;
    for full in text.split_inclusive('\n') {
        let words: Vec<&str> = full.split_whitespace().collect();
        let line = match words.as_slice() {
            [] => None,
            [id, hash] => Some((*id, Line { at, hash, retired: false })),
            [id, hash, "retired"] => Some((*id, Line { at, hash, retired: true })),
            _ => {
                let number = line_of(text, at).to_string();
                reader.fail_span(at..at, ChecklistError::BadId(number, "line of the lock file"));
                None
            }
        };
        if let Some((id, line)) = line
            && lines.insert(id, line).is_some()
        {
            reader.fail_span(at..at, ChecklistError::Duplicate(id.to_owned()));
        }
        at += full.len();
    }
    lines
}
