//! The ways to open a vault: listing, adding, changing and taking them away. Each act asks for the passphrase or the recovery
//! identity once more, so that nobody makes themselves a key on a machine that was left open.

use crate::desk::{Desk, OpenVault};
use crate::error::AppError;
use crate::session::created_view;
use crate::wire::{
    EscrowRequest, KeySlotView, KeySlotsView, PassphraseChangeRequest, ProofRequest, SlotRequest,
    SlotStateWord, VaultCreatedView,
};
use fieldbook_vault::{KeySlot, Keystore, RecoveryIdentity, Slot, SlotState, Vault, VaultAct};
use secrecy::SecretString;

/// Every way to open the vault.
///
/// # Errors
/// `locked`, or the store's.
pub fn key_slots(desk: &Desk) -> Result<KeySlotsView, AppError> {
    let vault = &desk.vault()?.vault;
    let slots = vault.key_slots()?;
    let recovery_confirmed = vault.recovery_confirmed()?;
    let human = |slot: &KeySlot| match slot.slot {
        Slot::Passphrase => slot.state == SlotState::AsWritten,
        Slot::Recovery => slot.state == SlotState::AsWritten && recovery_confirmed,
        _ => false,
    };
    let removable = |slot: &KeySlot| slots.iter().any(|other| other.slot != slot.slot && human(other));
    Ok(KeySlotsView {
        slots: slots.iter().map(|slot| slot_view(slot, removable(slot))).collect(),
        keystore_offered: desk.host.keystore.is_some(),
        recovery_confirmed,
    })
}

fn slot_view(slot: &KeySlot, removable: bool) -> KeySlotView {
    KeySlotView {
        slot: slot.slot.to_string(),
        kind: slot.slot.name().to_owned(),
        state: match slot.state {
            SlotState::AsWritten => SlotStateWord::AsWritten,
            SlotState::Changed => SlotStateWord::Changed,
            SlotState::Missing => SlotStateWord::Missing,
        },
        recipient: slot.recipient.clone(),
        label: slot.label.clone(),
        removable,
    }
}

/// Wraps the key for another passphrase; makes the slot anew where it was taken away.
///
/// # Errors
/// `wrong_proof`, those of [`passphrase::taken`](crate::passphrase), `locked`, or the store's; the passphrase of before then
/// still opens the vault.
pub fn passphrase_change(
    desk: &mut Desk,
    request: &PassphraseChangeRequest,
) -> Result<KeySlotsView, AppError> {
    crate::passphrase::taken(&request.passphrase)?;
    let work_factor = desk.host.work_factor;
    proven(desk, &request.proof)?
        .change_passphrase(&SecretString::from(request.passphrase.clone()), work_factor)?;
    told(desk, VaultAct::SlotChanged(Slot::Passphrase))
}

/// Replaces the recovery identity. The new one is in the answer and nowhere else; groups of it are to be typed back by
/// [`session::vault_confirm_recovery`](crate::session::vault_confirm_recovery).
///
/// # Errors
/// `wrong_proof`, `locked`, or the store's; the identity of before then still opens the vault.
pub fn recovery_renew(desk: &mut Desk, request: &ProofRequest) -> Result<VaultCreatedView, AppError> {
    let identity = proven(desk, &request.proof)?.renew_recovery()?;
    let made = created_view(desk, identity)?;
    recorded(desk, &VaultAct::SlotChanged(Slot::Recovery))?;
    desk.saved();
    Ok(made)
}

/// Lets the holder of an age identity open the vault.
///
/// # Errors
/// `wrong_proof`, `not_a_recipient`, `bad_label`, `slot_exists`, `locked`, or the store's.
pub fn escrow_add(desk: &mut Desk, request: &EscrowRequest) -> Result<KeySlotsView, AppError> {
    let slot = proven(desk, &request.proof)?.add_escrow(&request.recipient, &request.label)?;
    told(desk, VaultAct::SlotAdded(slot))
}

/// Lets the system's store of secrets open the vault.
///
/// # Errors
/// `wrong_proof`, `keystore_refused`, `last_way_in`, `locked`, or the store's.
pub fn keystore_add(desk: &mut Desk, request: &ProofRequest) -> Result<KeySlotsView, AppError> {
    let store = desk.host.keystore.clone().ok_or_else(|| AppError::new("keystore_refused"))?;
    proven(desk, &request.proof)?.add_keystore(store.as_ref())?;
    told(desk, VaultAct::SlotAdded(Slot::Keystore))
}

