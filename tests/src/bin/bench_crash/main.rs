//! `cargo xtask bench crash`: kills, power losses and failing disks, and what is left of a vault afterwards.

use fieldbook_tests::crash::{kill, victim};
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
        if t.kills % 50 == 0 {
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
    println!("kills without loss: {} of {}", tally.kills - tally.wrong.len() as u64, tally.kills);
    ExitCode::from(u8::from(!tally.wrong.is_empty()))
}
