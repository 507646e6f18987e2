//! Seventeen files dropped at once in the real window: one mapping corrected, all stored as one batch; a newer version of a
//! list compared, put in its place and taken back again; and the receipt of what was handed over.

use fieldbook_tests::desk::{PASSPHRASE, with_every_document};
use fieldbook_tests::journey;
use fieldbook_tests::second_reader::{by_calamine, pdf_text, squeezed};
use fieldbook_tests::window::{Fault, Page, Window};
use serde_json::Value as Json;
use std::path::{Path, PathBuf};

/// The list of the stocktaking, whose `U數` is a height and no place.
const STOCKTAKING: &str = "11_機房實地盤點表.csv";
const FILES: usize = 17;

/// Expression for the text of the line on which a table of a file stands.
fn line(file: &str) -> String {
    format!(
        "[...document.querySelectorAll('[data-testid^=\"sheet-\"]')].find(b => b.textContent.includes('{file}'))
            ?.closest('tr').innerText"
    )
}

/// Chooses the table of a file in the list.
async fn choose(page: &Page, file: &str) -> Result<(), Fault> {
    let found = format!(
        "[...document.querySelectorAll('[data-testid^=\"sheet-\"]')].find(b => b.textContent.includes('{file}'))"
    );
    page.until(&found, file).await?;
    page.script(&format!("{found}.click()"), Vec::new()).await?;
    let shown = format!("document.querySelector('[data-testid=mapping] h2')?.innerText.includes('{file}')");
    page.until(&shown, "its mapping").await
}

async fn open(page: &Page, exam: &str) -> Result<(), Fault> {
    page.fill("vault-passphrase", PASSPHRASE).await?;
    page.press("vault-unlock").await?;
    page.press(&format!("exam-open-{exam}")).await?;
    page.at("stage-data").await.map(|_| ())
}

/// Takes the column that is a height off the place in the rack, and sees that the preview follows.
async fn correct(page: &Page) -> Result<(), Fault> {
    choose(page, STOCKTAKING).await?;
    let heads = "document.querySelector('[data-testid=preview] thead')?.innerText";
    page.until(&format!("{heads}.includes('U位')"), "the place in the rack in the preview").await?;
    page.choose("map-column-2", "").await?;
    page.until(&format!("!{heads}.includes('U位') && {heads}.includes('機櫃位置')"), "the preview without it")
        .await
}

/// Takes what needs a look only as it was recognised; nothing else may be open, and everything goes in.
async fn commit(page: &Page) -> Result<(), Fault> {
    if page.has("foot-accept").await? {
        page.press("foot-accept").await?;
    }
    page.fill("import-from", "陳甲一").await?;
    page.press("import-all").await?;
    page.at("reconciled").await.map(|_| ())
}

/// Number of files that a batch names on the screen.
fn files_of(batch: u32) -> String {
    format!("document.querySelectorAll('[data-testid=\"batch-{batch}\"] strong').length")
}

/// The list again with one model changed, as a firm hands it in after questions.
fn newer(folder: &Path) -> PathBuf {
    let older = fieldbook_tests::sample_folder().join("firm").join(STOCKTAKING);
    let mut text = std::fs::read(older).expect("the list");
    let model = text.windows(4).position(|w| w == b"X100").expect("a model");
    text[model + 1] = b'2';
    let path = folder.join("11_機房實地盤點表_1100115.csv");
    std::fs::write(&path, text).expect("the newer list");
    path
}

