//! Databases of every earlier version, with rows in every table: all of it is there after they were opened, and a copy of
//! each is kept as it was before.

use crate::fixture::*;
use fieldbook_vault::{Checkpoint, Problem, VaultError};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::tempdir;

/// Tables of `vault.db` and of an exam, by version.
const VERSIONS: [(u32, &str, &str); 7] = [
    (1, include_str!("../version_1/vault.sql"), include_str!("../version_1/exam.sql")),
    (2, include_str!("../version_2/vault.sql"), include_str!("../version_2/exam.sql")),
    (3, include_str!("../version_3/vault.sql"), include_str!("../version_3/exam.sql")),
    (4, include_str!("../version_4/vault.sql"), include_str!("../version_4/exam.sql")),
    (5, include_str!("../version_5/vault.sql"), include_str!("../version_5/exam.sql")),
    (6, include_str!("../version_6/vault.sql"), include_str!("../version_6/exam.sql")),
    (7, include_str!("../version_7/vault.sql"), include_str!("../version_7/exam.sql")),
];

const AT: &str = "2026-11-21T09:30:00";
/// Tables that hold one row about an exam, or one row at all.
const ONE: [&str; 10] = [
    "destruction",
    "evidence",
    "evidence_transfer",
    "exam",
    "exam_index",
    "exam_law",
    "exam_retention",
    "last_checkpoint",
    "last_note",
    "pinned_law",
];
/// Tables whose rows stand for files beside them, and those that are filled with words of their own. What was being taken in
/// is taken out when the exam opens.
const UNFILLED: [&str; 6] =
    ["journal", "setting", "exam_key", "key_slot", "evidence_taking", "examiner_identity"];

/// A value of a column, in the row `n`: of the shape that its reader wants.
fn value(table: &str, column: &str, ty: &str, n: i64) -> Value {
    let text = |t: &str| Value::Text(t.to_owned());
    match (table, column) {
        ("destruction", "exam") => text("e0"),
        ("exam_index" | "exam", "id") | (_, "exam") => text("e1"),
        ("exam_retention", "state") => text("open"),
        (_, "report_on") => Value::Null,
        ("evidence", "taking") => Value::Null,
        ("evidence_chunk", "bytes") => Value::Blob(Vec::new()),
        (_, "at" | "created_at" | "acquired_at" | "happened_at" | "finished_at") => text(AT),
        (_, "as_of" | "day" | "period_from" | "period_to" | "due" | "signed_on") => text("2020-12-31"),
        ("fact" | "system_fact", "kind") => text("yes"),
        ("fact" | "system_fact", "content") => Value::Null,
        ("answer", "result") => text("compliant"),
        ("answer", "method" | "mode" | "awaited" | "origin_exam") => Value::Null,
        ("sign_off", "role") => text("preparer"),
        ("sign_off", "key" | "signature" | "content_sha256") => text(&"00".repeat(32)),
        (_, "confidentiality") => text("restricted"),
        ("evidence", "sha256") => text(&hex::encode(Sha256::digest([1]))),
        ("evidence_part", "evidence") | (_, "one" | "size") => Value::Integer(1),
        ("evidence_part", "no") => Value::Integer(n - 1),
        ("evidence_part", "bytes") => Value::Blob(if n == 1 { vec![1] } else { Vec::new() }),
        ("import_sheet", "superseded_by") | ("count_entry", "undoes") => Value::Null,
        (
            _,
            "examiners" | "clauses" | "parameters" | "missing" | "inputs" | "cells" | "mapping" | "unmapped"
            | "missing_required" | "filled" | "objects" | "evidence" | "papers" | "packages" | "headers",
        ) if ty == "TEXT" => text("[]"),
        (_, "files") => text("{}"),
        _ if ty == "TEXT" => text(&format!("{column}-{n}")),
        _ if ty == "BLOB" => Value::Blob(vec![0; 32]),
        _ => Value::Integer(n),
    }
}

fn names(conn: &Connection) -> Vec<String> {
    let mut all = conn
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'sqlite_sequence' ORDER BY rowid")
        .expect("reads");
    let rows = all.query_map([], |r| r.get(0)).expect("reads");
    rows.map(|r| r.expect("a name")).collect()
}

fn columns(conn: &Connection, table: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    conn.pragma(None, "table_info", table, |r| {
        out.push((r.get(1)?, r.get(2)?));
        Ok(())
    })
    .expect("columns");
    out
}

