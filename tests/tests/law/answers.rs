//! Answers of clauses with several duties and several systems: what is due, what is done, what a failure becomes.

use crate::items::{FUTURES, SECURITIES, item, journal, key, lines, refused, request, set, set_at, stored};
use fieldbook_app::wire::{
    AnswerModeWord, AnswerRequest, ApplicabilityRequest, ApplicabilityWord, FindingDraftRequest,
    FindingTypeWord, MethodWord, RequestListRequest, ResultWord,
};
use fieldbook_app::{Desk, checklist, exam, finding, output, request as papers};
use fieldbook_tests::desk::{exam_of, reopen, with_exam, with_vault};
use fieldbook_tests::second_reader::by_calamine;
use std::path::Path;

/// 核心系統應、非核心系統宜.
const CORE_MUST_OTHERS_SHOULD: &str = "BSL-6.8";
const CORE: [&str; 3] = ["網路下單系統", "主機共置交易閘道", "帳務結算系統"];
const NOT_CORE: &str = "公司官網";

fn drafted(desk: &Desk, clause: &str) -> FindingTypeWord {
    let request = FindingDraftRequest { clause: clause.to_owned(), ..FindingDraftRequest::default() };
    finding::draft(desk, &request).expect("draft").kind
}

#[test]
fn a_failed_ought_is_a_recommendation_and_a_failed_must_a_deficiency() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    let clause = CORE_MUST_OTHERS_SHOULD;
    let after = set_at(&mut desk, &key(clause, "b", NOT_CORE), ResultWord::Noncompliant);
    assert_eq!(after.line.failure, Some(FindingTypeWord::Recommendation));
    assert_eq!(drafted(&desk, clause), FindingTypeWord::Recommendation);

    let after = set_at(&mut desk, &key(clause, "a", CORE[1]), ResultWord::Partial);
    assert_eq!(after.line.failure, Some(FindingTypeWord::Deficiency));
    assert_eq!(drafted(&desk, clause), FindingTypeWord::Deficiency);

    let after = set_at(&mut desk, &key(clause, "a", CORE[1]), ResultWord::Compliant);
    assert_eq!(after.line.failure, Some(FindingTypeWord::Recommendation), "only the 宜 is left unmet");
}

#[test]
fn each_duty_says_its_own_words_strength_and_systems() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, _) = with_exam(folder.path()).expect("exam");
    let view = item(&desk, CORE_MUST_OTHERS_SHOULD);
    let [must, should] = view.units.as_slice() else { panic!("two duties: {:?}", view.units) };
    assert_eq!(must.text, "核心系統身分驗證機制應防範自動化程式之登入或密碼更換嘗試");
    assert_eq!(should.text, "非核心系統宜防範自動化程式之登入或密碼更換嘗試");
    assert_eq!(must.failure, Some(FindingTypeWord::Deficiency));
    assert_eq!(should.failure, Some(FindingTypeWord::Recommendation));
    let applies = |unit: &fieldbook_app::wire::UnitView| -> Vec<String> {
        let mine = unit.cells.iter().filter(|c| c.applicability == ApplicabilityWord::Applicable);
        mine.map(|c| c.system.clone()).collect()
    };
    assert_eq!(applies(must), CORE);
    assert_eq!(applies(should), [NOT_CORE]);
}

#[test]
fn a_permission_cannot_fail() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = with_vault(folder.path()).expect("vault");
    exam_of(&mut desk, "期-1", FUTURES).expect("exam");
    let before = journal(&desk);
    let at = key("FCM-3.3", "", "");
    for failing in [ResultWord::Noncompliant, ResultWord::Partial] {
        let outcome = checklist::answer(&mut desk, &request(&at, failing, "未委請顧問"));
        assert_eq!(refused(outcome), "permission_cannot_fail");
    }
    assert_eq!(stored(&desk), Vec::<String>::new());
    assert_eq!(journal(&desk), before);
    assert_eq!(set(&mut desk, "FCM-3.3", ResultWord::Compliant).line.result, ResultWord::Compliant);
}

#[test]
fn an_item_is_open_until_every_duty_of_every_system_is_answered() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    let clause = CORE_MUST_OTHERS_SHOULD;
    let open = exam::status(&desk).expect("status").items_open;
    for (n, system) in (1..).zip(CORE) {
        let line = set_at(&mut desk, &key(clause, "a", system), ResultWord::Compliant).line;
        assert_eq!((line.due, line.answered, line.result), (4, n, ResultWord::NotExamined));
    }
    assert_eq!(exam::status(&desk).expect("status").items_open, open);
    let line = set_at(&mut desk, &key(clause, "b", NOT_CORE), ResultWord::Compliant).line;
    assert_eq!((line.due, line.answered, line.result), (4, 4, ResultWord::Compliant));
    assert_eq!(exam::status(&desk).expect("status").items_open, open - 1);

    let line = set_at(&mut desk, &key(clause, "a", CORE[2]), ResultWord::NoData).line;
    assert_eq!((line.answered, line.result), (4, ResultWord::NoData), "the worst of them");
    let line = set_at(&mut desk, &key(clause, "a", CORE[0]), ResultWord::Partial).line;
    assert_eq!(line.result, ResultWord::Partial);
    let line = set_at(&mut desk, &key(clause, "a", CORE[1]), ResultWord::Noncompliant).line;
    assert_eq!(line.result, ResultWord::Noncompliant);
}

