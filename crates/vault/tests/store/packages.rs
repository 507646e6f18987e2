//! Packages, trusted signers, wordings and the vault's own signer.

use crate::fixture::*;
use ed25519_dalek::{Signature, VerifyingKey};
use fieldbook_vault::{StoredPackage, TrustedSigner, VaultError};
use tempfile::tempdir;

fn package(sha256: &str, name: &str) -> StoredPackage {
    StoredPackage {
        sha256: sha256.to_owned(),
        name: name.to_owned(),
        version: "115.1".to_owned(),
        signer: "cd".repeat(32),
        text: format!("[package]\nname = \"{name}\"\n"),
        by: EXAMINER.to_owned(),
        at: at(),
    }
}

#[test]
fn packages_come_in_the_order_of_loading() {
    let dir = tempdir().expect("a folder");
    let (mut vault, _) = make(dir.path());
    for (sha256, name) in [("ff", "甲"), ("aa", "乙"), ("cc", "丙")] {
        assert_eq!(vault.add_package(&package(sha256, name)), Ok(true));
    }
    assert_eq!(vault.add_package(&package("aa", "另名")), Ok(false), "known already");
    assert_eq!(
        vault.add_package(&StoredPackage { by: String::new(), ..package("dd", "丁") }),
        Err(VaultError::NoPerson)
    );
    assert_eq!(vault.remove_package("ff", EXAMINER, at()), Ok(()));
    assert_eq!(vault.add_package(&package("ff", "甲")), Ok(true));
    drop(vault);
    let vault = open(dir.path()).expect("opens");
    assert_eq!(vault.packages(), Ok(vec![package("aa", "乙"), package("cc", "丙"), package("ff", "甲")]));
}

#[test]
fn a_signer_is_trusted_until_it_is_not() {
    let dir = tempdir().expect("a folder");
    let (mut vault, _) = make(dir.path());
    let trusted = |key: &str, name: &str| TrustedSigner {
        key: key.repeat(32),
        name: name.to_owned(),
        by: EXAMINER.to_owned(),
        at: at(),
    };
    vault.trust_signer(&trusted("bb", "公會")).expect("stores");
    vault.trust_signer(&trusted("aa", "交易所")).expect("stores");
    vault.trust_signer(&trusted("bb", "期貨公會")).expect("renames");
    let nobody = TrustedSigner { by: String::new(), ..trusted("cc", "?") };
    assert_eq!(vault.trust_signer(&nobody), Err(VaultError::NoPerson));
    assert_eq!(vault.trusted_signers(), Ok(vec![trusted("aa", "交易所"), trusted("bb", "期貨公會")]));
    assert_eq!(vault.distrust_signer(&"aa".repeat(32), EXAMINER, at()), Ok(true));
    assert_eq!(vault.distrust_signer(&"aa".repeat(32), EXAMINER, at()), Ok(false));
    assert_eq!(vault.trusted_signers(), Ok(vec![trusted("bb", "期貨公會")]));
}

#[test]
fn wordings_are_kept_by_clause_until_they_are_dropped() {
    let dir = tempdir().expect("a folder");
    let (mut vault, _) = make(dir.path());
    let later = at().tomorrow().expect("a day");
    vault.keep_phrase(&clause("COL-2"), "已檢視名冊。", EXAMINER, later).expect("stores");
    vault.keep_phrase(&clause("COL-2"), "未提供紀錄。", EXAMINER, at()).expect("stores");
    vault.keep_phrase(&clause("COL-1"), "訪談機房人員。", EXAMINER, later).expect("stores");
    vault.keep_phrase(&clause("COL-2"), "未提供紀錄。", EXAMINER, later).expect("there already");
    assert_eq!(vault.keep_phrase(&clause("COL-2"), "x", "", at()), Err(VaultError::NoPerson));
    let said = |id: &str, text: &str| (clause(id), text.to_owned());
    let first = said("COL-1", "訪談機房人員。");
    let kept = [said("COL-2", "未提供紀錄。"), said("COL-2", "已檢視名冊。")];
    assert_eq!(vault.phrases(), Ok(vec![first.clone(), kept[0].clone(), kept[1].clone()]));
    assert_eq!(vault.drop_phrase(&clause("COL-1"), "未提供紀錄。"), Ok(false));
    assert_eq!(vault.drop_phrase(&clause("COL-2"), "未提供紀錄。"), Ok(true));
    assert_eq!(vault.phrases(), Ok(vec![first, kept[1].clone()]));
}

#[test]
fn what_the_vault_signs_is_verified_by_its_public_key_only() {
    let (dir, dest) = (tempdir().expect("a folder"), tempdir().expect("a folder"));
    let (mut vault, _) = make(dir.path());
    let public = vault.signer().expect("reads").expect("made with the vault");
    let message = "查核表 115.1".as_bytes();
    let signature = Signature::from_bytes(&vault.sign(message).expect("signs"));
    let key = VerifyingKey::from_bytes(&public).expect("a key");
    assert!(key.verify_strict(message, &signature).is_ok());
    assert!(key.verify_strict("查核表 115.2".as_bytes(), &signature).is_err());
    let mut other = [7; 32];
    vault.ensure_signer(&mut |bytes| bytes.copy_from_slice(&other)).expect("nothing to do");
    assert_eq!(vault.signer(), Ok(Some(public)), "a signer is never replaced");
    vault.backup(dest.path(), at()).expect("copies");
    let copy = open(dest.path()).expect("opens");
    assert_eq!(copy.signer(), Ok(Some(public)), "the signer goes with a backup");
    other = ed25519_dalek::SigningKey::from_bytes(&other).verifying_key().to_bytes();
    let foreign = VerifyingKey::from_bytes(&other).expect("a key");
    assert!(foreign.verify_strict(message, &signature).is_err());
}

#[test]
fn the_signers_seed_is_not_the_data_key() {
    let dir = tempdir().expect("a folder");
    let (vault, _) = make(dir.path());
    let public = vault.signer().expect("reads").expect("made with the vault");
    drop(vault);
    let seed: String = database(&dir.path().join("vault.db"), "vault")
        .query_row("SELECT value FROM setting WHERE key = 'internal.signer'", [], |r| r.get(0))
        .expect("there");
    let seed: [u8; 32] = hex::decode(seed).expect("hex").try_into().expect("32 bytes");
    assert_eq!(ed25519_dalek::SigningKey::from_bytes(&seed).verifying_key().to_bytes(), public);
    assert_ne!(seed, data_key());
}
