//! The program that shows files for the tests of the crate: what every program of ours is when it is asked to be.

use std::process::ExitCode;

fn main() -> ExitCode {
    fieldbook_app::host::read_book().unwrap_or(ExitCode::FAILURE)
}
