//! Recognition: the input is the head of a sheet, its rows parted by line feeds, its cells by tabulators.
#![no_main]

use fieldbook_fuzz::{begin, input, opened, taken};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: begin(), |bytes: &[u8]| {
    input(|| {
        let mut head = String::from_utf8_lossy(bytes).replace('\0', " ");
        head.push_str("\n主機\troot\t王小明\t啟用\n");
        if let Ok(mut source) = opened("清冊.txt", head.as_bytes(), Some("utf-8")) {
            taken(&mut source, None);
        }
    });
});
