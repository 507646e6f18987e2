//! Answers of many items at once, and taking steps back: all of it or none, and in everybody's own name.

use crate::items::{FUTURES, item, journal, key, lines, refused, request, seen, set, set_at, stored};
use fieldbook_app::wire::{
    AnswerKeyView, AnswersView, BulkRequest, CreateVaultRequest, ExaminerRequest, MethodWord, ResultWord,
};
use fieldbook_app::{Desk, Host, checklist, exam, session};
use fieldbook_tests::desk::{PASSPHRASE, exam_of, host, with_exam, with_vault};
use jiff::civil::date;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

fn bulk(keys: &[AnswerKeyView], result: ResultWord, only_open: bool) -> BulkRequest {
    BulkRequest {
        keys: keys.to_vec(),
        result,
        method: Some(MethodWord::Inspection),
        note: "檢視制度文件。".to_owned(),
        only_open,
    }
}

fn keys(clauses: &[&str]) -> Vec<AnswerKeyView> {
    clauses.iter().map(|c| key(c, "", "")).collect()
}

fn why(view: &AnswersView) -> Vec<(&str, &str)> {
    view.skipped.iter().map(|s| (s.clause.as_str(), s.why.as_str())).collect()
}

/// A desk whose clock a test can move, in minutes.
fn with_clock(folder: &Path) -> (Desk, Arc<AtomicI64>) {
    let minutes = Arc::new(AtomicI64::new(0));
    let shown = Arc::clone(&minutes);
    let start = date(2021, 1, 5).at(9, 0, 0, 0);
    let clock = move || start + jiff::Span::new().minutes(shown.load(Ordering::Relaxed));
    let mut desk = Desk::new(Host { clock: Arc::new(clock), ..host(folder) }).expect("desk");
    let dir = folder.join("vault").to_string_lossy().into_owned();
    session::vault_create(&mut desk, &CreateVaultRequest { dir, passphrase: PASSPHRASE.to_owned() })
        .expect("vault");
    (desk, minutes)
}

#[test]
fn one_undo_takes_all_of_it_back_and_redo_brings_it_again() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    set(&mut desk, "BSL-3.3", ResultWord::Noncompliant);
    let before = seen(&desk);
    let entries = journal(&desk).len();
    let keys = keys(&["BSL-3.3", "COL-D4.1", "BSL-6.8"]);
    let view = checklist::answers_bulk(&mut desk, &bulk(&keys, ResultWord::Compliant, false)).expect("bulk");
    assert_eq!(view.changed, 6, "two whole clauses and four duties of systems");
    assert_eq!(
        view.lines.iter().map(|l| l.clause.as_str()).collect::<Vec<_>>(),
        ["BSL-3.3", "COL-D4.1", "BSL-6.8"]
    );
    assert!(view.lines.iter().all(|l| l.result == ResultWord::Compliant), "{:?}", view.lines);
    let after = seen(&desk);
    assert!(exam::status(&desk).expect("status").undo.is_some());

    let undone = checklist::undo(&mut desk).expect("undo");
    assert_eq!(undone.lines.len(), 3);
    assert_eq!(seen(&desk), before);
    assert!(exam::status(&desk).expect("status").redo.is_some());
    checklist::redo(&mut desk).expect("redo");
    assert_eq!(seen(&desk), after);
    assert_eq!(exam::status(&desk).expect("status").redo, None);

    let actions: Vec<String> = journal(&desk)[entries..]
        .iter()
        .map(|e| e.split(' ').next().unwrap_or_default().to_owned())
        .collect();
    let expected = ["answer.bulk", "answer.undo", "answer.redo"].map(|action| vec![action; 6]).concat();
    assert_eq!(actions, expected, "every step of every answer is on record");
}

#[test]
fn steps_are_taken_back_in_the_order_from_the_last() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    assert_eq!(refused(checklist::undo(&mut desk)), "nothing_to_undo");
    set(&mut desk, "BSL-3.3", ResultWord::Compliant);
    set(&mut desk, "BSL-3.3", ResultWord::Partial);
    set(&mut desk, "COL-D4.1", ResultWord::Compliant);
    checklist::undo(&mut desk).expect("COL-D4.1");
    checklist::undo(&mut desk).expect("partial");
    assert_eq!(item(&desk, "BSL-3.3").line.result, ResultWord::Compliant);
    set(&mut desk, "COL-D4.1", ResultWord::Partial);
    assert_eq!(refused(checklist::redo(&mut desk)), "nothing_to_undo", "a new answer ends what was undone");
    checklist::undo(&mut desk).expect("COL-D4.1 again");
    checklist::undo(&mut desk).expect("compliant");
    assert_eq!(stored(&desk), Vec::<String>::new());
    assert_eq!(refused(checklist::undo(&mut desk)), "nothing_to_undo");
}

