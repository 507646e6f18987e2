//! Key slots: the data key wrapped with age, one file for each way to open the vault.

use crate::error::VaultError;
use crate::key::DataKey;
use crate::passphrase;
use age::secrecy::SecretString;
use age::{DecryptError, x25519};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;
use zeroize::Zeroizing;

/// Smallest scrypt work factor that is accepted or written: the base-2 logarithm of N (RFC 7914).
pub const MIN_WORK_FACTOR: u8 = 10;
/// Largest scrypt work factor that is accepted or written: 2²⁰ needs 1 GiB, which any machine that runs the window has.
pub const MAX_WORK_FACTOR: u8 = 20;

const ESCROW: &str = "escrow-";

/// A way to open the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// `keys/passphrase.age`.
    Passphrase,
    /// `keys/recovery.age`.
    Recovery,
    /// `keys/keystore.age`, for an identity that the operating system's own store of secrets keeps.
    Keystore,
    /// `keys/escrow-<mark>.age`, for somebody else's age identity: the first four bytes of the SHA-256 of its
    /// recipient.
    Escrow(u32),
}

impl Slot {
    /// Slots of which there is one at most.
    pub(crate) const SINGLE: [Self; 3] = [Self::Passphrase, Self::Recovery, Self::Keystore];

    /// The escrow slot of a recipient.
    #[must_use]
    pub(crate) fn escrow(recipient: &x25519::Recipient) -> Self {
        let digest = Sha256::digest(recipient.to_string());
        Self::Escrow(digest.iter().take(4).fold(0, |mark, byte| (mark << 8) | u32::from(*byte)))
    }

    /// The kind of slot.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Passphrase => "passphrase",
            Self::Recovery => "recovery",
            Self::Keystore => "keystore",
            Self::Escrow(_) => "escrow",
        }
    }

    /// File name below `keys/`.
    pub(crate) fn file_name(self) -> String {
        format!("{self}.age")
    }
}

/// The slot's name as lists and outputs show it: its kind, and the mark of an escrow slot.
impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Escrow(mark) => write!(f, "{ESCROW}{mark:08x}"),
            slot => f.write_str(slot.name()),
        }
    }
}

impl FromStr for Slot {
    type Err = VaultError;

    /// Reads what `to_string` gives.
    fn from_str(text: &str) -> Result<Self, VaultError> {
        let escrow = text
            .strip_prefix(ESCROW)
            .filter(|mark| mark.len() == 8)
            .and_then(|mark| u32::from_str_radix(mark, 16).ok())
            .map(Self::Escrow)
            .filter(|slot| slot.to_string() == text);
        let slot = escrow.or_else(|| Self::SINGLE.into_iter().find(|slot| slot.name() == text));
        slot.ok_or(VaultError::UnknownSlot)
    }
}

/// Whether a text is an age X25519 recipient (`age1…`).
#[must_use]
pub fn is_recipient(text: &str) -> bool {
    recipient(text).is_ok()
}

/// Reads `age1…`.
///
/// # Errors
/// [`VaultError::NotARecipient`].
pub(crate) fn recipient(text: &str) -> Result<x25519::Recipient, VaultError> {
    x25519::Recipient::from_str(text.trim()).map_err(|_| VaultError::NotARecipient)
}

/// The data key for a passphrase. A scrypt recipient is alone in its file.
pub(crate) fn wrap_for_passphrase(
    key: &DataKey,
    passphrase: &SecretString,
    work: u8,
) -> Result<Vec<u8>, VaultError> {
    let passphrase = passphrase::chosen(passphrase)?;
    if !(MIN_WORK_FACTOR..=MAX_WORK_FACTOR).contains(&work) {
        return Err(VaultError::WorkFactor { found: work });
    }
    let mut recipient = age::scrypt::Recipient::new(passphrase);
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
    for passphrase in passphrase::tried(passphrase) {
        match data_key(decrypt_with_passphrase(file, passphrase), Slot::Passphrase) {
            Err(VaultError::WrongIdentity) => {}
            opened => return opened,
        }
    }
    Err(VaultError::WrongPassphrase)
}

/// Opens the slot of an identity. `slot` is the one that an error names.
pub(crate) fn unwrap_with_identity(
    file: &[u8],
    identity: &x25519::Identity,
    slot: Slot,
) -> Result<DataKey, VaultError> {
    data_key(decrypt(file, identity), slot)
}

/// Why an age file does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shut {
    /// The secret is not that of the file.
    NoMatch,
    /// The file asks for more or less work than is accepted.
    Work(u8),
    /// The file's code is wrong for its header.
    Mac,
    /// The file is none, or it was changed.
    Damaged,
}

