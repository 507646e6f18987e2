//! Document values to bytes.

mod alike;
mod columns;
pub mod csv;
pub mod docx;
pub mod json;
pub mod parquet;
pub mod pdf;
pub mod template;
pub mod xlsx;

pub use xlsx::GOES_ON;

/// Longest file name without its ending, in characters: two bytes short of what every file system takes for Han.
const LONGEST: usize = 80;

/// A paper's file name with its ending, safe on every system: number and title, or the title alone.
pub fn file_name(paper: &str, title: &str, ending: &str) -> String {
    let name = format!("{paper} {title}");
    let safe: String = name.trim().chars().map(safe_char).take(LONGEST).collect();
    format!("{}.{ending}", safe.trim_end_matches(['.', ' ']))
}

/// How the names of a paper's files begin.
pub fn paper_start(paper: &str) -> String {
    paper.chars().map(safe_char).chain([' ']).collect()
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
