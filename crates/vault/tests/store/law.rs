//! The law that an exam is examined by: stored once, pinned, moved, and right again after anything was cut off.

use crate::fixture::*;
use fieldbook_model::{Exam, ExamId};
use fieldbook_vault::{ExamLaw, Problem, StoredPackage, Vault, VaultError};
use std::path::Path;
use tempfile::tempdir;

fn id(text: &str) -> ExamId {
    ExamId::parse(text).expect("an id")
}

fn vault_db(dir: &Path) -> rusqlite::Connection {
    database(&dir.join("vault.db"), "vault")
}

fn made_with(name: &str, packages: &[&str]) -> ExamLaw {
    ExamLaw { packages: packages.iter().map(|p| (*p).to_owned()).collect(), ..law(name) }
}

fn load(vault: &mut Vault, sha256: &str) {
    let package = StoredPackage {
        sha256: sha256.to_owned(),
        name: "內規".to_owned(),
        version: "1".to_owned(),
        signer: "ab".repeat(32),
        text: String::new(),
        by: EXAMINER.to_owned(),
        at: at(),
    };
    assert_eq!(vault.add_package(&package), Ok(true));
}

#[test]
fn two_exams_of_one_law_store_it_once() {
    let dir = tempdir().expect("a folder");
    let (mut vault, first) = with_exam(dir.path());
    vault.create_exam(&Exam { id: id("e2"), ..exam() }, EXAMINER, &law("現行"), &mut salt()).expect("makes");
    let second = vault.open_exam(&id("e2"), &[]).expect("opens");
    for store in [&first, &second] {
        assert_eq!(store.law_sha256(), Ok(Some(law("現行").sha256)));
        assert_eq!(store.editions(), Ok(law("現行").pins));
    }
    assert_eq!(vault.law(&law("現行").sha256), Ok(Some(law("現行").files)));
    assert_eq!(vault.law(&law("別的").sha256), Ok(None));
    let created = first.journal(0, 1).expect("reads").remove(0).detail;
    assert!(created.contains(&law("現行").sha256) && created.contains("FCM"), "{created}");
    drop(vault);
    let laws: i64 =
        vault_db(dir.path()).query_row("SELECT count(*) FROM law", [], |r| r.get(0)).expect("counts");
    assert_eq!(laws, 1);
}

#[test]
fn an_exam_moves_to_another_law_and_the_journal_says_from_where_to_where() {
    let dir = tempdir().expect("a folder");
    let (mut vault, mut store) = with_exam(dir.path());
    assert_eq!(vault.pin_law(&mut store, &law("現行"), EXAMINER, at()), Ok(false), "nothing to change");
    assert_eq!(vault.pin_law(&mut store, &law("修正"), " ", at()), Err(VaultError::NoPerson));
    assert_eq!(vault.pin_law(&mut store, &law("修正"), EXAMINER, at()), Ok(true));
    assert_eq!((store.law_sha256(), store.editions()), (Ok(Some(law("修正").sha256)), Ok(law("修正").pins)));
    assert_eq!(vault.law(&law("現行").sha256), Ok(Some(law("現行").files)), "the former law is kept");
    let journal = store.journal(1, 9).expect("reads");
    assert_eq!((journal.len(), journal[0].action.as_str()), (1, "edition.pin"));
    let (a, b) = (law("現行").sha256, law("修正").sha256);
    let expected = format!(
        r#"{{"old":{{"law":"{a}","editions":[["FCM","現行","{a}"]]}},"new":{{"law":"{b}","editions":[["FCM","修正","{b}"]]}}}}"#
    );
    assert_eq!(journal[0].detail, expected);

    let mut twice = law("兩次");
    twice.pins.push(twice.pins[0].clone());
    assert!(vault.pin_law(&mut store, &twice, EXAMINER, at()).is_err());
    assert_eq!((store.law_sha256(), store.editions()), (Ok(Some(b)), Ok(law("修正").pins)));
    let new = Exam { id: id("e2"), ..exam() };
    assert!(vault.create_exam(&new, EXAMINER, &twice, &mut salt()).is_err());
    assert_eq!(vault.exams().expect("lists").len(), 1);
    vault.create_exam(&new, EXAMINER, &law("兩次"), &mut salt()).expect("can be made after a refusal");
    assert_eq!(vault.verify(), Ok(vec![]));
}

#[test]
fn a_package_in_use_stays() {
    let dir = tempdir().expect("a folder");
    let (mut vault, mut store) = with_exam(dir.path());
    load(&mut vault, "aa");
    load(&mut vault, "bb");
    assert_eq!(vault.pin_law(&mut store, &made_with("合一", &["aa", "bb"]), EXAMINER, at()), Ok(true));
    let in_use = Err(VaultError::PackageInUse { exam: exam().id });
    assert_eq!(vault.remove_package("aa", EXAMINER, at()), in_use);
    assert_eq!(vault.remove_package("bb", EXAMINER, at()), in_use);
    assert_eq!(vault.packages().expect("lists").len(), 2);
    assert_eq!(vault.pin_law(&mut store, &made_with("其一", &["bb"]), EXAMINER, at()), Ok(true));
    assert_eq!(vault.remove_package("aa", EXAMINER, at()), Ok(()));
    assert_eq!(vault.remove_package("aa", EXAMINER, at()), Err(VaultError::UnknownPackage));
    assert_eq!(vault.remove_package("bb", EXAMINER, at()), in_use);

    // The same law from another package: both went into it.
    load(&mut vault, "cc");
    let other = Exam { id: id("e2"), ..exam() };
    vault.create_exam(&other, EXAMINER, &made_with("其一", &["cc"]), &mut salt()).expect("makes");
    assert!(
        vault.remove_package("bb", EXAMINER, at()).is_err()
            && vault.remove_package("cc", EXAMINER, at()).is_err()
    );
}

