//! Evidence in the real window: taken into custody, looked at, handed back, and a copy that leaves with an entry.

use crate::stored;
use fieldbook_tests::desk::{exam_of, with_vault};
use fieldbook_tests::window::{Fault, Page, Window};
use std::path::Path;

const TEXT: &str = "機房門禁紀錄\n109/12/31 09:00 陳甲一 進入";

async fn taken(page: &Page, folder: &Path) -> Result<(), Fault> {
    let (picture, text) = (folder.join("rack.png"), folder.join("door.txt"));
    page.press("stage-evidence").await?;
    page.press("evidence-add").await?;
    page.fill("evidence-path", &format!("{};{}", picture.display(), text.display())).await?;
    page.keys("\u{E007}").await?;
    page.at("evidence-file-1").await?;
    page.fill("evidence-source", "資訊部 陳甲一").await?;
    page.press("evidence-take").await?;
    page.until("!document.querySelector('dialog[open]')", "both to be taken").await?;
    page.at("piece-2").await.map(|_| ())
}

/// Each kind by the host's own reader, none by the browser's.
async fn looked_at(page: &Page) -> Result<(), Fault> {
    page.press("piece-1").await?;
    page.press("piece-tab-preview").await?;
    let drawn = "document.querySelector('[data-testid=preview-picture]')?.naturalWidth > 0";
    page.until(drawn, "the picture").await?;
    page.press("piece-2").await?;
    page.press("piece-tab-preview").await?;
    let read = "document.querySelector('[data-testid=preview-text]')?.innerText.includes('陳甲一 進入')";
    page.until(read, "the text").await
}

async fn handed_back(page: &Page) -> Result<(), Fault> {
    page.press("piece-tab-custody").await?;
    page.press("custody-record").await?;
    page.press("custody-event-returned").await?;
    page.fill("custody-to", "陳甲一").await?;
    page.fill("custody-receipt", "R-0001").await?;
    page.press_css("[data-testid=custody-window] form button.primary").await?;
    let entry = "document.querySelector('[data-testid=custody]')?.innerText.includes('R-0001')";
    page.until(entry, "the entry of the return").await
}

async fn copied(page: &Page, to: &Path) -> Result<(), Fault> {
    page.press("piece-1").await?;
    page.press("piece-tab-index").await?;
    page.press("piece-export").await?;
    page.fill("piece-copy-path", &to.to_string_lossy()).await?;
    page.press("piece-copy-export").await?;
    page.until("document.querySelector('[data-testid=piece-copy-result] .ok')", "the copy").await?;
    page.keys("\u{E00C}").await?;
    page.press("piece-tab-custody").await?;
    let entries =
        "document.querySelectorAll('[data-testid=custody] [data-testid^=custody-]:is(li)').length >= 2";
    page.until(entries, "the entry of the copy").await
}

async fn visit(folder: &Path, exam: &str) -> Result<(), Fault> {
    let window = Window::open(&folder.join("vault")).await?;
    let page = &window.page;
    stored::open(page, exam).await?;
    taken(page, folder).await?;
    looked_at(page).await?;
    handed_back(page).await?;
    copied(page, &folder.join("copy.png")).await?;
    window.close().await
}

#[tokio::test(flavor = "current_thread")]
async fn journey_of_evidence_from_the_rack_to_its_return() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = with_vault(folder.path()).expect("a vault");
    let exam = exam_of(&mut desk, "115-期-0001", "is_fcm = true").expect("an exam").head.id;
    drop(desk);
    let icon = fieldbook_tests::root().join("assets/icons/icon.png");
    std::fs::copy(&icon, folder.path().join("rack.png")).expect("a picture");
    std::fs::write(folder.path().join("door.txt"), TEXT).expect("a text");
    visit(folder.path(), &exam).await.unwrap_or_else(|fault| panic!("{fault}"));
    let read = |path: &Path| std::fs::read(path).expect("a file");
    assert_eq!(read(&folder.path().join("copy.png")), read(&icon), "the copy is byte for byte");
}
