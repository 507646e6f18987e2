//! The command palette in the real window: stages, actions, items and patterns by a word; steps taken back and brought back.

use crate::stored;
use fieldbook_app::wire::ResultWord;
use fieldbook_tests::desk::with_every_document;
use fieldbook_tests::journey;
use fieldbook_tests::window::{Fault, Key, Page, Window};
use std::path::Path;

const CLAUSE: &str = "COL-D4.1";

async fn on_stage(page: &Page, stage: &str) -> Result<(), Fault> {
    page.until(&format!("document.querySelector('main')?.dataset.stage === '{stage}'"), stage).await
}

/// Everything that the palette reaches, each found by a word.
async fn reached(page: &Page) -> Result<(), Fault> {
    for stage in
        ["profile", "data", "tests", "findings", "evidence", "review", "outputs", "handover", "dashboard"]
    {
        journey::command(page, stage).await?;
        on_stage(page, stage).await?;
    }
    // Half-width letters find what is written in full width, too.
    journey::command(page, "8.1").await?;
    page.until("!document.querySelector('dialog[open]')", "the palette to be gone").await?;
    journey::command(page, CLAUSE).await?;
    on_stage(page, "items").await?;
    page.until(
        &format!("document.querySelector('[data-testid=item-pane]')?.dataset.clause === '{CLAUSE}'"),
        CLAUSE,
    )
    .await?;
    for word in ["contacts", "trail", "backup", "templates", "assignments"] {
        journey::command(page, word).await?;
        page.until("document.querySelector('dialog[open]:not([data-testid=palette])')", word).await?;
        page.keys("\u{E00C}").await?;
        page.until("!document.querySelector('dialog[open]')", "the dialog to be gone").await?;
    }
    journey::command(page, "theme").await?;
    page.until("document.documentElement.dataset.theme === 'dark'", "the dark theme").await?;
    journey::command(page, "theme").await?;
    page.until("document.documentElement.dataset.theme === 'light'", "the light theme").await?;
    // What nobody has is said, and nothing happens.
    page.chord(&[Key::Control], 'k').await?;
    page.fill("palette-input", "zzzz").await?;
    page.keys("\u{E007}").await?;
    page.until(
        "document.querySelector('[data-testid=palette]').innerText.includes('沒有符合的項目')",
        "that there is none",
    )
    .await?;
    page.keys("\u{E00C}").await?;
    page.until("!document.querySelector('dialog[open]')", "the palette to be gone").await
}

async fn pressed(page: &Page, result: &str) -> Result<(), Fault> {
    let there = format!("document.querySelector('[data-testid=result-{result}]')?.ariaPressed === 'true'");
    page.until(&there, result).await
}

/// Two results, both taken back, one brought back.
async fn turned(page: &Page) -> Result<(), Fault> {
    page.press("stage-items").await?;
    journey::item(page, CLAUSE).await?;
    for (key, result) in [("1", "compliant"), ("5", "no_data")] {
        page.keys(key).await?;
        pressed(page, result).await?;
        page.at("answer-saved").await?;
    }
    page.chord(&[Key::Control], 'z').await?;
    pressed(page, "compliant").await?;
    page.chord(&[Key::Control], 'z').await?;
    pressed(page, "not_examined").await?;
    page.chord(&[Key::Control], 'y').await?;
    pressed(page, "compliant").await?;
    page.at("answer-saved").await.map(|_| ())
}

async fn visit(folder: &Path, exam: &str) -> Result<(), Fault> {
    let window = Window::open(&folder.join("vault")).await?;
    let page = &window.page;
    stored::open(page, exam).await?;
    reached(page).await?;
    turned(page).await?;
    journey::lock(page).await?;
    window.close().await
}

#[tokio::test(flavor = "current_thread")]
async fn journey_by_the_palette_and_back_again() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, exam) = with_every_document(folder.path()).expect("an exam");
    drop(desk);
    visit(folder.path(), &exam).await.unwrap_or_else(|fault| panic!("{fault}"));
    let item = stored::item(&stored::opened(folder.path(), &exam), CLAUSE);
    assert_eq!(item.answers.first().map(|a| a.result), Some(ResultWord::Compliant));
}
