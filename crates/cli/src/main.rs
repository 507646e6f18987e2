//! `fieldbook`: everything the window does that needs no window, through the same use cases.
//! Exit codes: 0 done; 1 the work could not be done; 2 the words of the call are wrong; 3 done, with rejects.

mod answer;
mod args;
mod assign;
mod audit;
mod checklist;
mod contact;
mod count;
mod edition;
mod evidence;
mod exam;
mod export;
mod finding;
mod headquarters;
mod import;
mod kinds;
mod log;
mod mapping;
mod opened;
mod own;
mod package;
mod print;
mod progress;
mod retention;
mod review;
mod sample;
mod vault;
mod words;

use args::{Call, Command};
use clap::Parser;
use fieldbook_app::AppError;
use opened::Machine;
use print::{Done, Failure};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(code) = fieldbook_app::host::read_book() {
        return code;
    }
    fieldbook_app::host::shut_memory();
    let json = std::env::args().any(|a| a == "--json");
    let call = match Call::try_parse() {
        Ok(call) => call,
        Err(error) => return print::words(&error, json),
    };
    // What a hostile file makes of a library's reader is caught and told as damage; the notice of such a panic could
    // repeat what the file holds. One that is not caught is told without it.
    std::panic::set_hook(Box::new(|_| ()));
    let done = catch_unwind(AssertUnwindSafe(|| run(&call)));
    match done.unwrap_or_else(|_| Err(AppError::new("internal").with("what", "panic").into())) {
        Ok(done) => print::done(&done, call.json),
        Err(failure) => print::failure(&failure, call.json),
    }
}

fn run(call: &Call) -> Result<Done, Failure> {
    let machine = Machine::new(call)?;
    match &call.command {
        Command::Version => Ok(version()),
        Command::Vault(c) => vault::run(machine, c),
        Command::Checklist(c) => checklist::run(machine, c),
        Command::Exam(c) => exam::run(machine, c),
        Command::Import(c) => import::run(machine, c),
        Command::Mapping(c) => mapping::run(machine, c),
        Command::Audit(c) => audit::run(machine, c),
        Command::Answer(c) => answer::answer(machine, c),
        Command::Finding(c) => finding::run(machine, c),
        Command::Gate { exam } => export::gate(machine, exam),
        Command::Export { exam, what } => export::run(machine, exam, what),
        Command::Hq(c) => headquarters::run(machine, c),
        Command::Log(c) => log::run(machine, c),
        Command::Sample(c) => sample::run(machine, c),
        Command::Own(c) => own::run(machine, c),
        Command::Count(c) => count::run(machine, c),
        Command::Evidence(c) => evidence::evidence(machine, c),
        Command::Review(c) => review::review(machine, c),
        Command::Contact(c) => contact::run(machine, c),
        Command::Assign(c) => assign::run(machine, c),
        Command::Package(c) => package::run(machine, c),
    }
}

fn version() -> Done {
    let (name, version) = ("fieldbook", env!("CARGO_PKG_VERSION"));
    Done::new(serde_json::json!({ "name": name, "version": version, "contract": 1 }))
        .line(format!("{name} {version}（contract 1）"))
}
