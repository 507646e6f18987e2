//! The small tasks.

use crate::fuzz;
use crate::setup::{self, For};
use crate::shell::{capture, cargo, cargo_on_screen, npm, root, run};
use anyhow::{Context, Result};
use std::fs;

/// Builds and opens the window with the pages as they are now.
///
/// # Errors
/// When a build fails.
pub fn dev() -> Result<()> {
    setup::install(For::Build)?;
    run(&mut cargo(&["run", "--package", "fieldbook-desktop"])?)
}

/// Serves the pages on the fake backend, which holds an invented exam.
///
/// # Errors
/// When the server does not start.
pub fn dev_in_browser() -> Result<()> {
    setup::install(For::Build)?;
    run(&mut npm(&["run", "dev", "--", "--mode", "fake"])?)
}

/// Runs the tests of the house rules.
///
/// # Errors
/// When one is broken.
pub fn tidy() -> Result<()> {
    run(&mut cargo(&["nextest", "run", "--package", "fieldbook-tests", "--test", "tidy"])?)
}

/// Writes the window's side of the wire.
///
/// # Errors
/// When the wire types do not compile or the file cannot be written.
pub fn bindings() -> Result<()> {
    let text =
        capture(&mut cargo(&["run", "--quiet", "--package", "fieldbook-app", "--example", "bindings"])?)?;
    let file = root()?.join("ui/src/backend/bindings.ts");
    fs::write(&file, text).with_context(|| file.display().to_string())?;
    println!("ui/src/backend/bindings.ts");
    Ok(())
}

/// Writes the lock file of the checklists' ids.
///
/// # Errors
/// When the checklists are not valid.
pub fn lock() -> Result<()> {
    run(&mut cargo(&["run", "--quiet", "--package", "fieldbook-checklist", "--example", "lock"])?)
}

/// Calls `fieldbook checklist` from the sources.
///
/// # Errors
/// When it does not build, or says that something is wrong.
pub fn checklist(call: &[&str]) -> Result<()> {
    let mut words =
        vec!["run", "--quiet", "--package", "fieldbook-cli", "--bin", "fieldbook", "--", "checklist"];
    words.extend(call);
    run(&mut cargo(&words)?)
}

/// Runs the measurement `name`, optimised.
///
/// # Errors
/// When there is none of this name, or it misses its mark.
pub fn bench(name: &str, rest: &[&str]) -> Result<()> {
    let program = format!("bench-{name}");
    if name == "outputs" {
        // It needs the papers' own crate only, and so is built in a minute.
        let mut words =
            vec!["run", "--release", "--package", "fieldbook-report", "--example", &program, "--"];
        words.extend(rest);
        return run(cargo(&words)?.env("FIELDBOOK_PYTHON", setup::rivals(name)?));
    }
    if name == "secrecy" {
        // What it looks at is what the programs leave behind, however fast they are.
        run(&mut cargo(&["build", "--workspace", "--bins"])?)?;
        let mut words = vec!["run", "--package", "fieldbook-tests", "--bin", &program, "--"];
        words.extend(rest);
        return run(&mut cargo_on_screen(&words)?);
    }
    let mut words = vec!["run", "--release", "--package", "fieldbook-tests", "--bin", &program, "--"];
    words.extend(rest);
    if name == "intake" {
        return run(cargo(&words)?.env("FIELDBOOK_PYTHON", setup::rivals(name)?));
    }
    if !["window", "ui"].contains(&name) {
        return run(&mut cargo(&words)?);
    }
    // What it measures is the program as it is shipped.
    setup::install(For::Test)?;
    run(&mut cargo(&["build", "--release", "--package", "fieldbook-desktop"])?)?;
    let shipped = root()?.join("target/release/fieldbook-desktop");
    run(cargo_on_screen(&words)?.env("FIELDBOOK_DESKTOP", shipped))
}

/// Takes screenshots of every screen into `target/shots/`.
///
/// # Errors
/// When the window does not come up or a screen cannot be reached.
pub fn shots(rest: &[&str]) -> Result<()> {
    setup::install(For::Test)?;
    run(&mut cargo(&["build", "--workspace", "--bins"])?)?;
    let mut words = vec!["run", "--package", "fieldbook-tests", "--bin", "shots", "--"];
    words.extend(rest);
    run(&mut cargo_on_screen(&words)?)
}

/// Looks at every screen, or at those whose names begin so. `--accept` keeps the pictures as they are now, `--contrast`
/// looks at the themes of more contrast.
///
/// # Errors
/// When something is in somebody's way or does not look as it did.
pub fn looks(rest: &[&str]) -> Result<()> {
    setup::install(For::Test)?;
    let screens: Vec<&str> = rest.iter().copied().filter(|word| !word.starts_with("--")).collect();
    let mut words = cargo(&["test", "--workspace", "--test", "screens", "a_visit_to_every"])?;
    words.env("FIELDBOOK_SCREENS", screens.join(",")).env("FIELDBOOK_PICTURES", "1");
    for (word, name) in [("--accept", "FIELDBOOK_ACCEPT"), ("--contrast", "FIELDBOOK_CONTRAST")] {
        if rest.contains(&word) {
            words.env(name, "1");
        }
    }
    run(&mut words)
}

/// Makes the spreadsheets of the sample firm again.
///
/// # Errors
/// When the maker fails.
pub fn sample() -> Result<()> {
    run(&mut cargo(&["run", "--package", "fieldbook-tests", "--bin", "make-sample"])?)
}

/// Feeds the readers for as many seconds as the word says.
///
/// # Errors
/// When it is no number; as [`fuzz::fuzz`].
pub fn fuzz(target: Option<&str>, seconds: &str) -> Result<()> {
    fuzz::fuzz(target, seconds.parse().context("--seconds takes a number")?)
}
