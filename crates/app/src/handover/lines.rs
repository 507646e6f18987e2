//! What a package says of an exam, as lines of JSON. The shapes are fixed here and nowhere else.
//!
//! ```text
//! exam.json                 head of the exam, copies, blocks of numbers
//! law.json                  the checklists, with a whole exam
//! records.jsonl             ["answer","[\"COL-1\",\"\",\"\"]",{"result":["compliant",<copy>,<entry>,<by>,<at>],…}]
//! journal/<copy>.jsonl      [<entry>,<at>,<by>,<act>,<subject>,<detail>]
//! rows/<kind>/<number>.jsonl
//! evidence/<sha256>
//! ```

use crate::error::{AppError, internal};
use fieldbook_model::{ExamState, Field, Held, Moment, Record, RecordKey, Seen, Stamp};
use fieldbook_vault::{Checkpoint, JournalEntry};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, Write};

pub(super) const EXAM: &str = "exam.json";
pub(super) const LAW: &str = "law.json";
pub(super) const RECORDS: &str = "records.jsonl";

/// Longest line that is read, bytes.
const LONGEST: u64 = 16 << 20;

/// Where the journal of a copy lies.
pub(super) fn journal(copy: &str) -> String {
    format!("journal/{copy}.jsonl")
}

/// Where what belongs to a record lies; `None` for a key that is not the one of such a record.
pub(super) fn payload(record: &RecordKey) -> Option<String> {
    let key: Vec<Value> = serde_json::from_str(&record.key).ok()?;
    match (record.table.as_str(), key.as_slice()) {
        ("evidence", [Value::String(sha256)]) => Some(format!("evidence/{sha256}")),
        (table, [Value::Number(id)]) => Some(format!("rows/{table}/{id}.jsonl")),
        _ => None,
    }
}

/// A copy of the exam.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct CopyLine {
    pub(super) copy: String,
    pub(super) block: i64,
    pub(super) label: String,
    pub(super) recipient: String,
    pub(super) size: u64,
    pub(super) root: String,
    /// Entries of its journal that are not in the package, since the recipient has them.
    pub(super) after: u64,
}

impl CopyLine {
    pub(super) fn checkpoint(&self) -> Checkpoint {
        Checkpoint { size: self.size, root: self.root.clone() }
    }
}

/// `exam.json`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct ExamLine {
    pub(super) firm: String,
    pub(super) case_no: String,
    pub(super) as_of: String,
    pub(super) law: String,
    /// The card of who made the package.
    pub(super) card: String,
    pub(super) deidentified: bool,
    pub(super) evidence_included: bool,
    pub(super) copies: Vec<CopyLine>,
    /// The block of numbers for the copy that a recipient makes, with a whole exam.
    pub(super) blocks: BTreeMap<String, i64>,
}

/// `law.json`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct LawLine {
    pub(super) sha256: String,
    pub(super) files: BTreeMap<String, String>,
    pub(super) pins: Vec<[String; 3]>,
}

fn unreadable() -> AppError {
    AppError::new("handover_unreadable")
}

fn value(held: &Held) -> Value {
    match held {
        Held::Null => Value::Null,
        Held::Int(n) => (*n).into(),
        Held::Text(text) => text.as_str().into(),
    }
}

fn held(value: Value) -> Result<Held, AppError> {
    match value {
        Value::Null => Ok(Held::Null),
        Value::String(text) => Ok(Held::Text(text)),
        other => other.as_i64().map(Held::Int).ok_or_else(unreadable),
    }
}

/// Writes the records of a state.
pub(super) fn write_records(state: &ExamState, to: &mut dyn Write) -> Result<(), AppError> {
    for (key, record) in &state.records {
        let fields: Map<String, Value> = record
            .iter()
            .map(|(name, f)| {
                let Stamp { copy, seq } = &f.stamp;
                (name.clone(), json!([value(&f.value), copy, seq, f.by, f.at.to_string()]))
            })
            .collect();
        writeln!(to, "{}", json!([key.table, key.key, fields])).map_err(internal)?;
    }
    Ok(())
}

fn each_line(
    from: &mut dyn BufRead,
    each: &mut dyn FnMut(&str) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let mut line = String::new();
    loop {
        line.clear();
        let read = std::io::Read::take(&mut *from, LONGEST).read_line(&mut line);
        match read.map_err(|_| unreadable())? {
            0 => return Ok(()),
            _ => each(&line)?,
        }
    }
}

/// Reads the records; `seen` is the head's.
pub(super) fn read_records(from: &mut dyn BufRead, seen: &Seen) -> Result<ExamState, AppError> {
    type Line = (String, String, BTreeMap<String, (Value, String, u64, String, String)>);
    let mut state = ExamState { seen: seen.clone(), records: BTreeMap::new() };
    each_line(from, &mut |line| {
        let (table, key, fields): Line = serde_json::from_str(line).map_err(|_| unreadable())?;
        let mut record = Record::new();
        for (name, (value, copy, seq, by, at)) in fields {
            let at: Moment = at.parse().map_err(|_| unreadable())?;
            let stamp = Stamp { copy, seq };
            // What claims to be written later than its own journal goes was written by nobody.
            if !stamp.is_seen_by(seen) {
                return Err(unreadable());
            }
            record.insert(name, Field { value: held(value)?, stamp, by, at });
        }
        match state.records.insert(RecordKey { table, key }, record) {
            None => Ok(()),
            Some(_) => Err(unreadable()),
        }
    })?;
    Ok(state)
}

/// Writes an entry of a journal.
pub(super) fn write_entry(e: &JournalEntry, to: &mut dyn Write) -> Result<(), AppError> {
    let line = json!([e.seq, e.at.to_string(), e.by, e.action, e.subject, e.detail]);
    writeln!(to, "{line}").map_err(internal)
}

/// Reads a journal.
pub(super) fn read_journal(from: &mut dyn BufRead) -> Result<Vec<JournalEntry>, AppError> {
    let mut out = Vec::new();
    each_line(from, &mut |line| {
        let (seq, at, by, action, subject, detail): (u64, String, String, String, String, String) =
            serde_json::from_str(line).map_err(|_| unreadable())?;
        let at = at.parse().map_err(|_| unreadable())?;
        out.push(JournalEntry { seq, at, by, action, subject, detail });
        Ok(())
    })?;
    Ok(out)
}
