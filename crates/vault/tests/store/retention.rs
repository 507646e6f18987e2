//! Exams that are put away, and exams that are destroyed.

use crate::fixture::*;
use fieldbook_model::*;
use fieldbook_vault::{DestroyOrder, ExamState, TrailFilter, Vault, VaultError};
use jiff::civil::date;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::tempdir;

const DAY_OVER: &str = "2025-12-31";

fn order() -> DestroyOrder {
    DestroyOrder {
        by: EXAMINER.into(),
        witness: "李會同".into(),
        reason: "保存期滿".into(),
        before_due: String::new(),
        due: Some(DAY_OVER.parse().expect("a day")),
    }
}

fn answer(note: &str) -> Answer {
    answer_to("COL-D5.1", ItemResult::Compliant, note)
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { out.extend(files(&path)) } else { out.push(path) }
    }
    out.sort();
    out
}

#[test]
fn nothing_of_a_sealed_exam_is_written_until_it_is_opened_again_with_a_reason() {
    let dir = tempdir().expect("a folder");
    let (mut vault, mut store) = with_exam(dir.path());
    store.set_answer(&answer("前")).expect("stores");
    drop(store);
    let id = exam().id;
    assert_eq!(vault.put_away(&id, ExamState::Sealed, " ", EXAMINER, at()), Err(VaultError::NoReason));
    assert_eq!(vault.put_away(&id, ExamState::Open, "x", EXAMINER, at()), Err(VaultError::BadState));
    vault.put_away(&id, ExamState::Sealed, "定稿", EXAMINER, at()).expect("seals");
    drop(vault);
    let mut vault = open(dir.path()).expect("opens");
    let mut store = vault.open_exam(&id, &[accounts()]).expect("opens for reading");
    assert!(store.is_sealed());
    let before = store.checkpoint().expect("whole");
    assert_eq!(store.set_answer(&answer("後")), Err(VaultError::Sealed));
    assert_eq!(store.begin_import("", EXAMINER, at()).err(), Some(VaultError::Sealed));
    assert_eq!(store.set_systems(&[], EXAMINER, at()), Err(VaultError::Sealed));
    let head = vault.update_exam(&mut store, &exam(), EXAMINER, at());
    assert_eq!(head, Err(VaultError::Sealed));
    assert_eq!(store.answers().expect("reads")[0].note, "前");
    assert_eq!(store.checkpoint().expect("whole"), before);
    drop(store);
    vault.put_away(&id, ExamState::Open, "補正", "李查核", at()).expect("opens again");
    vault.open_exam(&id, &[]).expect("opens").set_answer(&answer("後")).expect("stores");
    let filter = TrailFilter { action: Some("vault.exam_unsealed".into()), ..Default::default() };
    let entries = vault.trail().page(&filter, 0, 9).expect("reads").1;
    assert!(entries.len() == 1 && entries[0].by == "李查核" && entries[0].detail.contains("補正"));
    assert_eq!(vault.verify(), Ok(vec![]));
}

#[test]
fn an_archived_exam_is_smaller_and_says_the_same() {
    let dir = tempdir().expect("a folder");
    let (mut vault, mut store) = with_exam(dir.path());
    let long = "長".repeat(200_000);
    let mut piece = answer(&long);
    store.set_answer(&piece).expect("stores");
    piece.note = "短".into();
    store.set_answer(&piece).expect("stores");
    let at_end = store.checkpoint().expect("whole");
    drop(store);
    let path = dir.path().join("exams/e1.db");
    vault.put_away(&exam().id, ExamState::Archived, "結案", EXAMINER, at()).expect("archives");
    assert_eq!(vault.keeping(&exam().id).expect("kept").state, ExamState::Archived);
    let store = vault.open_exam(&exam().id, &[]).expect("opens");
    assert_eq!(store.checkpoint(), Ok(at_end));
    assert_eq!(store.answers().expect("reads")[0].note, "短");
    drop(store);
    assert!(path.is_file() && !dir.path().join("exams/e1.partial").exists());
    assert_eq!(vault.verify(), Ok(vec![]));
}

