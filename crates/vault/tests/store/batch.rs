//! Many files as one import: some break off, all are taken back together, newer lists replace older ones.

use crate::fixture::*;
use fieldbook_model::{FilledColumn, FilledFrom, RowRef, SheetRecord, Value};
use fieldbook_vault::{ExamStore, RowChange, RowCounts, SheetHead, VaultError};
use jiff::civil::date;
use tempfile::tempdir;

fn names(store: &ExamStore) -> Vec<String> {
    let rows = store.dataset_rows("accounts", 0, 99, None).expect("reads").rows;
    rows.into_iter().filter_map(|mut r| r.cells.remove(0).text).collect()
}

fn never() -> bool {
    false
}

#[test]
fn many_files_are_one_import_and_are_taken_back_together() {
    let dir = tempdir().expect("a folder");
    let (vault, mut store) = with_exam(dir.path());
    import_accounts(&mut store, "before.xlsx", &["root"]);
    let mut writer = store.begin_import("資訊部林經理", EXAMINER, at()).expect("begins");
    for n in 0..30 {
        add_accounts(&mut writer, &format!("{n}.xlsx"), &[&format!("甲{n}"), &format!("乙{n}")]);
    }
    writer.begin_file(&file("說明.docx")).expect("begins");
    writer.finish_file().expect("a file without a sheet is received too");
    let batch = writer.commit().expect("commits");
    assert_eq!(batch, 2);

    let listed = store.batches().expect("lists").remove(1);
    assert_eq!(
        (listed.files.len(), listed.received_from.as_str(), listed.undone),
        (31, "資訊部林經理", false)
    );
    assert_eq!((listed.files[29].file.as_str(), listed.files[29].sheets[0].rows_stored), ("29.xlsx", 2));
    assert_eq!(names(&store).len(), 61);
    let entry = store.journal(store.checkpoint().expect("reads").size - 1, 9).expect("reads").remove(0);
    assert_eq!((entry.action.as_str(), entry.subject.as_str()), ("import.store", "batch:2"));
    assert!(entry.detail.contains("30.xlsx") || entry.detail.contains("29.xlsx"), "{}", entry.detail);

    assert_eq!(store.undo_import(batch, EXAMINER, at()), Ok(60));
    assert_eq!(names(&store), ["root"]);
    let received = store.received_files(None).expect("reads");
    assert_eq!(received.iter().filter(|f| f.undone).count(), 31, "the receipt still names them");
    assert_eq!((received[0].undone, received[0].sheets[0].record.rows_stored), (false, 1));
    assert_eq!(store.received_files(Some(9)), Err(VaultError::UnknownBatch { batch: 9 }));
    drop(store);
    assert_eq!(vault.verify(), Ok(vec![]));
}

#[test]
fn a_file_that_breaks_off_goes_alone() {
    let dir = tempdir().expect("a folder");
    let (vault, mut store) = with_exam(dir.path());
    let mut writer = store.begin_import("", EXAMINER, at()).expect("begins");
    add_accounts(&mut writer, "a.xlsx", &["a"]);
    writer.begin_file(&file("b.xlsx")).expect("begins");
    write_sheet(&mut writer, &sheet("一", &["account"]), vec![vec![text("b1")], vec![text("b2")]]);
    writer.begin_sheet(&sheet("二", &["account"])).expect("begins");
    writer.push(&row(4, vec![text("b3")])).expect("stores");
    writer.abandon_file().expect("is forgotten");
    add_accounts(&mut writer, "c.xlsx", &["c"]);
    writer.begin_file(&file("b.xlsx")).expect("the same file may come again");
    writer.abandon_file().expect("is forgotten");
    let batch = writer.commit().expect("commits");
    assert_eq!(names(&store), ["a", "c"]);
    let files: Vec<_> =
        store.batch(batch).expect("reads").files.into_iter().map(|f| (f.file, f.sheets.len())).collect();
    assert_eq!(files, [("a.xlsx".to_owned(), 1), ("c.xlsx".to_owned(), 1)]);
    let journal = store.journal(0, 9).expect("reads");
    assert!(!journal.iter().any(|e| e.detail.contains("b.xlsx")));
    drop(store);
    assert_eq!(vault.verify(), Ok(vec![]));
}