/// Takes a slot away.
///
/// # Errors
/// `wrong_proof`, `unknown_slot`, `last_way_in`, `locked`, or the store's.
pub fn slot_remove(desk: &mut Desk, request: &SlotRequest) -> Result<KeySlotsView, AppError> {
    let slot: Slot = request.slot.parse()?;
    let store = desk.host.keystore.clone();
    let store = store.as_ref().map(|store| store.as_ref() as &dyn Keystore);
    proven(desk, &request.proof)?.remove_slot(slot, store)?;
    told(desk, VaultAct::SlotRemoved(slot))
}

/// Whether a vault in the suggested folder can be opened by the system's store of secrets.
pub(crate) fn keystore_opens(desk: &Desk) -> bool {
    desk.host.keystore.is_some() && fieldbook_vault::has_keystore_slot(&desk.host.suggested_dir)
}

/// The vault, once what was typed proves to open it.
fn proven<'a>(desk: &'a mut Desk, proof: &str) -> Result<&'a mut Vault, AppError> {
    let OpenVault { vault, .. } = desk.vault_mut()?;
    let secret = SecretString::from(proof);
    let right = match RecoveryIdentity::parse(&secret) {
        Ok(identity) => vault.proves_identity(&identity)?,
        Err(_) => vault.proves(&secret)?,
    };
    if right { Ok(vault) } else { Err(AppError::new("wrong_proof")) }
}

/// The slot's file is changed already; its entry says so.
pub(crate) fn recorded(desk: &mut Desk, act: &VaultAct<'_>) -> Result<(), AppError> {
    let (by, at) = (desk.person(), desk.host.now());
    Ok(desk.vault_mut()?.vault.record_act(act, &by, at)?)
}