#[test]
fn undo_puts_back_who_answered_and_when() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, clock) = with_clock(folder.path());
    exam_of(&mut desk, "期-1", FUTURES).expect("exam");
    set(&mut desk, "FCM-3.4", ResultWord::Partial);
    let first = stored(&desk);
    assert!(first[0].contains("查核員甲") && first[0].contains("09:00"), "{first:?}");

    clock.store(45, Ordering::Relaxed);
    exam::work_as(&mut desk, &ExaminerRequest { examiner: "查核員乙".to_owned() }).expect("second examiner");
    checklist::answers_bulk(&mut desk, &bulk(&keys(&["FCM-3.4"]), ResultWord::Compliant, false))
        .expect("bulk");
    let second = stored(&desk);
    assert!(second[0].contains("查核員乙") && second[0].contains("09:45"), "{second:?}");

    clock.store(90, Ordering::Relaxed);
    checklist::undo(&mut desk).expect("undo");
    assert_eq!(stored(&desk), first);
    assert!(journal(&desk).ends_with(&["answer.undo FCM-3.4 查核員乙".to_owned()]), "who took it back");
    exam::work_as(&mut desk, &ExaminerRequest { examiner: "查核員甲".to_owned() }).expect("first examiner");
    checklist::redo(&mut desk).expect("redo");
    assert_eq!(stored(&desk), second);
}

#[test]
fn what_cannot_take_the_result_is_left_out_by_name() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = with_vault(folder.path()).expect("vault");
    exam_of(&mut desk, "期-1", &FUTURES.replace("pii = true\n", "")).expect("exam");
    let (securities_only, permission, unknown_pii) = ("BSL-3.3", "FCM-3.3", "FCM-7.2.a.b");
    let asked = keys(&["FCM-3.4", securities_only, permission, unknown_pii]);
    let view =
        checklist::answers_bulk(&mut desk, &bulk(&asked, ResultWord::Noncompliant, false)).expect("bulk");
    assert_eq!(view.changed, 1);
    assert_eq!(
        why(&view),
        [
            (securities_only, "依基本資料不適用"),
            (permission, "「得」為許可，未採行不列缺失"),
            (unknown_pii, "適用性待確認"),
        ]
    );
    assert!(view.skipped.iter().all(|s| !s.label.is_empty()));
    let answered: Vec<_> = lines(&desk).into_iter().filter(|l| l.answered > 0).map(|l| l.clause).collect();
    assert_eq!(answered, ["FCM-3.4"]);
}

#[test]
fn a_duty_that_does_not_concern_a_system_is_left_out_by_name() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    let asked = [key("BSL-6.8", "b", "網路下單系統"), key("BSL-6.8", "a", "網路下單系統")];
    let view = checklist::answers_bulk(&mut desk, &bulk(&asked, ResultWord::Compliant, false)).expect("bulk");
    assert_eq!((view.changed, why(&view)), (1, vec![("BSL-6.8", "此部分義務或系統不適用")]));
}

/// Somebody said 不符合 of the clause as a whole before its duties were answered one by one.
#[test]
fn what_was_said_of_the_whole_clause_is_said_anew() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    set(&mut desk, "BSL-6.8", ResultWord::Noncompliant);
    set_at(&mut desk, &key("BSL-6.8", "a", ""), ResultWord::Partial);
    let before = seen(&desk);
    let step = bulk(&keys(&["BSL-6.8"]), ResultWord::Compliant, true);
    assert_eq!(checklist::answers_bulk(&mut desk, &step).expect("nothing is open").changed, 0);
    let step = bulk(&keys(&["BSL-6.8"]), ResultWord::Compliant, false);
    let view = checklist::answers_bulk(&mut desk, &step).expect("bulk");
    assert_eq!(view.lines[0].result, ResultWord::Compliant);
    checklist::undo(&mut desk).expect("undo");
    assert_eq!(seen(&desk), before);

    let step = bulk(&[key("BSL-6.8", "b", "")], ResultWord::Compliant, false);
    let view = checklist::answers_bulk(&mut desk, &step).expect("one duty");
    assert_eq!(
        view.lines[0].result,
        ResultWord::Noncompliant,
        "what stands of the other duty is not touched"
    );
}

