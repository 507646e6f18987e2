//! The recovery identity: shown once, typed back in part.

use crate::error::VaultError;
use age::x25519;
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use std::str::FromStr;
use zeroize::Zeroizing;

/// Characters in a group that is typed back.
const GROUP: usize = 4;
/// What every identity begins with; nobody is asked for it.
const PREFIX: &str = "AGE-SECRET-KEY-1";
/// Fewest groups that count as a confirmation.
const FEWEST_GROUPS: usize = 2;

/// An age X25519 identity that opens a vault without its passphrase.
pub struct RecoveryIdentity(x25519::Identity);

impl RecoveryIdentity {
    /// A new identity, from the operating system's randomness.
    pub(crate) fn generate() -> Self {
        Self(x25519::Identity::generate())
    }

    /// Reads `AGE-SECRET-KEY-1…` as a person types it: any case, blanks anywhere.
    ///
    /// # Errors
    /// [`VaultError::NotAnIdentity`].
    pub fn parse(typed: &SecretString) -> Result<Self, VaultError> {
        let text = folded(typed.expose_secret());
        x25519::Identity::from_str(&text).map(Self).map_err(|_| VaultError::NotAnIdentity)
    }

    /// The text to show once: `AGE-SECRET-KEY-1…`.
    #[must_use]
    pub fn secret(&self) -> SecretString {
        self.0.to_string()
    }

    /// The identity itself.
    pub(crate) fn identity(&self) -> &x25519::Identity {
        &self.0
    }

    /// The text behind `AGE-SECRET-KEY-1` in groups of four characters, the last one shorter.
    #[must_use]
    pub fn groups(&self) -> Vec<SecretString> {
        let text = self.secret();
        let body = text.expose_secret().strip_prefix(PREFIX).unwrap_or_default();
        body.as_bytes()
            .chunks(GROUP)
            .map(|g| SecretString::from(String::from_utf8_lossy(g).into_owned()))
            .collect()
    }

    /// `count` different positions in [`groups`](Self::groups), in rising order, for the person to type back; the
    /// last, shorter group is never asked for.
    #[must_use]
    pub fn challenge(&self, count: usize, entropy: &mut dyn FnMut(&mut [u8])) -> Vec<usize> {
        let mut pool: Vec<usize> = (0..self.groups().len().saturating_sub(1)).collect();
        let mut chosen = Vec::new();
        while chosen.len() < count && !pool.is_empty() {
            let mut byte = [0_u8; 4];
            entropy(&mut byte);
            let at = u32::from_le_bytes(byte) as usize % pool.len();
            chosen.push(pool.swap_remove(at));
        }
        chosen.sort_unstable();
        chosen
    }

    /// Whether `typed` are the groups at `positions`, in that order.
    ///
    /// # Errors
    /// [`VaultError::TooFewGroups`] for fewer than two different positions or another number of texts.
    pub fn confirms(&self, positions: &[usize], typed: &[&str]) -> Result<bool, VaultError> {
        let mut different = positions.to_vec();
        different.sort_unstable();
        different.dedup();
        if different.len() < FEWEST_GROUPS || positions.len() != typed.len() {
            return Err(VaultError::TooFewGroups);
        }
        let groups = self.groups();
        Ok(positions
            .iter()
            .zip(typed)
            .all(|(at, text)| groups.get(*at).is_some_and(|g| g.expose_secret() == folded(text).as_str())))
    }
}

fn folded(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect())
}

impl fmt::Debug for RecoveryIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryIdentity(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_it_back_in_part() {
        let id = RecoveryIdentity::generate();
        let mut n = 0_u8;
        let at = id.challenge(3, &mut |b| {
            n = n.wrapping_add(91);
            b.fill(n);
        });
        assert_eq!(at.len(), 3);
        assert!(at.windows(2).all(|w| w[0] < w[1]));
        let right: Vec<String> = at.iter().map(|i| id.groups()[*i].expose_secret().to_lowercase()).collect();
        let mut typed: Vec<&str> = right.iter().map(String::as_str).collect();
        assert_eq!(id.confirms(&at, &typed), Ok(true));
        typed[1] = "????";
        assert_eq!(id.confirms(&at, &typed), Ok(false));
        assert_eq!(id.confirms(&at[..1], &typed[..1]), Err(VaultError::TooFewGroups));
        assert_eq!(id.confirms(&[at[0], at[0]], &[&right[0], &right[0]]), Err(VaultError::TooFewGroups));
    }

    #[test]
    fn it_reads_back_as_a_person_types_it_and_is_never_printed() {
        let id = RecoveryIdentity::generate();
        let typed = id.secret().expose_secret().to_lowercase().replace("key-1", "key-1 ");
        let again = RecoveryIdentity::parse(&SecretString::from(typed)).expect("reads");
        assert_eq!(again.secret().expose_secret(), id.secret().expose_secret());
        assert_eq!(format!("{id:?}"), "RecoveryIdentity(…)");
        let wrong = SecretString::from("AGE-SECRET-KEY-1QQQ");
        assert_eq!(RecoveryIdentity::parse(&wrong).expect_err("not one"), VaultError::NotAnIdentity);
    }
}
