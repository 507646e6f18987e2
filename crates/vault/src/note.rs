//! Checkpoints as signed notes, in the public formats of C2SP: `tlog-checkpoint` (origin, size, root in base64) within
//! `signed-note` (a blank line, then `— <name> <base64(key id || Ed25519 signature)>`), so that other programs than this
//! one can check them.

use crate::error::VaultError;
use crate::journal::Checkpoint;
use crate::vault::Vault;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};

/// The signature type of plain Ed25519.
const ED25519: u8 = 1;
/// What a line with a signature begins with.
const DASH: &str = "\u{2014} ";
/// Longest note that is read, bytes.
const LONGEST: usize = 64 * 1024;

/// A signed note that was read, not yet checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedNote {
    /// Which journal: `fieldbook/exam/<id>`.
    pub origin: String,
    /// Size and root.
    pub checkpoint: Checkpoint,
    text: String,
    /// Name, key id and signature of each line.
    signatures: Vec<(String, [u8; 4], [u8; 64])>,
}

/// First four bytes of SHA-256 over name, line feed, signature type and public key.
fn key_id(name: &str, key: &[u8; 32]) -> [u8; 4] {
    let hash = Sha256::new().chain_update(name).chain_update([b'\n', ED25519]).chain_update(key).finalize();
    [hash[0], hash[1], hash[2], hash[3]]
}

/// The key as other programs take it: `<name>+<key id>+<base64(type || key)>`.
#[must_use]
pub fn verifier_key(name: &str, key: &[u8; 32]) -> String {
    let typed: Vec<u8> = [ED25519].iter().chain(key).copied().collect();
    format!("{name}+{}+{}", hex::encode(key_id(name, key)), STANDARD.encode(typed))
}

/// What is signed: the lines with their last line feed.
fn body(origin: &str, at: &Checkpoint) -> Result<String, VaultError> {
    let root = hex::decode(&at.root).map_err(|_| VaultError::Damaged { what: "checkpoint" })?;
    Ok(format!("{origin}\n{}\n{}\n", at.size, STANDARD.encode(root)))
}

impl SignedNote {
    /// Reads a note; what is not one gives `None`. Whether it is signed is [`signed_by`](Self::signed_by)'s to say.
    #[must_use]
    pub fn read(note: &str) -> Option<Self> {
        let note = note.strip_prefix('\u{feff}').unwrap_or(note).replace("\r\n", "\n");
        if note.len() > LONGEST {
            return None;
        }
        let (text, lines) = note.rsplit_once("\n\n")?;
        let text = format!("{text}\n");
        let mut parts = text.lines();
        let (origin, size, root) = (parts.next()?, parts.next()?, parts.next()?);
        let root = STANDARD.decode(root).ok().filter(|root| root.len() == 32)?;
        let plain = size.chars().all(|c| c.is_ascii_digit()) && (size == "0" || !size.starts_with('0'));
        let checkpoint = Checkpoint { size: size.parse().ok().filter(|_| plain)?, root: hex::encode(root) };
        let signatures: Option<Vec<_>> = lines.lines().map(signature).collect();
        let signatures = signatures.filter(|all| !all.is_empty() && !origin.is_empty())?;
        Some(Self { origin: origin.to_owned(), checkpoint, text, signatures })
    }

    /// Whether one of its signatures is that of this key over what it says.
    #[must_use]
    pub fn signed_by(&self, key: &[u8; 32]) -> bool {
        let Ok(verifying) = VerifyingKey::from_bytes(key) else { return false };
        self.signatures.iter().any(|(name, id, signature)| {
            *id == key_id(name, key)
                && verifying.verify_strict(self.text.as_bytes(), &Signature::from_bytes(signature)).is_ok()
        })
    }
}

fn signature(line: &str) -> Option<(String, [u8; 4], [u8; 64])> {
    let (name, encoded) = line.strip_prefix(DASH)?.split_once(' ')?;
    let bytes = STANDARD.decode(encoded).ok()?;
    let (id, signature) = bytes.split_first_chunk::<4>()?;
    let named = !name.is_empty() && !name.contains('+');
    Some((name.to_owned(), *id, signature.try_into().ok()?)).filter(|_| named)
}

impl Vault {
    /// A checkpoint of the journal named `origin` as a note that the vault's signer signed.
    ///
    /// # Errors
    /// [`VaultError::NoSigner`] when the vault has none yet.
    pub fn signed_note(&self, origin: &str, at: &Checkpoint) -> Result<String, VaultError> {
        let key = self.signer()?.ok_or(VaultError::NoSigner)?;
        let text = body(origin, at)?;
        let signature = self.sign(text.as_bytes())?;
        let line: Vec<u8> = key_id(origin, &key).iter().chain(&signature).copied().collect();
        Ok(format!("{text}\n{DASH}{origin} {}\n", STANDARD.encode(line)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::{Signer, SigningKey};
    use proptest::prelude::*;

    fn note(origin: &str, at: &Checkpoint, key: &SigningKey) -> String {
        let text = body(origin, at).expect("hex");
        let id = key_id(origin, &key.verifying_key().to_bytes());
        let line: Vec<u8> = id.iter().chain(&key.sign(text.as_bytes()).to_bytes()).copied().collect();
        format!("{text}\n{DASH}{origin} {}\n", STANDARD.encode(line))
    }

    #[test]
    fn the_key_of_the_checksum_database_of_go_has_the_id_that_the_world_knows() {
        // sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8
        let typed = STANDARD.decode("Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8").expect("base64");
        let key: [u8; 32] = typed[1..].try_into().expect("32 bytes");
        assert_eq!(
            verifier_key("sum.golang.org", &key),
            "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
        );
    }

    #[test]
    fn a_note_with_another_word_key_or_name_is_signed_by_nobody() {
        let key = SigningKey::from_bytes(&[5; 32]);
        let public = key.verifying_key().to_bytes();
        let at = Checkpoint { size: 12, root: "ab".repeat(32) };
        let good = note("fieldbook/exam/e-1", &at, &key);
        let read = SignedNote::read(&good).expect("a note");
        assert_eq!((read.origin.as_str(), &read.checkpoint), ("fieldbook/exam/e-1", &at));
        assert!(read.signed_by(&public));
        assert!(!read.signed_by(&SigningKey::from_bytes(&[6; 32]).verifying_key().to_bytes()));
        for (from, to) in [
            ("e-1\n", "e-2\n"),
            ("\n12\n", "\n13\n"),
            ("q6ur", "q6us"),
            ("\u{2014} field", "\u{2014} shield"),
        ] {
            let forged = good.replacen(from, to, 1);
            assert_ne!(forged, good);
            assert!(SignedNote::read(&forged).is_none_or(|n| !n.signed_by(&public)), "{from:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_no_note_is_refused_without_a_crash(text in any::<String>()) {
            prop_assert!(SignedNote::read(&text).is_none_or(|n| !n.signed_by(&[3; 32])));
        }

        #[test]
        fn one_changed_byte_is_noticed(at in any::<proptest::sample::Index>(), bit in 0_u8..7) {
            let key = SigningKey::from_bytes(&[5; 32]);
            let good = note("fieldbook/exam/e-1", &Checkpoint { size: 12, root: "ab".repeat(32) }, &key);
            let mut bytes = good.clone().into_bytes();
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            if let Ok(text) = String::from_utf8(bytes) {
                let read = SignedNote::read(&text);
                let whole = SignedNote::read(&good);
                // What is read as the same note says the same.
                prop_assert!(read == whole || read.is_none_or(|n| !n.signed_by(&key.verifying_key().to_bytes())));
            }
        }
    }
}
