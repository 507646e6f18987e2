//! The licences of everything that is in the programs, word by word: who passes the programs on passes these on as well.

use crate::sbom;
use crate::shell::{capture, cargo, root};
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// How the names of such files begin.
const NAMES: [&str; 7] = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE", "OFL"];
/// Folders below a package that are looked into: sources in C bring theirs along.
const DEPTH: usize = 2;
/// Texts longer than this are sources that happen to be called so.
const LONGEST: u64 = 200_000;

/// A part, its licence in short, and the texts that came with it.
struct Part {
    name: String,
    licence: String,
    texts: Vec<String>,
}

/// One text for all parts.
///
/// # Errors
/// When the parts cannot be listed, or a file cannot be read.
pub fn text() -> Result<String> {
    let folders = folders()?;
    let mut parts = Vec::new();
    for component in sbom::shipped()? {
        let word = |key: &str| component[key].as_str().unwrap_or_default().to_owned();
        let name = format!("{} {}", word("name"), word("version"));
        let licence = &component["licenses"][0];
        let said = [&licence["expression"], &licence["license"]["id"], &licence["license"]["name"]];
        let licence = said.into_iter().find_map(Value::as_str).unwrap_or_default().to_owned();
        let page = root()?.join("ui/node_modules").join(word("name"));
        let folder = if word("purl").starts_with("pkg:npm/") { Some(&page) } else { folders.get(&name) };
        let texts = folder.map_or(Ok(Vec::new()), |folder| texts_of(folder))?;
        parts.push(Part { name, licence, texts });
    }
    Ok(joined(&parts))
}

/// Where cargo keeps the sources of each crate, by name and version.
fn folders() -> Result<BTreeMap<String, PathBuf>> {
    let said: Value =
        serde_json::from_str(&capture(&mut cargo(&["metadata", "--locked", "--format-version", "1"])?)?)?;
    let of = |package: &Value| {
        let text = |key: &str| package[key].as_str().map(str::to_owned);
        let folder = Path::new(&text("manifest_path")?).parent()?.to_path_buf();
        Some((format!("{} {}", text("name")?, text("version")?), folder))
    };
    // Our own are under the licence that the package itself names.
    let theirs = |package: &&Value| package["source"].is_string();
    Ok(said["packages"].as_array().into_iter().flatten().filter(theirs).filter_map(of).collect())
}

fn texts_of(folder: &Path) -> Result<Vec<String>> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![(folder.to_path_buf(), 0)];
    while let Some((folder, depth)) = waiting.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().to_uppercase();
            let named = NAMES.iter().any(|begin| name.starts_with(begin)) && !name.ends_with(".RS");
            match entry.file_type()?.is_dir() {
                true if depth < DEPTH && name != "NODE_MODULES" => waiting.push((entry.path(), depth + 1)),
                false if named && entry.metadata()?.len() <= LONGEST => {
                    found.insert(entry.path());
                }
                _ => {}
            }
        }
    }
    let read = |path: PathBuf| Ok(String::from_utf8_lossy(&fs::read(&path)?).replace("\r\n", "\n"));
    found.into_iter().map(read).collect()
}

/// What is in the programs under which licence; then every text once, under the names of those that it came with.
fn joined(parts: &[Part]) -> String {
    let mut list = String::from("Parts of the programs and their licences\n程式所含元件及其授權\n\n");
    let mut texts: BTreeMap<Vec<&str>, (&str, BTreeSet<&str>)> = BTreeMap::new();
    for part in parts {
        // Writing to a string cannot fail.
        let _ = writeln!(list, "{}: {}", part.name, part.licence);
        for text in &part.texts {
            // Line breaks and margins make no other licence.
            let words = text.split_whitespace().collect();
            texts.entry(words).or_insert((text, BTreeSet::new())).1.insert(&part.name);
        }
    }
    let mut texts: Vec<_> = texts.into_values().collect();
    texts.sort_by_key(|(_, of)| of.iter().copied().collect::<Vec<_>>());
    for (text, of) in texts {
        let of = of.into_iter().collect::<Vec<_>>().join(", ");
        let _ = write!(list, "\n{}\n{of}\n\n{}\n", "=".repeat(72), text.trim_end());
    }
    list
}

#[cfg(test)]
mod tests {
    use super::{Part, joined};

    #[test]
    fn every_part_is_named_and_every_text_stands_once() {
        let part = |name: &str, text: &str| Part {
            name: name.to_owned(),
            licence: "MIT".to_owned(),
            texts: vec![text.to_owned()],
        };
        let text = joined(&[part("a 1", "Be kind.\n"), part("b 2", "Be\n  kind."), part("c 3", "Be brave.")]);
        assert!(text.contains("a 1: MIT\nb 2: MIT\nc 3: MIT\n"), "{text}");
        assert_eq!(text.matches("kind.").count(), 1, "{text}");
        assert!(text.contains("\na 1, b 2\n\nBe kind.\n"), "{text}");
        assert!(text.ends_with("\nc 3\n\nBe brave.\n"), "{text}");
    }
}
