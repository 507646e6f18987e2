//! What will be exported, looked at before: sheets of working papers and of filled templates, the pages of one finding.
//! Nothing of it is written.

mod desk;

use desk::{ask, create, exam, refused};
use fieldbook_app::host::book_reader;
use fieldbook_app::{Desk, Host, SharedDesk};
use fieldbook_intake::{Limits, open_bytes, text_table};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// Rows of a sheet that are shown.
const SHOWN: usize = 200;

/// The program that shows, which cargo builds with the tests.
fn shower() -> PathBuf {
    let own = std::env::current_exe().expect("a path");
    let built = own.parent().and_then(Path::parent).expect("a folder");
    let program = built.join("examples").join(format!("show_file{}", std::env::consts::EXE_SUFFIX));
    assert!(program.is_file(), "cargo builds {} with the tests", program.display());
    program
}

/// A vault with the exam to practise on open.
fn practising() -> (SharedDesk, TempDir) {
    let folder = tempfile::tempdir().expect("temporary folder");
    let host = desk::host(folder.path(), &Arc::default());
    let host = Host { book_reader: Some(book_reader(shower())), ..host };
    let desk = SharedDesk::new(Desk::new(host).expect("a desk"), Box::new(desk::Board::default()));
    create(&desk, folder.path());
    ask(&desk, "practice_make", Value::Null);
    (desk, folder)
}

/// Every file below a folder with its size, but for what SQLite keeps beside a database that is open.
fn files(folder: &Path, into: &mut BTreeMap<PathBuf, u64>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the test") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, into);
        } else if !path.to_string_lossy().ends_with("-shm") {
            into.insert(path.clone(), path.metadata().expect("a file").len());
        }
    }
}

fn written(folder: &TempDir) -> BTreeMap<PathBuf, u64> {
    let mut all = BTreeMap::new();
    files(folder.path(), &mut all);
    all
}

/// The rows of a sheet that is looked at, by their numbers.
fn grid(desk: &SharedDesk, sheet: usize) -> Vec<(u64, Vec<String>)> {
    let view = ask(desk, "output_grid", json!({ "sheet": sheet }));
    let rows = view["rows"].as_array().expect("rows");
    let row = |row: &Value| {
        let cells = serde_json::from_value(row["cells"].clone()).expect("texts");
        (row["row"].as_u64().expect("a number"), cells)
    };
    rows.iter().map(row).collect()
}

fn texts(value: &Value) -> Vec<String> {
    serde_json::from_value(value.clone()).expect("texts")
}

/// A row as it is compared: what is empty at its end is not there.
fn bare(mut cells: Vec<String>) -> Vec<String> {
    while cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells
}

#[test]
fn a_paper_looks_as_the_file_that_is_written_and_looking_writes_nothing() {
    let (desk, folder) = practising();
    let before = written(&folder);
    let papers = ask(&desk, "output_papers", Value::Null);
    let papers = papers.as_array().expect("papers");
    let named = |paper: &str| papers.iter().find(|p| p["paper"] == paper).expect("a paper of this number");
    assert_eq!((&papers[0]["paper"], named("F-00")["title"].as_str()), (&json!("A-01"), Some("缺失彙總表")));
    let mut looked = BTreeMap::new();
    for paper in ["A-01", "F-00", "T-COL-05"] {
        let view = ask(&desk, "output_paper", json!({ "paper": paper, "draft": true }));
        assert_eq!(view["sheets"], named(paper)["sheets"], "{paper}");
        let sheets: Vec<_> = (0..texts(&view["sheets"]).len()).map(|n| grid(&desk, n)).collect();
        assert_eq!(refused(&desk, "output_grid", json!({ "sheet": sheets.len() })), "failed");
        looked.insert(paper, (texts(&view["sheets"]), sheets));
    }
    assert_eq!(written(&folder), before, "nothing was written");

    // A finding stands where its heading says.
    let first = &ask(&desk, "findings", Value::Null)[0];
    let sheet = &looked["F-00"].1[0];
    let (head, cells) = sheet
        .iter()
        .find_map(|(n, cells)| cells.iter().position(|c| c == "標題").map(|at| (*n, at)))
        .expect("headings");
    let below = sheet.iter().filter(|(n, _)| *n > head);
    let titles: Vec<&str> = below.filter_map(|(_, row)| row.get(cells).map(String::as_str)).collect();
    assert!(titles.contains(&first["title"].as_str().expect("a title")), "{titles:?}");

    let out = folder.path().join("out");
    let made = ask(&desk, "export_papers", json!({ "path": out, "draft": true }));
    assert_eq!(made["files"].as_array().map(Vec::len), Some(papers.len()), "the set that was listed");
    for (paper, (names, sheets)) in looked {
        let start = format!("{paper} ");
        let file = std::fs::read_dir(&out).expect("the folder").filter_map(Result::ok);
        let file = file
            .map(|f| f.path())
            .find(|p| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with(&start)));
        let bytes = std::fs::read(file.expect("the paper")).expect("read");
        let mut book = open_bytes("", bytes, &Limits::default()).expect("a workbook");
        for (name, rows) in names.iter().zip(sheets) {
            let lines = text_table(&mut book, name, 100_000).expect("a table");
            let lines = lines.into_iter().take(SHOWN).map(|line| (u64::from(line.row), bare(line.cells)));
            let rows = rows.into_iter().map(|(n, cells)| (n, bare(cells)));
            assert_eq!(rows.collect::<Vec<_>>(), lines.collect::<Vec<_>>(), "{paper} {name}");
        }
    }
}

