//! Delimited text: encoding, separator, quotation marks, rows. The first byte says whether an encoding is named.

use fieldbook_fuzz::{input, opened, taken};

pub fn run(bytes: &[u8]) {
    input(|| {
        let Some((choice, text)) = bytes.split_first() else { return };
        let encoding = match choice {
            1 => Some("big5"),
            2 => Some("utf-16le"),
            3 => Some("utf-8"),
            4 => Some("shift_jis"),
            _ => None,
        };
        if let Ok(mut source) = opened("帳號清冊.csv", text, encoding) {
            taken(&mut source, None);
        }
    });
}
