//! Cases that a reader of `tests/intake` can check without reading Rust: what a firm handed over, and what has to come
//! of it, row by row. `tests/intake/README.md` says how they are written and which stands for what.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, missing_docs)]

mod book;
mod case;
#[path = "../common/mod.rs"]
mod common;
mod list;
mod outcome;
#[path = "../common/parts.rs"]
mod parts;
#[path = "../common/reader.rs"]
mod reader;

use case::{Case, Expected};

/// Every difference between what a case says and what comes of one of its files.
fn differences(case: &Case, name: &str) -> Vec<String> {
    let desk = common::Desk::new();
    let path = desk.put(name, &case.bytes(name));
    let outcome = match (outcome::of(case, &path), &case.refused) {
        (Ok(outcome), None) => outcome,
        (Ok(outcome), Some(refused)) => {
            return vec![format!("not refused ({refused}) but {}", outcome.verdict())];
        }
        (Err(error), Some(refused)) => {
            let said = format!("{error:?}");
            let alike = case.verdict == "refused" && said.starts_with(refused.as_str());
            return if alike { Vec::new() } else { vec![format!("refused: {said}")] };
        }
        (Err(error), None) => return vec![format!("refused: {error:?}")],
    };
    let mut found = Vec::new();
    if outcome.verdict() != case.verdict {
        found.push(format!("the verdict is {}", outcome.verdict()));
    }
    if let Some(encoding) = case.reads_as.as_ref().filter(|e| **e != outcome.encoding) {
        found.push(format!("read as {}, not as {encoding}", outcome.encoding));
    }
    if outcome.tables.len() != case.table.len() {
        found.push(format!("{} tables", outcome.tables.len()));
    }
    for (at, table) in outcome.tables.iter().enumerate() {
        let nothing = Expected::default();
        let expected = case.table.get(at).unwrap_or(&nothing);
        let read = table.described(expected);
        let awaited = table.awaited(expected.clone());
        if read != awaited {
            found.push(format!("table {}:\n{}", at + 1, apart(&awaited, &read)));
        }
    }
    found
}

/// What differs, line by line.
fn apart(awaited: &Expected, read: &Expected) -> String {
    let (awaited, read) = (format!("{awaited:#?}"), format!("{read:#?}"));
    let plain = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (awaited, read) = (plain(&awaited), plain(&read));
    let lost = awaited.iter().filter(|l| !read.contains(l)).map(|l| format!("  - {}", l.trim()));
    let new = read.iter().filter(|l| !awaited.contains(l)).map(|l| format!("  + {}", l.trim()));
    lost.chain(new).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_comes_of_every_case_is_what_it_says() {
    let cases = case::all();
    assert!(cases.len() >= 60, "{} cases", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        for name in case.file.name.list() {
            for difference in differences(case, name) {
                wrong.push(format!("{} ({name}): {difference}", case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}