#[test]
fn a_dropped_batch_of_many_files_leaves_nothing() {
    let dir = tempdir().expect("a folder");
    let (vault, mut store) = with_exam(dir.path());
    let first = import_accounts(&mut store, "old.xlsx", &["old"]);
    let old = store.received_files(Some(first)).expect("reads")[0].sheets[0].id;
    let before = (store.checkpoint(), store.received_files(None));
    let mut writer = store.begin_import("", EXAMINER, at()).expect("begins");
    add_accounts(&mut writer, "a.xlsx", &["a"]);
    writer.begin_file(&file("b.xlsx")).expect("begins");
    writer.supersede(old).expect("is set aside");
    writer.begin_sheet(&sheet("帳號", &["account"])).expect("begins");
    writer.push(&row(4, vec![text("b")])).expect("stores");
    drop(writer);
    assert_eq!((store.checkpoint(), store.received_files(None)), before);
    assert_eq!(names(&store), ["old"]);
    let mut writer = store.begin_import("", EXAMINER, at()).expect("begins");
    add_accounts(&mut writer, "a.xlsx", &["a"]);
    writer.begin_file(&file("b.xlsx")).expect("begins");
    writer.supersede(old).expect("is taken down");
    writer.abandon_file().expect("is forgotten with what it replaces");
    writer.commit().expect("commits");
    assert_eq!(names(&store), ["old", "a"]);
    drop(store);
    assert_eq!(vault.verify(), Ok(vec![]));
}

#[test]
fn calls_out_of_order_are_refused() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    let out_of_order =
        |got: Result<(), VaultError>| assert!(matches!(got, Err(VaultError::ImportOrder { .. })));
    let mut writer = store.begin_import("", EXAMINER, at()).expect("begins");
    let head = sheet("帳號", &["account"]);
    out_of_order(writer.begin_sheet(&head).map(|_| ()));
    out_of_order(writer.finish_file());
    out_of_order(writer.abandon_file());
    out_of_order(writer.supersede(1).map(|_| ()));
    writer.begin_file(&file("a.xlsx")).expect("begins");
    out_of_order(writer.begin_file(&file("b.xlsx")));
    out_of_order(writer.restart());
    writer.begin_sheet(&head).expect("begins");
    out_of_order(writer.finish_file());
    out_of_order(writer.skip_sheet(&record(&head, 0)).map(|_| ()));
    out_of_order(writer.commit().map(|_| ()));
    let empty = store.begin_import("", EXAMINER, at()).expect("begins");
    out_of_order(empty.commit().map(|_| ()));
    assert_eq!(store.batches(), Ok(vec![]));
}

#[test]
fn tables_of_one_sheet_are_told_apart_by_their_rows() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    let upper = SheetHead { header_row: 2, end_row: Some(9), ..sheet("全部", &["account"]) };
    let lower = SheetHead { header_row: 11, ..sheet("全部", &["account", "level"]) };
    let mut writer = begin(&mut store, "a.xlsx");
    write_sheet(&mut writer, &upper, vec![vec![text("甲")], vec![text("乙")]]);
    write_sheet(&mut writer, &lower, vec![vec![text("丙"), text("highest")]]);
    let first = finish(writer);
    let refused = Err(VaultError::AlreadyImported { batch: first });
    let mut again = begin(&mut store, "a.xlsx");
    for (header_row, end_row) in [(2, Some(9)), (11, None), (5, None), (1, None), (9, Some(10)), (10, None)] {
        let head = SheetHead { header_row, end_row, ..upper.clone() };
        assert_eq!(again.begin_sheet(&head), refused, "{header_row} {end_row:?} reaches into a stored table");
    }
    again
        .begin_sheet(&SheetHead { header_row: 10, end_row: Some(10), ..upper.clone() })
        .expect("between them");
    drop(again);
    let sha256 = file("a.xlsx").sha256;
    assert_eq!(store.already_imported(&sha256, &lower), Ok(Some(first)));
    assert_eq!(store.already_imported(&file("b.xlsx").sha256, &lower), Ok(None));
    let of = |row| {
        let source =
            RowRef { file_sha256: sha256.clone(), file: "a.xlsx".into(), sheet: "全部".into(), row };
        store.source_row("accounts", &source).map(|found| found.cells[0].1.text.clone())
    };
    assert_eq!(of(4), Ok(Some("乙".to_owned())));
    assert_eq!(of(12), Ok(Some("丙".to_owned())));
    assert_eq!(of(11), Err(VaultError::ResultShape { what: "row of this place" }));
}

