//! The monkey's hours.

use super::{Line, Outcome};
use fieldbook_tests::monkey::{self, Prepared};
use fieldbook_tests::window::Window;
use std::path::Path;
use std::time::Instant;

/// Lets the monkey play on the sample exam.
pub async fn measure(folder: &Path, seed: u64, actions: usize) -> Outcome<Vec<Line>> {
    let prepared = Prepared::new(folder).map_err(|e| e.view().message)?;
    let window = Window::open(&folder.join("vault")).await?;
    monkey::open(&window, &prepared.exam).await?;
    let begun = Instant::now();
    let played = monkey::play(&window, &prepared.exam, seed, actions, actions / 5).await?;
    window.close().await?;
    let lost = prepared.lost(folder).map_err(|e| e.view().message)?;
    let [before, after] = played.memory.map(megabytes);
    let kinds: Vec<String> = played.actions.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
    let kinds = format!("seed {seed}: {}; unlocked {} times", kinds.join(", "), played.unlocked);
    let said = played.errors.first().cloned().unwrap_or_default();
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    Ok(vec![
        Line::only(&format!("{actions} actions of the monkey"), begun.elapsed().as_secs_f64(), "s", kinds),
        Line::of("errors in the console", count(played.errors.len()), 0.0, "", said),
        Line::of("answers lost", count(lost.len()), 0.0, "", lost.join(", ")),
        Line::of("memory after the soak", after, 350.0, "MB", format!("{before:.0} after the warm-up")),
        Line::of("memory over that after the warm-up", played.growth() * 100.0, 120.0, "%", String::new()),
    ])
}

#[allow(clippy::cast_precision_loss)]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1_000_000.0
}
