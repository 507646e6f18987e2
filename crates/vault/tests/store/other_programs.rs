//! What is on disk is what other programs know: Debian's `age` opens slots, `openssl` and `sqlcipher` read the database, each with
//! its key only. `cargo xtask setup --test` installs them.

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

/// The raw key of `vault.db`, lower-case hex.
fn database_key() -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(&data_key()).expect("any length");
    mac.update(b"fieldbook/1/vault");
    hex::encode(mac.finalize().into_bytes())
}

fn a_database(dir: &Path) -> std::path::PathBuf {
    let (mut vault, _) = make(dir);
    vault.set_setting("theme", Some("dark")).expect("stores");
    drop(vault);
    dir.join("vault.db")
}

/// What `sqlcipher` says after a first statement.
fn sqlcipher(db: &Path, first: &str, ask: &str) -> String {
    let said = run("sqlcipher", &["-batch", word(db)], &format!("{first}\n{ask}\n"));
    String::from_utf8(said.stdout).expect("text")
}

#[test]
fn debians_sqlcipher_opens_no_database_without_its_key() {
    let dir = tempdir().expect("a folder");
    let (db, key) = (a_database(dir.path()), database_key());
    let ask = "SELECT value FROM setting WHERE key = 'theme';";
    let wrong = key.replace(['a', '0'], "1");
    for first in
        ["".to_owned(), format!("PRAGMA key = \"x'{wrong}'\";"), format!("PRAGMA key = '{PASSPHRASE}';")]
    {
        assert!(!sqlcipher(&db, &first, ask).contains("dark"), "{first}");
    }
    // Debian 12 has release 3, which does not know the format of release 4 that the vault has.
    let release = sqlcipher(Path::new(":memory:"), "PRAGMA cipher_version;", "");
    if !release.starts_with('3') {
        let said = sqlcipher(&db, &format!("PRAGMA key = \"x'{key}'\";"), ask);
        assert!(said.lines().any(|line| line == "dark"), "{release}{said}");
    }
}

/// The format of SQLCipher 4 (<https://www.zetetic.net/sqlcipher/design/>): pages of 4096 bytes under AES-256-CBC, the
/// initialisation vector 80 bytes before the end, a salt in place of the first sixteen.
#[test]
fn openssl_reads_the_first_page_with_the_key_only() {
    let dir = tempdir().expect("a folder");
    let (bytes, key) = (fs::read(a_database(dir.path())).expect("reads"), database_key());
    let page = dir.path().join("page");
    fs::write(&page, &bytes[16..4016]).expect("writes");
    let iv = hex::encode(&bytes[4016..4032]);
    let first = |key: &str| {
        let args = ["enc", "-d", "-aes-256-cbc", "-nopad", "-K", key, "-iv", &iv, "-in", word(&page)];
        run("openssl", &args, "").stdout.into_iter().take(8).collect::<Vec<u8>>()
    };
    // Bytes 16 to 23 of a database (<https://www.sqlite.org/fileformat2.html>): page size, versions for WAL, bytes kept
    // free on each page, three fractions that are always the same.
    let header = [0x10, 0x00, 2, 2, 80, 64, 32, 32];
    assert_eq!(first(&key), header);
    assert_ne!(first(&key.replace(['a', '0'], "1")), header);
}
