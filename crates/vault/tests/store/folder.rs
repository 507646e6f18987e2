//! The folder: making, opening, refusing, copying.

use crate::fixture::*;
use fieldbook_model::{Answer, Exam, ExamId, ItemResult};
use fieldbook_vault::{
    Problem, RememberedMapping, Slot, Vault, VaultError, VaultState, header_signature, state,
};
use secrecy::ExposeSecret;
use std::fs;
use std::path::Path;
use tempfile::tempdir;

#[test]
fn a_wrong_passphrase_changes_no_byte() {
    let dir = tempdir().expect("a folder");
    drop(with_exam(dir.path()));
    for without_lock in [false, true] {
        if without_lock {
            fs::remove_file(dir.path().join("lock")).expect("removes");
        }
        let before = tree(dir.path());
        let got = Vault::unlock(dir.path(), &pass("錯誤的通關密語"));
        assert_eq!(got.expect_err("refused"), VaultError::WrongPassphrase);
        assert_eq!(tree(dir.path()), before);
    }
    open(dir.path()).expect("the right one still opens it");
}

#[test]
fn a_second_window_is_refused_until_the_first_is_closed() {
    let dir = tempdir().expect("a folder");
    let (first, _) = make(dir.path());
    assert_eq!(open(dir.path()).expect_err("refused"), VaultError::InUse);
    drop(first);
    open(dir.path()).expect("opens now");
}

#[test]
fn recovery_opens_and_only_the_shown_identity_does() {
    let (dir, other) = (tempdir().expect("a folder"), tempdir().expect("a folder"));
    let (vault, recovery) = make(dir.path());
    let recipient = vault.recipient().to_owned();
    assert!(recipient.starts_with("age1"));
    assert_eq!(vault.slots(), [Slot::Passphrase, Slot::Recovery]);
    drop(vault);
    let (_, foreign) = make(other.path());
    let got = Vault::unlock_with_recovery(dir.path(), &foreign);
    assert_eq!(got.expect_err("refused"), VaultError::WrongIdentity);

    let mut vault = Vault::unlock_with_recovery(dir.path(), &recovery).expect("opens");
    assert_eq!(vault.recipient(), recipient);
    vault.change_passphrase(&pass("新的"), WORK).expect("a new passphrase");
    drop(vault);
    assert_eq!(open(dir.path()).expect_err("the old one"), VaultError::WrongPassphrase);
    Vault::unlock(dir.path(), &pass("新的")).expect("the new one");
}

#[test]
fn typing_the_identity_back_is_taken_down_and_renewing_asks_again() {
    let dir = tempdir().expect("a folder");
    let (mut vault, recovery) = make(dir.path());
    let groups: Vec<String> = recovery.groups().iter().map(|g| g.expose_secret().to_owned()).collect();
    assert_eq!(vault.confirm_recovery(&recovery, &[2, 5], &[&groups[2], "XXXX"]), Ok(false));
    assert_eq!(vault.recovery_confirmed(), Ok(false));
    assert_eq!(vault.confirm_recovery(&recovery, &[2, 5], &[&groups[2], &groups[5]]), Ok(true));
    assert_eq!(vault.recovery_confirmed(), Ok(true));

    let renewed = vault.renew_recovery().expect("renews");
    assert_eq!(vault.recovery_confirmed(), Ok(false));
    let stale = vault.confirm_recovery(&recovery, &[2, 5], &[&groups[2], &groups[5]]);
    assert_eq!(stale, Err(VaultError::WrongIdentity));
    drop(vault);
    assert!(Vault::unlock_with_recovery(dir.path(), &recovery).is_err());
    Vault::unlock_with_recovery(dir.path(), &renewed).expect("the new one opens");
}

