//! A package opens only as it was signed, and carries only what a package may.

use ed25519_dalek::{Signer, SigningKey};
use fieldbook_checklist::{
    Files, MAX_BYTES, MAX_FILES, Package, PackageError, SignerKey, open_package, seal, signing_bytes,
};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn signer() -> SignerKey {
    SignerKey(key().verifying_key().to_bytes())
}

fn package(files: &[(&str, &str)]) -> Package {
    Package {
        name: "範例公司自訂檢查表".to_owned(),
        version: "1.0".to_owned(),
        made_on: "2026-11-21".parse().expect("a date"),
        files: files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect(),
    }
}

fn sealed(package: &Package) -> Result<String, PackageError> {
    seal(package, &signer(), |bytes| key().sign(bytes).to_bytes())
}

/// A package with any payload, rightly signed.
fn signed(payload: &str) -> String {
    let signature = hex::encode(key().sign(&signing_bytes(payload.as_bytes())).to_bytes());
    format!("fieldbook-checklist/1\nsigner {}\nsignature {signature}\n\n{payload}", signer())
}

fn good() -> String {
    sealed(&package(&[("own/document.toml", "code = \"ORG\"\n"), ("ids.lock", ""), ("facts.toml", "臺")]))
        .expect("a good package")
}

fn refused(text: &str) -> PackageError {
    open_package(text.as_bytes()).expect_err("refused")
}

#[test]
fn what_was_sealed_opens_again() {
    let package =
        package(&[("own/document.toml", "code = \"ORG\"\r\n"), ("own/source.txt", "一、\u{3000}\n")]);
    let text = sealed(&package).expect("sealed");
    let opened = open_package(text.as_bytes()).expect("opens");
    assert_eq!(opened.package, package);
    assert_eq!(opened.signer, signer());
    assert_eq!(opened.sha256, hex::encode(Sha256::digest(text.as_bytes())));
    assert_eq!(sealed(&package), Ok(text), "the same content gives the same bytes");
}

#[test]
fn the_head_is_four_lines_and_the_payload_one() {
    let text = good();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 5);
    assert_eq!(lines[0], "fieldbook-checklist/1");
    assert_eq!(lines[1], format!("signer {}", hex::encode(signer().0)));
    assert!(lines[2].starts_with("signature ") && lines[2].len() == "signature ".len() + 128);
    assert_eq!(lines[3], "");
    let start = r#"{"name":"範例公司自訂檢查表","version":"1.0","made_on":"2026-11-21","files":{"facts.toml":"臺","ids.lock""#;
    assert!(lines[4].starts_with(start), "{}", lines[4]);
}

#[test]
fn bad_signature() {
    let text = good();
    assert_eq!(refused(&text.replace("1.0", "1.1")), PackageError::BadSignature, "changed payload");
    assert_eq!(refused(&format!("{text}\n")), PackageError::BadSignature, "longer payload");
    let other = SignerKey(SigningKey::from_bytes(&[8; 32]).verifying_key().to_bytes());
    let renamed = text.replace(&signer().to_string(), &other.to_string());
    assert_eq!(refused(&renamed), PackageError::BadSignature, "another signer's name");
    let without_head = {
        let payload = text.lines().last().expect("a payload");
        let signature = hex::encode(key().sign(payload.as_bytes()).to_bytes());
        format!("fieldbook-checklist/1\nsigner {}\nsignature {signature}\n\n{payload}", signer())
    };
    assert_eq!(refused(&without_head), PackageError::BadSignature, "signed for another purpose");
    // The neutral element: with it, one signature fits any text for those who do not look.
    let mut weak = [0; 32];
    weak[0] = 1;
    let forged = format!(
        "fieldbook-checklist/1\nsigner {}\nsignature {}{}\n\n{{}}",
        hex::encode(weak),
        hex::encode(weak),
        "0".repeat(64)
    );
    assert_eq!(refused(&forged), PackageError::BadSignature, "a key that signs everything");
}

#[test]
fn no_package() {
    let upper = good().replace(&signer().to_string(), &signer().to_string().to_uppercase());
    let crlf = good().replacen('\n', "\r\n", 4);
    for text in ["", "fieldbook-checklist/1", "fieldbook-checklist/1\n", "PK\u{3}\u{4}", &upper, &crlf] {
        assert_eq!(refused(text), PackageError::NotAPackage, "{text}");
    }
    assert_eq!(refused(&good().replacen("/1\n", "/0\n", 1)), PackageError::NotAPackage);
    assert_eq!(open_package(&[0xff; 300]), Err(PackageError::NotAPackage));
}

#[test]
fn newer_format() {
    assert_eq!(refused(&good().replacen("/1\n", "/2\n", 1)), PackageError::NewerFormat);
}

