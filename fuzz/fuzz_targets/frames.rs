//! What one process asks another that reads workbooks: any bytes in the place of questions.

use fieldbook_fuzz::{input, limits};
use fieldbook_intake::serve_book;

pub fn run(bytes: &[u8]) {
    input(|| {
        // Senseless questions end the conversation; what was answered until then does not matter here.
        let _ = serve_book(bytes, std::io::sink(), &limits());
    });
}
