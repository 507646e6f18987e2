//! A program that dies at any moment: what was recorded is there, what was not finished is not.

#![expect(
    clippy::disallowed_methods,
    reason = "the child learns from the environment what to do until it is killed"
)]

use crate::fixture::*;
use fieldbook_model::{Exam, ExamId, ItemResult};
use fieldbook_vault::{AnswerAction, ExamStore, Vault, VaultState, state};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::tempdir;

const DIR: &str = "FIELDBOOK_CRASH_TEST_DIR";
const WHAT: &str = "FIELDBOOK_CRASH_TEST_WHAT";
const ROWS: usize = 20_000;
const BATCH: usize = 30;
const FILES: usize = 10;
const UNDONE: i64 = 8;
/// Bytes of a piece of evidence: several transactions.
const PIECE: usize = 40 << 20;

fn numbered(n: usize) -> ExamId {
    ExamId::parse(&format!("n{n}")).expect("an id")
}

/// Starts this very test program again, to be killed.
fn child(what: &str, dir: &Path) -> Child {
    Command::new(std::env::current_exe().expect("a program"))
        .args(["--exact", "crash::victim", "--nocapture", "--ignored"])
        .env(DIR, dir)
        .env(WHAT, what)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts")
}

/// Reads the child's lines until `count` of them tell of something done, waits a little and kills it. Gives the
/// number of things that it told of.
fn kill_after(mut child: Child, count: usize, wait: Duration) -> usize {
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
    let done = lines.by_ref().filter(|l| l.contains("done ")).take(count).count();
    std::thread::sleep(wait);
    child.kill().expect("SIGKILL");
    child.wait().expect("ends");
    done + lines.filter(|l| l.contains("done ")).count()
}

fn say(n: usize) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\ndone {n}").and_then(|()| out.flush()).expect("writes");
}

#[test]
#[ignore = "the part of the child process in the tests below"]
fn victim() {
    let Ok(dir) = std::env::var(DIR) else { return };
    let dir = Path::new(&dir);
    match std::env::var(WHAT).expect("told what").as_str() {
        "create" => {
            say(0);
            drop(make(dir));
        }
        "keys" => {
            let mut vault = open(dir).expect("opens");
            for n in 0.. {
                vault.change_passphrase(&pass(&turned(n + 1)), WORK).expect("changes");
                say(n);
            }
        }
        "answers" => {
            let vault = open(dir).expect("opens");
            let mut store = vault.open_exam(&exam().id, &[accounts()]).expect("opens");
            for n in 0.. {
                let answer = answer_to(&format!("COL-{n}"), ItemResult::Compliant, &"說明".repeat(200));
                store.set_answer(&answer).expect("stores");
                say(n);
            }
        }
        "batches" => {
            let vault = open(dir).expect("opens");
            let mut store = vault.open_exam(&exam().id, &[accounts()]).expect("opens");
            for n in 0.. {
                let one = |i| answer_to(&format!("COL-{n}.{i}"), ItemResult::Compliant, &"說明".repeat(200));
                let batch: Vec<_> = (0..BATCH).map(one).collect();
                store.set_answers(&batch, AnswerAction::Bulk).expect("stores");
                say(n);
            }
        }
        "laws" => {
            let mut vault = open(dir).expect("opens");
            for n in 0.. {
                let made = Exam { id: numbered(n), ..exam() };
                vault.create_exam(&made, EXAMINER, &law(&format!("初版{n}")), &mut salt()).expect("makes");
                let mut store = vault.open_exam(&made.id, &[]).expect("opens");
                for again in 0..3 {
                    let other = law(&format!("修正{n}-{again}"));
                    assert_eq!(vault.pin_law(&mut store, &other, EXAMINER, at()), Ok(true));
                }
                say(n);
            }
        }
        "files" => {
            let vault = open(dir).expect("opens");
            let mut store = vault.open_exam(&exam().id, &[accounts()]).expect("opens");
            let names: Vec<String> = (0..ROWS / FILES).map(|i| format!("帳號{i}")).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let mut older = Vec::new();
            for n in 0.. {
                let mut writer = store.begin_import("林經理", EXAMINER, at()).expect("begins");
                let newer: Vec<i64> =
                    (0..FILES).map(|i| add_accounts(&mut writer, &format!("{n}-{i}.xlsx"), &names)).collect();
                writer.begin_file(&file(&format!("{n}.txt"))).expect("begins");
                for sheet in std::mem::replace(&mut older, newer) {
                    writer.supersede(sheet).expect("takes the older one out");
                }
                writer.finish_file().expect("whole");
                writer.commit().expect("commits");
                say(n);
            }
        }
        "evidence" => {
            let vault = open(dir).expect("opens");
            let mut store = vault.open_exam(&exam().id, &[accounts()]).expect("opens");
            for n in 0..u8::MAX {
                let piece = crate::review::piece(&format!("{n}.bin"));
                store.add_evidence(&piece, &mut vec![n; PIECE].as_slice()).expect("is kept");
                say(usize::from(n));
            }
        }
        "undo" => {
            let vault = open(dir).expect("opens");
            let mut store = vault.open_exam(&exam().id, &[accounts()]).expect("opens");
            for n in 1..=UNDONE {
                store.undo_import(n, EXAMINER, at()).expect("undoes");
                say(usize::try_from(n).expect("few"));
            }
        }
        _ => {
            let vault = open(dir).expect("opens");
            let mut store = vault.open_exam(&exam().id, &[accounts()]).expect("opens");
            let names: Vec<String> = (0..ROWS).map(|i| format!("帳號{i}")).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            for n in 0.. {
                import_accounts(&mut store, &format!("{n}.xlsx"), &names);
                say(n);
            }
        }
    }
}

