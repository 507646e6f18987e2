//! `bench-tamper [--flips N] [--seed S]`: damages the files of a vault at random, one at a time, and counts what is found and named.
//! Ends badly when anything is missed: not found, not named, other data, a panic, or a look without end.

use fieldbook_tests::tamper::{Chance, Outcome, Subject, Trial};
use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::time::{Duration, Instant};

const FLIPS: u64 = 2_000;
/// Longest look at one damaged vault.
const LIMIT: Duration = Duration::from_secs(20);

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| words.iter().position(|w| w == name).and_then(|at| words.get(at + 1));
    let flips = option("--flips").map_or(Ok(FLIPS), |n| n.parse())?;
    let seed = option("--seed").map_or(Ok(1), |n| n.parse())?;
    let folder = tempfile::tempdir()?;
    let subject = Subject::make(folder.path()).map_err(|e| e.view().message)?;
    let mut out = std::io::stdout().lock();
    let (mut table, mut missed, mut longest) = (BTreeMap::<_, [u64; 3]>::new(), 0, Duration::ZERO);
    let mut reasons = BTreeMap::<_, u64>::new();
    let (mut chance, begun) = (Chance(seed), Instant::now());
    for n in 1..=flips {
        let trial = Trial::run(&subject, &mut chance);
        longest = longest.max(trial.took);
        let row = table.entry((trial.file, format!("{:?}", trial.damage.kind))).or_default();
        let at = match &trial.outcome {
            Outcome::Named => 0,
            Outcome::ByDesign(why) => {
                *reasons.entry((*why, trial.file)).or_default() += 1;
                1
            }
            Outcome::Missed(why) => {
                missed += 1;
                writeln!(out, "missed, {n} of seed {seed}: {:?}: {why}", trial.damage)?;
                2
            }
        };
        row[at] += 1;
    }
    writeln!(out, "{:<18} {:<8} {:>7} {:>10} {:>7}", "file", "damage", "named", "by design", "missed")?;
    for ((file, kind), [named, design, missed]) in &table {
        writeln!(out, "{file:<18} {kind:<8} {named:>7} {design:>10} {missed:>7}")?;
    }
    for ((why, file), count) in &reasons {
        writeln!(out, "by design, {count:>4} × {file}: {why}")?;
    }
    writeln!(
        out,
        "{flips} damages in {:.0} s, {missed} missed, longest look {:.2} s (at most {})",
        begun.elapsed().as_secs_f64(),
        longest.as_secs_f64(),
        LIMIT.as_secs()
    )?;
    Ok(if missed == 0 && longest <= LIMIT { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