#[test]
fn steps_end_with_the_exam_that_they_were_made_in() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = with_vault(folder.path()).expect("vault");
    let first = exam_of(&mut desk, "期-1", FUTURES).expect("exam").head.id;
    set(&mut desk, "FCM-3.4", ResultWord::Compliant);
    let answers = stored(&desk);
    exam_of(&mut desk, "期-2", FUTURES).expect("another exam");
    assert_eq!(exam::status(&desk).expect("status").undo, None);
    assert_eq!(refused(checklist::undo(&mut desk)), "nothing_to_undo");
    fieldbook_tests::desk::reopen(&mut desk, folder.path(), &first).expect("the first one");
    assert_eq!(stored(&desk), answers);
}

#[test]
fn only_what_is_open_leaves_the_rest_as_it_is() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    set(&mut desk, "BSL-3.3", ResultWord::Noncompliant);
    set_at(&mut desk, &key("BSL-6.8", "b", "公司官網"), ResultWord::Partial);
    let kept = stored(&desk);
    let keys = keys(&["BSL-3.3", "BSL-6.8", "COL-D4.1"]);
    let view = checklist::answers_bulk(&mut desk, &bulk(&keys, ResultWord::Compliant, true)).expect("bulk");
    assert_eq!(view.changed, 4, "three core systems and COL-D4.1");
    let now = stored(&desk);
    assert!(kept.iter().all(|answer| now.contains(answer)), "{now:?}");
    assert_eq!(item(&desk, "BSL-3.3").line.result, ResultWord::Noncompliant);
    assert_eq!(item(&desk, "BSL-6.8").line.result, ResultWord::Partial);
    assert_eq!(item(&desk, "COL-D4.1").line.result, ResultWord::Compliant);
}

#[test]
fn a_bulk_answer_that_cannot_be_given_changes_nothing() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    let before = journal(&desk);
    let no_note =
        BulkRequest { note: String::new(), ..bulk(&keys(&["BSL-3.3"]), ResultWord::NotApplicable, false) };
    assert_eq!(refused(checklist::answers_bulk(&mut desk, &no_note)), "note_required");
    let unknown = bulk(&keys(&["BSL-3.3", "BSL-99"]), ResultWord::Compliant, false);
    assert_eq!(refused(checklist::answers_bulk(&mut desk, &unknown)), "unknown_clause");
    let unit = bulk(&[key("BSL-3.3", "", ""), key("BSL-6.8", "z", "")], ResultWord::Compliant, false);
    assert_eq!(refused(checklist::answers_bulk(&mut desk, &unit)), "unknown_unit");
    assert_eq!(journal(&desk), before);
    assert_eq!(exam::status(&desk).expect("status").undo, None);
}

/// On a share that does not lock, a second examiner may have the vault open. Taking back what was changed there since
/// would lose that answer.
#[cfg(unix)]
#[test]
fn what_somebody_else_changed_since_is_not_taken_back() {
    use fieldbook_app::wire::{ExamRequest, UnlockRequest};
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, made) = with_exam(folder.path()).expect("exam");
    let step = bulk(&keys(&["BSL-3.3", "COL-D4.1"]), ResultWord::Compliant, false);
    checklist::answers_bulk(&mut desk, &step).expect("bulk");

    std::fs::remove_file(folder.path().join("vault/lock")).expect("the lock is not seen elsewhere");
    let mut other = Desk::new(host(folder.path())).expect("second desk");
    let dir = folder.path().join("vault").to_string_lossy().into_owned();
    session::vault_unlock(&mut other, &UnlockRequest { dir, passphrase: PASSPHRASE.to_owned() })
        .expect("unlock");
    exam::exam_open(&mut other, &ExamRequest { exam: made.head.id }).expect("same exam");
    exam::work_as(&mut other, &ExaminerRequest { examiner: "查核員乙".to_owned() }).expect("second examiner");
    let changed = request(&key("COL-D4.1", "", ""), ResultWord::Noncompliant, "補查後發現一線路未經防火牆。");
    checklist::answer(&mut other, &changed).expect("answer");

    let before = (stored(&desk), journal(&desk));
    assert_eq!(refused(checklist::undo(&mut desk)), "changed_meanwhile");
    assert_eq!((stored(&desk), journal(&desk)), before);
    assert_eq!(item(&desk, "BSL-3.3").line.result, ResultWord::Compliant);
    assert_eq!(item(&desk, "COL-D4.1").line.result, ResultWord::Noncompliant);
}
