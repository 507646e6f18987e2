//! Pictures of every screen, light and dark, at 1366×768, into `target/shots/`.

use fieldbook_tests::journey;
use fieldbook_tests::window::{Page, Window};
use std::error::Error;
use std::path::{Path, PathBuf};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let shots = Shots(fieldbook_tests::target().join("shots"));
    std::fs::create_dir_all(&shots.0)?;
    let folder = tempfile::tempdir()?;
    let vault = folder.path().join("vault");
    let window = Window::open(&vault).await?;
    window.page.resize(1366, 768).await?;
    take_all(&shots, &window.page, folder.path()).await?;
    window.close().await?;
    Ok(())
}

struct Shots(PathBuf);

impl Shots {
    /// Takes the screen in both themes and leaves it as it was.
    async fn take(&self, page: &Page, screen: &str) -> Result<(), Box<dyn Error>> {
        // A step that pressed something far to the right left the tables there.
        let to_the_left =
            "document.querySelectorAll('*').forEach(e => { if (e.scrollLeft) e.scrollLeft = 0 })";
        page.script(to_the_left, Vec::new()).await?;
        let shown = page.script("return document.documentElement.dataset.theme", Vec::new()).await?;
        let first = if shown == "dark" { ["dark", "light"] } else { ["light", "dark"] };
        for theme in first {
            page.until(&format!("document.documentElement.dataset.theme === '{theme}'"), "the theme").await?;
            // Fonts and rows that are still on their way would be missing in the picture.
            page.until(
                "document.fonts.status === 'loaded' && !document.querySelector('[aria-busy=true]')",
                "a still page",
            )
            .await?;
            std::fs::write(self.0.join(format!("{screen}-{theme}.png")), page.picture().await?)?;
            page.press("theme").await?;
        }
        Ok(())
    }
}

async fn take_all(shots: &Shots, page: &Page, folder: &Path) -> Result<(), Box<dyn Error>> {
    page.at("vault-dir").await?;
    shots.take(page, "vault-create").await?;
    journey::create_vault(page, &folder.join("vault")).await?;
    shots.take(page, "vault-recovery").await?;
    journey::confirm_recovery(page).await?;
    shots.take(page, "exams").await?;
    journey::new_exam(page).await?;
    journey::profile(page).await?;
    shots.take(page, "profile").await?;
    journey::add_files(page).await?;
    shots.take(page, "data-mapping").await?;
    journey::import(page).await?;
    shots.take(page, "data").await?;
    journey::run(page).await?;
    journey::confirm(page).await?;
    shots.take(page, "tests").await?;
    journey::finding(page).await?;
    shots.take(page, "findings").await?;
    page.press("stage-items").await?;
    page.press_css(
        "[data-testid^=\"item-\"][aria-current], [data-testid=\"item-list\"] [data-testid^=\"item-\"]",
    )
    .await?;
    page.at("item-text").await?;
    shots.take(page, "items").await?;
    journey::export(page, &folder.join("papers"), &folder.join("report.pdf")).await?;
    shots.take(page, "outputs").await?;
    journey::lock(page).await?;
    shots.take(page, "vault-unlock").await
}
