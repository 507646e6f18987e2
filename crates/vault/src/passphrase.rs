//! A passphrase as scrypt gets it: in Unicode's composed form (NFC, UAX #15), so that the same words open a vault
//! whichever input method or system wrote them. Full-width and half-width forms stay different: they are different
//! characters to whoever chose them.

use crate::error::VaultError;
use secrecy::{ExposeSecret, SecretString};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Most bytes (UTF-8, composed) that a passphrase may have, so that its cost is bounded.
pub const MAX_PASSPHRASE_BYTES: usize = 1024;
/// Most bytes that are tried at all: a release before the limit may have taken more than [`MAX_PASSPHRASE_BYTES`].
const LONGEST_TRIED: usize = 64 * 1024;

/// A new passphrase, composed.
///
/// # Errors
/// [`VaultError::EmptyPassphrase`], [`VaultError::LongPassphrase`].
pub(crate) fn chosen(typed: &SecretString) -> Result<SecretString, VaultError> {
    if typed.expose_secret().is_empty() {
        return Err(VaultError::EmptyPassphrase);
    }
    // Composing cannot shorten a text to a third, so nothing is worked on that would be refused.
    if typed.expose_secret().len() > 4 * MAX_PASSPHRASE_BYTES {
        return Err(VaultError::LongPassphrase);
    }
    let composed = composed(typed);
    if composed.expose_secret().len() > MAX_PASSPHRASE_BYTES {
        return Err(VaultError::LongPassphrase);
    }
    Ok(composed)
}

/// What to try, at most two: composed, then as typed where that differs, for slots of releases that did not compose.
pub(crate) fn tried(typed: &SecretString) -> Vec<SecretString> {
    let text = typed.expose_secret();
    if text.is_empty() || text.len() > LONGEST_TRIED {
        return Vec::new();
    }
    if is_nfc(text) { vec![typed.clone()] } else { vec![composed(typed), typed.clone()] }
}

fn composed(typed: &SecretString) -> SecretString {
    // Composed text may be longer than typed text, threefold at most (UAX #15): room for it is taken at once, so that no
    // copy is left behind by growing.
    let text = typed.expose_secret();
    let mut out = String::with_capacity(3 * text.len());
    out.extend(text.nfc());
    SecretString::from(out)
}
