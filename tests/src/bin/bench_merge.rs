//! `bench-merge [--histories N] [--seed S]`: invents histories of an exam on two to four copies that exchange packages in any
//! order, and checks the laws of merging in each. Ends badly when one is broken.

use fieldbook_tests::merge_laws::{Dice, Tally, run};
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::time::Instant;

const HISTORIES: u64 = 10_000;
/// Most steps of a history.
const STEPS: usize = 120;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| words.iter().position(|w| w == name).and_then(|at| words.get(at + 1));
    let histories = option("--histories").map_or(Ok(HISTORIES), |n| n.parse())?;
    let seed: u64 = option("--seed").map_or(Ok(1), |n| n.parse())?;
    let (mut all, mut broken, begun) = (Tally::default(), 0_u64, Instant::now());
    let mut out = std::io::stdout().lock();
    for n in 0..histories {
        let seed = seed.wrapping_add(n);
        let steps = 1 + Dice(seed).below(STEPS);
        match run(seed, steps) {
            Ok(tally) => all.add(tally),
            Err(law) => {
                broken += 1;
                writeln!(out, "seed {seed}, {steps} steps: {law}")?;
            }
        }
    }
    let Tally { histories, operations, merges, conflicts, united, gaps } = all;
    for (what, count) in [
        ("histories", histories),
        ("entries written", operations),
        ("packages merged", merges),
        ("fields asked about", conflicts),
        ("records united", united),
        ("packages with a gap before them", gaps),
        ("histories with a broken law", broken),
    ] {
        writeln!(out, "{what:<32} {count:>10}")?;
    }
    writeln!(out, "{:<32} {:>8.1} s", "time", begun.elapsed().as_secs_f64())?;
    Ok(if broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
