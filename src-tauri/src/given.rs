//! The file that the program was started with: a package that somebody opened from the desktop.

use std::ffi::OsString;
use std::path::{Path, absolute};
use std::sync::{Mutex, PoisonError};

/// Its path, until the pages take it.
pub struct Given(Mutex<Option<String>>);

impl Given {
    /// Looks at the words that the program was called with, without its name: the first that is a file.
    pub fn among(words: impl IntoIterator<Item = OsString>) -> Self {
        let file = words.into_iter().find(|word| Path::new(word).is_file());
        let path = file.and_then(|file| absolute(file).ok()?.into_os_string().into_string().ok());
        Self(Mutex::new(path))
    }

    /// The path, once: a window that starts anew after a lock does not take the file in again.
    pub fn take(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

#[cfg(test)]
mod tests {
    use super::Given;
    use std::path::Path;

    #[test]
    fn a_file_is_given_whole_and_once() {
        let given = Given::among(["--flag", "no-such.fieldbook.age", "Cargo.toml"].map(Into::into));
        let path = given.take().expect("a file");
        assert!(Path::new(&path).is_absolute() && path.ends_with("Cargo.toml"), "{path}");
        assert_eq!(given.take(), None);
        assert_eq!(Given::among([]).take(), None);
    }
}
