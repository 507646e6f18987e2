//! `cargo xtask test`: every check and every test, the quick ones first.
//!
//! One cargo profile and always the whole workspace, with the same targets: so every call finds the crates of the
//! call before it already built.

use crate::fuzz;
use crate::oscal;
use crate::sbom;
use crate::setup::{self, For};
use crate::shell::{cargo, cargo_on_screen, npm, run, watch};
use crate::table::{Side, render};
use crate::tally::Tally;
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::time::Instant;

type Check = fn(&mut Tally) -> Result<()>;

const CHECKS: &[(&str, Check)] = &[
    ("set-up", |_| setup::install(For::Test)),
    ("format", |_| {
        run(&mut cargo(&["fmt", "--all", "--check"])?)?;
        run(&mut cargo(&["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"])?)
    }),
    ("window: types", |_| run(&mut npm(&["run", "check"])?)),
    ("window: lint", |_| run(&mut npm(&["run", "lint"])?)),
    ("window: tests", |tally| watch(&mut npm(&["run", "test"])?, &mut |line| tally.see(line))),
    ("dependencies", |_| dependencies()),
    ("list of parts", |_| sbom::write()),
    ("clippy", |_| {
        run(&mut cargo(&["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"])?)
    }),
    ("build", |_| run(&mut cargo(&["build", "--locked", "--workspace", "--all-targets"])?)),
    ("tests, journeys, tidy", |tally| {
        let words = ["nextest", "run", "--locked", "--workspace", "--all-targets", "--profile", "ci"];
        watch(&mut cargo_on_screen(&words)?, &mut |line| tally.see(line))
    }),
    ("OSCAL client", |_| oscal::shown_to_trestle()),
    ("fuzzing", |_| fuzz::bounded()),
    ("doc tests", |tally| {
        watch(&mut cargo(&["test", "--locked", "--workspace", "--doc"])?, &mut |line| tally.see(line))
    }),
];

/// Runs the checks; stops at the first that fails, unless `keep_going`. The last line printed is the number of
/// tests that passed and failed.
///
/// # Errors
/// Names the checks that failed.
pub fn run_all(keep_going: bool) -> Result<()> {
    let mut tally = Tally::default();
    let mut rows = Vec::new();
    let mut failed = Vec::new();
    let all = Instant::now();
    for (name, check) in CHECKS {
        eprintln!("\n== {name}");
        let start = Instant::now();
        let done = check(&mut tally);
        let seconds = format!("{:.0}", start.elapsed().as_secs_f64());
        if let Err(error) = done {
            eprintln!("xtask: {error:#}");
            failed.push(*name);
            rows.push(vec![(*name).to_owned(), seconds, "FAILED".to_owned()]);
            if !keep_going {
                break;
            }
        } else {
            rows.push(vec![(*name).to_owned(), seconds, "ok".to_owned()]);
        }
    }
    rows.push(vec!["all".to_owned(), format!("{:.0}", all.elapsed().as_secs_f64()), String::new()]);
    eprintln!("\n{}", render(&[("check", Side::Left), ("seconds", Side::Right), ("", Side::Left)], &rows));
    if !failed.is_empty() {
        eprintln!("failed: {}\n", failed.join(", "));
    }
    println!("{} passed, {} failed", tally.passed, tally.failed);
    if failed.is_empty() {
        return Ok(());
    }
    std::process::exit(1)
}

/// Licences, sources and bans; advisories only against a copy of the database that is already here.
fn dependencies() -> Result<()> {
    let quiet = ["deny", "--locked", "--log-level", "error"];
    run(&mut cargo(&[&quiet[..], &["check", "bans", "licenses", "sources"]].concat())?)?;
    if advisory_databases().is_some_and(|dir| holds_database(&dir)) {
        return run(&mut cargo(&[&quiet[..], &["--offline", "check", "advisories"]].concat())?);
    }
    eprintln!("advisories: skipped, there is no advisory database on this machine");
    Ok(())
}

/// Where `cargo deny fetch` keeps them.
fn advisory_databases() -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cargo")))?;
    Some(home.join("advisory-dbs"))
}

/// Whether a database was fetched or cloned into `dir`: cargo-deny makes the folder and a lock in it even when it has
/// fetched none.
fn holds_database(dir: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(dir) else { return false };
    let fetched = |git: &Path| git.join("FETCH_HEAD").is_file() || git.join("packed-refs").is_file();
    entries.flatten().any(|entry| fetched(&entry.path().join(".git")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_holds_only_a_lock_is_no_advisory_database() {
        let dir = tempfile::tempdir().expect("a folder");
        let dbs = dir.path().join("advisory-dbs");
        assert!(!holds_database(&dbs));
        std::fs::create_dir(&dbs).expect("made");
        std::fs::write(dbs.join("db.lock"), "").expect("written");
        assert!(!holds_database(&dbs));
        std::fs::create_dir_all(dbs.join("advisory-db-0/.git")).expect("made");
        assert!(!holds_database(&dbs));
        std::fs::write(dbs.join("advisory-db-0/.git/FETCH_HEAD"), "").expect("written");
        assert!(holds_database(&dbs));
    }
}
