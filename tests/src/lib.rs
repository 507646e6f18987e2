//! Shared set-up of the whole-pipeline tests.

pub mod crash;
pub mod desk;
pub mod hostile;
pub mod invented;
#[cfg(unix)]
pub mod journey;
pub mod merge_laws;
#[cfg(target_os = "linux")]
pub mod monkey;
pub mod peak;
#[path = "../../assets/sample/make/firm.rs"]
pub mod sample;
pub mod second_reader;
#[cfg(target_os = "linux")]
pub mod secrecy;
pub mod small_png;
pub mod tamper;
#[cfg(unix)]
pub mod window;

use fieldbook_checklist::bundled_files;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The folder of the bundled sample firm.
#[must_use]
pub fn sample_folder() -> PathBuf {
    root().join("assets/sample")
}

/// The repository's folder.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// The folder that cargo builds into.
#[must_use]
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The command line's program, as the workspace build leaves it; `FIELDBOOK_CLI` names another.
///
/// # Panics
/// When it is not built.
#[must_use]
pub fn cli_program() -> PathBuf {
    let named = std::env::var_os("FIELDBOOK_CLI").map(PathBuf::from);
    let path = named.unwrap_or_else(|| target().join("debug/fieldbook"));
    assert!(path.is_file(), "{} is not built: cargo build -p fieldbook-cli", path.display());
    path
}

/// The Python that has DuckDB, as `cargo xtask setup --test` leaves it; `FIELDBOOK_DUCKDB_PYTHON` names another.
///
/// # Panics
/// When it is not there.
#[must_use]
pub fn duckdb_python() -> PathBuf {
    let named = std::env::var_os("FIELDBOOK_DUCKDB_PYTHON").map(PathBuf::from);
    let path = named.unwrap_or_else(|| root().join("target/tools/duckdb/bin/python3"));
    assert!(path.is_file(), "{} is not there: cargo xtask setup --test", path.display());
    path
}

/// Texts of the checklists as they stand in the sources, by path: a changed procedure needs no build.
///
/// # Panics
/// When the folder cannot be read.
#[must_use]
pub fn checklist_files() -> BTreeMap<String, String> {
    let root = root().join("checklists");
    let mut files = BTreeMap::new();
    read_into(&mut files, &root, &root);
    let bundled = bundled_files();
    files.retain(|path, _| bundled.contains_key(path) || path.starts_with("procedures/"));
    files
}

fn read_into(files: &mut BTreeMap<String, String>, root: &Path, folder: &Path) {
    let entries = std::fs::read_dir(folder).expect("a folder of the checklists");
    for path in entries.map(|entry| entry.expect("an entry").path()).collect::<BTreeSet<PathBuf>>() {
        if path.is_dir() {
            read_into(files, root, &path);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            let name = path.strip_prefix(root).expect("within").to_string_lossy().replace('\\', "/");
            files.insert(name, text);
        }
    }
}
