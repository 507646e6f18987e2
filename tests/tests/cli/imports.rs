//! `fieldbook import`: old formats through a process of their own, an examiner's mapping, a batch taken back, an import
//! broken off.

use crate::call::{Desk, entry, list, text};
use crate::exams::new_exam;
use serde_json::{Value, json};
use std::fmt::Write as _;

const AS_OF: &str = "2020-12-31";

/// A desk with an exam.
fn desk() -> (Desk, String) {
    let desk = Desk::with_vault();
    let exam = new_exam_of(&desk);
    (desk, exam)
}

fn new_exam_of(desk: &Desk) -> String {
    std::fs::write(desk.path("profile.toml"), "is_sec = true\n").expect("profile");
    let call = ["exam", "new", "--firm", "丙丁證券", "--profile", "profile.toml", "--as-of", AS_OF];
    let made =
        desk.done(&[&call[..], &["--period", "2020-01-01..2020-12-31", "--examiner", "查核員甲"]].concat());
    text(&made["exam"]).to_owned()
}

/// Copies a table in an old format beside the vault.
fn fixture(desk: &Desk, name: &str) {
    let from = fieldbook_tests::root().join("crates/intake/tests/fixtures").join(name);
    std::fs::copy(from, desk.path(name)).expect("copied");
}

/// Calls the program; it has to end with this code, whatever it says.
fn ended(desk: &Desk, words: &[&str], code: i32) -> Value {
    let said = desk.call(&[words, &["--json"]].concat());
    assert_eq!(said.code, code, "{words:?}: {said:?}");
    said.json()
}

fn is_whole(desk: &Desk) {
    assert_eq!(desk.done(&["vault", "verify"])["ok"], true);
}

