//! Key slots: who opens a vault, and what a change that fails leaves behind.

use crate::fixture::*;
use fieldbook_vault::{KeySlot, Keystore, Problem, RecoveryIdentity, Slot, SlotState, Vault, VaultError};
use secrecy::{ExposeSecret, SecretString};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::tempdir;

/// An age identity and its recipient, as `age-keygen` writes them.
const HOLDER: [&str; 2] = [
    "AGE-SECRET-KEY-1H0A7GQ6YD2GLU89A4S8DRTARQ7JJQDM2YHL4L8JCZG46ED64NFPQET3D0K",
    "age1hsxundr37aphvuhdzt0hm2v6uqhlt5jrgrkd87ykj5dg5tzq4pyqmjlerl",
];

/// A store of secrets in memory.
#[derive(Default)]
struct Memory {
    kept: RefCell<BTreeMap<String, SecretString>>,
    refuses: bool,
}

impl Keystore for Memory {
    fn get(&self, name: &str) -> Result<Option<SecretString>, VaultError> {
        if self.refuses { Err(VaultError::Keystore) } else { Ok(self.kept.borrow().get(name).cloned()) }
    }
    fn set(&self, name: &str, secret: &SecretString) -> Result<(), VaultError> {
        if self.refuses {
            return Err(VaultError::Keystore);
        }
        self.kept.borrow_mut().insert(name.to_owned(), secret.clone());
        Ok(())
    }
    fn delete(&self, name: &str) -> Result<(), VaultError> {
        self.kept.borrow_mut().remove(name);
        Ok(())
    }
}

fn identity(text: &str) -> RecoveryIdentity {
    RecoveryIdentity::parse(&pass(text)).expect("an identity")
}

fn confirmed(dir: &Path) -> (Vault, RecoveryIdentity) {
    let (mut vault, recovery) = make(dir);
    let groups: Vec<String> = recovery.groups().iter().map(|g| g.expose_secret().to_owned()).collect();
    assert_eq!(vault.confirm_recovery(&recovery, &[0, 1], &[&groups[0], &groups[1]]), Ok(true));
    (vault, recovery)
}

fn state_of(vault: &Vault, slot: Slot) -> SlotState {
    let all = vault.key_slots().expect("lists");
    all.iter().find(|s| s.slot == slot).expect("is listed").state
}

#[test]
fn an_escrow_holder_opens_the_vault_until_the_slot_is_taken_away() {
    let dir = tempdir().expect("a folder");
    let (mut vault, _) = make(dir.path());
    let slot = vault.add_escrow(HOLDER[1], " 稽核室 ").expect("adds");
    assert_eq!(vault.add_escrow(HOLDER[1], "again"), Err(VaultError::SlotExists));
    let listed = vault.key_slots().expect("lists").pop().expect("the last one");
    let holder = KeySlot {
        slot,
        state: SlotState::AsWritten,
        recipient: Some(HOLDER[1].to_owned()),
        label: Some("稽核室".to_owned()),
    };
    assert_eq!(listed, holder);
    drop(vault);
    let mut vault = Vault::unlock_with_identity(dir.path(), &identity(HOLDER[0])).expect("opens");
    vault.remove_slot(slot, None).expect("takes away");
    assert_eq!(vault.slots(), [Slot::Passphrase, Slot::Recovery]);
    assert_eq!(vault.remove_slot(slot, None), Err(VaultError::UnknownSlot));
    drop(vault);
    let got = Vault::unlock_with_identity(dir.path(), &identity(HOLDER[0]));
    assert_eq!(got.expect_err("stays shut"), VaultError::WrongIdentity);
    assert_eq!(open(dir.path()).expect("opens").verify(), Ok(vec![]));
}

#[test]
fn who_holds_an_escrow_slot_is_not_told_while_the_vault_is_shut() {
    let dir = tempdir().expect("a folder");
    let (mut vault, _) = make(dir.path());
    vault.add_escrow(HOLDER[1], "陳組長").expect("adds");
    drop(vault);
    for name in tree(dir.path()).into_keys().filter(|name| !name.ends_with('/')) {
        let bytes = fs::read(dir.path().join(&name)).expect("reads");
        for word in ["陳組長", HOLDER[1], EXAMINER] {
            assert!(!bytes.windows(word.len()).any(|w| w == word.as_bytes()), "{name}: {word}");
        }
    }
}