#[test]
fn a_package_in_use_by_an_exam_put_back_from_a_copy_stays() {
    let (dir, aside) = (tempdir().expect("a folder"), tempdir().expect("a folder"));
    let (mut vault, mut store) = with_exam(dir.path());
    load(&mut vault, "aa");
    assert_eq!(vault.pin_law(&mut store, &made_with("舊", &["aa"]), EXAMINER, at()), Ok(true));
    drop(store);
    vault.backup(&aside.path().join("copy"), at()).expect("copies");
    let mut store = vault.open_exam(&exam().id, &[]).expect("opens");
    assert_eq!(vault.pin_law(&mut store, &law("新"), EXAMINER, at()), Ok(true));
    drop(store);
    let file = dir.path().join("exams/e1.db");
    std::fs::copy(aside.path().join("copy/exams/e1.db"), &file).expect("puts it back");
    assert_eq!(vault.remove_package("aa", EXAMINER, at()), Err(VaultError::PackageInUse { exam: exam().id }));
}

/// A vault with exam `e1` under the law that package `old` went into; the law of package `new` is stored too.
fn with_two_packages(dir: &Path) {
    let (mut vault, mut store) = with_exam(dir);
    load(&mut vault, "old");
    load(&mut vault, "new");
    vault.pin_law(&mut store, &made_with("新", &["new"]), EXAMINER, at()).expect("pins");
    vault.pin_law(&mut store, &made_with("舊", &["old"]), EXAMINER, at()).expect("pins");
}

fn note(dir: &Path, exam: &str, law: &ExamLaw) {
    let sql = "INSERT INTO exam_law VALUES (?1, ?2)";
    vault_db(dir).execute(sql, [exam, &law.sha256]).expect("as a crash leaves it");
}

#[test]
fn a_move_that_was_cut_off_is_settled_from_the_exams_file() {
    // Noted before the exam's file, which still names the law before; or left behind, when it already named the next.
    let dir = tempdir().expect("a folder");
    with_two_packages(dir.path());
    note(dir.path(), "e1", &law("新"));
    let mut vault = open(dir.path()).expect("opens");
    assert_eq!(vault.verify(), Ok(vec![]));
    assert_eq!(vault.remove_package("new", EXAMINER, at()), Ok(()));
    assert_eq!(
        vault.remove_package("old", EXAMINER, at()),
        Err(VaultError::PackageInUse { exam: exam().id })
    );
}

#[test]
fn an_exam_whose_making_was_cut_off_holds_no_package() {
    let dir = tempdir().expect("a folder");
    with_two_packages(dir.path());
    note(dir.path(), "e9", &law("新"));
    let mut vault = open(dir.path()).expect("opens");
    assert_eq!(vault.remove_package("new", EXAMINER, at()), Ok(()));
    drop(vault);
    let noted: i64 = vault_db(dir.path())
        .query_row("SELECT count(*) FROM exam_law WHERE exam = 'e9'", [], |r| r.get(0))
        .expect("counts");
    assert_eq!(noted, 0);
}

#[test]
fn a_list_that_is_renewed_from_the_files_knows_their_laws() {
    let dir = tempdir().expect("a folder");
    with_two_packages(dir.path());
    vault_db(dir.path())
        .execute_batch("DELETE FROM exam_index; DELETE FROM exam_law;")
        .expect("as if the list were lost");
    drop(open(dir.path()).expect("opens and renews the list"));
    let laws = |sql| vault_db(dir.path()).query_row::<String, _, _>(sql, [], |r| r.get(0));
    assert_eq!(laws("SELECT exam || law FROM exam_law"), Ok(format!("e1{}", law("舊").sha256)));
    let mut vault = open(dir.path()).expect("opens");
    assert_eq!(vault.exams().expect("lists").len(), 1);
    assert_eq!(
        vault.remove_package("old", EXAMINER, at()),
        Err(VaultError::PackageInUse { exam: exam().id })
    );
}

#[test]
fn verify_names_an_exam_whose_law_is_gone() {
    let dir = tempdir().expect("a folder");
    drop(with_exam(dir.path()));
    vault_db(dir.path()).execute_batch("DELETE FROM exam_law; DELETE FROM law;").expect("takes it out");
    let vault = open(dir.path()).expect("opens");
    assert_eq!(vault.verify(), Ok(vec![Problem::LawMissing { exam: exam().id }]));
    let store = vault.open_exam(&exam().id, &[]).expect("what was recorded stays within reach");
    assert_eq!(vault.law(&store.law_sha256().expect("reads").expect("named")), Ok(None));
}
