//! Which files a package may carry.

use super::PackageError;
use std::collections::BTreeSet;

/// Longest name of a folder or file, in characters.
const MAX_NAME: usize = 100;

/// Refuses paths that lead elsewhere, that the loader has no use for, or that a file system could confuse.
pub(super) fn check<'a>(paths: impl Iterator<Item = &'a str>) -> Result<(), PackageError> {
    let mut seen = BTreeSet::new();
    for path in paths {
        if !is_good(path) {
            return Err(PackageError::BadPath(shown(path)));
        }
        if !seen.insert(path.to_lowercase()) {
            return Err(PackageError::DuplicatePath(path.to_owned()));
        }
    }
    Ok(())
}

fn is_good(path: &str) -> bool {
    match path.split_once('/') {
        None => matches!(path, "ids.lock" | "README.md") || is_toml(path),
        Some((folder, name)) => is_name(folder) && (name == "source.txt" || is_toml(name)),
    }
}

fn is_toml(name: &str) -> bool {
    is_name(name) && name.strip_suffix(".toml").is_some_and(|stem| !stem.is_empty())
}

/// Letters and digits of any script, `-`, `_` and `.`, the first of them a letter or digit: no way up, no drive, no
/// hidden file.
fn is_name(name: &str) -> bool {
    name.starts_with(char::is_alphanumeric)
        && !name.ends_with('.')
        && name.chars().count() <= MAX_NAME
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// The path as it may be shown: without control characters, and not longer than a path can be.
fn shown(path: &str) -> String {
    path.chars().filter(|c| !c.is_control()).take(2 * MAX_NAME).collect()
}
