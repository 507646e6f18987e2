//! What a file is by its content: any bytes at all, under a name that promises a workbook.
#![no_main]

use fieldbook_fuzz::{begin, input, opened};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: begin(), |bytes: &[u8]| {
    input(|| {
        if let Ok(source) = opened("x.xlsx", bytes, None) {
            assert!(!source.sheets().is_empty(), "an opened file has a sheet");
            assert_eq!(source.size(), bytes.len() as u64);
        }
    });
});
