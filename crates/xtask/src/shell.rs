//! Runs other programs, always from the repository's root: says which, and says how long it took when it was long.

use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// Steps shorter than this end without a word.
const WORTH_SAYING: Duration = Duration::from_secs(2);

/// The repository's root.
///
/// # Errors
/// When no folder above has a `Cargo.lock`.
pub fn root() -> Result<PathBuf> {
    let start = match env::var_os("CARGO_MANIFEST_DIR") {
        Some(dir) => PathBuf::from(dir),
        None => env::current_dir()?,
    };
    let root = start.ancestors().find(|dir| dir.join("Cargo.lock").is_file());
    root.map(Path::to_path_buf).context("no Cargo.lock above this folder: call me inside the repository")
}

/// Folder of the cargo tools that `setup` installs.
///
/// # Errors
/// As [`root`].
pub fn tools() -> Result<PathBuf> {
    Ok(root()?.join("target/tools"))
}

/// A program, to be run in `dir` below the root. Its standard input is closed; the cargo tools are on its path.
///
/// # Errors
/// As [`root`].
pub fn program(name: &str, dir: &str) -> Result<Command> {
    let mut command = Command::new(name);
    command.current_dir(root()?.join(dir)).stdin(Stdio::null());
    for (key, _) in env::vars_os().filter(|(key, _)| set_by_cargo_run(&key.to_string_lossy())) {
        command.env_remove(key);
    }
    let mut path = OsString::from(tools()?.join("bin"));
    if let Some(old) = env::var_os("PATH") {
        path.push(":");
        path.push(old);
    }
    command.env("PATH", path);
    Ok(command)
}

/// What `cargo run` sets for us would count as a changed environment for some build scripts, and so would make
/// the same crates be built again.
fn set_by_cargo_run(key: &str) -> bool {
    const PREFIXES: [&str; 4] = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
    PREFIXES.iter().any(|prefix| key.starts_with(prefix))
        || key == "CARGO_PRIMARY_PACKAGE"
        || key == "OUT_DIR"
}

/// `cargo` with these words.
///
/// # Errors
/// As [`root`].
pub fn cargo(words: &[&str]) -> Result<Command> {
    let mut command = program("cargo", ".")?;
    command.args(words);
    Ok(command)
}

/// `npm` with these words, in `ui/`.
///
/// # Errors
/// As [`root`].
pub fn npm(words: &[&str]) -> Result<Command> {
    let mut command = program("npm", "ui")?;
    command.args(words);
    Ok(command)
}

/// `cargo` with these words on a screen of its own, where the window's tests can open windows.
///
/// # Errors
/// As [`root`].
pub fn cargo_on_screen(words: &[&str]) -> Result<Command> {
    let mut command = program("xvfb-run", ".")?;
    command.args(["-a", "-s", "-screen 0 1600x1000x24", "dbus-run-session", "--", "cargo"]).args(words);
    command.env("NO_AT_BRIDGE", "1");
    Ok(command)
}

/// Runs it; what it prints goes where ours goes.
///
/// # Errors
/// When it cannot be started or does not succeed.
pub fn run(command: &mut Command) -> Result<()> {
    let words = say(command);
    let start = Instant::now();
    let status = command.status().with_context(|| format!("cannot start `{words}`"))?;
    said_done(start);
    succeeded(&words, status)
}

/// Runs it without a word and returns its standard output.
///
/// # Errors
/// When it cannot be started or does not succeed.
pub fn capture(command: &mut Command) -> Result<String> {
    let words = words_of(command);
    let output = command.output().with_context(|| format!("cannot start `{words}`"))?;
    if !output.status.success() {
        eprint!("{}", String::from_utf8_lossy(&output.stderr));
    }
    succeeded(&words, output.status)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs it, passes on what it prints line by line, and hands every line to `seen` as well.
///
/// # Errors
/// When it cannot be started or does not succeed.
pub fn watch(command: &mut Command, seen: &mut dyn FnMut(&str)) -> Result<()> {
    let words = say(command);
    let start = Instant::now();
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{words}`"))?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let (send, lines) = std::sync::mpsc::channel();
    std::thread::scope(|threads| {
        for pipe in [out.map(|p| Box::new(p) as Box<dyn Read + Send>), err.map(|p| Box::new(p) as _)]
            .into_iter()
            .flatten()
        {
            let send = send.clone();
            threads.spawn(move || pass_lines(pipe, &send));
        }
        drop(send);
        for line in lines {
            // Nobody listening any more is no reason to stop the child.
            let _ = std::io::stdout().lock().write_all(format!("{line}\n").as_bytes());
            seen(&line);
        }
    });
    let status = child.wait()?;
    said_done(start);
    succeeded(&words, status)
}

fn pass_lines(pipe: impl Read, send: &std::sync::mpsc::Sender<String>) {
    let mut pipe = BufReader::new(pipe);
    let mut line = Vec::new();
    while pipe.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
        let text = String::from_utf8_lossy(&line).trim_end_matches(['\n', '\r']).to_owned();
        if send.send(text).is_err() {
            return;
        }
        line.clear();
    }
}

/// Whether the path, with the cargo tools before it, has a program of this name.
pub fn has(name: &str) -> bool {
    let tools = tools().map(|dir| dir.join("bin"));
    let path = env::var_os("PATH").unwrap_or_default();
    tools.into_iter().chain(env::split_paths(&path)).any(|dir| dir.join(name).is_file())
}

fn say(command: &Command) -> String {
    let words = words_of(command);
    eprintln!("$ {words}");
    words
}

fn words_of(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

fn said_done(start: Instant) {
    let took = start.elapsed();
    if took >= WORTH_SAYING {
        eprintln!("  ({:.0} s)", took.as_secs_f64());
    }
}

fn succeeded(words: &str, status: ExitStatus) -> Result<()> {
    if status.success() {
        return Ok(());
    }
    bail!("`{words}` failed ({status})")
}
