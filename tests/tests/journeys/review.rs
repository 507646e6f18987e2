//! From a finding to papers that two examiners signed, in the real window.

use fieldbook_tests::desk::{FIRST, SECOND};
use fieldbook_tests::journey;
use fieldbook_tests::second_reader::{pdf_text, squeezed};
use fieldbook_tests::window::{Fault, Page, Window};
use std::path::Path;

/// Switches to the examiner of this name, the `n`th of the exam.
async fn work_as(page: &Page, n: usize, name: &str) -> Result<(), Fault> {
    page.press("examiner-open").await?;
    page.press(&format!("examiner-{n}")).await?;
    let shown =
        format!("document.querySelector('[data-testid=examiner-open]').textContent.includes('{name}')");
    page.until(&shown, "the other examiner at work").await
}

/// Takes the finding a step on, and waits until it is there.
async fn step(page: &Page, to: &str) -> Result<(), Fault> {
    page.press(&format!("finding-step-{to}")).await?;
    let there = format!("document.querySelector('[data-testid=finding-1][data-status={to}]')");
    page.until(&there, "the finding's next step").await
}

/// Signs the exam as a whole; the examiner has no identity yet and makes one on the way.
async fn sign(page: &Page, role: &str, passphrase: &str, state: &str) -> Result<(), Fault> {
    page.press("stage-review").await?;
    page.press("paper-EXAM").await?;
    page.press(&format!("sign-{role}")).await?;
    page.fill("identity-passphrase", passphrase).await?;
    page.fill("identity-repeat", passphrase).await?;
    page.press("identity-make").await?;
    page.fill("sign-passphrase", passphrase).await?;
    page.press("sign-go").await?;
    let signed = format!("document.querySelector('[data-testid=paper-EXAM][data-state={state}]')");
    page.until(&signed, "the signature").await
}

/// What was signed cannot be changed: the refusal stands where somebody tried.
async fn refused(page: &Page) -> Result<(), Fault> {
    page.press("stage-findings").await?;
    page.press("finding-1").await?;
    page.press("finding-withdraw").await?;
    page.fill("withdraw-reason", "簽核後不得撤銷").await?;
    page.press("withdraw-confirm").await?;
    page.until("document.querySelector('[data-code=signed_off]')", "the refusal").await?;
    page.keys("\u{E00C}").await
}

async fn visit(folder: &Path) -> Result<(), Fault> {
    let window = Window::open(&folder.join("vault")).await?;
    let page = &window.page;
    journey::to_tests(page, &folder.join("vault")).await?;
    journey::confirm(page).await?;
    journey::finding(page).await?;
    step(page, "in_review").await?;
    page.at("finding-own").await?;
    work_as(page, 1, SECOND).await?;
    page.press("stage-findings").await?;
    page.press("finding-1").await?;
    step(page, "final").await?;
    work_as(page, 0, FIRST).await?;
    sign(page, "preparer", "甲的簽章密語八字", "prepared").await?;
    work_as(page, 1, SECOND).await?;
    sign(page, "reviewer", "乙的簽章密語八字", "reviewed").await?;
    refused(page).await?;
    journey::export(page, &folder.join("papers"), &folder.join("report.pdf")).await?;
    window.close().await
}

#[tokio::test(flavor = "current_thread")]
async fn journey_from_a_finding_to_papers_that_two_examiners_signed() {
    let folder = tempfile::tempdir().expect("temporary folder");
    visit(folder.path()).await.unwrap_or_else(|fault| panic!("{fault}"));
    let text = pdf_text(&folder.path().join("report.pdf"));
    for name in [FIRST, SECOND] {
        assert!(text.contains(&squeezed(name)), "the report names {name} as a signer");
    }
    let papers = std::fs::read_dir(folder.path().join("papers")).expect("papers").count();
    assert!(papers > 8, "{papers}");
}
