//! A vault of version 1, with an exam: everything in it is there after it was opened, and it can do what a new one can.

use crate::fixture::*;
use fieldbook_model::{Answer, AnswerKey, ItemResult, Method};
use fieldbook_vault::{AnswerAction, Checkpoint, VaultError};
use rusqlite::{Connection, params};
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use tempfile::tempdir;

const VAULT: &str = include_str!("../version_1/vault.sql");
const EXAM: &str = include_str!("../version_1/exam.sql");

/// Rows of every table that answers or the list of exams could touch.
const ROWS: &str = "
    INSERT INTO exam VALUES (1, 'e1', '甲乙綜合證券', '115-證-0012', '2020-12-31', '2020-01-01', '2020-12-31',
        '[\"王查核\"]', '2026-11-21T09:30:00');
    INSERT INTO fact VALUES ('is_sec', 'yes', NULL, '訪談', '王查核', '2026-11-21T09:30:00');
    INSERT INTO system VALUES ('下單系統', 0);
    INSERT INTO system_fact VALUES ('下單系統', 'core', 'yes', NULL);
    INSERT INTO answer VALUES
        ('COL-D5.1', '', 'noncompliant', 'inspection', '兩個帳號', 'A-1', '王查核', '2026-11-21T09:30:00'),
        ('COL-D5.1', '下單系統', 'no_data', NULL, '', '', '王查核', '2026-11-21T09:30:00'),
        ('BSL-6.8', '', 'not_examined', NULL, '', '', '王查核', '2026-11-21T09:30:00');
    INSERT INTO finding VALUES (1, 'deficiency', '題', '發現', '[\"COL-D5.1\"]', '', '', 'high', '', '', 'draft',
        '王查核', '2026-11-21T09:30:00', NULL, NULL);";

fn record(exam: &Connection, seq: u64, fields: [&str; 5]) -> [u8; 32] {
    let mut bytes = format!("\0{seq}").into_bytes();
    fields.iter().for_each(|f| bytes.extend_from_slice(format!(" {}:{f}", f.len()).as_bytes()));
    let leaf: [u8; 32] = Sha256::digest(bytes).into();
    let [at, by, action, subject, detail] = fields;
    exam.execute(
        "INSERT INTO journal VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![i64::try_from(seq).expect("few"), at, by, action, subject, detail, leaf],
    )
    .expect("records");
    leaf
}

/// Puts databases of version 1 in place of those of a new vault. Gives size and root of the exam's journal.
fn make_version_1(dir: &Path) -> Checkpoint {
    let (vault, _) = make(dir);
    let identity = vault.identity().expect("there").expose_secret().to_owned();
    drop(vault);
    for name in ["vault.db", "vault.db-wal", "vault.db-shm"] {
        let gone = fs::remove_file(dir.join(name));
        assert!(gone.is_ok() || name != "vault.db");
    }
    let db = database(&dir.join("vault.db"), "vault");
    db.execute_batch(VAULT).expect("the tables of then");
    db.execute("INSERT INTO setting VALUES ('internal.identity', ?1), ('theme', 'dark')", [identity])
        .expect("settings");
    db.execute_batch(
        "INSERT INTO exam_index VALUES ('e1', '甲乙綜合證券', '115-證-0012', '2020-12-31', '2020-01-01',
            '2020-12-31', '2026-11-21T09:30:00');
         PRAGMA user_version = 1;",
    )
    .expect("a list");
    let exam = database(&dir.join("exams/e1.db"), "exam/e1");
    exam.execute_batch(EXAM).expect("the tables of then");
    exam.execute_batch(ROWS).expect("rows");
    let at = "2026-11-21T09:30:00";
    let first = record(&exam, 1, [at, EXAMINER, "exam.create", "e1", "{}"]);
    let detail =
        r#"{"system":"","result":"noncompliant","method":"inspection","note":"兩個帳號","paper_ref":"A-1"}"#;
    let second = record(&exam, 2, [at, EXAMINER, "answer.set", "COL-D5.1", detail]);
    exam.execute_batch("PRAGMA user_version = 1;").expect("a version");
    let root = Sha256::new().chain_update([1]).chain_update(first).chain_update(second).finalize();
    Checkpoint { size: 2, root: hex::encode(root) }
}

fn answers() -> Vec<Answer> {
    let mut of_system = answer_to("COL-D5.1", ItemResult::NoData, "");
    of_system.key.system = "下單系統".to_owned();
    let first = Answer {
        method: Some(Method::Inspection),
        paper_ref: "A-1".to_owned(),
        ..answer_to("COL-D5.1", ItemResult::Noncompliant, "兩個帳號")
    };
    vec![answer_to("BSL-6.8", ItemResult::NotExamined, ""), first, of_system]
}

