//! The container: directory, headers, sizes, names, relations. The input is the whole file.
#![no_main]

use fieldbook_fuzz::{begin, input, opened, taken};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: begin(), |bytes: &[u8]| {
    input(|| {
        if !bytes.starts_with(b"PK") {
            return;
        }
        if let Ok(mut source) = opened("x.xlsx", bytes, None) {
            taken(&mut source, None);
        }
    });
});
