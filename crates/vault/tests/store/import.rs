//! Imports: what is stored, what is refused, what is taken back.

use crate::fixture::*;
use fieldbook_model::{IssueCode, ListOrigin, RowIssue, RowRef, SheetRecord, TypedRow, Value};
use fieldbook_vault::{ExamStore, SheetHead, VaultError};
use jiff::civil::date;
use tempfile::tempdir;

const ALL: [&str; 8] =
    ["account", "enabled", "level", "opened", "last_login", "failures", "score", "timeout"];

fn count(store: &ExamStore) -> u64 {
    store.dataset_rows("accounts", 0, 0, None).expect("counts").total
}

#[test]
fn every_kind_of_value_comes_back_as_the_model_writes_it() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    let values = vec![
        text("r\"o,o\nt"),
        Value::Bool(true),
        text("highest"),
        Value::Date(date(2020, 2, 29)),
        Value::DateTime(date(2020, 12, 31).at(9, 0, 0, 120_000_000), 3),
        Value::Int(-7),
        Value::Num(1.25),
        Value::Int(90),
    ];
    let gaps = vec![
        Value::Missing,
        Value::Unreadable,
        Value::Unreadable,
        Value::Never,
        Value::Unreadable,
        Value::Missing,
        Value::Missing,
        Value::Unreadable,
    ];
    let head = sheet("帳號", &ALL);
    let mut writer = begin(&mut store, "a.xlsx");
    writer.begin_sheet(&head).expect("begins");
    let originals = vec![(3, "109/2/29".into()), (0, "Ｒ\"oot\u{1}".into())];
    writer.push(&TypedRow { row: 4, hidden: true, values: values.clone(), originals }).expect("stores");
    writer.push(&TypedRow { originals: vec![(1, "不明".into())], ..row(6, gaps) }).expect("stores");
    writer.finish_sheet(&record(&head, 2)).expect("finishes");
    finish(writer);

    let window = store.dataset_rows("accounts", 0, 10, None).expect("reads");
    assert_eq!((window.total, window.columns), (2, ALL.map(str::to_owned).to_vec()));
    let [full, empty] = &window.rows[..] else { panic!("two rows") };
    let texts: Vec<_> = full.cells.iter().map(|c| c.text.clone()).collect();
    assert_eq!(texts, values.iter().map(Value::stored_text).collect::<Vec<_>>());
    assert!(full.hidden && !empty.hidden);
    assert_eq!(full.cells[3].original.as_deref(), Some("109/2/29"));
    assert_eq!(full.cells[0].original.as_deref(), Some("Ｒ\"oot\u{1}"));

    assert!(empty.cells.iter().all(|c| c.text.is_none()));
    let never: Vec<bool> = empty.cells.iter().map(|c| c.never).collect();
    let unreadable: Vec<bool> = empty.cells.iter().map(|c| c.unreadable).collect();
    assert_eq!(never, [false, false, false, true, false, false, false, false]);
    assert_eq!(unreadable, [false, true, true, false, true, false, false, true]);
    assert_eq!(empty.cells[1].original.as_deref(), Some("不明"));

    let source =
        RowRef { file_sha256: file("a.xlsx").sha256, file: "a.xlsx".into(), sheet: "帳號".into(), row: 6 };
    assert_eq!(empty.source, source);
    let found = store.source_row("accounts", &source).expect("finds");
    assert_eq!(found.cells.iter().map(|(_, cell)| cell.clone()).collect::<Vec<_>>(), empty.cells);
    let absent = store.source_row("accounts", &RowRef { row: 5, ..source });
    assert_eq!(absent, Err(VaultError::ResultShape { what: "row of this place" }));
}

#[test]
fn a_dropped_writer_leaves_nothing() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    let before = store.checkpoint();
    let head = sheet("帳號", &["account"]);
    let mut writer = begin(&mut store, "a.xlsx");
    writer.begin_sheet(&head).expect("begins");
    writer.push(&row(4, vec![text("root")])).expect("stores");
    drop(writer);
    assert_eq!((count(&store), store.batches().expect("lists").len()), (0, 0));
    assert_eq!(store.checkpoint(), before);
    assert_eq!(import_accounts(&mut store, "a.xlsx", &["root"]), 1);
}

