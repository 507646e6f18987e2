//! The program that a `BookReader` starts, without a limit of memory: what tests of the crate use.

use fieldbook_intake::{Limits, serve_book};
use std::process::ExitCode;

fn main() -> ExitCode {
    match serve_book(std::io::stdin().lock(), std::io::stdout().lock(), &Limits::default()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
