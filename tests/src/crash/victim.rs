//! The child: opens the vault and does one act after another, telling of each on standard output.

use super::acts::Actor;
use super::reference::CLAUSES;
use super::world::{PLANNED, World, passphrase};
use fieldbook_app::backup;
use fieldbook_app::wire::RestoreRequest;
use fieldbook_vault::Plan;
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
    let world = World::new(Path::new(folder), *seed);
    arm(words.last().map_or("", String::as_str));
    let done = match words.get(6).map(String::as_str) {
        Some("make") => made(&world),
        Some("restore") => restored(&world, *from, *changes),
        _ => work(&world, *from, *to, *changes),
    };
    if words.last().is_some_and(|w| w == "count") {
        fieldbook_vault::reached().iter().for_each(|place| say(&format!("reached {place}")));
    }
    Some(done)
}

/// Reads what shall happen at which place: `count`, `die-3`, `fail-3`; anything else leaves the places alone.
fn arm(word: &str) {
    let number = |digits: &str| digits.parse().ok();
    let plan = match word.split_once('-') {
        Some(("die", n)) => number(n).map(Plan::Die),
        Some(("fail", n)) => number(n).map(Plan::Fail),
        _ => (word == "count").then_some(Plan::Count),
    };
    if let Some(plan) = plan {
        fieldbook_vault::arm(plan);
    }
}

fn made(world: &World) -> ExitCode {
    if let Err(e) = world.make() {
        say(&format!("refused 0 make {}", e.key()));
    }
    ExitCode::SUCCESS
}

/// Folder of the vault that [`restored`] makes.
pub const RESTORED: &str = "還原";

/// Makes a vault from the newest generation.
fn restored(world: &World, acts: u64, changes: u64) -> ExitCode {
    world.begin(acts);
    let folder = world.folder.join("備份");
    let newest =
        fieldbook_vault::generations(&folder).ok().and_then(|mut all| all.pop()).expect("a generation");
    let shown = |path: std::path::PathBuf| path.to_string_lossy().into_owned();
    let request = RestoreRequest {
        from: shown(folder.join(newest.name)),
        to: shown(world.folder.join(RESTORED)),
        passphrase: passphrase(changes),
    };
    match backup::restore(&request) {
        Ok(_) => say("restored"),
        Err(e) => say(&format!("refused 0 restore {}", e.key())),
    }
    ExitCode::SUCCESS
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
        // A planned act does what it says; one that does not is the one that was made to fail.
        if world.seed == PLANNED && told.said != "done" {
            break;
        }
    }
    ExitCode::SUCCESS
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // Who does not listen any more is about to stop this program.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
