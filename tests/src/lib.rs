//! Shared set-up of the whole-pipeline tests.

pub mod desk;
pub mod hostile;
#[cfg(unix)]
pub mod journey;
pub mod peak;
#[path = "../../assets/sample/make/firm.rs"]
pub mod sample;
pub mod second_reader;
#[cfg(unix)]
pub mod window;

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
