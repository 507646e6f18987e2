//! `fieldbook checklist export-xlsx|import-xlsx`.

use crate::call::{Desk, list, text};
use crate::folder::{ACCOUNTS, copy};
use fieldbook_tests::second_reader::by_calamine;
use rust_xlsxwriter::Workbook;
use serde_json::Value;

const BOOK: &str = "要點.xlsx";

/// The example exported, and its rows as a spreadsheet program shows them.
fn exported() -> (Desk, Vec<Vec<String>>) {
    let desk = Desk::without_vault();
    copy(&desk);
    let done = desk.done(&["checklist", "export-xlsx", "own", BOOK]);
    assert_eq!((text(&done["file"]), text(&done["sha256"]).len()), (BOOK, 64));
    let rows = by_calamine(&desk.path(BOOK)).remove("檢查表").expect("one sheet");
    (desk, rows)
}

/// Writes the rows anew, as somebody's spreadsheet program would.
fn save(desk: &Desk, rows: &[Vec<String>]) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (r, row) in (0_u32..).zip(rows) {
        for (c, cell) in (0_u16..).zip(row) {
            sheet.write_string(r, c, cell).expect("a cell");
        }
    }
    book.save(desk.path(BOOK)).expect("saved");
}

fn row(rows: &[Vec<String>], id: &str) -> usize {
    rows.iter().position(|r| r[0] == id).unwrap_or_else(|| panic!("{id} has a row"))
}

fn column(rows: &[Vec<String>], heading: &str) -> usize {
    rows[0].iter().position(|c| c == heading).unwrap_or_else(|| panic!("{heading} is a heading"))
}

const IMPORT: [&str; 4] = ["checklist", "import-xlsx", "own", BOOK];
const ACCEPT: [&str; 5] = ["checklist", "import-xlsx", "own", BOOK, "--accept"];

#[test]
fn a_changed_text_is_shown_and_written_only_when_accepted() {
    let (desk, mut rows) = exported();
    let untouched = desk.unchanged(|| desk.done(&ACCEPT));
    assert_eq!((list(&untouched["changes"]).len(), &untouched["ok"]), (0, &true.into()));

    let (at, text_column) = (row(&rows, "SAMPLE-1.1"), column(&rows, "條文"));
    let before = rows[at][text_column].clone();
    rows[at][text_column] = before.replace("每半年", "每季");
    save(&desk, &rows);
    let shown = desk.unchanged(|| desk.done(&IMPORT));
    let [change] = list(&shown["changes"]) else { panic!("one change: {shown}") };
    assert_eq!((&change["clause"], &change["column"]), (&"SAMPLE-1.1".into(), &"text".into()));
    assert_eq!(
        (text(&change["before"]), text(&change["after"])),
        (before.as_str(), rows[at][text_column].as_str())
    );
    assert_eq!((change["row"].as_u64(), &shown["accepted"]), (Some(at as u64 + 1), &false.into()));

    let files = desk.contents();
    assert_eq!(desk.done(&ACCEPT)["accepted"], true);
    let chapter = desk.path("own").join(ACCOUNTS);
    let mut expected = files.clone();
    let text_before = String::from_utf8(files[&chapter].clone()).expect("UTF-8");
    expected.insert(chapter.clone(), text_before.replacen("每半年", "每季", 1).into_bytes());
    expected.insert(chapter.with_extension("toml.bak"), files[&chapter].clone());
    // The source text says the same, and its hash is recorded.
    let source = desk.path("own/internal-audit/source.txt");
    let told = String::from_utf8(files[&source].clone()).expect("UTF-8").replacen("每半年", "每季", 1);
    expected.insert(source.clone(), told.into_bytes());
    expected.insert(source.with_extension("txt.bak"), files[&source].clone());
    let head = desk.path("own/internal-audit/document.toml");
    expected.insert(head.clone(), desk.contents()[&head].clone());
    expected.insert(head.with_extension("toml.bak"), files[&head].clone());
    let names = |files: &std::collections::BTreeMap<std::path::PathBuf, Vec<u8>>| {
        files.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(names(&desk.contents()), names(&expected));
    assert!(desk.contents() == expected, "nothing but that text, comments kept");
    assert_eq!(desk.done(&["checklist", "check", "own"])["ok"], true);
}

/// Imports a sheet that is refused, with and without `--accept`; gives its problems.
fn refused(desk: &Desk, rows: &[Vec<String>]) -> Vec<Value> {
    save(desk, rows);
    let document = desk.unchanged(|| {
        desk.refused(&IMPORT, 1, "sheet_defective");
        desk.refused(&ACCEPT, 1, "sheet_defective")
    });
    assert_eq!((&document["ok"], &document["accepted"]), (&false.into(), &false.into()));
    assert_eq!(list(&document["changes"]).len(), 0);
    assert!(text(&document["error"]["message"]).contains(BOOK), "{document}");
    let problems = list(&document["problems"]).to_vec();
    assert!(problems.iter().all(|p| p["file"] == BOOK && !text(&p["hint"]).is_empty()), "{document}");
    problems
}

fn says(problems: &[Value], row: usize, what: &str) {
    let told = |p: &Value| p["line"].as_u64() == Some(row as u64 + 1) && text(&p["message"]).contains(what);
    assert!(problems.iter().any(told), "row {}, {what}: {problems:?}", row + 1);
}

#[test]
fn a_changed_id_is_refused() {
    let (desk, mut rows) = exported();
    let at = row(&rows, "SAMPLE-2.1");
    rows[at][0] = "SAMPLE-2.7".to_owned();
    let problems = refused(&desk, &rows);
    says(&problems, at, "「SAMPLE-2.7」不是既有條文之代號");
    says(&problems, 0, "缺少條文「SAMPLE-2.1」之列");
}

#[test]
fn an_id_that_is_there_twice_is_refused() {
    let (desk, mut rows) = exported();
    rows.push(rows[row(&rows, "SAMPLE-2.1")].clone());
    says(&refused(&desk, &rows), rows.len() - 1, "代號「SAMPLE-2.1」重複");
}

#[test]
fn a_missing_column_or_row_is_refused() {
    let (desk, rows) = exported();
    let at = column(&rows, "性質");
    let without: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().enumerate().filter(|(c, _)| *c != at).map(|(_, cell)| cell.clone()).collect())
        .collect();
    says(&refused(&desk, &without), 0, "「性質」：工作表缺少此欄");
    let mut fewer = rows.clone();
    fewer.remove(row(&rows, "SAMPLE-2.2"));
    says(&refused(&desk, &fewer), 0, "缺少條文「SAMPLE-2.2」之列");
}