#[test]
fn a_folder_with_anything_else_in_it_is_refused() {
    let dir = tempdir().expect("a folder");
    fs::write(dir.path().join("報告.docx"), "x").expect("writes");
    let mut entropy = |b: &mut [u8]| b.fill(1);
    let got = Vault::create(dir.path(), &pass("x"), &mut entropy, WORK, at());
    assert_eq!(got.expect_err("refused"), VaultError::FolderNotEmpty);
    assert_eq!(fs::read_dir(dir.path()).expect("reads").count(), 1);

    let dir = tempdir().expect("a folder");
    drop(make(dir.path()));
    let before = tree(dir.path());
    let got = Vault::create(dir.path(), &pass("x"), &mut entropy, WORK, at());
    assert_eq!(got.expect_err("refused"), VaultError::AlreadyAVault);
    assert_eq!(tree(dir.path()), before);
    assert_eq!(open(&dir.path().join("nowhere")).expect_err("none"), VaultError::NotAVault);
}

#[test]
fn a_refused_passphrase_leaves_no_folder_behind() {
    let dir = tempdir().expect("a folder");
    let new = dir.path().join("vault");
    let mut entropy = |b: &mut [u8]| b.fill(1);
    let empty = Vault::create(&new, &pass(""), &mut entropy, WORK, at());
    assert_eq!(empty.expect_err("refused"), VaultError::EmptyPassphrase);
    let work = Vault::create(&new, &pass("x"), &mut entropy, 23, at());
    assert_eq!(work.expect_err("refused"), VaultError::WorkFactor { found: 23 });
    assert!(!new.exists());
}

#[test]
fn a_half_made_vault_is_recognised_and_made_again() {
    let dir = tempdir().expect("a folder");
    drop(make(dir.path()));
    fs::remove_file(dir.path().join("keys/vault.toml")).expect("as if cut off before the last step");
    fs::write(dir.path().join("keys/passphrase.partial"), "half").expect("writes");
    assert_eq!(state(dir.path()), Ok(VaultState::HalfMade));
    assert_eq!(open(dir.path()).expect_err("none yet"), VaultError::NotAVault);
    drop(make(dir.path()));
    assert_eq!(state(dir.path()), Ok(VaultState::Vault));
    open(dir.path()).expect("opens");
}

#[test]
fn a_lost_header_never_lets_exams_be_made_over() {
    let dir = tempdir().expect("a folder");
    drop(with_exam(dir.path()));
    fs::remove_file(dir.path().join("keys/vault.toml")).expect("removes");
    assert_eq!(state(dir.path()), Ok(VaultState::Foreign));
}

