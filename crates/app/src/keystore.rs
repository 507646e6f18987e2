//! The operating system's own store of secrets: the credential manager of Windows, the kernel's key retention service
//! (keyutils) of Linux. Neither is reached through a socket. Linux forgets its keys at the next start of the machine.

use fieldbook_vault::{Keystore, VaultError};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

/// Whom the entries belong to, as lists of the system show it.
const SERVICE: &str = "Fieldbook 查核簿";

/// The store of this system.
pub(crate) struct SystemKeystore;

fn entry(name: &str) -> Result<keyring::Entry, VaultError> {
    keyring::Entry::new(SERVICE, name).map_err(|_| VaultError::Keystore)
}

impl Keystore for SystemKeystore {
    fn get(&self, name: &str) -> Result<Option<SecretString>, VaultError> {
        match entry(name)?.get_secret() {
            Ok(bytes) => {
                let bytes = Zeroizing::new(bytes);
                let text = std::str::from_utf8(&bytes).map_err(|_| VaultError::KeystoreLost)?;
                Ok(Some(SecretString::from(text)))
            }
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(_) => Err(VaultError::Keystore),
        }
    }

    fn set(&self, name: &str, secret: &SecretString) -> Result<(), VaultError> {
        entry(name)?.set_secret(secret.expose_secret().as_bytes()).map_err(|_| VaultError::Keystore)
    }

    fn delete(&self, name: &str) -> Result<(), VaultError> {
        match entry(name)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(_) => Err(VaultError::Keystore),
        }
    }
}
