//! Signed packages, and exams that keep the edition that they were made with.

use crate::folder::{self, NEW_TEXT, OLD_TEXT, edit, newer_edition};
use crate::items::{FUTURES, item, lines, refused, set, stored};
use fieldbook_app::wire::{
    ClauseChangeView, CompareRequest, DocumentChangeView, EditionsView, ExamRequest, KeyRequest,
    PackageRequest, PathRequest, ResultWord, UnlockRequest,
};
use fieldbook_app::{Desk, checklist, edition, exam, session};
use fieldbook_checklist::bundled;
use fieldbook_tests::desk::{PASSPHRASE, exam_of, reopen, with_vault};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A package of the newer edition, signed in a vault of the organisation; with the fingerprint that it tells people.
pub fn package(folder: &Path) -> (PathBuf, String) {
    packed(folder, &newer_edition(&folder.join("folder")), "115.1")
}

fn packed(folder: &Path, dir: &Path, version: &str) -> (PathBuf, String) {
    let office = folder.join("office");
    std::fs::create_dir_all(&office).expect("folder");
    let mut desk = match office.join("vault").exists() {
        false => with_vault(&office).expect("the organisation's vault"),
        true => {
            let mut desk = Desk::new(fieldbook_tests::desk::host(&office)).expect("desk");
            unlock(&mut desk, &office);
            desk
        }
    };
    let out = folder.join(format!("期貨商檢查機制-{version}.fbc"));
    let (_, fingerprint) =
        edition::authoring::pack(&mut desk, dir, &out, "期貨商檢查機制", version).expect("packed");
    (out, fingerprint)
}

fn unlock(desk: &mut Desk, folder: &Path) {
    let dir = folder.join("vault").to_string_lossy().into_owned();
    session::vault_unlock(desk, &UnlockRequest { dir, passphrase: PASSPHRASE.to_owned() }).expect("unlock");
}

fn inspect(desk: &Desk, path: &Path) -> fieldbook_app::wire::PackageInspectView {
    let request = PathRequest { path: path.to_string_lossy().into_owned() };
    edition::package_inspect(desk, &request).expect("inspected")
}

fn load(path: &Path, trust_as: &str, fingerprint: &str) -> PackageRequest {
    PackageRequest {
        path: path.to_string_lossy().into_owned(),
        trust_as: trust_as.to_owned(),
        fingerprint: fingerprint.to_owned(),
    }
}

/// Loads the newer edition into the vault of a desk.
pub fn loaded(desk: &mut Desk, folder: &Path) -> EditionsView {
    let (path, fingerprint) = package(folder);
    edition::package_load(desk, &load(&path, "公會資訊室", &fingerprint)).expect("loaded")
}

fn version(view: &EditionsView) -> String {
    view.documents.iter().find(|d| d.document == "FCM").expect("FCM").version.clone()
}

fn kinds(changes: &[DocumentChangeView]) -> BTreeMap<(String, String), &ClauseChangeView> {
    let lines = changes.iter().flat_map(|d| &d.changes);
    lines.map(|c| ((c.kind.clone(), c.clause.clone()), c)).collect()
}

/// Exactly the four changes of the newer edition.
fn are_the_four_changes(changes: &[DocumentChangeView]) {
    let [document] = changes else { panic!("one document: {changes:?}") };
    assert_eq!(document.document, "FCM");
    assert_eq!((document.from.as_deref(), document.to.as_deref()), (Some("未載日期"), Some("115.1")));
    let kinds = kinds(changes);
    let told: Vec<(&str, &str)> = kinds.keys().map(|(k, c)| (k.as_str(), c.as_str())).collect();
    assert_eq!(
        told,
        [("added", "FCM-3.5"), ("changed", "FCM-3.4"), ("moved", "FCM-3.6"), ("removed", "FCM-3.2")]
    );
    let get = |kind: &str, clause: &str| kinds[&(kind.to_owned(), clause.to_owned())];
    assert_eq!(get("moved", "FCM-3.6").from_label, "FCM-3.1 3.(1)");
    let changed = get("changed", "FCM-3.4");
    let side = |left_out: &str| -> String {
        changed.pieces.iter().filter(|p| p.kind != left_out).map(|p| p.text.as_str()).collect()
    };
    assert_eq!((side("added").as_str(), side("removed").as_str()), (OLD_TEXT, NEW_TEXT));
    let added: String =
        changed.pieces.iter().filter(|p| p.kind == "added").map(|p| p.text.as_str()).collect();
    assert_eq!(added, "以書面", "character by character");
}

