//! Scrolling over a million rows.

use super::frames::{pauses, watch};
use super::{Line, Outcome, middle_and_worst};
use fieldbook_app::import::SheetOrder;
use fieldbook_tests::desk::{PASSPHRASE, import_file, with_exam};
use fieldbook_tests::journey;
use fieldbook_tests::window::Window;
use std::path::Path;

/// Moves the rows as a wheel does, a leap now and then, in every frame for some seconds.
const SCROLL: &str = "
    const box = document.querySelector('[data-testid=data-grid]');
    window.scrolled = 0;
    const step = () => {
        const n = window.scrolled++;
        if (n >= 400) { window.scrolled = -1; return; }
        if (n % 40 === 39) box.scrollTop = (box.scrollHeight - box.clientHeight) * ((n * 37 % 100) / 100);
        else box.scrollTop += 120;
        requestAnimationFrame(step);
    };
    requestAnimationFrame(step);";

/// Measures on a list of so many orders.
pub async fn measure(folder: &Path, rows: usize) -> Outcome<Vec<Line>> {
    let (mut desk, exam) = with_exam(folder).map_err(|e| e.view().message)?;
    let list = folder.join("orders.csv");
    journey::long_list(&list, rows)?;
    let every = SheetOrder { dataset: Some("orders".to_owned()), ..SheetOrder::default() };
    let done = import_file(&mut desk, &list, every).map_err(|e| e.view().message)?;
    drop((desk, done));
    let window = Window::open(&folder.join("vault")).await?;
    let page = &window.page;
    journey::unlock(page, PASSPHRASE).await?;
    page.press(&format!("exam-open-{}", exam.head.id)).await?;
    page.press("stage-data").await?;
    page.press("data-tab-rows").await?;
    page.at("data-row-0").await?;
    watch(page).await?;
    page.script(SCROLL, Vec::new()).await?;
    page.until("window.scrolled === -1", "the end of the scroll").await?;
    let pauses = pauses(page).await?;
    page.until(
        "document.querySelector('[data-testid^=data-row-]')?.innerText.includes('AP')",
        "rows where it came to rest",
    )
    .await?;
    window.close().await?;
    let (middle, worst) = middle_and_worst(&pauses);
    let over = pauses.iter().filter(|&&pause| pause > 50.0).count();
    let note = format!("median {middle:.0}, {over} of {} over 50", pauses.len());
    Ok(vec![Line::of(&format!("longest frame while scrolling {rows} rows"), worst, 50.0, "ms", note)])
}
