//! Listing, adding, changing and taking away key slots. No database but `vault.db` is touched, and there only what is known
//! of the slots' files.

use crate::error::VaultError;
use crate::key::DataKey;
use crate::keystore::Keystore;
use crate::layout::{self, Layout};
use crate::recovery::RecoveryIdentity;
use crate::slot::{self, Slot};
use crate::slot_check;
use crate::slot_files::{
    damaged, hash_of, hex_sha256, keystore_name, open_by_identity, open_by_keystore, present, read,
};
use crate::table::{key_slot, setting};
use crate::vault::Vault;
use age::x25519;
use rusqlite::Connection;
use secrecy::SecretString;
use std::fs;
use std::str::FromStr;

/// Most characters of an escrow slot's label.
const LONGEST_LABEL: usize = 80;

/// What is known of a slot's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotState {
    /// The file is what was written last.
    AsWritten,
    /// Another file stands in its place: damaged, of an earlier time, or put there by somebody.
    Changed,
    /// The file is gone.
    Missing,
}

/// A key slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeySlot {
    /// Which.
    pub slot: Slot,
    /// Whether its file is what was written.
    pub state: SlotState,
    /// `age1…` of an escrow slot's holder.
    pub recipient: Option<String>,
    /// What an escrow slot's holder is called.
    pub label: Option<String>,
}

impl Vault {
    /// Key slots whose files are there.
    #[must_use]
    pub fn slots(&self) -> Vec<Slot> {
        present(&self.layout).unwrap_or_default()
    }

