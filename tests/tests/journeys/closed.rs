//! Work that ends in the middle: the window closed or killed, the laptop asleep, the vault locked, the pages crashed, a second
//! window. What was acknowledged is there, nothing is half there, and there is a clear way on.

use crate::stored;
use fieldbook_tests::desk::{PASSPHRASE, import_sample, run_all, with_every_document, with_exam};
use fieldbook_tests::journey;
use fieldbook_tests::window::{Bare, Fault, Key, Page, Window, gone, signal};
use std::path::Path;
use std::time::Duration;

const CLAUSE: &str = "COL-D4.1";
/// Rows that take an unoptimised build some seconds.
const ROWS: usize = 120_000;

/// Writes a note as fast as it goes; nothing waits until it is stored.
async fn write(page: &Page, note: &str) -> Result<(), Fault> {
    page.press("stage-items").await?;
    journey::item(page, CLAUSE).await?;
    page.keys("3").await?;
    page.at("answer-saved").await?;
    page.press("item-note").await?;
    page.script("document.querySelector('[data-testid=item-note]').value = ''", Vec::new()).await?;
    page.keys(note).await
}

/// Looks into a list and begins to take it in; returns in the middle of that.
async fn begin_import(page: &Page, list: &Path) -> Result<(), Fault> {
    page.press("stage-data").await?;
    page.fill("import-path", &list.to_string_lossy()).await?;
    page.press("import-add").await?;
    let looked = "document.querySelector('[data-testid=\"sheet-0-0\"]') && !document.querySelector('[data-testid=job-cancel]')";
    page.until(looked, "the list to be looked into").await?;
    if page.has("foot-accept").await? {
        page.press("foot-accept").await?;
    }
    page.press("import-all").await?;
    let percent =
        "parseInt(/(\\d+)%/.exec(document.querySelector('[data-testid=job]')?.innerText ?? '')?.[1] ?? '0')";
    page.until(&format!("{percent} >= 5 && {percent} <= 80"), "the middle of the import").await
}

/// The exam as it was, with nothing of the list; and what can be done next is there.
async fn as_before(page: &Page, exam: &str) -> Result<(), Fault> {
    stored::open(page, exam).await?;
    page.press("stage-data").await?;
    page.at("import-path").await?;
    page.until("!document.querySelector('[data-testid^=\"batch-\"]')", "no batch").await
}

async fn cut_off(folder: &Path, exam: &str) -> Result<(), Fault> {
    let list = folder.join("orders.csv");
    journey::long_list(&list, ROWS).map_err(|e| Fault::Start(e.to_string()))?;
    let window = Window::open(&folder.join("vault")).await?;
    stored::open(&window.page, exam).await?;
    write(&window.page, "before the import").await?;
    begin_import(&window.page, &list).await?;
    window.kill();

    let window = Window::open(&folder.join("vault")).await?;
    as_before(&window.page, exam).await?;
    begin_import(&window.page, &list).await?;
    window.close_by_button()?;

    let window = Window::open(&folder.join("vault")).await?;
    as_before(&window.page, exam).await?;
    journey::lock(&window.page).await?;
    window.close().await
}

#[tokio::test(flavor = "current_thread")]
async fn journey_of_an_import_that_is_cut_off_twice() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, exam) = with_every_document(folder.path()).expect("an exam");
    drop(desk);
    cut_off(folder.path(), &exam).await.unwrap_or_else(|fault| panic!("{fault}"));
    let desk = stored::opened(folder.path(), &exam);
    assert_eq!(stored::note(&desk, CLAUSE), "before the import");
    assert!(stored::batches(&desk).is_empty(), "nothing of the list is stored");
}

/// Waits until a folder holds something.
async fn filling(folder: &Path) {
    while std::fs::read_dir(folder).map_or(0, Iterator::count) == 0 {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

async fn papers(page: &Page, folder: &Path) -> Result<(), Fault> {
    page.press("stage-outputs").await?;
    page.press("document-papers").await?;
    page.fill("papers-path", &folder.to_string_lossy()).await?;
    page.press("papers-export").await
}

async fn export_cut_off(folder: &Path, exam: &str) -> Result<(), Fault> {
    let out = folder.join("papers");
    let window = Window::open(&folder.join("vault")).await?;
    stored::open(&window.page, exam).await?;
    papers(&window.page, &out).await?;
    filling(&out).await;
    window.kill();
    let half: Vec<_> = names(&out);

    let window = Window::open(&folder.join("vault")).await?;
    stored::open(&window.page, exam).await?;
    papers(&window.page, &out).await?;
    window.page.at("papers-result").await?;
    // Closed in the middle of the next one, the window goes when that is done.
    let report = folder.join("report.pdf");
    window.page.press("document-report").await?;
    window.page.fill("report-path", &report.to_string_lossy()).await?;
    window.page.press("report-export").await?;
    window.close_by_button()?;
    assert!(half.len() < names(&out).len(), "it was cut off in the middle: {half:?}");
    Ok(())
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the papers").filter_map(Result::ok);
    let mut names: Vec<String> = entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[tokio::test(flavor = "current_thread")]
async fn journey_of_an_export_that_is_cut_off() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, exam) = with_exam(folder.path()).expect("an exam");
    import_sample(&mut desk).expect("the sample");
    run_all(&mut desk).expect("runs");
    drop(desk);
    export_cut_off(folder.path(), &exam.head.id).await.unwrap_or_else(|fault| panic!("{fault}"));
    let out = folder.path().join("papers");
    for name in names(&out) {
        assert!(!name.ends_with(".part"), "{name} was left");
        let bytes = std::fs::read(out.join(&name)).expect("a paper");
        assert!(bytes.starts_with(b"PK") || !name.ends_with(".xlsx"), "{name} is whole");
    }
    let report = std::fs::read(folder.path().join("report.pdf"));
    assert!(
        report.map_or(true, |bytes| bytes.windows(5).any(|w| w == b"%%EOF")),
        "the report is whole or not there"
    );
}

async fn asleep(folder: &Path, exam: &str) -> Result<(), Fault> {
    let list = folder.join("orders.csv");
    journey::long_list(&list, ROWS).map_err(|e| Fault::Start(e.to_string()))?;
    let window = Window::open(&folder.join("vault")).await?;
    let page = &window.page;
    stored::open(page, exam).await?;
    write(page, "before the lid was closed").await?;
    begin_import(page, &list).await?;
    // Nothing of the program runs for longer than a clock may stand still: for it the machine slept.
    let program = window.processes().program;
    signal(program, "STOP");
    tokio::time::sleep(Duration::from_secs(35)).await;
    signal(program, "CONT");
    let told = page.text("locked-by").await?;
    assert!(told.contains("睡眠") || told.contains("休眠"), "{told}");
    as_before(page, exam).await?;
    journey::lock(page).await?;
    window.close().await
}

#[tokio::test(flavor = "current_thread")]
async fn journey_of_a_laptop_asleep_in_the_middle_of_an_import() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, exam) = with_every_document(folder.path()).expect("an exam");
    drop(desk);
    asleep(folder.path(), &exam).await.unwrap_or_else(|fault| panic!("{fault}"));
    let desk = stored::opened(folder.path(), &exam);
    assert_eq!(stored::note(&desk, CLAUSE), "before the lid was closed");
    assert!(stored::batches(&desk).is_empty(), "nothing of the list is stored");
}

