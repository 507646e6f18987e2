//! What ARCHITECTURE.md says of threats: the tests that stand for its answers exist, and everything that reads bytes
//! from outside has a fuzz target.

use super::{none, root, text_files};
use std::fs;

/// Rows of the table of threats, as cells.
fn rows() -> Vec<Vec<String>> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let lines = text.lines().skip_while(|line| *line != "## Threats");
    let rows =
        lines.skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|')).skip(2);
    rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

#[test]
fn every_answer_to_a_threat_has_a_test_that_exists() {
    let (rows, files) = (rows(), text_files());
    assert!(rows.len() >= 10, "the table of threats is read: {} rows", rows.len());
    let mut complaints = Vec::new();
    for row in rows {
        let [threat, can, stands, tests, remains] = row.as_slice() else {
            complaints.push(format!("not five cells: {row:?}"));
            continue;
        };
        if [can, stands, remains].iter().any(|cell| cell.is_empty()) {
            complaints.push(format!("{threat}: an empty cell"));
        }
        let named: Vec<&str> = tests.split('`').filter(|word| word.contains("::")).collect();
        if named.is_empty() {
            complaints.push(format!("{threat}: no test"));
        }
        for name in named {
            let (path, test) = name.split_once("::").unwrap_or_default();
            let there = files.iter().any(|f| f.path == path && f.text.contains(&format!("fn {test}(")));
            if !there {
                complaints.push(format!("{threat}: {name}"));
            }
        }
    }
    none(&complaints, "Each answer in the table of threats names a test that there is:");
}

/// What reads bytes from outside, each by a word that its fuzz target uses.
const READERS: [(&str, &str); 15] = [
    ("workbooks", "workbook("),
    ("containers", "\"x.xlsx\""),
    ("OpenDocument", "opendocument("),
    ("delimited text", ".csv\""),
    ("cells", "cells.txt"),
    ("mapping files", "profile_from_text("),
    ("what the reading process is asked", "serve_book"),
    ("signed packages", "open_package("),
    ("packages of other copies", "open_container("),
    ("checklist files", "load_unlocked("),
    ("own procedures", "read_own("),
    ("templates", "fill_template_with("),
    ("what the window asks", "call(desk"),
    ("slots, header and exam keys", "opened_with("),
    ("cards", "Card::read("),
];

#[test]
fn everything_that_reads_bytes_from_outside_is_fuzzed() {
    let targets: Vec<_> =
        text_files().into_iter().filter(|f| f.path.starts_with("fuzz/fuzz_targets/")).collect();
    let listed = fs::read_to_string(root().join("fuzz/src/main.rs")).expect("fuzz/src/main.rs");
    let mut complaints: Vec<String> = READERS
        .iter()
        .filter(|(_, word)| !targets.iter().any(|target| target.text.contains(word)))
        .map(|(what, word)| format!("{what}: no target has {word}"))
        .collect();
    let unlisted = targets.iter().filter(|target| {
        let path = target.path.strip_prefix("fuzz/").unwrap_or_default();
        !listed.contains(&format!("path = \"../{path}\""))
    });
    complaints.extend(unlisted.map(|target| format!("{} is not in fuzz/src/main.rs", target.path)));
    none(&complaints, "Whatever reads bytes from outside has a fuzz target:");
}
