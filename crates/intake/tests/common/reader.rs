//! The reader of whole workbooks that is built with the tests.

use fieldbook_intake::BookReader;
use std::path::{Path, PathBuf};

/// Its program.
pub fn program() -> PathBuf {
    // Examples lie beside the folder of the test that runs.
    let own = std::env::current_exe().expect("a test has a file");
    let built = own.parent().and_then(Path::parent).expect("it lies in the folder `deps`");
    let program = built.join("examples").join(format!("read_book{}", std::env::consts::EXE_SUFFIX));
    assert!(program.is_file(), "cargo builds {} with the tests", program.display());
    program
}

/// The reader.
pub fn reader() -> BookReader {
    BookReader { program: program(), args: Vec::new() }
}
