//! Statements of procedures: what they see, and what they may not do.

use crate::fixture::*;
use fieldbook_model::{
    Completeness, DerivedColumn, DerivedValue, ListOrigin, ParamValue, RowRef, SheetRecord, Value,
};
use fieldbook_vault::{DatasetReader, ReaderScope, SheetHead, VaultError};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;
use tempfile::{TempDir, tempdir};

fn reader(dir: &TempDir) -> (fieldbook_vault::Vault, fieldbook_vault::ExamStore, DatasetReader) {
    let (vault, mut store) = with_exam(dir.path());
    let head = SheetHead { origin: Some(ListOrigin::Filed), ..sheet("帳號", &["account", "opened"]) };
    let mut writer = begin(&mut store, "a.xlsx");
    writer.begin_sheet(&head).expect("begins");
    for (n, (name, opened)) in [
        ("root", Value::Date(jiff::civil::date(2020, 1, 31))),
        ("王小明", Value::Never),
        ("guest", Value::Missing),
    ]
    .into_iter()
    .enumerate()
    {
        writer.push(&row(4 + u32::try_from(n).expect("small"), vec![text(name), opened])).expect("stores");
    }
    let done = SheetRecord { declared_rows: Some(3), ..record(&head, 3) };
    writer.finish_sheet(&done).expect("finishes");
    finish(writer);
    let reader = store.reader(|| false).expect("opens");
    (vault, store, reader)
}

fn rows(
    reader: &DatasetReader,
    sql: &str,
    params: &[(String, ParamValue)],
) -> Result<Vec<(i64, Cells)>, VaultError> {
    let mut out = Vec::new();
    reader.rows(sql, params, &mut |id, cells| out.push((id, cells.into_iter().collect())))?;
    Ok(out)
}

type Cells = BTreeMap<String, Option<String>>;

#[test]
fn a_procedure_sees_columns_states_and_places() {
    let dir = tempdir().expect("a folder");
    let (_vault, _store, reader) = reader(&dir);
    let sql =
        "SELECT _id, account, opened_state, _row, _hidden, _origin, _file, _sheet, _sha256 FROM accounts
               WHERE opened IS NULL AND _origin = :origin ORDER BY _row DESC";
    let params = [
        ("origin".to_owned(), ParamValue::Text("FILED".into())),
        ("not_named".to_owned(), ParamValue::List(vec!["x".into()])),
    ];
    let got = rows(&reader, sql, &params).expect("runs");
    assert_eq!(got.len(), 2);
    let (id, cells) = &got[1];
    let cell = |key: &str| cells[key].as_deref();
    assert_eq!(
        (cell("account"), cell("opened_state"), cell("_row")),
        (Some("王小明"), Some("never"), Some("5"))
    );
    assert_eq!((cell("_file"), cell("_sheet"), cell("_hidden")), (Some("a.xlsx"), Some("帳號"), Some("0")));
    assert_eq!(got[0].1["opened_state"].as_deref(), Some("missing"));
    let place =
        RowRef { file_sha256: file("a.xlsx").sha256, file: "a.xlsx".into(), sheet: "帳號".into(), row: 5 };
    assert_eq!(reader.source("accounts", *id), Ok(place));
    assert!(matches!(reader.source("accounts", 99), Err(VaultError::ResultShape { .. })));
    assert_eq!(reader.source("answer", 1), Err(VaultError::UnknownDataset));
}

#[test]
fn a_snapshot_stays_as_it_was_and_undone_rows_are_gone() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store, reader) = reader(&dir);
    let batch = import_accounts(&mut store, "b.xlsx", &["oracle"]);
    assert_eq!(reader.count("SELECT count(*) FROM accounts", &[]), Ok(3));
    let now = store.reader(|| false).expect("opens");
    assert_eq!(now.count("SELECT count(*) FROM accounts", &[]), Ok(4));
    let state = &now.datasets()[0];
    assert_eq!(
        (state.key.as_str(), state.rows, state.completeness),
        ("accounts", 4, Completeness::NotStated)
    );
    assert_eq!((state.columns.join(","), state.inputs.len()), ("account,opened".to_owned(), 2));
    store.undo_import(batch, EXAMINER, at()).expect("undoes");
    let after = store.reader(|| false).expect("opens");
    assert_eq!(after.count("SELECT count(*) FROM accounts", &[]), Ok(3));
    assert_eq!(after.datasets()[0].completeness, Completeness::Complete);
    assert_eq!(store.datasets().expect("reads"), after.datasets());
}