fn data_key(opened: Result<Zeroizing<Vec<u8>>, Shut>, slot: Slot) -> Result<DataKey, VaultError> {
    let damaged = VaultError::SlotDamaged { slot: slot.name() };
    match opened {
        Ok(bytes) => DataKey::from_bytes(&bytes).ok_or(damaged),
        Err(Shut::NoMatch) => Err(VaultError::WrongIdentity),
        Err(Shut::Work(found)) => Err(VaultError::WorkFactor { found }),
        Err(Shut::Mac | Shut::Damaged) => Err(damaged),
    }
}

/// Opens an age file with a passphrase, with bounds to the work that its header asks for.
fn decrypt_with_passphrase(file: &[u8], passphrase: SecretString) -> Result<Zeroizing<Vec<u8>>, Shut> {
    if let Some(work) = stated_work(file).filter(|work| *work < MIN_WORK_FACTOR) {
        return Err(Shut::Work(work));
    }
    let mut identity = age::scrypt::Identity::new(passphrase);
    identity.set_max_work_factor(MAX_WORK_FACTOR);
    decrypt(file, &identity)
}

/// Opens an age file (C2SP age v1), never an armoured one: no slot is written so.
fn decrypt(file: &[u8], by: &impl age::Identity) -> Result<Zeroizing<Vec<u8>>, Shut> {
    if !bodies_end(file) {
        return Err(Shut::Damaged);
    }
    age::decrypt(by, file).map(Zeroizing::new).map_err(|error| match error {
        DecryptError::ExcessiveWork { required, .. } => Shut::Work(required),
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed | DecryptError::NoMatchingKeys => {
            Shut::NoMatch
        }
        DecryptError::InvalidMac => Shut::Mac,
        _ => Shut::Damaged,
    })
}

/// Whether the body of every stanza ends with a line of less than 64 characters, as the format wants it; the `age` crate
/// overlooks one that does not.
fn bodies_end(file: &[u8]) -> bool {
    let mut in_body = false;
    for line in file.split(|byte| *byte == b'\n').skip(1) {
        if in_body {
            if line.starts_with(b"-") {
                return false;
            }
            in_body = line.len() >= 64;
        } else if line.starts_with(b"---") {
            return true;
        } else {
            in_body = line.starts_with(b"-> ");
        }
    }
    true
}

/// The work factor that the header of a passphrase file states: `-> scrypt SALT WORK` on its second line.
fn stated_work(file: &[u8]) -> Option<u8> {
    let line = file.split(|byte| *byte == b'\n').nth(1)?;
    let mut words = std::str::from_utf8(line).ok()?.strip_prefix("-> scrypt ")?.split(' ');
    words.nth(1)?.parse().ok()
}

#[cfg(test)]
mod vectors;

#[cfg(test)]
mod tests {
    use super::*;

    const WORK: u8 = MIN_WORK_FACTOR;

    fn key() -> DataKey {
        DataKey::new(&mut |b| b.fill(3))
    }

    fn with_work(file: &[u8], work: &[u8]) -> Vec<u8> {
        let at = file.windows(4).position(|w| w == b" 10\n").expect("the header states the work factor");
        [&file[..at], b" ", work, b"\n", &file[at + 4..]].concat()
    }

    #[test]
    fn a_slot_opens_for_its_own_secret_only() {
        let (good, bad) = (SecretString::from("correct horse"), SecretString::from("correct horse "));
        let file = wrap_for_passphrase(&key(), &good, WORK).expect("wraps");
        assert_eq!(unwrap_with_passphrase(&file, &good).expect("opens").expose(), key().expose());
        assert_eq!(unwrap_with_passphrase(&file, &bad).expect_err("stays shut"), VaultError::WrongPassphrase);

        let (mine, other) = (x25519::Identity::generate(), x25519::Identity::generate());
        let file = wrap_for_identity(&key(), &mine.to_public()).expect("wraps");
        let open = |by| unwrap_with_identity(&file, by, Slot::Recovery);
        assert_eq!(open(&mine).expect("opens").expose(), key().expose());
        assert_eq!(open(&other).expect_err("stays shut"), VaultError::WrongIdentity);
    }