/// Puts rows into every table that has none.
fn fill(conn: &Connection) {
    conn.execute_batch("PRAGMA foreign_keys = OFF").expect("rows come in any order");
    for table in names(conn).iter().filter(|t| !UNFILLED.contains(&t.as_str())) {
        for n in 1..=(if ONE.contains(&table.as_str()) { 1 } else { 2 }) {
            let columns = columns(conn, table);
            let mut values: Vec<Value> = columns.iter().map(|(c, ty)| value(table, c, ty, n)).collect();
            // What refers to another row refers to the one of the same number.
            conn.pragma(None, "foreign_key_list", table, |r| {
                let (parent, from, to): (String, String, Option<String>) = (r.get(2)?, r.get(3)?, r.get(4)?);
                let at = columns.iter().position(|(c, _)| *c == from).expect("a column");
                if values[at] != Value::Null
                    && (table, from.as_str()) != (&"evidence_part".to_owned(), "evidence")
                {
                    let to = to.unwrap_or_default();
                    values[at] = value(&parent, &to, &columns[at].1, n);
                }
                Ok(())
            })
            .expect("references");
            let marks = vec!["?"; values.len()].join(", ");
            let sql = format!("INSERT INTO \"{table}\" VALUES ({marks})");
            conn.execute(&sql, params_from_iter(values)).unwrap_or_else(|e| panic!("{table}: {e}"));
        }
    }
}

fn record(exam: &Connection, seq: u64, fields: [&str; 5]) -> [u8; 32] {
    let mut bytes = format!("\0{seq}").into_bytes();
    fields.iter().for_each(|f| bytes.extend_from_slice(format!(" {}:{f}", f.len()).as_bytes()));
    let leaf: [u8; 32] = Sha256::digest(bytes).into();
    let [at, by, action, subject, detail] = fields;
    let row = rusqlite::params![i64::try_from(seq).expect("few"), at, by, action, subject, detail, leaf];
    exam.execute("INSERT INTO journal VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", row).expect("records");
    leaf
}

