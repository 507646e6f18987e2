//! A case as it stands in its file: what the firm handed over, and what has to come of it.

use crate::book::{Book, Sheet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Name of the file, without its verdict.
    #[serde(skip)]
    pub name: String,
    /// What the name promises.
    #[serde(skip)]
    pub verdict: String,
    /// Conditions that it stands for, by their ids in `conditions.toml`.
    pub of: Vec<String>,
    /// What is told to a reader, zh-TW.
    pub about: String,
    /// The exam's as-of date.
    #[serde(default = "new_years_eve")]
    pub as_of: String,
    pub file: File,
    #[serde(default)]
    pub sheet: Vec<Sheet>,
    /// The dataset that the examiner chose.
    pub chosen: Option<String>,
    /// The examiner's own mapping.
    #[serde(default)]
    pub choose: Vec<Choice>,
    /// The encoding by which the text is read.
    pub reads_as: Option<String>,
    /// The error by which the file is refused.
    pub refused: Option<String>,
    /// Every table that is found, in the file's order.
    #[serde(default)]
    pub table: Vec<Expected>,
}

fn new_years_eve() -> String {
    "2020-12-31".to_owned()
}

/// The file that was handed over.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Its names: a workbook of several kinds is made once for each, and each has to be read alike.
    pub name: Names,
    /// The text of a text file.
    pub text: Option<String>,
    #[serde(default)]
    pub encoding: Encoding,
    /// Lines end with a carriage return and a line feed.
    #[serde(default)]
    pub crlf: bool,
    /// Bytes put behind the text, in hexadecimal: what no encoding can write.
    #[serde(default)]
    pub and_bytes: String,
    /// A workbook that counts its days since 1904.
    #[serde(default)]
    pub since_1904: bool,
    /// A workbook with a password.
    #[serde(default)]
    pub locked: bool,
    /// A workbook with macros.
    #[serde(default)]
    pub macros: bool,
}

/// One name or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Names {
    One(String),
    Several(Vec<String>),
}

/// Encoding of a text file.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    #[default]
    Utf8,
    Utf8Bom,
    #[serde(rename = "utf-16le")]
    Utf16le,
    #[serde(rename = "utf-16be")]
    Utf16be,
    Cp950,
}

/// A decision of the examiner.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Our column; none leaves theirs unmapped.
    pub column: Option<String>,
    /// Their header.
    pub header: Option<String>,
    /// The header of the time of day beside it.
    pub time: Option<String>,
    /// The value that all rows share.
    pub text: Option<String>,
    /// How its dates are read.
    pub reading: Option<String>,
}

/// A table that is found. What is left out has to be empty.
#[derive(Debug, Clone, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub struct Expected {
    /// Name of its sheet.
    pub sheet: String,
    /// Empty where none is recognised.
    pub dataset: String,
    /// Rows of the header, as a spreadsheet numbers them.
    pub header: Vec<u32>,
    /// Last row that may belong to it.
    pub end: Option<u32>,
    /// The sheet that it goes on with.
    pub continues: Option<String>,
    /// Our columns with what their dates were read as.
    pub calendars: BTreeMap<String, String>,
    /// Our columns that theirs says the opposite of.
    pub inverted: Vec<String>,
    /// Our columns with the value that all rows share and where it is from.
    pub filled: BTreeMap<String, String>,
    /// Headers that nothing of ours is for.
    pub unmapped: Vec<String>,
    /// Required columns that are not there.
    pub missing: Vec<String>,
    /// What the examiner is asked.
    pub asks: Vec<String>,
    /// Our columns that are compared below.
    pub columns: Vec<String>,
    /// Row number, then a text for each of the columns.
    pub rows: Vec<Vec<toml::Value>>,
    /// How many rows there are, where they are too many to list.
    pub count: Option<u64>,
    /// Row number, our column, code, and the text that it repeats.
    pub issues: Vec<Vec<toml::Value>>,
    /// Rows that were read and not stored.
    pub rejected: u64,
    pub hidden_rows: Vec<u32>,
    pub hidden_columns: Vec<String>,
    pub hidden_sheet: bool,
}

/// The folder of the cases.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/intake")
}

/// Every case, by name.
pub fn all() -> Vec<Case> {
    let entries = std::fs::read_dir(folder()).expect("the folder of cases");
    let mut paths: Vec<PathBuf> = entries.map(|e| e.expect("a case").path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "toml") && !p.ends_with("conditions.toml"));
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

fn read(path: &Path) -> Case {
    let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
    let text = std::fs::read_to_string(path).expect("a text");
    let mut case: Case = toml::from_str(&text).unwrap_or_else(|e| panic!("{stem}: {e}"));
    let (name, verdict) = stem.rsplit_once('.').unwrap_or_else(|| panic!("{stem}: a name carries a verdict"));
    (case.name, case.verdict) = (name.to_owned(), verdict.to_owned());
    case
}

impl Names {
    pub fn list(&self) -> Vec<&str> {
        match self {
            Self::One(name) => vec![name],
            Self::Several(names) => names.iter().map(String::as_str).collect(),
        }
    }
}

impl Case {
    /// The bytes of the file of this name.
    pub fn bytes(&self, name: &str) -> Vec<u8> {
        let (_, kind) = name.rsplit_once('.').expect("the kind is the end of the name");
        match &self.file.text {
            Some(text) => self.encoded(text),
            None => Book {
                sheets: &self.sheet,
                since_1904: self.file.since_1904,
                locked: self.file.locked,
                macros: self.file.macros,
            }
            .bytes(kind),
        }
    }

    fn encoded(&self, text: &str) -> Vec<u8> {
        let text = if self.file.crlf { text.replace('\n', "\r\n") } else { text.to_owned() };
        let marked = format!("\u{feff}{text}");
        let mut bytes = match self.file.encoding {
            Encoding::Utf8 => text.into_bytes(),
            Encoding::Utf8Bom => marked.into_bytes(),
            Encoding::Utf16le => marked.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16be => marked.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Encoding::Cp950 => {
                let (bytes, _, lost) = encoding_rs::BIG5.encode(&text);
                assert!(!lost, "{}: not every character is in code page 950", self.name);
                bytes.into_owned()
            }
        };
        bytes.extend(hex::decode(self.file.and_bytes.replace([' ', '\n'], "")).expect("hexadecimal"));
        bytes
    }
}
