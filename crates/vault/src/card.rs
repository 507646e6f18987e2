//! 名片: who somebody is, in one line that is handed over: name, unit, the age recipient to which packages are encrypted
//! for them, and the Ed25519 key with which their vault signs. The key signs the card, so that nobody makes one for a key
//! that is not theirs; that the key belongs to the name only a comparison of fingerprints shows.
//!
//! ```text
//! fieldbook-card:1:<base64url of: name, unit, recipient (each with its length in front), signer, signature, checksum>
//! ```

use crate::error::{CardFault, VaultError};
use crate::slot;
use crate::vault::Vault;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, VerifyingKey};
use fieldbook_model::text;
use sha2::{Digest, Sha256};
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// What a card begins with; its version and a colon follow.
const MARK: &str = "fieldbook-card:";
const VERSION: &str = "1";
/// Before what is signed, so that no signature over something else passes for one.
const SIGNED: &[u8] = b"fieldbook/1/card\0";
const CHECKED: &[u8] = b"fieldbook/1/card-checksum\0";
const COMPARED: &[u8] = b"fieldbook/1/fingerprint\0";
/// Most bytes of a text in which a card is looked for.
const LONGEST: usize = 64 * 1024;
/// Characters that a name may have; in UTF-8 they fit behind a length of one byte.
const LONGEST_NAME: usize = 40;
/// The same of a unit.
const LONGEST_UNIT: usize = 60;

/// Groups of a fingerprint.
pub const FINGERPRINT_GROUPS: usize = 6;
/// Groups that must be typed back before another key takes the place of a known one.
pub const GROUPS_TYPED: usize = 2;

/// Who somebody says they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Name.
    pub name: String,
    /// 單位; may be empty.
    pub unit: String,
    /// `age1…`, to which packages for them are encrypted.
    pub recipient: String,
    /// Ed25519 public key of their vault's signer.
    pub signer: [u8; 32],
}

/// What two people compare aloud: 30 digits in six groups of five, from SHA-256 over a label, the signer and the recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint([u32; FINGERPRINT_GROUPS]);