    /// Every key slot that is there or should be, with what is known of it.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn key_slots(&self) -> Result<Vec<KeySlot>, VaultError> {
        states(&self.conn, &self.layout)
    }

    /// Wraps the data key for another passphrase, or again for one after that slot was taken away.
    ///
    /// # Errors
    /// [`VaultError::EmptyPassphrase`], [`VaultError::LongPassphrase`], [`VaultError::WorkFactor`],
    /// [`VaultError::NoRoom`], [`VaultError::Io`]; what opened the vault before then still does.
    pub fn change_passphrase(&mut self, new: &SecretString, work_factor: u8) -> Result<(), VaultError> {
        let file = slot::wrap_for_passphrase(&self.key, new, work_factor)?;
        self.put(Slot::Passphrase, &file, |read| slot::unwrap_with_passphrase(read, new).map(Some))
    }

    /// Replaces the recovery identity, for instance when the first was never written down. The old one opens the
    /// vault no longer.
    ///
    /// # Errors
    /// [`VaultError::NoRoom`], [`VaultError::Io`]; the identity before then still opens the vault.
    pub fn renew_recovery(&mut self) -> Result<RecoveryIdentity, VaultError> {
        let recovery = RecoveryIdentity::generate();
        let file = slot::wrap_for_identity(&self.key, &recovery.identity().to_public())?;
        let confirmed = setting::get(&self.conn, setting::RECOVERY_CONFIRMED)?;
        // Taken away before the file is written: no crash leaves an identity that nobody saw as a confirmed one.
        setting::set(&self.conn, setting::RECOVERY_CONFIRMED, None)?;
        let identity = recovery.identity();
        let opens = |read: &[u8]| slot::unwrap_with_identity(read, identity, Slot::Recovery).map(Some);
        if let Err(error) = self.put(Slot::Recovery, &file, opens) {
            setting::set(&self.conn, setting::RECOVERY_CONFIRMED, confirmed.as_deref())?;
            return Err(error);
        }
        Ok(recovery)
    }

    /// Takes down that the recovery identity was typed back in part, when `typed` are its groups at `positions`.
    ///
    /// # Errors
    /// [`VaultError::WrongIdentity`] when it is not the identity of this vault, [`VaultError::TooFewGroups`].
    pub fn confirm_recovery(
        &mut self,
        identity: &RecoveryIdentity,
        positions: &[usize],
        typed: &[&str],
    ) -> Result<bool, VaultError> {
        let file = read(&self.layout, Slot::Recovery)?;
        slot::unwrap_with_identity(&file, identity.identity(), Slot::Recovery)?;
        let right = identity.confirms(positions, typed)?;
        if right {
            setting::set(&self.conn, setting::RECOVERY_CONFIRMED, Some("1"))?;
        }
        Ok(right)
    }

    /// Whether the recovery identity was typed back.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn recovery_confirmed(&self) -> Result<bool, VaultError> {
        Ok(setting::get(&self.conn, setting::RECOVERY_CONFIRMED)?.is_some())
    }

    /// Lets the holder of an age X25519 identity open the vault. `label` says who that is; only who has opened the vault
    /// can read it.
    ///
    /// # Errors
    /// [`VaultError::NotARecipient`], also for the vault's own recipient, which nobody holds outside of it;
    /// [`VaultError::BadLabel`], [`VaultError::SlotExists`], [`VaultError::NoRoom`], [`VaultError::Io`].
    pub fn add_escrow(&mut self, recipient: &str, label: &str) -> Result<Slot, VaultError> {
        let to = slot::recipient(recipient)?;
        let label = label.trim();
        if label.is_empty() || label.chars().count() > LONGEST_LABEL || label.chars().any(char::is_control) {
            return Err(VaultError::BadLabel);
        }
        if to.to_string() == self.recipient() {
            return Err(VaultError::NotARecipient);
        }
        let slot = Slot::escrow(&to);
        if self.layout.slot(slot).exists() {
            return Err(VaultError::SlotExists);
        }
        let file = slot::wrap_for_identity(&self.key, &to)?;
        let name = slot.to_string();
        // Named before it is there: no crash leaves a slot of which nobody knows whose it is.
        key_slot::announce(&self.conn, &name, &hex_sha256(&file))?;
        key_slot::name(&self.conn, &name, &to.to_string(), label)?;
        // Only the holder can open it; that the bytes read back are those written is all that can be seen here.
        self.put(slot, &file, |read| if read == file { Ok(None) } else { Err(damaged(slot)) })?;
        Ok(slot)
    }

    /// Lets the operating system's store of secrets open the vault, for whoever is logged in as this user.
    ///
    /// # Errors
    /// [`VaultError::Keystore`] when the store does not keep it, [`VaultError::LastWayIn`] when nobody could open the
    /// vault without it, [`VaultError::NoRoom`], [`VaultError::Io`].
    pub fn add_keystore(&mut self, store: &dyn Keystore) -> Result<(), VaultError> {
        self.human_way_in_beside(Slot::Keystore)?;
        let identity = x25519::Identity::generate();
        let file = slot::wrap_for_identity(&self.key, &identity.to_public())?;
        let before = read(&self.layout, Slot::Keystore).ok();
        // The name is made of the file, so that a slot always finds its own secret and never one of another time.
        let name = keystore_name(&file);
        store.set(&name, &identity.to_string())?;
        let put = self.put(Slot::Keystore, &file, |read| open_by_keystore(read, store).map(Some));
        let stale = if put.is_ok() { before.map(|file| keystore_name(&file)) } else { Some(name) };
        if let Some(stale) = stale {
            // What stays behind opens nothing any more.
            let _ = store.delete(&stale);
        }
        put
    }

    /// Takes a slot away: whoever used it opens the vault no longer. For the keystore slot, its secret in `store` goes
    /// too.
    ///
    /// # Errors
    /// [`VaultError::UnknownSlot`], [`VaultError::LastWayIn`] when neither a passphrase nor a recovery identity that was
    /// typed back would be left, [`VaultError::Io`].
    pub fn remove_slot(&mut self, slot: Slot, store: Option<&dyn Keystore>) -> Result<(), VaultError> {
        let (path, name) = (self.layout.slot(slot), slot.to_string());
        let known = key_slot::all(&self.conn)?.iter().any(|row| row.slot == name);
        if !path.exists() && !known {
            return Err(VaultError::UnknownSlot);
        }
        self.human_way_in_beside(slot)?;
        let secret = read(&self.layout, slot).ok().filter(|_| slot == Slot::Keystore);
        key_slot::announce(&self.conn, &name, "")?;
        // The check goes first: one that stands alone tells of a slot that was lost.
        let check = slot_check::beside(&path);
        if check.exists() {
            fs::remove_file(&check)?;
        }
        if path.exists()
            && let Err(error) = fs::remove_file(&path)
        {
            key_slot::withdraw(&self.conn, &name)?;
            return Err(error.into());
        }
        layout::sync_dir(path.parent())?;
        key_slot::remove(&self.conn, &name)?;
        if let (Some(file), Some(store)) = (secret, store) {
            // What stays behind opens nothing any more.
            let _ = store.delete(&keystore_name(&file));
        }
        Ok(())
    }

    /// Whether a passphrase is the vault's, for acts that ask for it again while the vault is open.
    ///
    /// # Errors
    /// [`VaultError::SlotMissing`], [`VaultError::SlotDamaged`], [`VaultError::WorkFactor`], [`VaultError::Io`].
    pub fn proves(&self, passphrase: &SecretString) -> Result<bool, VaultError> {
        let file = read(&self.layout, Slot::Passphrase)?;
        self.same(slot::unwrap_with_passphrase(&file, passphrase))
    }

    /// Whether an identity opens the recovery slot or an escrow slot.
    ///
    /// # Errors
    /// [`VaultError::SlotDamaged`], [`VaultError::Io`].
    pub fn proves_identity(&self, identity: &RecoveryIdentity) -> Result<bool, VaultError> {
        self.same(open_by_identity(&self.layout, identity.identity()).map(|(_, key)| key))
    }

    fn same(&self, opened: Result<DataKey, VaultError>) -> Result<bool, VaultError> {
        match opened {
            Ok(key) => Ok(key.expose() == self.key.expose()),
            Err(VaultError::WrongPassphrase | VaultError::WrongIdentity) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// A passphrase or a recovery identity is left besides `slot`: what a machine or somebody else keeps is no way in for
    /// the examiner. An identity that was never typed back may never have been written down.
    fn human_way_in_beside(&self, slot: Slot) -> Result<(), VaultError> {
        let usable =
            self.key_slots()?.into_iter().filter(|s| s.slot != slot && s.state == SlotState::AsWritten);
        for other in usable {
            match other.slot {
                Slot::Passphrase => return Ok(()),
                Slot::Recovery if self.recovery_confirmed()? => return Ok(()),
                _ => {}
            }
        }
        Err(VaultError::LastWayIn)
    }

    /// Writes a slot's file beside the old one, reads it back, opens it and compares the key; only then does it take the
    /// old one's place. `opens` gives no key where only somebody else can open the file.
    fn put(
        &self,
        slot: Slot,
        file: &[u8],
        opens: impl Fn(&[u8]) -> Result<Option<DataKey>, VaultError>,
    ) -> Result<(), VaultError> {
        let name = slot.to_string();
        key_slot::announce(&self.conn, &name, &hex_sha256(file))?;
        let written = layout::write_checked(&self.layout.slot(slot), file, |read| {
            match opens(read)?.is_none_or(|key| key.expose() == self.key.expose()) {
                true => Ok(()),
                false => Err(damaged(slot)),
            }
        });
        match written {
            Ok(()) => key_slot::arrived(&self.conn, &name),
            Err(error) => {
                key_slot::withdraw(&self.conn, &name)?;
                Err(error)
            }
        }
    }
}

/// Every key slot that is there or should be, with what `vault.db` knows of it.
pub(crate) fn states(conn: &Connection, layout: &Layout) -> Result<Vec<KeySlot>, VaultError> {
    let (rows, there) = (key_slot::all(conn)?, present(layout)?);
    let mut all: Vec<Slot> = rows.iter().filter_map(|row| Slot::from_str(&row.slot).ok()).collect();
    all.extend(&there);
    all.sort();
    all.dedup();
    let mut out = Vec::new();
    for slot in all {
        let row = rows.iter().find(|row| row.slot == slot.to_string());
        let known = row.map(|row| [&row.sha256, &row.pending].into_iter().flatten().cloned());
        let hash = if there.contains(&slot) { hash_of(layout, slot).ok() } else { None };
        let state = match hash {
            _ if !there.contains(&slot) => SlotState::Missing,
            Some(hash) if known.is_some_and(|mut known| known.any(|known| known == hash)) => {
                SlotState::AsWritten
            }
            _ => SlotState::Changed,
        };
        let (recipient, label) = row.map(|r| (r.recipient.clone(), r.label.clone())).unwrap_or_default();
        out.push(KeySlot { slot, state, recipient, label });
    }
    Ok(out)
}
