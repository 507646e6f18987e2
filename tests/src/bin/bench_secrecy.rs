//! `bench-secrecy`: carries canaries through everything that the program does, then looks for them wherever a program
//! could leave something. Every hit is a defect.

use fieldbook_tests::cli_program;
use fieldbook_tests::secrecy::{Depth, run, run_with_window, serve_desk};
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    if std::env::args().nth(1).is_some_and(|word| word == "desk") {
        writeln!(std::io::stdout(), "{}", serve_desk()?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let (cli, me) = (cli_program(), std::env::current_exe()?);
    // With the word `--window` the window's program is opened too, on a screen.
    let window = std::env::args().any(|word| word == "--window");
    let report = if window { run_with_window(&cli, &me).await? } else { run(&cli, &me, Depth::Whole) };
    let mut out = std::io::stdout().lock();
    for struck in &report.struck {
        let word = if struck.in_the_middle { "in the middle" } else { "was over before" };
        writeln!(out, "{:<34} {word}", struck.what)?;
    }
    writeln!(out, "\ncanaries               {:>12}", report.canaries)?;
    writeln!(out, "of them in exports     {:>12}", report.carried.len())?;
    writeln!(out, "shapes looked for      {:>12}", report.shapes)?;
    writeln!(out, "searches               {:>12}", report.searches)?;
    writeln!(out, "files looked through   {:>12}", report.files)?;
    writeln!(out, "bytes looked through   {:>12}", report.bytes)?;
    writeln!(out, "stages of the window   {:>12}", report.stages)?;
    writeln!(out, "files of the web view  {:>12}", report.profile_files)?;
    writeln!(out, "half exports, replaced {:>12}", report.half_exports.len())?;
    let defects = report.defects();
    writeln!(out, "defects                {:>12}", defects.len())?;
    for defect in &defects {
        writeln!(out, "  {defect}")?;
    }
    let missed = report.struck.iter().filter(|struck| !struck.in_the_middle).count();
    Ok(if defects.is_empty() && missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
