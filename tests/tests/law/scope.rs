//! What a change of facts changes, and the examiner's own decision on applicability: no answer is ever lost by either.

use crate::items::{item, journal, key, lines, refused, seen, set, set_at, stored};
use fieldbook_app::wire::{
    ApplicabilityRequest, ApplicabilityWord, CountsView, FactChange, FactView, ItemView, ProfileRequest,
    ResultWord, SystemView,
};
use fieldbook_app::{AppError, Desk, checklist, exam, profile};
use fieldbook_tests::desk::{exam_of, reopen, with_exam, with_vault};
use std::collections::BTreeMap;

fn fact(code: &str, value: FactView) -> ProfileRequest {
    let change = FactChange { code: code.to_owned(), value, basis: "訪談資訊部".to_owned() };
    ProfileRequest { facts: vec![change], systems: None }
}

fn personal_data(held: bool) -> ProfileRequest {
    fact("pii", FactView::Flag(held))
}

fn outcomes(desk: &Desk) -> BTreeMap<String, ApplicabilityWord> {
    BTreeMap::from_iter(lines(desk).into_iter().map(|l| (l.clause, l.applicability)))
}

fn counts(desk: &Desk) -> CountsView {
    exam::exam_view(desk).expect("exam").counts
}

/// The duties of 建立證券商資通安全檢查機制 on personal data (第十條).
const OF_PERSONAL_DATA: [&str; 4] = ["BSL-10.1.1", "BSL-10.1.2", "BSL-10.2", "BSL-10.3"];

#[test]
fn a_preview_lists_exactly_what_a_fact_would_change() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    set(&mut desk, "BSL-10.2", ResultWord::Compliant);
    let (before, entries, was) = (outcomes(&desk), journal(&desk), counts(&desk));
    let preview = profile::profile_preview(&desk, &personal_data(false)).expect("preview");
    assert_eq!((outcomes(&desk), journal(&desk)), (before.clone(), entries), "nothing is stored");
    for clause in OF_PERSONAL_DATA {
        let change = preview.changes.iter().find(|c| c.clause == clause);
        let change = change.unwrap_or_else(|| panic!("{clause} in {:?}", preview.changes));
        assert_eq!(change.from, ApplicabilityWord::Applicable);
        assert_eq!(change.to, ApplicabilityWord::NotApplicable);
        assert!(change.label.starts_with("第十條") && !change.reason.is_empty(), "{change:?}");
        assert_eq!(change.answered, clause == "BSL-10.2", "{clause}");
    }

    let done = profile::profile_set(&mut desk, &personal_data(false)).expect("set");
    assert_eq!(format!("{:?}", done.changes), format!("{:?}", preview.changes), "as was announced");
    let after = outcomes(&desk);
    let differing: BTreeMap<&String, (ApplicabilityWord, ApplicabilityWord)> =
        before.iter().filter(|(c, a)| after[*c] != **a).map(|(c, a)| (c, (*a, after[c]))).collect();
    let announced: BTreeMap<&String, (ApplicabilityWord, ApplicabilityWord)> =
        preview.changes.iter().map(|c| (&c.clause, (c.from, c.to))).collect();
    assert_eq!(announced, differing);
    assert_ne!(counts(&desk), was);
    assert_eq!(counts(&desk), preview.counts);
}

#[test]
fn a_changed_fact_keeps_every_answer_and_says_which_no_longer_apply() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    set(&mut desk, "BSL-10.2", ResultWord::Compliant);
    set(&mut desk, "BSL-10.3", ResultWord::Noncompliant);
    set(&mut desk, "BSL-3.3", ResultWord::Compliant);
    let (answers, view) = (stored(&desk), seen(&desk));
    profile::profile_set(&mut desk, &personal_data(false)).expect("set");
    assert_eq!(stored(&desk), answers);
    let stale: Vec<String> = lines(&desk).into_iter().filter(|l| l.stale).map(|l| l.clause).collect();
    assert_eq!(stale, ["BSL-10.2", "BSL-10.3"]);
    assert!(item(&desk, "BSL-10.2").answers[0].stale && !item(&desk, "BSL-3.3").answers[0].stale);
    assert_eq!(item(&desk, "BSL-10.3").line.result, ResultWord::Noncompliant, "it keeps what was said");

    profile::profile_set(&mut desk, &personal_data(true)).expect("back");
    assert_eq!(seen(&desk), view);
}

