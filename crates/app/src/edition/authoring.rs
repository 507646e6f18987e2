//! An organisation's own checklists: checking a folder, packing it, and the round trip through a spreadsheet.

use crate::desk::Desk;
use crate::error::AppError;
use crate::export::{write_beside, write_over};
use crate::wire::{DocumentChangeView, ExportedFileView, ProblemView};
use fieldbook_checklist::round_trip::{COLUMNS, RowChange, RowFault, apply, compare_rows, rows};
use fieldbook_checklist::{
    Bundle, Files, LoadError, Package, SignerKey, bundled_files, check_folder, overlay, seal,
};
use std::path::Path;

/// Largest file of a checklist folder in bytes; the largest of the built-in ones has 100 KB.
const MAX_FILE: u64 = 4 * 1024 * 1024;
/// Most rows of a spreadsheet of clauses.
const MAX_ROWS: u32 = 20_000;

/// Defects as an author reads them.
#[must_use]
pub fn problems(errors: &[LoadError]) -> Vec<ProblemView> {
    let view = |e: &LoadError| {
        let (message, hint) = e.zh();
        ProblemView { file: e.file.clone(), line: e.line, message, hint }
    };
    errors.iter().map(view).collect()
}

/// Reads the files of a checklist folder: its own and those of its folders, `.toml`, `.txt`, `.lock` and `.md`.
///
/// # Errors
/// `folder_unreadable`, `file_unreadable` for a file that is no UTF-8 text or too large.
pub fn read_folder(dir: &Path) -> Result<Files, AppError> {
    let mut files = Files::new();
    read_into(dir, "", &mut files)?;
    if files.is_empty() {
        return Err(AppError::new("folder_unreadable"));
    }
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
            let of_file = || AppError::new("file_unreadable").with("file", &name);
            if entry.metadata().map_err(|_| of_file())?.len() > MAX_FILE {
                return Err(of_file());
            }
            let text = std::fs::read_to_string(entry.path()).map_err(|_| of_file())?;
            files.insert(format!("{under}{name}"), text);
        }
    }
    Ok(())
}

/// What checking a folder found.
pub struct Checked {
    /// Documents, clauses and procedures that the folder defines together with the built-in ones.
    pub bundle: Option<Bundle>,
    /// Defects.
    pub problems: Vec<ProblemView>,
}

/// Checks a folder over the built-in checklists.
///
/// # Errors
/// As [`read_folder`].
pub fn check(dir: &Path) -> Result<Checked, AppError> {
    let files = read_folder(dir)?;
    Ok(match check_folder(&bundled_files(), &files) {
        Ok(bundle) => Checked { bundle: Some(bundle), problems: Vec::new() },
        Err(errors) => Checked { bundle: None, problems: problems(&errors) },
    })
}

/// Says how many defects there are, and the first one.
pub(super) fn defective(errors: &[LoadError]) -> AppError {
    let first = problems(errors).into_iter().next().map(|p| p.message).unwrap_or_default();
    AppError::new("package_defective").with("count", errors.len()).with("what", first.trim_end_matches('。'))
}

/// Checks a folder, signs it with the vault's own key, and writes the package.
///
/// # Errors
/// As [`read_folder`]; `package_defective`, `export_failed`, `locked`, or the store's.
pub fn pack(
    desk: &mut Desk,
    dir: &Path,
    out: &Path,
    name: &str,
    version: &str,
) -> Result<(ExportedFileView, String), AppError> {
    for (field, text) in [("名稱", name), ("版本", version)] {
        if text.trim().is_empty() {
            return Err(AppError::new("required").with("field", field));
        }
    }
    let mut files = read_folder(dir)?;
    check_folder(&bundled_files(), &files).map_err(|errors| defective(&errors))?;
    files.remove("README.md");
    let made_on = desk.host.now().date();
    let package =
        Package { name: name.trim().to_owned(), version: version.trim().to_owned(), made_on, files };
    let entropy = desk.host.entropy.clone();
    let vault = &mut desk.vault_mut()?.vault;
    vault.ensure_signer(&mut |bytes| entropy(bytes))?;
    let key = SignerKey(vault.signer()?.ok_or_else(|| crate::error::internal("no signer"))?);
    // Signing reads the key before it can fail; asked for once beforehand, it does not fail within.
    let mut failed = None;
    let text = seal(&package, &key, |bytes| {
        vault.sign(bytes).unwrap_or_else(|e| {
            failed = Some(e);
            [0; 64]
        })
    });
    if let Some(e) = failed {
        return Err(e.into());
    }
    let text = text.map_err(|e| AppError::new("package_unfit").with("what", e))?;
    Ok((write_beside(out, text.as_bytes())?, key.fingerprint()))
}