#[test]
fn a_package_is_looked_into_and_nothing_is_stored() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (path, fingerprint) = package(folder.path());
    let desk = with_vault(folder.path()).expect("vault");
    let before = format!("{:?}", edition::editions(&desk).expect("editions"));
    let view = inspect(&desk, &path);
    assert_eq!((view.name.as_str(), view.version.as_str()), ("期貨商檢查機制", "115.1"));
    assert_eq!((view.made_on.as_str(), view.signer.as_deref()), ("2021-01-05", None));
    assert_eq!(view.fingerprint, fingerprint);
    assert_eq!(view.problems, []);
    are_the_four_changes(&view.changes);
    assert_eq!(format!("{:?}", edition::editions(&desk).expect("editions")), before);
}

#[test]
fn an_unknown_signer_is_refused_until_somebody_compared_the_fingerprint() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (path, fingerprint) = package(folder.path());
    let mut desk = with_vault(folder.path()).expect("vault");
    let before = format!("{:?}", edition::editions(&desk).expect("editions"));
    let untrusted = edition::package_load(&mut desk, &load(&path, " ", &fingerprint));
    assert!(untrusted.as_ref().expect_err("refused").view().message.contains(&fingerprint));
    assert_eq!(refused(untrusted), "unknown_signer");
    for wrong in ["", "0000", &fingerprint.replace(|c: char| c.is_ascii_digit(), "f")] {
        let outcome = edition::package_load(&mut desk, &load(&path, "公會資訊室", wrong));
        assert_eq!(refused(outcome), "fingerprint_mismatch");
    }
    assert_eq!(format!("{:?}", edition::editions(&desk).expect("editions")), before);

    // As somebody would type it from paper.
    let typed = fingerprint.replace(' ', "").to_uppercase();
    let view = edition::package_load(&mut desk, &load(&path, "公會資訊室", &typed)).expect("trusted");
    assert_eq!(version(&view), "115.1");
    assert_eq!(view.signers[0].name, "公會資訊室");
    assert_eq!((view.packages.len(), view.packages[0].signer.as_str()), (1, "公會資訊室"));
    let fcm = view.documents.iter().find(|d| d.document == "FCM").expect("FCM");
    assert_eq!(fcm.package, "期貨商檢查機制");
    assert!(view.documents.iter().filter(|d| d.document != "FCM").all(|d| d.package.is_empty()));
    assert_eq!(inspect(&desk, &path).signer.as_deref(), Some("公會資訊室"));

    // A later version of somebody who is trusted needs no comparing; of the same name the last one counts.
    let dir = folder.path().join("folder");
    edit(&dir, "taifex-fcm/document.toml", "version = \"115.1\"", "version = \"115.2\"");
    let (later, _) = packed(folder.path(), &dir, "115.2");
    let view = edition::package_load(&mut desk, &load(&later, "", "")).expect("the same signer");
    assert_eq!(version(&view), "115.2");

    edition::signer_distrust(&mut desk, &KeyRequest { key: view.signers[0].key.clone() })
        .expect("distrusted");
    let view = edition::editions(&desk).expect("editions");
    assert_eq!((view.signers.len(), view.packages.len(), version(&view).as_str()), (0, 2, "115.2"));
    edit(&dir, "taifex-fcm/document.toml", "version = \"115.2\"", "version = \"115.3\"");
    let (latest, _) = packed(folder.path(), &dir, "115.3");
    assert_eq!(refused(edition::package_load(&mut desk, &load(&latest, "", ""))), "unknown_signer");
}

