//! `cargo xtask <task>`: everything that one does with this repository besides editing it.

// A task runner talks to the person who called it.
#![allow(clippy::print_stdout)]

mod checks;
mod demo;
mod dist;
mod fuzz;
mod licences;
mod oscal;
mod pages_lock;
mod sbom;
mod setup;
mod shell;
mod table;
mod tally;
mod tasks;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask <task>

  setup            install what a build needs: Debian packages, npm packages, the built pages
  setup --test     the same, and the cargo tools that the checks use
  demo             build, then do the whole job on the sample firm in target/demo/
  demo --no-window the same, leaving the window closed
  test             every check and every test, as CI runs them
  test --keep-going the same, going on after a check that failed
  dev              build and open the window
  dev --browser    the pages in a browser, on the fake backend, reloading as they are edited
  tidy             only the tests of the house rules
  bindings         write ui/src/backend/bindings.ts from the wire types
  pages-lock       write ui/package-lock.json after a change of ui/package.json
  oscal            show the OSCAL documents of the tests to trestle
  lock             write checklists/ids.lock after a change of the checklists
  checklist <call> an organisation's own checklists, e.g. `checklist diff A B`, `checklist check DIR`
  fuzz [TARGET] [--seconds N]  feed the readers with what a fuzzer invents
  fuzz TARGET --input FILE     the same with one input, to look at a crash
  bench <name>     run a measurement, e.g. `bench intake`
  sbom             what the shipped programs are made of, into target/sbom/
  licences         the licences of everything shipped, into assets/licences.json, which the window shows
  shots --manual   the few of them that the manual shows, into assets/manual/shots/
  dist deb         the package for Debian, into target/dist/
  dist deb --check the same, then installed, started, upgraded and removed in a clean root
  dist windows     the programs, a portable zip and an installer for Windows; the command line's under Wine
  shots            screenshots of every screen into target/shots/
  looks [SCREEN…]  every screen by axe, by keyboard and against its accepted picture
  looks --accept   the same, keeping the pictures as they are now
  looks --contrast the themes of more contrast, at 7 : 1
  sample           make the spreadsheets of assets/sample/ again";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["setup"] => setup::install(setup::For::Build),
        ["setup", "--test"] => setup::install(setup::For::Test),
        ["demo"] => demo::run(true),
        ["demo", "--no-window"] => demo::run(false),
        ["test"] => checks::run_all(false),
        ["test", "--keep-going"] => checks::run_all(true),
        ["dev"] => tasks::dev(),
        ["dev", "--browser"] => tasks::dev_in_browser(),
        ["tidy"] => tasks::tidy(),
        ["bindings"] => tasks::bindings(),
        ["pages-lock"] => pages_lock::write(),
        ["oscal"] => oscal::shown_to_trestle(),
        ["lock"] => tasks::lock(),
        ["checklist", rest @ ..] if !rest.is_empty() => tasks::checklist(rest),
        ["fuzz"] => fuzz::fuzz(None, fuzz::ALONE),
        ["fuzz", "--seconds", seconds] => tasks::fuzz(None, seconds),
        ["fuzz", target] => fuzz::fuzz(Some(target), fuzz::ALONE),
        ["fuzz", target, "--seconds", seconds] => tasks::fuzz(Some(target), seconds),
        ["fuzz", target, "--input", file] => fuzz::again(target, file),
        ["bench", name, rest @ ..] => tasks::bench(name, rest),
        ["sbom"] => sbom::write(),
        ["licences"] => licences::write(),
        ["dist", "deb"] => dist::deb::make(),
        ["dist", "deb", "--check"] => dist::deb::check(),
        ["dist", "windows"] => dist::windows::make(),
        ["shots", rest @ ..] => tasks::shots(rest),
        ["looks", rest @ ..] => tasks::looks(rest),
        ["sample"] => tasks::sample(),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