#[test]
fn what_is_no_recipient_or_no_label_is_refused() {
    let dir = tempdir().expect("a folder");
    let (mut vault, recovery) = make(dir.path());
    let own = vault.recipient().to_owned();
    let secret = recovery.secret().expose_secret().to_owned();
    for text in ["", "age1", &own, &secret, &HOLDER[1].replace('z', "y")] {
        assert_eq!(vault.add_escrow(text, "x"), Err(VaultError::NotARecipient));
    }
    for label in ["", "  ", "a\nb", &"長".repeat(81)] {
        assert_eq!(vault.add_escrow(HOLDER[1], label), Err(VaultError::BadLabel));
    }
    assert_eq!(vault.slots(), [Slot::Passphrase, Slot::Recovery]);
}

#[test]
fn the_last_way_in_of_the_examiner_stays() {
    let dir = tempdir().expect("a folder");
    let (mut vault, recovery) = make(dir.path());
    let store = Memory::default();
    vault.add_escrow(HOLDER[1], "稽核室").expect("adds");
    vault.add_keystore(&store).expect("adds");
    // An identity that was never typed back may never have been written down.
    assert_eq!(vault.remove_slot(Slot::Passphrase, None), Err(VaultError::LastWayIn));
    let groups: Vec<String> = recovery.groups().iter().map(|g| g.expose_secret().to_owned()).collect();
    vault.confirm_recovery(&recovery, &[0, 1], &[&groups[0], &groups[1]]).expect("confirms");
    vault.remove_slot(Slot::Passphrase, None).expect("recovery is left");
    assert_eq!(vault.remove_slot(Slot::Recovery, None), Err(VaultError::LastWayIn));
    drop(vault);
    assert_eq!(open(dir.path()).expect_err("gone"), VaultError::SlotMissing { slot: "passphrase" });
    let mut vault = Vault::unlock_with_recovery(dir.path(), &recovery).expect("opens");
    vault.change_passphrase(&pass(PASSPHRASE), WORK).expect("a passphrase again");
    vault.remove_slot(Slot::Recovery, None).expect("the passphrase is left");
    assert_eq!(vault.remove_slot(Slot::Passphrase, None), Err(VaultError::LastWayIn));
    drop(vault);
    assert_eq!(open(dir.path()).expect("opens").verify(), Ok(vec![]));
}

#[test]
fn the_systems_store_opens_the_vault_and_losing_its_entry_costs_no_other_slot() {
    let dir = tempdir().expect("a folder");
    let (mut vault, _) = make(dir.path());
    let store = Memory::default();
    assert_eq!(vault.add_keystore(&Memory { refuses: true, ..Memory::default() }), Err(VaultError::Keystore));
    assert_eq!(vault.slots(), [Slot::Passphrase, Slot::Recovery]);
    vault.add_keystore(&store).expect("adds");
    vault.add_keystore(&store).expect("renews");
    assert_eq!(store.kept.borrow().len(), 1, "the secret of before is gone");
    drop(vault);
    let vault = Vault::unlock_with_keystore(dir.path(), &store).expect("opens");
    assert_eq!(vault.verify(), Ok(vec![]));
    drop(vault);

    let kept = store.kept.take();
    let got = Vault::unlock_with_keystore(dir.path(), &store);
    assert_eq!(got.expect_err("lost"), VaultError::KeystoreLost);
    let refusing = Memory { refuses: true, ..Memory::default() };
    let got = Vault::unlock_with_keystore(dir.path(), &refusing);
    assert_eq!(got.expect_err("no answer"), VaultError::Keystore);
    let mut vault = open(dir.path()).expect("the passphrase opens");
    *store.kept.borrow_mut() = kept;
    vault.remove_slot(Slot::Keystore, Some(&store)).expect("takes away");
    assert!(store.kept.borrow().is_empty());
    drop(vault);
    let got = Vault::unlock_with_keystore(dir.path(), &store);
    assert_eq!(got.expect_err("none"), VaultError::SlotMissing { slot: "keystore" });
}