#[test]
fn a_package_with_one_changed_byte_is_refused() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (path, fingerprint) = package(folder.path());
    let mut desk = with_vault(folder.path()).expect("vault");
    let before = format!("{:?}", edition::editions(&desk).expect("editions"));
    let whole = std::fs::read(&path).expect("package");
    let text = String::from_utf8(whole.clone()).expect("UTF-8");
    let must = text.find("應以書面").expect("the changed clause");
    let digit = text.find("signature ").expect("the signature") + "signature ".len();
    for at in [must + 2, whole.len() - 2, digit] {
        let mut bytes = whole.clone();
        bytes[at] = if bytes[at] == b'1' { b'2' } else { b'1' };
        let tampered = folder.path().join("動過.fbc");
        std::fs::write(&tampered, bytes).expect("file");
        let request = PathRequest { path: tampered.to_string_lossy().into_owned() };
        assert_eq!(refused(edition::package_inspect(&desk, &request)), "package_bad_signature", "byte {at}");
        let outcome = edition::package_load(&mut desk, &load(&tampered, "公會資訊室", &fingerprint));
        assert_eq!(refused(outcome), "package_bad_signature", "byte {at}");
    }
    let cut = folder.path().join("截斷.fbc");
    std::fs::write(&cut, &whole[..whole.len() / 2]).expect("file");
    assert_eq!(
        refused(edition::package_load(&mut desk, &load(&cut, "公會資訊室", &fingerprint))),
        "package_bad_signature"
    );
    std::fs::write(&cut, "不是檢查表套件").expect("file");
    assert_eq!(
        refused(edition::package_load(&mut desk, &load(&cut, "公會資訊室", &fingerprint))),
        "not_a_package"
    );
    assert_eq!(format!("{:?}", edition::editions(&desk).expect("editions")), before);
}

fn texts(desk: &Desk) -> BTreeMap<String, (String, String, String)> {
    let of = |clause: &str| {
        let view = item(desk, clause);
        (view.line.label, view.line.text, view.version)
    };
    lines(desk).into_iter().map(|l| (l.clause.clone(), of(&l.clause))).collect()
}

#[test]
fn an_exam_keeps_the_edition_that_it_was_made_with() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = with_vault(folder.path()).expect("vault");
    let old = exam_of(&mut desk, "期-1", FUTURES).expect("old exam").head.id;
    set(&mut desk, "FCM-3.2", ResultWord::Compliant);
    set(&mut desk, "FCM-3.4", ResultWord::Compliant);
    let (old_texts, answers) = (texts(&desk), stored(&desk));
    let view = loaded(&mut desk, folder.path());
    let fcm = view.documents.iter().find(|d| d.document == "FCM").expect("FCM");
    assert_eq!((fcm.pinned.as_deref(), fcm.same), (Some("未載日期"), false));
    assert_eq!((texts(&desk), stored(&desk)), (old_texts.clone(), answers.clone()), "while it is open");

    let new = exam_of(&mut desk, "期-2", FUTURES).expect("new exam").head.id;
    let new_texts = texts(&desk);
    assert_eq!(new_texts["FCM-3.4"], ("3.(4)".to_owned(), NEW_TEXT.to_owned(), "115.1".to_owned()));
    assert!(new_texts.contains_key("FCM-3.5") && new_texts.contains_key("FCM-3.6"));
    assert!(!new_texts.contains_key("FCM-3.1") && !new_texts.contains_key("FCM-3.2"));
    let view = edition::editions(&desk).expect("editions");
    assert!(view.documents.iter().all(|d| d.same), "{:?}", view.documents);

    reopen(&mut desk, folder.path(), &old).expect("old exam");
    assert_eq!((texts(&desk), stored(&desk)), (old_texts.clone(), answers));
    let built_in = bundled().expect("checklists");
    for (clause, (_, text, _)) in &old_texts {
        let id = fieldbook_model::ClauseId::parse(clause).expect("an id");
        assert_eq!(*text, built_in.clause(&id).expect("built in").text, "{clause}");
    }
    let source =
        checklist::source_text(&desk, &fieldbook_app::wire::DocumentRequest { document: "FCM".to_owned() });
    assert!(source.expect("原文").anchors.iter().any(|a| a.clause == "FCM-3.2"));
    reopen(&mut desk, folder.path(), &new).expect("new exam");
    assert_eq!(texts(&desk), new_texts);
}