fn schema(conn: &Connection) -> Vec<(String, String)> {
    let mut all =
        conn.prepare("SELECT name, sql FROM sqlite_master WHERE sql NOT NULL ORDER BY name").expect("reads");
    let rows = all.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).expect("reads");
    rows.map(|r| r.expect("texts")).collect()
}

#[test]
fn everything_of_version_1_is_there() {
    let dir = tempdir().expect("a folder");
    let before = make_version_1(dir.path());
    let vault = open(dir.path()).expect("opens");
    assert_eq!(vault.verify(), Ok(vec![]), "before the exam was ever opened");
    assert_eq!(vault.setting("theme"), Ok(Some("dark".to_owned())));
    assert_eq!(vault.exams().expect("lists")[0].case_no, "115-證-0012");
    let store = vault.open_exam(&exam().id, &[accounts()]).expect("opens");
    assert_eq!(store.answers(), Ok(answers()));
    let read = store.exam().expect("reads");
    assert_eq!((read.firm.as_str(), read.profile.len(), read.systems.len()), (FIRM, 1, 1));
    assert_eq!(store.findings().expect("reads")[0].title, "題");
    assert_eq!(store.checkpoint(), Ok(before), "the journal is as it was");
    assert_eq!((store.law_sha256(), store.editions(), store.overrides()), (Ok(None), Ok(vec![]), Ok(vec![])));
    drop(store);
    assert_eq!(vault.verify(), Ok(vec![]));
}

#[test]
fn the_tables_are_those_of_a_new_vault() {
    let (dir, new) = (tempdir().expect("a folder"), tempdir().expect("a folder"));
    make_version_1(dir.path());
    drop(open(dir.path()).expect("opens").open_exam(&exam().id, &[accounts()]).expect("opens"));
    drop(with_exam(new.path()));
    let [old, made] = [&dir, &new].map(|dir| schema(&database(&dir.path().join("vault.db"), "vault")));
    assert_eq!(old, made, "vault.db");
    let old = schema(&database(&dir.path().join("exams/e1.db"), "exam/e1"));
    assert_eq!(old, schema(&exam_database(&new.path().join("exams/e1.db"), "e1")), "an exam");
}

