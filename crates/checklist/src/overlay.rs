//! Checklists of an organisation over the built-in ones, and what an exam pins of both.
//!
//! A folder of checklist files is laid over a base: a document takes the place of the base's document of the same
//! code, or is a new one; procedures and datasets are added; the entries of `facts.toml`, `crosswalk.toml`,
//! `patterns.toml`, `periods.toml`, `sheets.toml` and `phrases.toml` come after the base's. What the base says about
//! clauses that a new edition no longer has is left out; so are its governing values, pairs and periods where the new
//! edition changed the text that they rest on.

mod ids;
mod law;
mod merge;
mod prune;
mod relock;

pub(crate) use merge::codes;

pub use law::{law_files, law_sha256, load_pinned};
pub use relock::{Relocked, relock};

use crate::bundle::Bundle;
use crate::error::LoadError;
use crate::load::load_unlocked;
use crate::package::Files;

/// Files whose entries come after the base's.
const APPENDED: [&str; 8] = [
    "facts.toml",
    "crosswalk.toml",
    "patterns.toml",
    "periods.toml",
    "sheets.toml",
    "phrases.toml",
    "qualifications.toml",
    "retention.toml",
];

/// A base with a folder laid over it.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlaid {
    /// All files, `ids.lock` among them: they load.
    pub files: Files,
    /// What they define.
    pub bundle: Bundle,
    /// Procedures of the base that cite clauses which are no longer there, by id.
    pub left_out: Vec<String>,
}

/// Lays a folder or a package over a base that loads.
///
/// # Errors
/// Every defect, with the line of the folder's own file. A defect that shows in a file of the base only has
/// `built-in/` before that file's name.
pub fn overlay(base: &Files, folder: &Files) -> Result<Overlaid, Vec<LoadError>> {
    let merged = merge::merge(base, folder)?;
    let bundle = load_unlocked(&merged.files).map_err(|errors| merged.own_places(folder, errors))?;
    let lock = ids::combine(base, folder, &bundle, &merged.left_out)?;
    let mut files = merged.files;
    files.insert("ids.lock".to_owned(), lock);
    Ok(Overlaid { files, bundle, left_out: merged.left_out })
}

/// Checks an organisation's folder against a base that loads.
///
/// # Errors
/// As [`overlay`].
pub fn check_folder(base: &Files, folder: &Files) -> Result<Bundle, Vec<LoadError>> {
    overlay(base, folder).map(|overlaid| overlaid.bundle)
}

/// The folder of a file, when it is one of a document.
pub(crate) fn document_folder(path: &str) -> Option<&str> {
    let (folder, _) = path.split_once('/')?;
    (!matches!(folder, "schema" | "datasets" | "procedures")).then_some(folder)
}

/// The name of a procedure's or dataset's file without its ending.
fn stem<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".toml")
}
