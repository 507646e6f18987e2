//! The clock in the page: from a key to the frame that shows what it asked for, and the longest pause between two frames.

use fieldbook_tests::window::{Fault, Page};
use serde_json::{Value, json};

/// Begins the clock and stops it in the second frame after what is wanted is there: that one shows it. What is wanted is a
/// selector, for the pages' policy lets nobody build code from a text.
const CLOCK: &str = "
    const [start, wanted, gone] = arguments;
    window.measured = null;
    const begun = performance.now();
    const shown = () => document.querySelector(wanted) && !(gone && document.querySelector(gone));
    const painted = () => requestAnimationFrame(() => requestAnimationFrame(() => {
        window.measured = performance.now() - begun;
    }));
    const watch = new MutationObserver(() => {
        if (!shown()) return;
        watch.disconnect();
        painted();
    });
    watch.observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true });
    if (start.startsWith('alt:'))
        window.dispatchEvent(new KeyboardEvent('keydown', { code: start.slice(4), altKey: true, bubbles: true, cancelable: true }));
    else if (start.startsWith('key:'))
        window.dispatchEvent(new KeyboardEvent('keydown', { key: start.slice(4), bubbles: true, cancelable: true }));
    else document.querySelector(start).click();";

/// Milliseconds from `start` (`key:j`, `alt:Digit3`, or a selector that is clicked) to the frame in which `wanted` is shown
/// and `gone` is not.
pub async fn timed(page: &Page, start: &str, wanted: &str, gone: &str) -> Result<f64, Fault> {
    page.script(CLOCK, vec![json!(start), json!(wanted), json!(gone)]).await?;
    page.until("window.measured !== null", wanted).await?;
    Ok(page.script("return window.measured", Vec::new()).await?.as_f64().unwrap_or(f64::NAN))
}

/// Notes every pause between two frames from now on.
pub async fn watch(page: &Page) -> Result<(), Fault> {
    let begin = "
        window.pauses = [];
        window.pausing = (window.pausing ?? 0) + 1;
        const mine = window.pausing;
        let before = performance.now();
        const frame = () => {
            if (window.pausing !== mine) return;
            const now = performance.now();
            window.pauses.push(now - before);
            before = now;
            requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);";
    page.script(begin, Vec::new()).await.map(|_| ())
}

/// The pauses since [`watch`], in milliseconds.
pub async fn pauses(page: &Page) -> Result<Vec<f64>, Fault> {
    let all = page.script("window.pausing += 1; return window.pauses", Vec::new()).await?;
    Ok(all.as_array().into_iter().flatten().filter_map(Value::as_f64).collect())
}
