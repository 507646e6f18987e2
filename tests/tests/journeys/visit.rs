//! A whole visit in the real window, and what it leaves on the disk.

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

/// What a page that somebody has got a word into would try, each as an expression that is true when it came to nothing.
const TRIES: [(&str, &str); 6] = [
    ("a page elsewhere", "(location.href = 'https://example.invalid/', location.protocol === 'tauri:')"),
    ("another window", "window.open('https://example.invalid/') === null"),
    ("code from a text", "(() => { try { return (0, eval)('1 + 1') !== 2 } catch { return true } })()"),
    (
        "an inline script",
        "(() => { const s = document.createElement('script'); s.textContent = 'window.__ran = 1';
            document.head.append(s); return window.__ran === undefined })()",
    ),
    ("the global Tauri", "window.__TAURI__ === undefined"),
    ("a page in a frame", "(() => { const f = document.createElement('iframe'); f.src = 'https://example.invalid/';
            document.body.append(f); try { return f.contentDocument === null || f.contentDocument.body.childElementCount === 0 } finally { f.remove() } })()"),
];

/// Requests that a server would see: whether each failed is noted on the window.
const REQUESTS: &str = "
    window.__failed = {};
    const note = (name) => (failed) => { window.__failed[name] = failed };
    fetch('https://example.invalid/').then(() => note('fetch')(false), () => note('fetch')(true));
    const image = new Image();
    image.onload = () => note('image')(false);
    image.onerror = () => note('image')(true);
    image.src = 'https://example.invalid/x.png';";

async fn tried(folder: &Path) -> Result<Vec<String>, Fault> {
    let window = Window::open(&folder.join("vault")).await?;
    let page = &window.page;
    page.at("vault-create").await?;
    let mut done = Vec::new();
    for (what, came_to_nothing) in TRIES {
        if page.script(&format!("return Boolean({came_to_nothing})"), Vec::new()).await? != true {
            done.push(what.to_owned());
        }
    }
    page.script(REQUESTS, Vec::new()).await?;
    page.until("window.__failed.fetch && window.__failed.image", "requests to fail").await?;
    // The program's own pages are still there.
    page.at("vault-create").await?;
    window.close().await?;
    Ok(done)
}

#[tokio::test(flavor = "current_thread")]
async fn journey_of_a_hostile_page_leads_nowhere() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let done = tried(folder.path()).await.unwrap_or_else(|fault| panic!("{fault}"));
    assert!(done.is_empty(), "a page could do: {done:?}");
}
