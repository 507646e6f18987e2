//! Findings and answers as plain tables, read again as a spreadsheet program and a machine would.

use super::full::full;
use super::variant::variants;
use crate::{Dossier, answers_csv, answers_json, findings_csv, findings_json};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;

/// The records of a file, read with the marks of RFC 4180 and nothing else.
fn read(bytes: &[u8]) -> Vec<Vec<String>> {
    let text =
        std::str::from_utf8(bytes).expect("UTF-8").strip_prefix('\u{feff}').expect("a byte order mark");
    let (mut records, mut record, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut rest) = (false, text.chars().peekable());
    while let Some(c) = rest.next() {
        match c {
            '"' if quoted && rest.peek() == Some(&'"') => cell.extend(rest.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut cell)),
            '\r' if !quoted && rest.next_if_eq(&'\n').is_some() => {
                record.push(std::mem::take(&mut cell));
                records.push(std::mem::take(&mut record));
            }
            c => cell.push(c),
        }
    }
    assert!(!quoted && cell.is_empty() && record.is_empty(), "the last record is ended");
    records
}

fn json(bytes: &[u8], list: &str) -> Vec<Value> {
    let value: Value = serde_json::from_slice(bytes).expect("JSON");
    assert_eq!(value["format"], format!("fieldbook/1/{list}"));
    value[list].as_array().expect("a list").clone()
}

fn calculated(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// What a cell of a text must be.
fn cell(text: &str) -> String {
    if calculated(text) { format!("'{text}") } else { text.to_owned() }
}

fn assert_whole(d: &Dossier) {
    let (table, list) = (read(&findings_csv(d)), json(&findings_json(d), "findings"));
    assert_eq!((table.len() - 1, list.len()), (d.findings.len(), d.findings.len()));
    for ((row, object), paper) in table.iter().skip(1).zip(&list).zip(&d.findings) {
        let f = &paper.finding;
        assert_eq!([&row[3], &row[4]], [&cell(&f.title), &cell(&f.condition)]);
        assert_eq!([&object["title"], &object["condition"]], [&f.title[..], &f.condition[..]]);
        assert_eq!(object["rows"].as_array().map(Vec::len), Some(paper.rows.len()));
        let measure = paper.reply.as_ref().map(|reply| reply.measure.clone());
        assert_eq!(object["measure"], serde_json::json!(measure));
    }
    let (table, list) = (read(&answers_csv(d)), json(&answers_json(d), "answers"));
    assert_eq!(table.len() - 1, list.len());
    for answer in d.items.iter().flat_map(|item| &item.answers) {
        let key = [answer.key.clause.as_str(), &answer.key.unit, &answer.key.system];
        let at = list.iter().position(|v| [&v["clause"], &v["unit"], &v["system"]] == key);
        // An answer for the whole item or firm stands in the rows of its units and systems.
        let at =
            at.or_else(|| list.iter().position(|v| v["clause"] == key[0] && v["note"] == answer.note[..]));
        let at = at.unwrap_or_else(|| panic!("{key:?} is missing"));
        assert_eq!(list[at]["note"], answer.note[..]);
        assert_eq!(table[at + 1][14], cell(&answer.note));
    }
    let items: BTreeSet<&str> = list.iter().filter_map(|v| v["clause"].as_str()).collect();
    assert_eq!(items.len(), d.items.len(), "items that nobody answered are in it too");
}

#[test]
fn tables_are_whole() {
    assert_whole(&full());
}

#[test]
fn people_read_words_and_machines_codes() {
    let d = full();
    let (table, list) = (read(&findings_csv(&d)), json(&findings_json(&d), "findings"));
    let column = |zh: &str| table[0].iter().position(|head| head == zh).expect("a heading");
    let of = |zh: &str| table[1][column(zh)].as_str();
    assert_eq!(of("缺失編號"), "115-證-0012-F01");
    assert_eq!((of("嚴重程度"), &list[0]["severity"]), ("高", &"high".into()));
    assert_eq!((of("狀態"), &list[0]["status"]), ("追蹤中", &"followed_up".into()));
    assert_eq!((of("預計完成日"), &list[0]["due"]), ("116.01.31", &"2027-01-31".into()));
    assert_eq!((of("編製時間"), &list[0]["at"]), ("115.11.21 16:10", &"2026-11-21T16:10:00+08:00".into()));
    assert_eq!(list[3]["status"], "withdrawn", "its number is not reused, and it stays");
    assert_eq!(list[3]["agreement"], Value::Null);
    let (table, list) = (read(&answers_csv(&d)), json(&answers_json(&d), "answers"));
    let states: Vec<(&str, &str)> = table
        .iter()
        .zip(&list)
        .skip(1)
        .take(1)
        .map(|(row, v)| (row[0].as_str(), v["clause"].as_str().expect("text")))
        .collect();
    assert_eq!(states.len(), 1);
    let open = list.iter().find(|v| v["unit"] == "b" && v["system"] == "主機連線系統").expect("an open cell");
    assert_eq!((&open["result"], &open["item_result"]), (&"not_examined".into(), &"not_examined".into()));
}

#[test]
fn nothing_is_calculated() {
    let mut d = full();
    for (paper, start) in d.findings.iter_mut().zip(["=1+1", "+1", "-1", "@SUM(A1)"]) {
        paper.finding.title = start.to_owned();
    }
    d.items[0].answers[0].note = "\t=1+1".to_owned();
    d.items[0].answers[1].note = "\r=1+1".to_owned();
    let tables = [read(&findings_csv(&d)), read(&answers_csv(&d))];
    let cells: Vec<&String> = tables.iter().flatten().flatten().collect();
    assert!(!cells.iter().any(|text| calculated(text)));
    for kept in ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1+1", "'\r=1+1"] {
        assert!(cells.iter().any(|text| *text == kept), "{kept:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_exam_is_whole_and_calculates_nothing(d in variants()) {
        let tables = [read(&findings_csv(&d)), read(&answers_csv(&d))];
        prop_assert!(!tables.iter().flatten().flatten().any(|text| calculated(text)));
        assert_whole(&d);
    }
}