#[test]
fn a_template_is_looked_at_filled_with_what_stays_empty_and_nothing_is_written() {
    let (desk, folder) = practising();
    let before = written(&folder);
    let view = ask(&desk, "template_preview", json!({ "key": "findings" }));
    assert_eq!((texts(&view["sheets"]).is_empty(), &view["text"]), (false, &Value::Null));
    let title = ask(&desk, "findings", Value::Null)[0]["title"].as_str().expect("a title").to_owned();
    let cells = grid(&desk, 0).into_iter().flat_map(|(_, cells)| cells).collect::<Vec<_>>();
    assert!(cells.iter().any(|cell| cell.contains(&title)), "{title} in {cells:?}");
    assert!(
        !cells.iter().any(|cell| cell.contains("{{")),
        "every placeholder is filled or emptied: {cells:?}"
    );

    let document = ask(&desk, "template_preview", json!({ "key": "report" }));
    assert_eq!(document["sheets"], json!([]));
    let text = document["text"]["text"].as_str().expect("a text").to_owned();
    assert!(text.contains(&title) && text.contains("｜") && !text.contains("{{"), "{text}");
    assert_eq!(refused(&desk, "output_grid", json!({ "sheet": 0 })), "failed", "a text has no sheets");
    assert_eq!(refused(&desk, "template_preview", json!({ "key": "none" })), "failed");
    assert_eq!(written(&folder), before, "nothing was written");

    // What stays empty is the same that filling tells.
    let path = folder.path().join("out.xlsx");
    let filled = ask(&desk, "template_fill", json!({ "key": "findings", "path": path }));
    assert_eq!(view["unfilled"], filled["unfilled"]);
    assert!(view["unfilled"].as_array().is_some_and(|marks| !marks.is_empty()), "nobody signed");
}

#[test]
fn the_pages_of_a_finding_are_pictures_until_something_else_is_looked_at_or_the_vault_is_locked() {
    let (desk, folder) = practising();
    let before = written(&folder);
    let no = ask(&desk, "findings", Value::Null)[0]["no"].clone();
    let pages = ask(&desk, "finding_pages", json!({ "no": no }))["pages"].as_u64().expect("pages");
    let whole = ask(&desk, "output_pages", json!({ "document": "report", "draft": true }));
    assert!((1..whole["pages"].as_u64().expect("pages")).contains(&pages));

    ask(&desk, "finding_pages", json!({ "no": no }));
    let page = ask(&desk, "output_page", json!({ "page": pages - 1, "width": 400 }));
    assert!(page["data"].as_str().is_some_and(|data| data.starts_with("data:image/png;base64,")));
    assert_eq!(refused(&desk, "output_grid", json!({ "sheet": 0 })), "failed", "pages are no sheets");
    assert_eq!(refused(&desk, "finding_pages", json!({ "no": 9_999 })), "failed");
    assert_eq!(refused(&desk, "output_page", json!({ "page": 0, "width": 400 })), "failed", "no longer held");
    assert_eq!(refused(&desk, "output_paper", json!({ "paper": "Z-99", "draft": true })), "failed");
    assert_eq!(written(&folder), before, "nothing was written");

    ask(&desk, "output_paper", json!({ "paper": "A-01", "draft": false }));
    ask(&desk, "vault_lock", Value::Null);
    assert_eq!(refused(&desk, "output_grid", json!({ "sheet": 0 })), "locked");
}

#[test]
fn an_exam_in_earnest_shows_its_papers_and_nothing_of_another_one() {
    let (desk, _folder) = practising();
    ask(&desk, "output_paper", json!({ "paper": "F-00", "draft": true }));
    ask(&desk, "exam_close", Value::Null);
    exam(&desk);
    assert_eq!(
        refused(&desk, "output_grid", json!({ "sheet": 0 })),
        "failed",
        "what was held went with its exam"
    );
    let papers = ask(&desk, "output_papers", Value::Null);
    assert!(papers.as_array().is_some_and(|papers| !papers.is_empty()));
}
