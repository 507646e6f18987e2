//! Damage is found and named; what is only being written is not taken for damage.

use crate::fixture::*;
use fieldbook_model::ItemResult;
use fieldbook_vault::{Problem, Vault, VaultError, Watch};
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use tempfile::tempdir;

/// The folder as a program that dies now leaves it.
fn as_left(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("makes");
    for entry in fs::read_dir(from).expect("reads") {
        let path = entry.expect("reads").path();
        let dest = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            as_left(&path, &dest);
        } else if path.extension().is_none_or(|ext| ext != "db-shm") {
            fs::copy(&path, &dest).expect("copies");
        }
    }
}

fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).expect("reads");
    bytes[at] ^= 0x40;
    fs::write(path, bytes).expect("writes");
}

/// A vault whose program died after `count` answers, and the ends of the answers' transactions in its log.
fn left_with_answers(dir: &Path, count: usize) -> Vec<usize> {
    let alive = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(alive.path());
    let log = alive.path().join("exams/e1.db-wal");
    let mut ends = Vec::new();
    for n in 0..count {
        store.set_answer(&answer_to(&format!("COL-{n}"), ItemResult::Compliant, "說明")).expect("stores");
        ends.push(usize::try_from(fs::metadata(&log).expect("a log").len()).expect("small"));
    }
    as_left(alive.path(), dir);
    ends
}

fn answers(vault: &Vault) -> usize {
    vault.open_exam(&exam().id, &[accounts()]).expect("opens").answers().expect("reads").len()
}

#[test]
fn a_log_that_a_dead_program_left_is_taken_over_without_a_word() {
    let dir = tempdir().expect("a folder");
    left_with_answers(dir.path(), 5);
    let vault = open(dir.path()).expect("opens");
    assert_eq!(answers(&vault), 5);
    assert_eq!(vault.verify(), Ok(vec![]));
}

#[test]
fn changes_that_a_damaged_log_would_drop_in_silence_are_kept_and_told() {
    let dir = tempdir().expect("a folder");
    let ends = left_with_answers(dir.path(), 5);
    for at in [8, 20, 40, 200, ends[1] + 5, ends[2] + 30, ends[3] - 20, ends[3] - 4_100] {
        let damaged = tempdir().expect("a folder");
        as_left(dir.path(), damaged.path());
        let log = damaged.path().join("exams/e1.db-wal");
        flip(&log, at);
        let found = fs::read(&log).expect("reads");
        let vault = open(damaged.path()).expect("opens");
        let kept = "e1.db-wal.damaged".to_owned();
        assert_eq!(fs::read(damaged.path().join("exams").join(&kept)).expect("kept"), found, "byte {at}");
        let told = vault.verify().expect("looks");
        assert!(told.contains(&Problem::Log { database: "e1".to_owned(), kept }), "byte {at}: {told:?}");
    }
}

#[test]
fn a_log_whose_beginning_is_overwritten_is_kept() {
    let dir = tempdir().expect("a folder");
    left_with_answers(dir.path(), 5);
    let log = dir.path().join("exams/e1.db-wal");
    let mut bytes = fs::read(&log).expect("reads");
    let (first, rest) = bytes.split_at_mut(4096);
    first.swap_with_slice(&mut rest[..4096]);
    fs::write(&log, bytes).expect("writes");
    let vault = open(dir.path()).expect("opens");
    let kept = "e1.db-wal.damaged".to_owned();
    assert_eq!(vault.verify(), Ok(vec![Problem::Log { database: "e1".to_owned(), kept }]));
}

#[test]
fn a_log_whose_last_two_transactions_are_damaged_is_kept() {
    let dir = tempdir().expect("a folder");
    let ends = left_with_answers(dir.path(), 5);
    let log = dir.path().join("exams/e1.db-wal");
    // One byte of every frame behind the third transaction: none of them fits.
    let frame = 24 + 4096;
    (ends[2]..ends[4]).step_by(frame).for_each(|at| flip(&log, at + 1_000));
    let vault = open(dir.path()).expect("opens");
    assert_eq!(answers(&vault), 3);
    let kept = "e1.db-wal.damaged".to_owned();
    assert_eq!(vault.verify(), Ok(vec![Problem::Log { database: "e1".to_owned(), kept }]));
}

