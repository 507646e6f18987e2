//! The test vectors of the age format (C2SP/CCTV, npm package `cctv-age`) through what opens our slots.

use super::{Shut, decrypt, decrypt_with_passphrase};
use age::secrecy::SecretString;
use age::x25519;
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::Path;
use std::str::FromStr;

/// Vectors whose armour this wrapper refuses whole, whatever is in it: no slot is written so.
const ARMOURED: usize = 33;
/// Vectors for post-quantum identities, which this wrapper has not: it must open none of them.
const HYBRID: usize = 18;

struct Vector {
    name: String,
    expect: String,
    payload: Option<String>,
    passphrases: Vec<String>,
    identities: Vec<String>,
    armoured: bool,
    file: Vec<u8>,
}

fn from_base64(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.bytes().filter(|b| *b != b'=') {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            _ => 63,
        };
        (bits, count) = ((bits << 6) | u32::from(six), count + 6);
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from((bits >> count) & 0xff).expect("eight bits"));
        }
    }
    out
}

fn vector(name: &str, bytes: &[u8]) -> Vector {
    let end = bytes.windows(2).position(|w| w == b"\n\n").expect("a blank line ends the head");
    let (head, body) = bytes.split_at(end);
    let head = std::str::from_utf8(head).expect("text");
    let all = |key: &str| -> Vec<String> {
        let values = head.lines().filter_map(|l| l.split_once(": "));
        values.filter(|(k, _)| *k == key).map(|(_, v)| v.to_owned()).collect()
    };
    let mut file = body.get(2..).expect("a body").to_vec();
    if all("compressed") == ["zlib"] {
        let mut plain = Vec::new();
        flate2::read::ZlibDecoder::new(file.as_slice()).read_to_end(&mut plain).expect("unpacks");
        file = plain;
    }
    Vector {
        name: name.to_owned(),
        expect: all("expect").concat(),
        payload: all("payload").pop(),
        passphrases: all("passphrase"),
        identities: all("identity"),
        armoured: all("armored") == ["yes"],
        file,
    }
}

/// `var NAME_default = __toBinary("…");` for each vector.
fn vectors() -> Vec<Vector> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/node_modules/cctv-age/index.js");
    let script = std::fs::read_to_string(&path)
        .expect("the vectors of npm package cctv-age are there: run `cargo xtask setup --test` first");
    let mut out = Vec::new();
    for line in script.lines() {
        let Some((name, rest)) = line.split_once("_default = __toBinary(\"") else { continue };
        let name = name.strip_prefix("var ").expect("a name");
        out.push(vector(name, &from_base64(rest.strip_suffix("\");").expect("a text"))));
    }
    out
}

/// What comes of a vector, in the vectors' own words.
fn opened(v: &Vector) -> String {
    let mut tries =
        v.passphrases.iter().map(|p| decrypt_with_passphrase(&v.file, SecretString::from(p.clone())));
    let identities: Vec<_> = v.identities.iter().filter_map(|i| x25519::Identity::from_str(i).ok()).collect();
    let got = if v.passphrases.is_empty() {
        let all = if identities.is_empty() { vec![x25519::Identity::generate()] } else { identities };
        let results: Vec<_> = all.iter().map(|i| decrypt(&v.file, i)).collect();
        let first = results.iter().position(|r| r != &Err(Shut::NoMatch)).unwrap_or(0);
        results.into_iter().nth(first).expect("one at least")
    } else {
        tries.next().expect("one at least")
    };
    match got {
        Ok(bytes) => format!("success {}", hex::encode(Sha256::digest(bytes.as_slice()))),
        Err(Shut::NoMatch) => "no match".to_owned(),
        Err(Shut::Mac) => "HMAC failure".to_owned(),
        Err(Shut::Work(_)) => "header failure".to_owned(),
        Err(Shut::Damaged) => "damaged".to_owned(),
    }
}

#[test]
fn every_vector_of_the_format_comes_out_as_it_says() {
    let all = vectors();
    let (mut armoured, mut hybrid, mut wrong) = (0, 0, Vec::new());
    for v in &all {
        let got = opened(v);
        let right = if v.armoured {
            armoured += 1;
            got == "damaged"
        } else if v.identities.iter().any(|i| i.starts_with("AGE-SECRET-KEY-PQ-")) {
            hybrid += 1;
            got == "damaged" || got == "no match" || got == v.expect
        } else {
            match v.expect.as_str() {
                "success" => got == format!("success {}", v.payload.as_deref().unwrap_or_default()),
                "no match" | "HMAC failure" => got == v.expect,
                // One of the two kinds of damage; which of them is nothing that an examiner could act on.
                "header failure" => got == "damaged" || got == "header failure",
                "payload failure" => got == "damaged",
                _ => false,
            }
        };
        if !right {
            wrong.push(format!("{}: {} came out as {got}", v.name, v.expect));
        }
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), all.len(), wrong.join("\n"));
    assert_eq!((all.len(), armoured, hybrid), (143, ARMOURED, HYBRID));
}
