//! `cargo xtask bench crash`: kills, power losses and failing disks, and what is left of a vault afterwards.

// A measurement talks to the person who called it.
#![allow(clippy::print_stdout)]

use fieldbook_tests::crash::{kill, places, power, trace, victim};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    if let Some(code) = victim::serve() {
        return code;
    }
    let word = |name: &str, usual: u64| {
        let words: Vec<String> = std::env::args().collect();
        let at = words.iter().position(|w| w == name);
        at.and_then(|i| words.get(i + 1)).and_then(|n| n.parse().ok()).unwrap_or(usual)
    };
    let (kills, seed) = (word("--kills", 500), word("--seed", 1));
    let program = std::env::current_exe().expect("this program");
    let folder = tempfile::tempdir().expect("a folder");
    let begun = Instant::now();
    let mut progress = |t: &kill::Tally| {
        if t.kills.is_multiple_of(50) {
            eprintln!("  {} kills, {} acts told of, {} wrong", t.kills, t.told, t.wrong.len());
        }
    };
    let tally = kill::kill(&program, folder.path(), kills, seed, &mut progress);
    println!(
        "kills {} (seed {seed}), {:.0} s: {} acts told of, {} while opening; of the act under way: {} whole, {:?} in one database of two, the rest not at all",
        tally.kills,
        begun.elapsed().as_secs_f64(),
        tally.told,
        tally.while_opening,
        tally.finished,
        tally.between
    );
    println!("acts {:?}", tally.acts);
    tally.wrong.iter().for_each(|w| println!("WRONG {w}"));
    println!(
        "kills without loss: {} of {}",
        tally.kills.saturating_sub(tally.wrong.len() as u64),
        tally.kills
    );
    let mut whole = tally.wrong.is_empty();
    whole &= losses(&program, word("--points", 100), seed);
    whole &= walked(&program, word("--every", 1));
    ExitCode::from(u8::from(!whole))
}

/// Power losses; every hundred points on a recording of their own.
fn losses(program: &Path, points: u64, seed: u64) -> bool {
    if points == 0 {
        return true;
    }
    if !trace::is_possible() {
        println!("power losses: strace is not there, or may not look");
        return false;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let begun = Instant::now();
    let tally = power::lose(program, folder.path(), 25, points, seed, power::Syncs::Hold);
    println!(
        "power losses {points}, {:.0} s: of the act under way: {} whole, {:?} in one database of two",
        begun.elapsed().as_secs_f64(),
        tally.finished,
        tally.between
    );
    tally.wrong.iter().for_each(|w| println!("WRONG {w}"));
    println!("power losses without loss: {} of {points}", points.saturating_sub(tally.wrong.len() as u64));
    tally.wrong.is_empty()
}

/// Every place where the store writes.
fn walked(program: &Path, every: u64) -> bool {
    if every == 0 {
        return true;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let walk = places::walk(program, folder.path(), usize::try_from(every).unwrap_or(1));
    println!(
        "places {}: {} deaths and failures tried, {} failures told of",
        walk.reached.len(),
        walk.tried,
        walk.told
    );
    walk.wrong.iter().for_each(|w| println!("WRONG {w}"));
    walk.wrong.is_empty()
}
