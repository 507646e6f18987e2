//! Thousands of exceptions, disposed of by groups.

use super::frames::{pauses, watch};
use super::{Line, Outcome, middle_and_worst};
use fieldbook_app::import::SheetOrder;
use fieldbook_tests::desk::{PASSPHRASE, import_file, run_all, with_exam};
use fieldbook_tests::journey;
use fieldbook_tests::window::{Fault, Page, Window};
use std::fmt::Write as _;
use std::path::Path;

const HEAD: &str = "系統名稱,帳號,使用者姓名,員工編號,所屬單位,帳號類型,權限等級,狀態,建立日期,最後登入時間,密碼最後變更日,密碼永不過期";
const SYSTEMS: usize = 12;

/// Accounts whose passwords are all too old.
fn list(path: &Path, rows: usize) -> std::io::Result<()> {
    let mut text = format!("{HEAD}\n");
    for n in 0..rows {
        // Writing into a text does not fail.
        let _ = writeln!(
            text,
            "交易系統{},user{n:05},員工{n:05},E{n:05},資訊部,員工,一般,啟用,105/03/02,2020-12-28 08:40:00,107/05/02,否",
            n % SYSTEMS
        );
    }
    std::fs::write(path, text)
}

/// Measures on so many exceptions.
pub async fn measure(folder: &Path, exceptions: usize) -> Outcome<Vec<Line>> {
    let (mut desk, exam) = with_exam(folder).map_err(|e| e.view().message)?;
    let path = folder.join("accounts.csv");
    list(&path, exceptions)?;
    let every = SheetOrder { dataset: Some("accounts".to_owned()), ..SheetOrder::default() };
    import_file(&mut desk, &path, every).map_err(|e| e.view().message)?;
    let runs = run_all(&mut desk).map_err(|e| e.view().message)?;
    let most = runs.iter().max_by(|a, b| a.exceptions.total_cmp(&b.exceptions)).ok_or("no run")?;
    let (procedure, found) = (most.procedure.clone(), most.exceptions);
    drop(desk);
    let window = Window::open(&folder.join("vault")).await?;
    let page = &window.page;
    journey::unlock(page, PASSPHRASE).await?;
    page.press(&format!("exam-open-{}", exam.head.id)).await?;
    page.press("stage-tests").await?;
    page.at(&format!("procedure-{procedure}")).await?;
    watch(page).await?;
    let groups = dispose(page, &procedure).await?;
    let pauses = pauses(page).await?;
    window.close().await?;
    let (middle, worst) = middle_and_worst(&pauses);
    let over = pauses.iter().filter(|&&pause| pause > 100.0).count();
    let note = format!("{procedure}, {groups} groups, median {middle:.0}, {over} over 100");
    Ok(vec![Line::of(
        &format!("longest pause while {found} exceptions are triaged"),
        worst,
        100.0,
        "ms",
        note,
    )])
}

/// Takes the groups one after another until none of a group is open: all open rows of a rule, a note, what they are. Gives the
/// number of groups.
async fn dispose(page: &Page, procedure: &str) -> Result<usize, Fault> {
    page.press(&format!("procedure-{procedure}")).await?;
    let open = "[data-testid^=\"group-system-\"]:not(.done)";
    page.until(&format!("document.querySelector('{open}')"), "the groups").await?;
    page.press("open-only").await?;
    let mut groups = 0;
    while page.script(&format!("return document.querySelector('{open}') !== null"), Vec::new()).await? == true
    {
        page.press_css(open).await?;
        groups += 1;
        // Rules of the group, one after another: those that are done are not shown any more.
        let pressed = "[data-testid^=\"group-system-\"][aria-pressed=true]";
        let rows = format!("document.querySelectorAll('{pressed} .num')[1]?.lastChild.textContent");
        loop {
            let left = page.script(&format!("return {rows}"), Vec::new()).await?;
            let left = left.as_str().unwrap_or_default().to_owned();
            if left == "0" {
                break;
            }
            page.press("select-all").await?;
            page.fill("dispose-note", "系統設定已於期後更正。").await?;
            page.press("dispose-explained").await?;
            page.until(&format!("{rows} !== '{left}'"), "fewer rows that are open").await?;
        }
        // A second press takes the group back.
        page.press_css(pressed).await?;
    }
    Ok(groups)
}
