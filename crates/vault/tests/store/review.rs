//! The life of a finding, evidence, review notes and signatures.

use crate::fixture::*;
use crate::records::finding;
use fieldbook_model::*;
use fieldbook_vault::{DestroyOrder, ExamStore, Vault, VaultError, sign_off_holds};
use jiff::civil::date;
use proptest::prelude::*;
use tempfile::tempdir;

const REVIEWER: &str = "林覆核";

pub fn step(to: FindingStatus, by: &str) -> FindingStep {
    FindingStep { to, note: "理由".to_owned(), by: by.to_owned(), at: at() }
}

fn reply(finding: i64) -> Reply {
    Reply {
        id: 0,
        finding,
        agreement: Agreement::Agree,
        text: "同意".into(),
        cause: String::new(),
        impact: String::new(),
        liability: String::new(),
        measure: "收回權限".into(),
        owner: "資訊部".into(),
        due: Some(date(2026, 12, 31)),
        signer: "陳總".into(),
        signed_on: None,
        by: EXAMINER.into(),
        at: at(),
    }
}

fn follow_up(finding: i64, result: FollowUpResult) -> FollowUp {
    FollowUp {
        id: 0,
        finding,
        on: date(2027, 1, 5),
        reviewer: REVIEWER.into(),
        result,
        note: "已檢視設定".into(),
        evidence: vec![],
        run: None,
        by: EXAMINER.into(),
        at: at(),
    }
}

fn status(store: &ExamStore, no: i64) -> FindingStatus {
    store.findings().expect("reads").into_iter().find(|f| f.no == no).expect("is there").status
}

#[test]
fn a_finding_walks_its_whole_life_and_no_step_is_left_out() {
    use FindingStatus as S;
    let dir = tempdir().expect("a folder");
    let (vault, mut store) = with_exam(dir.path());
    let no = store.save_finding(&finding(vec![])).expect("stores");
    assert_eq!(store.save_reply(&reply(no)), Err(VaultError::BadStep { no }), "nobody handed it over");
    assert_eq!(store.step_finding(no, &step(S::Final, REVIEWER)), Err(VaultError::BadStep { no }));
    store.step_finding(no, &step(S::InReview, EXAMINER)).expect("goes to review");
    let changed = Finding { no, title: "改".into(), ..finding(vec![]) };
    assert_eq!(store.save_finding(&changed), Err(VaultError::NotADraft { no }));
    assert_eq!(store.step_finding(no, &step(S::Final, EXAMINER)), Err(VaultError::SamePerson));
    store.step_finding(no, &step(S::Final, REVIEWER)).expect("is final");
    store.step_finding(no, &step(S::Sent, EXAMINER)).expect("is sent");
    store.save_reply(&reply(no)).expect("is answered");
    assert_eq!(status(&store, no), S::Replied);
    store.save_follow_up(&follow_up(no, FollowUpResult::NotRemedied)).expect("is followed up");
    store.save_follow_up(&follow_up(no, FollowUpResult::Remedied)).expect("is followed up again");
    assert_eq!(status(&store, no), S::FollowedUp);
    store.step_finding(no, &step(S::Closed, REVIEWER)).expect("is closed");
    assert_eq!(store.step_finding(no, &step(S::Withdrawn, REVIEWER)), Err(VaultError::BadStep { no }));

    let steps: Vec<_> = store.finding_steps(no).expect("reads").into_iter().map(|s| s.to).collect();
    assert_eq!(steps, [S::InReview, S::Final, S::Sent, S::Replied, S::FollowedUp, S::Closed]);
    assert_eq!(store.replies().expect("reads"), [Reply { id: 1, ..reply(no) }]);
    assert_eq!(store.follow_ups().expect("reads").len(), 2);
    drop(store);
    assert_eq!(vault.verify(), Ok(vec![]));
}

pub fn piece(name: &str) -> Evidence {
    Evidence {
        id: 0,
        name: name.into(),
        source: "資訊部".into(),
        acquired_by: "受查單位提供".into(),
        acquired_at: at(),
        format: "pdf".into(),
        pages: None,
        sha256: String::new(),
        size: 0,
        kept_at: String::new(),
        confidentiality: Confidentiality::Restricted,
        returned: String::new(),
        clauses: vec![],
        by: EXAMINER.into(),
        at: at(),
    }
}