/// A second window says that the first has the vault, and opens it when that one is gone.
async fn second(folder: &Path, exam: &str) -> Result<(), Fault> {
    let first = Window::open(&folder.join("vault")).await?;
    stored::open(&first.page, exam).await?;
    let other = Window::open(&folder.join("vault")).await?;
    other.page.fill("vault-passphrase", PASSPHRASE).await?;
    other.page.press("vault-unlock").await?;
    other
        .page
        .until("document.querySelector('[data-code=vault_in_use]')", "that the vault is open elsewhere")
        .await?;
    // The first is not disturbed. Closed in the middle of a word, it stores the word.
    write(&first.page, "closed at once").await?;
    first.close_by_button()?;
    stored::open(&other.page, exam).await?;
    journey::command(&other.page, CLAUSE).await?;
    let held = "document.querySelector('[data-testid=item-note]')?.value === 'closed at once'";
    other.page.until(held, "what the first window wrote").await?;
    // Locked in the middle of a word as well.
    write(&other.page, "locked at once").await?;
    other.page.chord(&[Key::Control], 'l').await?;
    other.page.at("vault-unlock").await?;
    other.close().await
}

#[tokio::test(flavor = "current_thread")]
async fn journey_of_two_windows_and_words_in_the_middle() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, exam) = with_every_document(folder.path()).expect("an exam");
    drop(desk);
    second(folder.path(), &exam).await.unwrap_or_else(|fault| panic!("{fault}"));
    assert_eq!(stored::note(&stored::opened(folder.path(), &exam), CLAUSE), "locked at once");
}

/// The web view's process ends: the program goes on and begins its pages again. The driver's session ends with the pages, so
/// that what they say is a matter of the window's own tests; that they answer is seen from the host, which they help to close.
async fn crashed(folder: &Path, exam: &str) -> Result<(), Fault> {
    let window = Window::open(&folder.join("vault")).await?;
    stored::open(&window.page, exam).await?;
    write(&window.page, "stored before the crash").await?;
    // The other stage is shown when the note is on its way; the one after it, when it has arrived.
    for stage in ["dashboard", "items"] {
        window.page.press(&format!("stage-{stage}")).await?;
    }
    let held = "document.querySelector('[data-testid=item-note]')?.value === 'stored before the crash'";
    journey::item(&window.page, CLAUSE).await?;
    window.page.until(held, "the note to be stored").await?;
    let before = window.processes();
    signal(before.pages, "KILL");
    let after = window.pages_again(before.pages)?;
    assert_eq!(after.program, before.program, "the program goes on");
    window.close_by_button()
}

#[tokio::test(flavor = "current_thread")]
async fn journey_of_pages_that_crash() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, exam) = with_every_document(folder.path()).expect("an exam");
    drop(desk);
    crashed(folder.path(), &exam).await.unwrap_or_else(|fault| panic!("{fault}"));
    assert_eq!(stored::note(&stored::opened(folder.path(), &exam), CLAUSE), "stored before the crash");
}

/// Nothing drives this window, as at an examiner's: a lock ends the process that held the pages, and the next passphrase opens
/// the vault in another.
fn locked_undriven(folder: &Path) -> Result<(), Fault> {
    let window = Bare::open(&folder.join("vault"))?;
    let mut pages = window.processes().pages;
    for _ in 0..2 {
        let before = pages;
        // There is nothing to lock before the vault is open, and no word for when it is.
        pages = window.until_pages_are_others(before, |window| {
            window.enter(PASSPHRASE)?;
            window.control('l')
        })?;
        assert!(gone(before), "the process that held the pages");
    }
    window.close_by_button()
}

#[test]
fn journey_of_a_lock_that_nothing_drives() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, _) = with_every_document(folder.path()).expect("an exam");
    drop(desk);
    locked_undriven(folder.path()).unwrap_or_else(|fault| panic!("{fault}"));
}
