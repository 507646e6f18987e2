//! Containers that were put together by somebody, with and without the signer's key.

use super::made::{
    Entries, HEAD, MANIFEST, SIGNATURE, TAG_MANIFEST, entry, inside, key, packed, packed_as, replaced,
    signed_anew, small_entries,
};
use ed25519_dalek::{Signer, SigningKey};
use fieldbook_handover::PackageError;
use zip::CompressionMethod;

const STATE: &str = "fieldbook/data/state.jsonl";

fn refused(entries: &Entries) -> PackageError {
    inside(&packed(entries)).expect_err("refused")
}

fn changed(change: impl FnOnce(&mut Entries)) -> Entries {
    let mut entries = small_entries();
    change(&mut entries);
    entries
}

#[test]
fn the_same_entries_packed_by_another_program_open() {
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
        inside(&packed_as(&small_entries(), method)).expect("opens");
    }
    inside(&packed(&signed_anew(small_entries()))).expect("opens");
}

#[test]
fn another_payload_in_the_place_of_one_is_found() {
    let same_size = changed(|e| entry(e, STATE)[3] ^= 1);
    assert_eq!(refused(&same_size), PackageError::Tampered);
    let longer = changed(|e| entry(e, STATE).push(b'\n'));
    assert_eq!(refused(&longer), PackageError::Tampered);
    let swapped = changed(|e| {
        let other = std::mem::take(entry(e, "fieldbook/data/empty"));
        *entry(e, STATE) = other;
    });
    assert_eq!(refused(&swapped), PackageError::Tampered);
}

#[test]
fn what_the_signature_covers_cannot_be_changed() {
    let head = changed(|e| replaced(e, HEAD, "exam-1", "exam-2"));
    assert_eq!(refused(&head), PackageError::Tampered);
    let manifest = changed(|e| entry(e, MANIFEST)[0] ^= 1);
    assert_eq!(refused(&manifest), PackageError::Tampered);
    let info = changed(|e| replaced(e, "fieldbook/bag-info.txt", "exam-1", "exam-2"));
    assert_eq!(refused(&info), PackageError::Tampered);
    let tags = changed(|e| entry(e, TAG_MANIFEST)[0] ^= 1);
    assert_eq!(refused(&tags), PackageError::WrongSignature);
    let signature = changed(|e| entry(e, SIGNATURE)[0] ^= 1);
    assert_eq!(refused(&signature), PackageError::WrongSignature);
    let unsigned = changed(|e| e.retain(|(name, _)| name != SIGNATURE));
    assert_eq!(refused(&unsigned), PackageError::NotSigned);
}

#[test]
fn another_signer_is_another_sender() {
    let other = SigningKey::from_bytes(&[8; 32]);
    let by_other = changed(|e| {
        let message = [b"fieldbook-handover/1\n", entry(e, TAG_MANIFEST).as_slice()].concat();
        *entry(e, SIGNATURE) = format!("{}\n", hex::encode(other.sign(&message).to_bytes())).into_bytes();
    });
    assert_eq!(refused(&by_other), PackageError::WrongSignature);
    let without_label = changed(|e| {
        let signature = key().sign(entry(e, TAG_MANIFEST));
        *entry(e, SIGNATURE) = format!("{}\n", hex::encode(signature.to_bytes())).into_bytes();
    });
    assert_eq!(refused(&without_label), PackageError::WrongSignature);
    let (ours, theirs) = (hex::encode(key().verifying_key()), hex::encode(other.verifying_key()));
    let renamed = changed(|e| replaced(e, HEAD, &ours, &theirs));
    assert_eq!(refused(&renamed), PackageError::WrongSignature);
}

