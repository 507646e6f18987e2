//! Errors as pairs: what happened, and what to do. The texts live in `locale/zh-TW.toml`.

use crate::wire::ErrorView;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    code: Option<String>,
    message: String,
    hint: String,
}

static TEXTS: LazyLock<BTreeMap<String, Text>> =
    LazyLock::new(|| toml::from_str(include_str!("../locale/zh-TW.toml")).unwrap_or_default());

/// Something that could not be done. Displays as its zh-TW message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppError {
    key: &'static str,
    args: Vec<(&'static str, String)>,
}

impl AppError {
    /// The error of this key of the locale file.
    #[must_use]
    pub fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// Fills in `{name}`. Never firm data; a file's name is the examiner's own choice and allowed.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// The key in the locale file.
    #[must_use]
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// As it crosses to the window. `code` is `failed` unless a screen acts on the error.
    #[must_use]
    pub fn view(&self) -> ErrorView {
        let Some(text) = TEXTS.get(self.key) else {
            return ErrorView { code: "failed".into(), message: self.key.into(), hint: String::new() };
        };
        let fill = |template: &str| {
            self.args
                .iter()
                .fold(template.to_owned(), |out, (name, value)| out.replace(&format!("{{{name}}}"), value))
        };
        ErrorView {
            code: text.code.clone().unwrap_or_else(|| "failed".into()),
            message: fill(&text.message),
            hint: fill(&text.hint),
        }
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.view().message)
    }
}

impl std::error::Error for AppError {}

/// Something unforeseen: the text is for a developer and holds no firm data.
pub(crate) fn internal(what: impl std::fmt::Display) -> AppError {
    AppError::new("internal").with("what", what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_says_what_happened_and_what_to_do() {
        assert!(TEXTS.len() > 40, "the locale file is read");
        for (key, text) in TEXTS.iter() {
            assert!(text.message.ends_with('。'), "{key}");
            assert!(text.hint.ends_with('。'), "{key}");
        }
    }

    #[test]
    fn every_key_used_has_a_text() {
        let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
        let mut seen = 0;
        while let Some(folder) = folders.pop() {
            for file in std::fs::read_dir(folder).expect("own sources") {
                let path = file.expect("entry").path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let source = std::fs::read_to_string(&path).expect("utf-8");
                for part in ["AppError::new(\"", "of_file(\""].iter().flat_map(|c| source.split(c).skip(1)) {
                    let key = part.split('"').next().unwrap_or_default();
                    assert!(TEXTS.contains_key(key), "{key} in {}", path.display());
                    seen += 1;
                }
            }
        }
        assert!(seen > 80, "sources in folders are looked at");
    }

    #[test]
    fn names_are_filled_in() {
        let view = AppError::new("already_imported").with("file", "a.xlsx").with("batch", 3).view();
        assert_eq!(view.code, "already_imported");
        assert_eq!(view.message, "檔案「a.xlsx」已經匯入過（第 3 批），未重複匯入。");
    }
}
