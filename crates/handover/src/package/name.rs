//! Which names files of a package may have.

use std::collections::BTreeSet;

/// Longest path in a package, in bytes.
const MAX_PATH: usize = 200;

/// Names that are devices where the letters' case and what follows the first point do not count.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Whether a path leads to the same file, and to one below the folder, in every file system: parts of ASCII letters,
/// digits, `-`, `_` and `.`, of which none begins or ends with a point.
pub(super) fn is_safe(path: &str) -> bool {
    path.len() <= MAX_PATH && path.split('/').all(is_part)
}

fn is_part(part: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    !part.is_empty()
        && part.bytes().all(allowed)
        && !part.starts_with('.')
        && !part.ends_with('.')
        && !is_device(part)
}

fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered = ["com", "lpt"].iter().any(|device| {
        stem.strip_prefix(device).is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()))
    });
    numbered || DEVICES.contains(&stem.as_str())
}

/// Paths that no file system takes for one another.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// Takes a path; `false` when it is not safe or there already, be it in other letters or as a folder.
    pub(super) fn take(&mut self, path: &str) -> bool {
        let small = path.to_ascii_lowercase();
        let below = format!("{small}/");
        let mut folders = small.match_indices('/').map(|(at, _)| small.get(..at).unwrap_or_default());
        is_safe(path)
            && !folders.any(|folder| self.0.contains(folder))
            && self.0.range(below.clone()..).next().is_none_or(|next| !next.starts_with(&below))
            && self.0.insert(small)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere_or_mean_something_somewhere_are_not_safe() {
        for good in ["data/state.jsonl", "data/evidence/E-0001.bin", "bagit.txt", "a/b_c-d.9", "console.txt"]
        {
            assert!(is_safe(good), "{good}");
        }
        let long = "a".repeat(MAX_PATH + 1);
        for bad in [
            "",
            "/etc/passwd",
            "..",
            "data/../x",
            "data//x",
            "data/",
            "./x",
            "data\\x",
            "C:/x",
            "c:x",
            ".x",
            "x.",
            "a\nb",
            "a\0b",
            "a b",
            "查核.txt",
            "data/NUL.txt",
            "com1",
            "lpt9.x",
            "aux",
            "%2e%2e/x",
            "a\u{202e}b",
            &long,
        ] {
            assert!(!is_safe(bad), "{bad:?}");
        }
    }

    #[test]
    fn two_names_are_never_one_file() {
        let mut names = Names::default();
        assert!(names.take("data/a.txt") && names.take("data/b/c"));
        for taken in ["data/a.txt", "DATA/A.TXT", "data/A.txt", "data/b", "data", "data/a.txt/x"] {
            assert!(!names.take(taken), "{taken}");
        }
        assert!(names.take("data/ab") && names.take("data/b/d"));
    }
}
