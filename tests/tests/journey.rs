//! A whole visit in the real window, and what it leaves on the disk.

#![cfg(target_os = "linux")]

use fieldbook_tests::desk::PASSPHRASE;
use fieldbook_tests::journey::{self, PROCEDURE};
use fieldbook_tests::sample::truth::{Planted, Truth};
use fieldbook_tests::second_reader::{by_calamine, by_libreoffice, pdf_text, squeezed};
use fieldbook_tests::window::{Fault, Window};
use std::path::{Path, PathBuf};

fn planted() -> Vec<Planted> {
    let path = fieldbook_tests::sample_folder().join("planted.toml");
    let truth: Truth =
        toml::from_str(&std::fs::read_to_string(path).expect("answer key")).expect("answer key");
    truth.planted.into_iter().filter(|p| p.procedure == PROCEDURE && p.rule == "1").collect()
}

async fn visit(folder: &Path) -> Result<String, Fault> {
    let window = Window::open(&folder.join("vault")).await?;
    let page = &window.page;
    journey::to_tests(page, &folder.join("vault")).await?;
    journey::confirm(page).await?;
    let condition = journey::finding(page).await?;
    journey::export(page, &folder.join("papers"), &folder.join("report.pdf")).await?;
    locked_again(&window).await?;
    window.close().await?;
    Ok(condition)
}

/// A wrong passphrase opens nothing and says so; the right one opens.
async fn locked_again(window: &Window) -> Result<(), Fault> {
    let page = &window.page;
    journey::lock(page).await?;
    page.fill("vault-passphrase", "not-the-passphrase").await?;
    page.press("vault-unlock").await?;
    page.until("document.querySelector('[data-code=wrong_passphrase]')", "the refusal").await?;
    page.fill("vault-passphrase", PASSPHRASE).await?;
    page.press("vault-unlock").await?;
    page.until("document.querySelector('[data-testid^=\"exam-open-\"]')", "the exam in the list").await
}

#[tokio::test(flavor = "current_thread")]
async fn journey_from_an_empty_folder_to_papers_and_report() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let condition = visit(folder.path()).await.unwrap_or_else(|fault| panic!("{fault}"));
    papers_hold_the_planted_rows(folder.path());
    let text = pdf_text(&folder.path().join("report.pdf"));
    assert!(text.contains(&squeezed(&condition)), "the report lacks the condition: {condition}");
    nothing_readable_is_left(&folder.path().join("vault"));
}

fn papers_hold_the_planted_rows(folder: &Path) {
    let paper = paper(&folder.join("papers"));
    let lines: Vec<Vec<String>> = by_calamine(&paper).into_values().flatten().collect();
    let by_office = by_libreoffice(&paper, folder);
    assert_eq!(planted().len(), 5);
    for p in planted() {
        let row = p.row.to_string();
        let holds = |line: &[String]| line.contains(&p.file) && line.contains(&row);
        assert!(lines.iter().any(|line| holds(line)), "calamine does not see {p:?}");
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(by_office.as_bytes());
        let seen = reader
            .records()
            .filter_map(Result::ok)
            .any(|r| holds(&r.iter().map(str::to_owned).collect::<Vec<_>>()));
        assert!(seen, "LibreOffice does not see {p:?}");
    }
}

fn paper(folder: &Path) -> PathBuf {
    let mut papers = std::fs::read_dir(folder).expect("papers").filter_map(|e| e.ok().map(|e| e.path()));
    papers.find(|p| p.to_string_lossy().contains(PROCEDURE)).expect("the procedure's paper")
}

/// No file of the vault holds a name that was imported.
fn nothing_readable_is_left(folder: &Path) {
    for entry in std::fs::read_dir(folder).expect("vault").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            nothing_readable_is_left(&path);
            continue;
        }
        let bytes = std::fs::read(&path).expect("file of the vault");
        for secret in ["丙丁工程師一", "vnd_bd01", "甲乙綜合證券", PASSPHRASE] {
            let found = bytes.windows(secret.len()).any(|w| w == secret.as_bytes());
            assert!(!found, "{} holds a readable text", path.display());
        }
    }
}
