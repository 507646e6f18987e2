//! `ids.lock` of a base and a folder together: who says what about which id.

use super::document_folder;
use crate::bundle::Bundle;
use crate::error::{ChecklistError, LoadError};
use crate::lock::lock_text;
use crate::package::Files;
use crate::reader::line_of;
use std::collections::BTreeMap;
use toml_edit::{Document, Item, Table};

/// One line of a lock file.
pub(super) struct Line<'a> {
    pub(super) number: u32,
    pub(super) hash: &'a str,
    pub(super) retired: bool,
}

/// The lock file of both: the folder's own lines have to fit, and what it has no line for is computed. Ids that either
/// has retired stay so and cannot be defined. Lines that the folder copied for procedures of the base that had to be
/// left out do no harm.
pub(super) fn combine(
    base: &Files,
    folder: &Files,
    bundle: &Bundle,
    left_out: &[String],
) -> Result<String, Vec<LoadError>> {
    let mut errors = Vec::new();
    let mut ignored = Vec::new();
    let base_lock = lines(base, &mut ignored);
    let mut own_lock = lines(folder, &mut errors);
    let mut fail_at = |line: u32, what| {
        errors.push(LoadError { file: "ids.lock".to_owned(), line: Some(line), what });
    };
    let mut out = String::new();
    let mut retired: BTreeMap<&str, &str> = BTreeMap::new();
    let current = lock_text(bundle);
    let mut reused = Vec::new();
    for (id, hash) in current.lines().filter_map(|line| line.rsplit_once(' ')) {
        let before = base_lock.get(id);
        if before.is_some_and(|line| line.retired) {
            reused.push(id);
        }
        match own_lock.remove(id) {
            Some(line) if line.retired => fail_at(line.number, ChecklistError::RetiredReused(id.to_owned())),
            Some(line) if line.hash != hash => {
                fail_at(line.number, ChecklistError::LockChanged(id.to_owned()))
            }
            _ => {}
        }
        out.push_str(&format!("{id} {hash}\n"));
    }
    for (id, line) in own_lock {
        if line.retired {
            retired.insert(id, line.hash);
        } else if !left_out.iter().any(|out| out == id) {
            fail_at(line.number, ChecklistError::LockedButGone(id.to_owned()));
        }
    }
    errors.extend(reused.into_iter().map(|id| reuse(folder, id)));
    if !errors.is_empty() {
        errors.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        return Err(errors);
    }
    retired.extend(base_lock.iter().filter(|(_, line)| line.retired).map(|(id, line)| (*id, line.hash)));
    out.extend(retired.iter().map(|(id, hash)| format!("{id} {hash} retired\n")));
    Ok(out)
}

/// That an id which the base has retired is defined again, where the folder defines it.
pub(super) fn reuse(folder: &Files, id: &str) -> LoadError {
    let (file, line) = place(folder, id).unwrap_or_else(|| ("ids.lock".to_owned(), None));
    LoadError { file, line, what: ChecklistError::RetiredReused(id.to_owned()) }
}

/// Where a folder defines an id: a clause, a dataset's key or a procedure.
fn place(folder: &Files, id: &str) -> Option<(String, Option<u32>)> {
    // A unit's id follows that of its clause.
    let id = id.split([' ', '/', '#']).next().unwrap_or(id);
    folder.iter().filter(|(path, _)| path.ends_with(".toml")).find_map(|(path, text)| {
        let document = Document::parse(text.as_str()).ok()?;
        let table = document.as_table();
        let at = if document_folder(path).is_some() {
            let clauses = table.get("clause").and_then(Item::as_array_of_tables)?;
            clauses.iter().find_map(|clause| defines(clause, "id", id))?
        } else {
            defines(table, "id", id).or_else(|| defines(table, "key", id))?
        };
        Some((path.clone(), at.map(|at| line_of(text, at))))
    })
}

fn defines(table: &Table, key: &str, id: &str) -> Option<Option<usize>> {
    let item = table.get(key)?;
    (item.as_str() == Some(id)).then(|| item.span().map(|span| span.start))
}

/// The lines of a set's lock file by id; none when it has no such file.
pub(super) fn lines<'a>(files: &'a Files, errors: &mut Vec<LoadError>) -> BTreeMap<&'a str, Line<'a>> {
    let mut out = BTreeMap::new();
    let Some(text) = files.get("ids.lock") else { return out };
    let mut fail = |number: u32, what| {
        errors.push(LoadError { file: "ids.lock".to_owned(), line: Some(number), what });
    };
    for (line, number) in text.lines().zip(1_u32..) {
        let line = line.trim();
        let (rest, retired) = match line.strip_suffix(" retired") {
            Some(rest) => (rest, true),
            None => (line, false),
        };
        let Some((id, hash)) = rest.rsplit_once(' ').map(|(id, hash)| (id.trim(), hash)) else {
            if !line.is_empty() {
                fail(number, ChecklistError::BadId(number.to_string(), "line of the lock file"));
            }
            continue;
        };
        if out.insert(id, Line { number, hash, retired }).is_some() {
            fail(number, ChecklistError::Duplicate(id.to_owned()));
        }
    }
    out
}