#[test]
fn locking_the_vault_keeps_its_packages() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = with_vault(folder.path()).expect("vault");
    let before = format!("{:?}", loaded(&mut desk, folder.path()));
    session::vault_lock(&mut desk);
    assert_eq!(refused(edition::editions(&desk)), "locked");
    unlock(&mut desk, folder.path());
    assert_eq!(format!("{:?}", edition::editions(&desk).expect("editions")), before);
    exam_of(&mut desk, "期-1", FUTURES).expect("exam");
    assert_eq!(item(&desk, "FCM-3.4").line.text, NEW_TEXT);

    drop(desk);
    let other = folder.path().join("other");
    std::fs::create_dir_all(&other).expect("folder");
    let mut desk = Desk::new(fieldbook_tests::desk::host(&other)).expect("desk");
    unlock(&mut desk, folder.path());
    session::vault_lock(&mut desk);
    let request = fieldbook_app::wire::CreateVaultRequest {
        dir: other.join("vault").to_string_lossy().into_owned(),
        passphrase: PASSPHRASE.to_owned(),
    };
    session::vault_create(&mut desk, &request).expect("another vault");
    assert_eq!(
        version(&edition::editions(&desk).expect("editions")),
        "未載日期",
        "packages are of one vault"
    );
}

#[test]
fn an_edition_that_an_exam_uses_cannot_be_taken_out() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = with_vault(folder.path()).expect("vault");
    let view = loaded(&mut desk, folder.path());
    let key = KeyRequest { key: view.packages[0].sha256.clone() };
    let without = edition::package_remove(&mut desk, &key).expect("no exam uses it");
    assert_eq!((version(&without).as_str(), without.packages.len()), ("未載日期", 0));
    assert_eq!(refused(edition::package_remove(&mut desk, &key)), "unknown_package");

    loaded(&mut desk, folder.path());
    let made = exam_of(&mut desk, "期-1", FUTURES).expect("exam").head.id;
    for open in [true, false] {
        if !open {
            exam::exam_close(&mut desk);
        }
        let before = format!("{:?}", edition::editions(&desk).expect("editions"));
        let outcome = edition::package_remove(&mut desk, &key);
        let message = outcome.as_ref().expect_err("in use").view().message;
        assert!(message.contains("期-1") && message.contains(&made), "names the exam: {message}");
        assert_eq!(refused(outcome), "package_in_use");
        assert_eq!(format!("{:?}", edition::editions(&desk).expect("editions")), before);
    }
    exam::exam_open(&mut desk, &ExamRequest { exam: made }).expect("still there");
    assert_eq!(item(&desk, "FCM-3.4").line.text, NEW_TEXT);
}

#[test]
fn two_editions_are_compared_in_both_directions() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = with_vault(folder.path()).expect("vault");
    exam_of(&mut desk, "期-1", FUTURES).expect("exam");
    let sha256 = loaded(&mut desk, folder.path()).packages[0].sha256.clone();
    let compare = |from: &str, to: &str| {
        let request = CompareRequest { from: from.to_owned(), to: to.to_owned() };
        edition::editions_compare(&desk, &request)
    };
    for (from, to) in [("built_in", "current"), ("exam", "current"), ("exam", sha256.as_str())] {
        are_the_four_changes(&compare(from, to).unwrap_or_else(|e| panic!("{from} {to}: {e}")));
    }
    let back = compare("current", "exam").expect("back");
    let kinds = kinds(&back);
    let told: Vec<(&str, &str)> = kinds.keys().map(|(k, c)| (k.as_str(), c.as_str())).collect();
    assert_eq!(
        told,
        [("added", "FCM-3.2"), ("changed", "FCM-3.4"), ("moved", "FCM-3.1"), ("removed", "FCM-3.5")]
    );
    assert_eq!(compare("built_in", "exam").expect("the same").len(), 0);
    assert_eq!(refused(compare("built_in", "0000")), "unknown_package");
}

#[test]
fn two_folders_are_compared_without_a_vault() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let newer = newer_edition(&folder.path().join("newer"));
    let older = folder::of_futures(&folder.path().join("older"));
    let path = |p: &Path| p.to_string_lossy().into_owned();
    are_the_four_changes(&edition::authoring::diff(&path(&older), &path(&newer)).expect("diff"));
    are_the_four_changes(&edition::authoring::diff("built-in", &path(&newer)).expect("diff"));
    assert_eq!(edition::authoring::diff("built-in", &path(&older)).expect("diff").len(), 0);
}