#[test]
fn nothing_is_in_the_clear_while_the_vault_is_open() {
    let dir = tempdir().expect("a folder");
    let (mut vault, mut store) = with_exam(dir.path());
    vault.set_setting("letterhead", Some(FIRM)).expect("stores");
    vault.remember_mapping(FIRM, "accounts", "h", &mapping(&["account"])).expect("stores");
    let names: Vec<String> = (0..3000).map(|i| format!("{FIRM}之帳號{i}")).collect();
    import_accounts(
        &mut store,
        &format!("{FIRM}.xlsx"),
        &names.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    let answer = Answer { by: FIRM.to_owned(), ..answer_to("COL-1", ItemResult::Compliant, FIRM) };
    store.set_answer(&answer).expect("stores");
    let _reader = store.reader(|| false).expect("a second connection");
    assert!(dir.path().join("exams/e1.db-wal").metadata().expect("there is a log").len() > 0);
    let (mut files, marker) = (0, FIRM.as_bytes());
    for name in tree(dir.path()).keys().filter(|n| !n.ends_with('/')) {
        let bytes = fs::read(dir.path().join(name)).expect("reads");
        assert!(!bytes.windows(marker.len()).any(|w| w == marker), "{name} holds the firm's name");
        assert!(!bytes.starts_with(b"SQLite format 3"), "{name} is no encrypted database");
        files += 1;
    }
    assert!(files >= 9, "{files} files looked at");
}

#[test]
fn an_exam_under_another_name_does_not_open() {
    let dir = tempdir().expect("a folder");
    let (mut vault, store) = with_exam(dir.path());
    drop(store);
    assert_eq!(vault.create_exam(&exam(), EXAMINER, &law("現行"), &mut salt()), Err(VaultError::ExamExists));
    let mut other = exam();
    other.id = ExamId::parse("e2").expect("an id");
    vault.create_exam(&other, EXAMINER, &law("現行"), &mut salt()).expect("another exam");
    let exams = dir.path().join("exams");
    fs::copy(exams.join("e1.db"), exams.join("e2.db")).expect("copies");
    let got = vault.open_exam(&other.id, &[]);
    assert_eq!(got.expect_err("refused"), VaultError::DamagedDatabase { database: "e2".to_owned() });
    fs::remove_file(exams.join("e2.db")).expect("removes");
    assert_eq!(vault.open_exam(&other.id, &[]).expect_err("gone"), VaultError::ExamFileMissing);
    assert_eq!(vault.verify(), Ok(vec![Problem::ExamFileMissing { exam: other.id }]));
}

#[test]
fn an_exam_that_is_missing_from_the_list_is_found_by_its_file() {
    let (dir, aside) = (tempdir().expect("a folder"), tempdir().expect("a folder"));
    drop(make(dir.path()));
    let (db, before) = (dir.path().join("vault.db"), aside.path().join("vault.db"));
    fs::copy(&db, &before).expect("copies the list while it is empty");
    let mut vault = open(dir.path()).expect("opens");
    vault.create_exam(&exam(), EXAMINER, &law("現行"), &mut salt()).expect("makes");
    drop(vault);
    fs::copy(&before, &db).expect("puts the empty list back");
    let vault = open(dir.path()).expect("opens");
    let heads = vault.exams().expect("lists");
    assert_eq!((heads.len(), heads[0].firm.as_str()), (1, FIRM));
    vault.open_exam(&exam().id, &[]).expect("opens");
    // The older list knows nothing of the law that was stored after it.
    assert_eq!(vault.verify(), Ok(vec![Problem::LawMissing { exam: exam().id }]));
}

#[test]
fn a_lost_exam_key_is_brought_back_from_the_other_place() {
    let (dir, aside) = (tempdir().expect("a folder"), tempdir().expect("a folder"));
    let (vault, store) = with_exam(dir.path());
    drop((store, vault));
    let key = dir.path().join("exams/e1.key");
    let whole = fs::read(&key).expect("a key beside the exam");
    fs::copy(&key, aside.path().join("e1.key")).expect("copies");

    fs::remove_file(&key).expect("loses the file");
    let vault = open(dir.path()).expect("opens");
    vault.open_exam(&exam().id, &[]).expect("opens");
    assert_eq!(fs::read(&key).expect("is back"), whole);
    drop(vault);

    let rows = database(&dir.path().join("vault.db"), "vault");
    rows.execute("DELETE FROM exam_key", []).expect("loses the row");
    drop(rows);
    let vault = open(dir.path()).expect("opens");
    vault.open_exam(&exam().id, &[]).expect("opens");
    assert_eq!(vault.verify(), Ok(vec![]));
}

#[test]
fn verify_names_an_exam_key_that_was_changed() {
    let dir = tempdir().expect("a folder");
    let (vault, store) = with_exam(dir.path());
    drop(store);
    let key = dir.path().join("exams/e1.key");
    let whole = fs::read(&key).expect("reads");
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        fs::write(&key, bytes).expect("writes");
        assert_eq!(vault.verify(), Ok(vec![Problem::ExamKey { exam: exam().id }]), "byte {at}");
        vault.open_exam(&exam().id, &[]).expect("the other place is enough");
    }
}

#[test]
fn an_exam_whose_making_was_cut_off_can_be_made() {
    let dir = tempdir().expect("a folder");
    let (mut vault, _) = make(dir.path());
    for name in ["e1.partial", "e1.partial-wal", "e1.partial-shm"] {
        fs::write(dir.path().join("exams").join(name), "half").expect("writes");
    }
    assert_eq!(vault.open_exam(&exam().id, &[]).expect_err("none yet"), VaultError::UnknownExam);
    assert_eq!(vault.verify(), Ok(vec![]));
    vault.create_exam(&exam(), EXAMINER, &law("現行"), &mut salt()).expect("makes");
    assert_eq!(fs::read_dir(dir.path().join("exams")).expect("reads").count(), 2, "the exam and its key");
}

