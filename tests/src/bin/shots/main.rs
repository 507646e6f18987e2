//! Pictures of every screen, light and dark, at 1366×768, into `target/shots/`. With the word `checklist` only those of
//! the checklist and what floats above it; with `--manual` those of the manual instead.

mod manual;

use fieldbook_app::wire::{AnswerRequest, ResultWord};
use fieldbook_app::{checklist, edition};
use fieldbook_checklist::bundled_files;
use fieldbook_tests::desk::{PASSPHRASE, exam_of, with_every_document, with_vault};
use fieldbook_tests::journey;
use fieldbook_tests::window::{Key, Page, Window};
use sha2::{Digest, Sha256};
use std::error::Error;
use std::path::{Path, PathBuf};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    if std::env::args().any(|word| word == "--manual") {
        let folder = tempfile::tempdir()?;
        let window = Window::open(&folder.path().join("vault")).await?;
        window.page.resize(1366, 768).await?;
        manual::take(&window.page, folder.path()).await?;
        return Ok(window.close().await?);
    }
    let shots = Shots(fieldbook_tests::target().join("shots"));
    std::fs::create_dir_all(&shots.0)?;
    if !std::env::args().any(|word| word == "checklist") {
        let folder = tempfile::tempdir()?;
        let window = Window::open(&folder.path().join("vault")).await?;
        window.page.resize(1366, 768).await?;
        take_all(&shots, &window.page, folder.path()).await?;
        window.close().await?;
    }
    let folder = tempfile::tempdir()?;
    let exam = many_systems(folder.path())?;
    let package = package(folder.path())?;
    let window = Window::open(&folder.path().join("vault")).await?;
    window.page.resize(1366, 768).await?;
    take_checklist(&shots, &window.page, &exam).await?;
    take_floating(&shots, &window.page, &package).await?;
    window.close().await?;
    Ok(())
}

struct Shots(PathBuf);

impl Shots {
    /// Takes the screen in both themes and leaves it as it was.
    async fn take(&self, page: &Page, screen: &str) -> Result<(), Box<dyn Error>> {
        // A step that pressed something far to the right left the tables there.
        let to_the_left =
            "document.querySelectorAll('*').forEach(e => { if (e.scrollLeft) e.scrollLeft = 0 })";
        page.script(to_the_left, Vec::new()).await?;
        let shown = page.script("return document.documentElement.dataset.theme", Vec::new()).await?;
        let first = if shown == "dark" { ["dark", "light"] } else { ["light", "dark"] };
        for theme in first {
            page.until(&format!("document.documentElement.dataset.theme === '{theme}'"), "the theme").await?;
            still(page).await?;
            std::fs::write(self.0.join(format!("{screen}-{theme}.png")), page.picture().await?)?;
            // By script, for what floats stands before the button and holds the focus.
            page.script("document.querySelector('[data-testid=theme]').click()", Vec::new()).await?;
        }
        Ok(())
    }
}

/// Waits until everything is drawn: fonts and rows that are still on their way would be missing in the picture.
async fn still(page: &Page) -> Result<(), Box<dyn Error>> {
    page.until(
        "document.fonts.status === 'loaded' && !document.querySelector('[aria-busy=true]')",
        "a still page",
    )
    .await?;
    let drawn = "window.drawn = false;
        requestAnimationFrame(() => requestAnimationFrame(() => (window.drawn = true)))";
    page.script(drawn, Vec::new()).await?;
    page.until("window.drawn", "the page to be drawn").await?;
    Ok(())
}

async fn take_all(shots: &Shots, page: &Page, folder: &Path) -> Result<(), Box<dyn Error>> {
    page.at("vault-dir").await?;
    shots.take(page, "vault-create").await?;
    journey::create_vault(page, &folder.join("vault")).await?;
    shots.take(page, "vault-recovery").await?;
    journey::confirm_recovery(page).await?;
    shots.take(page, "exams").await?;
    journey::new_exam(page).await?;
    journey::profile(page).await?;
    shots.take(page, "profile").await?;
    journey::add_files(page).await?;
    shots.take(page, "data-mapping").await?;
    // A text, whose encoding can be chosen.
    page.press_css(
        "tr:has([title$='.csv　']) [data-testid^=\"sheet-\"], [data-testid^=\"sheet-\"][title*='.csv']",
    )
    .await?;
    page.at("file-encoding").await?;
    shots.take(page, "data-text").await?;
    journey::import(page).await?;
    shots.take(page, "data").await?;
    take_rows(shots, page).await?;
    journey::run(page).await?;
    journey::confirm(page).await?;
    shots.take(page, "tests").await?;
    take_tests(shots, page).await?;
    journey::finding(page).await?;
    shots.take(page, "findings").await?;
    page.press("stage-items").await?;
    page.press_css(
        "[data-testid^=\"item-\"][aria-current], [data-testid=\"item-list\"] [data-testid^=\"item-\"]",
    )
    .await?;
    page.at("item-text").await?;
    shots.take(page, "items").await?;
    for (stage, first) in
        [("dashboard", "dashboard-answered"), ("evidence", "evidence-add"), ("review", "paper-EXAM")]
    {
        page.press(&format!("stage-{stage}")).await?;
        page.at(first).await?;
        shots.take(page, stage).await?;
    }
    journey::export(page, &folder.join("papers"), &folder.join("report.pdf")).await?;
    shots.take(page, "outputs").await?;
    page.press("exams-back").await?;
    page.press("headquarters-open").await?;
    page.at("hq-totals").await?;
    shots.take(page, "headquarters").await?;
    journey::lock(page).await?;
    shots.take(page, "vault-unlock").await
}

