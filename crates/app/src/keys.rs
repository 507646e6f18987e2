//! The ways to open a vault: listing, adding, changing and taking them away. Each act asks for the passphrase or the recovery
//! identity once more, so that nobody makes themselves a key on a machine that was left open.

use crate::desk::{Desk, OpenVault};
use crate::error::AppError;
use crate::session::created_view;
use crate::wire::{
    EscrowRequest, KeySlotView, KeySlotsView, PassphraseChangeRequest, ProofRequest, SlotRequest,
    SlotStateWord, VaultCreatedView,
};
use fieldbook_vault::{KeySlot, Keystore, RecoveryIdentity, Slot, SlotState, Vault};
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
    told(desk)
}

/// Replaces the recovery identity. The new one is in the answer and nowhere else; groups of it are to be typed back by
/// [`session::vault_confirm_recovery`](crate::session::vault_confirm_recovery).
///
/// # Errors
/// `wrong_proof`, `locked`, or the store's; the identity of before then still opens the vault.
pub fn recovery_renew(desk: &mut Desk, request: &ProofRequest) -> Result<VaultCreatedView, AppError> {
    let identity = proven(desk, &request.proof)?.renew_recovery()?;
    let made = created_view(desk, identity)?;
    desk.saved();
    Ok(made)
}

/// Lets the holder of an age identity open the vault.
///
/// # Errors
/// `wrong_proof`, `not_a_recipient`, `bad_label`, `slot_exists`, `locked`, or the store's.
pub fn escrow_add(desk: &mut Desk, request: &EscrowRequest) -> Result<KeySlotsView, AppError> {
    proven(desk, &request.proof)?.add_escrow(&request.recipient, &request.label)?;
    told(desk)
}

/// Lets the system's store of secrets open the vault.
///
/// # Errors
/// `wrong_proof`, `keystore_refused`, `last_way_in`, `locked`, or the store's.
pub fn keystore_add(desk: &mut Desk, request: &ProofRequest) -> Result<KeySlotsView, AppError> {
    let store = desk.host.keystore.clone().ok_or_else(|| AppError::new("keystore_refused"))?;
    proven(desk, &request.proof)?.add_keystore(store.as_ref())?;
    told(desk)
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
    told(desk)
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

fn told(desk: &mut Desk) -> Result<KeySlotsView, AppError> {
    desk.saved();
    key_slots(desk)
}
