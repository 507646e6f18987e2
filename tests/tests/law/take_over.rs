//! "Use this answer there too": every clause keeps an answer of its own that says where it came from.

use crate::items::{item, journal, key, refused, request, seen, set};
use fieldbook_app::wire::{AnswerKeyView, AnswerRequest, CopyRequest, MethodWord, ResultWord};
use fieldbook_app::{Desk, checklist};
use fieldbook_tests::desk::{exam_of, with_vault};
use std::path::Path;

/// A firm of both licences: the same subject is asked twice.
const BOTH: &str = "\
is_sec = true
is_fcm = true
sec_broker = true
fcm_broker = true
concurrent = \"期貨\"
inet = true
colo = false
pii = true

[[system]]
name = \"下單系統\"
core = true

[[system]]
name = \"官網\"
core = false
";

fn desk(folder: &Path) -> Desk {
    let mut desk = with_vault(folder).expect("vault");
    exam_of(&mut desk, "兼-1", BOTH).expect("exam");
    let source = AnswerRequest {
        method: Some(MethodWord::Sampling),
        paper_ref: "C-7".to_owned(),
        awaited: Some("覆核簽名頁".to_owned()),
        ..request(&key("FCM-3.4", "", ""), ResultWord::Partial, "抽查 25 筆，2 筆未分離。")
    };
    checklist::answer(&mut desk, &source).expect("answer");
    desk
}

fn copy(to: &[AnswerKeyView]) -> CopyRequest {
    CopyRequest { from: key("FCM-3.4", "", ""), to: to.to_vec() }
}

fn targets() -> Vec<AnswerKeyView> {
    ["BSL-3.3", "BSL-6.8", "FCM-3.3", "COL-D2.1", "FCM-3.4"].iter().map(|c| key(c, "", "")).collect()
}

#[test]
fn a_preview_tells_every_target_and_stores_nothing() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = desk(folder.path());
    set(&mut desk, "BSL-3.3", ResultWord::Compliant);
    let before = (seen(&desk), journal(&desk));
    let view = checklist::copy_preview(&desk, &copy(&targets())).expect("preview");
    assert_eq!((seen(&desk), journal(&desk)), before);
    assert_eq!(view.answer.note, "抽查 25 筆，2 筆未分離。");
    let told: Vec<(String, String, String, bool)> = view
        .targets
        .iter()
        .map(|t| {
            let place = format!("{}{}{}", t.key.clause, t.key.unit, t.key.system);
            (place, t.refused.clone(), t.text.clone(), t.before.is_some())
        })
        .collect();
    let free = |place: &str| {
        let found = told.iter().find(|t| t.0 == place);
        found.map(|t| (t.1.as_str(), t.3)).unwrap_or_else(|| panic!("{place} in {told:?}"))
    };
    assert_eq!(free("BSL-3.3"), ("", true), "its own answer is shown beside");
    assert_eq!(free("BSL-6.8a下單系統"), ("", false));
    assert_eq!(free("BSL-6.8b官網"), ("", false));
    assert_eq!(free("FCM-3.3"), ("此結果不適用於該條文", false), "得 does not fail");
    assert_eq!(free("FCM-3.4"), ("即為本答案", true));
    assert_eq!(free("COL-D2.1"), ("依基本資料不適用", false));
    let b = told.iter().find(|t| t.0 == "BSL-6.8b官網").expect("unit b");
    assert_eq!(
        b.2, "非核心系統宜防範自動化程式之登入或密碼更換嘗試",
        "the words of the duty that is answered"
    );
}

#[test]
fn each_target_gets_an_answer_of_its_own_with_its_origin() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = desk(folder.path());
    let waiting = AnswerRequest {
        awaited: Some("帳號審查紀錄".to_owned()),
        ..request(&key("BSL-3.3", "", ""), ResultWord::NotExamined, "")
    };
    checklist::answer(&mut desk, &waiting).expect("awaited");
    let before = seen(&desk);
    let done = checklist::copy(&mut desk, &copy(&targets())).expect("copy");
    assert_eq!(done.changed, 3, "BSL-3.3 and two duties of BSL-6.8");
    let left: Vec<&str> = done.skipped.iter().map(|s| s.clause.as_str()).collect();
    assert_eq!(left, ["FCM-3.3", "COL-D2.1", "FCM-3.4"]);

    let copied = item(&desk, "BSL-3.3").answers.remove(0);
    assert_eq!((copied.result, copied.method), (ResultWord::Partial, Some(MethodWord::Sampling)));
    assert_eq!((copied.note.as_str(), copied.paper_ref.as_str()), ("抽查 25 筆，2 筆未分離。", "C-7"));
    assert_eq!(copied.awaited.as_deref(), Some("帳號審查紀錄"), "what is awaited stays with each clause");
    let origin = copied.origin.expect("origin");
    assert_eq!((origin.exam.as_str(), origin.key), ("", key("FCM-3.4", "", "")));
    assert_eq!(origin.label, "3.(4)");
    assert!(item(&desk, "BSL-6.8").line.taken_over);
    assert!(item(&desk, "FCM-3.4").answers[0].origin.is_none(), "the source is what it was");
    assert_eq!(item(&desk, "FCM-3.3").answers.len(), 0);
    assert_eq!(item(&desk, "COL-D2.1").answers.len(), 0);

    checklist::undo(&mut desk).expect("one step");
    assert_eq!(seen(&desk), before);
}

#[test]
fn what_becomes_of_the_source_later_does_not_reach_the_copy() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = desk(folder.path());
    checklist::copy(&mut desk, &copy(&[key("BSL-3.3", "", "")])).expect("copy");
    let copied = format!("{:?}", item(&desk, "BSL-3.3").answers);
    let changed = request(&key("FCM-3.4", "", ""), ResultWord::Compliant, "複查後已改善。");
    checklist::answer(&mut desk, &changed).expect("answer");
    assert_eq!(format!("{:?}", item(&desk, "BSL-3.3").answers), copied);
    set(&mut desk, "BSL-3.3", ResultWord::Noncompliant);
    assert_eq!(item(&desk, "FCM-3.4").line.result, ResultWord::Compliant);
}

#[test]
fn nothing_is_taken_over_from_an_item_without_a_result() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = desk(folder.path());
    let before = journal(&desk);
    let from_open = CopyRequest { from: key("FCM-3.2", "", ""), to: vec![key("BSL-3.3", "", "")] };
    assert_eq!(refused(checklist::copy_preview(&desk, &from_open)), "no_answer");
    assert_eq!(refused(checklist::copy(&mut desk, &from_open)), "no_answer");
    assert_eq!(journal(&desk), before);
}
