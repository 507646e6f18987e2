//! A card that somebody sends. The first byte says whether the input is the text as it was pasted, or what a card says,
//! which is then signed and summed as a card is, so that every byte reaches what stands behind signature and checksum.
//! What is read is the same card however a chat program wrote it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer, SigningKey};
use fieldbook_fuzz::input;
use fieldbook_vault::{Card, Fingerprint};
use sha2::{Digest, Sha256};

pub fn run(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let text = match kind {
        0 => String::from_utf8_lossy(rest).into_owned(),
        _ => line(rest),
    };
    input(|| {
        let Ok(card) = Card::read(&text) else { return };
        let wide = |c: char| match c {
            '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c),
            c => c,
        };
        let folded: String = text.chars().flat_map(|c| [wide(c), '\n']).collect();
        assert_eq!(Card::read(&folded).as_ref(), Ok(&card));
        assert!(!card.name.is_empty() && !card.name.chars().any(char::is_control));
        assert_eq!(Fingerprint::read(&card.fingerprint().to_string()), Ok(card.fingerprint()));
    });
}

/// A card that says this, signed.
fn line(said: &[u8]) -> String {
    let key = SigningKey::from_bytes(&[7; 32]);
    let mut bytes = [said, key.verifying_key().as_bytes()].concat();
    let signature = key.sign(&[b"fieldbook/1/card\0", &bytes[..]].concat());
    bytes.extend_from_slice(&signature.to_bytes());
    let sum = Sha256::digest([b"fieldbook/1/card-checksum\0", &bytes[..]].concat());
    bytes.extend(sum.iter().take(4));
    format!("fieldbook-card:1:{}", URL_SAFE_NO_PAD.encode(bytes))
}
