//! Findings and answers as plain tables, for spreadsheets (words, a heading in zh-TW) and for machines (keys and
//! codes in English, ISO dates).

mod answers;
mod findings;

pub use answers::answers;
pub use findings::findings;

use crate::{Dossier, words};
use fieldbook_model::{Moment, RocDate};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

/// A table whose rows are all as long as its columns.
pub struct Flat {
    /// Name of the list in JSON.
    name: &'static str,
    /// Key and heading of each column.
    columns: &'static [(&'static str, &'static str)],
    /// Rows.
    rows: Vec<Vec<Datum>>,
}

/// A cell: for machines and for people.
struct Datum {
    code: Value,
    word: String,
}

impl Flat {
    /// The headings.
    pub fn heading(&self) -> Vec<&'static str> {
        self.columns.iter().map(|(_, zh)| *zh).collect()
    }

    /// The rows in words.
    pub fn in_words(&self) -> Vec<Vec<String>> {
        self.rows.iter().map(|row| row.iter().map(|datum| datum.word.clone()).collect()).collect()
    }

    /// The table as a list of objects, each with every key, with the exam that it is of.
    pub fn in_codes(&self, dossier: &Dossier) -> Value {
        let exam = &dossier.exam;
        let keys = self.columns.iter().map(|(key, _)| (*key).to_owned());
        let object = |row: &Vec<Datum>| {
            Value::Object(keys.clone().zip(row.iter().map(|datum| datum.code.clone())).collect::<Map<_, _>>())
        };
        let mut out = Map::new();
        out.insert("format".to_owned(), json!(format!("fieldbook/1/{}", self.name)));
        out.insert("exam".to_owned(), json!(exam.id.as_str()));
        out.insert("firm".to_owned(), json!(exam.firm));
        out.insert("case_no".to_owned(), json!(exam.case_no));
        out.insert("as_of".to_owned(), json!(exam.as_of.to_string()));
        out.insert("draft".to_owned(), json!(dossier.draft));
        out.insert("printed_at".to_owned(), time(dossier.printed_at));
        out.insert(self.name.to_owned(), self.rows.iter().map(object).collect());
        Value::Object(out)
    }
}

fn nothing() -> Datum {
    Datum { code: Value::Null, word: String::new() }
}

fn text(text: &str) -> Datum {
    Datum { code: json!(text), word: text.to_owned() }
}

fn texts(texts: &[String]) -> Datum {
    Datum { code: json!(texts), word: texts.join("、") }
}

fn coded(code: &str, word: &str) -> Datum {
    Datum { code: json!(code), word: word.to_owned() }
}

fn number(number: Option<u64>) -> Datum {
    number.map_or_else(nothing, |n| Datum { code: json!(n), word: n.to_string() })
}

fn day(day: Option<Date>) -> Datum {
    day.map_or_else(nothing, |day| Datum { code: json!(day.to_string()), word: RocDate(day).dotted() })
}

fn moment(at: Option<Moment>) -> Datum {
    at.map_or_else(nothing, |at| Datum { code: time(at), word: words::moment(at) })
}

/// ISO 8601 with Taipei's offset.
fn time(at: Moment) -> Value {
    json!(format!("{at}+08:00"))
}
