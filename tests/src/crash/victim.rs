//! The child: opens the vault and does one act after another, telling of each on standard output.

use super::acts::Actor;
use super::reference::CLAUSES;
use super::world::World;
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};

/// First word of a call that is the child's part.
pub const VICTIM: &str = "victim";

/// The call that makes `program` the child: works from the act after `from` on, up to `to`, opening the vault with the
/// passphrase of the change `changes`.
#[must_use]
pub fn call(program: &Path, world: &World, from: u64, to: u64, changes: u64) -> Command {
    let mut command = Command::new(program);
    let numbers = [world.seed, from, to, changes].map(|n| n.to_string());
    command.arg(VICTIM).arg(&world.folder).args(numbers);
    command
}

/// Serves a call that [`call`] made, if this is one.
#[must_use]
pub fn serve() -> Option<ExitCode> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [first, folder, numbers @ ..] = words.as_slice() else { return None };
    if first != VICTIM {
        return None;
    }
    let numbers: Vec<u64> = numbers.iter().filter_map(|n| n.parse().ok()).collect();
    let [seed, from, to, changes] = numbers.as_slice() else { return Some(ExitCode::FAILURE) };
    Some(work(&World::new(Path::new(folder), *seed), *from, *to, *changes))
}

fn work(world: &World, from: u64, to: u64, changes: u64) -> ExitCode {
    world.begin(from);
    let mut desk = world.desk().expect("checklists");
    say("desk");
    if let Err(e) = world.unlock(&mut desk, &[changes]) {
        say(&format!("refused 0 open {}", e.key()));
        return ExitCode::SUCCESS;
    }
    say("open");
    let clauses = std::fs::read_to_string(world.folder.join(CLAUSES)).expect("clauses");
    let clauses = clauses.lines().map(str::to_owned).collect();
    let mut actor = Actor { clauses, changes, open: None };
    for n in from + 1..=to {
        let told = actor.act(world, &mut desk, n);
        say(&format!("told {n} {} {}", told.act, told.said));
    }
    ExitCode::SUCCESS
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // Who does not listen any more is about to stop this program.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