#[test]
fn a_log_that_ends_in_the_middle_is_what_a_crash_leaves() {
    let dir = tempdir().expect("a folder");
    let ends = left_with_answers(dir.path(), 5);
    for (length, kept) in [(ends[4] - 1, 4), (ends[3] + 2_000, 4), (ends[3], 4), (ends[1] + 24, 2)] {
        let cut = tempdir().expect("a folder");
        as_left(dir.path(), cut.path());
        let log = fs::OpenOptions::new().write(true).open(cut.path().join("exams/e1.db-wal")).expect("opens");
        log.set_len(length as u64).expect("cuts");
        let vault = open(cut.path()).expect("opens");
        assert_eq!((answers(&vault), vault.verify()), (kept, Ok(vec![])), "{length} bytes");
    }
}

#[test]
fn an_old_log_behind_a_new_beginning_is_no_damage() {
    let dir = tempdir().expect("a folder");
    let alive = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(alive.path());
    for n in 0..9 {
        store.set_answer(&answer_to(&format!("COL-{n}"), ItemResult::Compliant, "說明")).expect("stores");
    }
    let conn = exam_database(&alive.path().join("exams/e1.db"), "e1");
    conn.query_row("PRAGMA wal_checkpoint(RESTART)", [], |_| Ok(())).expect("begins the log again");
    store.set_answer(&answer_to("COL-9", ItemResult::Compliant, "說明")).expect("stores");
    as_left(alive.path(), dir.path());
    let vault = open(dir.path()).expect("opens");
    assert_eq!((answers(&vault), vault.verify()), (10, Ok(vec![])));
}

