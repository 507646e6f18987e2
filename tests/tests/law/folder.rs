//! Checklist folders as an organisation would keep them, made from the built-in files.

use fieldbook_checklist::{ChecklistError, bundled_files};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The document that these folders have an edition of.
pub const DOCUMENT: &str = "taifex-fcm";
/// The chapter that is edited.
pub const CHAPTER: &str = "taifex-fcm/03-organisation.toml";
/// The text of FCM-3.4 before and after.
pub const OLD_TEXT: &str = "資訊處理部門與業務單位之權責，應明確劃分。";
/// As [`OLD_TEXT`], in the newer edition.
pub const NEW_TEXT: &str = "資訊處理部門與業務單位之權責，應以書面明確劃分。";

/// A folder with the built-in text of 建立期貨商資通安全檢查機制.
pub fn of_futures(dir: &Path) -> PathBuf {
    let files = bundled_files();
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with(&format!("{DOCUMENT}/"))) {
        let file = dir.join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("folder");
        fs::write(file, text).expect("file");
    }
    dir.to_path_buf()
}

/// Replaces a text that stands exactly once in a file of the folder.
pub fn edit(dir: &Path, path: &str, from: &str, to: &str) {
    let file = dir.join(path);
    let text = fs::read_to_string(&file).expect("a file of the folder");
    assert_eq!(text.matches(from).count(), 1, "{from} in {path}");
    fs::write(file, text.replace(from, to)).expect("file");
}

/// Puts a text at the end of a file of the folder, which is made when it is not there.
pub fn append(dir: &Path, path: &str, text: &str) {
    let file = dir.join(path);
    let before = fs::read_to_string(&file).unwrap_or_default();
    fs::write(file, before + text).expect("file");
}

/// Replaces a text in the chapter and in the source text that it is quoted from.
pub fn reword(dir: &Path, from: &str, to: &str) {
    edit(dir, CHAPTER, from, to);
    edit(dir, &format!("{DOCUMENT}/source.txt"), from, to);
    rehash(dir);
}

/// Records the hash of the source text as it is now, which the check of a folder tells.
pub fn rehash(dir: &Path) {
    let files = fieldbook_app::edition::authoring::read_folder(dir).expect("a folder");
    let errors =
        fieldbook_checklist::check_folder(&bundled_files(), &files).expect_err("another source text");
    let hash = errors.iter().find_map(|e| match &e.what {
        ChecklistError::SourceChanged(hash) => Some(hash.clone()),
        _ => None,
    });
    let head = format!("{DOCUMENT}/document.toml");
    let old = files[&head].lines().find_map(|line| line.strip_prefix("source_sha256 = ")).expect("a hash");
    let new = format!("source_sha256 = \"{}\"", hash.expect("told"));
    edit(dir, &head, &format!("\nsource_sha256 = {old}"), &format!("\n{new}"));
}

/// A newer edition: FCM-3.1 is moved to 3.(6), 3.2 is gone, 3.4 has other words, 3.5 is new.
pub fn newer_edition(dir: &Path) -> PathBuf {
    let dir = of_futures(dir);
    edit(&dir, &format!("{DOCUMENT}/document.toml"), "version = \"未載日期\"", "version = \"115.1\"");
    let fifth = "公司應每年檢討資訊安全組織之運作情形。";
    edit(
        &dir,
        &format!("{DOCUMENT}/source.txt"),
        &format!("{OLD_TEXT}\n\n"),
        &format!("{OLD_TEXT}\n(5) {fifth}\n"),
    );
    reword(&dir, OLD_TEXT, NEW_TEXT);
    edit(&dir, CHAPTER, "id = \"FCM-3.1\"", "id = \"FCM-3.6\"");
    edit(&dir, CHAPTER, "label = \"3.(1)\"", "label = \"3.(6)\"");
    let text = fs::read_to_string(dir.join(CHAPTER)).expect("chapter");
    let (head, rest) = text.split_once("[[clause]]\nid = \"FCM-3.2\"").expect("3.2");
    let (_, rest) = rest.split_once("[[clause]]").expect("3.3");
    fs::write(dir.join(CHAPTER), format!("{head}[[clause]]{rest}")).expect("chapter");
    append(
        &dir,
        CHAPTER,
        &format!(
            "\n[[clause]]\nid = \"FCM-3.5\"\nkind = \"leaf\"\nlabel = \"3.(5)\"\ntext = \"{fifth}\"\n\
             strength = \"must\"\napplies = \"is_fcm\"\nline = 38\n"
        ),
    );
    dir
}

/// Every file of a folder and of its folders, by path.
pub fn contents(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    let mut folders = vec![dir.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("folder") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(dir).expect("below").to_string_lossy().replace('\\', "/");
                out.insert(name, fs::read(&path).expect("file"));
            }
        }
    }
    out
}

/// The line, from 1, on which a text first stands in a file of the folder.
pub fn line_of(dir: &Path, path: &str, text: &str) -> u32 {
    let all = fs::read_to_string(dir.join(path)).expect("a file of the folder");
    let at = all.lines().position(|line| line.contains(text)).unwrap_or_else(|| panic!("{text} in {path}"));
    u32::try_from(at).expect("a short file") + 1
}