/// What floats above the tests, and the equipment count.
async fn take_tests(shots: &Shots, page: &Page) -> Result<(), Box<dyn Error>> {
    page.press("own-open").await?;
    page.fill("own-title", "啟用中之委外帳號").await?;
    page.choose("own-subject", "accounts").await?;
    page.fill("own-sql", "SELECT _id, account, system_name, kind\nFROM accounts\nWHERE acount LIKE 'vnd%'")
        .await?;
    page.press("own-try").await?;
    page.at("own-refused").await?;
    shots.take(page, "own-refused").await?;
    page.fill("own-sql", "SELECT _id, account, system_name, kind\nFROM accounts\nWHERE account LIKE 'vnd%'")
        .await?;
    page.press("own-try").await?;
    page.at("own-total").await?;
    shots.take(page, "own").await?;
    page.press("own-save").await?;
    page.press("own-go").await?;
    for (opens, waits, screen) in
        [("pictures-open", "bar-0", "pictures"), ("sampling-open", "draw", "sampling")]
    {
        page.press(opens).await?;
        if opens == "pictures-open" {
            page.choose("picture-dataset", "accounts").await?;
            page.choose("picture-column", "last_login").await?;
        }
        page.at(waits).await?;
        shots.take(page, screen).await?;
        let close = "document.querySelector('dialog[open]').dispatchEvent(new Event('cancel'))";
        page.script(close, Vec::new()).await?;
        page.until("!document.querySelector('dialog[open]')", "the dialog to be gone").await?;
    }
    page.press("stage-count").await?;
    page.press_css("[data-testid=count-list] [data-testid^=\"device-s:\"]").await?;
    page.press("device-found").await?;
    page.press_css("[data-testid=count-list] [data-testid^=\"device-s:\"][data-state=\"\"], [data-testid=count-list] [data-testid^=\"device-s:\"]:nth-child(3)").await?;
    shots.take(page, "count").await?;
    page.press("stage-tests").await?;
    page.press(&format!("procedure-{}", journey::PROCEDURE)).await?;
    page.at("make-finding").await?;
    Ok(())
}

/// The stored rows: the grid, a row beside what the firm wrote, the profile of a column.
async fn take_rows(shots: &Shots, page: &Page) -> Result<(), Box<dyn Error>> {
    page.press("memory-open").await?;
    page.at("memory-export").await?;
    shots.take(page, "data-memory").await?;
    page.script("document.querySelector('dialog[open]').dispatchEvent(new Event('cancel'))", Vec::new())
        .await?;
    page.until("!document.querySelector('dialog[open]')", "the dialog to be gone").await?;
    page.press("data-tab-rows").await?;
    page.press("data-set-accounts").await?;
    page.at("data-row-0").await?;
    page.press_css("[data-testid=\"data-row-0\"] [role=gridcell]").await?;
    shots.take(page, "rows").await?;
    page.press("side-column").await?;
    page.at("profile").await?;
    shots.take(page, "rows-profile").await?;
    page.press("data-tab-files").await?;
    Ok(())
}

/// A vault with the exam of a firm that every document binds and twelve systems, and an older exam with answers that
/// may be carried. Gives the id of the former.
fn many_systems(folder: &Path) -> Result<String, Box<dyn Error>> {
    let (mut desk, exam) = with_every_document(folder)?;
    exam_of(
        &mut desk,
        "114-證-0031",
        "is_sec = true\nis_fcm = true\ninet = true\ncolo = true\npii = true\n",
    )?;
    for (clause, result) in [
        ("FCM-2.1", ResultWord::Compliant),
        ("FCM-2.3", ResultWord::Partial),
        ("FCM-2.4", ResultWord::Compliant),
        ("COL-D4.1", ResultWord::Noncompliant),
    ] {
        let request = AnswerRequest {
            clause: clause.to_owned(),
            unit: String::new(),
            system: String::new(),
            result,
            method: None,
            mode: None,
            note: "檢視公司所訂規範（109年6月1日修訂）及相關紀錄。".to_owned(),
            paper_ref: "A-12".to_owned(),
            awaited: None,
        };
        checklist::answer(&mut desk, &request)?;
    }
    Ok(exam)
}

/// A chapter as a newer edition would have it: words changed, a clause moved.
fn newer(text: &str) -> String {
    [
        ("version = \"未載日期\"", "version = \"115.1\""),
        ("業務單位之權責，應明確劃分。", "業務單位之權責，應以書面明確劃分。"),
        ("（至少每半年乙次）辦理資訊系統弱點", "（至少每季乙次）辦理資訊系統弱點"),
        ("id = \"FCM-3.1\"", "id = \"FCM-3.5\""),
        ("label = \"3.(1)\"", "label = \"3.(5)\""),
    ]
    .iter()
    .fold(text.to_owned(), |text, (before, after)| text.replace(before, after))
}