#[test]
fn several_sheets_are_one_import() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    let (one, two, three) =
        (sheet("一", &["account"]), sheet("二", &["account", "level"]), sheet("三", &["level"]));
    let mut writer = begin(&mut store, "a.xlsx");
    writer.begin_sheet(&one).expect("begins");
    writer.push(&row(4, vec![text("a")])).expect("stores");
    writer.push(&row(5, vec![text("wrong")])).expect("stores");
    writer.restart().expect("restarts");
    writer.push(&row(4, vec![text("A")])).expect("stores");
    let issue = RowIssue {
        row: 9,
        column: "account".into(),
        code: IssueCode::RequiredEmpty,
        text: "（空白）".into(),
        row_rejected: true,
    };
    let first =
        SheetRecord { issues: vec![issue.clone()], rows_rejected: 1, rows_read: 2, ..record(&one, 1) };
    writer.finish_sheet(&first).expect("finishes");
    writer
        .skip_sheet(&SheetRecord { dataset: None, ..record(&sheet("封面", &[]), 0) })
        .expect("is taken down");
    writer.begin_sheet(&three).expect("begins");
    writer.push(&row(2, vec![text("x")])).expect("stores");
    writer.abandon_sheet().expect("is forgotten");
    writer.begin_sheet(&SheetHead { origin: Some(ListOrigin::Onsite), ..two.clone() }).expect("begins");
    writer.push(&row(4, vec![text("B"), text("highest")])).expect("stores");
    let second = SheetRecord { origin: Some(ListOrigin::Onsite), declared_rows: Some(1), ..record(&two, 1) };
    writer.finish_sheet(&second).expect("finishes");
    let batch = finish(writer);

    let listed = store.batches().expect("lists");
    assert_eq!(listed.len(), 1);
    let names: Vec<_> =
        listed[0].files[0].sheets.iter().map(|s| (s.sheet.as_str(), s.dataset.is_some())).collect();
    assert_eq!(names, [("一", true), ("封面", false), ("二", true)]);
    assert!(listed[0].files[0].sheets[0].issues.is_empty());
    let whole = store.batch(batch).expect("reads");
    assert_eq!(whole.files[0].sheets[0], first);
    assert_eq!(whole.files[0].sheets[2], second);
    let received = store.received_files(Some(batch)).expect("reads").remove(0).sheets;
    let [of_one, cover, of_two] = [0, 1, 2].map(|i| received[i].id);
    assert_eq!(received.iter().map(|s| s.issues).collect::<Vec<_>>(), [1, 0, 0]);
    assert_eq!(store.issues(of_one, 0, 10), Ok(vec![issue]));
    assert_eq!(store.issue_counts().expect("counts").into_iter().collect::<Vec<_>>(), [(of_one, 1)]);
    let of_two = store.sheet_rows(of_two, 0, 9).expect("reads");
    assert_eq!((of_two.total, of_two.rows[0].cells[0].text.as_deref()), (1, Some("B")));
    assert_eq!(store.sheet_rows(cover, 0, 9).expect("reads").total, 0);
    assert_eq!(store.batch(99), Err(VaultError::UnknownBatch { batch: 99 }));
    let accounts: Vec<_> = store.dataset_rows("accounts", 0, 9, None).expect("reads").rows;
    assert_eq!(accounts.iter().filter_map(|r| r.cells[0].text.as_deref()).collect::<Vec<_>>(), ["A", "B"]);
}

#[test]
fn the_same_sheet_twice_is_refused_until_it_is_undone() {
    let dir = tempdir().expect("a folder");
    let (vault, mut store) = with_exam(dir.path());
    let first = import_accounts(&mut store, "a.xlsx", &["root", "guest"]);
    import_accounts(&mut store, "b.xlsx", &["oracle"]);
    let mut again = begin(&mut store, "a.xlsx");
    let got = again.begin_sheet(&sheet("帳號", &["account"]));
    assert_eq!(got, Err(VaultError::AlreadyImported { batch: first }));
    again.begin_sheet(&sheet("別的", &["account"])).expect("another sheet of the file is another matter");
    drop(again);

    assert_eq!(store.undo_import(first, EXAMINER, at()), Ok(2));
    assert_eq!(count(&store), 1);
    assert_eq!(store.undo_import(first, EXAMINER, at()), Err(VaultError::AlreadyUndone { batch: first }));
    assert!(store.batches().expect("lists")[0].undone);
    let sheet_of_first = store.received_files(Some(first)).expect("reads")[0].sheets[0].id;
    assert_eq!(store.sheet_rows(sheet_of_first, 0, 9).expect("reads").total, 0);
    let second = import_accounts(&mut store, "a.xlsx", &["root", "guest"]);
    assert!(second > first);
    assert_eq!(count(&store), 3);
    drop(store);
    assert_eq!(vault.verify(), Ok(vec![]));
}