/// Makes writing a slot's file fail: a folder stands where the file beside would go.
fn block(dir: &Path, slot: &str) -> std::path::PathBuf {
    let beside = dir.join("keys").join(format!("{slot}.partial"));
    fs::create_dir(&beside).expect("makes");
    beside
}

#[test]
fn a_change_that_fails_leaves_the_slot_of_before_working() {
    let dir = tempdir().expect("a folder");
    let (mut vault, recovery) = confirmed(dir.path());
    let keys =
        |dir: &Path| -> Vec<_> { tree(dir).into_iter().filter(|(name, _)| name.ends_with(".age")).collect() };
    let before = keys(dir.path());
    let blocked =
        [block(dir.path(), "passphrase"), block(dir.path(), "recovery"), block(dir.path(), "keystore")];
    assert!(matches!(vault.change_passphrase(&pass("另一句通關密語"), WORK), Err(VaultError::Io(_))));
    assert!(matches!(vault.renew_recovery().map(|_| ()), Err(VaultError::Io(_))));
    let store = Memory::default();
    assert!(matches!(vault.add_keystore(&store), Err(VaultError::Io(_))));
    assert!(store.kept.borrow().is_empty(), "no secret is left in the system's store");
    assert_eq!(vault.recovery_confirmed(), Ok(true));
    assert_eq!(keys(dir.path()), before);
    assert_eq!(vault.verify(), Ok(vec![]));
    drop(vault);
    drop(open(dir.path()).expect("the passphrase opens"));
    drop(Vault::unlock_with_recovery(dir.path(), &recovery).expect("the identity opens"));
    blocked.iter().for_each(|beside| fs::remove_dir(beside).expect("removes"));
    let mut vault = open(dir.path()).expect("opens");
    vault.change_passphrase(&pass("另一句通關密語"), WORK).expect("works again");
    assert_eq!(vault.verify(), Ok(vec![]));
}

#[test]
fn an_older_file_of_a_slot_is_seen() {
    let dir = tempdir().expect("a folder");
    let path = dir.path().join("keys/passphrase.age");
    let (mut vault, recovery) = confirmed(dir.path());
    let older = fs::read(&path).expect("reads");
    vault.change_passphrase(&pass("另一句通關密語"), WORK).expect("changes");
    drop(vault);
    fs::write(&path, older).expect("somebody puts the older file back");
    let mut vault = open(dir.path()).expect("it opens as it did");
    assert_eq!(vault.verify(), Ok(vec![Problem::KeySlot { slot: "passphrase".into() }]));
    assert_eq!(state_of(&vault, Slot::Passphrase), SlotState::Changed);
    // It cannot be counted on as a way in.
    vault.renew_recovery().expect("renews");
    assert_eq!(vault.remove_slot(Slot::Recovery, None), Err(VaultError::LastWayIn));
    vault.change_passphrase(&pass(PASSPHRASE), WORK).expect("changes");
    assert_eq!(vault.verify(), Ok(vec![]));
    drop((vault, recovery));
}

#[test]
fn a_slot_that_is_lost_or_flipped_is_named() {
    let dir = tempdir().expect("a folder");
    let (vault, _) = make(dir.path());
    let path = dir.path().join("keys/recovery.age");
    let whole = fs::read(&path).expect("reads");
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        fs::write(&path, bytes).expect("writes");
        assert_eq!(state_of(&vault, Slot::Recovery), SlotState::Changed, "byte {at}");
    }
    fs::remove_file(&path).expect("removes");
    assert_eq!(state_of(&vault, Slot::Recovery), SlotState::Missing);
    assert_eq!(vault.verify(), Ok(vec![Problem::KeySlot { slot: "recovery".into() }]));
}

