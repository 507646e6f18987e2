//! `cargo xtask fuzz`: coverage-guided tests of the readers, with the stable compiler and without further tools.
//!
//! The instrumentation is LLVM's own, asked for by flags as cargo-fuzz does; the sanitizers, which need a nightly
//! compiler, are left out: our code has no `unsafe`, so that what can go wrong shows as a panic, a sum that does not
//! agree, memory or time.

use crate::shell::{capture, program, root, run};
use crate::table::{Side, render};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// Seconds for each target when nothing else is said.
pub const ALONE: u64 = 120;

/// Seconds for all targets together among the checks.
const TOGETHER: u64 = 300;

/// Seconds that one input may take.
const LONGEST: u64 = 20;
/// MiB that one process may hold.
const MOST_MIB: u64 = 512;

/// What the compiler is told: count the edges, keep their table, watch comparisons.
const FLAGS: [&str; 6] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

/// How long each target runs, and from which number it draws what it tries.
#[derive(Clone, Copy)]
struct Bounds {
    seconds: u64,
    /// A number of its own for each run where there is none.
    seed: Option<u32>,
}

/// Builds the targets and runs one, or all, for so many seconds each.
///
/// # Errors
/// When one does not build or there is none of this name; names the inputs that crashed.
pub fn fuzz(target: Option<&str>, seconds: u64) -> Result<()> {
    let targets: Vec<String> =
        targets()?.into_iter().filter(|name| target.is_none_or(|wanted| wanted == name)).collect();
    if targets.is_empty() {
        bail!("there is no such target; there are {}", self::targets()?.join(", "));
    }
    run_all(&targets, Bounds { seconds, seed: None })
}

/// All targets within [`TOGETHER`], always from the same number: a check may not fail at one time and pass at another
/// for the numbers that it drew.
///
/// # Errors
/// As [`fuzz`].
pub fn bounded() -> Result<()> {
    let targets = targets()?;
    let rounds = targets.len().div_ceil(cores()).max(1);
    run_all(&targets, Bounds { seconds: TOGETHER / rounds as u64, seed: Some(1) })
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn run_all(targets: &[String], bounds: Bounds) -> Result<()> {
    let fuzzer = build()?;
    let waiting = Mutex::new(targets.iter());
    let ended = Mutex::new(Vec::new());
    std::thread::scope(|threads| {
        for _ in 0..cores().min(targets.len()) {
            threads.spawn(|| {
                // The lock is held for the taking, not for the run.
                while let Some(name) = waiting.lock().ok().and_then(|mut names| names.next()) {
                    let done = run_one(&fuzzer, name, bounds);
                    if let Ok(mut ended) = ended.lock() {
                        ended.push((name, done));
                    }
                }
            });
        }
    });
    let mut ended = ended.into_inner().unwrap_or_default();
    ended.sort_by_key(|(name, _)| *name);
    tell(ended.iter().map(|(name, done)| (name.as_str(), done)))
}

/// Runs one input again, telling what it says: for a look at a crash.
///
/// # Errors
/// When it still crashes.
pub fn again(target: &str, input: &str) -> Result<()> {
    let file = fs::canonicalize(input).with_context(|| input.to_owned())?;
    run(of_target(&build()?, target)?.arg(file))
}

/// Names of the targets: each is a file.
fn targets() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root()?.join("fuzz/fuzz_targets"))? {
        let path = entry?.path();
        names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
    }
    names.sort();
    Ok(names)
}

/// Builds the program that all targets are in, into a folder of its own, so that the flags make nothing else be built
/// again; gives its path. The flags go with a named platform: so build scripts are built without them.
fn build() -> Result<PathBuf> {
    let said = capture(program("rustc", ".")?.arg("-vV"))?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?;
    let folder = root()?.join("target/fuzz");
    let mut cargo = program("cargo", "fuzz")?;
    cargo.args(["build", "--locked", "--release", "--target", host, "--target-dir"]).arg(&folder);
    run(cargo.env_remove("CARGO_ENCODED_RUSTFLAGS").env("RUSTFLAGS", FLAGS.join(" ")))?;
    Ok(folder.join(host).join("release/fieldbook-fuzz"))
}

