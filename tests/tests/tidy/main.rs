//! The rules of the house as ordinary tests: who may depend on whom, how long a file may be, what may stand in one.
//!
//! The tables that the first two compare with stand in `ARCHITECTURE.md`, so what it says is so.

mod edges;
mod files;
mod threats;
mod window;
mod words;

use std::fs;
use std::path::{Path, PathBuf};

/// The repository's root.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("the tests package lies in the root").to_path_buf()
}

/// A text file of the repository, its path seen from the root and written with `/`.
struct TextFile {
    path: String,
    text: String,
}

impl TextFile {
    fn is(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|found| found == extension)
    }
}

/// Folders that hold what others wrote or what is made from the rest.
const NOT_OURS: [&str; 8] =
    ["target", ".lix", "node_modules", "dist", "dist-fake", ".git", "paraglide", "gen"];

/// Endings of the files that people write here.
const WRITTEN: [&str; 15] = [
    "css", "html", "js", "json", "md", "mjs", "rs", "sh", "sql", "svelte", "svg", "toml", "ts", "txt", "yml",
];

/// Every text file that people write here, in the order of the paths.
fn text_files() -> Vec<TextFile> {
    let root = root();
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the repository can be read") {
            let path = entry.expect("a folder of the repository can be read").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                if !NOT_OURS.contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if WRITTEN.iter().any(|ending| path.extension().is_some_and(|found| found == *ending)) {
                let shown =
                    path.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/");
                let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{shown}: {error}"));
                files.push(TextFile { path: shown, text });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(files.len() > 50, "only {} files were found, so these tests would see nothing", files.len());
    files
}

/// Fails with every complaint on a line of its own.
fn none(complaints: &[String], rule: &str) {
    assert!(complaints.is_empty(), "{rule}\n  {}\n", complaints.join("\n  "));
}
