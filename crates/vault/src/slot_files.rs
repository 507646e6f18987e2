//! The files of key slots: what is there, what it opens to, and settling a change that was cut off.

use crate::error::VaultError;
use crate::key::DataKey;
use crate::keystore::Keystore;
use crate::layout::{self, Layout};
use crate::slot::{self, Slot};
use crate::slot_check::{self, SlotCheck};
use crate::table::key_slot;
use age::x25519;
use rusqlite::Connection;
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use std::str::FromStr;

/// Key slots are a few hundred bytes; a larger file is none.
const LARGEST_SLOT: u64 = 64 * 1024;

/// Takes down the slots of a vault that is made, or whose release took down none; settles a change that was cut off.
pub(crate) fn settle(conn: &Connection, layout: &Layout) -> Result<(), VaultError> {
    let rows = key_slot::all(conn)?;
    if rows.is_empty() {
        for slot in present(layout)? {
            if let Ok(hash) = hash_of(layout, slot) {
                key_slot::adopt(conn, &slot.to_string(), &hash)?;
            }
        }
        return Ok(());
    }
    for row in rows {
        let (Some(pending), Ok(slot)) = (row.pending, Slot::from_str(&row.slot)) else { continue };
        match hash_of(layout, slot) {
            Ok(hash) if hash == pending => key_slot::arrived(conn, &row.slot)?,
            Err(VaultError::SlotMissing { .. }) if pending.is_empty() => key_slot::remove(conn, &row.slot)?,
            _ => key_slot::withdraw(conn, &row.slot)?,
        }
    }
    Ok(())
}

/// Whether the folder has a slot for the operating system's store of secrets.
#[must_use]
pub fn has_keystore_slot(dir: &Path) -> bool {
    Layout::new(dir).slot(Slot::Keystore).is_file()
}

/// Opens the keystore slot's file.
pub(crate) fn open_by_keystore(file: &[u8], store: &dyn Keystore) -> Result<DataKey, VaultError> {
    let secret = store.get(&keystore_name(file))?.ok_or(VaultError::KeystoreLost)?;
    let identity =
        x25519::Identity::from_str(secret.expose_secret()).map_err(|_| VaultError::KeystoreLost)?;
    slot::unwrap_with_identity(file, &identity, Slot::Keystore)
}

/// Opens the recovery slot or an escrow slot, whichever is the identity's.
pub(crate) fn open_by_identity(
    layout: &Layout,
    identity: &x25519::Identity,
) -> Result<(Slot, DataKey), VaultError> {
    let open = |slot| Ok((slot, slot::unwrap_with_identity(&read(layout, slot)?, identity, slot)?));
    let recovery = open(Slot::Recovery);
    let escrow = Slot::escrow(&identity.to_public());
    match recovery {
        Err(_) if layout.slot(escrow).exists() => open(escrow),
        Err(VaultError::SlotMissing { .. }) => Err(VaultError::WrongIdentity),
        recovery => recovery,
    }
}

/// The bytes of a slot's file.
pub(crate) fn read(layout: &Layout, slot: Slot) -> Result<Vec<u8>, VaultError> {
    let path = layout.slot(slot);
    match fs::metadata(&path) {
        Ok(meta) if meta.len() <= LARGEST_SLOT => Ok(fs::read(&path)?),
        Ok(_) => Err(damaged(slot)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            Err(VaultError::SlotMissing { slot: slot.name() })
        }
        Err(e) => Err(e.into()),
    }
}

/// Slots whose files are there, sorted.
pub(crate) fn present(layout: &Layout) -> Result<Vec<Slot>, VaultError> {
    let mut slots: Vec<Slot> = layout::names(&layout.keys())?
        .iter()
        .filter_map(|name| name.strip_suffix(".age")?.parse().ok())
        .collect();
    slots.sort();
    Ok(slots)
}

/// SHA-256 of a slot's file, lower-case hex.
pub(crate) fn hash_of(layout: &Layout, slot: Slot) -> Result<String, VaultError> {
    Ok(hex_sha256(&read(layout, slot)?))
}

/// SHA-256, lower-case hex.
pub(crate) fn hex_sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// The name of a slot's secret in the system's store: made of the file, so that a slot finds its own secret only.
pub(crate) fn keystore_name(file: &[u8]) -> String {
    format!("fieldbook/{}", hex_sha256(file))
}

/// The slot's file is not one.
pub(crate) fn damaged(slot: Slot) -> VaultError {
    VaultError::SlotDamaged { slot: slot.name() }
}

/// A slot that is not what was written, rather than a wrong secret, where the check beside it says so.
pub(crate) fn damaged_or(error: VaultError, layout: &Layout, with: Slot) -> VaultError {
    let wrong = matches!(
        error,
        VaultError::WrongPassphrase | VaultError::WrongIdentity | VaultError::WorkFactor { .. }
    );
    match slot_check::look(&layout.slot(with)) {
        Ok(SlotCheck::Differs) if wrong => damaged(with),
        _ => error,
    }
}
