//! The ways into a vault in the real window: the recovery identity, another passphrase; what the organisation sets; a backup
//! and the vault that is made of it.

use fieldbook_app::backup;
use fieldbook_app::wire::RestoreRequest;
use fieldbook_tests::desk::PASSPHRASE;
use fieldbook_tests::journey;
use fieldbook_tests::window::{Fault, Page, Window};
use serde_json::Value as Json;
use std::path::{Path, PathBuf};

const CHANGED: &str = "another-walk-along-the-quay";
const ORGANISATION: &str = "丙丁查核中心";

/// The recovery identity as it is shown, and noted on paper.
async fn noted(page: &Page) -> Result<String, Fault> {
    let read = "return 'AGE-SECRET-KEY-1' +
        [...document.querySelectorAll('[data-testid=recovery-text] li')].map(li => li.lastChild.textContent.trim()).join('')";
    Ok(page.script(read, Vec::new()).await?.as_str().unwrap_or_default().to_owned())
}

/// Types wrong groups back: the window says so, and the paper can be looked at again.
async fn mistyped(page: &Page) -> Result<(), Fault> {
    page.press("recovery-written").await?;
    page.at("recovery-confirm").await?;
    let asked =
        "return [...document.querySelectorAll('[data-testid^=recovery-group-]')].map(e => e.dataset.testid)";
    for name in
        page.script(asked, Vec::new()).await?.as_array().into_iter().flatten().filter_map(Json::as_str)
    {
        page.fill(name, "WRONG").await?;
    }
    page.press("recovery-confirm").await?;
    page.until("document.querySelector('[role=alert]')", "the refusal").await?;
    page.press("recovery-back").await?;
    page.at("recovery-text").await.map(|_| ())
}

async fn listed(page: &Page) -> Result<(), Fault> {
    page.until("document.querySelector('[data-testid^=\"exam-open-\"]')", "the exam in the list").await
}

/// Another passphrase by the window of the keys; the one before opens nothing then.
async fn change(page: &Page) -> Result<(), Fault> {
    journey::command(page, "keys passphrase").await?;
    page.press("keys-passphrase").await?;
    page.fill("key-proof", PASSPHRASE).await?;
    page.fill("key-new-passphrase", CHANGED).await?;
    page.fill("key-new-repeat", CHANGED).await?;
    page.press("key-do").await?;
    page.until("!document.querySelector('[data-testid=key-act]')", "the passphrase to be changed").await?;
    page.keys("\u{E00C}").await?;
    journey::lock(page).await?;
    page.fill("vault-passphrase", PASSPHRASE).await?;
    page.press("vault-unlock").await?;
    page.until("document.querySelector('[data-code=wrong_passphrase]')", "the refusal").await?;
    journey::unlock(page, CHANGED).await?;
    listed(page).await
}

async fn settings(page: &Page) -> Result<(), Fault> {
    journey::command(page, "settings").await?;
    page.fill("settings-organisation", ORGANISATION).await?;
    page.press("settings-save").await?;
    page.until("document.querySelector('[data-testid=settings-save]').disabled", "the settings to be stored")
        .await?;
    page.keys("\u{E00C}").await?;
    page.until("!document.querySelector('dialog[open]')", "the dialog to be gone").await?;
    journey::command(page, "settings").await?;
    let held =
        format!("document.querySelector('[data-testid=settings-organisation]')?.value === '{ORGANISATION}'");
    page.until(&held, "the name that was set").await?;
    page.keys("\u{E00C}").await
}

async fn backed_up(page: &Page, folder: &Path) -> Result<(), Fault> {
    journey::command(page, "backup").await?;
    page.fill("backups-folder", &folder.to_string_lossy()).await?;
    page.press("backups-make").await?;
    page.at("backups-1").await?;
    let whole = "document.querySelector('[data-testid=backups-1]').innerText.includes('完整')";
    page.until(whole, "a whole generation").await?;
    page.keys("\u{E00C}").await
}

async fn visit(folder: &Path) -> Result<(), Fault> {
    let window = Window::open(&folder.join("vault")).await?;
    let page = &window.page;
    journey::create_vault(page, &folder.join("vault")).await?;
    let paper = noted(page).await?;
    mistyped(page).await?;
    journey::confirm_recovery(page).await?;
    journey::new_exam(page).await?;
    journey::lock(page).await?;
    // The passphrase is forgotten; what stands on the paper opens.
    journey::unlock(page, &paper).await?;
    listed(page).await?;
    change(page).await?;
    settings(page).await?;
    backed_up(page, &folder.join("backups")).await?;
    journey::lock(page).await?;
    window.close().await
}

async fn restored(folder: &Path) -> Result<(), Fault> {
    let window = Window::open(&folder.join("restored")).await?;
    journey::unlock(&window.page, CHANGED).await?;
    listed(&window.page).await?;
    window.close().await
}

/// The folder of the one generation.
fn generation(folder: &Path) -> PathBuf {
    let mut entries = std::fs::read_dir(folder).expect("the backups").filter_map(Result::ok);
    entries.find(|e| e.path().join("backup.toml").is_file()).expect("a generation").path()
}

#[tokio::test(flavor = "current_thread")]
async fn journey_of_a_forgotten_passphrase_and_a_lost_laptop() {
    let folder = tempfile::tempdir().expect("temporary folder");
    visit(folder.path()).await.unwrap_or_else(|fault| panic!("{fault}"));
    // The laptop is lost; the backup becomes a vault in a new folder.
    std::fs::remove_dir_all(folder.path().join("vault")).expect("the vault goes");
    let shown = |path: PathBuf| path.to_string_lossy().into_owned();
    let request = RestoreRequest {
        from: shown(generation(&folder.path().join("backups"))),
        to: shown(folder.path().join("restored")),
        passphrase: CHANGED.to_owned(),
    };
    let made = backup::restore(&request).map_err(|e| e.view().message).expect("a restored vault");
    assert_eq!(made.exams, 1);
    restored(folder.path()).await.unwrap_or_else(|fault| panic!("{fault}"));
}
