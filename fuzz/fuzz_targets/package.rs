//! The container: directory, headers, sizes, names, relations. The input is the whole file.

use fieldbook_fuzz::{input, opened, taken};

pub fn run(bytes: &[u8]) {
    input(|| {
        if !bytes.starts_with(b"PK") {
            return;
        }
        if let Ok(mut source) = opened("x.xlsx", bytes, None) {
            taken(&mut source, None);
        }
    });
}
