//! Writes accepted changes into the files, comments and order kept.

use super::RowChange;
use crate::error::{ChecklistError, LoadError};
use crate::lock::sha256_hex;
use crate::overlay::{check_folder, codes, document_folder};
use crate::package::Files;
use crate::verbatim::resource;
use crate::words::{strength_key, strength_of};
use fieldbook_model::ClauseId;
use std::collections::BTreeMap;
use toml_edit::{Array, DocumentMut, Item, Table, Value};

/// The folder with the changes made. A document that only the base has is copied into the folder first: with the
/// changes it is the organisation's own edition. A changed text is changed in the source text too, whose hash is
/// renewed. Where the folder has an `ids.lock`, its lines for changed texts are renewed.
///
/// # Errors
/// What keeps the changed folder from being laid over the base; then nothing is changed.
pub fn apply(base: &Files, folder: &Files, changes: &[RowChange]) -> Result<Files, Vec<LoadError>> {
    let mut files = folder.clone();
    let mut by_clause: BTreeMap<&ClauseId, Vec<&RowChange>> = BTreeMap::new();
    for change in changes {
        by_clause.entry(&change.clause).or_default().push(change);
    }
    for (clause, changes) in by_clause {
        let own = folder_of(&files, clause).unwrap_or_else(|| copy_document(base, &mut files, clause));
        let path = chapter_of(&files, clause);
        let Some(text) = path.and_then(|path| files.get_mut(&path)) else {
            let what = ChecklistError::UnknownClause(clause.to_string());
            return Err(vec![LoadError { file: format!("{own}/document.toml"), line: None, what }]);
        };
        let line = edit(text, clause, &changes);
        for change in changes.iter().filter(|change| change.column == "text") {
            rewrite(&mut files, &own, change, line);
            if let Some(lock) = files.get_mut("ids.lock") {
                *lock = relocked(lock, clause, &change.after);
            }
        }
    }
    check_folder(base, &files).map(|_| files)
}

/// The folder of the document that a clause belongs to.
fn folder_of(files: &Files, clause: &ClauseId) -> Option<String> {
    let code = Some(clause.doc());
    codes(files).into_iter().find(|(_, known)| known.as_deref() == code).map(|(folder, _)| folder.to_owned())
}

/// Copies the base's document into the files; its folder, or the code where the base has none.
fn copy_document(base: &Files, files: &mut Files, clause: &ClauseId) -> String {
    let Some(folder) = folder_of(base, clause) else { return clause.doc().to_owned() };
    let of_document = base.iter().filter(|(path, _)| document_folder(path) == Some(folder.as_str()));
    files.extend(of_document.map(|(path, text)| (path.clone(), text.clone())));
    folder
}

/// The file that defines a clause.
fn chapter_of(files: &Files, clause: &ClauseId) -> Option<String> {
    let chapters = files.iter().filter(|(path, text)| {
        document_folder(path).is_some() && path.ends_with(".toml") && text.contains(clause.as_str())
    });
    chapters
        .filter(|(_, text)| {
            let document = text.parse::<DocumentMut>().ok();
            document.is_some_and(|mut document| table_of(&mut document, clause).is_some())
        })
        .map(|(path, _)| path.clone())
        .next()
}

fn table_of<'a>(document: &'a mut DocumentMut, clause: &ClauseId) -> Option<&'a mut Table> {
    let clauses = document.get_mut("clause")?.as_array_of_tables_mut()?;
    clauses.iter_mut().find(|table| table.get("id").and_then(Item::as_str) == Some(clause.as_str()))
}

/// Makes the changes in a chapter; gives the line of the source on which the clause begins.
fn edit(text: &mut String, clause: &ClauseId, changes: &[&RowChange]) -> u32 {
    let Ok(mut document) = text.parse::<DocumentMut>() else { return 0 };
    let mut line = None;
    if let Some(table) = table_of(&mut document, clause) {
        line = table.get("line").and_then(Item::as_integer);
        for change in changes {
            set(table, change.column, &change.after);
        }
    }
    *text = document.to_string();
    line.and_then(|line| u32::try_from(line).ok()).unwrap_or_default()
}

/// Puts a clause's new text into the source text of its document, which with that is the organisation's own and no
/// longer anybody's original. Where it cannot be put, the comparison with the source says so.
fn rewrite(files: &mut Files, folder: &str, change: &RowChange, line: u32) {
    let head = format!("{folder}/document.toml");
    let Some(mut document) = files.get(&head).and_then(|text| text.parse::<DocumentMut>().ok()) else {
        return;
    };
    let name = document.get("source").and_then(Item::as_str).unwrap_or_default();
    let Some(source) = files.get_mut(&format!("{folder}/{name}")) else { return };
    let unix = source.replace("\r\n", "\n");
    let Some(rewritten) = resource(&unix, &change.before, &change.after, line).filter(|text| *text != unix)
    else {
        return;
    };
    for key in ["source_sha256", "original_sha256"] {
        set(document.as_table_mut(), key, &sha256_hex(&rewritten));
    }
    *source = rewritten;
    files.insert(head, document.to_string());
}

/// Sets one key; an empty text takes it out.
fn set(table: &mut Table, key: &str, after: &str) {
    if after.is_empty() {
        table.remove(key);
        return;
    }
    let mut value = match key {
        "params" => Value::Array(after.lines().collect::<Array>()),
        "strength" => Value::from(strength_of(after).map(strength_key).unwrap_or_default()),
        _ => Value::from(after),
    };
    match table.get_mut(key) {
        Some(item) => {
            if let Some(old) = item.as_value() {
                *value.decor_mut() = old.decor().clone();
            }
            *item = Item::Value(value);
        }
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

/// The lock file with another text's hash for one id that is in force.
fn relocked(lock: &str, clause: &ClauseId, text: &str) -> String {
    let renew = |line: &str| match line.split_whitespace().collect::<Vec<_>>().as_slice() {
        [id, _] if *id == clause.as_str() => format!("{id} {}\n", sha256_hex(text)),
        _ => format!("{line}\n"),
    };
    lock.lines().map(renew).collect()
}
