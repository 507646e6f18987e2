//! The steps of a visit as an examiner does them in the window.

use crate::desk::{PASSPHRASE, plan, tables, text};
use crate::sample_folder;
use crate::window::{Fault, Key, Page};
use serde_json::Value as Json;
use std::path::Path;
use toml::{Table, Value};

/// The procedure that the journey follows to a finding.
pub const PROCEDURE: &str = "T-COL-05";

/// From an empty folder to the exceptions of the procedure that the journey follows: the vault, the exam, the profile, the
/// files, the run.
///
/// # Errors
/// When a step cannot be done.
pub async fn to_tests(page: &Page, folder: &Path) -> Result<(), Fault> {
    create_vault(page, folder).await?;
    confirm_recovery(page).await?;
    new_exam(page).await?;
    profile(page).await?;
    add_files(page).await?;
    import(page).await?;
    run(page).await
}

/// Makes a vault in a folder, up to where the recovery identity is shown.
///
/// # Errors
/// When a step cannot be done.
pub async fn create_vault(page: &Page, folder: &Path) -> Result<(), Fault> {
    page.fill("vault-dir", &folder.to_string_lossy()).await?;
    page.fill("vault-passphrase", PASSPHRASE).await?;
    page.fill("vault-repeat", PASSPHRASE).await?;
    page.press("vault-create").await?;
    page.at("recovery-text").await.map(|_| ())
}

/// Types the asked groups of the recovery identity back.
///
/// # Errors
/// When a step cannot be done.
pub async fn confirm_recovery(page: &Page) -> Result<(), Fault> {
    let read = "return [...document.querySelectorAll('[data-testid=recovery-text] li')].map(li => li.lastChild.textContent.trim())";
    let groups = page.script(read, Vec::new()).await?;
    page.press("recovery-written").await?;
    page.at("recovery-confirm").await?;
    let asked =
        "return [...document.querySelectorAll('[data-testid^=recovery-group-]')].map(e => e.dataset.testid)";
    for name in
        page.script(asked, Vec::new()).await?.as_array().into_iter().flatten().filter_map(Json::as_str)
    {
        let number: usize = name.rsplit('-').next().and_then(|n| n.parse().ok()).unwrap_or(0);
        let group = groups.get(number.saturating_sub(1)).and_then(Json::as_str).unwrap_or_default();
        page.fill(name, group).await?;
    }
    page.press("recovery-confirm").await?;
    page.at("exam-firm").await.map(|_| ())
}

/// Makes the exam of the sample firm.
///
/// # Errors
/// When a step cannot be done.
pub async fn new_exam(page: &Page) -> Result<(), Fault> {
    let plan = plan();
    let (from, to) = text(&plan, "period").split_once("..").unwrap_or_default();
    let examiners: Vec<&str> = plan
        .get("examiners")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    page.fill("exam-firm", text(&plan, "firm")).await?;
    page.fill("exam-case", text(&plan, "case_no")).await?;
    page.fill("exam-asof", text(&plan, "as_of")).await?;
    page.fill("exam-from", from).await?;
    page.fill("exam-to", to).await?;
    page.fill("exam-examiners", &examiners.join("、")).await?;
    page.press("exam-create").await?;
    page.at("stage-profile").await.map(|_| ())
}

/// Answers every fact of `profile.toml` about the firm, adds its first system, and saves.
///
/// # Errors
/// When a step cannot be done.
pub async fn profile(page: &Page) -> Result<(), Fault> {
    page.press("stage-profile").await?;
    page.at("count-applicable").await?;
    for (code, value) in facts() {
        match &value {
            Value::Boolean(yes) => answer(page, &code, *yes).await?,
            Value::Array(list) if list.is_empty() => answer(page, &code, false).await?,
            Value::Array(list) => {
                for choice in list.iter().filter_map(Value::as_str) {
                    page.press(&format!("fact-{code}-{choice}")).await?;
                }
            }
            Value::String(word) if word == "unknown" => {}
            other => page.fill(&format!("fact-{code}-value"), other.as_str().unwrap_or_default()).await?,
        }
    }
    page.press("system-add").await?;
    page.fill("system-name-0", "網路下單系統").await?;
    page.press("profile-save").await?;
    page.until("!document.querySelector('[data-testid=profile-save]')", "the profile to be saved").await
}

