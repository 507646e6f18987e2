//! Two vaults, one exam, three conflicts, in the real window.

use fieldbook_app::wire::{
    AnswerRequest, CardRequest, ClauseRequest, ContactVerifyRequest, CreateVaultRequest, EvidenceModeWord,
    ExamRequest, HandoverCreateRequest, HandoverRequest, HandoverScopeWord, MergeApplyRequest, MethodWord,
    PathRequest, ResultWord, UnlockRequest,
};
use fieldbook_app::{AppError, Desk, checklist, contact, exam, handover, session};
use fieldbook_tests::desk::{PASSPHRASE, exam_of, host, with_vault};
use fieldbook_tests::window::{Fault, Page, Window};
use std::path::Path;

const CLAUSES: [&str; 3] = ["FCM-1.1", "FCM-1.2", "FCM-1.3"];

fn words(e: AppError) -> String {
    e.view().message
}

/// The other laptop: the first keys of a repeatable host are those of the first one.
fn other(folder: &Path) -> Result<Desk, AppError> {
    let mut desk = with_vault(&folder.join("first"))?;
    let dir = folder.join("vault").to_string_lossy().into_owned();
    session::vault_create(&mut desk, &CreateVaultRequest { dir, passphrase: PASSPHRASE.to_owned() })?;
    Ok(desk)
}

fn unlocked(folder: &Path, exam: &str) -> Result<Desk, AppError> {
    let mut desk = Desk::new(host(&folder.join("vault")))?;
    let dir = folder.join("vault").to_string_lossy().into_owned();
    session::vault_unlock(&mut desk, &UnlockRequest { dir, passphrase: PASSPHRASE.to_owned() })?;
    exam::exam_open(&mut desk, &ExamRequest { exam: exam.to_owned() })?;
    Ok(desk)
}

fn knows(desk: &mut Desk, other: &Desk) -> Result<(), AppError> {
    let card = contact::contacts(other)?.own;
    contact::contact_add(desk, &CardRequest { text: card.text, path: String::new() })?;
    contact::contact_verify(
        desk,
        &ContactVerifyRequest { contact: 1, fingerprint: card.fingerprint.join(" ") },
    )?;
    Ok(())
}

fn answer(desk: &mut Desk, clause: &str, note: &str) -> Result<(), AppError> {
    let request = AnswerRequest {
        clause: clause.to_owned(),
        unit: String::new(),
        system: String::new(),
        result: ResultWord::Compliant,
        method: Some(MethodWord::Inspection),
        mode: None,
        note: note.to_owned(),
        paper_ref: String::new(),
        awaited: None,
    };
    checklist::answer(desk, &request).map(|_| ())
}

fn note(desk: &mut Desk, clause: &str) -> Result<String, AppError> {
    let item = checklist::item(desk, &ClauseRequest { clause: clause.to_owned() })?;
    Ok(item.answers.first().map(|a| a.note.clone()).unwrap_or_default())
}

fn hand_over(desk: &mut Desk, scope: HandoverScopeWord, path: &Path) -> Result<(), AppError> {
    let what = HandoverRequest {
        scope,
        documents: Vec::new(),
        chapters: Vec::new(),
        procedures: Vec::new(),
        findings: true,
        evidence: true,
        since: String::new(),
        evidence_as: EvidenceModeWord::Included,
        deidentified: false,
        recipients: vec!["1".to_owned()],
    };
    let path = path.to_string_lossy().into_owned();
    handover::create(desk, &HandoverCreateRequest { what, path }, &mut |_| ()).map(|_| ())
}

