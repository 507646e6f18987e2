//! The operating system's own store of secrets, as far as a vault sees it. It is handed in.

use crate::error::VaultError;
use secrecy::SecretString;

/// Keeps texts under names, for whoever is logged in to this machine.
pub trait Keystore {
    /// The text under a name; `None` when there is none.
    ///
    /// # Errors
    /// [`VaultError::Keystore`] when the store cannot be asked.
    fn get(&self, name: &str) -> Result<Option<SecretString>, VaultError>;
    /// Keeps a text under a name in place of any before.
    ///
    /// # Errors
    /// [`VaultError::Keystore`].
    fn set(&self, name: &str, secret: &SecretString) -> Result<(), VaultError>;
    /// Takes away what is under a name; nothing there is no error.
    ///
    /// # Errors
    /// [`VaultError::Keystore`].
    fn delete(&self, name: &str) -> Result<(), VaultError>;
}