#[test]
fn the_head_of_an_exam_can_be_changed() {
    let dir = tempdir().expect("a folder");
    let (mut vault, mut store) = with_exam(dir.path());
    let changed =
        Exam { case_no: "115-證-0099".to_owned(), examiners: vec!["李".into(), "王".into()], ..exam() };
    vault.update_exam(&mut store, &changed, EXAMINER, at()).expect("updates");
    assert_eq!(store.exam().expect("reads"), changed);
    assert_eq!(vault.exams().expect("lists")[0].case_no, "115-證-0099");
    let other = Exam { id: ExamId::parse("e2").expect("an id"), ..exam() };
    assert_eq!(vault.update_exam(&mut store, &other, EXAMINER, at()), Err(VaultError::UnknownExam));
}

#[test]
fn verify_names_a_flipped_byte() {
    let dir = tempdir().expect("a folder");
    let (vault, mut store) = with_exam(dir.path());
    let names: Vec<String> = (0..5000).map(|i| format!("帳號{i}")).collect();
    import_accounts(&mut store, "a.xlsx", &names.iter().map(String::as_str).collect::<Vec<_>>());
    drop(store);
    assert_eq!(vault.verify(), Ok(vec![]));
    let path = dir.path().join("exams/e1.db");
    let mut bytes = fs::read(&path).expect("reads");
    let middle = bytes.len() - 4096 - 2000;
    bytes[middle] ^= 1;
    fs::write(&path, bytes).expect("writes");
    let found = vault.verify().expect("looks");
    let page = (middle / 4096 + 1) as u64;
    let (database, tables) = ("e1".to_owned(), vec!["ds_accounts".to_owned()]);
    assert!(found.contains(&Problem::Pages { database, pages: vec![page], count: 1, tables }), "{found:?}");
}

#[test]
fn a_backup_is_a_vault_of_its_own() {
    let (dir, dest) = (tempdir().expect("a folder"), tempdir().expect("a folder"));
    let (vault, mut store) = with_exam(dir.path());
    import_accounts(&mut store, "a.xlsx", &["root", "王小明"]);
    let made = vault.backup(dest.path(), at()).expect("copies");
    assert_eq!((made.exams, made.sha256.len()), (1, 64));
    assert_eq!(vault.backup(dest.path(), at()), Err(VaultError::FolderNotEmpty));
    let copy = open(dest.path()).expect("opens beside the original");
    assert_eq!(copy.verify(), Ok(vec![]));
    let copied = copy.open_exam(&exam().id, &[accounts()]).expect("opens");
    assert_eq!(copied.checkpoint(), store.checkpoint());
    assert_eq!(copied.dataset_rows("accounts", 0, 9, None), store.dataset_rows("accounts", 0, 9, None));
}

#[test]
fn settings_and_mappings_are_remembered_and_the_vaults_own_are_out_of_reach() {
    let dir = tempdir().expect("a folder");
    let (mut vault, _) = make(dir.path());
    vault.set_setting("theme", Some("dark")).expect("stores");
    let map = mapping(&["account", "level"]);
    vault.remember_mapping("甲乙綜合證券股份有限公司", "accounts", "sig", &map).expect("stores");
    drop(vault);
    let mut vault = open(dir.path()).expect("opens");
    assert_eq!(vault.setting("theme"), Ok(Some("dark".to_owned())));
    assert_eq!(vault.recall_mapping(FIRM, "accounts", "sig"), Ok(Some(map)));
    assert_eq!(vault.recall_mapping("丙", "accounts", "sig"), Ok(None));
    for own in ["internal.identity", "internal.signer"] {
        vault.set_setting(own, None).expect("does nothing");
        assert_eq!(vault.setting(own), Ok(None));
    }
    assert!(vault.identity().is_ok() && vault.sign(b"").is_ok());
    assert!(!format!("{vault:?}").contains("SECRET"));
}

#[test]
fn the_folder_is_for_its_owner_only() {
    let dir = tempdir().expect("a folder");
    let new = dir.path().join("vault");
    drop(make(&new));
    #[cfg(unix)]
    for below in ["", "keys", "exams"] {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(Path::new(&new).join(below)).expect("there").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{below}");
    }
}