/// A package of a newer edition of one document, signed in the vault of another office.
fn package(folder: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let dir = folder.join("edition");
    let files = bundled_files();
    let own = || files.iter().filter(|(path, _)| path.starts_with("taifex-fcm/"));
    let hash = |text: &str| hex::encode(Sha256::digest(text));
    let source = own().find(|(path, _)| path.ends_with("source.txt")).map_or("", |(_, text)| text);
    for (path, text) in own() {
        let file = dir.join(path);
        std::fs::create_dir_all(file.parent().unwrap_or(&dir))?;
        // The source goes along: clauses are held against it when the package is read.
        std::fs::write(file, newer(text).replace(&hash(source), &hash(&newer(source))))?;
    }
    let office = folder.join("office");
    std::fs::create_dir_all(&office)?;
    let out = folder.join("期貨商檢查機制-115.1.fbc");
    edition::authoring::pack(&mut with_vault(&office)?, &dir, &out, "期貨商檢查機制", "115.1")?;
    Ok(out)
}

/// Presses Escape and waits until nothing floats any more.
async fn leave(page: &Page) -> Result<(), Box<dyn Error>> {
    page.keys(&char::from(Key::Escape).to_string()).await?;
    page.until("!document.querySelector('dialog[open]')", "the dialog to be gone").await?;
    Ok(())
}

/// What comes when a key is pressed; left again by Escape.
async fn by_key(
    shots: &Shots,
    page: &Page,
    key: &str,
    floats: &str,
    screen: &str,
) -> Result<(), Box<dyn Error>> {
    page.keys(key).await?;
    page.at(floats).await?;
    shots.take(page, screen).await?;
    leave(page).await
}

async fn take_checklist(shots: &Shots, page: &Page, exam: &str) -> Result<(), Box<dyn Error>> {
    page.fill("vault-passphrase", PASSPHRASE).await?;
    page.press("vault-unlock").await?;
    page.press(&format!("exam-open-{exam}")).await?;
    page.press("stage-items").await?;
    journey::item(page, "BSL-6.8").await?;
    page.keys("1]3]2").await?;
    page.until("document.querySelector('[data-testid=answer-saved]')", "the answers to be stored").await?;
    shots.take(page, "items-matrix").await?;
    journey::item(page, "COL-D4.1").await?;
    page.keys("3").await?;
    page.at("answer-saved").await?;
    shots.take(page, "items-relatives").await?;
    for (key, floats, screen) in [
        ("t", "copy", "items-copy"),
        ("p", "phrases", "items-phrases"),
        ("a", "override", "items-override"),
        ("?", "keys", "items-keys"),
    ] {
        by_key(shots, page, key, floats, screen).await?;
    }
    page.keys("g").await?;
    page.at("source-line-1").await?;
    shots.take(page, "items-source").await?;
    page.keys("gjx").await?;
    for _ in 0..3 {
        page.chord(&[Key::Shift], 'J').await?;
    }
    by_key(shots, page, "b", "bulk", "items-bulk").await?;
    page.press("filter-open").await?;
    page.at("filter-close").await?;
    shots.take(page, "items-filter").await?;
    page.press("filter-close").await?;
    page.press("stage-patterns").await?;
    page.press("pattern-C7").await?;
    page.at("pattern-pane").await?;
    shots.take(page, "patterns").await
}

async fn take_floating(shots: &Shots, page: &Page, package: &Path) -> Result<(), Box<dyn Error>> {
    journey::command(page, "editions").await?;
    page.at("package-path").await?;
    shots.take(page, "editions").await?;
    page.fill("package-path", &package.to_string_lossy()).await?;
    page.press("package-inspect").await?;
    page.at("package-holds").await?;
    shots.take(page, "editions-package").await?;
    page.press("package-compared").await?;
    page.fill("package-trust-name", "公會資訊室").await?;
    page.press("package-load").await?;
    page.at("package-done").await?;
    page.press("compare-run").await?;
    page.until(
        "document.querySelector('[data-testid=changes]')?.innerText.includes('本案釘選')",
        "what differs from the exam's edition",
    )
    .await?;
    shots.take(page, "editions-compare").await?;
    leave(page).await?;
    journey::command(page, "carry").await?;
    page.at("carry-exam").await?;
    shots.take(page, "carry").await?;
    let first = "return document.querySelectorAll('[data-testid=carry-exam] option')[1].value";
    let exam = page.script(first, Vec::new()).await?;
    page.choose("carry-exam", exam.as_str().unwrap_or_default()).await?;
    page.at("carry-apply").await?;
    shots.take(page, "carry-preview").await?;
    leave(page).await?;
    journey::command(page, "request list").await?;
    page.at("requests-path").await?;
    shots.take(page, "requests").await?;
    leave(page).await
}
