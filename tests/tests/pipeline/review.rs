//! From a draft to papers that two persons signed, and what the firm answers afterwards.

use crate::papers::{PROCEDURE, with_finding};
use fieldbook_app::wire::*;
use fieldbook_app::{
    AppError, Desk, dashboard, evidence, exam, finding, output, review, settings, team, template,
};
use fieldbook_tests::desk::{FIRST, SECOND, run_all};
use fieldbook_tests::second_reader::{by_calamine, pdf_text, squeezed};
use std::path::Path;

fn work_as(desk: &mut Desk, name: &str) {
    exam::work_as(desk, &ExaminerRequest { examiner: name.to_owned() }).expect("one of the examiners");
}

fn step(desk: &mut Desk, no: i64, to: FindingStatusWord) -> Result<FindingView, AppError> {
    finding::step(desk, &FindingStepRequest { no, to, note: "理由".to_owned() })
}

fn reply(desk: &mut Desk, no: i64) -> Result<FindingView, AppError> {
    finding::reply(
        desk,
        &ReplyRequest {
            no,
            agreement: AgreementWord::Agree,
            text: "同意辦理。".to_owned(),
            cause: String::new(),
            impact: String::new(),
            liability: String::new(),
            measure: "收回廠商權限，改採逐案申請。".to_owned(),
            owner: "資訊部".to_owned(),
            due: "109.12.31".to_owned(),
            signer: "陳總經理".to_owned(),
            signed_on: String::new(),
        },
    )
}

fn follow_up(desk: &mut Desk, no: i64, result: FollowUpWord) -> Result<FindingView, AppError> {
    finding::follow_up(
        desk,
        &FollowUpRequest {
            no,
            on: "110.03.31".to_owned(),
            reviewer: String::new(),
            result,
            note: "檢視帳號清冊，廠商帳號均已停用。".to_owned(),
            evidence: Vec::new(),
            run: None,
        },
    )
}

fn sign(desk: &mut Desk, papers: &[&str], role: SignRoleWord, name: &str) -> Result<ReviewView, AppError> {
    work_as(desk, name);
    let papers = papers.iter().map(|p| (*p).to_owned()).collect();
    review::sign(desk, &SignRequest { papers, role, passphrase: format!("{name}的簽章密語") })
}

fn identities(desk: &mut Desk) {
    for name in [FIRST, SECOND] {
        work_as(desk, name);
        let request = IdentityRequest { passphrase: format!("{name}的簽章密語") };
        review::identity_make(desk, &request).expect("an identity");
    }
}

fn paper<'v>(view: &'v ReviewView, paper: &str) -> &'v PaperView {
    view.papers.iter().find(|p| p.paper == paper).expect("a paper of the set")
}

fn gate(desk: &Desk, kind: &str) -> u32 {
    let gate = output::gate(desk).expect("gate");
    gate.blocking.iter().find(|l| l.kind == kind).map_or(0, |l| l.count)
}

