//! Writes the sample firm's spreadsheets: `make-sample [folder]` fills `firm/` and `planted.toml` there; without a folder, here.

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/sample");
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from(here), PathBuf::from);
    match fieldbook_tests::sample::write(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
