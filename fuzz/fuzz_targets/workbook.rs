//! The parts of a workbook: sheet, shared texts, formats, list of sheets, in a container that is whole.
#![no_main]

use fieldbook_fuzz::container::workbook;
use fieldbook_fuzz::{begin, input, opened, taken};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: begin(), |bytes: &[u8]| {
    input(|| {
        if let Ok(mut source) = opened("x.xlsx", &workbook(bytes), None) {
            taken(&mut source, None);
        }
    });
});