#[test]
fn an_answer_for_the_whole_clause_stands_for_all_of_it() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    let view = set(&mut desk, CORE_MUST_OTHERS_SHOULD, ResultWord::Compliant);
    assert_eq!((view.line.due, view.line.answered), (4, 4));
    assert_eq!(view.line.result, ResultWord::Compliant);
    assert_eq!(view.answers.len(), 1, "one answer was given, one is kept");
    let view = set_at(&mut desk, &key(CORE_MUST_OTHERS_SHOULD, "a", ""), ResultWord::Noncompliant);
    assert_eq!((view.line.answered, view.line.result), (4, ResultWord::Noncompliant));
    assert_eq!(view.line.failure, Some(FindingTypeWord::Deficiency));
}

#[test]
fn an_item_of_a_system_that_nobody_classed_stays_open() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = with_vault(folder.path()).expect("vault");
    exam_of(&mut desk, "證-1", SECURITIES).expect("exam");
    let open = exam::status(&desk).expect("status").items_open;
    let line =
        set_at(&mut desk, &key(CORE_MUST_OTHERS_SHOULD, "a", "核心系統甲"), ResultWord::Compliant).line;
    assert_eq!((line.due, line.answered, line.result), (3, 1, ResultWord::NotExamined));
    assert_eq!(exam::status(&desk).expect("status").items_open, open);
    let view = item(&desk, CORE_MUST_OTHERS_SHOULD);
    let undetermined = |unit: &fieldbook_app::wire::UnitView| -> Vec<String> {
        let open = unit.cells.iter().filter(|c| c.applicability == ApplicabilityWord::Undetermined);
        open.map(|c| c.system.clone()).collect()
    };
    assert!(view.units.iter().all(|unit| undetermined(unit) == ["未分類系統乙"]), "{:?}", view.units);
}

#[test]
fn an_answer_to_what_is_not_asked_is_refused() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    let before = journal(&desk);
    for (at, why) in [
        (key("BSL-6.8", "c", ""), "unknown_unit"),
        (key("BSL-3.3", "a", ""), "unknown_unit"),
        (key("BSL-6.8", "a", "沒有這個系統"), "unknown_system"),
        (key("BSL-99.9", "", ""), "unknown_clause"),
        (key("BSL-10.1", "", ""), "not_answerable"),
    ] {
        let outcome = checklist::answer(&mut desk, &request(&at, ResultWord::Compliant, ""));
        assert_eq!(refused(outcome), why, "{at:?}");
    }
    assert_eq!(stored(&desk), Vec::<String>::new());
    assert_eq!(journal(&desk), before);
}

#[test]
fn a_result_for_a_system_that_the_duty_does_not_concern_is_refused() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    let before = journal(&desk);
    let beside = [key("BSL-6.8", "a", NOT_CORE), key("BSL-6.8", "b", CORE[0]), key("BSL-3.3", "", CORE[0])];
    for at in &beside {
        for result in
            [ResultWord::Compliant, ResultWord::Partial, ResultWord::Noncompliant, ResultWord::NoData]
        {
            let outcome = checklist::answer(&mut desk, &request(at, result, "記"));
            assert_eq!(refused(outcome), "not_asked_there", "{at:?}");
        }
    }
    assert_eq!((stored(&desk), journal(&desk)), (Vec::new(), before), "nothing is recorded");

    let called = request(&beside[0], ResultWord::NotApplicable, "非核心系統。");
    checklist::answer(&mut desk, &called).expect("what the profile says too");
    set_at(&mut desk, &beside[0], ResultWord::NotExamined);
    set_at(&mut desk, &key("BSL-6.8", "", NOT_CORE), ResultWord::Compliant);
    set(&mut desk, "BSL-6.8", ResultWord::Compliant);
    set(&mut desk, "FCM-3.4", ResultWord::Compliant);
}

#[test]
fn an_item_that_an_examiner_calls_applicable_takes_answers_again() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    let at = key("BSL-6.8", "a", CORE[0]);
    let decide = |desk: &mut Desk, outcome: Option<ApplicabilityWord>| {
        let request = ApplicabilityRequest {
            clause: at.clause.clone(),
            applicability: outcome,
            reason: "訪談資訊長".to_owned(),
        };
        checklist::applicability_set(desk, &request).expect("decided");
    };
    decide(&mut desk, Some(ApplicabilityWord::NotApplicable));
    let outcome = checklist::answer(&mut desk, &request(&at, ResultWord::Compliant, ""));
    assert_eq!(refused(outcome), "not_asked_there");
    decide(&mut desk, Some(ApplicabilityWord::Applicable));
    set_at(&mut desk, &at, ResultWord::Compliant);
}

