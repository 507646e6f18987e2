//! `window-opens VAULT HOME PASSPHRASE`: opens the window on a vault, waits for the screen that asks for its passphrase, and unlocks
//! it: is a package installed whole? `FIELDBOOK_DESKTOP` names the program.

use fieldbook_tests::window::{Fault, Window};
use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [vault, home, passphrase] = words.as_slice() else { return Err("VAULT HOME PASSPHRASE".into()) };
    let begun = Instant::now();
    let window = Window::open_in(Path::new(vault), &[("HOME", PathBuf::from(home))]).await?;
    let shown = unlocked(&window, passphrase, begun).await?;
    window.close().await?;
    writeln!(std::io::stdout().lock(), "the unlock screen is there after {shown:.1} s, and it unlocks")?;
    Ok(())
}

/// Seconds until the passphrase is asked for.
async fn unlocked(window: &Window, passphrase: &str, begun: Instant) -> Result<f64, Fault> {
    let page = &window.page;
    page.at("vault-passphrase").await?;
    let shown = begun.elapsed().as_secs_f64();
    page.fill("vault-passphrase", passphrase).await?;
    page.press("vault-unlock").await?;
    page.at("headquarters-open").await?;
    Ok(shown)
}