    #[test]
    fn work_factors_are_bounded_on_both_sides_when_written_and_when_read() {
        let pass = SecretString::from("x");
        for work in [0, MIN_WORK_FACTOR - 1, MAX_WORK_FACTOR + 1, 64] {
            let got = wrap_for_passphrase(&key(), &pass, work).expect_err("refused");
            assert_eq!(got, VaultError::WorkFactor { found: work });
        }
        let file = wrap_for_passphrase(&key(), &pass, WORK).expect("wraps");
        for work in [1_u8, 9, 21, 30] {
            let foreign = with_work(&file, work.to_string().as_bytes());
            let got = unwrap_with_passphrase(&foreign, &pass).expect_err("refused before any work");
            assert_eq!(got, VaultError::WorkFactor { found: work });
        }
    }

    #[test]
    fn a_damaged_slot_is_not_called_a_wrong_passphrase() {
        let pass = SecretString::from("x");
        let file = wrap_for_passphrase(&key(), &pass, WORK).expect("wraps");
        for cut in [0, 20, file.len() - 1] {
            let got = unwrap_with_passphrase(&file[..cut], &pass).expect_err("damaged");
            assert_eq!(got, VaultError::SlotDamaged { slot: "passphrase" }, "{cut}");
        }
    }

    #[test]
    fn a_flipped_byte_of_a_slot_never_gives_a_key() {
        let (pass, identity) = (SecretString::from("x"), x25519::Identity::generate());
        let by_passphrase = wrap_for_passphrase(&key(), &pass, WORK).expect("wraps");
        let by_identity = wrap_for_identity(&key(), &identity.to_public()).expect("wraps");
        for at in 0..by_passphrase.len() {
            let mut file = by_passphrase.clone();
            file[at] ^= 1;
            unwrap_with_passphrase(&file, &pass).expect_err("stays shut");
        }
        for at in 0..by_identity.len() {
            let mut file = by_identity.clone();
            file[at] ^= 1;
            unwrap_with_identity(&file, &identity, Slot::Recovery).expect_err("stays shut");
        }
    }

    #[test]
    fn the_same_words_composed_and_decomposed_open_the_same_slot() {
        // ガ and é may come as one character or as a letter and a mark; ﹝㐂﹞ are as they are.
        let composed = SecretString::from("備忘 ガード café 㐂");
        let typed = SecretString::from("備忘 カ\u{3099}ード cafe\u{301} 㐂");
        for (chosen, tried) in [(&composed, &typed), (&typed, &composed)] {
            let file = wrap_for_passphrase(&key(), chosen, WORK).expect("wraps");
            assert_eq!(unwrap_with_passphrase(&file, tried).expect("opens").expose(), key().expose());
        }
        let wide = SecretString::from("ｐａｓｓ通關密語");
        let file = wrap_for_passphrase(&key(), &wide, WORK).expect("wraps");
        let narrow = SecretString::from("pass通關密語");
        assert_eq!(unwrap_with_passphrase(&file, &narrow).expect_err("another"), VaultError::WrongPassphrase);
    }

    #[test]
    fn a_slot_made_before_passphrases_were_composed_opens() {
        let typed = SecretString::from("cafe\u{301} 查核");
        let mut recipient = age::scrypt::Recipient::new(typed.clone());
        recipient.set_work_factor(WORK);
        let file = age::encrypt(&recipient, key().expose()).expect("wraps");
        assert_eq!(unwrap_with_passphrase(&file, &typed).expect("opens").expose(), key().expose());
    }

    #[test]
    fn a_passphrase_has_a_longest_length() {
        let wrap = |text: String| wrap_for_passphrase(&key(), &SecretString::from(text), WORK).map(|_| ());
        assert_eq!(wrap("查".repeat(341)), Ok(()));
        assert_eq!(wrap("查".repeat(342)), Err(VaultError::LongPassphrase));
        let file = wrap_for_passphrase(&key(), &SecretString::from("x"), WORK).expect("wraps");
        let huge = SecretString::from("x".repeat(1 << 20));
        assert_eq!(unwrap_with_passphrase(&file, &huge).expect_err("no work"), VaultError::WrongPassphrase);
    }

    #[test]
    fn a_slots_name_reads_back_and_nothing_else_does() {
        let escrow = Slot::escrow(&x25519::Identity::generate().to_public());
        for slot in [Slot::Passphrase, Slot::Recovery, Slot::Keystore, escrow, Slot::Escrow(0xa)] {
            assert_eq!(slot.to_string().parse(), Ok(slot));
        }
        for text in ["", "escrow", "escrow-", "escrow-0000000A", "escrow-+000000a", "../x", "vault"] {
            assert_eq!(text.parse::<Slot>(), Err(VaultError::UnknownSlot), "{text}");
        }
    }
}
