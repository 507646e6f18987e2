//! A monkey at the window: presses, types, composes, resizes at random by a seed, as fast as the window takes it. It unlocks
//! what it locked. It is kept from what leaves the window (dialogs of the system, files, other programs) and from what ends
//! the exam or the vault.

mod hands;
mod prepared;

pub use prepared::Prepared;

use crate::desk::PASSPHRASE;
use crate::journey;
use crate::merge_laws::Dice;
use crate::window::{Fault, Key, Window};
use hands::Hands;
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;

/// Sizes that a window may have, in pixels.
const SIZES: [(u32, u32); 5] = [(1366, 768), (1024, 600), (1093, 614), (1600, 900), (1280, 720)];
/// What it types: letters that are commands elsewhere, figures, a date, markup.
const TEXTS: [&str; 6] = ["a", "25", "109/12/31", "jkfx 1", "<b>x</b>", "COL-D4.1"];
/// What an input method composes, by its code point.
const COMPOSED: [&str; 4] = ["62bd", "67e5", "7b26", "4e0d"];
/// Keys that mean something somewhere.
const KEYS: &str = "jkJKxnmuewtpfgdbo/?123456 \u{E012}\u{E013}\u{E014}\u{E015}\u{E004}\u{E004}\u{E007}\u{E00C}\u{E00E}\u{E00F}\u{E010}\u{E011}";
/// Pages of rest before memory is weighed.
const REST: Duration = Duration::from_secs(6);

/// What came of it.
#[derive(Debug, Default)]
pub struct Played {
    /// Actions by kind.
    pub actions: BTreeMap<&'static str, usize>,
    /// How often the vault was locked and opened again.
    pub unlocked: usize,
    /// What the console would have shown as errors.
    pub errors: Vec<String>,
    /// Memory in bytes with nothing open but the first stage: after the warm-up, and at the end.
    pub memory: [u64; 2],
}

impl Played {
    /// Memory at the end over that after the warm-up.
    #[must_use]
    pub fn growth(&self) -> f64 {
        #[allow(clippy::cast_precision_loss)]
        let [before, after] = self.memory.map(|bytes| bytes as f64);
        after / before
    }
}

/// Lets the monkey play in a window in which the vault is unlocked and the exam open. Memory is first weighed after
/// `warm_up` of the actions.
///
/// # Errors
/// When the window does not answer any more, or something cannot be reached again.
pub async fn play(
    window: &Window,
    exam: &str,
    seed: u64,
    actions: usize,
    warm_up: usize,
) -> Result<Played, Fault> {
    let mut hands = Hands::new(window, exam);
    let mut dice = Dice(seed);
    let mut played = Played::default();
    hands.watch().await?;
    for n in 0..actions {
        if n == warm_up {
            played.memory[0] = weigh(&mut hands, &mut played).await?;
        }
        let kind = act(&mut hands, &mut dice).await?;
        *played.actions.entry(kind).or_default() += 1;
        settle(&mut hands, &mut played).await?;
    }
    played.memory[1] = weigh(&mut hands, &mut played).await?;
    played.unlocked = hands.unlocked;
    Ok(played)
}

async fn act(hands: &mut Hands<'_>, dice: &mut Dice) -> Result<&'static str, Fault> {
    let page = &hands.window.page;
    match dice.below(100) {
        0..50 => hands.press(dice.below(1 << 20)).await.map(|()| "press"),
        50..74 => {
            let keys: Vec<char> = KEYS.chars().collect();
            page.keys(&keys[dice.below(keys.len())].to_string()).await.map(|()| "key")
        }
        74..84 => {
            hands.enter_field(dice.below(1 << 20)).await?;
            page.keys(TEXTS[dice.below(TEXTS.len())]).await.map(|()| "type")
        }
        84..89 => {
            hands.enter_field(dice.below(1 << 20)).await?;
            page.compose(COMPOSED[dice.below(COMPOSED.len())]).await.map(|()| "compose")
        }
        89..93 => {
            let chords = ['z', 'y', 'k', 'f', 's'];
            page.chord(&[Key::Control], chords[dice.below(chords.len())]).await.map(|()| "chord")
        }
        93..97 => {
            let digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
            page.chord(&[Key::Alt], digits[dice.below(digits.len())]).await.map(|()| "stage")
        }
        97..99 => {
            let (width, height) = SIZES[dice.below(SIZES.len())];
            hands.window.resize(width, height).await.map(|()| "resize")
        }
        _ => page.chord(&[Key::Control], 'l').await.map(|()| "lock"),
    }
}

/// Takes in what was said meanwhile, and comes back to the exam when the monkey has left it.
async fn settle(hands: &mut Hands<'_>, played: &mut Played) -> Result<(), Fault> {
    let said = hands.said().await?;
    played.errors.extend(said.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
    hands.back().await
}

/// Closes what is open, goes to the first stage, and weighs the window's processes.
async fn weigh(hands: &mut Hands<'_>, played: &mut Played) -> Result<u64, Fault> {
    hands.window.resize(1366, 768).await?;
    // A lock begins the pages anew, so that nothing is weighed but what the program itself holds on to.
    let page = &hands.window.page;
    hands.nothing_floats().await?;
    page.press("stage-dashboard").await?;
    page.at("dashboard-answered").await?;
    tokio::time::sleep(REST).await;
    settle(hands, played).await?;
    Ok(hands.window.processes().memory())
}

/// Unlocks the vault and opens the exam.
///
/// # Errors
/// When one of them cannot be done.
pub async fn open(window: &Window, exam: &str) -> Result<(), Fault> {
    journey::unlock(&window.page, PASSPHRASE).await?;
    window.page.press(&format!("exam-open-{exam}")).await?;
    window.page.at("stage-items").await.map(|_| ())
}
