//! A mapping that came in a file: what is read from it and written again reads the same.

use fieldbook_fuzz::input;
use fieldbook_intake::{profile_from_text, profile_text};

pub fn run(bytes: &[u8]) {
    input(|| {
        let text = String::from_utf8_lossy(bytes);
        if let Ok(read) = profile_from_text(&text) {
            let again = profile_from_text(&profile_text(&read)).expect("what is written can be read");
            assert_eq!(again, read);
        }
    });
}
