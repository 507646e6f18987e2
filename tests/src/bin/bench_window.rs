//! `bench-window`: in the real window, from pressing an exam in the list to a checklist that can be answered, and from
//! a result's key to the mark that shows it and to the line that says it is stored.

use fieldbook_tests::desk::{PASSPHRASE, with_every_document};
use fieldbook_tests::target;
use fieldbook_tests::window::{Fault, Page, Window};
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

const TIMES: usize = 15;
const OPEN_LIMIT_MS: f64 = 150.0;

/// Notes when the first of `wanted` that appears was painted, and begins the clock with `start`.
const CLOCK: &str = "
    const [start, next, wanted] = arguments;
    window.measured = null;
    const begun = performance.now();
    const watch = new MutationObserver(() => {
        const onward = next && document.querySelector(next);
        if (onward && !watch.went) { watch.went = true; onward.click(); }
        if (!document.querySelector(wanted)) return;
        watch.disconnect();
        requestAnimationFrame(() => setTimeout(() => { window.measured = performance.now() - begun; }));
    });
    watch.observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true });
    if (start.startsWith('key:')) window.dispatchEvent(new KeyboardEvent('keydown', { key: start.slice(4), bubbles: true }));
    else document.querySelector(start).click();";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let folder = tempfile::tempdir_in(target())?;
    let vault = folder.path().join("vault");
    let (desk, exam) = with_every_document(folder.path()).map_err(|e| e.view().message)?;
    drop(desk);
    let window = Window::open(&vault).await?;
    let page = &window.page;
    page.fill("vault-passphrase", PASSPHRASE).await?;
    page.press("vault-unlock").await?;
    let listed = format!("[data-testid=\"exam-open-{exam}\"]");
    page.at(&format!("exam-open-{exam}")).await?;
    let mut opening = Vec::new();
    for _ in 0..TIMES {
        opening.push(timed(page, &listed, "[data-testid=stage-items]", "[data-testid=item-text]").await?);
        page.press("exams-back").await?;
        page.at(&format!("exam-open-{exam}")).await?;
    }
    timed(page, &listed, "[data-testid=stage-items]", "[data-testid=item-text]").await?;
    let mut shown = Vec::new();
    for n in 0..TIMES {
        let result = if n % 2 == 0 { ("key:1", "compliant") } else { ("key:5", "no_data") };
        let pressed = format!("[data-testid=result-{}][aria-pressed=true]", result.1);
        shown.push(timed(page, result.0, "", &pressed).await?);
    }
    window.close().await?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "from the list of exams to a checklist with its first item: {}", told(&opening))?;
    writeln!(out, "from a result's key to its mark:                          {}", told(&shown))?;
    let ok = median(&opening) <= OPEN_LIMIT_MS;
    writeln!(out, "median to open {:.0} ms (at most {OPEN_LIMIT_MS})", median(&opening))?;
    Ok(if ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn timed(page: &Page, start: &str, next: &str, wanted: &str) -> Result<f64, Fault> {
    let words = [start, next, wanted].map(serde_json::Value::from).to_vec();
    page.script(CLOCK, words).await?;
    page.until("window.measured !== null", wanted).await?;
    Ok(page.script("return window.measured", Vec::new()).await?.as_f64().unwrap_or(f64::NAN))
}

fn median(times: &[f64]) -> f64 {
    let mut all = times.to_vec();
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

fn told(times: &[f64]) -> String {
    let least = times.iter().copied().fold(f64::INFINITY, f64::min);
    let most = times.iter().copied().fold(0.0, f64::max);
    format!("min {least:.0}, median {:.0}, max {most:.0} ms", median(times))
}
