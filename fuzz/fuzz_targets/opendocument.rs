//! OpenDocument: the input is the content of a spreadsheet, read as the process for such workbooks reads it.

use fieldbook_fuzz::container::opendocument;
use fieldbook_fuzz::{input, served};

pub fn run(bytes: &[u8]) {
    input(|| served(&opendocument(bytes)));
}