/// The law of a folder or of a package file, over the built-in one; the built-in one itself for `built-in`.
///
/// # Errors
/// As [`read_folder`]; `package_defective`, and what a package that does not open gives.
pub fn side(path: &str) -> Result<Bundle, AppError> {
    if path == "built-in" {
        return Ok((*super::Law::built_in()?.bundle).clone());
    }
    let at = Path::new(path);
    let files = if at.is_dir() { read_folder(at)? } else { super::package::read(path)?.0.package.files };
    overlay(&bundled_files(), &files).map(|laid| laid.bundle).map_err(|errors| defective(&errors))
}

/// What differs between two folders or packages.
///
/// # Errors
/// As [`side`].
pub fn diff(older: &str, newer: &str) -> Result<Vec<DocumentChangeView>, AppError> {
    Ok(super::changes_view(&super::between(&side(older)?, &side(newer)?)))
}

/// Writes the clauses of a folder's own documents, or of one document, as a spreadsheet for people who do not write
/// TOML.
///
/// # Errors
/// As [`check`]; `unknown_document`, `render_failed`, `export_failed`.
pub fn export_xlsx(
    desk: &Desk,
    dir: &Path,
    document: Option<&str>,
    out: &Path,
) -> Result<ExportedFileView, AppError> {
    let files = read_folder(dir)?;
    let bundle = check_folder(&bundled_files(), &files).map_err(|errors| defective(&errors))?;
    let lines: Vec<Vec<String>> = match document {
        Some(code) if bundle.document(code).is_none() => {
            return Err(AppError::new("unknown_document").with("field", code));
        }
        Some(code) => rows(&bundle, Some(code)),
        None => own_documents(&files, &bundle).iter().flat_map(|code| rows(&bundle, Some(code))).collect(),
    };
    let width = |key: &str| if key == "text" { 60 } else { 18 };
    let columns: Vec<(String, bool, u16)> =
        COLUMNS.iter().map(|(key, zh, may_edit)| ((*zh).to_owned(), *may_edit, width(key))).collect();
    let book = fieldbook_report::checklist_book(&columns, &lines, "檢查表", desk.host.now())
        .map_err(|e| AppError::new("render_failed").with("what", e))?;
    write_beside(out, &book.bytes)
}

/// Codes of the documents that a folder itself defines.
fn own_documents(files: &Files, bundle: &Bundle) -> Vec<String> {
    let stated = |code: &str| {
        let line = format!("code = \"{code}\"");
        files
            .iter()
            .any(|(path, text)| path.ends_with("/document.toml") && text.lines().any(|l| l.trim() == line))
    };
    bundle.documents.iter().map(|d| d.code.clone()).filter(|c| stated(c)).collect()
}

/// What a spreadsheet of clauses would change in a folder.
pub struct Reviewed {
    /// Changes, cell by cell.
    pub changes: Vec<RowChange>,
    /// What makes the spreadsheet unusable; with one nothing can be taken.
    pub problems: Vec<ProblemView>,
}

/// Compares a spreadsheet with the folder that it was made from, and with `accept` writes the changes into the
/// folder's files. Every file is checked before one is written.
///
/// # Errors
/// As [`check`]; those of opening a spreadsheet, `package_defective` when the changed folder would not load,
/// `export_failed`.
pub fn import_xlsx(dir: &Path, book: &Path, accept: bool) -> Result<Reviewed, AppError> {
    let files = read_folder(dir)?;
    let bundle = check_folder(&bundled_files(), &files).map_err(|errors| defective(&errors))?;
    let name = book.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let fault = |e| crate::failure::intake(&bundle, None, &name, &e);
    let mut source =
        fieldbook_intake::open(book, &fieldbook_intake::Limits::default(), None).map_err(fault)?;
    let sheet = source.sheets().first().map(|s| s.name.clone()).unwrap_or_default();
    let table = fieldbook_intake::text_table(&mut source, &sheet, MAX_ROWS).map_err(fault)?;
    let lines: Vec<(u32, Vec<String>)> = table.into_iter().map(|l| (l.row, l.cells)).collect();
    let changes = match compare_rows(&bundle, &lines) {
        Ok(changes) => changes,
        Err(faults) => {
            let view = |f: &RowFault| {
                let (message, hint) = f.zh();
                ProblemView { file: name.clone(), line: Some(f.row), message, hint }
            };
            return Ok(Reviewed { changes: Vec::new(), problems: faults.iter().map(view).collect() });
        }
    };
    if accept && !changes.is_empty() {
        let after = apply(&bundled_files(), &files, &changes).map_err(|errors| defective(&errors))?;
        for (path, text) in after.iter().filter(|(path, text)| files.get(*path) != Some(text)) {
            let file = dir.join(path);
            // A built-in document that becomes the organisation's own has no folder yet.
            if let Some(parent) = file.parent() {
                let failed = |e: std::io::Error| AppError::new("export_failed").with("what", e.kind());
                std::fs::create_dir_all(parent).map_err(failed)?;
            }
            write_over(&file, text.as_bytes())?;
        }
    }
    Ok(Reviewed { changes, problems: Vec::new() })
}
