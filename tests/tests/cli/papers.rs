//! `fieldbook export requests|sheet|templates`.

use crate::call::{Desk, list, text};
use crate::exams::new_exam;
use fieldbook_tests::second_reader::{by_calamine, pdf_text, squeezed};
use serde_json::Value;

/// Files that a call says it wrote: each is there, and has the hash that was told.
fn written(desk: &Desk, done: &Value) -> Vec<String> {
    let files = list(&done["files"]);
    for file in files {
        assert_eq!(text(&file["sha256"]).len(), 64);
        assert!(desk.path(text(&file["file"])).is_file(), "{file}");
    }
    files.iter().map(|f| text(&f["file"]).to_owned()).collect()
}

#[test]
fn the_request_list_asks_for_what_the_firm_owes() {
    let desk = Desk::with_vault();
    let exam = new_exam(&desk, "2026-03-31");
    let call = ["answer", exam.as_str(), "BSL-6.7", "--result", "no_data", "--method", "inspection"];
    desk.done(&[&call[..], &["--note", "尚未提供", "--awaited", "密碼政策畫面"]].concat());
    let done = desk.done(&["export", &exam, "requests", "調閱", "--due", "2026-04-15", "--templates"]);
    let files = written(&desk, &done);
    let (lists, templates): (Vec<&String>, Vec<&String>) =
        files.iter().partition(|f| !f.contains("欄位範本"));
    assert_eq!((lists.len(), templates.is_empty()), (2, false), "{files:?}");
    let book = lists.iter().find(|f| f.ends_with(".xlsx")).expect("a workbook");
    let cells: String = by_calamine(&desk.path(book)).values().flatten().flatten().cloned().collect();
    assert!(cells.contains("密碼政策畫面") && cells.contains("115"), "awaited, and the day in ROC years");
    let paper = lists.iter().find(|f| f.ends_with(".pdf")).expect("a PDF");
    assert!(pdf_text(&desk.path(paper)).contains("密碼政策畫面"));
}

#[test]
fn sheet_and_templates_are_written() {
    let desk = Desk::with_vault();
    let exam = new_exam(&desk, "2026-03-31");
    let sheet = written(&desk, &desk.done(&["export", &exam, "sheet", "machine_room", "機房.pdf"]));
    assert_eq!(sheet, ["機房.pdf"]);
    assert!(pdf_text(&desk.path("機房.pdf")).contains(&squeezed("丙丁證券")));
    let below = written(&desk, &desk.done(&["export", &exam, "sheet", "machine_room", "現場/一日/機房.pdf"]));
    assert_eq!(below, ["現場/一日/機房.pdf"], "its folder is made");
    let one = written(&desk, &desk.done(&["export", &exam, "templates", "範本", "--dataset", "accounts"]));
    let [one] = one.as_slice() else { panic!("one file: {one:?}") };
    let cells: Vec<String> = by_calamine(&desk.path(one)).into_values().flatten().flatten().collect();
    assert!(cells.iter().any(|c| c.contains("帳號")), "{cells:?}");
    let all = written(&desk, &desk.done(&["export", &exam, "templates", "全部"]));
    assert!(all.len() > 10, "{all:?}");
}

#[test]
fn what_the_file_system_refuses_is_told_in_chinese() {
    let desk = Desk::with_vault();
    let exam = new_exam(&desk, "2026-03-31");
    std::fs::write(desk.path("調閱"), "不是資料夾").expect("file");
    std::fs::create_dir(desk.path("機房.pdf")).expect("folder");
    let calls = [
        ["requests", "調閱", "", ""],
        ["sheet", "machine_room", "調閱/機房.pdf", ""],
        ["sheet", "machine_room", "機房.pdf", ""],
    ];
    for call in &calls {
        let words: Vec<&str> = ["export", exam.as_str()]
            .into_iter()
            .chain(call.iter().copied().filter(|w| !w.is_empty()))
            .collect();
        let refused = desk.unchanged(|| desk.refused(&words, 1, "export_failed"));
        let message = text(&refused["error"]["message"]);
        assert!(!message.contains(|c: char| c.is_ascii_alphabetic()), "{message}");
    }
}

#[test]
fn what_cannot_be_exported_leaves_no_file() {
    let desk = Desk::with_vault();
    let exam = new_exam(&desk, "2026-03-31");
    desk.unchanged(|| {
        desk.refused(&["export", &exam, "requests", "調閱", "--due", "2026-02-30"], 1, "bad_date");
        let sheet = desk.refused(&["export", &exam, "sheet", "kitchen", "x.pdf"], 1, "unknown_sheet_form");
        assert!(text(&sheet["error"]["message"]).contains("「kitchen」"), "{sheet}");
        desk.refused(&["export", &exam, "templates", "範本", "--dataset", "none"], 1, "unknown_dataset");
        desk.refused(&["export", "e-000000000000", "requests", "調閱"], 1, "unknown_exam");
    });
}