#[test]
fn an_exam_is_not_destroyed_before_its_day_without_a_reason_for_it() {
    let dir = tempdir().expect("a folder");
    let (mut vault, store) = with_exam(dir.path());
    drop(store);
    let id = exam().id;
    let today = date(2026, 11, 21);
    for due in [None, Some(today)] {
        let early = DestroyOrder { due, ..order() };
        assert_eq!(vault.destroy_exam(&id, &early, at()), Err(VaultError::StillKept), "{due:?}");
    }
    let nameless = DestroyOrder { by: " ".into(), ..order() };
    assert_eq!(vault.destroy_exam(&id, &nameless, at()), Err(VaultError::NoPerson));
    let unfounded = DestroyOrder { reason: String::new(), ..order() };
    assert_eq!(vault.destroy_exam(&id, &unfounded, at()), Err(VaultError::NoReason));
    assert!(vault.open_exam(&id, &[]).is_ok(), "it is all there");
    assert_eq!(vault.destructions(), Ok(vec![]));
    let founded = DestroyOrder { due: None, before_due: "當事人要求".into(), ..order() };
    let record = vault.destroy_exam(&id, &founded, at()).expect("destroys");
    assert_eq!(record.before_due, "當事人要求");
}

#[test]
fn of_a_destroyed_exam_only_the_record_is_left_and_a_copy_of_its_file_does_not_open() {
    let dir = tempdir().expect("a folder");
    let (mut vault, mut store) = with_exam(dir.path());
    store.set_answer(&answer("機密")).expect("stores");
    let end = store.checkpoint().expect("whole");
    drop(store);
    let copy = tempdir().expect("a folder");
    fs::copy(dir.path().join("exams/e1.db"), copy.path().join("e1.db")).expect("copies");
    fs::create_dir_all(dir.path().join("backups/2026")).expect("makes");
    for name in ["backups/2026/e1-v6.db", "backups/e1.db", "backups/e11.db", "backups/note1.txt"] {
        fs::write(dir.path().join(name), b"x").expect("writes");
    }
    let record = vault.destroy_exam(&exam().id, &order(), at()).expect("destroys");
    assert_eq!((record.journal.clone(), record.own_key, record.copies), (end, true, 2));
    assert_eq!((record.firm.as_str(), record.file_sha256.len(), record.finished_at), (FIRM, 64, Some(at())));
    let left: Vec<String> = files(dir.path())
        .iter()
        .map(|p| p.file_name().expect("a name").to_string_lossy().into_owned())
        .collect();
    assert!(!left.iter().any(|name| name.starts_with("e1.") || name.starts_with("e1-")), "{left:?}");
    assert!(left.contains(&"e11.db".to_owned()) && left.contains(&"note1.txt".to_owned()), "others stay");
    assert_eq!(vault.open_exam(&exam().id, &[]).err(), Some(VaultError::Destroyed));
    assert_eq!(vault.exams(), Ok(vec![]));
    assert_eq!(vault.verify(), Ok(vec![]));
    drop(vault);
    // Somebody puts the file back: it is nobody's, and nothing in the vault makes its key again.
    fs::copy(copy.path().join("e1.db"), dir.path().join("exams/e1.db")).expect("copies");
    let vault = open(dir.path()).expect("opens");
    assert_eq!((vault.exams(), vault.verify()), (Ok(vec![]), Ok(vec![])));
    assert_eq!(vault.destructions().expect("reads"), [record]);
    let label = "exam/e1";
    let opened =
        database(&dir.path().join("exams/e1.db"), label)
            .query_row("SELECT count(*) FROM exam", [], |r| r.get::<_, i64>(0));
    assert!(opened.is_err(), "the data key alone does not open it");
    let acts: Vec<String> = vault
        .trail()
        .page(&TrailFilter::default(), 0, 9)
        .expect("reads")
        .1
        .into_iter()
        .map(|e| e.action)
        .collect();
    assert_eq!(acts, ["vault.exam_destroyed", "vault.exam_destroy", "vault.exam_made"]);
}

#[test]
fn the_salt_is_in_no_page_of_the_vault_afterwards() {
    let dir = tempdir().expect("a folder");
    let (mut vault, store) = with_exam(dir.path());
    drop(store);
    let found = |dir: &Path| {
        let conn = database(&dir.join("vault.db"), "vault");
        conn.query_row("SELECT count(*) FROM exam_key", [], |r| r.get::<_, i64>(0)).expect("reads")
    };
    assert_eq!(found(dir.path()), 1);
    vault.destroy_exam(&exam().id, &order(), at()).expect("destroys");
    assert_eq!(found(dir.path()), 0);
    drop(vault);
    // The whole file in the clear: freed pages were overwritten, so the salt is in none of them.
    let conn = database(&dir.path().join("vault.db"), "vault");
    let plain = dir.path().join("plain.db");
    conn.execute_batch(&format!("ATTACH '{}' AS plain KEY '';", plain.display())).expect("attaches");
    conn.query_row("SELECT sqlcipher_export('plain')", [], |_| Ok(())).expect("exports");
    conn.execute_batch("DETACH plain").expect("detaches");
    let bytes = fs::read(&plain).expect("reads");
    assert!(bytes.len() > 4096 && !bytes.windows(32).any(|w| w == [0x5a; 32]));
    assert!(
        !dir.path().join("vault.db-wal").exists()
            || fs::metadata(dir.path().join("vault.db-wal")).expect("a file").len() == 0
    );
}

