//! From the firm's files to three findings in the real window: groups, the equipment count, a procedure of one's own, a
//! picture.

use fieldbook_tests::journey;
use fieldbook_tests::window::{Fault, Page, Window};
use std::path::Path;

/// A procedure, the rule whose rows are one finding, and what the finding is called.
const FINDINGS: [(&str, &str, &str); 3] = [
    ("T-COL-05", "1", "最高權限帳號由廠商使用"),
    ("T-ACC-06", "1", "離職人員之帳號未停用"),
    ("T-ACC-09", "1", "契約結束後廠商帳號未收回"),
];

const SQL: &str = "SELECT _id, account, system_name FROM accounts WHERE status = 'enabled'";

/// Makes a finding of a rule's rows, confirming them on the way, and saves it.
async fn finding(page: &Page, no: usize, (procedure, rule, title): (&str, &str, &str)) -> Result<(), Fault> {
    page.press("stage-tests").await?;
    page.press(&format!("procedure-{procedure}")).await?;
    // The groups of the procedure before it stay until its own are there.
    let shown =
        format!("document.querySelector('[data-testid=\"procedure-{procedure}\"][aria-current=true]')");
    page.until(&shown, "the procedure").await?;
    page.press(&format!("group-rule-{rule}")).await?;
    page.press("make-finding").await?;
    page.fill("group-ask-note", "已當場確認。").await?;
    page.press("group-ask-confirm").await?;
    // Until the draft is there, the finding before it is shown.
    let drafted =
        format!("document.querySelector('[data-testid=finding-condition]')?.value.includes('{procedure}')");
    page.until(&drafted, "the draft, whose sentence names the paper").await?;
    page.fill("finding-title", title).await?;
    page.fill("finding-effect", "無法確認使用人，事後難以追究責任。").await?;
    page.fill("finding-recommendation", "請檢討帳號管理作業。").await?;
    page.press("finding-save-draft").await?;
    page.at(&format!("finding-{no}")).await.map(|_| ())
}

async fn count(page: &Page) -> Result<(), Fault> {
    page.press("stage-count").await?;
    page.press_css("[data-testid=count-list] [data-testid^=\"device-s:\"]").await?;
    page.press("device-found").await?;
    let found = "[...document.querySelectorAll('[data-testid^=\"device-s:\"]')].filter(e => e.dataset.state === 'found')";
    page.until(&format!("{found}.length === 1"), "one device to be found").await?;
    page.press("count-undo").await?;
    page.until(&format!("{found}.length === 0"), "the step to be taken back").await
}

async fn own(page: &Page) -> Result<(), Fault> {
    page.press("stage-tests").await?;
    page.press("own-open").await?;
    page.fill("own-title", "啟用中之帳號").await?;
    page.choose("own-subject", "accounts").await?;
    page.fill("own-sql", "SELECT _id, acount FROM accounts").await?;
    page.press("own-try").await?;
    page.at("own-refused").await?;
    page.fill("own-sql", SQL).await?;
    page.press("own-try").await?;
    page.at("own-total").await?;
    page.press("own-save").await?;
    page.press("own-go").await?;
    page.press("procedure-X-01").await?;
    page.press("run-selected").await?;
    let ran = "document.querySelector('[data-testid=\"procedure-X-01\"][data-verdict=exceptions]')";
    page.until(ran, "the written procedure to run").await
}

async fn picture(page: &Page) -> Result<(), Fault> {
    page.press("stage-tests").await?;
    page.press("pictures-open").await?;
    page.choose("picture-dataset", "accounts").await?;
    page.choose("picture-column", "last_login").await?;
    page.at("bar-0").await?;
    let bars = "[...document.querySelectorAll('[data-testid^=bar-]')].length >= 6";
    page.until(bars, "a bar for every age").await
}

async fn visit(folder: &Path) -> Result<(), Fault> {
    let window = Window::open(&folder.join("vault")).await?;
    let page = &window.page;
    journey::to_tests(page, &folder.join("vault")).await?;
    for (at, group) in FINDINGS.into_iter().enumerate() {
        finding(page, at + 1, group).await?;
    }
    count(page).await?;
    own(page).await?;
    picture(page).await?;
    window.close().await
}

#[tokio::test(flavor = "current_thread")]
async fn journey_from_the_files_to_three_findings() {
    let folder = tempfile::tempdir().expect("temporary folder");
    visit(folder.path()).await.unwrap_or_else(|fault| panic!("{fault}"));
}