fn told(desk: &mut Desk, act: VaultAct<'_>) -> Result<KeySlotsView, AppError> {
    recorded(desk, &act)?;
    desk.saved();
    key_slots(desk)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session;
    use crate::wire::{CreateVaultRequest, UnlockRequest, VaultDirRequest};
    use fieldbook_vault::VaultError;
    use std::collections::BTreeMap;
    use std::path::PathBuf;
    use std::sync::{Arc, Mutex};

    const PASSPHRASE: &str = "清晨港邊有貓撐傘";
    const HOLDER: [&str; 2] = [
        "AGE-SECRET-KEY-1H0A7GQ6YD2GLU89A4S8DRTARQ7JJQDM2YHL4L8JCZG46ED64NFPQET3D0K",
        "age1hsxundr37aphvuhdzt0hm2v6uqhlt5jrgrkd87ykj5dg5tzq4pyqmjlerl",
    ];

    /// A store of secrets in memory.
    #[derive(Default)]
    struct Memory(Mutex<BTreeMap<String, SecretString>>);

    impl Keystore for Memory {
        fn get(&self, name: &str) -> Result<Option<SecretString>, VaultError> {
            Ok(self.0.lock().expect("alone").get(name).cloned())
        }
        fn set(&self, name: &str, secret: &SecretString) -> Result<(), VaultError> {
            self.0.lock().expect("alone").insert(name.to_owned(), secret.clone());
            Ok(())
        }
        fn delete(&self, name: &str) -> Result<(), VaultError> {
            self.0.lock().expect("alone").remove(name);
            Ok(())
        }
    }

    fn desk(dir: &std::path::Path) -> (Desk, PathBuf, String) {
        let vault = dir.join("保管 庫");
        let mut host = crate::host::of_this_machine();
        host.work_factor = fieldbook_vault::MIN_WORK_FACTOR;
        host.suggested_dir.clone_from(&vault);
        host.keystore = Some(Arc::new(Memory::default()));
        let mut desk = Desk::new(host).expect("a desk");
        let request = CreateVaultRequest {
            dir: vault.to_string_lossy().into_owned(),
            passphrase: PASSPHRASE.to_owned(),
        };
        let made = session::vault_create(&mut desk, &request).expect("makes");
        (desk, vault, made.recovery_identity)
    }

    fn unlock(desk: &mut Desk, passphrase: &str) -> Result<(), AppError> {
        let dir = desk.host.suggested_dir.to_string_lossy().into_owned();
        session::vault_unlock(desk, &UnlockRequest { dir, passphrase: passphrase.to_owned() }).map(|_| ())
    }

    fn proof(text: &str) -> ProofRequest {
        ProofRequest { proof: text.to_owned() }
    }

    #[test]
    fn nobody_makes_themselves_a_key_on_a_vault_that_was_left_open() {
        let dir = tempfile::tempdir().expect("a folder");
        let (mut desk, ..) = desk(dir.path());
        for wrong in ["", "清晨港邊有貓撐", HOLDER[0]] {
            let escrow = EscrowRequest {
                proof: wrong.to_owned(),
                recipient: HOLDER[1].to_owned(),
                label: "自己".to_owned(),
            };
            let change = PassphraseChangeRequest {
                proof: wrong.to_owned(),
                passphrase: "a quiet harbour lane".to_owned(),
            };
            let remove = SlotRequest { proof: wrong.to_owned(), slot: "recovery".to_owned() };
            let refused = [
                escrow_add(&mut desk, &escrow).map(|_| ()),
                passphrase_change(&mut desk, &change).map(|_| ()),
                slot_remove(&mut desk, &remove).map(|_| ()),
                recovery_renew(&mut desk, &proof(wrong)).map(|_| ()),
                keystore_add(&mut desk, &proof(wrong)).map(|_| ()),
            ];
            for got in refused {
                assert_eq!(got.expect_err("refused").key(), "wrong_proof", "{wrong}");
            }
        }
        assert_eq!(key_slots(&desk).expect("lists").slots.len(), 2);
        unlock(&mut desk, PASSPHRASE).expect("as before");
    }

    #[test]
    fn every_key_opens_and_the_last_one_of_the_examiner_cannot_be_taken_away() {
        let dir = tempfile::tempdir().expect("a folder");
        let (mut desk, vault, recovery) = desk(dir.path());
        let escrow = EscrowRequest {
            proof: PASSPHRASE.to_owned(),
            recipient: HOLDER[1].to_owned(),
            label: "稽核室".to_owned(),
        };
        escrow_add(&mut desk, &escrow).expect("adds");
        keystore_add(&mut desk, &proof(&recovery)).expect("the identity proves as well");
        let listed = key_slots(&desk).expect("lists");
        assert!(listed.slots.iter().all(|s| s.removable == (s.kind != "passphrase")), "{listed:?}");
        assert!(session::session(&desk).expect("tells").keystore_opens);

        let change = PassphraseChangeRequest {
            proof: PASSPHRASE.to_owned(),
            passphrase: "a quiet harbour lane".to_owned(),
        };
        passphrase_change(&mut desk, &change).expect("changes");
        assert_eq!(unlock(&mut desk, PASSPHRASE).expect_err("the old one").key(), "wrong_passphrase");
        for secret in ["a quiet harbour lane", recovery.as_str(), HOLDER[0]] {
            unlock(&mut desk, secret).expect("opens");
        }
        let here = VaultDirRequest { dir: vault.to_string_lossy().into_owned() };
        session::vault_unlock_keystore(&mut desk, &here).expect("opens");
        let remove = SlotRequest { proof: recovery, slot: "passphrase".to_owned() };
        assert_eq!(slot_remove(&mut desk, &remove).expect_err("refused").key(), "last_way_in");
    }

    #[test]
    fn a_weak_passphrase_neither_makes_nor_changes_a_vault() {
        let dir = tempfile::tempdir().expect("a folder");
        let (mut desk, ..) = desk(dir.path());
        for (passphrase, key) in [("短", "weak_passphrase"), ("aaaaaaaaaaaaaaaa", "guessable_passphrase")] {
            let change =
                PassphraseChangeRequest { proof: PASSPHRASE.to_owned(), passphrase: passphrase.to_owned() };
            assert_eq!(passphrase_change(&mut desk, &change).expect_err("refused").key(), key);
            let dir = dir.path().join("另一個").to_string_lossy().into_owned();
            let create = CreateVaultRequest { dir: dir.clone(), passphrase: passphrase.to_owned() };
            let Err(got) = session::vault_create(&mut desk, &create) else { panic!("refused") };
            assert_eq!(got.key(), key);
            assert!(!std::path::Path::new(&dir).exists());
        }
    }
}