#[test]
fn what_an_answer_rests_on_is_asked_by_one_document_only() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    let before = journal(&desk);
    let with_mode = |clause: &str| AnswerRequest {
        mode: Some(AnswerModeWord::SpotCheck),
        ..request(&key(clause, "", ""), ResultWord::Compliant, "")
    };
    assert_eq!(refused(checklist::answer(&mut desk, &with_mode("BSL-3.3"))), "mode_not_asked");
    assert_eq!((stored(&desk), journal(&desk)), (Vec::new(), before));
    checklist::answer(&mut desk, &with_mode("ASM-4.1.1")).expect("it asks");
}

#[test]
fn not_applicable_against_the_profile_needs_a_note() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    let (binds, binds_not) = (key("BSL-3.3", "", ""), key("FCM-3.4", "", ""));
    let outcome = checklist::answer(&mut desk, &request(&binds, ResultWord::NotApplicable, " 　"));
    assert_eq!(refused(outcome), "note_required");
    assert_eq!(item(&desk, "BSL-3.3").answers.len(), 0);
    let noted = request(&binds, ResultWord::NotApplicable, "本期間無帳號異動。");
    assert_eq!(checklist::answer(&mut desk, &noted).expect("answer").line.result, ResultWord::NotApplicable);
    set_at(&mut desk, &binds_not, ResultWord::NotApplicable);
    assert_eq!(item(&desk, "FCM-3.4").line.result, ResultWord::NotApplicable);
}

fn request_list(desk: &Desk, folder: &Path) -> Vec<Vec<String>> {
    let path = folder.join("調閱").to_string_lossy().into_owned();
    let request = RequestListRequest { path, due: String::new(), templates: false };
    let files = papers::export_requests(desk, &request).expect("request list").files;
    let book = files.iter().find(|f| f.file.ends_with(".xlsx")).expect("a workbook");
    by_calamine(Path::new(&book.file)).remove("待補資料").unwrap_or_default()
}

#[test]
fn what_the_firm_still_owes_is_counted_listed_and_cleared() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    let at = key("BSL-6.8", "a", CORE[0]);
    let awaits = |what: Option<&str>| AnswerRequest {
        awaited: what.map(str::to_owned),
        ..request(&at, ResultWord::NotExamined, "")
    };
    checklist::answer(&mut desk, &awaits(Some("ＣＡＰＴＣＨＡ設定畫面"))).expect("awaited");
    let line = item(&desk, "BSL-6.8").line;
    assert_eq!(line.awaited.as_deref(), Some("ＣＡＰＴＣＨＡ設定畫面"));
    assert_eq!((line.answered, line.result), (0, ResultWord::NotExamined), "waiting is no answer");
    assert_eq!(exam::status(&desk).expect("status").items_awaited, 1);
    let blocks = output::gate(&desk).expect("gate").blocking;
    assert!(blocks.iter().any(|b| b.kind == "items_awaited" && b.count == 1), "{blocks:?}");
    let listed = request_list(&desk, folder.path());
    let row = listed.iter().find(|row| row.iter().any(|c| c == "ＣＡＰＴＣＨＡ設定畫面"));
    let row = row.unwrap_or_else(|| panic!("awaited in {listed:?}"));
    assert!(row.iter().any(|c| c == CORE[0]) && row.iter().any(|c| c.contains("BSL-6.8")), "{row:?}");

    checklist::answer(&mut desk, &awaits(None)).expect("received");
    assert_eq!(item(&desk, "BSL-6.8").line.awaited, None);
    assert_eq!(exam::status(&desk).expect("status").items_awaited, 0);
    assert_eq!(request_list(&desk, folder.path()), Vec::<Vec<String>>::new());
}

#[test]
fn a_note_is_kept_character_by_character() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, exam) = with_exam(folder.path()).expect("exam");
    let note = "檢視ＡＤ帳號１２３筆：「臺北」、『台北』～㈱、𠮷野家；\n第二行　縮排｛％｝";
    let answer = AnswerRequest {
        method: Some(MethodWord::Inspection),
        paper_ref: "Ｃ－１／３".to_owned(),
        ..request(&key("BSL-3.3", "", ""), ResultWord::Compliant, note)
    };
    checklist::answer(&mut desk, &answer).expect("answer");
    reopen(&mut desk, folder.path(), &exam.head.id).expect("reopened");
    let view = item(&desk, "BSL-3.3");
    let [kept] = view.answers.as_slice() else { panic!("one answer: {:?}", view.answers) };
    assert_eq!((kept.note.as_str(), kept.paper_ref.as_str()), (note, "Ｃ－１／３"));
    assert_eq!((kept.method, kept.by.as_str()), (Some(MethodWord::Inspection), "查核員甲"));
    let answered: Vec<_> = lines(&desk).into_iter().filter(|l| l.answered > 0).map(|l| l.clause).collect();
    assert_eq!(answered, ["BSL-3.3"]);
}
