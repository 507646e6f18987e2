//! Document values to bytes.

pub mod pdf;
pub mod xlsx;

use crate::doc::Workbook;

/// Longest file name without its ending, in characters: two bytes short of what every file system takes for Han.
const LONGEST: usize = 80;

/// A paper's file name: number and title, safe on every system. A title that begins with the number says it once.
pub fn file_name(book: &Workbook) -> String {
    let name = format!("{} {}", book.paper, book.title);
    let safe: String = name.chars().map(safe_char).take(LONGEST).collect();
    format!("{}.xlsx", safe.trim_end_matches(['.', ' ']))
}

/// Signs that some system forbids in a name become their full-width brothers.
fn safe_char(c: char) -> char {
    match c {
        '/' => '／',
        '\\' => '＼',
        ':' => '：',
        '*' => '＊',
        '?' => '？',
        '"' => '＂',
        '<' => '＜',
        '>' => '＞',
        '|' => '｜',
        c if c.is_control() => '_',
        c => c,
    }
}
