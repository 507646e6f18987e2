//! `cargo xtask dist <what>`: the packages that examiners install, into `target/dist/`.
//!
//! The same sources give the same package: what a time is wanted for gets `SOURCE_DATE_EPOCH`, or that of the last commit.

pub mod deb;
mod licences;
pub mod windows;

use crate::shell::{capture, program, root, run};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// Packages whose programs are shipped.
const SHIPPED: [&str; 4] = ["-p", "fieldbook-cli", "-p", "fieldbook-desktop"];
/// Of this release.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// `target/dist/<name>`, empty.
fn fresh(name: &str) -> Result<PathBuf> {
    let folder = root()?.join("target/dist").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
    }
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    Ok(folder)
}

/// Seconds since 1970 that stand for the making of a package.
fn made_at() -> Result<String> {
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(given) => Ok(given),
        Err(_) => Ok(capture(program("git", ".")?.args(["log", "-1", "--format=%ct"]))?.trim().to_owned()),
    }
}

/// Gives everything below a folder one time, so that archives of it are alike.
fn dated(folder: &Path, seconds: &str) -> Result<()> {
    run(program("find", ".")?.arg(folder).args([
        "-exec",
        "touch",
        "-h",
        "-d",
        &format!("@{seconds}"),
        "{}",
        "+",
    ]))
}

/// A file of `assets/packages/`, with `{name}` filled in.
fn filled(file: &str, values: &[(&str, &str)]) -> Result<String> {
    let path = root()?.join("assets/packages").join(file);
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    Ok(fill(&text, values))
}

fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// Says what was made, how large it is and its fingerprint.
fn tell(file: &Path) -> Result<()> {
    let size = fs::metadata(file)?.len();
    let sum = capture(program("sha256sum", ".")?.arg(file))?;
    let sum = sum.split_whitespace().next().unwrap_or_default();
    let shown = file.strip_prefix(root()?).unwrap_or(file).display().to_string();
    println!("{shown}: {:.1} MB, sha256 {sum}", size as f64 / 1e6);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn what_is_named_is_filled_in_and_the_rest_stays() {
        assert_eq!(fill("{a} {b} ${c} {a}", &[("a", "1"), ("c", "2")]), "1 {b} $2 1");
    }
}