#[test]
fn rows_fewer_than_stated_are_an_incomplete_population() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    assert!(store.datasets().expect("reads").is_empty());
    let head = sheet("", &["account"]);
    let mut writer = begin(&mut store, "a.csv");
    writer.begin_sheet(&head).expect("begins");
    let done = SheetRecord { declared_rows: Some(7), ..record(&head, 0) };
    writer.finish_sheet(&done).expect("finishes");
    finish(writer);
    let state = &store.datasets().expect("reads")[0];
    assert_eq!((state.rows, state.completeness), (0, Completeness::Incomplete));
}

#[test]
fn lists_joins_windows_and_recursion_work() {
    let dir = tempdir().expect("a folder");
    let (_vault, _store, reader) = reader(&dir);
    let params = [
        ("names".to_owned(), ParamValue::List(vec!["ＲＯＯＴ".into(), "guest".into()])),
        ("n".to_owned(), ParamValue::Int(2)),
        ("on".to_owned(), ParamValue::Bool(true)),
    ];
    for (sql, expected) in [
        ("SELECT count(*) FROM accounts WHERE list_has(:names, account)", 2),
        (
            "SELECT count(*) FROM accounts a WHERE EXISTS (SELECT 1 FROM json_each(:names) j WHERE j.value = a.account)",
            1,
        ),
        (
            "SELECT count(*) FROM accounts a JOIN accounts b ON norm_key(a.account) = norm_key(b.account) WHERE :on = 1",
            3,
        ),
        ("SELECT n FROM (SELECT row_number() OVER (ORDER BY account) AS n FROM accounts) WHERE n = :n", 2),
        (
            "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 10) SELECT max(x) FROM c",
            10,
        ),
        (
            "SELECT count(*) FROM accounts WHERE opened LIKE '2020-%' AND add_months(opened, 1) = '2020-02-29'",
            1,
        ),
        ("SELECT count(DISTINCT _file) FROM accounts", 1),
    ] {
        assert_eq!(reader.count(sql, &params), Ok(expected), "{sql}");
    }
}