#[test]
fn files_that_are_missing_or_too_many_are_found() {
    for missing in [STATE, MANIFEST, TAG_MANIFEST, "fieldbook/bagit.txt", "fieldbook/bag-info.txt"] {
        let entries = changed(|e| e.retain(|(name, _)| name != missing));
        assert_eq!(refused(&entries), PackageError::MissingFile, "{missing}");
    }
    let headless = changed(|e| e.retain(|(name, _)| name != HEAD));
    assert_eq!(refused(&headless), PackageError::NotAPackage);
    for extra in ["fieldbook/data/more", "fieldbook/more.txt", "more.txt", "other/bagit.txt"] {
        let entries = changed(|e| e.push((extra.to_owned(), b"x".to_vec())));
        assert_eq!(refused(&entries), PackageError::ExtraFile, "{extra}");
    }
    let listed = signed_anew(changed(|e| e.push(("fieldbook/data/more".to_owned(), Vec::new()))));
    assert_eq!(refused(&listed), PackageError::Malformed("manifest"), "in the manifest, not in the head");
}

#[test]
fn names_that_lead_elsewhere_are_refused_whoever_signed_them() {
    for name in [
        "fieldbook/data/../../../etc/passwd",
        "/fieldbook/data/x",
        "fieldbook\\data\\x",
        "fieldbook/data/C:/x",
        "fieldbook/data/x\n",
        "fieldbook/data/nul.txt",
        "fieldbook/data/STATE.jsonl",
        "fieldbook/data/state.jsonl/x",
        "Fieldbook/bagit.txt",
        "fieldbook/data/a/",
        "",
    ] {
        let entries = changed(|e| e.push((name.to_owned(), Vec::new())));
        let error = refused(&signed_anew(entries));
        assert_eq!(error, PackageError::UnsafeName, "{name:?}");
    }
    let in_head = signed_anew(changed(|e| replaced(e, HEAD, "state.jsonl", "../state.jsonl")));
    assert_eq!(refused(&in_head), PackageError::UnsafeName);
}

#[test]
fn a_signed_head_is_read_strictly_and_a_newer_one_not_at_all() {
    let head = |from: &str, to: &str| refused(&signed_anew(changed(|e| replaced(e, HEAD, from, to))));
    assert_eq!(head("\"format\": 1,", "\"format\": 2, \"new\": 3,"), PackageError::NewerFormat);
    for (from, to) in [
        ("\"format\": 1,", "\"format\": 0,"),
        ("\"format\": 1,", "\"format\": 1, \"new\": 3,"),
        ("\"whole\"", "\"half\""),
        ("\"whole\"", "\"since\""),
        ("exam-1", "../exam"),
        ("2026-03-02T09:30:00", "2026-03-02"),
        ("王小明", "王\\u0007"),
        ("王小明", " "),
        ("00112233445566778899aabbccddeeff", "0011"),
        ("\"size\": 39", "\"size\": -1"),
        ("{", "["),
    ] {
        assert_eq!(head(from, to), PackageError::Malformed("head"), "{from} to {to}");
    }
    assert_eq!(
        head("\"size\": 39", "\"size\": 38"),
        PackageError::Malformed("bag"),
        "the sum stands there too"
    );
}

#[test]
fn manifests_have_one_spelling() {
    let manifest = |change: &dyn Fn(&str) -> String| {
        let mut entries = small_entries();
        let text = String::from_utf8(entry(&mut entries, TAG_MANIFEST).clone()).expect("text");
        let changed = change(&text).into_bytes();
        let signature = key().sign(&[b"fieldbook-handover/1\n", changed.as_slice()].concat());
        *entry(&mut entries, SIGNATURE) = format!("{}\n", hex::encode(signature.to_bytes())).into_bytes();
        *entry(&mut entries, TAG_MANIFEST) = changed;
        refused(&entries)
    };
    let malformed = PackageError::Malformed("manifest");
    assert_eq!(manifest(&|text| text.replace("  ", " ")), malformed);
    assert_eq!(manifest(&|text| text.replace('\n', "\r\n")), malformed);
    assert_eq!(manifest(&|text| text.to_uppercase()), malformed);
    assert_eq!(manifest(&|text| format!("{text}\n")), malformed);
    assert_eq!(manifest(&|text| format!("{text}{text}")), malformed);
    assert_eq!(manifest(&|text| text.lines().rev().map(|line| format!("{line}\n")).collect()), malformed);
    assert_eq!(
        manifest(&|text| text.lines().skip(1).map(|line| format!("{line}\n")).collect()),
        PackageError::Tampered
    );
}