fn facts() -> Vec<(String, Value)> {
    let text = std::fs::read_to_string(sample_folder().join("profile.toml")).unwrap_or_default();
    let table: Table = text.parse().unwrap_or_default();
    table.into_iter().filter(|(code, _)| code != "system").collect()
}

/// Answers yes or no, whichever control the fact has.
async fn answer(page: &Page, code: &str, yes: bool) -> Result<(), Fault> {
    let word = if yes { "yes" } else { "no" };
    let segment = format!("fact-{code}-{word}");
    if page.has(&segment).await? {
        return page.press(&segment).await;
    }
    let list = format!("document.querySelector('[data-testid=\"fact-{code}-value\"]')?.tagName");
    if page.script(&format!("return {list}"), Vec::new()).await? == "SELECT" {
        return page.choose(&format!("fact-{code}-value"), if yes { "true" } else { "false" }).await;
    }
    page.fill(&format!("fact-{code}-value"), if yes { "是" } else { "否" }).await
}

/// Types the paths of the sample's files, looks at what was recognised.
///
/// # Errors
/// When a step cannot be done.
pub async fn add_files(page: &Page) -> Result<(), Fault> {
    page.press("stage-data").await?;
    let plan = plan();
    let paths: Vec<String> = tables(&plan, "import")
        .iter()
        .map(|t| sample_folder().join(text(t, "file")).to_string_lossy().into_owned())
        .collect();
    page.fill("import-path", &paths.join(";")).await?;
    page.press("import-add").await?;
    let last = paths.len() - 1;
    let looked = format!(
        "document.querySelector('[data-testid=\"sheet-{last}-0\"]') && !document.querySelector('[data-testid=job-cancel]')"
    );
    page.until(&looked, "every file to be looked into").await
}

/// Imports every file that was added.
///
/// # Errors
/// When a step cannot be done.
pub async fn import(page: &Page) -> Result<(), Fault> {
    let files = tables(&plan(), "import").len();
    // What needs a look only is taken as it was recognised.
    if page.has("foot-accept").await? {
        page.press("foot-accept").await?;
    }
    page.press("import-all").await?;
    let stored =
        format!("document.querySelectorAll('tbody[data-testid^=\"batch-\"] strong').length === {files}");
    page.until(&stored, "every file to be stored").await
}

/// Runs every procedure and opens the one that the journey follows.
///
/// # Errors
/// When a step cannot be done.
pub async fn run(page: &Page) -> Result<(), Fault> {
    page.press("stage-tests").await?;
    page.press("run-all").await?;
    let found =
        format!("document.querySelector('[data-testid=\"procedure-{PROCEDURE}\"][data-verdict=exceptions]')");
    page.until(&found, "exceptions of the procedure").await?;
    page.press(&format!("procedure-{PROCEDURE}")).await?;
    page.until(
        "document.querySelector('[data-testid=select-all][data-rule=\"1\"]')",
        "the rows of the first rule",
    )
    .await
}

/// Confirms every row of the first rule.
///
/// # Errors
/// When a step cannot be done.
pub async fn confirm(page: &Page) -> Result<(), Fault> {
    page.press_css("[data-testid=select-all][data-rule=\"1\"]").await?;
    page.fill("dispose-note", "已向資訊部確認使用人為廠商人員。").await?;
    page.press("dispose-confirmed").await?;
    let rows = "[...document.querySelectorAll('[data-testid^=\"exception-\"][data-rule=\"1\"]')]";
    let done = format!("{rows}.length && {rows}.every(r => r.dataset.disposition === 'confirmed')");
    page.until(&done, "the rows to be confirmed").await
}

/// Makes the finding out of what was confirmed; gives its condition.
///
/// # Errors
/// When a step cannot be done.
pub async fn finding(page: &Page) -> Result<String, Fault> {
    let plan = plan();
    let of_plan = tables(&plan, "finding")
        .into_iter()
        .find(|t| text(t, "from_procedure") == PROCEDURE)
        .unwrap_or_default();
    page.press("make-finding").await?;
    let drafted = "document.querySelector('[data-testid=finding-condition]')?.value";
    page.until(drafted, "the drafted condition").await?;
    page.fill("finding-title", text(&of_plan, "title")).await?;
    page.fill("finding-category", text(&of_plan, "category")).await?;
    page.fill("finding-effect", text(&of_plan, "effect")).await?;
    page.fill("finding-recommendation", text(&of_plan, "recommendation")).await?;
    let condition = page.text("finding-condition").await?;
    page.press("finding-save-draft").await?;
    page.at("finding-1").await?;
    Ok(condition)
}

