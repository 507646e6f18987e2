//! `cargo xtask dist windows`: the programs for Windows, built on Debian; as a folder to carry along and as an installer. What of them
//! runs under Wine is run there.

mod wine;

use super::{SHIPPED, VERSION, dated, fresh, licences, made_at, tell};
use crate::setup::{self, For};
use crate::shell::{program, root, run};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

const TARGET: &str = "x86_64-pc-windows-gnu";
/// Debian's second Rust, named outright: rustup's has no standard library for Windows and stands first on the path.
const CARGO: &str = "/usr/bin/cargo";
const RUSTC: &str = "/usr/bin/rustc";
const INSTALLER: &str = "assets/packages/windows/fieldbook.nsi";
const ICON: &str = "assets/icons/icon.ico";
/// What is made by the build; the loader of the web view has to lie beside the window's program.
const BUILT: [&str; 3] = ["fieldbook.exe", "fieldbook-desktop.exe", "WebView2Loader.dll"];
/// What goes along with it.
const TEXTS: [&str; 2] = ["LICENSE.txt", "licences.txt"];

/// Builds, packs and tries the programs.
///
/// # Errors
/// When a tool fails, or a program does not do under Wine what it does here.
pub fn make() -> Result<()> {
    setup::install(For::Windows)?;
    let built = programs()?;
    let folder = collected(&built)?;
    let at = made_at()?;
    dated(&folder, &at)?;
    let (zip, installer) = (zipped(&folder)?, installer(&folder, &at)?);
    wine::tried(&built, &installer)?;
    tell(&zip)?;
    tell(&installer)
}

/// The programs, optimised: in debug builds printpdf exports more names than a library for Windows may have.
fn programs() -> Result<PathBuf> {
    let mut build = program(CARGO, ".")?;
    build.args([
        "build",
        "--locked",
        "--release",
        "--bins",
        "--target",
        TARGET,
        "--target-dir",
        "target/windows",
    ]);
    build.arg("-Zbuild-std=std,panic_unwind").args(SHIPPED);
    run(build.env("RUSTC", RUSTC).env("RUSTC_BOOTSTRAP", "1"))?;
    Ok(root()?.join("target/windows").join(TARGET).join("release"))
}

/// Everything that is installed, in one folder.
fn collected(built: &Path) -> Result<PathBuf> {
    let folder = fresh("windows")?.join(format!("Fieldbook-{VERSION}"));
    fs::create_dir(&folder)?;
    for name in BUILT {
        fs::copy(built.join(name), folder.join(name)).with_context(|| format!("{name} was not built"))?;
    }
    let read = |name: &str| fs::read_to_string(root()?.join(name)).with_context(|| name.to_owned());
    let licence = [read("LICENSE")?, read("LICENSE-MIT")?, read("LICENSE-APACHE")?].join("\n\n");
    for (name, text) in TEXTS.into_iter().zip([licence, licences::text()?]) {
        // With a mark, editors and installers of Windows take a text for UTF-8.
        fs::write(folder.join(name), format!("\u{feff}{}", text.replace('\n', "\r\n")))?;
    }
    Ok(folder)
}

fn zipped(folder: &Path) -> Result<PathBuf> {
    let file = root()?.join(format!("target/dist/fieldbook_{VERSION}_windows.zip"));
    if file.exists() {
        fs::remove_file(&file)?;
    }
    let mut zip = program("zip", ".")?;
    zip.current_dir(folder.parent().unwrap_or(folder)).args(["-q", "-X", "-D", "-r"]).arg(&file);
    let name = folder.file_name().context("a folder without a name")?;
    // A zip holds times of a clock on the wall.
    run(zip.args(inside(name.to_string_lossy().as_ref())).env("TZ", "UTC"))?;
    Ok(file)
}

/// What a package holds, always in this order.
fn inside(folder: &str) -> Vec<String> {
    BUILT.iter().chain(&TEXTS).map(|name| format!("{folder}/{name}")).collect()
}

fn installer(folder: &Path, at: &str) -> Result<PathBuf> {
    let file = root()?.join(format!("target/dist/fieldbook_{VERSION}_windows-setup.exe"));
    let path = |name: &str| Ok::<_, anyhow::Error>(root()?.join(name).display().to_string());
    let words = [
        format!("-DVERSION={VERSION}"),
        format!("-DNUMBERS={}", four_numbers(VERSION)),
        format!("-DFOLDER={}", folder.display()),
        format!("-DICON={}", path(ICON)?),
        format!("-DOUT={}", file.display()),
        path(INSTALLER)?,
    ];
    run(program("makensis", ".")?
        .args(["-V2", "-WX", "-INPUTCHARSET", "UTF8"])
        .args(words)
        .env("SOURCE_DATE_EPOCH", at))?;
    Ok(file)
}

/// A version as Windows wants it: four numbers, without the words that may follow.
fn four_numbers(version: &str) -> String {
    let plain = version.split(['-', '+']).next().unwrap_or_default();
    let numbers = plain.split('.').map(|n| n.parse::<u16>().unwrap_or(0)).chain([0; 4]).take(4);
    numbers.map(|n| n.to_string()).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_has_four_numbers() {
        assert_eq!(four_numbers("0.1.0"), "0.1.0.0");
        assert_eq!(four_numbers("12.3.4-rc.1+5"), "12.3.4.0");
    }

    /// What the installer lays down it takes away again, and nothing else; it says everything in both languages.
    #[test]
    fn the_uninstaller_knows_every_file_and_leaves_the_vault() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let text = fs::read_to_string(root.join(INSTALLER)).expect("the installer's script");
        let (install, uninstall) = text.split_once("Section \"Uninstall\"").expect("an uninstaller");
        for name in BUILT.iter().chain(&TEXTS).chain(&["uninstall.exe"]) {
            assert!(uninstall.contains(&format!("Delete \"$INSTDIR\\{name}\"")), "{name} stays");
        }
        let recursive: Vec<&str> = uninstall.lines().filter(|line| line.contains("RMDir /r")).collect();
        assert_eq!(recursive, ["  RMDir /r \"${VIEW}\""], "a folder goes whole");
        assert!(
            install.contains("!define VIEW \"$LOCALAPPDATA\\tw.fieldbook.desktop\""),
            "the folder that goes"
        );
        for line in install.lines().filter(|line| line.starts_with("LangString") && line.contains("_ENGLISH"))
        {
            let other = line.split_whitespace().nth(1).unwrap_or_default();
            assert!(install.contains(&format!("LangString {other} ${{LANG_TRADCHINESE}}")), "{other}");
        }
    }

    #[test]
    fn a_package_holds_the_programs_the_loader_and_the_licences() {
        let names = inside("F-1");
        assert_eq!(names.len(), 5);
        assert!(names.contains(&"F-1/WebView2Loader.dll".to_owned()), "{names:?}");
    }
}