#[test]
fn the_firms_explained_rows_go_with_its_last_exam_and_no_earlier() {
    let dir = tempdir().expect("a folder");
    let (mut vault, store) = with_exam(dir.path());
    drop(store);
    let second = Exam { id: ExamId::parse("e2").expect("an id"), ..exam() };
    vault.create_exam(&second, EXAMINER, &law("目前"), &mut salt()).expect("is made");
    let remembered = RememberedDisposition {
        procedure: "T-COL-05".into(),
        rule: "1".into(),
        row: "root".into(),
        disposition: Disposition {
            kind: DispositionKind::Explained,
            note: "緊急帳號".into(),
            by: EXAMINER.into(),
            at: at(),
        },
    };
    vault.remember_dispositions(FIRM, &[remembered]).expect("remembers");
    let kept = |vault: &Vault| vault.remembered_dispositions(FIRM, "T-COL-05").expect("reads").len();
    vault.destroy_exam(&exam().id, &order(), at()).expect("destroys");
    assert_eq!(kept(&vault), 1);
    vault.destroy_exam(&second.id, &order(), at()).expect("destroys");
    assert_eq!(kept(&vault), 0);
}

#[test]
fn a_destruction_that_was_cut_off_is_finished_and_until_then_the_exam_is_gone() {
    let dir = tempdir().expect("a folder");
    let (mut vault, store) = with_exam(dir.path());
    drop(store);
    let keep = tempdir().expect("a folder");
    for name in ["e1.db", "e1.key"] {
        fs::copy(dir.path().join("exams").join(name), keep.path().join(name)).expect("copies");
    }
    vault.destroy_exam(&exam().id, &order(), at()).expect("destroys");
    drop(vault);
    // As a crash right after the record was written leaves it: begun, and both files there.
    for name in ["e1.db", "e1.key"] {
        fs::copy(keep.path().join(name), dir.path().join("exams").join(name)).expect("copies");
    }
    let conn = database(&dir.path().join("vault.db"), "vault");
    conn.execute_batch("DROP TRIGGER destruction_no_change; UPDATE destruction SET finished_at = NULL;")
        .expect("harms");
    drop(conn);
    let mut vault = open(dir.path()).expect("opens");
    assert_eq!(vault.exams(), Ok(vec![]), "not adopted again");
    assert_eq!(vault.open_exam(&exam().id, &[]).err(), Some(VaultError::Destroyed));
    assert_eq!(vault.finish_destructions(at()), Ok(vec![exam().id]));
    assert!(fs::read_dir(dir.path().join("exams")).expect("a folder").next().is_none());
    assert_eq!(vault.finish_destructions(at()), Ok(vec![]));
}

#[test]
fn an_exam_of_an_earlier_release_is_overwritten_and_the_record_says_so() {
    let dir = tempdir().expect("a folder");
    let (vault, store) = with_exam(dir.path());
    drop((store, vault));
    // Without the random part: as an earlier release made it.
    let path = dir.path().join("exams/e1.db");
    let conn = exam_database(&path, "e1");
    let old = dir.path().join("exams/old.db");
    conn.execute_batch(&format!("ATTACH '{}' AS old KEY \"x'{}'\";", old.display(), old_key()))
        .expect("attaches");
    conn.query_row("SELECT sqlcipher_export('old')", [], |_| Ok(())).expect("exports");
    let version: u32 = conn.pragma_query_value(None, "user_version", |r| r.get(0)).expect("reads");
    conn.execute_batch(&format!("PRAGMA old.user_version = {version}; DETACH old")).expect("detaches");
    drop(conn);
    fs::rename(&old, &path).expect("renames");
    fs::remove_file(dir.path().join("exams/e1.key")).expect("removes");
    let conn = database(&dir.path().join("vault.db"), "vault");
    conn.execute_batch("DELETE FROM exam_key").expect("deletes");
    drop(conn);
    let mut vault = open(dir.path()).expect("opens");
    drop(vault.open_exam(&exam().id, &[]).expect("opens"));
    // A second name of the same file shows what was written before it went.
    let witness = dir.path().join("witness");
    fs::hard_link(&path, &witness).expect("links");
    let record = vault.destroy_exam(&exam().id, &order(), at()).expect("destroys");
    assert!(!record.own_key && record.file_bytes > 0);
    assert!(fs::read(&witness).expect("reads").iter().all(|b| *b == 0), "overwritten");
}
