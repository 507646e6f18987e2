//! `fieldbook checklist pack|inspect|load|packages|unload`.

use crate::call::{Desk, entry, has_keys, list, text};
use crate::folder::{ORDERS, copy, edit, loaded, pack};
use serde_json::Value;

/// A package of somebody else: signed in another vault. With the signer's fingerprint.
fn from_elsewhere(desk: &Desk) -> String {
    let office = Desk::with_vault();
    copy(&office);
    let fingerprint = pack(&office, "own.fbc", "115.1");
    std::fs::copy(office.path("own.fbc"), desk.path("own.fbc")).expect("handed over");
    fingerprint
}

#[test]
fn a_package_goes_from_one_vault_to_another() {
    let desk = Desk::with_vault();
    let fingerprint = from_elsewhere(&desk);
    let seen = desk.unchanged(|| desk.done(&["checklist", "inspect", "own.fbc"]));
    assert_eq!((&seen["name"], &seen["version"]), (&"自行查核要點".into(), &"115.1".into()));
    assert_eq!((text(&seen["fingerprint"]), &seen["signer"]), (fingerprint.as_str(), &Value::Null));
    assert_eq!(list(&seen["procedures"]), [Value::from("T-SAMPLE-01 逾期未登入而仍啟用之帳號")]);
    assert_eq!((list(&seen["problems"]).len(), &seen["changes"][0]["document"]), (0, &"SAMPLE".into()));

    let known =
        desk.done(&["checklist", "load", "own.fbc", "--trust-as", "稽核室", "--fingerprint", &fingerprint]);
    assert_eq!(desk.done(&["checklist", "packages"]), known);
    let package = &known["packages"][0];
    has_keys(package, &["sha256", "by", "at"]);
    assert_eq!((&package["name"], &package["signer"]), (&"自行查核要點".into(), &"稽核室".into()));
    assert_eq!(known["signers"][0]["fingerprint"], fingerprint.as_str());
    assert_eq!(entry(&known["documents"], "id", "SAMPLE")["package"], "自行查核要點");
    assert_eq!(entry(&known["documents"], "id", "FCM")["package"], "");
    assert_eq!(desk.done(&["checklist", "inspect", "own.fbc"])["signer"], "稽核室");

    let without = desk.done(&["checklist", "unload", text(&package["sha256"])]);
    assert_eq!(list(&without["packages"]), [] as [Value; 0]);
    desk.unchanged(|| desk.refused(&["checklist", "unload", text(&package["sha256"])], 1, "unknown_package"));
}

#[test]
fn what_is_loaded_is_listed_beside_what_is_bundled() {
    let desk = loaded();
    let all = desk.done(&["checklist", "list"]);
    let own = entry(&all, "id", "SAMPLE");
    assert_eq!((&own["items"], &own["examinable"], list(&all).len()), (&4.into(), &4.into(), 6));
    assert_eq!(desk.done(&["checklist", "show", "SAMPLE-1.2"])["label"], "一(二)");
    let procedures = desk.done(&["audit", "list"]);
    assert_eq!(entry(&procedures, "id", "T-SAMPLE-01")["clauses"], Value::from(vec!["SAMPLE-1.2"]));

    // A vault that does not open is no reason to refuse what needs none, but it is said.
    std::fs::write(desk.path("wrong"), "not-the-passphrase").expect("file");
    let closed = desk.call(&["checklist", "list", "--json", "--passphrase-file", "wrong"]);
    assert_eq!((closed.code, list(&closed.json()).len()), (0, 5));
    assert!(closed.err.starts_with("注意：") && closed.err.contains("只列內建檢查表"), "{}", closed.err);
}

#[test]
fn an_unknown_signer_is_refused_until_the_fingerprint_was_compared() {
    let desk = Desk::with_vault();
    let fingerprint = from_elsewhere(&desk);
    desk.unchanged(|| {
        let unknown = desk.refused(&["checklist", "load", "own.fbc"], 1, "unknown_signer");
        assert!(text(&unknown["error"]["message"]).contains(&fingerprint), "{unknown}");
        assert!(text(&unknown["error"]["hint"]).contains("--fingerprint"), "{unknown}");
        let wrong = "0000 0000 0000 0000 0000 0000 0000 0000 0000 0000";
        let call = ["checklist", "load", "own.fbc", "--trust-as", "稽核室", "--fingerprint", wrong];
        desk.refused(&call, 1, "fingerprint_mismatch");
    });
    let known = desk.done(&["checklist", "packages"]);
    assert_eq!((list(&known["packages"]).len(), list(&known["signers"]).len()), (0, 0));
}

#[test]
fn a_package_that_was_tampered_with_is_refused() {
    let desk = Desk::with_vault();
    let fingerprint = from_elsewhere(&desk);
    let whole = std::fs::read_to_string(desk.path("own.fbc")).expect("package");
    let flipped = |after: &str| {
        let at = whole.find(after).expect("in the package") + after.len();
        let mut bytes = whole.clone().into_bytes();
        bytes[at] = if bytes[at] == b'1' { b'2' } else { b'1' };
        bytes
    };
    let half = whole.as_bytes()[..whole.len() / 2].to_vec();
    let bad = [
        ("條文.fbc", flipped("line = "), "package_bad_signature"),
        ("簽章.fbc", flipped("signature "), "package_bad_signature"),
        ("截斷.fbc", half, "package_bad_signature"),
        ("其他.fbc", b"PK\x03\x04".to_vec(), "not_a_package"),
    ];
    for (name, bytes, code) in bad {
        std::fs::write(desk.path(name), bytes).expect("file");
        desk.unchanged(|| {
            let load = ["checklist", "load", name, "--trust-as", "稽核室", "--fingerprint", &fingerprint];
            let refused = desk.refused(&load, 1, code);
            assert!(text(&refused["error"]["message"]).contains(name), "names the file: {refused}");
            desk.refused(&["checklist", "inspect", name], 1, code);
        });
    }
    desk.refused(&["checklist", "load", "沒有.fbc"], 1, "file_unreadable");
}

#[test]
fn a_folder_with_a_defect_is_not_packed() {
    let desk = Desk::with_vault();
    copy(&desk);
    edit(&desk, ORDERS, "SAMPLE-2.1", "inet", "internet");
    let call = ["checklist", "pack", "own", "own.fbc", "--name", "自行查核要點", "--package-version", "1"];
    let refused = desk.unchanged(|| desk.refused(&call, 1, "package_defective"));
    let said = text(&refused["error"]["message"]);
    assert!(said.contains(&format!("{ORDERS} 第 18 行")) && said.contains("「internet」"), "{said}");
}

#[test]
fn an_edition_that_an_exam_uses_stays() {
    let desk = loaded();
    let before = desk.done(&["checklist", "packages"]);
    let sha256 = text(&before["packages"][0]["sha256"]).to_owned();
    let exam = crate::exams::new_exam(&desk, "2026-03-31");
    desk.unchanged(|| desk.refused(&["checklist", "unload", &sha256], 1, "package_in_use"));
    assert_eq!(desk.done(&["checklist", "packages"]), before);
    let editions = desk.done(&["exam", "editions", &exam]);
    let own = entry(&editions, "id", "SAMPLE");
    assert_eq!(
        (&own["pinned"], &own["current"], &own["same"]),
        (&"115.1".into(), &"115.1".into(), &true.into())
    );
}
