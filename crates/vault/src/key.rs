//! The data key and the database keys derived from it.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

/// Length of every key, in bytes.
pub(crate) const KEY_LEN: usize = 32;

/// The random key that every slot wraps. Its bytes are wiped when it is dropped.
#[derive(Clone)]
pub(crate) struct DataKey(Zeroizing<[u8; KEY_LEN]>);

/// The raw key of one database.
#[derive(Clone)]
pub(crate) struct DbKey(Zeroizing<[u8; KEY_LEN]>);

impl DataKey {
    /// A new key filled by `entropy`.
    pub(crate) fn new(entropy: &mut dyn FnMut(&mut [u8])) -> Self {
        let mut bytes = Zeroizing::new([0_u8; KEY_LEN]);
        entropy(bytes.as_mut_slice());
        Self(bytes)
    }

    /// The key of these bytes; `None` when they are not 32.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(bytes.try_into().ok()?)))
    }

    /// The bytes, for wrapping only.
    pub(crate) fn expose(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// HMAC-SHA256 of the label: the key of `vault.db`.
    pub(crate) fn for_vault(&self) -> DbKey {
        self.derive("fieldbook/1/vault")
    }

    /// HMAC-SHA256 of the label with the exam's id. An exam's file under another exam's name does not open.
    pub(crate) fn for_exam(&self, id: &str) -> DbKey {
        self.derive(&format!("fieldbook/1/exam/{id}"))
    }

    fn derive(&self, label: &str) -> DbKey {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.expose()).expect("HMAC takes a key of any length");
        mac.update(label.as_bytes());
        DbKey(Zeroizing::new(mac.finalize().into_bytes().into()))
    }
}

impl DbKey {
    /// The statement that gives SQLCipher this raw key.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        let digits = Zeroizing::new(hex::encode(self.0.as_slice()));
        Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", digits.as_str()))
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(…)")
    }
}

impl fmt::Debug for DbKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DbKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_database_has_a_key_of_its_own_and_none_is_printed() {
        let key = DataKey::new(&mut |b| b.fill(7));
        let texts = [key.for_vault().pragma(), key.for_exam("a").pragma(), key.for_exam("b").pragma()];
        assert!(texts[0] != texts[1] && texts[1] != texts[2] && texts[0] != texts[2]);
        assert!(texts.iter().all(|t| !t.contains(&"07".repeat(32))));
        assert_eq!(format!("{key:?} {:?}", key.for_vault()), "DataKey(…) DbKey(…)");
    }
}