#[test]
fn a_finding_is_reviewed_sent_answered_and_closed() {
    use FindingStatusWord as S;
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, made) = with_finding(folder.path());
    assert_eq!((made.status, made.next.as_slice()), (S::Draft, [S::InReview, S::Withdrawn].as_slice()));
    assert!(made.lacks.is_empty(), "{:?}", made.lacks);
    assert_eq!(gate(&desk, "finding_incomplete"), 1);
    step(&mut desk, made.no, S::InReview).expect("to review");
    let same = step(&mut desk, made.no, S::Final).expect_err("nobody reviews what they wrote");
    assert_eq!(same.view().code, "same_person");
    work_as(&mut desk, SECOND);
    let done = step(&mut desk, made.no, S::Final).expect("final");
    assert_eq!(done.steps.iter().map(|s| s.by.as_str()).collect::<Vec<_>>(), [FIRST, SECOND]);
    assert_eq!(gate(&desk, "finding_incomplete"), 0);

    assert!(reply(&mut desk, made.no).is_err(), "it was not handed over yet");
    step(&mut desk, made.no, S::Sent).expect("sent");
    let answered = reply(&mut desk, made.no).expect("answered");
    assert!(answered.overdue, "due on 2020-12-31, today is 2021-01-05");
    let due = finding::due(&desk).expect("due");
    assert_eq!(due.iter().map(|d| (d.no, d.days)).collect::<Vec<_>>(), [(made.no, Some(-5))]);
    assert!(step(&mut desk, made.no, S::Closed).is_err(), "nobody looked");
    follow_up(&mut desk, made.no, FollowUpWord::NotRemedied).expect("followed up");
    assert!(step(&mut desk, made.no, S::Closed).is_err(), "it was not remedied");
    follow_up(&mut desk, made.no, FollowUpWord::Remedied).expect("followed up again");
    assert!(finding::due(&desk).expect("due").is_empty());
    assert_eq!(step(&mut desk, made.no, S::Closed).expect("closed").status, S::Closed);
    let board = dashboard::dashboard(&desk).expect("dashboard");
    assert_eq!(board.findings.iter().map(|f| (f.status, f.findings)).collect::<Vec<_>>(), [(S::Closed, 1)]);
}

#[test]
fn a_later_run_that_counts_otherwise_raises_a_flag_and_can_be_taken_in() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, made) = with_finding(folder.path());
    run_all(&mut desk).expect("runs again");
    let same = finding::findings(&desk).expect("findings");
    assert!(same[0].changed.is_none(), "the same data count the same");

    let accounts = fieldbook_app::import::imports(&desk)
        .expect("imports")
        .into_iter()
        .find(|b| b.files.iter().any(|f| f.sheets.iter().any(|s| s.dataset.as_deref() == Some("accounts"))))
        .expect("accounts were imported");
    let batch = accounts.batch;
    fieldbook_app::import::undo(&mut desk, &ImportBatchRequest { batch }).expect("taken back");
    run_all(&mut desk).expect("runs without the accounts");
    let now = finding::findings(&desk).expect("findings");
    let changed = now[0].changed.as_ref().expect("the counts are not those of the latest run");
    assert_ne!(Some(changed.exceptions), made.exceptions);
    assert_eq!(gate(&desk, "finding_changed"), 1);
    let bound = finding::rebind(&mut desk, &FindingNoRequest { no: made.no }).expect("bound anew");
    assert!(bound.changed.is_none());
    assert_ne!((bound.exceptions, bound.population), (made.exceptions, made.population));
    let population = bound.population.expect("counted");
    assert!(bound.condition.contains(&format!("{population}筆中")), "{}", bound.condition);
    assert!(!bound.condition.contains(&format!("{}筆中", made.population.expect("counted"))));
    assert_eq!(gate(&desk, "finding_changed"), 0);
}

#[test]
fn two_persons_sign_and_what_is_signed_cannot_be_changed_unnoticed() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, made) = with_finding(folder.path());
    identities(&mut desk);
    let early = sign(&mut desk, &["F-00"], SignRoleWord::Reviewer, SECOND);
    assert_eq!(early.expect_err("nobody prepared it").key(), "not_prepared");
    sign(&mut desk, &["F-00", PROCEDURE], SignRoleWord::Preparer, FIRST).expect("prepared");
    let same = sign(&mut desk, &["F-00"], SignRoleWord::Reviewer, FIRST);
    assert_eq!(same.expect_err("the same person").view().code, "same_person");
    let view = sign(&mut desk, &["F-00", PROCEDURE], SignRoleWord::Reviewer, SECOND).expect("reviewed");
    let signed = paper(&view, "F-00").reviewed.as_ref().expect("a signature");
    assert!(signed.holds && signed.current && signed.by == SECOND);
    assert!(paper(&view, "E-00").reviewed.is_none());

    let locked = step(&mut desk, made.no, FindingStatusWord::Withdrawn).expect_err("read-only");
    assert_eq!(locked.view().code, "signed_off");
    let reopened =
        review::reopen(&mut desk, &ReopenRequest { paper: "F-00".to_owned(), reason: "補列原因".to_owned() })
            .expect("opened again");
    assert_eq!(paper(&reopened, "F-00").version, 2);
    assert_eq!(paper(&reopened, "F-00").earlier.len(), 2);
    assert!(paper(&reopened, PROCEDURE).reviewed.is_some(), "the other paper stays signed");

    let wrong = SignRequest {
        papers: vec!["F-00".to_owned()],
        role: SignRoleWord::Preparer,
        passphrase: "別人的密語".to_owned(),
    };
    assert_eq!(review::sign(&mut desk, &wrong).expect_err("another's").key(), "wrong_sign_passphrase");
}

