//! What an exam pins, and how the pin is loaded by a later program.

use super::prune::{self, Lost};
use super::{APPENDED, document_folder, stem};
use crate::bundle::Bundle;
use crate::error::LoadError;
use crate::load::load_kept;
use crate::package::Files;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use toml_edit::{DocumentMut, Item};

/// What an exam pins of everything that is loaded: facts, topics, patterns, periods, sheets, phrases, every document;
/// and those procedures and datasets that the program itself (`base`) does not have. With unix line ends.
#[must_use]
pub fn law_files(all: &Files, base: &Files) -> Files {
    let of_program = |path: &str| base.contains_key(path);
    all.iter()
        .filter(|(path, _)| {
            let own = stem(path, "procedures").is_some() || stem(path, "datasets").is_some();
            APPENDED.contains(&path.as_str()) || document_folder(path).is_some() || own && !of_program(path)
        })
        .map(|(path, text)| (path.clone(), text.replace("\r\n", "\n")))
        .collect()
}

/// SHA-256 over paths and texts in the order of the paths, each with its length before it; lower-case hex.
#[must_use]
pub fn law_sha256(law: &Files) -> String {
    let mut hash = Sha256::new();
    for text in law.iter().flat_map(|(path, text)| [path, text]) {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    hex::encode(hash.finalize())
}

/// Loads what an exam pinned together with the datasets and procedures of this program. Where the pin has a file of the
/// same path, the pin's is taken. Procedures that do not fit are left out and their ids given: the program's that cite
/// clauses or facts which the pinned law does not have, the pin's that need columns which the program no longer has.
///
/// # Errors
/// Every other defect of the pin.
pub fn load_pinned(law: &Files, program: &Files) -> Result<(Bundle, Vec<String>), Vec<LoadError>> {
    let mut files: Files = program
        .iter()
        .filter(|(path, _)| stem(path, "procedures").is_some() || stem(path, "datasets").is_some())
        .chain(law)
        .map(|(path, text)| (path.clone(), text.clone()))
        .collect();
    let mut left_out = Vec::new();
    loop {
        let errors = match load_kept(&files) {
            Ok(bundle) => return Ok((bundle, left_out)),
            Err(errors) => errors,
        };
        let unfit: BTreeSet<&str> =
            errors.iter().filter_map(|error| stem(&error.file, "procedures")).collect();
        for id in &unfit {
            files.remove(&format!("procedures/{id}.toml"));
            left_out.push((*id).to_owned());
        }
        let cut = cut_loose_ends(&mut files);
        if unfit.is_empty() && !cut {
            return Err(errors);
        }
        left_out.sort();
    }
}

/// Takes procedures and datasets that are not there out of the files that name them; whether there were any.
fn cut_loose_ends(files: &mut Files) -> bool {
    let known = |folder: &str| -> BTreeSet<String> {
        files.keys().filter_map(|path| stem(path, folder)).map(str::to_owned).collect()
    };
    let (procedures, datasets) = (known("procedures"), known("datasets"));
    let mut cut = false;
    for name in APPENDED {
        let Some(text) = files.get_mut(name) else { continue };
        let Ok(document) = text.parse::<DocumentMut>() else { continue };
        let mut lost = Lost::default();
        for (key, named) in named(document.as_item(), "") {
            match key {
                "procedures" if !procedures.contains(&named) => lost.procedures.insert(named),
                "dataset" if !datasets.contains(&named) => lost.datasets.insert(named),
                _ => false,
            };
        }
        let before = text.len();
        prune::prune(text, &lost);
        cut |= text.len() != before;
    }
    cut
}

/// Every text in a TOML item with the key that it stands under.
fn named<'a>(item: &'a Item, key: &'a str) -> Vec<(&'a str, String)> {
    if let Some(text) = item.as_str() {
        return vec![(key, text.to_owned())];
    }
    if let Some(list) = item.as_array() {
        return list.iter().filter_map(|value| value.as_str()).map(|text| (key, text.to_owned())).collect();
    }
    if let Some(entries) = item.as_array_of_tables() {
        return entries
            .iter()
            .flat_map(|entry| entry.iter().flat_map(|(key, item)| named(item, key)))
            .collect();
    }
    let table = item.as_table().into_iter().flat_map(|table| table.iter());
    table.flat_map(|(key, item)| named(item, key)).collect()
}