/// The fuzzer with one of its targets.
fn of_target(fuzzer: &Path, name: &str) -> Result<Command> {
    let mut command = program(&fuzzer.to_string_lossy(), ".")?;
    command.env("FIELDBOOK_FUZZ", name);
    Ok(command)
}

/// What a run came to.
struct Done {
    inputs: String,
    new: String,
    peak: String,
    /// What was said and the inputs kept, when it did not end well.
    crash: Option<String>,
}

fn run_one(fuzzer: &Path, name: &str, Bounds { seconds, seed }: Bounds) -> Result<Done> {
    let kept = root()?.join("target/fuzz/corpus").join(name);
    let crashes = root()?.join("target/fuzz/crashes").join(name);
    let seeds = root()?.join("fuzz/seeds").join(name);
    fs::create_dir_all(&kept)?;
    fs::create_dir_all(&crashes)?;
    let mut fuzzer = of_target(fuzzer, name)?;
    fuzzer.arg(format!("-max_total_time={seconds}")).arg(format!("-timeout={LONGEST}"));
    fuzzer.arg(format!("-rss_limit_mb={MOST_MIB}")).arg(format!("-artifact_prefix={}/", crashes.display()));
    fuzzer.args(["-print_final_stats=1", "-max_len=16384", "-use_value_profile=1"]).arg(&kept);
    if let Some(seed) = seed {
        fuzzer.arg(format!("-seed={seed}"));
    }
    if seeds.is_dir() {
        fuzzer.arg(&seeds);
    }
    eprintln!("fuzzing {name} for {seconds} s");
    watched(&mut fuzzer)
}

fn watched(fuzzer: &mut Command) -> Result<Done> {
    let output = fuzzer.output().context("the fuzzer cannot be started")?;
    let said = String::from_utf8_lossy(&output.stderr);
    let stat = |key: &str| {
        let line = said.lines().find_map(|line| line.strip_prefix(&format!("stat::{key}:")));
        line.unwrap_or_default().trim().to_owned()
    };
    let crash = (!output.status.success()).then(|| {
        let lines: Vec<&str> = said.lines().collect();
        let last = lines.get(lines.len().saturating_sub(40)..).unwrap_or_default();
        last.join("\n")
    });
    Ok(Done {
        inputs: stat("number_of_executed_units"),
        new: stat("new_units_added"),
        peak: stat("peak_rss_mb"),
        crash,
    })
}

/// Prints a table, and of each crash what was said, where libFuzzer names the file that holds the input.
fn tell<'a>(all: impl Iterator<Item = (&'a str, &'a Result<Done>)>) -> Result<()> {
    let mut rows = Vec::new();
    let mut failed = Vec::new();
    for (name, done) in all {
        match done {
            Ok(done) => {
                let word = if done.crash.is_some() { "CRASH" } else { "ok" };
                let row = [name, &done.inputs, &done.new, &done.peak, word];
                rows.push(row.map(str::to_owned).to_vec());
                if let Some(said) = &done.crash {
                    eprintln!(
                        "\n== {name}\n{said}\nagain: cargo xtask fuzz {name} --input <the file named above>"
                    );
                    failed.push(name);
                }
            }
            Err(error) => {
                eprintln!("\n== {name}: {error:#}");
                failed.push(name);
            }
        }
    }
    let heads = [
        ("target", Side::Left),
        ("inputs", Side::Right),
        ("new", Side::Right),
        ("peak MiB", Side::Right),
        ("", Side::Left),
    ];
    eprintln!("\n{}", render(&heads, &rows));
    if failed.is_empty() { Ok(()) } else { bail!("crashed: {}", failed.join(", ")) }
}
