//! The vault's own signer: an Ed25519 key, with which its examiner signs checklist packages. Its seed is a setting that
//! no public reader reaches.

use crate::error::VaultError;
use crate::table::setting;
use crate::vault::Vault;
use ed25519_dalek::{Signer, SigningKey};
use rusqlite::Connection;
use zeroize::Zeroizing;

const SEED_LEN: usize = 32;

/// Makes the signer from a seed that `entropy` fills.
pub(crate) fn make(conn: &Connection, entropy: &mut dyn FnMut(&mut [u8])) -> Result<(), VaultError> {
    let mut seed = Zeroizing::new([0_u8; SEED_LEN]);
    entropy(seed.as_mut_slice());
    let digits = Zeroizing::new(hex::encode(seed.as_slice()));
    setting::set(conn, setting::SIGNER, Some(&digits))
}

fn read(conn: &Connection) -> Result<Option<SigningKey>, VaultError> {
    let Some(digits) = setting::get(conn, setting::SIGNER)?.map(Zeroizing::new) else { return Ok(None) };
    let mut seed = Zeroizing::new([0_u8; SEED_LEN]);
    hex::decode_to_slice(digits.as_bytes(), seed.as_mut_slice())
        .map_err(|_| VaultError::Damaged { what: "the vault's signer" })?;
    Ok(Some(SigningKey::from_bytes(&seed)))
}

impl Vault {
    /// Makes the signer of a vault that has none, made by an earlier release. `entropy` fills its seed and is not
    /// asked when there is one.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn ensure_signer(&mut self, entropy: &mut dyn FnMut(&mut [u8])) -> Result<(), VaultError> {
        match read(&self.conn)? {
            Some(_) => Ok(()),
            None => make(&self.conn, entropy),
        }
    }

    /// Ed25519 public key of the vault's signer, 32 bytes; `None` when it has none yet.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] when the stored seed is none.
    pub fn signer(&self) -> Result<Option<[u8; 32]>, VaultError> {
        Ok(read(&self.conn)?.map(|key| key.verifying_key().to_bytes()))
    }

    /// Signs a message (Ed25519, RFC 8032).
    ///
    /// # Errors
    /// [`VaultError::NoSigner`] when the vault has none yet, [`VaultError::Damaged`] when the stored seed is none.
    pub fn sign(&self, message: &[u8]) -> Result<[u8; 64], VaultError> {
        let key = read(&self.conn)?.ok_or(VaultError::NoSigner)?;
        Ok(key.sign(message).to_bytes())
    }
}