/// Exports the papers into a folder and the report into a file.
///
/// # Errors
/// When a step cannot be done.
pub async fn export(page: &Page, papers: &Path, report: &Path) -> Result<(), Fault> {
    page.press("stage-outputs").await?;
    page.press("document-papers").await?;
    page.fill("papers-path", &papers.to_string_lossy()).await?;
    page.press("papers-export").await?;
    page.at("papers-result").await?;
    page.press("document-report").await?;
    page.fill("report-path", &report.to_string_lossy()).await?;
    page.press("report-export").await?;
    page.at("report-result").await.map(|_| ())
}

/// Locks the vault and goes to where it is unlocked.
///
/// # Errors
/// When a step cannot be done.
pub async fn lock(page: &Page) -> Result<(), Fault> {
    // A lock begins the pages anew: what the pages before show meanwhile is gone in a moment.
    page.script("window.before = true", Vec::new()).await?;
    page.press("lock").await?;
    page.until("!window.before", "pages begun anew").await?;
    page.at("vault-passphrase").await?;
    if page.has("vault-create").await? {
        page.press("vault-switch").await?;
    }
    page.at("vault-unlock").await.map(|_| ())
}

/// Opens the vault with a passphrase, or what stands on the paper in its place.
///
/// # Errors
/// When a step cannot be done.
pub async fn unlock(page: &Page, passphrase: &str) -> Result<(), Fault> {
    page.fill("vault-passphrase", passphrase).await?;
    page.press("vault-unlock").await?;
    page.until("document.querySelector('[data-testid=exam-new], [data-testid=exam-firm]')", "the exams").await
}

/// A list of orders so long that taking it in can be broken off in the middle.
///
/// # Errors
/// When it cannot be written.
pub fn long_list(path: &Path, rows: usize) -> std::io::Result<()> {
    use std::io::{BufWriter, Write as _};
    let mut out = BufWriter::new(std::fs::File::create(path)?);
    writeln!(
        out,
        "委託日期,分公司,櫃號,委託書號,客戶帳號,委託人姓名,接單時間,送單時間,主機回覆時間,委託方式,股票代號,買賣別,股數,委託價,營業員,主管簽章"
    )?;
    for n in 0..rows {
        let (hour, minute, second) = (9 + n / 3600 % 4, n / 60 % 60, n % 60);
        writeln!(
            out,
            "109/12/29,總公司,01,AP{n:07},{},委託人{:03},109/12/29 {hour:02}:{minute:02}:{second:02},\
             109/12/29 {hour:02}:{minute:02}:{second:02},109/12/29 {hour:02}:{minute:02}:{second:02},電話,1101,買進,1000,38.5,吳己二,蔡戊二",
            9_801_000 + n % 500,
            n % 500
        )?;
    }
    out.flush()
}

/// Opens an item of the checklist, whichever filter is set; the focus is on no field afterwards.
///
/// # Errors
/// When a step cannot be done.
pub async fn item(page: &Page, clause: &str) -> Result<(), Fault> {
    page.fill("item-search", clause).await?;
    page.press(&format!("item-{clause}")).await?;
    let open = format!("document.querySelector('[data-testid=item-pane]')?.dataset.clause === '{clause}'");
    page.until(&open, clause).await?;
    page.fill("item-search", "").await?;
    page.script("document.activeElement?.blur()", Vec::new()).await.map(|_| ())
}

/// Runs a command by the palette, found by a word of English that belongs to it.
///
/// # Errors
/// When a step cannot be done.
pub async fn command(page: &Page, word: &str) -> Result<(), Fault> {
    page.chord(&[Key::Control], 'k').await?;
    page.fill("palette-input", word).await?;
    let found = "document.querySelector('[data-testid=palette] [role=option][aria-selected=true]')";
    page.until(found, &format!("something to do about {word}")).await?;
    page.keys(&char::from(Key::Enter).to_string()).await
}
