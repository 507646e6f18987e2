//! Exported files read by programs that did not write them: calamine, LibreOffice, poppler.

use calamine::{Data, Reader, Xlsx, open_workbook};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// Every sheet of a workbook as rows of texts, by calamine.
///
/// # Panics
/// When the file is no workbook.
#[must_use]
pub fn by_calamine(path: &Path) -> BTreeMap<String, Vec<Vec<String>>> {
    let mut book: Xlsx<_> = open_workbook(path).expect("calamine opens the workbook");
    let names = book.sheet_names();
    names
        .into_iter()
        .map(|name| {
            let range = book.worksheet_range(&name).expect("calamine reads the sheet");
            let rows = range.rows().map(|row| row.iter().map(cell_text).collect()).collect();
            (name, rows)
        })
        .collect()
}

fn cell_text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        other => other.to_string(),
    }
}

/// Every sheet of a workbook as CSV text, one after the other, by LibreOffice.
///
/// # Panics
/// When LibreOffice is not there or does not open the file.
#[must_use]
pub fn by_libreoffice(path: &Path, scratch: &Path) -> String {
    let out = scratch.join("csv");
    std::fs::create_dir_all(&out).expect("scratch folder");
    // Sheet -1: every sheet into a file of its own.
    let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";
    let profile = format!("-env:UserInstallation=file://{}", scratch.join("office").display());
    let done = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", filter, "--outdir"])
        .arg(&out)
        .arg(path)
        .output()
        .expect("soffice is installed (libreoffice-calc-nogui)");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut files: Vec<_> = std::fs::read_dir(&out)
        .expect("scratch folder")
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with(&stem)))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "LibreOffice wrote nothing for {}", path.display());
    files.iter().map(|f| std::fs::read_to_string(f).expect("CSV is UTF-8")).collect()
}

/// The text of a PDF, by poppler; line breaks and blanks removed, since they follow the layout.
///
/// # Panics
/// When `pdftotext` is not there or does not open the file.
#[must_use]
pub fn pdf_text(path: &Path) -> String {
    let done = Command::new("pdftotext")
        .arg(path)
        .arg("-")
        .output()
        .expect("pdftotext is installed (poppler-utils)");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    squeezed(&String::from_utf8_lossy(&done.stdout))
}

/// A text without white space.
#[must_use]
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