#[test]
fn the_signed_exam_stays_as_it_was_signed_when_the_firm_answers() {
    use FindingStatusWord as S;
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, made) = with_finding(folder.path());
    identities(&mut desk);
    work_as(&mut desk, FIRST);
    step(&mut desk, made.no, S::InReview).expect("to review");
    work_as(&mut desk, SECOND);
    step(&mut desk, made.no, S::Final).expect("final");
    assert!(gate(&desk, "papers_unsigned") > 8);
    sign(&mut desk, &["EXAM"], SignRoleWord::Preparer, FIRST).expect("prepared");
    let view = sign(&mut desk, &["EXAM"], SignRoleWord::Reviewer, SECOND).expect("reviewed");
    assert!(view.exam.reviewed.is_some_and(|s| s.holds && s.current));
    assert_eq!(gate(&desk, "papers_unsigned"), 0);

    step(&mut desk, made.no, S::Sent).expect("sent");
    reply(&mut desk, made.no).expect("answered");
    follow_up(&mut desk, made.no, FollowUpWord::Remedied).expect("followed up");
    let after = review::review(&desk).expect("review");
    assert!(after.exam.reviewed.is_some_and(|s| s.holds && s.current), "what follows is no part of it");
    let note = run_all(&mut desk);
    assert!(note.is_err(), "a signed exam takes no more runs");
}

#[test]
fn notes_stand_in_the_way_until_somebody_else_clears_them() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_finding(folder.path());
    work_as(&mut desk, SECOND);
    let request = NoteRequest { paper: PROCEDURE.to_owned(), text: "母體是否完整？".to_owned() };
    review::note_add(&mut desk, &request).expect("noted");
    assert_eq!(gate(&desk, "notes_open"), 1);
    work_as(&mut desk, FIRST);
    let answer = |text: &str| NoteAnswerRequest { id: 1, text: text.to_owned() };
    review::note_reply(&mut desk, &answer("已與人資名冊核對。")).expect("answered");
    assert!(review::note_clear(&mut desk, &answer("")).is_err(), "not by who answered");
    work_as(&mut desk, SECOND);
    let view = review::note_clear(&mut desk, &answer("")).expect("cleared");
    assert_eq!(paper(&view, PROCEDURE).notes_open, 0);
    assert_eq!(gate(&desk, "notes_open"), 0);
    let unknown = NoteRequest { paper: "Z-99".to_owned(), text: "？".to_owned() };
    assert_eq!(review::note_add(&mut desk, &unknown).expect_err("no such paper").key(), "unknown_paper");
}