#[test]
fn the_same_bytes_are_one_piece_of_evidence() {
    let dir = tempdir().expect("a folder");
    let (vault, mut store) = with_exam(dir.path());
    let bytes = vec![7_u8; (1 << 20) + 3];
    let kept = store.add_evidence(&piece("甲.pdf"), &mut bytes.as_slice()).expect("is kept");
    assert_eq!((kept.id, kept.size), (1, bytes.len() as u64));
    let again = store.add_evidence(&piece("乙.pdf"), &mut bytes.as_slice());
    assert_eq!(again, Err(VaultError::EvidenceKept { id: 1 }));
    let mut read = Vec::new();
    store.evidence_bytes(1, &mut read).expect("reads");
    assert!(read == bytes);
    let known = Finding { evidence: vec![1], ..finding(vec![]) };
    assert_eq!(store.save_finding(&known), Ok(1));
    let unknown = Finding { evidence: vec![1, 2], ..finding(vec![]) };
    assert_eq!(store.save_finding(&unknown), Err(VaultError::UnknownEvidence { id: 2 }));
    let returned = Evidence { returned: "已歸還".into(), pages: Some(3), ..kept.clone() };
    store.change_evidence(&returned).expect("is completed");
    assert_eq!(store.evidence().expect("reads"), [returned]);
    drop(store);
    assert_eq!(vault.verify(), Ok(vec![]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn evidence_comes_out_as_it_went_in(bytes in proptest::collection::vec(any::<u8>(), 0..4096)) {
        let dir = tempdir().expect("a folder");
        let (_vault, mut store) = with_exam(dir.path());
        let kept = store.add_evidence(&piece("甲"), &mut bytes.as_slice()).expect("is kept");
        let mut read = Vec::new();
        store.evidence_bytes(kept.id, &mut read).expect("reads");
        prop_assert_eq!(read, bytes);
    }
}

#[test]
fn who_replied_to_a_note_cannot_clear_it() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    let said = |text: &str, by: &str| Said { text: text.into(), by: by.into(), at: at() };
    let id = store.add_note("T-COL-05", &said("母體由何處取得？", REVIEWER)).expect("is noted");
    store.reply_to_note(id, &said("由人資系統匯出。", EXAMINER)).expect("is answered");
    assert_eq!(store.clear_note(id, &said("", EXAMINER)), Err(VaultError::SamePerson));
    store.clear_note(id, &said("", REVIEWER)).expect("is cleared");
    assert_eq!(store.reply_to_note(id, &said("再補", EXAMINER)), Err(VaultError::NoteCleared { id }));
    assert_eq!(store.clear_note(9, &said("", REVIEWER)), Err(VaultError::UnknownNote { id: 9 }));
    let notes = store.notes().expect("reads");
    assert_eq!(notes[0].reply.as_ref().map(|r| r.text.as_str()), Some("由人資系統匯出。"));
}

/// Two examiners who can sign.
fn identities(vault: &mut Vault) {
    let mut n = 0_u8;
    for name in [EXAMINER, REVIEWER] {
        let mut entropy = |bytes: &mut [u8]| {
            n += 1;
            bytes.fill(n);
        };
        vault
            .make_identity(name, &pass(&format!("{name}的密語")), &mut entropy, WORK, at())
            .expect("is made");
    }
}

pub fn signed(
    vault: &Vault,
    store: &ExamStore,
    paper: &str,
    version: u32,
    role: SignRole,
    by: &str,
) -> SignOff {
    let identity = vault.identities().expect("reads").into_iter().find(|i| i.name == by).expect("can sign");
    let mut s = SignOff {
        paper: paper.into(),
        version,
        role,
        by: by.into(),
        at: at(),
        content_sha256: "5c".repeat(32),
        key: identity.key,
        signature: String::new(),
    };
    let message = s.message(store.id().as_str());
    let made = vault.sign_as(by, &pass(&format!("{by}的密語")), &[message]).expect("signs");
    s.signature = hex::encode(made[0]);
    s
}

#[test]
fn a_paper_that_two_persons_signed_is_read_only_until_it_is_opened_again() {
    let dir = tempdir().expect("a folder");
    let (mut vault, mut store) = with_exam(dir.path());
    identities(&mut vault);
    let sign = |store: &mut ExamStore, version, role, by| {
        let s = signed(&vault, store, "F-00", version, role, by);
        store.sign(&[s])
    };
    let early = sign(&mut store, 1, SignRole::Reviewer, REVIEWER);
    assert_eq!(early, Err(VaultError::NotPrepared { paper: "F-00".into() }));
    sign(&mut store, 1, SignRole::Preparer, EXAMINER).expect("is prepared");
    assert_eq!(sign(&mut store, 1, SignRole::Reviewer, EXAMINER), Err(VaultError::SamePerson));
    store.save_finding(&finding(vec![])).expect("prepared is not closed");
    sign(&mut store, 1, SignRole::Reviewer, REVIEWER).expect("is reviewed");

    let closed = || VaultError::SignedOff { paper: "F-00".to_owned() };
    assert_eq!(store.save_finding(&finding(vec![])), Err(closed()));
    assert_eq!(store.step_finding(1, &step(FindingStatus::Withdrawn, EXAMINER)), Err(closed()));
    store
        .set_answer(&answer_to("COL-D5.1", ItemResult::Compliant, "另一底稿"))
        .expect("another paper is open");

    let reopening = |reason: &str| Reopening {
        paper: "F-00".into(),
        version: 1,
        reason: reason.into(),
        by: EXAMINER.into(),
        at: at(),
    };
    assert_eq!(store.reopen(&reopening(" ")), Err(VaultError::NoReason));
    store.reopen(&reopening("補列一則")).expect("is opened again");
    store.save_finding(&finding(vec![])).expect("can be written again");
    let old = sign(&mut store, 1, SignRole::Preparer, EXAMINER);
    assert_eq!(old, Err(VaultError::OldVersion { paper: "F-00".into() }));
    sign(&mut store, 2, SignRole::Preparer, EXAMINER).expect("the next version is signed");
    assert_eq!(store.sign_offs().expect("reads").len(), 3);
    drop(store);
    assert_eq!(vault.verify(), Ok(vec![]));
}

#[test]
fn an_exam_with_signatures_can_be_backed_up() {
    let (dir, dest) = (tempdir().expect("a folder"), tempdir().expect("a folder"));
    let (mut vault, mut store) = with_exam(dir.path());
    identities(&mut vault);
    let s = signed(&vault, &store, "F-00", 1, SignRole::Preparer, EXAMINER);
    store.sign(&[s]).expect("is prepared");
    vault.backup(dest.path(), at()).expect("the copy's signatures hold as well");
    assert_eq!(open(dest.path()).expect("opens").verify(), Ok(vec![]));
}

#[test]
fn the_exam_as_a_whole_closes_every_paper_but_not_what_the_firm_answers() {
    let dir = tempdir().expect("a folder");
    let (mut vault, mut store) = with_exam(dir.path());
    identities(&mut vault);
    let no = store.save_finding(&finding(vec![])).expect("stores");
    for (to, by) in [
        (FindingStatus::InReview, EXAMINER),
        (FindingStatus::Final, REVIEWER),
        (FindingStatus::Sent, EXAMINER),
    ] {
        store.step_finding(no, &step(to, by)).expect("goes on");
    }
    for (role, by) in [(SignRole::Preparer, EXAMINER), (SignRole::Reviewer, REVIEWER)] {
        let s = signed(&vault, &store, WHOLE_EXAM, 1, role, by);
        store.sign(&[s]).expect("is signed");
    }
    let closed = Err(VaultError::SignedOff { paper: WHOLE_EXAM.into() });
    assert_eq!(store.set_answer(&answer_to("COL-D5.1", ItemResult::Compliant, "")), closed);
    assert_eq!(store.set_systems(&[], EXAMINER, at()), closed);
    assert!(store.add_evidence(&piece("甲"), &mut [1_u8].as_slice()).is_err());
    assert!(store.begin_import("", EXAMINER, at()).is_err());
    store.save_reply(&reply(no)).expect("the firm answers later");
    store.save_follow_up(&follow_up(no, FollowUpResult::Remedied)).expect("and is followed up");
}

#[test]
fn a_signature_holds_for_its_own_words_only() {
    let dir = tempdir().expect("a folder");
    let (mut vault, mut store) = with_exam(dir.path());
    identities(&mut vault);
    let exam = store.id().to_string();
    let s = signed(&vault, &store, "T-COL-05", 1, SignRole::Preparer, EXAMINER);
    assert!(sign_off_holds(&exam, &s));
    let forged = [
        SignOff { by: REVIEWER.into(), ..s.clone() },
        SignOff { paper: "F-00".into(), ..s.clone() },
        SignOff { content_sha256: "00".repeat(32), ..s.clone() },
        SignOff { role: SignRole::Reviewer, ..s.clone() },
        SignOff { version: 2, ..s.clone() },
        SignOff { key: "zz".into(), ..s.clone() },
    ];
    for forged in forged {
        assert!(!sign_off_holds(&exam, &forged));
        assert_eq!(store.sign(&[forged]), Err(VaultError::BadSignature));
    }
    assert!(!sign_off_holds("e-other", &s), "it is not carried into another exam");
    let wrong = vault.sign_as(EXAMINER, &pass("別人的密語"), &[]);
    assert_eq!(wrong, Err(VaultError::WrongPassphrase));
    let twice = vault.make_identity(EXAMINER, &pass("x"), &mut |b| b.fill(9), WORK, at());
    assert_eq!(twice, Err(VaultError::IdentityExists));
}

#[test]
fn the_index_knows_what_every_exam_found() {
    let dir = tempdir().expect("a folder");
    let (mut vault, mut store) = with_exam(dir.path());
    let earlier = EarlierFinding {
        exam: "e-0".into(),
        number: "F01".into(),
        title: "舊".into(),
        found_on: Some(date(2025, 1, 1)),
    };
    store.save_finding(&Finding { repeat_of: Some(earlier.clone()), ..finding(vec![]) }).expect("stores");
    store.save_finding(&finding(vec![])).expect("stores");
    store.step_finding(2, &step(FindingStatus::Withdrawn, EXAMINER)).expect("is withdrawn");
    vault.index_findings(&store).expect("indexes");
    let all = vault.all_findings().expect("reads");
    assert_eq!(all.len(), 1, "withdrawn ones are not listed");
    assert_eq!((all[0].no, all[0].repeat_of.as_ref()), (1, Some(&earlier)));
    assert!(!all[0].awaits());

    let figures = [ChapterFigures {
        document: "COL".into(),
        chapter: "貳".into(),
        results: [(ItemResult::Compliant, 3), (ItemResult::NotExamined, 1)].into(),
    }];
    vault.keep_figures(store.id(), &figures).expect("keeps");
    assert_eq!(vault.figures(store.id()), Ok(figures.to_vec()));
}

#[test]
fn what_compares_exams_is_kept_and_goes_with_the_exam() {
    let dir = tempdir().expect("a folder");
    let (mut vault, mut store) = with_exam(dir.path());
    let id = store.id().clone();
    assert_eq!(vault.all_firm_kinds(), Ok([].into()), "an exam that was never opened has none");
    let clause = |text| ClauseId::parse(text).expect("an id");
    let results = ClauseResults::from([
        (ItemResult::Compliant, vec![clause("COL-A1"), clause("COL-A2")]),
        (ItemResult::NoData, vec![clause("COL-A3")]),
    ]);
    let kind = FirmKind { line: Some(FirmLine::Both), class: None, grade: Some(FirmGrade::Second) };
    store.save_finding(&finding(vec![])).expect("stores");
    for to in [FindingStatus::InReview, FindingStatus::Final, FindingStatus::Sent] {
        let by = if to == FindingStatus::Final { REVIEWER } else { EXAMINER };
        store.step_finding(1, &step(to, by)).expect("a step");
    }
    store.save_reply(&reply(1)).expect("replies");
    for _ in 0..2 {
        vault.keep_clause_results(&id, &results).expect("keeps");
        vault.keep_firm_kind(&id, &kind).expect("keeps");
        vault.index_findings(&store).expect("indexes");
    }
    let day = Some(at().date());
    let course = FindingCourse {
        settled_on: day,
        sent_on: day,
        replied_on: day,
        agreement: Some(Agreement::Agree),
        reviewed_on: None,
        closed_on: None,
    };
    assert_eq!(vault.all_clause_results(), Ok([(id.clone(), results)].into()));
    assert_eq!(vault.all_firm_kinds(), Ok([(id.clone(), kind)].into()));
    assert_eq!(vault.all_finding_courses(), Ok([((id.clone(), 1), course)].into()));
    drop(store);
    let order = DestroyOrder {
        by: EXAMINER.into(),
        witness: String::new(),
        reason: "測試".into(),
        before_due: "測試".into(),
        due: None,
    };
    vault.destroy_exam(&id, &order, at()).expect("is destroyed");
    assert_eq!(vault.all_clause_results(), Ok([].into()));
    assert_eq!(vault.all_firm_kinds(), Ok([].into()));
    assert_eq!(vault.all_finding_courses(), Ok([].into()));
}
