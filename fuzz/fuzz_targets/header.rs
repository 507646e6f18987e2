//! Recognition: the input is the head of a sheet, its rows parted by line feeds, its cells by tabulators.

use fieldbook_fuzz::{input, opened, taken};

pub fn run(bytes: &[u8]) {
    input(|| {
        let mut head = String::from_utf8_lossy(bytes).replace('\0', " ");
        head.push_str("\n主機\troot\t王小明\t啟用\n");
        if let Ok(mut source) = opened("清冊.txt", head.as_bytes(), Some("utf-8")) {
            taken(&mut source, None);
        }
    });
}