#[test]
fn evidence_is_kept_whole_and_handed_out_byte_for_byte() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, made) = with_finding(folder.path());
    let original = folder.path().join("帳號申請單.pdf");
    std::fs::write(&original, [b"%PDF-1.7 ".as_slice(), &[0_u8; 70_000]].concat()).expect("a file");
    let add = |desk: &mut Desk, source: &str| {
        let request = EvidenceAddRequest {
            path: original.to_string_lossy().into_owned(),
            about: EvidenceAbout { source: source.to_owned(), ..EvidenceAbout::default() },
            findings: vec![made.no],
        };
        evidence::evidence_add(desk, &request)
    };
    assert_eq!(add(&mut desk, " ").expect_err("from whom?").key(), "required");
    let kept = add(&mut desk, "資訊部王專員").expect("kept");
    assert_eq!((kept.number.as_str(), kept.format.as_str()), ("E-001", "pdf"));
    assert_eq!(kept.findings, std::slice::from_ref(&made.number));
    assert_eq!(add(&mut desk, "另一人").expect_err("the same bytes").key(), "evidence_kept");
    let copy = folder.path().join("副本.pdf");
    let request = EvidenceExportRequest { id: kept.id, path: copy.to_string_lossy().into_owned() };
    let told = evidence::evidence_export(&mut desk, &request).expect("handed out");
    assert_eq!(told.files[0].sha256, kept.sha256);
    assert!(std::fs::read(&copy).expect("copy") == std::fs::read(&original).expect("original"));
}

#[test]
fn every_document_says_the_finding() {
    use DocumentKind as K;
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, made) = with_finding(folder.path());
    let write = |kind, name: &str| {
        let path = folder.path().join(name);
        let request = DocumentExportRequest { kind, path: path.to_string_lossy().into_owned(), draft: true };
        output::document(&desk, &request).unwrap_or_else(|e| panic!("{name}: {e}"));
        path
    };
    for (kind, name) in
        [(K::Assessment, "評估.pdf"), (K::Confirmation, "確認單.pdf"), (K::FollowUp, "追蹤.pdf")]
    {
        let text = pdf_text(&write(kind, name));
        assert!(text.contains(&squeezed(&made.title)), "{name}");
        assert!(text.contains("草稿"), "{name}");
    }
    for (kind, name) in [
        (K::FindingsCsv, "f.csv"),
        (K::FindingsJson, "f.json"),
        (K::OscalResults, "r.json"),
        (K::OscalPoam, "p.json"),
    ] {
        let text = std::fs::read_to_string(write(kind, name)).expect("text");
        assert!(text.contains(&made.title), "{name}");
        assert!(!text.contains("vnd_colo_admin"), "{name}: accounts are masked");
    }
    for (kind, name) in [(K::AnswersCsv, "a.csv"), (K::AnswersJson, "a.json"), (K::ReportDocx, "r.docx")] {
        assert!(std::fs::metadata(write(kind, name)).expect("a file").len() > 1_000, "{name}");
    }
    let path = folder.path().join("定稿.docx").to_string_lossy().into_owned();
    let finished = DocumentExportRequest { kind: K::ReportDocx, path, draft: false };
    assert_eq!(output::document(&desk, &finished).expect_err("the gate is shut").key(), "gate_closed");
}

#[test]
fn every_template_that_comes_along_can_be_filled() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, made) = with_finding(folder.path());
    for shipped in template::templates(&desk).expect("templates") {
        let path = folder.path().join(&shipped.file);
        let request =
            TemplateFileRequest { key: shipped.key.clone(), path: path.to_string_lossy().into_owned() };
        let filled =
            template::template_fill(&desk, &request).unwrap_or_else(|e| panic!("{}: {e}", shipped.key));
        assert!(filled.unfilled.iter().all(|u| u.known), "{}: {:?}", shipped.key, filled.unfilled);
        if shipped.key == "findings" {
            let cells: Vec<String> =
                by_calamine(&path).into_values().flatten().flatten().map(|c| squeezed(&c)).collect();
            assert!(cells.iter().any(|c| c.contains(&squeezed(&made.title))));
        }
    }
    let blank = folder.path().join("空白.xlsx").to_string_lossy().into_owned();
    let request = TemplateFileRequest { key: "findings".to_owned(), path: blank.clone() };
    template::template_save(&desk, &request).expect("saved");
    let own = TemplateAddRequest {
        path: blank,
        key: "findings".to_owned(),
        title: "本機關之缺失表".to_owned(),
        authority: "證交所".to_owned(),
    };
    let list = template::template_add(&mut desk, &own).expect("brought in");
    let mine = list.iter().find(|t| t.key == "findings").expect("in its place");
    assert!(!mine.shipped && mine.title == "本機關之缺失表");
    let key = KeyRequest { key: "findings".to_owned() };
    let list = template::template_drop(&mut desk, &key).expect("taken out");
    assert!(list.iter().any(|t| t.key == "findings" && t.shipped));
}

