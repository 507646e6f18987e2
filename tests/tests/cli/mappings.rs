//! `fieldbook mapping`, the data dictionary, and how an import compares rows with what was declared.

use crate::call::{Desk, has_keys, list, text};
use fieldbook_tests::desk::{exam_of, with_vault};
use serde_json::json;

const PROFILE: &str = "[[sheet]]\ndataset = \"accounts\"\nheaders = [\"甲\", \"乙\", \"丙\", \"丁\"]\n\n[sheet.columns]\n\
    \"甲\" = \"system_name\"\n\"乙\" = \"account\"\n\"丙\" = \"holder_name\"\n\"丁\" = \"status\"\n";

/// A vault with an exam; its id.
fn with_exam() -> (Desk, String) {
    let desk = Desk::without_vault();
    let mut opened = with_vault(&desk.dir).expect("vault");
    let exam = exam_of(&mut opened, "115-期-0009", "is_fcm = true\n").expect("exam").head.id;
    drop(opened);
    (desk, exam)
}

#[test]
fn mappings_are_listed_exported_taken_over_and_forgotten() {
    let (desk, exam) = with_exam();
    std::fs::write(desk.path("m.toml"), PROFILE).expect("file");
    std::fs::write(desk.path("a.csv"), "甲,乙,丙,丁\n下單,u1,王一,正常\n下單,u2,王二,失效\n").expect("file");
    assert_eq!(desk.done(&["mapping", "list", &exam]), json!([]));
    desk.refused(&["mapping", "export", &exam, "out.toml"], 1, "nothing_remembered");
    let taken = desk.done(&["mapping", "import", &exam, "m.toml"]);
    assert_eq!(taken, json!({ "taken": 1, "unchanged": 0, "refused": [] }));
    // It is used without being named.
    let done = desk.done(&["import", &exam, "a.csv"]);
    let sheet = &done["files"][0]["sheets"][0];
    assert_eq!((text(&sheet["dataset"]), &sheet["mapping"]["乙"]), ("accounts", &json!("account")));
    let known = desk.done(&["mapping", "list", &exam]);
    let [known] = list(&known) else { panic!("one: {known}") };
    has_keys(known, &["dataset", "header", "headers", "columns", "file", "used_at"]);
    assert_eq!(text(&known["file"]), "a.csv");
    let exported = desk.done(&["mapping", "export", &exam, "out.toml"]);
    assert_eq!(text(&exported["files"][0]["file"]), "out.toml");
    let again = desk.done(&["mapping", "import", &exam, "out.toml"]);
    assert_eq!(again, json!({ "taken": 0, "unchanged": 1, "refused": [] }));

    let header = text(&known["header"]).to_owned();
    let forget = ["mapping", "forget", &exam, "--dataset", "accounts", "--header", &header];
    assert_eq!(desk.done(&forget), json!({ "forgotten": true, "left": 0 }));
    desk.refused(&forget, 1, "unknown_mapping");
}

#[test]
fn a_mapping_file_with_a_bad_part_says_which() {
    let (desk, exam) = with_exam();
    let bad = "[[sheet]]\ndataset = \"no_such\"\nheaders = [\"甲\"]\n";
    std::fs::write(desk.path("half.toml"), format!("{bad}\n{PROFILE}")).expect("file");
    let said = desk.call(&["mapping", "import", &exam, "half.toml", "--json"]);
    assert_eq!((said.code, &said.json()["refused"][0]["no"]), (3, &json!(1)));
    std::fs::write(desk.path("bad.toml"), bad).expect("file");
    assert_eq!(desk.call(&["mapping", "import", &exam, "bad.toml"]).code, 1);
    std::fs::write(desk.path("none.toml"), "[[sheet").expect("file");
    desk.refused(&["mapping", "import", &exam, "none.toml"], 1, "bad_mapping_file");
}

#[test]
fn an_import_says_whether_the_declared_rows_are_there() {
    let (desk, exam) = with_exam();
    let rows = "系統名稱,帳號,使用者姓名,狀態\n下單,u1,王一,啟用\n下單,u2,王二,停用\n";
    std::fs::write(desk.path("a.csv"), rows).expect("file");
    let sheet = |words: &[&str]| {
        let all = [&["import", &exam, "a.csv", "--preview"], words].concat();
        desk.done(&all)["files"][0]["sheets"][0].clone()
    };
    let plain = sheet(&[]);
    assert_eq!((&plain["declared"], &plain["complete"]), (&json!(null), &json!(null)));
    let equal = sheet(&["--declared-rows", "2"]);
    assert_eq!((&equal["declared"], &equal["complete"]), (&json!(2), &json!(true)));
    let other = sheet(&["--declared-rows", "5"]);
    assert_eq!((&other["declared"], &other["complete"]), (&json!(5), &json!(false)));
    let said = desk.call(&["import", &exam, "a.csv", "--preview", "--declared-rows", "5"]);
    assert!(said.out.contains("警告：受查單位所述 5 列，存入 2 列"), "{}", said.out);
    let said = desk.call(&["import", &exam, "a.csv", "--preview"]);
    assert!(!said.out.contains("警告") && !said.out.contains("相符"), "{}", said.out);
}

#[test]
fn the_data_dictionary_names_every_dataset() {
    let (desk, exam) = with_exam();
    let done = desk.done(&["export", &exam, "dictionary", "out"]);
    assert!(text(&done["files"][0]["file"]).ends_with("資料字典.xlsx"));
    let book = fieldbook_tests::second_reader::by_calamine(&desk.path("out/資料字典.xlsx"));
    let sets = &book["資料集"];
    for code in ["D00", "D01", "D06", "D14"] {
        assert!(sets.iter().any(|row| row[0] == code), "{code}");
    }
    let rows =
        std::fs::read_dir(fieldbook_tests::root().join("checklists/datasets")).expect("folder").count();
    assert_eq!(
        sets.iter().filter(|row| row[0].starts_with('D') && row.len() > 2 && !row[2].is_empty()).count(),
        rows
    );
}
