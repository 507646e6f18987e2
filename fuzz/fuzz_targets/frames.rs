//! What one process asks another that reads workbooks: any bytes in the place of questions.
#![no_main]

use fieldbook_fuzz::{begin, input, limits};
use fieldbook_intake::serve_book;
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: begin(), |bytes: &[u8]| {
    input(|| {
        // Senseless questions end the conversation; what was answered until then does not matter here.
        let _ = serve_book(bytes, std::io::sink(), &limits());
    });
});
