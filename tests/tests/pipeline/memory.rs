//! What the examiner mapped once is known the next time, and by the next examiner.

use fieldbook_app::import::{ImportJob, ImportOrder, SheetOrder, profiles_from_text};
use fieldbook_app::wire::{InspectRequest, InspectedSheetView, MappingRequest, PathRequest};
use fieldbook_app::{Desk, import};
use fieldbook_tests::desk::{import_file, with_exam};
use std::path::{Path, PathBuf};

const HEADERS: &str = "主機,代號,誰,開關,備註";
const PROFILE: &str = r#"
[[sheet]]
dataset = "accounts"
headers = ["主機", "代號", "誰", "開關", "備註"]

[sheet.columns]
"主機" = "system_name"
"代號" = "account"
"誰" = "holder_name"
"開關" = "status"
"備註" = ""
"#;

fn csv(folder: &Path, name: &str, headers: &str, who: &str) -> PathBuf {
    let path = folder.join(name);
    let rows: String = (0..3).map(|n| format!("網路下單,user{n},{who}{n},正常,備{n}\n")).collect();
    std::fs::write(&path, format!("{headers}\n{rows}")).expect("file");
    path
}

fn request(path: &Path) -> PathRequest {
    PathRequest { path: path.to_string_lossy().into_owned() }
}

/// What the first table of a file would become.
fn seen(desk: &Desk, path: &Path) -> InspectedSheetView {
    let request = InspectRequest { paths: vec![path.to_string_lossy().into_owned()], encoding: None };
    let mut files = import::inspect(desk, &request, &mut |_| {}).expect("looked at");
    files.remove(0).sheets.remove(0)
}

fn mapped(sheet: &InspectedSheetView) -> Vec<(String, String)> {
    let columns = sheet.columns.iter();
    columns.filter_map(|c| Some((c.header.clone(), c.column.clone()?))).collect()
}

fn ours() -> Vec<(String, String)> {
    [("主機", "system_name"), ("代號", "account"), ("誰", "holder_name"), ("開關", "status")]
        .map(|(theirs, ours)| (theirs.to_owned(), ours.to_owned()))
        .to_vec()
}

/// A desk on which the mapping was chosen once.
fn taught(folder: &Path) -> Desk {
    let (mut desk, _) = with_exam(folder).expect("exam");
    let path = csv(folder, "一月.csv", HEADERS, "王");
    assert_eq!(seen(&desk, &path).dataset, None, "nothing tells what these are");
    let order = ImportOrder { path: path.to_string_lossy().into_owned(), ..ImportOrder::default() };
    let profiles = profiles_from_text(PROFILE).expect("a mapping file");
    let job = ImportJob { files: vec![order], profiles, ..ImportJob::default() };
    let done = import::run_job(&mut desk, &job, &mut |_| {}).expect("stored");
    assert_eq!(done.view.files[0].sheets[0].rows_stored, 3.0);
    desk
}

#[test]
fn a_mapping_is_recalled_shown_and_forgotten() {
    let folder = tempfile::tempdir().expect("folder");
    let mut desk = taught(folder.path());
    let february = csv(folder.path(), "二月.csv", HEADERS, "李");
    let sheet = seen(&desk, &february);
    assert_eq!((sheet.dataset.as_deref(), mapped(&sheet)), (Some("accounts"), ours()));
    let known = import::mappings(&desk).expect("list");
    assert_eq!(known.len(), 1);
    assert_eq!((known[0].dataset.as_str(), known[0].headers.join(",").as_str()), ("accounts", HEADERS));
    assert_eq!((known[0].file.as_str(), known[0].used_at.is_some()), ("一月.csv", true));
    assert_eq!(known[0].columns[0].zh, "系統名稱");
    import_file(&mut desk, &february, SheetOrder::default()).expect("stored");
    assert_eq!(import::mappings(&desk).expect("list")[0].file, "二月.csv", "it was used with this one last");

    let request = MappingRequest { dataset: "accounts".to_owned(), header: known[0].header.clone() };
    assert!(import::mapping_forget(&mut desk, &request).expect("forgotten").is_empty());
    assert_eq!(import::mapping_forget(&mut desk, &request).expect_err("gone").key(), "unknown_mapping");
    assert_eq!(seen(&desk, &csv(folder.path(), "三月.csv", HEADERS, "林")).dataset, None);
}

#[test]
fn a_mapping_goes_from_one_vault_to_another_with_headers_and_without_data() {
    let (here, there) = (tempfile::tempdir().expect("folder"), tempfile::tempdir().expect("folder"));
    let file = here.path().join("對應/對應檔.toml");
    import::mappings_export(&taught(here.path()), &request(&file)).expect("exported");
    let text = std::fs::read_to_string(&file).expect("a text");
    assert!(text.contains("\"主機\" = \"system_name\""), "{text}");
    for secret in ["王", "user0", "網路下單", "期貨"] {
        assert!(!text.contains(secret), "{text}");
    }

    let (mut desk, _) = with_exam(there.path()).expect("exam");
    let path = csv(there.path(), "四月.csv", HEADERS, "陳");
    assert_eq!(seen(&desk, &path).dataset, None);
    let done = import::mappings_import(&mut desk, &request(&file)).expect("taken over");
    assert_eq!((done.taken, done.unchanged, done.refused.len()), (1, 0, 0));
    let sheet = seen(&desk, &path);
    assert_eq!((sheet.dataset.as_deref(), mapped(&sheet)), (Some("accounts"), ours()));
    let again = import::mappings_import(&mut desk, &request(&file)).expect("read again");
    assert_eq!((again.taken, again.unchanged), (0, 1));
    // The same headers in another order are another table.
    assert_eq!(seen(&desk, &csv(there.path(), "五月.csv", "代號,主機,誰,開關,備註", "陳")).dataset, None);
}

