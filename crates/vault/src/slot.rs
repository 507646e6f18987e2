//! Key slots: the data key wrapped with age, one file for each way to open the vault.

use crate::error::VaultError;
use crate::key::DataKey;
use age::secrecy::SecretString;
use age::{DecryptError, x25519};
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

/// Largest scrypt work factor that is accepted or written (2²² needs 4 GiB).
pub const MAX_WORK_FACTOR: u8 = 22;

/// A way to open the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// `keys/passphrase.age`.
    Passphrase,
    /// `keys/recovery.age`.
    Recovery,
}

impl Slot {
    /// Every slot of this release.
    pub const ALL: [Self; 2] = [Self::Passphrase, Self::Recovery];

    /// The slot's name as lists and outputs show it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Passphrase => "passphrase",
            Self::Recovery => "recovery",
        }
    }

    /// File name below `keys/`.
    pub(crate) fn file_name(self) -> String {
        format!("{}.age", self.name())
    }
}

/// The data key for a passphrase. A scrypt recipient is alone in its file.
pub(crate) fn wrap_for_passphrase(
    key: &DataKey,
    passphrase: &SecretString,
    work: u8,
) -> Result<Vec<u8>, VaultError> {
    if passphrase.expose_secret().is_empty() {
        return Err(VaultError::EmptyPassphrase);
    }
    if !(1..=MAX_WORK_FACTOR).contains(&work) {
        return Err(VaultError::WorkFactor { found: work });
    }
    let mut recipient = age::scrypt::Recipient::new(passphrase.clone());
    recipient.set_work_factor(work);
    age::encrypt(&recipient, key.expose())
        .map_err(|_| VaultError::SlotDamaged { slot: Slot::Passphrase.name() })
}

/// The data key for the holder of an identity.
pub(crate) fn wrap_for_identity(key: &DataKey, to: &x25519::Recipient) -> Result<Vec<u8>, VaultError> {
    age::encrypt(to, key.expose()).map_err(|_| VaultError::SlotDamaged { slot: Slot::Recovery.name() })
}

/// Opens the passphrase slot.
pub(crate) fn unwrap_with_passphrase(file: &[u8], passphrase: &SecretString) -> Result<DataKey, VaultError> {
    if passphrase.expose_secret().is_empty() {
        return Err(VaultError::WrongPassphrase);
    }
    let mut identity = age::scrypt::Identity::new(passphrase.clone());
    identity.set_max_work_factor(MAX_WORK_FACTOR);
    open(file, &identity, Slot::Passphrase, VaultError::WrongPassphrase)
}

/// Opens the recovery slot.
pub(crate) fn unwrap_with_identity(file: &[u8], identity: &x25519::Identity) -> Result<DataKey, VaultError> {
    open(file, identity, Slot::Recovery, VaultError::WrongIdentity)
}

fn open(file: &[u8], by: &impl age::Identity, slot: Slot, wrong: VaultError) -> Result<DataKey, VaultError> {
    let damaged = VaultError::SlotDamaged { slot: slot.name() };
    match age::decrypt(by, file) {
        Ok(bytes) => {
            let bytes = Zeroizing::new(bytes);
            DataKey::from_bytes(&bytes).ok_or(damaged)
        }
        Err(DecryptError::ExcessiveWork { required, .. }) => Err(VaultError::WorkFactor { found: required }),
        Err(
            DecryptError::KeyDecryptionFailed | DecryptError::DecryptionFailed | DecryptError::NoMatchingKeys,
        ) => Err(wrong),
        Err(_) => Err(damaged),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> DataKey {
        DataKey::new(&mut |b| b.fill(3))
    }

    #[test]
    fn a_slot_opens_for_its_own_secret_only() {
        let (good, bad) = (SecretString::from("correct horse"), SecretString::from("correct horse "));
        let file = wrap_for_passphrase(&key(), &good, 2).expect("wraps");
        assert_eq!(unwrap_with_passphrase(&file, &good).expect("opens").expose(), key().expose());
        assert_eq!(unwrap_with_passphrase(&file, &bad).expect_err("stays shut"), VaultError::WrongPassphrase);

        let (mine, other) = (x25519::Identity::generate(), x25519::Identity::generate());
        let file = wrap_for_identity(&key(), &mine.to_public()).expect("wraps");
        assert_eq!(unwrap_with_identity(&file, &mine).expect("opens").expose(), key().expose());
        assert_eq!(unwrap_with_identity(&file, &other).expect_err("stays shut"), VaultError::WrongIdentity);
    }

    #[test]
    fn work_factors_have_a_cap_on_both_sides() {
        let pass = SecretString::from("x");
        for work in [0, 23, 64] {
            let got = wrap_for_passphrase(&key(), &pass, work).expect_err("refused");
            assert_eq!(got, VaultError::WorkFactor { found: work });
        }
        let file = wrap_for_passphrase(&key(), &pass, 2).expect("wraps");
        let at = file.windows(3).position(|w| w == b" 2\n").expect("the header states the work factor");
        let foreign = [&file[..at], b" 30\n", &file[at + 3..]].concat();
        let got = unwrap_with_passphrase(&foreign, &pass).expect_err("refused before any work");
        assert_eq!(got, VaultError::WorkFactor { found: 30 });
    }

    #[test]
    fn a_damaged_slot_is_not_called_a_wrong_passphrase() {
        let pass = SecretString::from("x");
        let file = wrap_for_passphrase(&key(), &pass, 2).expect("wraps");
        let got = unwrap_with_passphrase(&file[..20], &pass).expect_err("damaged");
        assert_eq!(got, VaultError::SlotDamaged { slot: "passphrase" });
    }
}