#[test]
fn killed_while_answering() {
    for (count, wait) in [(1, 0), (7, 1), (20, 3)] {
        let dir = tempdir().expect("a folder");
        drop(with_exam(dir.path()));
        let done = kill_after(child("answers", dir.path()), count, Duration::from_millis(wait));
        let vault = open(dir.path()).expect("opens after the crash");
        assert_eq!(vault.verify(), Ok(vec![]));
        let store = vault.open_exam(&exam().id, &[accounts()]).expect("opens");
        let kept = store.answers().expect("reads").len();
        assert!(done >= count && (kept == done || kept == done + 1), "{done} told, {kept} kept");
        assert_eq!(store.checkpoint().expect("whole").size, kept as u64 + 1);
    }
}

#[test]
fn killed_while_answering_many_at_once() {
    for (count, wait) in [(1, 0), (3, 2), (9, 5)] {
        let dir = tempdir().expect("a folder");
        drop(with_exam(dir.path()));
        let done = kill_after(child("batches", dir.path()), count, Duration::from_millis(wait));
        let vault = open(dir.path()).expect("opens after the crash");
        assert_eq!(vault.verify(), Ok(vec![]));
        let store = vault.open_exam(&exam().id, &[accounts()]).expect("opens");
        let kept = store.answers().expect("reads").len();
        assert_eq!(kept % BATCH, 0, "no batch is half there");
        let batches = kept / BATCH;
        assert!(done >= count && (batches == done || batches == done + 1), "{done} told, {batches} kept");
        assert_eq!(store.checkpoint().expect("whole").size, kept as u64 + 1);
    }
}

#[test]
fn killed_while_exams_get_their_laws() {
    for (count, wait) in [(1, 0), (1, 9), (2, 17), (3, 31)] {
        let dir = tempdir().expect("a folder");
        drop(with_exam(dir.path()));
        let done = kill_after(child("laws", dir.path()), count, Duration::from_millis(wait));
        let vault = open(dir.path()).expect("opens after the crash");
        assert_eq!(vault.verify(), Ok(vec![]), "no exam names a law that is not stored");
        let exams = vault.exams().expect("lists");
        assert!(done >= count && (exams.len() == done + 1 || exams.len() == done + 2), "{done} told");
        for head in exams {
            let store = vault.open_exam(&head.id, &[]).expect("opens");
            let sha256 = store.law_sha256().expect("reads").expect("a law");
            assert!(vault.law(&sha256).expect("reads").is_some());
            assert_eq!(store.editions().expect("reads")[0].content_sha256, sha256, "law and pins agree");
        }
    }
}

#[test]
fn killed_while_importing() {
    for (count, wait) in [(1, 5), (1, 150), (2, 60)] {
        let dir = tempdir().expect("a folder");
        drop(with_exam(dir.path()));
        let done = kill_after(child("import", dir.path()), count, Duration::from_millis(wait));
        let vault = open(dir.path()).expect("opens after the crash");
        assert_eq!(vault.verify(), Ok(vec![]));
        let store = vault.open_exam(&exam().id, &[accounts()]).expect("opens");
        let batches = store.batches().expect("lists").len();
        assert!(done >= count && (batches == done || batches == done + 1), "{done} told, {batches} kept");
        let rows = store.reader(|| false).expect("reads").count("SELECT count(*) FROM accounts", &[]);
        assert_eq!(rows, Ok((batches * ROWS) as u64), "no import is half there");
    }
}

#[test]
fn killed_while_many_files_replace_many() {
    for (count, wait) in [(1, 5), (1, 150), (2, 60), (3, 300)] {
        let dir = tempdir().expect("a folder");
        drop(with_exam(dir.path()));
        let done = kill_after(child("files", dir.path()), count, Duration::from_millis(wait));
        let vault = open(dir.path()).expect("opens after the crash");
        assert_eq!(vault.verify(), Ok(vec![]));
        let mut store = vault.open_exam(&exam().id, &[accounts()]).expect("opens");
        let batches = store.batches().expect("lists");
        assert!(done >= count && (batches.len() == done || batches.len() == done + 1), "{done} told");
        assert!(batches.iter().all(|b| b.files.len() == FILES + 1), "no batch is half there");
        let rows = |store: &ExamStore| store.dataset_rows("accounts", 0, 0, None).expect("counts").total;
        assert_eq!(rows(&store), ROWS as u64, "only the newest lists are in the dataset");
        for batch in batches.iter().rev() {
            store.undo_import(batch.batch, EXAMINER, at()).expect("undoes the newest first");
        }
        assert_eq!(rows(&store), 0);
    }
}

