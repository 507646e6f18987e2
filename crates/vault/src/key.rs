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

/// The random part of one exam's key.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ExamSalt(Zeroizing<[u8; KEY_LEN]>);

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

    /// HMAC-SHA256 of the label with the exam's id and its salt. An exam's file under another exam's name does not
    /// open. Exams of earlier releases have no salt.
    pub(crate) fn for_exam(&self, id: &str, salt: Option<&ExamSalt>) -> DbKey {
        match salt {
            Some(salt) => DbKey(self.mac(&[format!("fieldbook/2/exam/{id}/").as_bytes(), salt.expose()])),
            None => self.derive(&format!("fieldbook/1/exam/{id}")),
        }
    }

    /// HMAC-SHA256 that shows a salt to be the one of this exam in this vault, lower-case hex.
    pub(crate) fn tag_of(&self, id: &str, salt: &ExamSalt) -> String {
        hex::encode(self.mac(&[format!("fieldbook/2/salt/{id}/").as_bytes(), salt.expose()]).as_slice())
    }

    /// Shows a key to be the vault's without opening anything and without telling of the key: sixteen bytes of
    /// HMAC-SHA256 of the label, lower-case hex.
    pub(crate) fn check(&self) -> String {
        self.mac(&[b"fieldbook/2/check"]).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    /// HMAC-SHA256 that shows a text to be this vault's, lower-case hex.
    pub(crate) fn tag(&self, text: &str) -> String {
        hex::encode(self.mac(&[b"fieldbook/2/tag/", text.as_bytes()]).as_slice())
    }

    fn derive(&self, label: &str) -> DbKey {
        DbKey(self.mac(&[label.as_bytes()]))
    }

    fn mac(&self, parts: &[&[u8]]) -> Zeroizing<[u8; KEY_LEN]> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.expose()).expect("HMAC takes a key of any length");
        parts.iter().for_each(|part| mac.update(part));
        Zeroizing::new(mac.finalize().into_bytes().into())
    }
}

impl ExamSalt {
    /// A new salt filled by `entropy`.
    pub(crate) fn new(entropy: &mut dyn FnMut(&mut [u8])) -> Self {
        let mut bytes = Zeroizing::new([0_u8; KEY_LEN]);
        entropy(bytes.as_mut_slice());
        Self(bytes)
    }

    /// The salt of these bytes; `None` when they are not 32.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(bytes.try_into().ok()?)))
    }

    /// The bytes, for keeping only.
    pub(crate) fn expose(&self) -> &[u8] {
        self.0.as_slice()
    }
}

impl DbKey {
    /// The bytes, for looking at the pages' codes only.
    pub(crate) fn expose(&self) -> &[u8] {
        self.0.as_slice()
    }

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

impl fmt::Debug for ExamSalt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ExamSalt(…)")
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
        let salts = [1, 2].map(|n| ExamSalt::new(&mut |b| b.fill(n)));
        let texts = [
            key.for_vault(),
            key.for_exam("a", None),
            key.for_exam("b", None),
            key.for_exam("a", Some(&salts[0])),
            key.for_exam("a", Some(&salts[1])),
            key.for_exam("b", Some(&salts[0])),
        ]
        .map(|key| key.pragma());
        for (i, text) in texts.iter().enumerate() {
            assert!(texts.iter().skip(i + 1).all(|other| other != text), "{i}");
        }
        assert!(texts.iter().all(|t| !t.contains(&"07".repeat(32))));
        assert_eq!(format!("{key:?} {:?}", key.for_vault()), "DataKey(…) DbKey(…)");
    }
}