#[test]
fn mappings_go_from_one_vault_to_another() {
    let (here, there) = (tempdir().expect("a folder"), tempdir().expect("a folder"));
    let (mut vault, _) = make(here.path());
    let headers = [header_signature(&["帳號", "狀態"]), header_signature(&["代號"])];
    let map = mapping(&["account", "level"]);
    vault.remember_mapping(FIRM, "accounts", &headers[0], &map).expect("stores");
    vault.remember_mapping(FIRM, "accounts", &headers[1], &mapping(&["account"])).expect("stores");
    vault.remember_mapping("丙證券", "accounts", &headers[0], &mapping(&["level"])).expect("stores");
    let all = vault.mappings(None).expect("lists");
    assert_eq!((all.len(), vault.mappings(Some("甲乙綜合證券股份有限公司")).expect("lists").len()), (3, 2));

    let (mut other, _) = make(there.path());
    other.remember_mapping(FIRM, "accounts", &headers[0], &mapping(&["account"])).expect("stores");
    assert_eq!(other.take_mappings(&all), Ok(3));
    assert_eq!(other.take_mappings(&all), Ok(0), "nothing is new");
    assert_eq!(other.mappings(None), Ok(all.clone()));
    assert_eq!(other.recall_mapping(FIRM, "accounts", &headers[0]), Ok(Some(map)));
    let good = RememberedMapping { firm: "丁".into(), ..all[0].clone() };
    let named = ["帳號".to_owned(), "狀態".to_owned()].to_vec();
    for bad in [
        RememberedMapping { firm: " ".into(), ..good.clone() },
        RememberedMapping { headers: ["狀態".to_owned()].to_vec(), ..good.clone() },
        RememberedMapping {
            headers: named.clone(),
            header: headers[0].clone(),
            mapping: mapping(&["a", "b", "c"]),
            ..good.clone()
        },
        RememberedMapping { dataset: String::new(), ..good.clone() },
        RememberedMapping { header: "sig".into(), ..good.clone() },
        RememberedMapping { mapping: mapping(&["account", "account"]), ..good.clone() },
    ] {
        assert_eq!(other.take_mappings(&[good.clone(), bad]), Err(VaultError::BadMapping));
    }
    assert_eq!(other.mappings(None), Ok(all), "of a refused list nothing is taken");
    assert_eq!(other.forget_mapping(FIRM, "accounts", &headers[0]), Ok(true));
    assert_eq!(other.forget_mapping(FIRM, "accounts", &headers[0]), Ok(false));
    assert_eq!(other.recall_mapping(FIRM, "accounts", &headers[0]), Ok(None));
}

#[test]
fn it_is_known_what_a_mapping_was_last_used_with() {
    let dir = tempdir().expect("a folder");
    let (mut vault, _) = make(dir.path());
    let headers = ["帳號".to_owned(), "狀態".to_owned()].to_vec();
    let header = header_signature(&headers);
    let at = jiff::civil::date(2026, 11, 21).at(9, 30, 0, 0);
    let known = RememberedMapping {
        firm: FIRM.into(),
        dataset: "accounts".into(),
        header: header.clone(),
        mapping: mapping(&["account", "level"]),
        headers: headers.clone(),
        file: "帳號清冊.xlsx".into(),
        used_at: Some(at),
    };
    assert_eq!(vault.take_mappings(std::slice::from_ref(&known)), Ok(1));
    let later = at.checked_add(jiff::Span::new().days(1)).expect("a day later");
    vault.mapping_used(FIRM, "accounts", &header, "帳號清冊2.xlsx", later).expect("notes");
    vault.mapping_used(FIRM, "orders", &header, "x.csv", later).expect("nothing is there to note");
    let found = vault.remembered(FIRM, "accounts", &header).expect("reads").expect("is there");
    assert_eq!((found.file.as_str(), found.used_at, found.headers), ("帳號清冊2.xlsx", Some(later), headers));
    assert_eq!(vault.remembered(FIRM, "orders", &header), Ok(None));
    // What was used since is as it was: the same mapping is nothing new.
    assert_eq!(vault.take_mappings(&[known]), Ok(0));
}
