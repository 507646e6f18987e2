//! The files of an organisation's checklist folder.

use crate::error::AppError;
use crate::export::io_word;
use fieldbook_checklist::Files;
use std::path::Path;

/// Largest file of a checklist folder in bytes; the largest of the built-in ones has 100 KB.
const MAX_FILE: u64 = 4 * 1024 * 1024;

/// Reads the files of a checklist folder: its own and those of its folders, `.toml`, `.txt`, `.lock` and `.md`.
///
/// # Errors
/// `folder_unreadable`; `folder_empty` when there is none of these files; `folder_file_unreadable`,
/// `folder_file_too_large`, `folder_file_not_utf8`, each with the file's path in the folder.
pub fn read_folder(dir: &Path) -> Result<Files, AppError> {
    let files = read_any(dir)?;
    if files.is_empty() { Err(AppError::new("folder_empty")) } else { Ok(files) }
}

/// The same, of a folder that may be empty yet.
pub(super) fn read_any(dir: &Path) -> Result<Files, AppError> {
    let mut files = Files::new();
    read_into(dir, "", &mut files)?;
    Ok(files)
}

fn read_into(dir: &Path, under: &str, files: &mut Files) -> Result<(), AppError> {
    let unreadable = |_| AppError::new("folder_unreadable");
    for entry in std::fs::read_dir(dir).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type().map_err(unreadable)?;
        if name.starts_with('.') {
            continue;
        }
        if kind.is_dir() && under.is_empty() && name != "schema" {
            read_into(&entry.path(), &format!("{name}/"), files)?;
        } else if kind.is_file() && [".toml", ".txt", ".lock", ".md"].iter().any(|end| name.ends_with(end)) {
            let path = format!("{under}{name}");
            let text = read_text(&entry.path(), &path)?;
            files.insert(path, text);
        }
    }
    Ok(())
}

/// One file; `shown` is its path in the folder.
fn read_text(path: &Path, shown: &str) -> Result<String, AppError> {
    let of_file = |key| AppError::new(key).with("file", shown);
    let unreadable = |e: std::io::Error| of_file("folder_file_unreadable").with("what", io_word(&e));
    if std::fs::metadata(path).map_err(unreadable)?.len() > MAX_FILE {
        return Err(of_file("folder_file_too_large").with("limit", MAX_FILE / 1024 / 1024));
    }
    String::from_utf8(std::fs::read(path).map_err(unreadable)?).map_err(|e| {
        let good = e.as_bytes().iter().take(e.utf8_error().valid_up_to());
        let line = good.filter(|byte| **byte == b'\n').count() + 1;
        of_file("folder_file_not_utf8").with("line", line)
    })
}