/// Puts databases of an earlier version in place of those of a new vault. Gives size and root of the exam's journal.
fn make_version(dir: &Path, version: u32) -> Checkpoint {
    let (_, vault_sql, exam_sql) = VERSIONS.into_iter().find(|v| v.0 == version).expect("a version");
    let (vault, _) = make(dir);
    let identity = vault.identity().expect("there").expose_secret().to_owned();
    drop(vault);
    fs::remove_file(dir.join("vault.db")).expect("closed");
    let db = database(&dir.join("vault.db"), "vault");
    db.execute_batch(vault_sql).expect("the tables of then");
    db.execute("INSERT INTO setting VALUES ('internal.identity', ?1), ('theme', 'dark')", [identity])
        .expect("settings");
    fill(&db);
    db.pragma_update(None, "user_version", version).expect("a version");
    let exam = database(&dir.join("exams/e1.db"), "exam/e1");
    exam.execute_batch(exam_sql).expect("the tables of then");
    fill(&exam);
    let first = record(&exam, 1, [AT, EXAMINER, "exam.create", "e1", "{}"]);
    let second = record(&exam, 2, [AT, EXAMINER, "answer.set", "COL-D5.1", r#"{"note":"兩個帳號"}"#]);
    exam.pragma_update(None, "user_version", version).expect("a version");
    let root = Sha256::new().chain_update([1]).chain_update(first).chain_update(second).finalize();
    Checkpoint { size: 2, root: hex::encode(root) }
}

type Rows = BTreeMap<String, Vec<BTreeMap<String, Value>>>;

/// Every row of every table, by column.
fn rows(conn: &Connection) -> Rows {
    let mut out = Rows::new();
    for table in names(conn) {
        let columns = columns(conn, &table);
        let mut all = conn.prepare(&format!("SELECT * FROM \"{table}\"")).expect("reads");
        let found = all.query_map([], |r| {
            columns.iter().enumerate().map(|(i, (c, _))| Ok((c.clone(), r.get(i)?))).collect::<Result<_, _>>()
        });
        out.insert(table, found.expect("reads").map(|r| r.expect("a row")).collect());
    }
    out
}

/// Rows of `before` that have no row in `after` that says the same in the columns that both have.
fn lost(before: &Rows, after: &Rows) -> Vec<String> {
    let mut out = Vec::new();
    for (table, rows) in before {
        let now = after.get(table).cloned().unwrap_or_default();
        for row in rows {
            let same = |other: &BTreeMap<String, Value>| {
                row.iter().all(|(c, v)| other.get(c).is_none_or(|found| found == v))
            };
            if !now.iter().any(same) {
                out.push(format!("{table}: {row:?}"));
            }
        }
    }
    out
}

fn schema(conn: &Connection) -> Vec<(String, String)> {
    let mut all =
        conn.prepare("SELECT name, sql FROM sqlite_master WHERE sql NOT NULL ORDER BY name").expect("reads");
    let rows = all.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).expect("reads");
    rows.map(|r| r.expect("texts")).collect()
}

/// The signatures of the rows above are invented; nothing else may be found.
fn clean(problems: Vec<Problem>) {
    let others: Vec<_> = problems.iter().filter(|p| !matches!(p, Problem::Signature { .. })).collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn everything_of_every_earlier_version_is_there() {
    let new = tempdir().expect("a folder");
    drop(with_exam(new.path()));
    let tables = |dir: &Path| schema(&database(&dir.join("vault.db"), "vault"));
    let of_exam = schema(&exam_database(&new.path().join("exams/e1.db"), "e1"));
    for (version, ..) in VERSIONS {
        let dir = tempdir().expect("a folder");
        let journal = make_version(dir.path(), version);
        let [vault_db, exam_db] = ["vault.db", "exams/e1.db"].map(|n| dir.path().join(n));
        let before = [rows(&database(&vault_db, "vault")), rows(&database(&exam_db, "exam/e1"))];
        let vault = open(dir.path()).expect("opens");
        clean(vault.verify().expect("looks at an exam that was not opened yet"));
        let store = vault.open_exam(&exam().id, &[accounts()]).expect("opens");
        assert_eq!(store.checkpoint(), Ok(journal.clone()), "version {version}: the journal is as it was");
        drop(store);
        clean(vault.verify().expect("looks"));
        drop(vault);
        let after = [rows(&database(&vault_db, "vault")), rows(&database(&exam_db, "exam/e1"))];
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(lost(before, after), Vec::<String>::new(), "version {version}");
        }
        assert_eq!(tables(dir.path()), tables(new.path()), "version {version}: vault.db");
        assert_eq!(schema(&database(&exam_db, "exam/e1")), of_exam, "version {version}: an exam");
        // As it was before: a copy under the same key.
        for (name, label, said) in [("vault", "vault", &before[0]), ("e1", "exam/e1", &before[1])] {
            let copy = dir.path().join(format!("backups/{name}-version-{version}.db"));
            let copy = database(&copy, label);
            let found: u32 = copy.pragma_query_value(None, "user_version", |r| r.get(0)).expect("a version");
            assert_eq!((found, rows(&copy)), (version, said.clone()), "{name}");
        }
        assert_eq!(fs::read_dir(dir.path().join("backups")).expect("copies").count(), 2, "version {version}");
        let copies = tree(&dir.path().join("backups"));
        drop(open(dir.path()).expect("opens").open_exam(&exam().id, &[accounts()]).expect("opens"));
        assert_eq!(tree(&dir.path().join("backups")), copies, "an ordinary opening copies nothing");
    }
}

#[test]
fn a_change_of_tables_that_fails_leaves_the_database_and_a_copy() {
    let dir = tempdir().expect("a folder");
    let journal = make_version(dir.path(), 6);
    let db = dir.path().join("exams/e1.db");
    // A table of the newer release is in the way.
    database(&db, "exam/e1").execute_batch("CREATE TABLE last_note (x)").expect("a table");
    let before = rows(&database(&db, "exam/e1"));
    let vault = open(dir.path()).expect("opens");
    for _ in 0..2 {
        let got = vault.open_exam(&exam().id, &[accounts()]);
        assert!(matches!(got, Err(VaultError::Database { .. })), "{got:?}");
        assert_eq!(rows(&database(&db, "exam/e1")), before);
        let copies: Vec<_> =
            tree(&dir.path().join("backups")).into_keys().filter(|n| n.starts_with("e1")).collect();
        assert_eq!(copies, ["e1-version-6.db"], "one copy, not written over");
    }
    assert_eq!(rows(&database(&dir.path().join("backups/e1-version-6.db"), "exam/e1")), before);
    database(&db, "exam/e1").execute_batch("DROP TABLE last_note").expect("out of the way");
    let store = vault.open_exam(&exam().id, &[accounts()]).expect("opens");
    assert_eq!(store.checkpoint(), Ok(journal));
}

#[test]
fn a_newer_database_is_refused_and_no_byte_of_it_changes() {
    for file in ["vault.db", "exams/e1.db"] {
        let dir = tempdir().expect("a folder");
        drop(with_exam(dir.path()));
        let conn = match file {
            "vault.db" => database(&dir.path().join(file), "vault"),
            _ => exam_database(&dir.path().join(file), "e1"),
        };
        conn.pragma_update(None, "user_version", 99).expect("a newer one");
        drop(conn);
        let before = tree(dir.path());
        let got = open(dir.path()).and_then(|vault| vault.open_exam(&exam().id, &[]).map(|_| ()));
        assert_eq!(got, Err(VaultError::NewerFormat { found: 99 }), "{file}");
        assert_eq!(tree(dir.path()), before, "{file}");
    }
}
