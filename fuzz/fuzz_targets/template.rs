//! Templates that somebody else designed: a whole file, or the part of a workbook, a document or a spreadsheet in which
//! the placeholders stand. The first byte says which.

use fieldbook_fuzz::container::{document, opendocument, workbook};
use fieldbook_fuzz::{input, values};
use fieldbook_report::{check_template, fill_template_with};

pub fn run(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    input(|| {
        let file = match kind % 4 {
            0 => rest.to_vec(),
            1 => workbook(rest),
            2 => document(rest),
            _ => opendocument(rest),
        };
        let looked = check_template(&file);
        if let Ok(filled) = fill_template_with(&file, values()) {
            assert!(looked.is_ok(), "what can be filled can be looked at");
            assert!(check_template(&filled.bytes).is_ok(), "what was filled is still a file of its kind");
        }
    });
}