/// An exam on both laptops, three of whose notes were then written on each of them.
fn prepared(folder: &Path) -> Result<String, AppError> {
    let [a, b] = ["甲", "乙"].map(|name| folder.join(name));
    let (mut here, mut there) = (with_vault(&a)?, other(&b)?);
    knows(&mut here, &there)?;
    knows(&mut there, &here)?;
    let id = exam_of(&mut here, "115-期-0001", "is_fcm = true")?.head.id;
    let package = folder.join("全案.fieldbook.age");
    hand_over(&mut here, HandoverScopeWord::Whole, &package)?;
    let path = package.to_string_lossy().into_owned();
    let view = handover::inspect(&mut there, &PathRequest { path: path.clone() }, &mut |_| ())?;
    let order = MergeApplyRequest { path, sha256: view.sha256, sender_accepted: false, choices: Vec::new() };
    handover::apply(&mut there, &order, &mut |_| ())?;
    exam::exam_open(&mut there, &ExamRequest { exam: id.clone() })?;
    for clause in CLAUSES {
        answer(&mut here, clause, &format!("甲的說明 {clause}"))?;
        answer(&mut there, clause, &format!("乙的說明 {clause}"))?;
    }
    hand_over(&mut there, HandoverScopeWord::Changes, &folder.join("乙.fieldbook.age"))?;
    Ok(id)
}

async fn unlock(page: &Page, exam: &str) -> Result<(), Fault> {
    page.fill("vault-passphrase", PASSPHRASE).await?;
    page.press("vault-unlock").await?;
    page.press(&format!("exam-open-{exam}")).await?;
    page.press("stage-handover").await
}

/// Takes the other's work in: the first conflict as here, the second as there, the third with both.
async fn take(folder: &Path, exam: &str) -> Result<(), Fault> {
    let window = Window::open(&folder.join("甲/vault")).await?;
    let page = &window.page;
    unlock(page, exam).await?;
    page.press("handover-tab-take").await?;
    page.fill("take-path", &folder.join("乙.fieldbook.age").to_string_lossy()).await?;
    page.press("take-look").await?;
    page.until("document.body.innerText.includes('指紋已核對')", "a known sender").await?;
    page.at("conflict-card").await?;
    page.keys("\u{E012}").await?;
    page.until("document.querySelectorAll('[data-choice=ours]').length === 1", "the first decision").await?;
    page.keys("j\u{E014}").await?;
    page.until("document.querySelectorAll('[data-choice=theirs]').length === 1", "the second decision")
        .await?;
    page.keys("jb").await?;
    page.at("conflict-text").await?;
    page.press("conflict-accept").await?;
    page.until("document.querySelectorAll('[data-choice=both]').length === 1", "the third decision").await?;
    page.press("take-apply").await?;
    page.at("take-done").await?;
    page.press("take-to-merges").await?;
    page.at("merge-1").await?;
    // Handed back by the window, to the contact who sent it.
    page.press("handover-tab-give").await?;
    page.press("handover-scope-whole").await?;
    page.press("handover-to-1").await?;
    page.fill("handover-path", &folder.join("甲.fieldbook.age").to_string_lossy()).await?;
    page.press("handover-create").await?;
    page.at("handover-made").await?;
    window.close().await
}

/// The other takes it in without being asked anything.
async fn take_back(folder: &Path, exam: &str) -> Result<(), Fault> {
    let window = Window::open(&folder.join("乙/vault")).await?;
    let page = &window.page;
    unlock(page, exam).await?;
    page.press("handover-tab-take").await?;
    page.fill("take-path", &folder.join("甲.fieldbook.age").to_string_lossy()).await?;
    page.press("take-look").await?;
    page.at("take-sha").await?;
    page.press("take-apply").await?;
    page.at("take-done").await?;
    window.close().await
}

#[tokio::test(flavor = "current_thread")]
async fn journey_of_one_exam_on_two_laptops_with_three_conflicts() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let id = prepared(folder.path()).map_err(words).expect("two laptops");
    take(folder.path(), &id).await.unwrap_or_else(|fault| panic!("{fault}"));
    take_back(folder.path(), &id).await.unwrap_or_else(|fault| panic!("{fault}"));
    let notes = ["甲", "乙"].map(|name| {
        let mut desk = unlocked(&folder.path().join(name), &id).map_err(words).expect("opens");
        CLAUSES.map(|clause| note(&mut desk, clause).map_err(words).expect("reads"))
    });
    assert_eq!(notes[0], notes[1], "both have one exam");
    assert_eq!((notes[0][0].as_str(), notes[0][1].as_str()), ("甲的說明 FCM-1.1", "乙的說明 FCM-1.2"));
    for written in ["甲的說明 FCM-1.3", "乙的說明 FCM-1.3"] {
        assert!(notes[0][2].contains(written), "{}", notes[0][2]);
    }
}
