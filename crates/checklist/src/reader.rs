//! Reads TOML into raw shapes and keeps the line of everything that may turn out to be wrong.

use crate::error::{ChecklistError, LoadError};
use serde::de::DeserializeOwned;
use std::ops::Range;
use toml::Spanned;

/// One file being read, with the defects found so far.
pub(crate) struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    errors: &'a mut Vec<LoadError>,
}

impl<'a> Reader<'a> {
    /// Starts on a file; defects go to `errors`.
    pub(crate) fn new(file: &'a str, text: &'a str, errors: &'a mut Vec<LoadError>) -> Self {
        Self { file, text, errors }
    }

    /// Path of the file.
    pub(crate) fn file(&self) -> &'a str {
        self.file
    }

    /// The file as `T`; a file that does not fit is one defect and `None`.
    pub(crate) fn parse<T: DeserializeOwned>(&mut self) -> Option<T> {
        match toml::from_str::<T>(self.text) {
            Ok(raw) => Some(raw),
            Err(error) => {
                let line = error.span().map(|span| line_of(self.text, span.start));
                let what = ChecklistError::Syntax(error.message().to_owned());
                self.errors.push(LoadError { file: self.file.to_owned(), line, what });
                None
            }
        }
    }

    /// Reports a defect of the whole file.
    pub(crate) fn fail(&mut self, what: ChecklistError) {
        self.errors.push(LoadError { file: self.file.to_owned(), line: None, what });
    }

    /// Reports a defect at the place of `at`.
    pub(crate) fn fail_at<T>(&mut self, at: &Spanned<T>, what: ChecklistError) {
        self.fail_span(at.span(), what);
    }

    /// Reports a defect at a byte range of the text.
    pub(crate) fn fail_span(&mut self, span: Range<usize>, what: ChecklistError) {
        let line = Some(line_of(self.text, span.start));
        self.errors.push(LoadError { file: self.file.to_owned(), line, what });
    }

    /// Reports those of `keys` that occur more than once.
    pub(crate) fn unique<'k>(&mut self, keys: impl IntoIterator<Item = &'k Spanned<String>>) {
        let mut seen = std::collections::BTreeSet::new();
        for key in keys {
            if !seen.insert(key.get_ref()) {
                self.fail_at(key, ChecklistError::Duplicate(key.get_ref().clone()));
            }
        }
    }
}

/// Line from 1 of a byte offset.
pub(crate) fn line_of(text: &str, offset: usize) -> u32 {
    let before = text.as_bytes().iter().take(offset).filter(|b| **b == b'\n').count();
    u32::try_from(before + 1).unwrap_or(u32::MAX)
}

/// Whether a key can be a column's, fact's or parameter's name: `[a-z][a-z0-9_]*`.
pub(crate) fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
