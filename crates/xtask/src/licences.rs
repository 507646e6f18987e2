//! `cargo xtask licences`: the licences of everything that is shipped, with their texts, into `assets/licences.json`, which
//! the window shows. The same parts as in [`sbom`](crate::sbom); a text that many parts share is in it once.

use crate::sbom;
use crate::shell::{capture, cargo, root};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// How the names of files begin that hold a licence or a notice which goes along with it.
const NAMES: [&str; 7] = ["license", "licence", "copying", "notice", "copyright", "unlicense", "ofl"];
/// Sources in C that a crate brings along in a folder of its own.
const INSIDE: [&str; 3] = ["openssl", "sqlcipher", "zstd"];
/// Licences whose texts name no author: one stands for all.
const NAME_NOBODY: [&str; 3] = ["Apache-2.0", "MPL-2.0", "BSL-1.0"];
/// Bytes of the longest file that is taken for a licence.
const LONGEST: u64 = 64 * 1024;

struct Part {
    name: String,
    version: String,
    /// `crate`, `package` or `data`.
    kind: &'static str,
    licence: String,
    /// Where its sources are kept, as it says; empty where it does not.
    repository: String,
    /// Places in `texts`.
    texts: Vec<usize>,
}

/// Writes the file.
///
/// # Errors
/// When a lock is not up to date or a source is not there.
pub fn write() -> Result<()> {
    let folders = folders()?;
    let mut texts = Texts::default();
    let mut parts = vec![Part {
        name: "Fieldbook 查核簿".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        kind: "crate",
        licence: "MIT OR Apache-2.0".to_owned(),
        repository: String::new(),
        texts: texts.of(&root()?)?,
    }];
    let shipped = sbom::shipped()?.into_iter();
    for component in shipped.filter(|c| !text(&c["name"]).starts_with("fieldbook")) {
        let (name, version) = (text(&component["name"]), text(&component["version"]));
        let kind = match text(&component["bom-ref"]) {
            r if r.starts_with("pkg:cargo/") => "crate",
            r if r.starts_with("pkg:npm/") => "package",
            _ => "data",
        };
        let (folder, repository) = match kind {
            "crate" => folders.get(&(name.clone(), version.clone())).cloned().unzip(),
            "package" => (Some(root()?.join("ui/node_modules").join(&name)), None),
            _ => (None, None),
        };
        let texts = folder.map(|folder| texts.of(&folder)).transpose()?.unwrap_or_default();
        let repository = repository.unwrap_or_default();
        parts.push(Part { name, version, kind, licence: licence(&component), repository, texts });
    }
    lend(&mut parts);
    let without = parts.iter().filter(|p| p.texts.is_empty() && p.kind != "data");
    let without: Vec<String> = without.map(|p| format!("{} ({})", p.name, p.licence)).collect();
    let file = root()?.join("assets/licences.json");
    let part = |p: Part| json!({ "name": p.name, "version": p.version, "kind": p.kind, "licence": p.licence, "texts": p.texts });
    let parts: Vec<Value> = parts.into_iter().map(part).collect();
    let (paragraphs, texts) = in_paragraphs(&texts.all);
    let told = json!({ "parts": parts, "paragraphs": paragraphs, "texts": texts }).to_string() + "\n";
    println!("assets/licences.json: {} kB; without a text: {}", told.len() / 1024, without.join(", "));
    fs::write(&file, told).with_context(|| file.display().to_string())
}

/// The paragraphs of all texts, each once, and the texts as places among them: most say the same below another name, and too
/// far apart for what packs them to see it.
fn in_paragraphs(texts: &[String]) -> (Vec<&str>, Vec<Vec<usize>>) {
    let (mut all, mut places) = (Vec::new(), BTreeMap::new());
    let mut place = |paragraph| {
        *places.entry(paragraph).or_insert_with(|| {
            all.push(paragraph);
            all.len() - 1
        })
    };
    let texts = texts.iter().map(|text| text.split("\n\n").map(&mut place).collect()).collect();
    (all, texts)
}

/// A part that brings no text has that of a part from the same repository under the same licence; else one that names no
/// author, where it may be chosen. Others stay without: a text of somebody else would name the wrong one.
fn lend(parts: &mut [Part]) {
    let with_text = || parts.iter().filter(|p| !p.texts.is_empty());
    let family: BTreeMap<(String, String), Vec<usize>> = with_text()
        .filter(|p| !p.repository.is_empty())
        .map(|p| ((p.repository.clone(), p.licence.clone()), p.texts.clone()))
        .collect();
    let plain = NAME_NOBODY.map(|id| {
        let text = with_text().find(|p| p.licence == id).map(|p| p.texts.clone());
        (id, text.unwrap_or_default())
    });
    for part in parts.iter_mut().filter(|p| p.texts.is_empty() && p.kind != "data") {
        let own = family.get(&(part.repository.clone(), part.licence.clone())).cloned();
        let plain = || plain.iter().find(|(id, _)| part.licence.split(' ').any(|word| word == *id));
        part.texts = own.or_else(|| Some(plain()?.1.clone())).unwrap_or_default();
    }
}

