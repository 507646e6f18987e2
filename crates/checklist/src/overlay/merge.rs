//! Puts a folder's files over a base's, and remembers which line of a file is whose.

use super::prune::{self, Lost};
use super::{APPENDED, document_folder, stem};
use crate::error::{ChecklistError, LoadError};
use crate::package::Files;
use crate::reader::line_of;
use std::collections::{BTreeMap, BTreeSet};
use toml_edit::Document;

/// What stands before the name of a file of the base.
const BUILT_IN: &str = "built-in/";

/// Files of both, without `ids.lock`.
pub(super) struct Merged {
    /// The files.
    pub(super) files: Files,
    /// Procedures of the base that were left out, by id.
    pub(super) left_out: Vec<String>,
    /// Lines of the base before the folder's in files that hold both.
    lines_before: BTreeMap<String, u32>,
}

impl Merged {
    /// Defects at the lines of the folder's own files. Those that show in the base are told only where there are no
    /// others: they come of these. So do facts that are unknown because no fact could be read.
    pub(super) fn own_places(&self, folder: &Files, errors: Vec<LoadError>) -> Vec<LoadError> {
        let own = |mut error: LoadError| {
            let before = self.lines_before.get(&error.file).copied();
            let of_base = match (before, error.line) {
                (Some(before), Some(line)) => {
                    error.line = Some(if line > before { line - before } else { line });
                    line <= before
                }
                (Some(_), None) => false,
                (None, _) => self.files.contains_key(&error.file) && !folder.contains_key(&error.file),
            };
            if of_base {
                error.file = format!("{BUILT_IN}{}", error.file);
            }
            error
        };
        let no_facts =
            errors.iter().any(|e| e.file == "facts.toml" && matches!(e.what, ChecklistError::Syntax(_)));
        let follows = |e: &LoadError| no_facts && matches!(e.what, ChecklistError::UnknownFact(_));
        let told: Vec<LoadError> = errors.into_iter().filter(|e| !follows(e)).map(own).collect();
        let (of_base, of_folder): (Vec<_>, Vec<_>) =
            told.into_iter().partition(|e| e.file.starts_with(BUILT_IN));
        if of_folder.is_empty() { of_base } else { of_folder }
    }
}

/// Lays the folder over the base.
pub(super) fn merge(base: &Files, folder: &Files) -> Result<Merged, Vec<LoadError>> {
    let codes = codes(folder);
    let dropped = replaced(base, &codes);
    let unix = |(path, text): (&String, &String)| (path.clone(), text.replace("\r\n", "\n"));
    let mut files: Files = base
        .iter()
        .filter(|(path, _)| !matches!(path.as_str(), "ids.lock" | "README.md"))
        .filter(|(path, _)| document_folder(path).is_none_or(|folder| !dropped.contains(folder)))
        .map(unix)
        .collect();
    let mut errors: Vec<LoadError> = codes
        .keys()
        .map(|folder| format!("{folder}/document.toml"))
        .filter(|path| !folder.contains_key(path))
        .map(|file| LoadError { file, line: None, what: ChecklistError::MissingFile })
        .collect();
    let lost = lost(base, &files, folder, &dropped);
    let left_out = leave_out(&mut files, &lost);
    let mut lost = Lost { procedures: left_out.iter().cloned().collect(), ..lost };
    let mut lines_before = BTreeMap::new();
    for name in APPENDED {
        if let Some(text) = files.get_mut(name) {
            let topics = prune::prune(text, &lost);
            lost.topics.extend(topics);
        }
    }
    for (path, text) in folder.iter().map(unix) {
        match path.as_str() {
            "ids.lock" | "README.md" => {}
            name if APPENDED.contains(&name) && files.contains_key(name) => {
                errors.extend(not_entries(name, &text));
                let whole = files.entry(path.clone()).or_default();
                if !whole.ends_with('\n') {
                    whole.push('\n');
                }
                lines_before.insert(path, line_of(whole, whole.len()) - 1);
                whole.push_str(&text);
            }
            _ if files.contains_key(&path) => {
                errors.push(LoadError { file: path, line: None, what: ChecklistError::PathTaken });
            }
            _ => {
                files.insert(path, text);
            }
        }
    }
    if errors.is_empty() { Ok(Merged { files, left_out, lines_before }) } else { Err(errors) }
}

/// The document folders of a set of files with their codes; `None` where the code cannot be read.
pub(crate) fn codes(files: &Files) -> BTreeMap<&str, Option<String>> {
    let folders: BTreeSet<&str> = files.keys().filter_map(|path| document_folder(path)).collect();
    let code = |folder: &str| {
        let text = files.get(&format!("{folder}/document.toml"))?;
        toml::from_str::<toml::Table>(text).ok()?.get("code")?.as_str().map(str::to_owned)
    };
    folders.into_iter().map(|folder| (folder, code(folder))).collect()
}

