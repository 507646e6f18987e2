//! Hostile and broken files, made byte by byte: none of them is kept, all of them are the same every time.
//!
//! A file's name carries the verdict before its ending: `.fine` is read without a remark, `.partial` is read and says
//! what was left out, `.error-…` is refused for the reason that follows. What exactly is said stands beside it.

mod bombs;
pub(crate) mod compound;
mod containers;
mod cut;
mod foreign;
mod head;
mod heavy;
pub(crate) mod opendocument;
mod sheets;
mod tables;
mod text;
mod wide;
mod xlsx;
mod zip;

pub use zip::{Part, zip};

/// A file, and what becomes of it.
pub struct Case {
    /// File name, with the verdict.
    pub name: String,
    /// What the reader says: the error's variant, or `stored N, rejected N` and how often which issue.
    pub says: &'static str,
    /// Makes the bytes.
    pub bytes: Box<dyn Fn() -> Vec<u8> + Send + Sync>,
}

/// What the name of a case says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Read without a remark.
    Fine,
    /// Read, with rows or cells left out.
    Partial,
    /// Refused.
    Error,
}

impl Case {
    /// The verdict in the name.
    ///
    /// # Panics
    /// When the name carries none.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.word() {
            "fine" => Verdict::Fine,
            "partial" => Verdict::Partial,
            word if word.starts_with("error-") => Verdict::Error,
            word => panic!("{}: {word} is no verdict", self.name),
        }
    }

    /// The verdict's word: `fine`, `partial`, `error-damaged` …
    #[must_use]
    pub fn word(&self) -> &str {
        self.name.rsplit('.').nth(1).unwrap_or_default()
    }
}

/// All of them, by the room that they aim at.
#[must_use]
pub fn all() -> Vec<(&'static str, Vec<Case>)> {
    vec![
        ("bombs", bombs::cases()),
        ("containers", containers::cases()),
        ("cut", cut::cases()),
        ("sheets", sheets::cases()),
        ("tables", tables::cases()),
        ("head", head::cases()),
        ("text", text::cases()),
        ("wide", wide::cases()),
        ("foreign", foreign::cases()),
        ("heavy", heavy::cases()),
        ("compound", compound::cases()),
        ("opendocument", opendocument::cases()),
    ]
}

/// The cases of one room.
#[must_use]
pub fn of(room: &str) -> Vec<Case> {
    all().into_iter().find(|(name, _)| *name == room).map(|(_, cases)| cases).unwrap_or_default()
}

fn case(
    name: impl Into<String>,
    says: &'static str,
    bytes: impl Fn() -> Vec<u8> + Send + Sync + 'static,
) -> Case {
    Case { name: name.into(), says, bytes: Box::new(bytes) }
}

/// Headings of an account list, and how a record below them goes on.
const HEADINGS: [&str; 4] = ["系統名稱", "帳號", "使用者姓名", "帳號狀態"];

/// The cells of record `n`.
fn record(n: usize) -> [String; 4] {
    ["交易主機".to_owned(), format!("user{n}"), "王小明".to_owned(), "啟用".to_owned()]
}

/// A table of `n` records as delimited text.
fn csv(n: usize) -> String {
    let mut text = HEADINGS.join(",") + "\r\n";
    for n in 1..=n {
        text.push_str(&record(n).join(","));
        text.push_str("\r\n");
    }
    text
}
