//! One table in every format gives the same cells; files that cannot be read say why, soon, and harm nothing.
//!
//! `tests/fixtures/table.xls` and `table.ods` are the table of `table.rs` as LibreOffice writes it. To make them again:
//! `cargo test -p fieldbook-intake --test formats -- --ignored`, with `soffice` (libreoffice-calc-nogui) installed.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, missing_docs)]

#[cfg(unix)]
mod faults;
#[path = "../common/parts.rs"]
mod parts;
#[path = "../common/reader.rs"]
mod reader;
mod table;
mod xlsb;

use fieldbook_intake::{BookReader, IntakeError, Limits, OpenOptions, Source, open_with, text_table};
pub use reader::{program, reader};
use std::path::{Path, PathBuf};

pub fn opened_by(path: &Path, reader: &BookReader, limits: &Limits) -> Result<Source, IntakeError> {
    open_with(path, &OpenOptions { limits, encoding: None, reader: Some(reader), cancel: None })
}

fn opened(path: &Path) -> Source {
    opened_by(path, &reader(), &Limits::default()).expect("opened")
}

/// The cells of a sheet as texts, by row.
fn texts(source: &mut Source, sheet: &str) -> Vec<(u32, Vec<String>)> {
    text_table(source, sheet, 1000).expect("read").into_iter().map(|line| (line.row, line.cells)).collect()
}

/// The table in a folder of its own, as xlsx and xlsb.
fn written() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let (xlsx, xlsb) = (folder.path().join("table.xlsx"), folder.path().join("table.xlsb"));
    table::xlsx(&xlsx, table::Logical::Plain);
    std::fs::write(&xlsb, xlsb::xlsb()).expect("written");
    (folder, xlsx, xlsb)
}

#[test]
fn the_same_table_gives_the_same_cells_in_every_format() {
    let (folder, xlsx, xlsb) = written();
    let macros = folder.path().join("table.xlsm");
    std::fs::copy(&xlsx, &macros).expect("copied");
    for path in [xlsx, macros, xlsb, table::fixture("table.xls"), table::fixture("table.ods")] {
        let mut source = opened(&path);
        assert_eq!(texts(&mut source, table::SHEET), table::shown(), "{}", path.display());
        // Once more: a sheet may be read as often as is needed.
        assert_eq!(texts(&mut source, table::SHEET), table::shown(), "{}", path.display());
        let hidden = [(1, vec!["帳號".to_owned()]), (2, vec!["old01".to_owned()])];
        assert_eq!(texts(&mut source, table::HIDDEN_SHEET), hidden, "{}", path.display());
        let sheets: Vec<(&str, bool)> = source.sheets().iter().map(|s| (s.name.as_str(), s.hidden)).collect();
        assert_eq!(sheets, [(table::SHEET, false), (table::HIDDEN_SHEET, true)], "{}", path.display());
    }
}

#[test]
fn the_same_table_gives_the_same_cells_as_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let csv = folder.path().join("table.csv");
    std::fs::write(&csv, table::csv()).expect("written");
    let expected: Vec<(u32, Vec<String>)> = table::shown()
        .into_iter()
        .map(|(row, cells)| (row, cells.iter().map(|c| c.replace("\n第二行", "／第二行")).collect()))
        .map(|(row, mut cells): (u32, Vec<String>)| {
            let kept = cells.iter().rposition(|c| !c.is_empty()).map_or(0, |at| at + 1);
            cells.truncate(kept);
            (row, cells)
        })
        .collect();
    assert_eq!(texts(&mut opened(&csv), ""), expected);
}

#[test]
fn a_name_that_lies_about_the_format_misleads_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    for (fixture, name) in [("table.xls", "x.xlsx"), ("table.ods", "x.csv"), ("table.xls", "x.txt")] {
        let path = folder.path().join(name);
        std::fs::copy(table::fixture(fixture), &path).expect("copied");
        assert_eq!(texts(&mut opened(&path), table::SHEET), table::shown(), "{fixture} as {name}");
    }
}

#[test]
#[ignore = "writes into the sources; needs LibreOffice"]
fn make_the_fixtures() {
    let (folder, xlsx, xlsb) = written();
    let office = |from: &Path, format: &str| {
        let profile = format!("-env:UserInstallation=file://{}", folder.path().join("office").display());
        let done = std::process::Command::new("soffice")
            .args([&profile, "--headless", "--convert-to", format, "--outdir"])
            .args([folder.path(), from])
            .output()
            .expect("soffice is installed");
        assert!(done.status.success());
    };
    for (format, logical) in [("xls", table::Logical::Plain), ("ods", table::Logical::Formatted)] {
        table::xlsx(&xlsx, logical);
        office(&xlsx, format);
        let name = format!("table.{format}");
        std::fs::copy(folder.path().join(&name), table::fixture(&name)).expect("kept");
    }
    // What this crate calls xlsb, another program reads as the same table.
    office(&xlsb, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1");
    let csv = std::fs::read_dir(folder.path()).expect("a folder").filter_map(|e| e.ok().map(|e| e.path()));
    let csv = csv.into_iter().find(|p| p.extension().is_some_and(|e| e == "csv")).expect("written");
    let csv = std::fs::read_to_string(csv).expect("text");
    for (_, cells) in table::rows().into_iter().skip(1).take(3) {
        for (held, text) in cells {
            if matches!(held, table::Held::Text(_) | table::Held::Rich(_)) {
                assert!(csv.contains(text), "{text} in {csv}");
            }
        }
    }
}
