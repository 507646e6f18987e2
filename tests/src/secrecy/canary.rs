//! Words that stand in for what nobody may read: what they are, and every shape in which they could lie somewhere.

use encoding_rs::BIG5;
use std::fmt::Write as _;

/// A secret, or a piece of an exam, that is looked for.
#[derive(Debug, Clone)]
pub struct Canary {
    /// What it stands for: reports say this and never the text.
    pub name: String,
    bytes: Vec<u8>,
    text: Option<String>,
}

/// One shape of one canary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needle {
    /// Whose.
    pub canary: String,
    /// `UTF-8`, `base64 of UTF-16LE +1` …
    pub encoding: String,
    /// What is looked for.
    pub bytes: Vec<u8>,
}

impl Canary {
    /// A text.
    #[must_use]
    pub fn text(name: &str, text: &str) -> Self {
        Self { name: name.to_owned(), bytes: text.as_bytes().to_vec(), text: Some(text.to_owned()) }
    }

    /// Bytes that are no text, such as a key.
    #[must_use]
    pub fn bytes(name: &str, bytes: &[u8]) -> Self {
        Self { name: name.to_owned(), bytes: bytes.to_vec(), text: None }
    }

    /// Every shape that is looked for.
    #[must_use]
    pub fn needles(&self) -> Vec<Needle> {
        let mut found: Vec<Needle> = Vec::new();
        let mut add = |encoding: String, bytes: Vec<u8>| {
            // A shape that is too short, or the same as another, says nothing.
            if bytes.len() >= 8 && found.iter().all(|n| n.bytes != bytes) {
                found.push(Needle { canary: self.name.clone(), encoding, bytes });
            }
        };
        let Some(text) = &self.text else {
            add("bytes".to_owned(), self.bytes.clone());
            spelled("bytes", &self.bytes, &mut add);
            return found;
        };
        let units = |swap: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(swap).collect::<Vec<u8>>();
        let (little, big) = (units(u16::to_le_bytes), units(u16::to_be_bytes));
        add("UTF-8".to_owned(), self.bytes.clone());
        add("UTF-16LE".to_owned(), little.clone());
        add("UTF-16BE".to_owned(), big);
        let (big5, _, unknown) = BIG5.encode(text);
        if !unknown {
            add("Big5".to_owned(), big5.into_owned());
        }
        spelled("UTF-8", &self.bytes, &mut add);
        spelled("UTF-16LE", &little, &mut add);
        add("percent, upper".to_owned(), percent(&self.bytes, true));
        add("percent, lower".to_owned(), percent(&self.bytes, false));
        add("JSON escapes".to_owned(), escaped(text));
        found
    }
}

/// The hexadecimal and base64 shapes of some bytes.
fn spelled(of: &str, bytes: &[u8], add: &mut impl FnMut(String, Vec<u8>)) {
    add(format!("hex of {of}"), hex::encode(bytes).into_bytes());
    add(format!("HEX of {of}"), hex::encode_upper(bytes).into_bytes());
    for shift in 0..3 {
        let plain = base64(bytes, shift);
        let safe = plain.iter().map(|b| match b {
            b'+' => b'-',
            b'/' => b'_',
            other => *other,
        });
        let safe = safe.collect();
        add(format!("base64 of {of} +{shift}"), plain);
        add(format!("base64url of {of} +{shift}"), safe);
    }
}

/// What base64 makes of the bytes when `shift` others stand before them and any after them: only the characters that
/// neither touches.
fn base64(bytes: &[u8], shift: usize) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let before = vec![0_u8; shift];
    let bits = before.iter().chain(bytes).flat_map(|b| (0..8).rev().map(move |n| (b >> n) & 1));
    let bits: Vec<u8> = bits.collect();
    let letters =
        bits.chunks_exact(6).map(|six| six.iter().fold(0_usize, |n, bit| n << 1 | usize::from(*bit)));
    let letters = letters.filter_map(|n| LETTERS.get(n).copied());
    letters.skip((shift * 8).div_ceil(6)).collect()
}

fn percent(bytes: &[u8], upper: bool) -> Vec<u8> {
    let mut out = String::new();
    for byte in bytes {
        let done = match byte {
            b if b.is_ascii_alphanumeric() || b"-_.~".contains(b) => write!(out, "{}", char::from(*b)),
            b if upper => write!(out, "%{b:02X}"),
            b => write!(out, "%{b:02x}"),
        };
        done.expect("a String takes everything");
    }
    out.into_bytes()
}

fn escaped(text: &str) -> Vec<u8> {
    let one = |c: char| {
        let mut units = [0_u16; 2];
        let units = c.encode_utf16(&mut units).to_vec();
        if c.is_ascii() { c.to_string() } else { units.iter().map(|u| format!("\\u{u:04x}")).collect() }
    };
    text.chars().map(one).collect::<String>().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str, encoding: &str) -> String {
        let needles = Canary::text("x", text).needles();
        let one = needles.iter().find(|n| n.encoding == encoding).expect("this shape is looked for");
        String::from_utf8(one.bytes.clone()).expect("ASCII")
    }

    #[test]
    fn base64_is_found_wherever_the_text_begins() {
        // RFC 4648's alphabet; each of the three is a part of what `base64` prints of `_`, `__` and so on before it.
        assert_eq!(shape("Fieldbook", "base64 of UTF-8 +0"), "RmllbGRib29r");
        assert!("X0ZpZWxkYm9vaw==".contains(&shape("Fieldbook", "base64 of UTF-8 +1")));
        assert!("X19GaWVsZGJvb2s=".contains(&shape("Fieldbook", "base64 of UTF-8 +2")));
    }

    #[test]
    fn chinese_is_looked_for_as_systems_write_it() {
        let text = "查核案甲乙";
        assert_eq!(shape(text, "percent, upper"), "%E6%9F%A5%E6%A0%B8%E6%A1%88%E7%94%B2%E4%B9%99");
        assert_eq!(shape(text, "JSON escapes"), "\\u67e5\\u6838\\u6848\\u7532\\u4e59");
        assert_eq!(shape(text, "hex of UTF-16LE"), "e567386848683275594e");
        let needles = Canary::text("x", text).needles();
        let big5 = needles.iter().find(|n| n.encoding == "Big5").expect("Big5");
        assert_eq!(hex::encode(&big5.bytes), "ac64aed6aed7a5d2a441");
        assert!(needles.len() >= 16, "{}", needles.len());
    }
}