/// The newer list asks what it is, shows what changed, takes the older one's place, and is taken back.
async fn replace_and_undo(page: &Page, newer: &Path) -> Result<(), Fault> {
    page.fill("import-path", &newer.to_string_lossy()).await?;
    page.press("import-add").await?;
    let asked = "document.querySelector('[data-kind=earlier]')?.innerText.includes('名稱相近')";
    page.until(asked, "the question whether it is a newer version").await?;
    assert_eq!(
        page.script("return document.querySelector('[data-testid=import-all]').disabled", Vec::new()).await?,
        Json::Bool(true),
        "nothing is replaced in silence"
    );
    choose(page, "1100115").await?;
    page.press_css("[data-testid^=\"compare-\"]").await?;
    let counts = "document.querySelector('[data-testid=compare-counts]')?.innerText.replace(/\\s/g, '')";
    page.until(
        &format!("/變更1/.test({counts}) && /新增0/.test({counts}) && /移除0/.test({counts})"),
        "one change",
    )
    .await?;
    let row = "document.querySelector('[data-testid=compare-rows] tbody')?.innerText";
    page.until(&format!("{row}.includes('X100') && {row}.includes('X200')"), "the value before and after")
        .await?;
    page.press("compare-replace").await?;
    page.until("!document.querySelector('dialog[open]')", "the dialog to be gone").await?;
    page.press("import-all").await?;
    page.at("batch-2-undo").await?;
    let shut = "[data-testid=batch-1] [aria-expanded=false]";
    if page.script(&format!("return !!document.querySelector('{shut}')"), Vec::new()).await?
        == Json::Bool(true)
    {
        page.press_css(shut).await?;
    }
    page.until(
        "document.querySelector('[data-testid=batch-1] [data-superseded]')",
        "the older list to be superseded",
    )
    .await?;
    page.press("batch-2-undo").await?;
    page.until(
        "document.querySelector('[data-testid=undo-files]').innerText.includes('1100115')",
        "the file that goes",
    )
    .await?;
    page.fill("undo-word", "撤銷").await?;
    page.press("undo-confirm").await?;
    page.until(
        "!document.querySelector('[data-testid=batch-2]') && !document.querySelector('[data-superseded]')",
        "the older list to be back",
    )
    .await
}

/// Rows of the corrected table as they are stored, by the dialog that shows them.
async fn stored_heads(page: &Page) -> Result<String, Fault> {
    let found = format!(
        "[...document.querySelectorAll('[data-testid=batch-1-rows]')].find(b => b.getAttribute('aria-label').includes('{STOCKTAKING}'))"
    );
    page.until(&found, "the rows of the stocktaking").await?;
    page.script(&format!("{found}.click()"), Vec::new()).await?;
    page.until("document.querySelector('[data-testid=rows] thead')", "its rows").await?;
    let heads = page
        .script("return document.querySelector('[data-testid=rows] thead').innerText", Vec::new())
        .await?;
    page.script(
        "document.querySelector('[data-testid=rows]').dispatchEvent(new Event('cancel'))",
        Vec::new(),
    )
    .await?;
    page.until("!document.querySelector('dialog[open]')", "the dialog to be gone").await?;
    Ok(heads.as_str().unwrap_or_default().to_owned())
}

async fn visit(folder: &Path, exam: &str) -> Result<(), Fault> {
    let window = Window::open(&folder.join("vault")).await?;
    let page = &window.page;
    open(page, exam).await?;
    journey::add_files(page).await?;
    correct(page).await?;
    commit(page).await?;
    page.until(&format!("{} === {FILES}", files_of(1)), "every file in one batch").await?;
    let told = page.text("reconciled").await?;
    assert!(told.contains(&format!("{FILES} 檔")) && told.contains('＝'), "{told}");
    let heads = stored_heads(page).await?;
    assert!(heads.contains("機櫃位置") && !heads.contains("U位"), "the correction is stored: {heads}");
    replace_and_undo(page, &newer(folder)).await?;
    page.until(&format!("!({})", line("1100115")), "nothing to wait").await?;
    page.press("stage-outputs").await?;
    page.press("document-receipt").await?;
    page.fill("receipt-path", &folder.join("receipt").to_string_lossy()).await?;
    page.press("receipt-export").await?;
    page.at("receipt-result").await?;
    journey::lock(page).await?;
    window.close().await
}

fn made(folder: &Path, ending: &str) -> PathBuf {
    let files = std::fs::read_dir(folder.join("receipt")).expect("the receipt's folder");
    let mut paths = files.filter_map(|entry| entry.ok().map(|e| e.path()));
    paths.find(|path| path.extension().is_some_and(|e| e == ending)).expect("the receipt")
}

#[tokio::test(flavor = "current_thread")]
async fn journey_of_many_files_one_correction_and_one_batch_taken_back() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, exam) = with_every_document(folder.path()).expect("an exam");
    drop(desk);
    visit(folder.path(), &exam).await.unwrap_or_else(|fault| panic!("{fault}"));
    let cells: Vec<String> =
        by_calamine(&made(folder.path(), "xlsx")).into_values().flatten().flatten().collect();
    let paper = pdf_text(&made(folder.path(), "pdf"));
    for file in std::fs::read_dir(fieldbook_tests::sample_folder().join("firm")).expect("the sample") {
        let name = file.expect("a file").file_name().to_string_lossy().into_owned();
        assert!(cells.iter().any(|cell| cell.contains(&name)), "the workbook lacks {name}");
        assert!(paper.contains(&squeezed(&name)), "the paper lacks {name}");
    }
    assert!(paper.contains("陳甲一"), "who handed the files over");
}