#[test]
fn a_condition_or_strength_that_is_none_is_refused_with_every_other_change() {
    let (desk, mut rows) = exported();
    let (good, bad) = (row(&rows, "SAMPLE-1.1"), row(&rows, "SAMPLE-2.1"));
    let (applies, strength, words) =
        (column(&rows, "適用條件"), column(&rows, "性質"), column(&rows, "條文"));
    rows[good][words] = rows[good][words].replace("每半年", "每季");
    rows[bad][applies] = "is_sec & internet".to_owned();
    rows[bad][strength] = "必須".to_owned();
    let problems = refused(&desk, &rows);
    says(&problems, bad, "「適用條件」：條件引用了不存在的事實「internet」");
    says(&problems, bad, "「必須」不是性質用語");
    assert_eq!(problems.len(), 2, "{problems:?}");
}

#[test]
fn an_author_starts_from_a_built_in_document_in_an_empty_folder() {
    let desk = Desk::without_vault();
    std::fs::create_dir(desk.path("own")).expect("an empty folder");
    let hint = desk.refused(&["checklist", "export-xlsx", "own", BOOK], 1, "folder_empty");
    assert!(text(&hint["error"]["hint"]).contains("--document"), "{hint}");
    desk.done(&["checklist", "export-xlsx", "own", BOOK, "--document", "FCM"]);
    let mut rows = by_calamine(&desk.path(BOOK)).remove("檢查表").expect("one sheet");
    let (at, strength) = (row(&rows, "FCM-3.4"), column(&rows, "性質"));
    rows[at][strength] = "宜".to_owned();
    save(&desk, &rows);
    desk.done(&ACCEPT);
    assert!(desk.path("own/taifex-fcm/document.toml").is_file());
    assert_eq!(desk.done(&["checklist", "check", "own"])["ok"], true);
}

#[test]
fn a_file_that_is_no_spreadsheet_is_refused() {
    let (desk, _) = exported();
    std::fs::write(desk.path(BOOK), "不是試算表").expect("file");
    desk.unchanged(|| {
        let said = desk.call(&ACCEPT);
        assert_eq!(said.code, 1, "{said:?}");
        assert!(said.err.starts_with("錯誤：") && said.err.contains("\n建議："), "{said:?}");
    });
    desk.refused(&["checklist", "export-xlsx", "own", "x.xlsx", "--document", "NONE"], 1, "unknown_document");
    assert!(!desk.path("x.xlsx").exists());
}
