//! An organisation's own checklists: checking a folder, packing it, and the round trip through a spreadsheet.

use super::folder::read_any;
use super::queries;
use crate::desk::Desk;
use crate::error::AppError;
use crate::export::{export_failed, write_beside, write_over};
use crate::wire::{DocumentChangeView, ExportedFileView, ProblemView};
use fieldbook_checklist::round_trip::{COLUMNS, RowChange, RowFault, apply, compare_rows, rows};
use fieldbook_checklist::{
    Bundle, Files, LoadError, Package, Relocked, SignerKey, bundled_files, check_folder, overlay, relock,
    seal,
};
use std::path::Path;

pub use super::folder::read_folder;

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

/// What checking a folder found.
pub struct Checked {
    /// Documents, clauses and procedures that the folder defines together with the built-in ones.
    pub bundle: Option<Bundle>,
    /// Defects.
    pub problems: Vec<ProblemView>,
}

/// Checks a folder over the built-in checklists, its queries too.
///
/// # Errors
/// As [`read_folder`].
pub fn check(dir: &Path) -> Result<Checked, AppError> {
    let files = read_folder(dir)?;
    Ok(match checked(&files)? {
        Ok(bundle) => Checked { bundle: Some(bundle), problems: Vec::new() },
        Err(errors) => Checked { bundle: None, problems: problems(&errors) },
    })
}

/// What a folder's files define together with the built-in ones, or their defects.
fn checked(files: &Files) -> Result<Result<Bundle, Vec<LoadError>>, AppError> {
    let bundle = match check_folder(&bundled_files(), files) {
        Ok(bundle) => bundle,
        Err(errors) => return Ok(Err(errors)),
    };
    let of_queries = queries::defects(files, &bundle)?;
    Ok(if of_queries.is_empty() { Ok(bundle) } else { Err(of_queries) })
}

/// Writes the folder's `ids.lock`: new lines for what has none, other hashes for what was changed, `retired` behind what
/// is gone. No line is taken out, and what stood there stays beside it as `ids.lock.bak`.
///
/// # Errors
/// As [`read_folder`]; `package_defective` for a folder with other defects, `export_failed`.
pub fn lock(dir: &Path) -> Result<Relocked, AppError> {
    let files = read_folder(dir)?;
    let locked = relock(&bundled_files(), &files).map_err(|errors| defective(&errors))?;
    let before = files.get("ids.lock").map(String::as_str).unwrap_or_default();
    if locked.text != before {
        write_over(&dir.join("ids.lock"), locked.text.as_bytes())?;
    }
    Ok(locked)
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
    checked(&files)?.map_err(|errors| defective(&errors))?;
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
/// TOML. With a document named, the folder may be empty yet.
///
/// # Errors
/// As [`check`]; `unknown_document`, `folder_without_document` when none is named and the folder has none of its own,
/// `render_failed`, `export_failed`.
pub fn export_xlsx(
    desk: &Desk,
    dir: &Path,
    document: Option<&str>,
    out: &Path,
) -> Result<ExportedFileView, AppError> {
    let files = if document.is_some() { read_any(dir)? } else { read_folder(dir)? };
    let bundle = check_folder(&bundled_files(), &files).map_err(|errors| defective(&errors))?;
    let own = own_documents(&files, &bundle);
    let lines: Vec<Vec<String>> = match document {
        Some(code) if bundle.document(code).is_none() => {
            return Err(AppError::new("unknown_document").with("field", code));
        }
        Some(code) => rows(&bundle, Some(code)),
        None if own.is_empty() => return Err(AppError::new("folder_without_document")),
        None => own.iter().flat_map(|code| rows(&bundle, Some(code))).collect(),
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
/// folder's files, a changed text into the source text too. Every file is checked before one is written.
///
/// # Errors
/// As [`check`]; those of opening a spreadsheet, `package_defective` when the changed folder would not load,
/// `export_failed`.
pub fn import_xlsx(dir: &Path, book: &Path, accept: bool) -> Result<Reviewed, AppError> {
    let files = read_any(dir)?;
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
                std::fs::create_dir_all(parent).map_err(|e| export_failed(&e))?;
            }
            write_over(&file, text.as_bytes())?;
        }
    }
    Ok(Reviewed { changes, problems: Vec::new() })
}
