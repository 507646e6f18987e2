//! Contacts: whose card was taken in, whose fingerprint was compared, and what it takes to put another key in its place.

use crate::fixture::*;
use fieldbook_vault::{Acquaintance, Card, TrailFilter, Vault, VaultError};
use tempfile::tempdir;

/// The card of another vault, whose keys come from this byte.
fn card(name: &str, seed: u8) -> Card {
    let dir = tempdir().expect("a folder");
    let mut fill = |bytes: &mut [u8]| bytes.fill(seed);
    let (vault, _) = Vault::create(dir.path(), &pass(PASSPHRASE), &mut fill, WORK, at()).expect("a vault");
    Card::read(&vault.card(name, "期交所").expect("signs")).expect("a card")
}

fn groups(card: &Card, numbers: &[usize]) -> Vec<(usize, String)> {
    let all = card.fingerprint().groups();
    numbers.iter().map(|n| (*n, all[n - 1].clone())).collect()
}

fn acts(vault: &Vault) -> Vec<String> {
    let (_, entries) = vault.trail().page(&TrailFilter::default(), 0, 100).expect("reads");
    let acts = entries.iter().rev().filter(|e| e.action.starts_with("vault.contact_"));
    acts.map(|e| format!("{} {}", e.action, e.subject)).collect()
}

#[test]
fn a_card_is_taken_in_compared_and_known_again() {
    let dir = tempdir().expect("a folder");
    let (mut vault, _) = make(dir.path());
    let wang = card("王小明", 1);
    assert_eq!(vault.acquaintance(&wang), Ok(Acquaintance::Unknown));
    let added = vault.add_contact(&wang, EXAMINER, at()).expect("takes in");
    assert_eq!((added.verified_at, added.by.as_str()), (None, EXAMINER));
    assert_eq!(vault.acquaintance(&wang), Ok(Acquaintance::Pinned(added.clone())));
    assert_eq!(vault.add_contact(&wang, EXAMINER, at()), Err(VaultError::ContactKnown));
    let renamed = Card { name: "李大華".to_owned(), ..wang.clone() };
    assert_eq!(vault.add_contact(&renamed, EXAMINER, at()), Err(VaultError::ContactKnown), "no other name");

    let other = card("別人", 2).fingerprint().to_string();
    assert_eq!(vault.verify_contact(added.id, &other, EXAMINER, at()), Err(VaultError::OtherFingerprint));
    let compared = wang.fingerprint().to_string();
    assert_eq!(vault.verify_contact(added.id, &compared, " ", at()), Err(VaultError::NoPerson));
    let verified = vault.verify_contact(added.id, &compared, EXAMINER, at()).expect("notes");
    assert_eq!(verified.verified_at, Some(at()));
    assert_eq!(vault.acquaintance(&wang), Ok(Acquaintance::Verified(verified.clone())));
    assert_eq!(vault.contact_by_signer(&wang.signer), Ok(Some(verified.clone())));
    drop(vault);
    let vault = open(dir.path()).expect("opens");
    assert_eq!(vault.contacts(), Ok(vec![verified]));
    assert_eq!(acts(&vault), ["vault.contact_added contact:1", "vault.contact_verified contact:1"]);
    assert_eq!(vault.verify(), Ok(vec![]));
}

#[test]
fn ones_own_card_is_no_contact() {
    let dir = tempdir().expect("a folder");
    let (mut vault, _) = make(dir.path());
    let own = Card::read(&vault.card("自己", "").expect("signs")).expect("a card");
    assert_eq!(own.fingerprint(), vault.fingerprint().expect("has keys"));
    assert_eq!(vault.add_contact(&own, EXAMINER, at()), Err(VaultError::OwnCard));
    // One half of it is enough.
    let half = Card { recipient: own.recipient, ..card("別人", 2) };
    assert_eq!(vault.add_contact(&half, EXAMINER, at()), Err(VaultError::OwnCard));
    assert_eq!(vault.contacts(), Ok(vec![]));
}

