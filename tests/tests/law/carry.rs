//! Answers of an earlier exam in the next one: only where the words of the law are the same.

use crate::editions::loaded;
use crate::items::{FUTURES, item, journal, key, refused, request, seen, set, stored};
use fieldbook_app::wire::{AnswerRequest, ApplicabilityWord, CarryView, ExamRequest, MethodWord, ResultWord};
use fieldbook_app::{Desk, checklist, edition};
use fieldbook_tests::desk::{exam_of, reopen, with_exam, with_vault};
use std::path::Path;

/// An exam under the built-in edition with answers, and one under the newer edition, open; of a firm that gave up its
/// internet orders and has not said whether it holds personal data.
fn two_exams(folder: &Path) -> (Desk, String) {
    let mut desk = with_vault(folder).expect("vault");
    let old = exam_of(&mut desk, "期-1", FUTURES).expect("old exam").head.id;
    assert_eq!(item(&desk, PERSONAL_DATA).line.applicability, ApplicabilityWord::Applicable);
    let noted = AnswerRequest {
        method: Some(MethodWord::Interview),
        paper_ref: "A-3".to_owned(),
        awaited: Some("委任契約".to_owned()),
        ..request(&key("FCM-3.3", "", ""), ResultWord::Compliant, "委請顧問公司。")
    };
    checklist::answer(&mut desk, &noted).expect("answer");
    for clause in ["FCM-3.1", "FCM-3.2", "FCM-3.4", "FCM-1.1", PERSONAL_DATA, "FCM-2.1", "FCM-2.4"] {
        set(&mut desk, clause, ResultWord::Compliant);
    }
    loaded(&mut desk, folder);
    let facts = FUTURES.replace("inet = true", "inet = false").replace("pii = true\n", "");
    exam_of(&mut desk, "期-2", &facts).expect("new exam");
    set(&mut desk, "FCM-2.1", ResultWord::Noncompliant);
    (desk, old)
}

/// 個人資料之權責劃分: only for a firm that handles personal data.
const PERSONAL_DATA: &str = "FCM-7.2.a.b";

fn from(exam: &str) -> ExamRequest {
    ExamRequest { exam: exam.to_owned() }
}

fn again(view: &CarryView) -> Vec<(&str, &str)> {
    view.lines.iter().map(|l| (l.clause.as_str(), l.again.as_str())).collect()
}

#[test]
fn a_preview_says_what_has_to_be_examined_again() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, old) = two_exams(folder.path());
    let before = (seen(&desk), journal(&desk));
    let view = edition::carry_preview(&desk, &from(&old)).expect("preview");
    assert_eq!((seen(&desk), journal(&desk)), before);
    assert_eq!((view.case_no.as_str(), view.carried), ("期-1", 2));
    assert_eq!(
        again(&view),
        [
            ("FCM-1.1", "本案不適用"),
            ("FCM-2.1", "本案已有結果"),
            ("FCM-2.4", ""),
            ("FCM-3.1", "本案檢查表已無此項目"),
            ("FCM-3.2", "本案檢查表已無此項目"),
            ("FCM-3.3", ""),
            ("FCM-3.4", "條文文字已變更"),
            (PERSONAL_DATA, "本案適用性待確認"),
        ]
    );
}