#[test]
fn everything_else_is_refused() {
    let dir = tempdir().expect("a folder");
    let (_vault, store, reader) = reader(&dir);
    let outside = dir.path().join("out.db");
    let attach = format!("ATTACH DATABASE '{}' AS x", outside.display());
    let vacuum = format!("VACUUM INTO '{}'", outside.display());
    let before = store.checkpoint();
    for sql in [
        "DELETE FROM ds_accounts",
        "UPDATE ds_accounts SET account = 'x'",
        "INSERT INTO answer SELECT 1",
        "DROP TABLE ds_accounts",
        "DROP VIEW accounts",
        "CREATE TABLE t (x)",
        "CREATE TEMP TABLE t AS SELECT * FROM accounts",
        "CREATE TEMP VIEW accounts AS SELECT 1",
        "PRAGMA query_only = OFF",
        "PRAGMA key = 'x'",
        "SELECT * FROM pragma_table_info('answer')",
        "COMMIT",
        "BEGIN",
        "SAVEPOINT s",
        "DETACH DATABASE main",
        "REINDEX",
        "ANALYZE",
        "SELECT load_extension('x')",
        "SELECT fts3_tokenizer('x')",
        "SELECT sqlcipher_export('x')",
        "SELECT writefile('x', 'y')",
        "SELECT name FROM sqlite_master",
        "SELECT * FROM answer",
        "SELECT * FROM ds_accounts",
        "SELECT * FROM import_file",
        "SELECT detail FROM journal",
        "SELECT count(*) FROM exam",
        "SELECT random()",
        "SELECT randomblob(8)",
        "SELECT datetime('now')",
        "SELECT strftime('%Y', 'now')",
        "SELECT CURRENT_TIMESTAMP",
        "SELECT last_insert_rowid()",
        "EXPLAIN SELECT 1",
        attach.as_str(),
        vacuum.as_str(),
        "SELECT 1; DELETE FROM ds_accounts",
        "SELECT * FROM accounts; SELECT * FROM answer",
        "INSERT INTO ds_accounts (_sheet_id, _row, _hidden) VALUES (1, 1, 0) RETURNING _id",
        "WITH x AS (SELECT 1) DELETE FROM ds_accounts WHERE _id IN x",
        "WITH x AS (SELECT _id FROM accounts) UPDATE ds_accounts SET account = '' WHERE _id IN x",
        "REPLACE INTO ds_accounts SELECT * FROM ds_accounts",
        "INSERT INTO accounts SELECT * FROM accounts",
        "UPDATE accounts SET account = 'x'",
        "DELETE FROM accounts",
        "ALTER TABLE ds_accounts ADD COLUMN x",
        "ALTER TABLE ds_accounts RENAME TO x",
        "CREATE INDEX i ON ds_accounts (account)",
        "CREATE TRIGGER t AFTER INSERT ON ds_accounts BEGIN SELECT 1; END",
        "CREATE VIRTUAL TABLE t USING fts5 (x)",
        "CREATE VIEW v AS SELECT * FROM answer",
        "DROP TRIGGER IF EXISTS journal_no_delete",
        "ROLLBACK",
        "RELEASE s",
        "PRAGMA rekey = 'x'",
        "PRAGMA journal_mode = OFF",
        "PRAGMA writable_schema = ON",
        "PRAGMA cipher_version",
        "PRAGMA database_list",
        "PRAGMA temp_store_directory = '/'",
        "VACUUM",
        "SELECT * FROM sqlite_schema",
        "SELECT * FROM sqlite_temp_master",
        "SELECT * FROM main.sqlite_master",
        "SELECT * FROM dbstat",
        "SELECT * FROM sqlite_stat1",
        "SELECT * FROM old_accounts",
        "SELECT * FROM import_batch",
        "SELECT * FROM import_sheet",
        "SELECT account FROM accounts WHERE EXISTS (SELECT 1 FROM finding)",
        "SELECT (SELECT detail FROM journal LIMIT 1) FROM accounts",
        "SELECT count(*) FROM accounts a JOIN answer b ON 1",
        "SELECT count(*) FROM accounts UNION SELECT count(*) FROM answer",
        "WITH accounts AS (SELECT * FROM answer) SELECT count(*) FROM accounts",
        "SELECT * FROM json_tree('[1]')",
        "SELECT * FROM pragma_database_list",
        "SELECT * FROM pragma_function_list",
        "SELECT readfile('/etc/passwd')",
        "SELECT edit('x')",
        "SELECT sqlite_source_id()",
        "SELECT sqlite_version()",
        "SELECT sqlite_compileoption_get(0)",
        "SELECT changes()",
        "SELECT total_changes()",
        "SELECT time('now')",
        "SELECT unixepoch()",
        "SELECT timediff('now', '2020-01-01')",
        "SELECT CURRENT_DATE",
        "SELECT CURRENT_TIME",
        "SELECT zeroblob(1000000000)",
        "SELECT likely(random())",
        "SELECT abs(randomblob(8))",
        "EXPLAIN QUERY PLAN SELECT * FROM answer",
        "VALUES (random())",
        "SELECT account FROM accounts ORDER BY random()",
        "SELECT matchinfo(accounts) FROM accounts",
        "SELECT snippet(accounts) FROM accounts",
        "",
        "-- nothing",
    ] {
        let got = reader.count(sql, &[]);
        let words = ["no such function", "no such table", "no such module", "cannot modify"];
        let refused = match &got {
            Err(VaultError::NotPermitted) => true,
            Err(VaultError::Statement { message }) => words.iter().any(|w| message.starts_with(w)),
            _ => false,
        };
        assert!(refused, "{sql}: {got:?}");
    }
    assert!(!outside.exists());
    assert_eq!(store.checkpoint(), before);
    assert_eq!(reader.count("SELECT count(*) FROM accounts", &[]), Ok(3));
}

#[test]
fn no_statement_fills_the_memory_with_a_text() {
    let dir = tempdir().expect("a folder");
    let (_vault, _store, reader) = reader(&dir);
    for sql in [
        "SELECT length(printf('%.*c', 200000000, 'x'))",
        "SELECT length(printf('%200000000d', 1))",
        "WITH RECURSIVE c(n, t) AS (SELECT 1, 'x' UNION ALL SELECT n + 1, t || t FROM c WHERE n < 40) SELECT max(length(t)) FROM c",
        "WITH RECURSIVE c(n, t) AS (SELECT 1, 'x' UNION ALL SELECT n + 1, replace(t, 'x', 'xxxx') FROM c WHERE n < 20)
         SELECT max(length(t)) FROM c",
    ] {
        let got = reader.count(sql, &[]);
        let too_big = matches!(&got, Err(VaultError::Statement { message }) if message.contains("too big"));
        assert!(too_big, "{sql}: {got:?}");
    }
    assert_eq!(reader.count("SELECT length(printf('%.*c', 1000000, 'x'))", &[]), Ok(1_000_000));
}

#[test]
fn the_time_of_day_is_out_of_reach() {
    let dir = tempdir().expect("a folder");
    let (_vault, _store, reader) = reader(&dir);
    for sql in ["SELECT date()", "SELECT julianday()", "SELECT julianday('2020-01-01', 'localtime')"] {
        assert!(matches!(reader.count(sql, &[]), Err(VaultError::Statement { .. })), "{sql}");
    }
    for sql in [
        "SELECT date('now') IS NULL",
        "SELECT julianday('now') IS NULL",
        "SELECT date('n' || 'ow', '+1 day') IS NULL",
    ] {
        assert_eq!(reader.count(sql, &[]), Ok(1), "{sql}");
    }
}