#[test]
fn nothing_that_is_being_written_is_taken_for_damage() {
    let dir = tempdir().expect("a folder");
    let (vault, mut store) = with_exam(dir.path());
    let names: Vec<String> = (0..2_000).map(|i| format!("帳號{i}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let ended = AtomicBool::new(false);
    let over = &ended;
    let (vault, looks) = std::thread::scope(|threads| {
        let looking = threads.spawn(move || {
            let mut looks = 0;
            loop {
                let last = over.load(Ordering::SeqCst);
                assert_eq!(vault.verifier(&Watch::default()).run(&mut |_| {}), Ok(vec![]));
                looks += 1;
                if last {
                    return (vault, looks);
                }
            }
        });
        for n in 0..12 {
            import_accounts(&mut store, &format!("{n}.xlsx"), &names);
            for i in 0..20 {
                let answer = answer_to(&format!("COL-{n}.{i}"), ItemResult::Compliant, "說明");
                store.set_answer(&answer).expect("stores");
            }
            store.checkpoint().expect("whole");
        }
        ended.store(true, Ordering::SeqCst);
        looking.join().expect("found nothing")
    });
    assert!(looks >= 2, "{looks} looks");
    assert_eq!(vault.verify(), Ok(vec![]));
}

#[test]
fn a_stopped_verification_says_so_and_tells_no_problem() {
    let dir = tempdir().expect("a folder");
    let (vault, _store) = with_exam(dir.path());
    let watch = Watch::default();
    let mut told = Vec::new();
    vault.verifier(&watch).run(&mut |at| told.push(at)).expect("runs");
    let last = told.last().expect("progress is told");
    assert!(last.done == last.total && last.total > 100_000, "{last:?}");
    watch.stop();
    assert_eq!(vault.verifier(&watch).run(&mut |_| {}), Err(VaultError::Cancelled));
    let watch = Watch::default();
    let stopped = vault.verifier(&watch).run(&mut |_| watch.stop());
    assert_eq!(stopped, Err(VaultError::Cancelled));
}

#[test]
fn a_damaged_slot_is_told_from_a_wrong_passphrase() {
    let dir = tempdir().expect("a folder");
    let (mut vault, recovery) = make(dir.path());
    vault.change_passphrase(&pass("另一個通關密語"), 10).expect("changes");
    assert_eq!(vault.verify(), Ok(vec![]));
    drop(vault);
    let keys = dir.path().join("keys");
    for slot in ["passphrase", "recovery"] {
        let path = keys.join(format!("{slot}.age"));
        let whole = fs::read(&path).expect("reads");
        for at in (0..whole.len()).step_by(29) {
            flip(&path, at);
            let by_pass = || Vault::unlock(dir.path(), &pass("另一個通關密語"));
            let by_recovery = || Vault::unlock_with_recovery(dir.path(), &recovery);
            let (shut, vault) =
                if slot == "passphrase" { (by_pass(), by_recovery()) } else { (by_recovery(), by_pass()) };
            assert_eq!(shut.expect_err("stays shut"), VaultError::SlotDamaged { slot }, "{slot}, byte {at}");
            let found = vault.expect("the other slot opens it").verify();
            assert_eq!(found, Ok(vec![Problem::Slot { slot: slot.to_owned() }]), "{slot}, byte {at}");
            fs::write(&path, &whole).expect("writes");
        }
    }
    let got = Vault::unlock(dir.path(), &pass(PASSPHRASE)).expect_err("the one before");
    assert_eq!(got, VaultError::WrongPassphrase);
    let recovery = fs::read(keys.join("recovery.age")).expect("reads");
    fs::remove_file(keys.join("recovery.age")).expect("loses it");
    let vault = Vault::unlock(dir.path(), &pass("另一個通關密語")).expect("opens");
    assert_eq!(vault.verify(), Ok(vec![Problem::Slot { slot: "recovery".to_owned() }]));
    drop(vault);
    fs::write(keys.join("recovery.age"), recovery).expect("puts it back");
    fs::copy(keys.join("recovery.sum"), keys.join("passphrase.sum")).expect("of another slot");
    let vault = Vault::unlock(dir.path(), &pass("另一個通關密語")).expect("opens");
    assert_eq!(vault.verify(), Ok(vec![Problem::SlotCheck { slot: "passphrase".to_owned() }]));
    drop(vault);
    flip(&keys.join("passphrase.sum"), 3);
    let vault = Vault::unlock(dir.path(), &pass("另一個通關密語")).expect("the slot itself is whole");
    assert_eq!(vault.verify(), Ok(vec![Problem::SlotCheck { slot: "passphrase".to_owned() }]));
}

#[test]
fn every_changed_byte_of_the_header_is_named() {
    let dir = tempdir().expect("a folder");
    drop(make(dir.path()));
    let path = dir.path().join("keys/vault.toml");
    let whole = fs::read(&path).expect("reads");
    for at in 0..whole.len() {
        for bit in [0x01, 0x20, 0x80] {
            let mut bytes = whole.clone();
            bytes[at] ^= bit;
            fs::write(&path, bytes).expect("writes");
            match open(dir.path()) {
                Err(e) => assert!(
                    matches!(
                        e,
                        VaultError::Damaged { what: "vault header" } | VaultError::NewerFormat { .. }
                    ),
                    "byte {at}: {e}"
                ),
                Ok(vault) => {
                    let found = vault.verify().expect("looks");
                    assert!(
                        found == [Problem::Header] || found == [Problem::Recipient],
                        "byte {at}: {found:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_first_entry_of_the_journal_that_was_changed_is_named() {
    let dir = tempdir().expect("a folder");
    let (vault, mut store) = with_exam(dir.path());
    for n in 0..4 {
        store.set_answer(&answer_to(&format!("COL-{n}"), ItemResult::Compliant, "說明")).expect("stores");
    }
    drop(store);
    let conn = exam_database(&dir.path().join("exams/e1.db"), "e1");
    conn.execute_batch("DROP TRIGGER journal_no_update; UPDATE journal SET by = '別人' WHERE seq = 3")
        .expect("forges");
    drop(conn);
    let problem = Problem::Journal { database: "e1".to_owned(), seq: Some(3) };
    assert_eq!(vault.verify(), Ok(vec![problem]));
}

#[test]
fn a_file_that_belongs_to_nothing_is_named() {
    let dir = tempdir().expect("a folder");
    let (vault, _store) = with_exam(dir.path());
    fs::write(dir.path().join("exams/e1 - copy.db"), "x").expect("writes");
    for name in ["備忘.txt", "keys/old.key", "exams/e9.db-wal"] {
        fs::write(dir.path().join(name), "x").expect("writes");
    }
    let found = vault.verify().expect("looks");
    for name in ["備忘.txt", "keys/old.key", "exams/e9.db-wal", "exams/e1 - copy.db"] {
        assert!(found.contains(&Problem::Stray { name: name.to_owned() }), "{name}: {found:?}");
    }
}
