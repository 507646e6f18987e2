//! OpenDocument: the input is the content of a spreadsheet, read as the process for such workbooks reads it.
#![no_main]

use fieldbook_fuzz::container::opendocument;
use fieldbook_fuzz::{begin, input, served};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: begin(), |bytes: &[u8]| {
    input(|| served(&opendocument(bytes)));
});