impl Card {
    /// Finds the card in a text: pasted from a chat, broken into lines, in full-width letters, amid other words.
    ///
    /// # Errors
    /// [`VaultError::Card`].
    pub fn read(text: &str) -> Result<Self, VaultError> {
        if text.len() > LONGEST {
            return Err(CardFault::None.into());
        }
        let plain: String = text.chars().filter_map(plain).collect();
        let (_, rest) = plain.split_once(MARK).ok_or(CardFault::None)?;
        let (version, rest) = rest.split_once(':').ok_or(CardFault::Damaged)?;
        if version != VERSION {
            let newer = !version.is_empty() && version.chars().all(|c| c.is_ascii_digit());
            return Err(if newer { CardFault::Newer } else { CardFault::Damaged }.into());
        }
        // Whatever cannot be part of a card ends it: a full stop, the words behind it.
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c))).unwrap_or(rest.len());
        let bytes = rest.get(..end).and_then(|code| URL_SAFE_NO_PAD.decode(code).ok());
        Self::of_bytes(&bytes.ok_or(CardFault::Damaged)?)
    }

    fn of_bytes(bytes: &[u8]) -> Result<Self, VaultError> {
        let (checked, sum) = bytes.split_last_chunk::<4>().ok_or(CardFault::Damaged)?;
        if checksum(checked) != *sum {
            return Err(CardFault::Damaged.into());
        }
        let (body, signature) = checked.split_last_chunk::<64>().ok_or(CardFault::Damaged)?;
        let (texts, signer) = body.split_last_chunk::<32>().ok_or(CardFault::Damaged)?;
        let (name, texts) = counted(texts)?;
        let (unit, texts) = counted(texts)?;
        let (recipient, rest) = counted(texts)?;
        let card = Self { name, unit, recipient, signer: *signer };
        card.fits()?;
        // Written in one way only, so that the same recipient is the same text.
        let canonical = slot::recipient(&card.recipient).map(|r| r.to_string());
        if !rest.is_empty() || canonical.as_ref() != Ok(&card.recipient) {
            return Err(CardFault::Damaged.into());
        }
        let key = VerifyingKey::from_bytes(signer).map_err(|_| CardFault::Unsigned)?;
        let signature = Signature::from_bytes(signature);
        key.verify_strict(&[SIGNED, body].concat(), &signature).map_err(|_| CardFault::Unsigned)?;
        Ok(card)
    }

    /// Whether name and unit can stand on a card.
    fn fits(&self) -> Result<(), VaultError> {
        let fits = |text: &str, most| {
            text.trim() == text
                && text.chars().count() <= most
                && !text.chars().any(|c| hidden(c) || c.is_control())
        };
        let named = !self.name.is_empty() && fits(&self.name, LONGEST_NAME) && fits(&self.unit, LONGEST_UNIT);
        if named { Ok(()) } else { Err(CardFault::Name.into()) }
    }

    fn body(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for text in [&self.name, &self.unit, &self.recipient] {
            // No text of a card that fits is longer.
            out.push(u8::try_from(text.len()).unwrap_or(u8::MAX));
            out.extend_from_slice(text.as_bytes());
        }
        out.extend_from_slice(&self.signer);
        out
    }

    /// The card as one line; `sign` is the signer's signature over what it is given.
    fn line(&self, sign: impl FnOnce(&[u8]) -> Result<[u8; 64], VaultError>) -> Result<String, VaultError> {
        self.fits()?;
        let mut bytes = self.body();
        let signature = sign(&[SIGNED, &bytes].concat())?;
        bytes.extend_from_slice(&signature);
        bytes.extend_from_slice(&checksum(&bytes));
        Ok(format!("{MARK}{VERSION}:{}", URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// What is compared aloud.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&self.signer, &self.recipient)
    }

    /// Whether both keys are the same.
    #[must_use]
    pub fn has_keys_of(&self, other: &Self) -> bool {
        self.signer == other.signer && self.recipient == other.recipient
    }

    /// The name as names are compared: width, case, blanks and variants of a character are no difference.
    pub(crate) fn folded_name(&self) -> String {
        text::norm_key(&self.name).chars().filter(|c| !variant(*c)).collect()
    }
}

impl Fingerprint {
    /// The fingerprint of a pair of keys; the one place where it is computed.
    #[must_use]
    pub fn of(signer: &[u8; 32], recipient: &str) -> Self {
        let hash =
            Sha256::new().chain_update(COMPARED).chain_update(signer).chain_update(recipient).finalize();
        let mut groups = [0; FINGERPRINT_GROUPS];
        // Five bytes a group: what a remainder of 2⁴⁰ by 10⁵ leans to is less than one in ten millions.
        for (group, bytes) in groups.iter_mut().zip(hash.chunks(5)) {
            let number = bytes.iter().fold(0_u64, |n, byte| (n << 8) | u64::from(*byte));
            *group = u32::try_from(number % 100_000).unwrap_or_default();
        }
        Self(groups)
    }

    /// Reads what a person compared: thirty digits, blanks wherever they are, full-width or not.
    ///
    /// # Errors
    /// [`VaultError::OtherFingerprint`] when it is none.
    pub fn read(text: &str) -> Result<Self, VaultError> {
        let digits: Vec<u32> =
            text.nfkc().filter(|c| !c.is_whitespace()).map_while(|c| c.to_digit(10)).collect();
        let of_five = |five: &[u32]| five.iter().fold(0, |n, digit| n * 10 + digit);
        let groups: Vec<u32> = digits.chunks(5).map(of_five).collect();
        let groups = <[u32; FINGERPRINT_GROUPS]>::try_from(groups).ok().filter(|_| digits.len() == 30);
        groups.map(Self).ok_or(VaultError::OtherFingerprint)
    }

    /// The groups, five digits each.
    #[must_use]
    pub fn groups(&self) -> [String; FINGERPRINT_GROUPS] {
        self.0.map(|group| format!("{group:05}"))
    }

    /// Whether these groups, numbered from 1, were typed as they are, and enough of them. Full-width digits are digits.
    #[must_use]
    pub fn is_typed(&self, typed: &[(usize, String)]) -> bool {
        let right = |(number, text): &(usize, String)| {
            let digits: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
            number.checked_sub(1).and_then(|at| self.groups().get(at).map(|group| *group == digits))
                == Some(true)
        };
        let mut numbers: Vec<usize> = typed.iter().map(|(number, _)| *number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.len() >= GROUPS_TYPED && typed.iter().all(right)
    }
}

/// The groups with blanks between them.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.groups().join(" "))
    }
}

fn checksum(bytes: &[u8]) -> [u8; 4] {
    let hash = Sha256::new().chain_update(CHECKED).chain_update(bytes).finalize();
    [hash[0], hash[1], hash[2], hash[3]]
}

/// A text with its length in front, and what follows.
fn counted(bytes: &[u8]) -> Result<(String, &[u8]), VaultError> {
    let (length, rest) = bytes.split_first().ok_or(CardFault::Damaged)?;
    let (text, rest) = rest.split_at_checked(usize::from(*length)).ok_or(CardFault::Damaged)?;
    let text = std::str::from_utf8(text).map_err(|_| CardFault::Damaged)?;
    Ok((text.to_owned(), rest))
}

