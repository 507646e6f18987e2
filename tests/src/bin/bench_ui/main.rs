//! `bench-ui`: the numbers of the real window beside what was promised: its start, its screens, its keys, a million rows, five
//! thousand exceptions, the size of its pages, and its memory after a monkey had it.
//!
//! `--rows N`, `--exceptions N` and `--actions N` measure less; `--seed N` is the monkey's.

mod frames;
mod pages;
mod rows;
mod screens;
mod soak;
mod triage;

use fieldbook_tests::target;
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

/// What a measurement gives.
pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// One figure beside its mark.
pub struct Line {
    what: String,
    figure: f64,
    mark: Option<f64>,
    unit: &'static str,
    /// What else is worth knowing.
    note: String,
}

impl Line {
    /// A figure that may be `mark` at most.
    pub fn of(what: &str, figure: f64, mark: f64, unit: &'static str, note: String) -> Self {
        Self { what: what.to_owned(), figure, mark: Some(mark), unit, note }
    }

    /// A figure without a mark.
    pub fn only(what: &str, figure: f64, unit: &'static str, note: String) -> Self {
        Self { what: what.to_owned(), figure, mark: None, unit, note }
    }

    fn holds(&self) -> bool {
        self.mark.is_none_or(|mark| self.figure <= mark)
    }
}

/// How much is measured.
struct Amount {
    rows: usize,
    exceptions: usize,
    actions: usize,
    seed: u64,
}

fn amount() -> Outcome<Amount> {
    let mut amount = Amount { rows: 1_000_000, exceptions: 5_000, actions: 2_000, seed: 9 };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let number = words.next().ok_or("a number is missing")?;
        match word.as_str() {
            "--rows" => amount.rows = number.parse()?,
            "--exceptions" => amount.exceptions = number.parse()?,
            "--actions" => amount.actions = number.parse()?,
            "--seed" => amount.seed = number.parse()?,
            other => return Err(format!("{other} is unknown").into()),
        }
    }
    Ok(amount)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<ExitCode> {
    let amount = amount()?;
    let folder = tempfile::tempdir_in(target())?;
    let mut out = std::io::stdout().lock();
    let mut all = Vec::new();
    let mut add = |lines: Vec<Line>| -> Outcome<()> {
        for line in lines {
            tell(&mut out, &line)?;
            all.push(line.holds());
        }
        Ok(())
    };
    add(vec![pages::size()?])?;
    add(screens::measure(&folder.path().join("screens")).await?)?;
    if amount.rows > 0 {
        add(rows::measure(&folder.path().join("rows"), amount.rows).await?)?;
    }
    if amount.exceptions > 0 {
        add(triage::measure(&folder.path().join("triage"), amount.exceptions).await?)?;
    }
    if amount.actions > 0 {
        add(soak::measure(&folder.path().join("soak"), amount.seed, amount.actions).await?)?;
    }
    let missed = all.iter().filter(|&&holds| !holds).count();
    writeln!(out, "{} marks, {missed} missed", all.len())?;
    Ok(if missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn tell(out: &mut impl Write, line: &Line) -> Outcome<()> {
    let sign = if line.holds() { " " } else { "✗" };
    let mark = line.mark.map_or(String::new(), |mark| format!("≤ {mark}"));
    writeln!(out, "{sign} {:<58} {:>8.1} {:<4} {mark:<8} {}", line.what, line.figure, line.unit, line.note)?;
    Ok(out.flush()?)
}

/// The middle and the worst of some figures.
pub fn middle_and_worst(figures: &[f64]) -> (f64, f64) {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN);
    (middle, sorted.last().copied().unwrap_or(f64::NAN))
}