#[test]
fn only_answers_to_the_same_words_are_carried_in_one_step() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, old) = two_exams(folder.path());
    let before = seen(&desk);
    let done = edition::carry(&mut desk, &from(&old)).expect("carried");
    assert_eq!((done.changed, done.skipped.len()), (2, 6));
    let changed = done.skipped.iter().find(|s| s.clause == "FCM-3.4").expect("listed");
    assert_eq!(changed.why, "條文文字已變更");
    let answers = item(&desk, "FCM-3.3").answers;
    let [carried] = answers.as_slice() else { panic!("one answer: {answers:?}") };
    assert_eq!((carried.result, carried.method), (ResultWord::Compliant, Some(MethodWord::Interview)));
    assert_eq!((carried.note.as_str(), carried.paper_ref.as_str()), ("委請顧問公司。", "A-3"));
    assert_eq!(carried.awaited, None, "what was owed then is not owed now");
    let origin = carried.origin.as_ref().expect("origin");
    assert_eq!((origin.exam.as_str(), &origin.key), (old.as_str(), &key("FCM-3.3", "", "")));
    assert_eq!(item(&desk, "FCM-2.1").line.result, ResultWord::Noncompliant, "given here, kept");
    for clause in ["FCM-3.4", "FCM-1.1", PERSONAL_DATA] {
        assert_eq!(item(&desk, clause).answers.len(), 0, "{clause}");
    }
    assert_eq!(journal(&desk).iter().filter(|e| e.starts_with("answer.carry ")).count(), 2);
    checklist::undo(&mut desk).expect("one step");
    assert_eq!(seen(&desk), before);
}

#[test]
fn what_stands_in_this_exam_is_not_overwritten() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, old) = two_exams(folder.path());
    let noted = request(&key("FCM-2.4", "", ""), ResultWord::NotExamined, "已約訪總經理，待訪談。");
    checklist::answer(&mut desk, &noted).expect("a note without a result");
    let awaits = AnswerRequest {
        awaited: Some("109年委任契約".to_owned()),
        ..request(&key("FCM-3.3", "", ""), ResultWord::NotExamined, "")
    };
    checklist::answer(&mut desk, &awaits).expect("awaited");
    edition::carry(&mut desk, &from(&old)).expect("carried");
    assert!(
        item(&desk, "FCM-2.4").answers[0].note.contains("已約訪總經理，待訪談。"),
        "the note of this exam"
    );
    let waiting = item(&desk, "FCM-3.3").line.awaited;
    assert_eq!(waiting.as_deref(), Some("109年委任契約"), "what this exam waits for");
}

#[test]
fn the_earlier_exam_is_only_read() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, old) = two_exams(folder.path());
    reopen(&mut desk, folder.path(), &old).expect("old exam");
    let (answers, entries) = (stored(&desk), journal(&desk));
    exam_of(&mut desk, "期-3", FUTURES).expect("third exam");
    edition::carry(&mut desk, &from(&old)).expect("carried");
    reopen(&mut desk, folder.path(), &old).expect("old exam");
    assert_eq!((stored(&desk), journal(&desk)), (answers, entries));
}

#[test]
fn answers_about_systems_follow_their_system() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, made) = with_exam(folder.path()).expect("exam");
    let old = made.head.id;
    for (unit, system) in [("a", "網路下單系統"), ("a", "帳務結算系統"), ("b", "公司官網")] {
        crate::items::set_at(&mut desk, &key("BSL-6.8", unit, system), ResultWord::Compliant);
    }
    let facts = "is_sec = true\n\n[[system]]\nname = \"網路下單系統\"\ncore = true\n\n\
                 [[system]]\nname = \"公司官網\"\ncore = true\n";
    exam_of(&mut desk, "證-2", facts).expect("next exam");
    let view = edition::carry_preview(&desk, &from(&old)).expect("preview");
    let told: Vec<_> =
        view.lines.iter().map(|l| (l.unit.as_str(), l.system.as_str(), l.again.as_str())).collect();
    assert_eq!(
        told,
        [
            ("a", "帳務結算系統", "本案無此系統或此部分義務"),
            ("a", "網路下單系統", ""),
            ("b", "公司官網", "本案無此系統或此部分義務"),
        ]
    );
}

#[test]
fn an_exam_gives_no_answers_to_itself() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = with_vault(folder.path()).expect("vault");
    let id = exam_of(&mut desk, "期-1", FUTURES).expect("exam").head.id;
    assert_eq!(refused(edition::carry(&mut desk, &from(&id))), "same_exam");
    assert_eq!(refused(edition::carry(&mut desk, &from("e-000000000000"))), "unknown_exam");
    assert_eq!(refused(edition::carry_preview(&desk, &from("../e"))), "unknown_exam");
}
