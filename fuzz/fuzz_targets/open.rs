//! What a file is by its content: any bytes at all, under a name that promises a workbook.

use fieldbook_fuzz::{input, opened};

pub fn run(bytes: &[u8]) {
    input(|| {
        if let Ok(source) = opened("x.xlsx", bytes, None) {
            assert!(!source.sheets().is_empty(), "an opened file has a sheet");
            assert_eq!(source.size(), bytes.len() as u64);
        }
    });
}
