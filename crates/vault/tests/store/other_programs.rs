//! What is on disk is what other programs know: Debian's `age` opens slots, Debian's `sqlcipher` the database, each with its
//! key only. `cargo xtask setup --test` installs both.

use crate::fixture::*;
use fieldbook_vault::Slot;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::ExposeSecret;
use sha2::Sha256;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::tempdir;

fn run(program: &str, args: &[&str], input: &str) -> Output {
    let mut child = Command::new(program)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|e| panic!("{program} runs (cargo xtask setup --test installs it): {e}"));
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("writes");
    child.wait_with_output().expect("ends")
}

fn word(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

fn with_age(identity: &Path, slot: &Path) -> Output {
    run("age", &["--decrypt", "--identity", word(identity), word(slot)], "")
}

#[test]
fn debians_age_opens_the_recovery_slot_and_an_escrow_slot_with_their_identities_only() {
    let (dir, keys) = (tempdir().expect("a folder"), tempdir().expect("a folder"));
    let (mut vault, recovery) = make(dir.path());
    let of_recovery = keys.path().join("recovery.txt");
    fs::write(&of_recovery, recovery.secret().expose_secret()).expect("writes");

    let holder = keys.path().join("holder.txt");
    let made = run("age-keygen", &["--output", word(&holder)], "");
    assert!(made.status.success());
    let recipient = String::from_utf8(run("age-keygen", &["-y", word(&holder)], "").stdout).expect("text");
    let escrow = vault.add_escrow(&recipient, "稽核室").expect("adds");

    let file = |slot: Slot| dir.path().join("keys").join(format!("{slot}.age"));
    for (identity, slot, other) in
        [(&of_recovery, file(Slot::Recovery), file(escrow)), (&holder, file(escrow), file(Slot::Recovery))]
    {
        let opened = with_age(identity, &slot);
        assert!(opened.status.success(), "{}", String::from_utf8_lossy(&opened.stderr));
        assert_eq!(opened.stdout, data_key());
        assert!(!with_age(identity, &other).status.success());
    }
}

#[test]
fn debians_sqlcipher_opens_the_database_with_the_key_only() {
    let dir = tempdir().expect("a folder");
    let (mut vault, _) = make(dir.path());
    vault.set_setting("theme", Some("dark")).expect("stores");
    drop(vault);
    let mut mac = Hmac::<Sha256>::new_from_slice(&data_key()).expect("any length");
    mac.update(b"fieldbook/1/vault");
    let key = hex::encode(mac.finalize().into_bytes());
    let ask = "SELECT value FROM setting WHERE key = 'theme';\n";
    let db = dir.path().join("vault.db");
    let with = |pragma: &str| {
        let said = run("sqlcipher", &["-batch", word(&db)], &format!("{pragma}\n{ask}"));
        String::from_utf8(said.stdout).expect("text")
    };
    assert!(with(&format!("PRAGMA key = \"x'{key}'\";")).lines().any(|line| line == "dark"));
    let wrong = key.replace(['a', '0'], "1");
    for pragma in
        [String::new(), format!("PRAGMA key = \"x'{wrong}'\";"), "PRAGMA key = '正確的通關密語';".into()]
    {
        assert!(!with(&pragma).contains("dark"), "{pragma}");
    }
}