/// Folders of the base's documents that the folder's take the place of. One of the same name whose code cannot be read is
/// meant to, too: its defect is what shall be told.
fn replaced(base: &Files, own: &BTreeMap<&str, Option<String>>) -> BTreeSet<String> {
    let given: BTreeSet<&String> = own.values().flatten().collect();
    let of_base = codes(base).into_iter();
    of_base
        .filter(|(folder, code)| {
            let same_code = code.as_ref().is_some_and(|code| given.contains(code));
            same_code || own.get(folder).is_some_and(Option::is_none)
        })
        .map(|(folder, _)| folder.to_owned())
        .collect()
}

/// Clauses of the replaced documents that are gone, or are no longer what they were.
fn lost(base: &Files, kept: &Files, folder: &Files, dropped: &BTreeSet<String>) -> Lost {
    let of_dropped = |path: &str| document_folder(path).is_some_and(|folder| dropped.contains(folder));
    let before = clauses(base.iter().filter(|(path, _)| of_dropped(path)));
    let after = clauses(kept.iter().chain(folder).filter(|(path, _)| document_folder(path).is_some()));
    let mut lost = Lost::default();
    for (id, (text, answered)) in &before {
        match after.get(id) {
            None => lost.gone.insert(id.clone()),
            Some((_, now)) if now != answered => lost.reclassed.insert(id.clone()),
            Some((now, _)) if now != text => lost.altered.insert(id.clone()),
            Some(_) => false,
        };
    }
    // The words of a duty may stand in a heading above it.
    let headings: Vec<String> = lost.altered.iter().chain(&lost.gone).map(|id| format!("{id}.")).collect();
    let below =
        before.into_keys().filter(|id| headings.iter().any(|heading| id.starts_with(heading.as_str())));
    lost.altered.extend(below);
    lost
}

/// Clauses with their texts and whether they are answered, as far as the chapters can be read.
fn clauses<'a>(files: impl Iterator<Item = (&'a String, &'a String)>) -> BTreeMap<String, (String, bool)> {
    let mut out = BTreeMap::new();
    for (_, text) in files.filter(|(path, _)| path.ends_with(".toml")) {
        let Ok(chapter) = toml::from_str::<toml::Table>(text) else { continue };
        let clauses = chapter.get("clause").and_then(toml::Value::as_array);
        for clause in clauses.into_iter().flatten() {
            let field = |key: &str| clause.get(key).and_then(toml::Value::as_str).map(str::to_owned);
            let stated = clause.get("examinable").and_then(toml::Value::as_bool);
            let answered = stated.unwrap_or_else(|| field("kind").is_some_and(|kind| kind != "branch"));
            out.extend(field("id").zip(field("text")).map(|(id, text)| (id, (text, answered))));
        }
    }
    out
}

/// Takes out the procedures that cite a clause which is gone, and tells their ids.
fn leave_out(files: &mut Files, lost: &Lost) -> Vec<String> {
    let cites = |text: &str| {
        let table = toml::from_str::<toml::Table>(text);
        !lost.gone.is_empty() && table.is_ok_and(|table| names(&toml::Value::Table(table), &lost.gone))
    };
    let out: Vec<String> = files
        .iter()
        .filter_map(|(path, text)| stem(path, "procedures").filter(|_| cites(text)))
        .map(str::to_owned)
        .collect();
    for id in &out {
        files.remove(&format!("procedures/{id}.toml"));
    }
    out
}

fn names(value: &toml::Value, ids: &BTreeSet<String>) -> bool {
    match value {
        toml::Value::String(text) => ids.contains(text),
        toml::Value::Array(values) => values.iter().any(|value| names(value, ids)),
        toml::Value::Table(table) => table.iter().any(|(_, value)| names(value, ids)),
        _ => false,
    }
}

/// What keeps a text from being put after another: it is no TOML, or has more in it than `[[…]]` entries, which would
/// become part of the entry before.
fn not_entries(file: &str, text: &str) -> Vec<LoadError> {
    let fail = |at: Option<usize>, what: String| LoadError {
        file: file.to_owned(),
        line: at.map(|at| line_of(text, at)),
        what: ChecklistError::Syntax(what),
    };
    match Document::parse(text) {
        Err(error) => {
            vec![fail(error.span().map(|span| span.start), error.message().to_owned())]
        }
        Ok(document) => document
            .as_table()
            .iter()
            .filter(|(_, item)| !item.is_array_of_tables())
            .map(|(key, item)| {
                let span =
                    document.as_table().key(key).and_then(toml_edit::Key::span).or_else(|| item.span());
                fail(span.map(|span| span.start), format!("`{key}` is not an entry in double brackets"))
            })
            .collect(),
    }
}
