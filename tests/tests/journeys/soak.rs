//! A short visit of the monkey; `cargo xtask bench ui` lets it stay longer.

use fieldbook_tests::monkey::{self, Played, Prepared};
use fieldbook_tests::window::{Fault, Window};
use std::path::Path;

const SEED: u64 = 20_260_301;
const ACTIONS: usize = 150;

async fn visit(folder: &Path, exam: &str) -> Result<Played, Fault> {
    let window = Window::open(&folder.join("vault")).await?;
    monkey::open(&window, exam).await?;
    let played = monkey::play(&window, exam, SEED, ACTIONS, ACTIONS / 3).await?;
    window.close().await?;
    Ok(played)
}

#[tokio::test(flavor = "current_thread")]
async fn journey_of_a_monkey_loses_no_answer_and_meets_no_error() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let prepared = Prepared::new(folder.path()).expect("an exam");
    let played =
        visit(folder.path(), &prepared.exam).await.unwrap_or_else(|fault| panic!("seed {SEED}: {fault}"));
    assert!(played.errors.is_empty(), "seed {SEED}: {:#?}", played.errors);
    let lost = prepared.lost(folder.path()).expect("what is stored can be read");
    assert!(lost.is_empty(), "seed {SEED}: {lost:?}");
}