#[test]
fn a_template_with_a_fault_is_refused_with_its_place() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_finding(folder.path());
    let path = folder.path().join("不是範本.xlsx");
    std::fs::write(&path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old").expect("a file");
    let path = path.to_string_lossy().into_owned();
    let check = template::template_check(&desk, &PathRequest { path: path.clone() }).expect("looked at");
    assert_eq!(check.problems.len(), 1);
    assert!(check.problems[0].contains("密碼"), "{:?}", check.problems);
    let add = TemplateAddRequest { path, key: String::new(), title: String::new(), authority: String::new() };
    assert_eq!(template::template_add(&mut desk, &add).expect_err("refused").key(), "template_unfit");
    assert!(template::templates(&desk).expect("templates").iter().all(|t| t.shipped));
}

#[test]
fn the_organisation_words_its_own_scale() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_finding(folder.path());
    let mut own = settings::settings(&desk).expect("settings");
    assert_eq!(own.severity, ["重大", "高", "中", "低"].map(str::to_owned));
    own.severity = ["", "甲級", "乙級", "丙級"].map(str::to_owned);
    own.organisation = "臺灣證券交易所".to_owned();
    settings::settings_set(&mut desk, &own).expect("set");
    let path = folder.path().join("report.pdf");
    let request = ExportRequest { path: path.to_string_lossy().into_owned(), draft: true };
    output::report(&desk, &request).expect("report");
    let text = pdf_text(&path);
    assert!(text.contains("乙級") && text.contains("臺灣證券交易所"));
    let twice = SettingsView { severity: ["高", "高", "", ""].map(str::to_owned), ..own };
    assert_eq!(settings::settings_set(&mut desk, &twice).expect_err("the same word").key(), "bad_scale");
}

#[test]
fn the_team_must_have_what_its_systems_ask_for() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_finding(folder.path());
    let before = team::team(&desk).expect("team");
    assert_eq!(before.kinds.len(), 4);
    assert!(!before.gaps.is_empty(), "the sample firm has systems of the first class");
    for (name, keys) in
        [(FIRST, ["management", "technical"].as_slice()), (SECOND, ["attack", "finance"].as_slice())]
    {
        let member = TeamMemberView {
            name: name.to_owned(),
            unit: "稽核組".to_owned(),
            holds: keys.iter().map(|k| ((*k).to_owned(), "證書".to_owned())).collect(),
            independent: Some(true),
            confidential: Some(true),
            signed_on: "110.01.04".to_owned(),
            note: String::new(),
        };
        team::team_save(&mut desk, &member).expect("recorded");
    }
    assert_eq!(team::team(&desk).expect("team").gaps, Vec::<String>::new());
    assert_eq!(gate(&desk, "qualification_gaps"), 0);
}

#[test]
fn a_full_disk_leaves_the_earlier_file() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, _) = with_finding(folder.path());
    let path = folder.path().join("report.pdf");
    let request = ExportRequest { path: path.to_string_lossy().into_owned(), draft: true };
    output::report(&desk, &request).expect("report");
    let before = std::fs::read(&path).expect("report");
    // Where the file is to be written beside, a folder stands in the way.
    std::fs::create_dir(folder.path().join("report.pdf.part")).expect("a folder");
    let note = Path::new(&request.path).exists();
    let again = output::document(
        &desk,
        &DocumentExportRequest { kind: DocumentKind::Confirmation, path: request.path.clone(), draft: true },
    );
    assert!(note && again.is_err());
    assert!(std::fs::read(&path).expect("report") == before, "the earlier file is kept");
    assert!(!folder.path().join("report（前版1）.pdf").exists(), "and has its name");
}