fn register(desk: &Desk, change: impl Fn(&mut Vec<SystemView>)) -> ProfileRequest {
    let mut systems = profile::profile(desk).expect("profile").systems;
    change(&mut systems);
    ProfileRequest { facts: Vec::new(), systems: Some(systems) }
}

/// 公司官網 becomes a core system: 宜 of BSL-6.8 no longer asks about it, 應 does. The item applies before and after.
#[test]
fn an_answer_about_a_system_that_is_classed_anew_is_announced() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    set_at(&mut desk, &key("BSL-6.8", "b", "公司官網"), ResultWord::Partial);
    let answers = stored(&desk);
    let request = register(&desk, |systems| {
        let site = systems.iter_mut().find(|s| s.name == "公司官網").expect("in the register");
        site.facts.insert("core".to_owned(), FactView::Flag(true));
    });
    let preview = profile::profile_preview(&desk, &request).expect("preview");
    let change = preview.changes.iter().find(|c| c.clause == "BSL-6.8");
    let change = change.unwrap_or_else(|| panic!("BSL-6.8 in {:?}", preview.changes));
    assert_eq!((change.from, change.to), (ApplicabilityWord::Applicable, ApplicabilityWord::Applicable));
    assert!(change.answered && change.reason.contains("公司官網"), "{change:?}");
    assert!(!preview.changes.iter().any(|c| c.clause == "BSL-3.3"));

    profile::profile_set(&mut desk, &request).expect("set");
    assert_eq!(stored(&desk), answers);
    let view = item(&desk, "BSL-6.8");
    assert!(view.line.stale && view.answers[0].stale);
    assert_eq!(view.line.result, ResultWord::NotExamined, "what stands is about nothing that is asked");
    assert_eq!((view.line.due, view.line.answered), (4, 0));
}

#[test]
fn an_answer_about_a_system_that_left_the_register_is_kept() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    set_at(&mut desk, &key("BSL-6.8", "a", "帳務結算系統"), ResultWord::Noncompliant);
    let (answers, view) = (stored(&desk), seen(&desk));
    let original = profile::profile(&desk).expect("profile").systems;
    let request = register(&desk, |systems| systems.retain(|s| s.name != "帳務結算系統"));
    profile::profile_set(&mut desk, &request).expect("set");
    assert_eq!(stored(&desk), answers);
    assert!(item(&desk, "BSL-6.8").line.stale);
    let back = ProfileRequest { facts: Vec::new(), systems: Some(original) };
    profile::profile_set(&mut desk, &back).expect("back");
    assert_eq!(seen(&desk), view);
}

fn decide(
    desk: &mut Desk,
    clause: &str,
    applicability: Option<ApplicabilityWord>,
    reason: &str,
) -> Result<ItemView, AppError> {
    let request =
        ApplicabilityRequest { clause: clause.to_owned(), applicability, reason: reason.to_owned() };
    checklist::applicability_set(desk, &request)
}

#[test]
fn the_examiners_decision_stands_until_it_is_taken_back() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, made) = with_exam(folder.path()).expect("exam");
    set(&mut desk, "BSL-10.2", ResultWord::Compliant);
    let (view, answers) = (seen(&desk), stored(&desk));
    let reason = "個資系統由母公司統一管理，本次不查。";
    let decided =
        decide(&mut desk, "BSL-10.2", Some(ApplicabilityWord::NotApplicable), reason).expect("decided");
    assert_eq!(decided.line.applicability, ApplicabilityWord::NotApplicable);
    assert!(decided.line.overridden && decided.line.stale);
    assert_eq!(decided.line.reason, reason);
    let stands = |desk: &Desk, profile: ApplicabilityWord| {
        let view = item(desk, "BSL-10.2");
        assert_eq!(view.line.applicability, ApplicabilityWord::NotApplicable);
        let by = view.overridden.expect("overridden");
        assert_eq!((by.reason.as_str(), by.by.as_str(), by.profile), (reason, "查核員甲", profile));
        assert!(!by.profile_reason.is_empty());
        assert_eq!(stored(desk), answers);
    };
    stands(&desk, ApplicabilityWord::Applicable);
    reopen(&mut desk, folder.path(), &made.head.id).expect("reopened");
    stands(&desk, ApplicabilityWord::Applicable);
    let preview = profile::profile_preview(&desk, &personal_data(false)).expect("preview");
    assert!(
        !preview.changes.iter().any(|c| c.clause == "BSL-10.2"),
        "the decision is not announced as changed"
    );
    profile::profile_set(&mut desk, &personal_data(false)).expect("set");
    stands(&desk, ApplicabilityWord::NotApplicable);
    profile::profile_set(&mut desk, &personal_data(true)).expect("back");
    stands(&desk, ApplicabilityWord::Applicable);

    assert_eq!(refused(decide(&mut desk, "BSL-10.2", None, " ")), "note_required");
    decide(&mut desk, "BSL-10.2", None, "已取得母公司同意，回復查核。").expect("taken back");
    assert_eq!(seen(&desk), view);
    let actions = journal(&desk);
    assert_eq!(
        actions.iter().filter(|e| e.contains("BSL-10.2")).count(),
        3,
        "answer, decision, back: {actions:?}"
    );
}

