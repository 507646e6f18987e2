//! The pictures of the manual, into `assets/manual/shots`: parts of the practice exam's screens, light, in few colours, as
//! large as the manual shows them.

use super::still;
use fieldbook_tests::journey;
use fieldbook_tests::small_png::{Part, smaller};
use fieldbook_tests::window::Page;
use std::error::Error;
use std::path::Path;

/// The part of the screen with the rail, the one beside the rail, and the one with what stands at the right.
const LEFT: Part = Part { left: 0, top: 0, width: 860, height: 376 };
const BESIDE: Part = Part { left: 123, top: 62, width: 860, height: 376 };
const FAR: Part = Part { left: 506, top: 62, width: 860, height: 376 };

/// Bytes of the largest picture, and of all together: the program carries them.
const LARGEST: usize = 24_000;
const TOGETHER: usize = 170_000;

/// Takes all of them, in a new vault in a folder.
pub async fn take(page: &Page, folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut shots = Shots(0);
    page.at("vault-dir").await?;
    journey::create_vault(page, &folder.join("vault")).await?;
    journey::confirm_recovery(page).await?;
    page.at("first-steps").await?;
    shots.take(page, "first-steps", LEFT).await?;
    page.press("practice-make").await?;
    page.at("practice-band").await?;
    page.at("dashboard-answered").await?;
    shots.take(page, "dashboard", LEFT).await?;
    page.press("stage-profile").await?;
    page.at("count-applicable").await?;
    shots.take(page, "profile", BESIDE).await?;
    page.press("stage-items").await?;
    journey::item(page, "COL-D7.2").await?;
    shots.take(page, "items", FAR).await?;
    look_at_a_file(page, folder).await?;
    shots.take(page, "data", FAR).await?;
    page.press("stage-tests").await?;
    page.press(&format!("procedure-{}", journey::PROCEDURE)).await?;
    page.at("select-all").await?;
    page.press_css("[data-testid^=\"exception-\"]").await?;
    shots.take(page, "tests", FAR).await?;
    page.press("stage-count").await?;
    page.press_css("[data-testid=count-list] [data-testid^=\"device-s:\"]").await?;
    page.press("device-found").await?;
    shots.take(page, "count", LEFT).await?;
    page.press("stage-findings").await?;
    page.press("finding-1").await?;
    page.at("finding-condition").await?;
    shots.take(page, "findings", BESIDE).await?;
    for (stage, first) in [
        ("evidence", "evidence-add"),
        ("review", "paper-EXAM"),
        ("outputs", "document-report"),
        ("handover", "handover-counts"),
    ] {
        page.press(&format!("stage-{stage}")).await?;
        page.at(first).await?;
        shots.take(page, stage, LEFT).await?;
    }
    page.press("exams-back").await?;
    page.at("practice-leave-open").await?;
    shots.take(page, "exams", LEFT).await
}

/// A file that waits to be imported, with its mapping: the beginning of one that the practice exam has already.
async fn look_at_a_file(page: &Page, folder: &Path) -> Result<(), Box<dyn Error>> {
    let whole = std::fs::read(fieldbook_tests::sample_folder().join("firm/01_AD帳號匯出.csv"))?;
    let lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').take(40).collect();
    let file = folder.join("AD帳號匯出_115年1月.csv");
    std::fs::write(&file, lines.concat())?;
    page.press("stage-data").await?;
    page.fill("import-path", &file.to_string_lossy()).await?;
    page.press("import-add").await?;
    page.press("sheet-0-0").await?;
    page.at("file-encoding").await?;
    Ok(())
}

/// Packs a picture without a loss, to half of what it takes as a PNG.
fn webp(png: &[u8], to: &Path) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let from = folder.path().join("picture.png");
    std::fs::write(&from, png)?;
    let mut pack = std::process::Command::new("cwebp");
    let done = pack.args(["-quiet", "-lossless", "-z", "9"]).arg(&from).arg("-o").arg(to).status()?;
    if done.success() { Ok(()) } else { Err(format!("cwebp does not pack {}", to.display()).into()) }
}

/// Bytes of the pictures so far.
struct Shots(usize);

impl Shots {
    async fn take(&mut self, page: &Page, name: &str, part: Part) -> Result<(), Box<dyn Error>> {
        if page.script("return document.documentElement.dataset.theme", Vec::new()).await? == "dark" {
            page.press("theme").await?;
        }
        still(page).await?;
        let folder = fieldbook_tests::root().join("assets/manual/shots");
        std::fs::create_dir_all(&folder)?;
        let packed = folder.join(format!("{name}.webp"));
        webp(&smaller(&page.picture().await?, part)?, &packed)?;
        let bytes = usize::try_from(std::fs::metadata(&packed)?.len())?;
        self.0 += bytes;
        if bytes > LARGEST || self.0 > TOGETHER {
            return Err(format!("{name} takes {bytes} bytes, {} with those before", self.0).into());
        }
        Ok(())
    }
}
