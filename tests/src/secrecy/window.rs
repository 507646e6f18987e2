//! A visit in the real window, with a profile of the web view in the world's own folders.

use super::world::World;
use crate::window::{Fault, Window};
use serde_json::Value;
use std::fs;
use std::time::Duration;

/// Opens the vault and the exam, shows every stage, looks for a word, and locks; gives the number of stages.
///
/// # Errors
/// When the window, or a step, fails.
pub async fn visit(world: &World, exam: &str) -> Result<usize, Fault> {
    let read = |name: &str| fs::read_to_string(world.path("firm").join(name)).unwrap_or_default();
    let window = Window::open_in(&world.path("vault"), &world.folders()).await?;
    let page = &window.page;
    page.fill("vault-passphrase", &read("wrong passphrase")).await?;
    page.press("vault-unlock").await?;
    page.until("!!document.querySelector('[role=alert]')", "the wrong passphrase to be refused").await?;
    page.fill("vault-passphrase", &read("passphrase")).await?;
    page.press("vault-unlock").await?;
    page.press(&format!("exam-open-{exam}")).await?;
    page.at("stage-items").await?;
    let named = "return [...document.querySelectorAll('[data-testid^=stage-]')].map(e => e.dataset.testid)";
    let stages = page.script(named, Vec::new()).await?;
    let stages: Vec<&str> = stages.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for stage in &stages {
        page.press(stage).await?;
        page.until("!document.querySelector('[aria-busy=true]')", &format!("{stage} to be shown")).await?;
        // What the web view writes, it writes when it has nothing else to do.
        tokio::time::sleep(Duration::from_millis(400)).await;
    }
    page.press("stage-items").await?;
    page.fill("item-search", world.word("searched word")).await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    window.close().await?;
    Ok(stages.len())
}