#[test]
fn a_decision_needs_a_reason_and_must_be_one() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    let (view, entries) = (seen(&desk), journal(&desk));
    let not_applicable = Some(ApplicabilityWord::NotApplicable);
    assert_eq!(refused(decide(&mut desk, "BSL-10.2", not_applicable, " 　\n")), "note_required");
    let open = Some(ApplicabilityWord::Undetermined);
    assert_eq!(refused(decide(&mut desk, "BSL-10.2", open, "不確定")), "cannot_override");
    assert_eq!(refused(decide(&mut desk, "BSL-10.1", not_applicable, "標題")), "not_answerable");
    assert_eq!((seen(&desk), journal(&desk)), (view, entries));
}

#[test]
fn an_item_that_an_examiner_takes_in_is_asked_and_answered() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = with_vault(folder.path()).expect("vault");
    exam_of(&mut desk, "證-1", "is_sec = true\nis_fcm = false\npii = true\n").expect("exam");
    let open = exam::status(&desk).expect("status").items_open;
    let view = decide(&mut desk, "FCM-3.4", Some(ApplicabilityWord::Applicable), "兼營期貨，一併查核。")
        .expect("taken in");
    assert_eq!((view.line.due, view.line.answered), (1, 0));
    assert_eq!(exam::status(&desk).expect("status").items_open, open + 1);
    let line = set(&mut desk, "FCM-3.4", ResultWord::Noncompliant).line;
    assert_eq!((line.result, line.answered, line.stale), (ResultWord::Noncompliant, 1, false));
    // 系統清冊空白：系統別之義務仍為待確認，直到檢查人員決定。
    let view =
        decide(&mut desk, "BSL-6.8", Some(ApplicabilityWord::Applicable), "確有核心系統。").expect("decided");
    assert_eq!(view.line.applicability, ApplicabilityWord::Applicable);
    assert!(view.line.due > 0, "something is asked: {:?}", view.units);
}

#[test]
fn a_class_is_suggested_and_never_written() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = with_vault(folder.path()).expect("vault");
    let facts = "is_sec = true\ninet = true\n\n[[system]]\nname = \"網路下單\"\ncore = true\n\n\
                 [[system]]\nname = \"客服信箱\"\ncore = true\nasmt_class = \"3\"\n";
    exam_of(&mut desk, "證-1", facts).expect("exam");
    let view = profile::profile(&desk).expect("profile");
    let remark = |system: &str| view.remarks.iter().find(|r| r.system == system).expect("a remark");
    assert_eq!(remark("網路下單").suggested.as_deref(), Some("1"));
    assert_eq!(remark("客服信箱").suggested.as_deref(), Some("1"), "第三類 does not fit a core system");
    assert!(remark("客服信箱").text.contains("第三類"), "{:?}", remark("客服信箱"));
    let class = |name: &str| {
        let system = view.systems.iter().find(|s| s.name == name).expect("in the register");
        system.facts.get("asmt_class").cloned()
    };
    assert!(matches!(class("網路下單"), None | Some(FactView::Text(_))), "{:?}", class("網路下單"));
    assert_ne!(class("網路下單"), Some(FactView::Text("1".to_owned())));
    assert_eq!(class("客服信箱"), Some(FactView::Text("3".to_owned())));
}

#[test]
fn a_fact_that_nobody_defined_changes_nothing() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    let (view, entries) = (seen(&desk), journal(&desk));
    for request in [
        fact("no_such_fact", FactView::Flag(true)),
        fact("grade", FactView::Text("9".to_owned())),
        fact("core", FactView::Flag(true)),
    ] {
        assert_eq!(refused(profile::profile_preview(&desk, &request)), "unknown_fact");
        assert_eq!(refused(profile::profile_set(&mut desk, &request)), "unknown_fact");
    }
    assert_eq!((seen(&desk), journal(&desk)), (view, entries));
}