/// Names in the desk's folder.
fn names(desk: &Desk) -> Vec<String> {
    let entries = std::fs::read_dir(&desk.dir).expect("folder");
    let mut names: Vec<String> =
        entries.map(|e| e.expect("entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// How many entries of the journal are about imports.
fn journalled(desk: &Desk, exam: &str) -> usize {
    let log = desk.done(&["log", exam]);
    list(&log["entries"]).iter().filter(|e| text(&e["action"]).contains("import")).count()
}

#[test]
fn old_formats_are_read_by_a_process_of_their_own() {
    let (desk, exam) = desk();
    for (name, batch, hidden) in [("table.xls", 1, Value::Null), ("table.ods", 2, json!(1))] {
        fixture(&desk, name);
        let before = names(&desk);
        let told = ended(&desk, &["import", &exam, name], 3);
        assert_eq!(told["batch"], batch);
        let file = entry(&told["files"], "file", name);
        let sheet = entry(&file["sheets"], "sheet", "下單系統");
        assert_eq!((&sheet["dataset"], &sheet["header_row"]), (&json!("accounts"), &json!(3)), "{name}");
        let figures = ["rows_read", "rows_stored", "rows_rejected"].map(|key| sheet[key].as_u64());
        assert_eq!(figures, [Some(4), Some(3), Some(1)], "{name}");
        assert_eq!(sheet["hidden_rows"], hidden, "{name}");
        // The second sheet, which is hidden, has one column: nobody can tell what it is.
        let other = entry(&file["sheets"], "sheet", "停用");
        assert!(!other["error"].is_null(), "{other}");
        assert_eq!(names(&desk), before, "no file is left beside the vault");
    }
    is_whole(&desk);
}

#[test]
fn an_examiners_mapping_is_used_and_a_wrong_one_refused() {
    let (desk, exam) = desk();
    let rows =
        "系統名稱,乙,使用者姓名,丁,戊\n下單主機,root,王小明,Y,10/01/05\n下單主機,dba,李大同,N,99/12/11\n";
    std::fs::write(desk.path("a.csv"), rows).expect("file");
    desk.refused(&["import", &exam, "a.csv", "--mapping", "none.toml"], 1, "file_unreadable");
    std::fs::write(desk.path("bad.toml"), "[columns]\n\"甲\" = 3\n").expect("file");
    let refused = desk.call(&["import", &exam, "a.csv", "--mapping", "bad.toml", "--json"]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert!(refused.err.contains("錯誤：") && refused.err.contains("建議："), "{refused:?}");
    assert_eq!(journalled(&desk, &exam), 0, "nothing came of it");
    let mapping = "[columns]\n\"系統名稱\" = \"system_name\"\n\"乙\" = \"account\"\n\"使用者姓名\" = \"holder_name\"\n\"丁\" = \"status\"\n\"戊\" = \"created_at\"\n\n\
                   [readings]\n\"戊\" = \"roc_ymd\"\n";
    std::fs::write(desk.path("m.toml"), mapping).expect("file");
    let call = ["import", &exam, "a.csv", "--mapping", "m.toml", "--dataset", "accounts"];
    // 民國 10 年 is out of what is plausible: the cell is told, the row is stored.
    let told = ended(&desk, &call, 3);
    let sheet = &told["files"][0]["sheets"][0];
    assert_eq!(sheet["mapping"]["乙"], "account");
    assert_eq!(sheet["readings"]["created_at"], "roc_ymd");
    assert_eq!((&sheet["rows_stored"], &sheet["rows_rejected"]), (&json!(2), &json!(0)));
    let issue = &sheet["issues"][0];
    assert_eq!(
        (&issue["row"], &issue["column"], &issue["text"]),
        (&json!(2), &json!("created_at"), &json!("10/01/05"))
    );
    assert_eq!(list(&sheet["issues"]).len(), 1);
}

#[test]
fn a_batch_is_taken_back_whole_and_once() {
    let (desk, exam) = desk();
    let accounts = "系統名稱,帳號,使用者姓名,帳號狀態\n主機,root,王小明,啟用\n主機,dba,李大同,停用\n";
    let training = "姓名,課程名稱,上課日期,時數\n王小明,資安,109/05/06,3\n";
    std::fs::write(desk.path("a.csv"), accounts).expect("file");
    std::fs::write(desk.path("b.csv"), training).expect("file");
    let told = ended(&desk, &["import", &exam, "a.csv", "b.csv", "--received-from", "林經理"], 0);
    assert_eq!((&told["batch"], list(&told["files"]).len()), (&json!(1), 2));
    let undone = desk.done(&["import", "undo", &exam, "1"]);
    assert_eq!(undone, json!({ "batch": 1, "rows_removed": 3 }));
    let again = desk.call(&["import", "undo", &exam, "1", "--json"]);
    assert_eq!(again.code, 1, "{again:?}");
    // What was taken back may come again, as a batch of its own; the receipt tells of both.
    assert_eq!(ended(&desk, &["import", &exam, "a.csv"], 0)["batch"], 2);
    let exported = desk.done(&["export", &exam, "receipt", "out"]);
    let files: Vec<&str> = list(&exported["files"]).iter().map(|f| text(&f["file"])).collect();
    assert_eq!(files.len(), 2, "{files:?}");
    for file in files {
        let bytes = std::fs::read(desk.path(file)).or_else(|_| std::fs::read(desk.path("out").join(file)));
        assert!(bytes.expect("written").len() > 2_000);
    }
    is_whole(&desk);
}

/// An import that is broken off in its midst, by the signal that Ctrl+C sends.
#[cfg(unix)]
#[test]
fn an_import_that_is_broken_off_leaves_nothing() {
    use fieldbook_tests::desk::PASSPHRASE;
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    let (desk, exam) = desk();
    let mut rows = "系統,發生時間,使用者,來源IP,訊息\n".to_owned();
    for n in 0..600_000 {
        writeln!(
            rows,
            "主機,2020-12-30 09:{:02}:{:02},user{n},10.1.1.{},登入成功",
            n / 60 % 60,
            n % 60,
            n % 250
        )
        .expect("writing to a text");
    }
    std::fs::write(desk.path("log.csv"), rows).expect("file");
    let before = names(&desk);
    let size = |desk: &Desk| -> u64 {
        let entries = std::fs::read_dir(desk.path("vault/exams")).expect("the exams of the vault");
        entries.map(|e| e.and_then(|e| e.metadata()).map_or(0, |m| m.len())).sum()
    };
    let small = size(&desk);
    let mut child = Command::new(crate::call::program())
        .args(["import", &exam, "log.csv", "--json"])
        .current_dir(&desk.dir)
        .env("FIELDBOOK_VAULT", desk.path("vault"))
        .env("FIELDBOOK_PASSPHRASE", PASSPHRASE)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let begun = Instant::now();
    // Rows are on their way once the vault has grown.
    while size(&desk) < small + (1 << 20) {
        assert!(child.try_wait().expect("ours").is_none(), "the program ended before it was broken off");
        assert!(begun.elapsed() < Duration::from_secs(120), "nothing is being stored");
        std::thread::sleep(Duration::from_millis(5));
    }
    let asked = Instant::now();
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    assert!(killed.success());
    let said = child.wait_with_output().expect("ended");
    assert!(asked.elapsed() < Duration::from_secs(10), "{:?}", asked.elapsed());
    assert_ne!(said.status.code(), Some(0), "{said:?}");
    let error = String::from_utf8_lossy(&said.stderr);
    assert!(error.contains("錯誤：") && error.contains("建議："), "a pair of lines: {error}");
    assert!(!error.contains("user1"), "nothing of what the file holds");
    assert_eq!(names(&desk), before, "no file is left beside the vault");
    is_whole(&desk);
    assert_eq!(journalled(&desk, &exam), 0, "nothing was recorded");
    desk.refused(&["export", &exam, "receipt", "out"], 1, "nothing_received");
    // The next import is the first.
    std::fs::write(
        desk.path("few.csv"),
        "系統,發生時間,使用者,來源IP\n主機,2020-12-30 09:00:00,a,10.1.1.1\n",
    )
    .expect("file");
    let told = ended(&desk, &["import", &exam, "few.csv"], 0);
    assert_eq!((&told["batch"], &told["files"][0]["sheets"][0]["rows_stored"]), (&json!(1), &json!(1)));
}

#[test]
fn two_imports_of_one_firm_know_the_first_ones_mapping() {
    let desk = Desk::with_vault();
    let exam = new_exam(&desk, "2026-03-31");
    let file = "系統名稱,帳號,使用者姓名,帳號狀態\n主機,root,王小明,啟用\n";
    std::fs::write(desk.path("a.csv"), file).expect("file");
    let first = ended(&desk, &["import", &exam, "a.csv"], 0);
    std::fs::write(desk.path("b.csv"), file.replace("root", "dba")).expect("file");
    let second = ended(&desk, &["import", &exam, "b.csv", "--preview"], 0);
    assert_eq!(first["files"][0]["sheets"][0]["mapping"], second["files"][0]["sheets"][0]["mapping"]);
    assert_eq!(second["batch"], 0, "a preview stores nothing");
}
