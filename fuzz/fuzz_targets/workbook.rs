//! The parts of a workbook: sheet, shared texts, formats, list of sheets, in a container that is whole.

use fieldbook_fuzz::container::workbook;
use fieldbook_fuzz::{input, opened, taken};

pub fn run(bytes: &[u8]) {
    input(|| {
        if let Ok(mut source) = opened("x.xlsx", &workbook(bytes), None) {
            taken(&mut source, None);
        }
    });
}