#[test]
fn killed_while_taking_evidence_in() {
    for (count, wait) in [(1, 0), (1, 60), (2, 150), (1, 300)] {
        let dir = tempdir().expect("a folder");
        drop(with_exam(dir.path()));
        let done = kill_after(child("evidence", dir.path()), count, Duration::from_millis(wait));
        let vault = open(dir.path()).expect("opens after the crash");
        assert_eq!(vault.verify(), Ok(vec![]));
        let store = vault.open_exam(&exam().id, &[accounts()]).expect("opens");
        let pieces = store.evidence().expect("lists");
        assert!(done >= count && (pieces.len() == done || pieces.len() == done + 1), "{done} told");
        for piece in &pieces {
            let mut bytes = Vec::new();
            store.evidence_bytes(piece.id, &mut bytes).expect("is whole");
            assert_eq!(bytes.len(), PIECE);
        }
        assert_eq!(store.custody().expect("reads").len(), pieces.len());
        drop(store);
        let exam = exam_database(&dir.path().join("exams/e1.db"), "e1");
        let count = |sql: &str| exam.query_row(sql, [], |r| r.get::<_, i64>(0)).expect("counts");
        assert_eq!(count("SELECT count(*) FROM evidence_chunk"), (pieces.len() * PIECE / (1 << 20)) as i64);
        assert_eq!(count("SELECT count(*) FROM evidence_taking"), 0, "what was half there is swept");
    }
}

#[test]
fn killed_while_undoing() {
    for (count, wait) in [(1, 0), (2, 7), (4, 20)] {
        let dir = tempdir().expect("a folder");
        let (vault, mut store) = with_exam(dir.path());
        let names: Vec<String> = (0..500).map(|i| format!("帳號{i}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        for n in 0..UNDONE {
            let mut writer = store.begin_import("", EXAMINER, at()).expect("begins");
            for i in 0..4 {
                add_accounts(&mut writer, &format!("{n}-{i}.xlsx"), &names);
            }
            writer.commit().expect("commits");
        }
        drop((store, vault));
        let done = kill_after(child("undo", dir.path()), count, Duration::from_millis(wait));
        let vault = open(dir.path()).expect("opens after the crash");
        assert_eq!(vault.verify(), Ok(vec![]));
        let store = vault.open_exam(&exam().id, &[accounts()]).expect("opens");
        let undone = store.batches().expect("lists").iter().filter(|b| b.undone).count();
        assert!(done >= count && (undone == done || undone == done + 1), "{done} told, {undone} undone");
        let left = store.dataset_rows("accounts", 0, 0, None).expect("counts").total;
        assert_eq!(left, 2_000 * (UNDONE as u64 - undone as u64), "no batch is half taken back");
    }
}

#[test]
fn killed_while_making_a_vault() {
    let mut seen = Vec::new();
    for wait in [0, 2, 4, 8, 12, 20, 40, 80, 2_000] {
        let dir = tempdir().expect("a folder");
        let new = dir.path().join("vault");
        kill_after(child("create", &new), 1, Duration::from_millis(wait));
        let found = state(&new).expect("looks");
        match found {
            VaultState::Vault => drop(open(&new).expect("whole, so it opens")),
            VaultState::Empty | VaultState::HalfMade => drop(make(&new)),
            VaultState::Foreign => panic!("a cut-off vault is not recognised"),
        }
        assert_eq!(open(&new).expect("opens").verify(), Ok(vec![]));
        seen.push(found);
    }
    assert!(seen.contains(&VaultState::Vault), "{seen:?}");
}

/// The passphrase after so many changes.
fn turned(n: usize) -> String {
    if n == 0 { PASSPHRASE.to_owned() } else { format!("第{n}次的通關密語") }
}

#[test]
fn killed_while_changing_the_passphrase() {
    for (count, wait) in [(1, 0), (1, 2), (2, 5), (3, 9), (5, 1), (8, 14)] {
        let dir = tempdir().expect("a folder");
        drop(make(dir.path()));
        let done = kill_after(child("keys", dir.path()), count, Duration::from_millis(wait));
        // What was told of holds; the change after it may have come about as well.
        let by = |n| Vault::unlock(dir.path(), &pass(&turned(n)));
        let vault =
            by(done).or_else(|_| by(done + 1)).expect("the last passphrase or the one on its way opens");
        assert_eq!(vault.verify(), Ok(vec![]), "{done} told");
    }
}