#[test]
fn wrong_statements_say_what_is_wrong() {
    let dir = tempdir().expect("a folder");
    let (_vault, _store, reader) = reader(&dir);
    let said = |sql: &str| reader.count(sql, &[]).expect_err("wrong");
    assert_eq!(
        said("SELECT nope FROM accounts"),
        VaultError::Statement { message: "no such column: nope".into() }
    );
    assert!(matches!(said("SELECT * FROM accounts"), VaultError::ResultShape { .. }));
    assert!(matches!(said("SELECT 1 WHERE 0"), VaultError::ResultShape { .. }));
    assert!(matches!(said("SELECT _id FROM accounts"), VaultError::ResultShape { .. }));
    assert!(matches!(said("SELECT -1"), VaultError::ResultShape { .. }));
    assert_eq!(said("SELECT :months"), VaultError::MissingParameter { name: "months".into() });
    let no_id = rows(&reader, "SELECT account FROM accounts", &[]);
    assert_eq!(no_id, Err(VaultError::ResultShape { what: "column _id" }));
    let bad_list = rows(&reader, "SELECT _id, list_has('[1', account) AS x FROM accounts", &[]);
    assert!(matches!(bad_list, Err(VaultError::Statement { .. })), "{bad_list:?}");
}

const ENDLESS: &str = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) FROM c";

#[test]
fn a_statement_ends_when_its_time_is_over() {
    let dir = tempdir().expect("a folder");
    let (_vault, store, _reader) = reader(&dir);
    let mut asked = 0;
    let reader = store
        .reader(move || {
            asked += 1;
            asked > 20
        })
        .expect("opens");
    assert_eq!(reader.count(ENDLESS, &[]), Err(VaultError::OutOfTime));

    let mut once = true;
    let reader = store.reader(move || std::mem::take(&mut once)).expect("opens");
    assert_eq!(reader.count(ENDLESS, &[]), Err(VaultError::OutOfTime));
    assert_eq!(reader.count("SELECT count(*) FROM accounts", &[]), Ok(3), "the next statement runs");
}

#[test]
fn what_could_not_be_computed_in_time_leaves_the_reader_as_it_was() {
    let dir = tempdir().expect("a folder");
    let (_vault, store, _reader) = reader(&dir);
    let value = DerivedValue { id: 1, value: Some("high".to_owned()), basis: String::new() };
    let derived = [DerivedColumn { dataset: "accounts".into(), column: "level".into(), values: vec![value] }];
    let over = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&over);
    let scope = ReaderScope { derived: &derived, sheets: None };
    let reader = store.reader_of(scope, move || told.load(Ordering::Relaxed)).expect("opens");
    let high = || reader.count("SELECT count(*) FROM accounts WHERE level = 'high'", &[]);
    assert_eq!(high(), Ok(1), "the inferred value is seen");
    reader.keep("names", "SELECT account FROM accounts", &[]).expect("computed");
    assert_eq!(reader.count("SELECT count(account) FROM names", &[]), Ok(3));

    over.store(true, Ordering::Relaxed);
    assert_eq!(reader.keep("endless", ENDLESS, &[]), Err(VaultError::OutOfTime));
    over.store(false, Ordering::Relaxed);
    reader.forget().expect("nothing stands in the way");
    assert_eq!(high(), Ok(1), "the inferred value is still seen");
    reader.keep("names", "SELECT account FROM accounts", &[]).expect("computed again");
    reader.keep("endless", "SELECT 1 AS n", &[]).expect("the name is free");
    for forbidden in ["BEGIN", "COMMIT", "DROP TABLE temp.names", "DELETE FROM temp.names"] {
        assert_eq!(reader.count(forbidden, &[]), Err(VaultError::NotPermitted), "{forbidden}");
    }
}

#[test]
fn a_statement_ends_when_somebody_cancels_it() {
    let dir = tempdir().expect("a folder");
    let (_vault, _store, reader) = reader(&dir);
    let canceller = reader.canceller();
    let other = thread::spawn(move || {
        thread::sleep(Duration::from_millis(100));
        canceller.cancel();
    });
    assert_eq!(reader.count(ENDLESS, &[]), Err(VaultError::Cancelled));
    other.join().expect("ends");
    assert_eq!(reader.count("SELECT 1", &[]), Err(VaultError::Cancelled));
}
