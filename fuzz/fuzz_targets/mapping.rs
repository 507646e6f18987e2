//! A mapping that came in a file: what is read from it and written again reads the same.
#![no_main]

use fieldbook_fuzz::{begin, input};
use fieldbook_intake::{profile_from_text, profile_text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: begin(), |bytes: &[u8]| {
    input(|| {
        let text = String::from_utf8_lossy(bytes);
        if let Ok(read) = profile_from_text(&text) {
            let again = profile_from_text(&profile_text(&read)).expect("what is written can be read");
            assert_eq!(again, read);
        }
    });
});
