//! `bench-vault [--small]`: how long it takes to verify a vault of a gigabyte, what encryption costs a writer, and how long
//! unlocking takes. `--small` does all of it with a sixteenth of the bytes and judges nothing.

mod large;
mod writes;

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

const VERIFY_LIMIT: f64 = 15.0;
const WRITE_LIMIT: f64 = 1.6;
const UNLOCK_LIMIT: f64 = 1.5;
const OURS_LIMIT: f64 = 0.3;

pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<ExitCode> {
    let small = std::env::args().any(|word| word == "--small");
    let part: u64 = if small { 16 } else { 1 };
    let folder = tempfile::tempdir_in(fieldbook_tests::target())?;
    let mut out = std::io::stdout().lock();
    let mut holds = true;
    let mut judge = |out: &mut dyn Write, what: &str, got: f64, limit: f64| -> Outcome<()> {
        writeln!(out, "{what}: {got:.2} (at most {limit})")?;
        holds &= got <= limit;
        Ok(())
    };

    let vault = folder.path().join("vault");
    let filled = large::fill(&vault, part)?;
    writeln!(out, "a vault of {} MB in {:.1} s", filled.bytes >> 20, filled.seconds)?;
    let unlocked = large::unlock(&vault, &filled)?;
    judge(&mut out, "unlock with the passphrase at work factor 18, s", unlocked.passphrase, UNLOCK_LIMIT)?;
    judge(&mut out, "of that ours (unlock with the recovery identity), s", unlocked.recovery, OURS_LIMIT)?;
    let verified = large::verify(&vault, &filled)?;
    writeln!(
        out,
        "verify: half of the pages at {:.2} s, the last at {:.2} s",
        verified.half, verified.pages
    )?;
    judge(&mut out, "verify, everything, s", verified.seconds, VERIFY_LIMIT)?;

    for work in writes::ALL {
        let [plain, encrypted] = writes::compare(folder.path(), work, i64::try_from(part)?)?;
        writeln!(out, "{}: plain {plain:.2} s, encrypted {encrypted:.2} s", work.name())?;
        judge(&mut out, "  encrypted to plain", encrypted / plain, WRITE_LIMIT)?;
    }
    Ok(if holds || small { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