#[test]
fn filled_columns_hold_one_value_in_every_row() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    let filled =
        FilledColumn {
            column: "level".into(), text: "下單「系統」".into(), from: FilledFrom::SheetName
        };
    let head = SheetHead { filled: vec![filled], ..sheet("下單系統", &["account"]) };
    let mut writer = begin(&mut store, "a.xlsx");
    writer.begin_sheet(&head).expect("begins");
    assert_eq!(writer.push(&row(4, vec![text("root")])), Err(VaultError::RowShape));
    writer.push(&row(4, vec![text("root"), text("下單系統")])).expect("stores");
    let done =
        SheetRecord { end_row: Some(4), hidden_columns: Some(vec!["密碼".into()]), ..record(&head, 1) };
    writer.finish_sheet(&done).expect("finishes");
    let twice = SheetHead { header_row: 9, mapping: mapping(&["level"]), ..head.clone() };
    let refused = Err(VaultError::ColumnMappedTwice { column: "level".into() });
    assert_eq!(writer.begin_sheet(&twice), refused);
    let batch = finish(writer);
    assert_eq!(store.batch(batch).expect("reads").files[0].sheets[0], done);
    let row = store.dataset_rows("accounts", 0, 1, None).expect("reads").rows.remove(0);
    assert_eq!(row.cells[2].text.as_deref(), Some("下單系統"));
    assert_eq!(store.datasets().expect("reads")[0].columns, ["account", "level"]);
}

#[test]
fn before_and_after_are_compared_by_the_key_of_a_row() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    let day = |d| Value::Date(date(2020, 1, d));
    let mut writer = begin(&mut store, "a.xlsx");
    let columns = sheet("帳號", &["account", "opened", "failures"]);
    let older = write_sheet(
        &mut writer,
        &columns,
        vec![
            vec![text("root"), day(1), Value::Int(1)],
            vec![text("guest"), day(2), Value::Int(2)],
            vec![text("gone"), day(3), Value::Int(3)],
            vec![text("same"), Value::Never, Value::Int(4)],
            vec![Value::Missing, day(5), Value::Int(5)],
            vec![text("twice"), day(6), Value::Int(6)],
            vec![text("twice"), day(7), Value::Int(7)],
        ],
    );
    finish(writer);
    let before = store.checkpoint();
    let mut writer = begin(&mut store, "b.xlsx");
    let newer_columns = sheet("帳號", &["level", "opened", "account"]);
    let newer = write_sheet(
        &mut writer,
        &newer_columns,
        vec![
            vec![text("x"), day(7), text("twice")],
            vec![text("x"), day(9), text("ＧＵＥＳＴ")],
            vec![text("x"), Value::Missing, text("same")],
            vec![text("x"), day(1), text("root")],
            vec![text("x"), day(4), text("new")],
        ],
    );
    let got = writer.compare_sheets(&[older], &[newer], 0, 99, &mut never).expect("compares");
    assert_eq!((got.before, got.after), (7, 5));
    assert_eq!(got.compared, ["account", "opened"]);
    assert_eq!((got.new_columns.join(","), got.gone_columns.join(",")), ("level".into(), "failures".into()));
    let counts =
        RowCounts { added: 1, removed: 2, changed: 2, equal: 2, unkeyed_before: 1, unkeyed_after: 0 };
    assert_eq!(got.rows, Some(counts));
    let kinds: Vec<_> = got.differing.iter().map(|r| r.change).collect();
    use RowChange::{Added, Changed, Removed};
    assert_eq!(kinds, [Changed, Changed, Added, Removed, Removed]);
    let guest = &got.differing[0];
    let changed: Vec<_> = guest.cells.iter().map(|c| c.column.as_str()).collect();
    assert_eq!(changed, ["account", "opened"]);
    assert_eq!(guest.cells[1].before.text.as_deref(), Some("2020-01-02"));
    assert_eq!(guest.cells[1].after.text.as_deref(), Some("2020-01-09"));
    assert_eq!(
        (guest.before.as_ref().map(|r| r.source.row), guest.after.as_ref().map(|r| r.source.row)),
        (Some(5), Some(5))
    );
    assert!(got.differing[1].cells[0].before.never && !got.differing[1].cells[0].after.never);
    let name = |at: usize| got.differing[at].before.as_ref().and_then(|r| r.cells[0].text.clone());
    assert_eq!((name(3).as_deref(), name(4).as_deref()), (Some("gone"), Some("twice")));

    let page = writer.compare_sheets(&[older], &[newer], 1, 1, &mut never).expect("compares");
    assert_eq!(page.differing.len(), 2, "the second changed and the second removed row");
    let stopped = writer.compare_sheets(&[older], &[newer], 0, 9, &mut || true);
    assert_eq!(stopped, Err(VaultError::Cancelled));
    let unknown = writer.compare_sheets(&[99], &[newer], 0, 9, &mut never);
    assert_eq!(unknown, Err(VaultError::UnknownSheet { id: 99 }));
    drop(writer);
    assert_eq!(store.checkpoint(), before, "looking stores nothing");
    assert_eq!(names(&store).len(), 6);
}

