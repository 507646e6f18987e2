//! `ids.lock` of an organisation's folder, written for it: lines are added, renewed and retired, never taken out.

use super::ids::{lines, reuse};
use super::merge::{self, codes};
use crate::error::{ChecklistError, LoadError};
use crate::load::load_unlocked;
use crate::lock::lock_text;
use crate::package::Files;
use std::collections::{BTreeMap, BTreeSet};

/// A folder's lock file as it should be, and what that changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Relocked {
    /// The file.
    pub text: String,
    /// Ids that it had no line for.
    pub added: Vec<String>,
    /// Ids whose text is another one now.
    pub changed: Vec<String>,
    /// Ids that nothing defines any longer.
    pub retired: Vec<String>,
}

/// The lock file of a folder over a base: the folder's own clauses with their units, datasets and procedures. Ids that
/// are no longer defined are marked as retired, those of a built-in document that the folder has a newer edition of
/// among them.
///
/// # Errors
/// Every defect of the folder but those of its lock file's hashes; an id that was retired before and is defined again.
pub fn relock(base: &Files, folder: &Files) -> Result<Relocked, Vec<LoadError>> {
    let merged = merge::merge(base, folder)?;
    let bundle = load_unlocked(&merged.files).map_err(|errors| merged.own_places(folder, errors))?;
    let current = lock_text(&bundle);
    let current: Vec<(&str, &str)> = current.lines().filter_map(|line| line.rsplit_once(' ')).collect();
    let defined: BTreeMap<&str, &str> = current.iter().copied().collect();
    let mut errors = Vec::new();
    let old = lines(folder, &mut errors);
    let before = lines(base, &mut Vec::new());
    let retired_before = |id: &str| before.get(id).or(old.get(id)).is_some_and(|line| line.retired);
    errors.extend(defined.keys().filter(|id| retired_before(id)).map(|id| match old.get(*id) {
        Some(line) if line.retired => {
            let what = ChecklistError::RetiredReused((*id).to_owned());
            LoadError { file: "ids.lock".to_owned(), line: Some(line.number), what }
        }
        _ => reuse(folder, id),
    }));
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut out = Relocked::default();
    for line in folder.get("ids.lock").map(String::as_str).unwrap_or_default().lines() {
        out.keep(line, &defined, &merged.left_out);
    }
    let own = Own::of(folder);
    for (id, hash) in current.iter().filter(|(id, _)| own.has(id) && !old.contains_key(id)) {
        out.text.push_str(&format!("{id} {hash}\n"));
        out.added.push((*id).to_owned());
    }
    let gone = |id: &str| own.clause(id) && !defined.contains_key(id) && !old.contains_key(id);
    for (id, line) in before.iter().filter(|(id, line)| !line.retired && gone(id)) {
        out.text.push_str(&format!("{id} {} retired\n", line.hash));
        out.retired.push((*id).to_owned());
    }
    Ok(out)
}

impl Relocked {
    /// Takes over a line of the file as it was.
    fn keep(&mut self, line: &str, defined: &BTreeMap<&str, &str>, left_out: &[String]) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            [id, hash] => match defined.get(id) {
                Some(now) if now != hash => {
                    self.text.push_str(&format!("{id} {now}\n"));
                    self.changed.push((*id).to_owned());
                }
                None if !left_out.iter().any(|out| out == id) => {
                    self.text.push_str(&format!("{id} {hash} retired\n"));
                    self.retired.push((*id).to_owned());
                }
                _ => self.text.push_str(&format!("{line}\n")),
            },
            _ => self.text.push_str(&format!("{line}\n")),
        }
    }
}

/// What a folder defines itself.
struct Own<'a> {
    folder: &'a Files,
    codes: BTreeSet<String>,
}

impl<'a> Own<'a> {
    fn of(folder: &'a Files) -> Self {
        Self { folder, codes: codes(folder).into_values().flatten().collect() }
    }

    fn has(&self, id: &str) -> bool {
        let file = |under: &str| self.folder.contains_key(&format!("{under}/{id}.toml"));
        file("procedures") || file("datasets") || self.clause(id)
    }

    /// Whether an id is one of a clause, or of a unit, of the folder's documents.
    fn clause(&self, id: &str) -> bool {
        id.split_once('-').is_some_and(|(code, _)| self.codes.contains(code))
    }
}