#[test]
fn an_export_keeps_what_stood_in_its_place() {
    let folder = tempfile::tempdir().expect("folder");
    let desk = taught(folder.path());
    let file = folder.path().join("對應檔.toml");
    std::fs::write(&file, "# 自己寫的\n").expect("file");
    import::mappings_export(&desk, &request(&file)).expect("exported");
    let kept =
        std::fs::read_to_string(folder.path().join("對應檔（前版1）.toml")).expect("the earlier version");
    assert_eq!(kept, "# 自己寫的\n");
}

#[test]
fn of_a_bad_mapping_file_nothing_is_taken_over() {
    let folder = tempfile::tempdir().expect("folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    let mut try_file = |text: &[u8]| {
        let file = folder.path().join("x.toml");
        std::fs::write(&file, text).expect("file");
        import::mappings_import(&mut desk, &request(&file)).map_err(|e| e.key())
    };
    assert_eq!(try_file(b"[[sheet]\n").err(), Some("bad_mapping_file"));
    assert_eq!(try_file(b"\xff\xfe").err(), Some("bad_mapping_file"));
    let refused = |text: &str| {
        let text = format!("[[sheet]]\n{text}");
        (text, 1)
    };
    let cases = [
        refused("dataset = \"no_such\"\nheaders = [\"甲\"]\n[sheet.columns]\n\"甲\" = \"account\"\n"),
        refused("headers = [\"甲\"]\n[sheet.columns]\n\"甲\" = \"account\"\n"),
        refused("dataset = \"accounts\"\n[sheet.columns]\n\"甲\" = \"account\"\n"),
        refused("dataset = \"accounts\"\nheaders = [\"甲\"]\n[sheet.columns]\n\"乙\" = \"account\"\n"),
        refused("dataset = \"accounts\"\nheaders = [\"甲\"]\n[sheet.columns]\n\"甲\" = \"no_such\"\n"),
        refused(
            "dataset = \"accounts\"\nheaders = [\"甲\", \"乙\"]\n[sheet.columns]\n\"甲\" = \"account\"\n\"乙\" = \"account\"\n",
        ),
        refused(
            "dataset = \"accounts\"\nheaders = [\"甲\"]\n[sheet.columns]\n\"甲\" = \"account\"\n[sheet.filled]\nunit = \"x\"\n",
        ),
    ];
    for (text, count) in cases {
        let done = try_file(text.as_bytes()).expect("read");
        assert_eq!((done.taken, done.refused.len()), (0, count), "{text}");
        assert!(!done.refused[0].why.is_empty());
    }
    // One that is sound beside one that is not.
    let both = format!("[[sheet]]\ndataset = \"no_such\"\nheaders = [\"甲\"]\n{PROFILE}");
    let done = try_file(both.as_bytes()).expect("read");
    assert_eq!((done.taken, done.refused.len(), done.refused[0].no), (1, 1, 1));
    assert_eq!(import::mappings(&desk).expect("list").len(), 1);
}

#[test]
fn rows_are_compared_with_what_the_firm_declared_and_with_nothing_otherwise() {
    let folder = tempfile::tempdir().expect("folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    for (n, (declared, complete)) in
        [(None, None), (Some(3), Some(true)), (Some(4), Some(false))].into_iter().enumerate()
    {
        let path =
            csv(folder.path(), &format!("{n}.csv"), "系統名稱,帳號,使用者姓名,狀態,備註", &format!("張{n}"));
        let order = SheetOrder { declared_rows: declared, ..SheetOrder::default() };
        let done = import_file(&mut desk, &path, order).expect("stored");
        let sheet = &done.view.files[0].sheets[0];
        assert_eq!((sheet.reconciles, sheet.complete), (Some(true), complete), "{declared:?}");
    }
    let batches = import::imports(&desk).expect("list");
    let stored: Vec<_> = batches.iter().map(|b| b.files[0].sheets[0].complete).collect();
    assert_eq!(stored, [None, Some(true), Some(false)]);
}

#[test]
fn orders_that_look_like_utc_are_asked_about_and_left_as_they_are() {
    let folder = tempfile::tempdir().expect("folder");
    let (desk, _) = with_exam(folder.path()).expect("exam");
    let orders = |hour: u32| {
        let path = folder.path().join(format!("委託{hour}.csv"));
        let rows: String = (0..6)
            .map(|n| format!("2020-12-0{},A{n},900{n},2020-12-0{} {hour:02}:1{n}:00\n", n + 1, n + 1))
            .collect();
        std::fs::write(&path, format!("交易日期,委託書編號,客戶帳號,接收客戶委託時間\n{rows}"))
            .expect("file");
        seen(&desk, &path)
    };
    let asks = |sheet: &InspectedSheetView| {
        sheet.asks.iter().map(|a| (a.code.clone(), a.column.clone())).collect::<Vec<_>>()
    };
    let early = orders(1);
    assert_eq!(asks(&early), [("shift".to_owned(), "received_at".to_owned())]);
    assert_eq!(early.light, "amber");
    assert!(early.asks[0].zh.contains("08:00-14:00"), "{}", early.asks[0].zh);
    assert_eq!(early.rows[0].cells[3].as_deref(), Some("109.12.01 01:10:00"));
    assert!(asks(&orders(9)).is_empty());
    assert!(asks(&orders(15)).is_empty(), "a night session is no shift");
}
