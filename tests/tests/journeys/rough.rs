//! What people do to a window that nobody thought of: a small screen, a note of ten thousand characters, a web page pasted
//! into a field, two hundred files at once.

use crate::stored;
use fieldbook_tests::desk::with_every_document;
use fieldbook_tests::journey;
use fieldbook_tests::window::{Fault, Page, Window};
use serde_json::json;
use std::fmt::Write as _;
use std::path::Path;

const CLAUSE: &str = "COL-D4.1";
const FILES: usize = 200;
const LETTERS: usize = 10_000;

/// Every stage on a screen of 1024×600: nothing runs out at the side, and what is to be pressed next is on the screen.
async fn small(window: &Window) -> Result<(), Fault> {
    let page = &window.page;
    window.resize(1024, 600).await?;
    let named = "return [...document.querySelectorAll('[data-testid^=stage-]')].map(e => e.dataset.testid)";
    let stages = page.script(named, Vec::new()).await?;
    for stage in stages.as_array().into_iter().flatten().filter_map(|s| s.as_str()) {
        page.press(stage).await?;
        page.until("!document.querySelector('[aria-busy=true]')", &format!("{stage} to be shown")).await?;
        let fits = "document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight
            && document.querySelector('main').getBoundingClientRect().right <= innerWidth + 1";
        page.until(fits, &format!("{stage} to fit the screen")).await?;
    }
    Ok(())
}

fn long_note() -> String {
    let mut note = String::new();
    let mut n = 0;
    while note.chars().count() < LETTERS {
        n += 1;
        // Writing into a text does not fail.
        let _ = write!(note, "第{n}段：經抽查核對帳號清冊與人員名冊，");
    }
    note.chars().take(LETTERS).collect()
}

/// A paste with a web page in it, as the browser beside it offers one; gives what the field holds then.
async fn paste(page: &Page, field: &str) -> Result<String, Fault> {
    page.press(field).await?;
    let put = "const [html, text] = arguments; const data = new DataTransfer(); data.setData('text/html', html);
        data.setData('text/plain', text);
        const at = document.activeElement;
        const taken = at.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        if (taken) document.execCommand('insertHTML', false, html);
        return at.value ?? at.innerHTML";
    let held = page.script(put, vec![json!(HTML), json!("plain")]).await?;
    Ok(held.as_str().unwrap_or_default().to_owned())
}

const HEAD: &str = "系統名稱,帳號,使用者姓名,員工編號,所屬單位,帳號類型,權限等級,狀態,建立日期,最後登入時間,密碼最後變更日,密碼永不過期";
const HTML: &str = "<b onclick=\"window.ran = 1\">plain</b><img src=x onerror=\"window.ran = 1\"><script>window.ran = 1</script>";

async fn written(page: &Page, note: &str) -> Result<(), Fault> {
    page.press("stage-items").await?;
    journey::item(page, CLAUSE).await?;
    page.keys("3").await?;
    page.at("answer-saved").await?;
    page.fill("item-paper", "").await?;
    let held = paste(page, "item-paper").await?;
    assert!(!held.contains('<'), "no markup is kept: {held}");
    // What looks like markup is a text like any other.
    page.fill("item-paper", HTML).await?;
    page.fill("item-note", note).await?;
    page.keys("\u{E004}").await?;
    page.press("stage-dashboard").await?;
    page.press("stage-items").await?;
    journey::item(page, CLAUSE).await?;
    let held = "document.querySelector('[data-testid=item-note]').value.length === 10000";
    page.until(held, "the whole note").await?;
    page.until("window.ran === undefined", "nothing of it to run").await
}

/// As many files as somebody drags over at once: each gets its line or its reason.
async fn dropped(page: &Page, folder: &Path) -> Result<(), Fault> {
    let mut paths = Vec::new();
    for n in 0..FILES {
        let path = folder.join(format!("帳號{n:03}.csv"));
        let text = format!(
            "{HEAD}\n網路下單系統,a{n:04},陳甲一,E{n:04},資訊部,員工,一般,啟用,105/03/02,2020-12-28 08:40:00,109/12/02,否\n"
        );
        std::fs::write(&path, text).map_err(|e| Fault::Start(e.to_string()))?;
        paths.push(path.to_string_lossy().into_owned());
    }
    page.press("stage-data").await?;
    page.at("import-path").await?;
    page.drop_files(&paths).await?;
    let looked = format!(
        "document.querySelector('[data-testid=\"sheet-{}-0\"]') && !document.querySelector('[data-testid=job-cancel]')",
        FILES - 1
    );
    page.until(&looked, "every file to be looked into").await?;
    if page.has("foot-accept").await? {
        page.press("foot-accept").await?;
    }
    page.press("import-all").await?;
    page.at("reconciled").await.map(|_| ())
}

async fn visit(folder: &Path, exam: &str, note: &str) -> Result<(), Fault> {
    let window = Window::open(&folder.join("vault")).await?;
    let page = &window.page;
    stored::open(page, exam).await?;
    small(&window).await?;
    written(page, note).await?;
    dropped(page, folder).await?;
    journey::lock(page).await?;
    window.close().await
}

#[tokio::test(flavor = "current_thread")]
async fn journey_of_rough_use() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, exam) = with_every_document(folder.path()).expect("an exam");
    drop(desk);
    let note = long_note();
    visit(folder.path(), &exam, &note).await.unwrap_or_else(|fault| panic!("{fault}"));
    let desk = stored::opened(folder.path(), &exam);
    let item = stored::item(&desk, CLAUSE);
    assert_eq!(item.answers[0].note, note);
    assert_eq!(item.answers[0].paper_ref, HTML, "kept as it was typed");
    assert_eq!(stored::batches(&desk).iter().map(|b| b.files.len()).sum::<usize>(), FILES);
}