#[test]
fn what_does_not_fit_is_refused() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    assert_eq!(store.begin_import("林經理", " ", at()).expect_err("nobody"), VaultError::NoPerson);
    let mut writer = begin(&mut store, "a");
    let unknown = writer.begin_sheet(&sheet("s", &["account", "password"]));
    assert_eq!(unknown, Err(VaultError::UnknownColumn { column: "password".into() }));
    let twice = writer.begin_sheet(&sheet("s", &["account", "account"]));
    assert_eq!(twice, Err(VaultError::ColumnMappedTwice { column: "account".into() }));
    let other = SheetHead { dataset: "orders".into(), ..sheet("s", &["account"]) };
    assert_eq!(writer.begin_sheet(&other), Err(VaultError::UnknownDataset));
    assert!(matches!(writer.push(&row(1, vec![])), Err(VaultError::ImportOrder { .. })));
    let head = sheet("s", &["account"]);
    writer.begin_sheet(&head).expect("begins");
    assert_eq!(writer.push(&row(1, vec![])), Err(VaultError::RowShape));
    writer.push(&row(1, vec![text("a")])).expect("stores");
    let mismatch = writer.finish_sheet(&record(&head, 2));
    assert_eq!(mismatch, Err(VaultError::CountMismatch { stored: 1, said: 2 }));
    let lost = writer.finish_sheet(&SheetRecord { rows_read: 3, rows_rejected: 1, ..record(&head, 1) });
    assert_eq!(lost, Err(VaultError::DoesNotReconcile { read: 3, stored: 1, rejected: 1 }));
    assert!(matches!(writer.commit(), Err(VaultError::ImportOrder { .. })));
    assert_eq!(count(&store), 0);
}

#[test]
fn a_window_is_found_across_imports_and_by_words() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    let names: Vec<String> = (0..50).map(|i| format!("帳號{i:02}")).collect();
    let refs: Vec<&str> = names.iter().map(String::as_str).collect();
    import_accounts(&mut store, "a.xlsx", &refs[..20]);
    let gone = import_accounts(&mut store, "b.xlsx", &refs[20..30]);
    import_accounts(&mut store, "c.xlsx", &refs[30..]);
    store.undo_import(gone, EXAMINER, at()).expect("undoes");
    let kept: Vec<&str> = refs[..20].iter().chain(&refs[30..]).copied().collect();
    for (offset, limit) in [(0, 5), (15, 10), (20, 3), (38, 10), (40, 1), (0, 100)] {
        let window = store.dataset_rows("accounts", offset, limit, None).expect("reads");
        assert_eq!(window.total, 40);
        let got: Vec<_> = window.rows.iter().filter_map(|r| r.cells[0].text.clone()).collect();
        let from = usize::try_from(offset).expect("small");
        let to = kept.len().min(from + usize::try_from(limit).expect("small"));
        assert_eq!(got, kept[from.min(to)..to], "{offset} {limit}");
    }
    let found = store.dataset_rows("accounts", 1, 2, Some("號3")).expect("reads");
    assert_eq!((found.total, found.rows.len()), (10, 2));
    assert_eq!(found.rows[0].cells[0].text.as_deref(), Some("帳號31"));
    assert_eq!(store.dataset_rows("accounts", 0, 9, Some("%")).expect("reads").total, 0);
}

#[test]
fn a_dataset_may_gain_columns() {
    let dir = tempdir().expect("a folder");
    let (vault, mut store) = with_exam(dir.path());
    import_accounts(&mut store, "a.xlsx", &["root"]);
    drop(store);
    let mut wider = accounts();
    wider.columns.push(column("disabled_on", fieldbook_model::ColumnType::Date));
    let store = vault.open_exam(&exam().id, &[wider]).expect("opens");
    let reader = store.reader(|| false).expect("reads");
    let sql = "SELECT count(*) FROM accounts WHERE disabled_on IS NULL AND disabled_on_state = 'missing'";
    assert_eq!(reader.count(sql, &[]), Ok(1));
    drop(reader);
    for bad in ["answer", "ds_x", "Accounts", "a b", "", "sqlite_x"] {
        let def = fieldbook_model::DatasetDef { key: bad.to_owned(), ..accounts() };
        let got = vault.open_exam(&exam().id, &[def]);
        assert_eq!(got.expect_err("refused"), VaultError::BadDefinition { key: bad.to_owned() });
    }
}
