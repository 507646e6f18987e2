//! The program that shows files, without a limit of memory: what tests of the crate use.

use fieldbook_intake::{Limits, serve_preview};
use std::process::ExitCode;

fn main() -> ExitCode {
    match serve_preview(std::io::stdin().lock(), std::io::stdout().lock(), &Limits::default()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