#[test]
fn too_large() {
    let long = "x".repeat(MAX_BYTES);
    assert_eq!(sealed(&package(&[("own/source.txt", &long)])), Err(PackageError::TooLarge));
    assert_eq!(refused(&format!("{}{long}", good())), PackageError::TooLarge);
    let many: Files = (0..=MAX_FILES).map(|n| (format!("own/{n}.toml"), String::new())).collect();
    assert_eq!(sealed(&Package { files: many, ..package(&[]) }), Err(PackageError::TooLarge));
}

#[test]
fn bad_path() {
    for path in [
        "../facts.toml",
        "own/../facts.toml",
        "/facts.toml",
        "own\\facts.toml",
        "own/deep/01.toml",
        "own//01.toml",
        "./facts.toml",
        "own/.toml",
        ".own/01.toml",
        "C:/01.toml",
        "own/01.toml:stream",
        "own/notes.md",
        "own/README.md",
        "own/ids.lock",
        "source.txt",
        "run.exe",
        "own/",
        "",
        "own /01.toml",
        "own/01.toml\u{202e}",
        "own/\n.toml",
    ] {
        let result = sealed(&package(&[(path, "")]));
        assert!(matches!(result, Err(PackageError::BadPath(_))), "{path:?}: {result:?}");
    }
    for path in [
        "facts.toml",
        "ids.lock",
        "README.md",
        "procedures/T-ORG-01.toml",
        "自訂/01-演練.toml",
        "own/source.txt",
    ] {
        assert!(sealed(&package(&[(path, "")])).is_ok(), "{path}");
    }
}

#[test]
fn duplicate_path() {
    let twice = r#"{"name":"n","version":"1","made_on":"2026-11-21","files":{"a.toml":"","a.toml":"x"}}"#;
    assert_eq!(refused(&signed(twice)), PackageError::DuplicatePath("a.toml".to_owned()));
    let same = package(&[("own/A.toml", ""), ("own/a.toml", "")]);
    assert!(
        matches!(sealed(&same), Err(PackageError::DuplicatePath(_))),
        "one file where case is not told apart"
    );
}

#[test]
fn malformed_payload() {
    for payload in [
        "",
        "null",
        "[]",
        r#"{"name":"n","version":"1","made_on":"2026-11-21"}"#,
        r#"{"name":"n","version":"1","made_on":"2026-11-21","files":{},"more":1}"#,
        r#"{"name":"n","version":"1","made_on":"2026-11-21","files":{"a.toml":1}}"#,
        r#"{"name":"n","version":"1","made_on":"2026-02-30","files":{}}"#,
        r#"{"name":"n","version":"1","made_on":"20261121","files":{}}"#,
        r#"{"name":" ","version":"1","made_on":"2026-11-21","files":{}}"#,
        r#"{"name":"n","version":"1\u0007","made_on":"2026-11-21","files":{}}"#,
        r#"{"name":"n","version":"1","made_on":"2026-11-21","files":{}} x"#,
    ] {
        assert!(matches!(refused(&signed(payload)), PackageError::Malformed(_)), "{payload}");
    }
    let mut bytes = signed("").into_bytes();
    bytes.push(0xff);
    assert_eq!(open_package(&bytes), Err(PackageError::BadSignature));
}

#[test]
fn a_key_is_read_and_shown_in_one_spelling() {
    let key = signer();
    assert_eq!(SignerKey::parse(&key.to_string()), Ok(key));
    for bad in ["", "00", &key.to_string().to_uppercase(), &format!("{key}0")] {
        assert!(SignerKey::parse(bad).is_err(), "{bad}");
    }
    let expected = hex::encode(Sha256::digest(key.0));
    let fingerprint = key.fingerprint();
    let groups: Vec<&str> = fingerprint.split(' ').collect();
    assert_eq!(groups.len(), 10);
    assert!(groups.iter().all(|group| group.len() == 4) && expected.starts_with(&groups.concat()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_changed_package_never_opens(at in any::<prop::sample::Index>(), byte: u8, how in 0..3) {
        let good = good().into_bytes();
        let at = at.index(good.len());
        let mut bytes = good.clone();
        match how {
            0 => bytes[at] = byte,
            1 => bytes.insert(at, byte),
            _ => { bytes.remove(at); }
        }
        let opened = open_package(&bytes);
        prop_assert!(bytes == good || opened.is_err(), "{opened:?}");
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(open_package(&bytes).is_err());
    }

    #[test]
    fn no_payload_makes_it_panic(payload in "\\PC{0,80}") {
        prop_assert!(open_package(signed(&payload).as_bytes()).is_err());
    }
}