#[test]
fn a_slot_of_another_vault_is_not_called_a_damaged_database() {
    let (dir, other) = (tempdir().expect("a folder"), tempdir().expect("a folder"));
    drop(make(dir.path()));
    let mut foreign = |b: &mut [u8]| b.fill(77);
    drop(Vault::create(other.path(), &pass(PASSPHRASE), &mut foreign, WORK, at()).expect("makes"));
    let (mine, theirs) = (dir.path().join("keys/passphrase.age"), other.path().join("keys/passphrase.age"));
    let own = fs::read(&mine).expect("reads");
    fs::copy(&theirs, &mine).expect("copies");
    let got = open(dir.path());
    assert_eq!(got.expect_err("refused"), VaultError::SlotForeign { slot: "passphrase" });
    fs::write(&mine, own).expect("puts it back");

    let db = dir.path().join("vault.db");
    let whole = fs::read(&db).expect("reads");
    let mut bytes = whole.clone();
    bytes[100] ^= 1;
    fs::write(&db, bytes).expect("writes");
    assert_eq!(open(dir.path()).expect_err("refused"), VaultError::Damaged { what: "vault.db" });
    fs::write(&db, whole).expect("puts it back");
    open(dir.path()).expect("opens");
}

#[test]
fn a_header_of_an_earlier_release_learns_the_key_and_a_wrong_one_is_named() {
    let dir = tempdir().expect("a folder");
    drop(make(dir.path()));
    let header = dir.path().join("keys/vault.toml");
    let text = fs::read_to_string(&header).expect("reads");
    let earlier: String =
        text.lines().filter(|l| !l.starts_with("check")).map(|l| format!("{l}\n")).collect();
    fs::write(&header, &earlier).expect("writes");
    drop(open(dir.path()).expect("opens"));
    assert_eq!(fs::read_to_string(&header).expect("reads"), text);
    fs::write(&header, format!("{earlier}check = \"00\"\n")).expect("writes");
    let vault = open(dir.path()).expect("the database opens, so the header is wrong");
    assert_eq!(vault.verify(), Ok(vec![Problem::Header]));
}

#[test]
fn a_change_that_was_cut_off_is_settled_by_what_the_folder_holds() {
    let dir = tempdir().expect("a folder");
    let path = dir.path().join("keys/passphrase.age");
    let (mut vault, _) = make(dir.path());
    let before = fs::read(&path).expect("reads");
    vault.change_passphrase(&pass("另一句通關密語"), WORK).expect("changes");
    let after = fs::read(&path).expect("reads");
    drop(vault);
    // As a crash leaves it: announced, and the one or the other file in place.
    for (file, words) in [(&before, PASSPHRASE), (&after, "另一句通關密語")] {
        let rows = database(&dir.path().join("vault.db"), "vault");
        let hash = |bytes: &[u8]| hex::encode(<sha2::Sha256 as sha2::Digest>::digest(bytes));
        rows.execute(
            "UPDATE key_slot SET sha256 = ?1, pending = ?2 WHERE slot = 'passphrase'",
            [hash(&before), hash(&after)],
        )
        .expect("as if cut off");
        drop(rows);
        fs::write(&path, file).expect("writes");
        let vault = Vault::unlock(dir.path(), &pass(words)).expect("opens");
        assert_eq!(vault.verify(), Ok(vec![]));
        assert_eq!(state_of(&vault, Slot::Passphrase), SlotState::AsWritten);
    }
}

#[test]
fn a_backup_has_every_slot() {
    let (dir, dest) = (tempdir().expect("a folder"), tempdir().expect("a folder"));
    let (mut vault, _) = make(dir.path());
    let store = Memory::default();
    vault.add_keystore(&store).expect("adds");
    vault.add_escrow(HOLDER[1], "稽核室").expect("adds");
    vault.backup(dest.path()).expect("copies");
    let copy = Vault::unlock_with_identity(dest.path(), &identity(HOLDER[0])).expect("opens");
    assert_eq!(copy.key_slots(), vault.key_slots());
    assert_eq!(copy.verify(), Ok(vec![]));
    drop(copy);
    drop(Vault::unlock_with_keystore(dest.path(), &store).expect("opens"));
}