#[test]
fn without_a_key_only_the_rows_are_counted() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    let mut writer = begin(&mut store, "a.xlsx");
    let one = write_sheet(&mut writer, &sheet("一", &["level"]), vec![vec![text("x")]; 3]);
    let two = write_sheet(&mut writer, &sheet("二", &["account", "level"]), vec![vec![text("a"), text("x")]]);
    finish(writer);
    let got = store.compare_sheets(&[one], &[two], 0, 9, &mut never).expect("compares");
    assert_eq!((got.before, got.after, got.rows, got.differing), (3, 1, None, vec![]));
}

#[test]
fn a_newer_list_replaces_an_older_one_until_it_is_undone() {
    let dir = tempdir().expect("a folder");
    let (vault, mut store) = with_exam(dir.path());
    let mut ids = Vec::new();
    for (n, (name, rows)) in
        [("1.xlsx", vec!["a", "b"]), ("2.xlsx", vec!["B"]), ("3.xlsx", vec!["x", "y", "z"])]
            .into_iter()
            .enumerate()
    {
        let mut writer = store.begin_import("", EXAMINER, at()).expect("begins");
        ids.push(add_accounts(&mut writer, name, &rows));
        if let Some(older) = n.checked_sub(1) {
            writer.begin_file(&file("說明.txt")).expect("begins");
            assert_eq!(writer.supersede(99), Err(VaultError::UnknownSheet { id: 99 }));
            assert_eq!(writer.supersede(ids[n]), Err(VaultError::UnknownSheet { id: ids[n] }), "its own");
            writer.supersede(ids[older]).expect("takes the older one out");
            assert_eq!(
                writer.supersede(ids[older]),
                Err(VaultError::UnknownSheet { id: ids[older] }),
                "again"
            );
            writer.finish_file().expect("whole");
        }
        writer.commit().expect("commits");
    }
    let of = |store: &ExamStore, names: &[&str]| {
        assert_eq!(self::names(store), names);
        let count = store.reader(|| false).expect("reads").count("SELECT count(*) FROM accounts", &[]);
        assert_eq!(count, Ok(names.len() as u64), "procedures see what the lists show");
    };
    of(&store, &["x", "y", "z"]);
    let marks: Vec<_> = store
        .received_files(None)
        .expect("reads")
        .iter()
        .flat_map(|f| f.sheets.iter().map(|s| s.superseded_by).collect::<Vec<_>>())
        .collect();
    assert_eq!(marks, [Some(2), Some(3), None]);
    let changed =
        store.compare_sheets(&[ids[0]], &[ids[1]], 0, 9, &mut never).expect("compares those set aside");
    let counts = changed.rows.expect("there is a key");
    assert_eq!((counts.equal, counts.changed, counts.removed), (0, 1, 1));
    for (older, newer) in [(1, 2), (2, 3)] {
        assert_eq!(store.undo_import(older, EXAMINER, at()), Err(VaultError::Superseded { batch: newer }));
    }
    import_accounts(&mut store, "4.xlsx", &["later"]);
    drop(store);
    assert_eq!(vault.verify(), Ok(vec![]));
    let mut store = vault.open_exam(&exam().id, &[accounts()]).expect("opens");
    assert_eq!(store.undo_import(3, EXAMINER, at()), Ok(3));
    of(&store, &["B", "later"]);
    assert_eq!(store.undo_import(2, EXAMINER, at()), Ok(1));
    of(&store, &["a", "b", "later"]);
    assert_eq!(store.undo_import(1, EXAMINER, at()), Ok(2));
    of(&store, &["later"]);
    drop(store);
    assert_eq!(vault.verify(), Ok(vec![]));
}

#[test]
fn ids_of_rows_set_aside_are_not_given_again() {
    let dir = tempdir().expect("a folder");
    let (vault, mut store) = with_exam(dir.path());
    let first = import_accounts(&mut store, "1.xlsx", &["a", "b"]);
    let older = store.received_files(Some(first)).expect("reads")[0].sheets[0].id;
    let mut writer = store.begin_import("", EXAMINER, at()).expect("begins");
    add_accounts(&mut writer, "2.xlsx", &[]);
    writer.begin_file(&file("x")).expect("begins");
    writer.supersede(older).expect("is set aside");
    writer.finish_file().expect("whole");
    let empty = writer.commit().expect("commits");
    import_accounts(&mut store, "3.xlsx", &["c", "d", "e"]);
    store.undo_import(empty, EXAMINER, at()).expect("brings the first back beside the third");
    assert_eq!(names(&store), ["a", "b", "c", "d", "e"]);
    drop(store);
    assert_eq!(vault.verify(), Ok(vec![]));
}