/// A character as it was before a chat program or an input method made another of it; `None` for what such programs put in.
fn plain(c: char) -> Option<char> {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' => Some('-'),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        c if c.is_whitespace() || hidden(c) => None,
        c => Some(c),
    }
}

/// Characters that nobody sees, or that turn the direction of others: a name with one passes for another.
fn hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Selectors of a character's variant, which rare names have.
fn variant(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

impl Vault {
    /// This vault's own card, without a name.
    fn own_card(&self, name: &str, unit: &str) -> Result<Card, VaultError> {
        Ok(Card {
            name: name.trim().to_owned(),
            unit: unit.trim().to_owned(),
            recipient: self.recipient().to_owned(),
            signer: self.signer()?.ok_or(VaultError::NoSigner)?,
        })
    }

    /// This vault's own card as one line, signed.
    ///
    /// # Errors
    /// [`VaultError::Card`] when name or unit cannot stand on one, [`VaultError::NoSigner`].
    pub fn card(&self, name: &str, unit: &str) -> Result<String, VaultError> {
        self.own_card(name, unit)?.line(|message| self.sign(message))
    }

    /// This vault's own fingerprint.
    ///
    /// # Errors
    /// [`VaultError::NoSigner`].
    pub fn fingerprint(&self) -> Result<Fingerprint, VaultError> {
        Ok(self.own_card("", "")?.fingerprint())
    }

    /// Whether a card names one of this vault's own keys.
    pub(crate) fn is_own(&self, card: &Card) -> Result<bool, VaultError> {
        let own = self.own_card("", "")?;
        Ok(card.signer == own.signer || card.recipient == own.recipient)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use age::x25519::Identity;
    use ed25519_dalek::{Signer, SigningKey};
    use proptest::prelude::*;

    const RECIPIENT: &str = "age1hsxundr37aphvuhdzt0hm2v6uqhlt5jrgrkd87ykj5dg5tzq4pyqmjlerl";

    fn card(name: &str, unit: &str, seed: u8) -> (Card, SigningKey) {
        let key = SigningKey::from_bytes(&[seed; 32]);
        let signer = key.verifying_key().to_bytes();
        (Card { name: name.to_owned(), unit: unit.to_owned(), recipient: RECIPIENT.to_owned(), signer }, key)
    }

    fn line(card: &Card, key: &SigningKey) -> String {
        card.line(|message| Ok(key.sign(message).to_bytes())).expect("fits")
    }

    fn fault(text: &str) -> Option<CardFault> {
        match Card::read(text) {
            Err(VaultError::Card(fault)) => Some(fault),
            _ => None,
        }
    }

    #[test]
    fn a_card_is_found_as_chat_programs_and_mail_leave_it() {
        let (whole, key) = card("王小明", "證交所 券商輔導部", 5);
        let good = line(&whole, &key);
        assert!(good.chars().count() < 340 && !good.contains(char::is_whitespace), "{}", good.len());
        let folded: String = good
            .chars()
            .enumerate()
            .flat_map(|(n, c)| (n % 60 == 59).then_some('\n').into_iter().chain([c]))
            .collect();
        let wide: String = good.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c)).collect();
        let hyphens = good.replace('-', "\u{2013}");
        for text in [
            format!("\u{feff}{good}\r\n"),
            format!("這是我的名片：{good}。請加入"),
            format!("“{good}”"),
            folded,
            wide,
            hyphens.replacen("fieldbook\u{2013}", "fieldbook-", 1),
            good.chars().flat_map(|c| [c, '\u{200b}']).collect(),
        ] {
            assert_eq!(Card::read(&text).as_ref(), Ok(&whole), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_card_is_told_apart() {
        let (whole, key) = card("王小明", "", 5);
        let good = line(&whole, &key);
        assert_eq!(fault("您好，名片稍後再傳"), Some(CardFault::None));
        assert_eq!(fault(&"字".repeat(LONGEST)), Some(CardFault::None));
        assert_eq!(fault(&good.replacen(":1:", ":2:", 1)), Some(CardFault::Newer));
        assert_eq!(fault(&good.replacen(":1:", ":x:", 1)), Some(CardFault::Damaged));
        let cut: String = good.chars().take(good.len() - 9).collect();
        assert_eq!(fault(&cut), Some(CardFault::Damaged));
        assert_eq!(fault(&format!("{good}Best")), Some(CardFault::Damaged));
        // Another's key with a name of one's own choice.
        let (_, forger) = card("", "", 6);
        assert_eq!(fault(&line(&whole, &forger)), Some(CardFault::Unsigned));
        for name in ["", " 王小明", "王\u{200b}小明", "王\n小明", "\u{202e}明小王", &"名".repeat(41)]
        {
            let named = Card { name: name.to_owned(), ..whole.clone() };
            let refused = named.line(|m| Ok(key.sign(m).to_bytes()));
            assert_eq!(refused, Err(VaultError::Card(CardFault::Name)), "{name:?}");
        }
    }

    #[test]
    fn names_that_look_the_same_are_the_same() {
        let folded = |name| card(name, "", 5).0.folded_name();
        assert_eq!(folded("王 小明"), folded("王小明"));
        assert_eq!(folded("Ｗang"), folded("wang"));
        assert_eq!(folded("葛\u{e0100}小明"), folded("葛小明"));
        assert_ne!(folded("王小明"), folded("王大明"));
    }

    #[test]
    fn two_groups_of_the_fingerprint_are_asked_for_and_full_width_digits_are_digits() {
        let print = Fingerprint::of(&[7; 32], RECIPIENT);
        let groups = print.groups();
        assert_eq!(print.to_string().len(), 35);
        assert_eq!(Fingerprint::read(&print.to_string()), Ok(print));
        assert_eq!(Fingerprint::read(&groups.concat()), Ok(print));
        assert!(Fingerprint::read(&groups[..5].join(" ")).is_err() && Fingerprint::read("").is_err());
        let typed = |all: &[(usize, &str)]| {
            print.is_typed(&all.iter().map(|(n, t)| (*n, (*t).to_owned())).collect::<Vec<_>>())
        };
        let wide: String =
            groups[4].chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c)).collect();
        assert!(typed(&[(2, &groups[1]), (5, &format!(" {wide} "))]));
        assert!(!typed(&[(2, &groups[1])]), "one is too few");
        assert!(!typed(&[(2, &groups[1]), (2, &groups[1])]), "the same twice is one");
        assert!(!typed(&[(2, &groups[1]), (5, "")]));
        assert!(!typed(&[(2, &groups[1]), (7, &groups[1])]));
        assert!(!typed(&[(0, &groups[0]), (2, &groups[1])]));
        assert!(!typed(&[(1, &groups[1]), (2, &groups[0])]));
        assert!(!typed(&[(1, &groups[0]), (2, &groups[1]), (3, "x")]), "nor is a wrong one overlooked");
    }

    /// Texts of letters that can stand on a card.
    fn text_of(letters: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = String> {
        let seen = |c: char| !c.is_control() && !c.is_whitespace() && !hidden(c);
        let letter = any::<char>().prop_map(move |c| if seen(c) { c } else { '名' });
        proptest::collection::vec(letter, letters).prop_map(|all| all.into_iter().collect())
    }

    proptest! {
        #[test]
        fn a_card_says_what_was_written_on_it(name in text_of(1..=40), unit in text_of(0..=60), seed in any::<u8>()) {
            let (whole, key) = card(&name, &unit, seed);
            prop_assert_eq!(Card::read(&line(&whole, &key)), Ok(whole));
        }

        #[test]
        fn every_changed_character_is_noticed(
            at in any::<proptest::sample::Index>(),
            to in prop_oneof![proptest::char::range('!', '~'), any::<char>()],
        ) {
            let (whole, key) = card("王小明", "期交所", 5);
            let good: Vec<char> = line(&whole, &key).chars().collect();
            let at = at.index(good.len());
            prop_assume!(plain(to) != Some(good[at]));
            let changed: String = good.iter().enumerate().map(|(n, c)| if n == at { to } else { *c }).collect();
            prop_assert!(Card::read(&changed).is_err());
        }

        #[test]
        fn whoever_reads_first_both_hear_what_they_see(mine in any::<u8>(), yours in any::<u8>()) {
            let keys = |seed: u8| {
                let recipient = Identity::generate().to_public().to_string();
                let (card, key) = card("某人", "", seed);
                (Card { recipient, ..card }, key)
            };
            let (own, other) = (keys(mine), keys(yours));
            // What each of them has: the own card, and the other's as it came.
            let received = |(card, key): &(Card, SigningKey)| Card::read(&line(card, key)).expect("a card");
            prop_assert_eq!(received(&own).fingerprint(), own.0.fingerprint());
            prop_assert_eq!(received(&other).fingerprint(), other.0.fingerprint());
            prop_assert_ne!(own.0.fingerprint(), other.0.fingerprint());
        }

        #[test]
        fn what_is_no_card_is_refused_without_a_crash(text in any::<String>(), bytes in any::<Vec<u8>>()) {
            prop_assert!(Card::read(&text).is_err());
            let code = URL_SAFE_NO_PAD.encode([&bytes[..], &checksum(&bytes)].concat());
            let summed = format!("{MARK}1:{code}");
            prop_assert!(Card::read(&summed).is_err());
        }
    }
}