fn licence(component: &Value) -> String {
    let one = &component["licenses"][0];
    [&one["expression"], &one["license"]["id"], &one["license"]["name"]]
        .into_iter()
        .map(text)
        .find(|t| !t.is_empty())
        .unwrap_or_default()
}

/// Where the sources of each crate are, here and for the world, by name and version.
fn folders() -> Result<BTreeMap<(String, String), (PathBuf, String)>> {
    let said: Value =
        serde_json::from_str(&capture(&mut cargo(&["metadata", "--locked", "--format-version", "1"])?)?)?;
    let one = |p: &Value| {
        let folder = Path::new(p["manifest_path"].as_str()?).parent()?.to_owned();
        let repository = text(&p["repository"]).trim_end_matches(".git").to_owned();
        Some(((text(&p["name"]), text(&p["version"])), (folder, repository)))
    };
    Ok(said["packages"].as_array().into_iter().flatten().filter_map(one).collect())
}

/// Every text once.
#[derive(Default)]
struct Texts {
    all: Vec<String>,
    /// Places by what the text says, however its lines are broken.
    known: BTreeMap<String, usize>,
}

impl Texts {
    /// Places of the texts in a folder, by the names of their files.
    fn of(&mut self, folder: &Path) -> Result<Vec<usize>> {
        let mut places = Vec::new();
        for folder in [folder.to_owned()].into_iter().chain(INSIDE.map(|name| folder.join(name))) {
            for file in files(&folder)? {
                let Ok(said) = fs::read_to_string(&file) else { continue };
                let place = self.place(&said);
                if !places.contains(&place) {
                    places.push(place);
                }
            }
        }
        Ok(places)
    }

    fn place(&mut self, said: &str) -> usize {
        let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
        *self.known.entry(words).or_insert_with(|| {
            let lines: Vec<&str> = said.lines().map(str::trim_end).collect();
            self.all.push(lines.join("\n").trim_matches('\n').to_owned());
            self.all.len() - 1
        })
    }
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_lowercase();
        let about = entry.metadata()?;
        let code = [".rs", ".js", ".ts", ".html"].iter().any(|end| name.ends_with(end));
        if about.is_file() && about.len() <= LONGEST && !code && NAMES.iter().any(|n| name.starts_with(n)) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_the_same_is_kept_once() {
        let mut texts = Texts::default();
        assert_eq!(texts.place("Copyright A\r\nAll  rights\n"), 0);
        assert_eq!(texts.place("Copyright A All rights"), 0);
        assert_eq!(texts.place("Copyright B\nAll rights"), 1);
        assert_eq!(texts.all, ["Copyright A\nAll  rights", "Copyright B\nAll rights"]);
    }

    #[test]
    fn a_paragraph_stands_once_and_every_text_can_be_put_together() {
        let texts = ["Copyright A\n\nBe kind.".to_owned(), "Copyright B\n\nBe kind.".to_owned()];
        let (paragraphs, places) = in_paragraphs(&texts);
        assert_eq!(paragraphs, ["Copyright A", "Be kind.", "Copyright B"]);
        let joined = |of: &Vec<usize>| of.iter().map(|at| paragraphs[*at]).collect::<Vec<_>>().join("\n\n");
        assert_eq!(places.iter().map(joined).collect::<Vec<_>>(), texts);
    }

    /// The file lists what is shipped now: after a change of a lock, `cargo xtask licences` writes it anew.
    #[test]
    fn the_licences_are_those_of_the_locks() {
        let file = root().expect("the tree").join("assets/licences.json");
        let known: Value =
            serde_json::from_str(&fs::read_to_string(file).expect("the licences")).expect("JSON");
        let named = |of: &Value| format!("{} {}", text(&of["name"]), text(&of["version"]));
        let mut listed: Vec<String> =
            known["parts"].as_array().expect("parts").iter().skip(1).map(named).collect();
        let shipped = sbom::shipped().expect("the locks").into_iter();
        let mut shipped: Vec<String> =
            shipped.map(|c| named(&c)).filter(|n| !n.starts_with("fieldbook")).collect();
        listed.sort();
        shipped.sort();
        assert_eq!(listed, shipped, "run `cargo xtask licences`");
    }
}