#[test]
fn an_exam_of_version_1_gets_its_first_law() {
    let dir = tempdir().expect("a folder");
    make_version_1(dir.path());
    let mut vault = open(dir.path()).expect("opens");
    let mut store = vault.open_exam(&exam().id, &[accounts()]).expect("opens");
    assert_eq!(vault.pin_law(&mut store, &law("現行"), EXAMINER, at()), Ok(true));
    let entry = store.journal(2, 9).expect("reads").remove(0);
    assert!(
        entry.detail.starts_with(r#"{"old":{"law":null,"editions":[]},"new":{"law":""#),
        "{}",
        entry.detail
    );
    let unit = Answer {
        key: AnswerKey { unit: "a".to_owned(), ..answers()[0].key.clone() },
        ..answer_to("BSL-6.8", ItemResult::Compliant, "")
    };
    store.set_answers(&[unit], AnswerAction::Set).expect("stores");
    drop((vault, store));
    let vault = open(dir.path()).expect("opens");
    let store = vault.open_exam(&exam().id, &[accounts()]).expect("opens");
    assert_eq!(store.law_sha256(), Ok(Some(law("現行").sha256)));
    assert_eq!(store.answers().expect("reads").len(), 4);
    assert_eq!(vault.verify(), Ok(vec![]));
}

#[test]
fn a_vault_of_version_1_gets_a_signer_once() {
    let dir = tempdir().expect("a folder");
    make_version_1(dir.path());
    let mut vault = open(dir.path()).expect("opens");
    assert_eq!((vault.signer(), vault.sign(b"x")), (Ok(None), Err(VaultError::NoSigner)));
    vault.ensure_signer(&mut |bytes| bytes.fill(9)).expect("makes one");
    let public = vault.signer().expect("reads");
    assert!(public.is_some());
    vault.ensure_signer(&mut |bytes| bytes.fill(8)).expect("there is one");
    drop(vault);
    assert_eq!(open(dir.path()).expect("opens").signer(), Ok(public));
}

/// Imports as version 1 kept them: one file a batch, and views that ask for it there.
const IMPORTS: &str = "
    INSERT INTO import_file VALUES
        (1, '帳號.xlsx', 'aa', 10, '', '王查核', '2026-11-21T09:30:00', 0),
        (2, '誤收.csv', 'bb', 20, 'Big5', '王查核', '2026-11-21T09:40:00', 1),
        (3, '委託.csv', 'cc', 30, 'UTF-8', '王查核', '2026-11-21T09:50:00', 0);
    INSERT INTO import_sheet VALUES
        (1, 1, '一', 'accounts', 1, 3, '[]', '[\"備註\"]', '[]', 3, 2, 1, 0, 0, 'FILED', 2),
        (2, 1, '封面', NULL, 0, 1, '[]', '[]', '[]', 0, 0, 0, NULL, 1, NULL, NULL),
        (3, 2, '', 'accounts', 3, 1, '[]', '[]', '[]', 1, 1, 0, NULL, 0, NULL, NULL),
        (4, 3, '', 'orders', 1, 1, '[]', '[]', '[]', 1, 1, 0, NULL, 0, NULL, NULL);
    INSERT INTO import_issue VALUES (1, 0, 6, 'account', 'required_empty', '', 1);
    CREATE TABLE ds_accounts (_id INTEGER PRIMARY KEY, _sheet_id INTEGER NOT NULL, _row INTEGER NOT NULL,
        _hidden INTEGER NOT NULL, _unreadable TEXT, _originals TEXT, account TEXT);
    CREATE TABLE ds_orders (_id INTEGER PRIMARY KEY, _sheet_id INTEGER NOT NULL, _row INTEGER NOT NULL,
        _hidden INTEGER NOT NULL, _unreadable TEXT, _originals TEXT, order_no TEXT);
    INSERT INTO ds_accounts VALUES (1, 1, 4, 0, NULL, NULL, 'root'), (2, 1, 5, 1, NULL, NULL, 'guest');
    INSERT INTO ds_orders VALUES (1, 4, 2, 0, NULL, NULL, 'A001');
    CREATE VIEW accounts AS SELECT d._id AS _id, d.account AS account, (SELECT f.file FROM import_sheet s
        JOIN import_file f ON f.batch = s.batch WHERE s.id = d._sheet_id) AS _file FROM ds_accounts d;
    CREATE VIEW orders AS SELECT d._id AS _id, d.order_no AS order_no, (SELECT f.file FROM import_sheet s
        JOIN import_file f ON f.batch = s.batch WHERE s.id = d._sheet_id) AS _file FROM ds_orders d;";

#[test]
fn imports_of_version_1_are_batches_of_one_file() {
    let dir = tempdir().expect("a folder");
    make_version_1(dir.path());
    database(&dir.path().join("exams/e1.db"), "exam/e1").execute_batch(IMPORTS).expect("imports of then");
    let vault = open(dir.path()).expect("opens");
    let orders = fieldbook_model::DatasetDef {
        key: "orders".to_owned(),
        row_key: vec!["order_no".to_owned()],
        columns: vec![
            column("order_no", fieldbook_model::ColumnType::Text),
            column("sent_at", fieldbook_model::ColumnType::DateTime),
        ],
        ..accounts()
    };
    let mut store = vault.open_exam(&exam().id, &[accounts(), orders]).expect("opens");
    let heads: Vec<_> = store
        .received_files(None)
        .expect("reads")
        .into_iter()
        .map(|f| (f.batch, f.file, f.size, f.encoding, f.at.hour(), f.undone, f.sheets.len()))
        .collect();
    let expected = [
        (1, "帳號.xlsx".to_owned(), 10, String::new(), 9, false, 2),
        (2, "誤收.csv".to_owned(), 20, "Big5".to_owned(), 9, true, 1),
        (3, "委託.csv".to_owned(), 30, "UTF-8".to_owned(), 9, false, 1),
    ];
    assert_eq!(heads, expected);
    let first = store.batch(1).expect("reads");
    let sheet = &first.files[0].sheets[0];
    assert_eq!((first.received_from.as_str(), first.files[0].sha256.as_str()), ("", "aa"));
    assert_eq!(
        (sheet.header_row, sheet.end_row, sheet.rows_read, sheet.declared_rows),
        (3, None, 3, Some(2))
    );
    assert_eq!((sheet.issues.len(), sheet.filled.len(), sheet.hidden_columns.clone()), (1, 0, None));
    let rows = store.dataset_rows("accounts", 0, 9, None).expect("reads");
    let texts: Vec<_> = rows.rows.iter().map(|r| (r.cells[0].text.as_deref(), r.source.row)).collect();
    assert_eq!(texts, [(Some("root"), 4), (Some("guest"), 5)]);
    let seen = "SELECT count(*) FROM orders WHERE _file = '委託.csv' AND _sha256 = 'cc' AND sent_at IS NULL";
    assert_eq!(store.reader(|| false).expect("reads").count(seen, &[]), Ok(1));
    assert_eq!(store.undo_import(1, EXAMINER, at()), Ok(2));
    assert_eq!(import_accounts(&mut store, "新.xlsx", &["root"]), 4, "numbers go on");
    drop(store);
    assert_eq!(vault.verify(), Ok(vec![]));
}
