//! Calls of the program.

use fieldbook_tests::desk::{PASSPHRASE, with_vault};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The command line's program, as the workspace build leaves it.
pub fn program() -> PathBuf {
    let named = std::env::var_os("FIELDBOOK_CLI").map(PathBuf::from);
    let path = named.unwrap_or_else(|| fieldbook_tests::target().join("debug/fieldbook"));
    assert!(path.is_file(), "{} is not built: cargo build -p fieldbook-cli", path.display());
    path
}

/// A vault and a folder to work in.
pub struct Desk {
    _folder: tempfile::TempDir,
    /// Where calls are made: relative paths are seen from here.
    pub dir: PathBuf,
}

/// What a call said.
#[derive(Debug)]
pub struct Said {
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Desk {
    /// A folder without a vault.
    pub fn without_vault() -> Self {
        let folder = tempfile::tempdir().expect("temporary folder");
        let dir = folder.path().to_path_buf();
        Self { _folder: folder, dir }
    }

    /// A folder with an empty vault in it, whose passphrase is quick to check.
    pub fn with_vault() -> Self {
        let desk = Self::without_vault();
        drop(with_vault(&desk.dir).expect("vault"));
        desk
    }

    /// A file of the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// Calls the program.
    pub fn call(&self, words: &[&str]) -> Said {
        let done = Command::new(program())
            .args(words)
            .current_dir(&self.dir)
            .env("FIELDBOOK_VAULT", self.dir.join("vault"))
            .env("FIELDBOOK_PASSPHRASE", PASSPHRASE)
            .output()
            .expect("the program runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Said { code: done.status.code().unwrap_or(-1), out: text(done.stdout), err: text(done.stderr) }
    }

    /// Calls the program with `--json`; it has to be done, and to say nothing else.
    pub fn done(&self, words: &[&str]) -> Value {
        let said = self.call(&[words, &["--json"]].concat());
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{words:?}: {said:?}");
        said.json()
    }

    /// Calls the program for people and with `--json`; both have to be refused in the same way, for the reason of this
    /// code. Gives the document.
    pub fn refused(&self, words: &[&str], exit: i32, code: &str) -> Value {
        let said = self.call(&[words, &["--json"]].concat());
        let document = said.json();
        let error = &document["error"];
        assert_eq!((said.code, error["code"].as_str()), (exit, Some(code)), "{words:?}: {said:?}");
        let (message, hint) = (text(&error["message"]), text(&error["hint"]));
        assert_eq!(said.err, format!("錯誤：{message}\n建議：{hint}\n"), "a pair on stderr");
        assert!(message.ends_with('。') && hint.ends_with('。'), "{message} {hint}");
        let plain = self.call(words);
        assert_eq!((plain.code, plain.err), (exit, said.err), "{words:?}");
        document
    }

    /// Every file of the folder, and of its folders, by path.
    pub fn contents(&self) -> std::collections::BTreeMap<PathBuf, Vec<u8>> {
        let mut out = std::collections::BTreeMap::new();
        let mut folders = vec![self.dir.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).expect("folder") {
                let path = entry.expect("entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    out.insert(path.clone(), std::fs::read(&path).expect("file"));
                }
            }
        }
        out
    }

    /// Does something that has to leave every file as it is.
    pub fn unchanged<T>(&self, act: impl FnOnce() -> T) -> T {
        let before = self.contents();
        let out = act();
        let after = self.contents();
        let changed: Vec<&PathBuf> =
            before.keys().chain(after.keys()).filter(|path| before.get(*path) != after.get(*path)).collect();
        assert_eq!(changed, Vec::<&PathBuf>::new(), "nothing is changed");
        out
    }
}

impl Said {
    /// Standard output as the one JSON document that it holds.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("one JSON document: {e}: {self:?}"))
    }
}

/// A text of a document.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("a text: {value}"))
}

/// A list of a document.
pub fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("a list: {value}"))
}

/// The entry of a list whose `key` is `is`.
pub fn entry<'a>(value: &'a Value, key: &str, is: &str) -> &'a Value {
    list(value).iter().find(|v| v[key] == is).unwrap_or_else(|| panic!("{key} {is} in {value}"))
}

/// Names of the keys of an object.
pub fn keys(value: &Value) -> Vec<&str> {
    value.as_object().map(|o| o.keys().map(String::as_str).collect()).unwrap_or_default()
}

/// Whether an object has all of these keys.
pub fn has_keys(value: &Value, wanted: &[&str]) {
    let missing: Vec<&&str> = wanted.iter().filter(|k| !keys(value).contains(*k)).collect();
    assert!(missing.is_empty(), "{missing:?} in {value}");
}

/// A path as a word of a call.
pub fn word(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}