#[test]
fn another_key_never_takes_the_place_of_a_known_one_by_itself() {
    let dir = tempdir().expect("a folder");
    let (mut vault, _) = make(dir.path());
    let (old, new, stranger) = (card("王小明", 1), card("王小明", 2), card("陳美麗", 3));
    let contact = vault.add_contact(&old, EXAMINER, at()).expect("takes in");
    let compared = old.fingerprint().to_string();
    let before = vault.verify_contact(contact.id, &compared, EXAMINER, at()).expect("notes");
    for claims in [
        new.clone(),
        Card { name: "王 小明".to_owned(), ..new.clone() },
        Card { name: "另一人".to_owned(), recipient: old.recipient.clone(), ..new.clone() },
        Card { name: "另一人".to_owned(), signer: old.signer, ..new.clone() },
    ] {
        assert_eq!(vault.acquaintance(&claims), Ok(Acquaintance::KeyChanged(before.clone())));
        assert_eq!(vault.add_contact(&claims, EXAMINER, at()), Err(VaultError::KeyChanged));
    }

    let mut change = |card: &Card, typed: &[(usize, String)], reason: &str, by: &str| {
        vault.change_contact_key(contact.id, card, typed, reason, by, at())
    };
    let typed = groups(&new, &[2, 5]);
    assert_eq!(change(&new, &groups(&old, &[2, 5]), "換電腦", EXAMINER), Err(VaultError::OtherFingerprint));
    assert_eq!(change(&new, &groups(&new, &[2]), "換電腦", EXAMINER), Err(VaultError::OtherFingerprint));
    assert_eq!(change(&new, &typed, " ", EXAMINER), Err(VaultError::NoReason));
    assert_eq!(change(&new, &typed, "換電腦", ""), Err(VaultError::NoPerson));
    assert_eq!(
        change(&stranger, &groups(&stranger, &[1, 2]), "換電腦", EXAMINER),
        Err(VaultError::KeyUnchanged)
    );
    assert_eq!(change(&old, &groups(&old, &[1, 2]), "換電腦", EXAMINER), Err(VaultError::KeyUnchanged));
    assert_eq!(vault.contacts(), Ok(vec![before.clone()]), "nothing was touched");

    let after =
        vault.change_contact_key(contact.id, &new, &typed, " 換電腦 ", EXAMINER, at()).expect("changes");
    assert_eq!((after.id, &after.card, after.verified_at), (before.id, &new, None), "compared anew");
    let [former] = after.former.as_slice() else { panic!("one key before: {after:?}") };
    assert_eq!((&former.card, former.verified, former.reason.as_str()), (&old, true, "換電腦"));
    assert_eq!(vault.contact_by_signer(&old.signer), Ok(None));
    assert_eq!(
        vault.acquaintance(&old),
        Ok(Acquaintance::KeyChanged(after)),
        "the old one does not come back"
    );
    assert_eq!(acts(&vault).last().map(String::as_str), Some("vault.contact_key_changed contact:1"));
}

#[test]
fn who_was_removed_can_come_again_under_another_number() {
    let dir = tempdir().expect("a folder");
    let (mut vault, _) = make(dir.path());
    let (wang, lee) = (card("王小明", 1), card("李大華", 2));
    let first = vault.add_contact(&wang, EXAMINER, at()).expect("takes in");
    vault.add_contact(&lee, EXAMINER, at()).expect("takes in");
    assert_eq!(vault.remove_contact(first.id, "", at()), Err(VaultError::NoPerson));
    vault.remove_contact(first.id, EXAMINER, at()).expect("removes");
    assert_eq!(vault.remove_contact(first.id, EXAMINER, at()), Err(VaultError::UnknownContact));
    assert_eq!(vault.acquaintance(&wang), Ok(Acquaintance::Unknown));
    let again = vault.add_contact(&wang, EXAMINER, at()).expect("takes in");
    assert_eq!((again.id, again.former.len()), (3, 0));
    let names: Vec<String> = vault.contacts().expect("reads").into_iter().map(|c| c.card.name).collect();
    assert_eq!(names, ["李大華", "王小明"]);
    let removed = "vault.contact_removed contact:1".to_owned();
    assert!(acts(&vault).contains(&removed));
}
