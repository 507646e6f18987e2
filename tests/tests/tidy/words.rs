//! Words that may not stand in a file: promises instead of work, places on somebody's machine, regulations by name.

use super::{TextFile, none, text_files};

/// Where each of `words` stands, as `path:line: word`.
fn places(file: &TextFile, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in (1..).zip(file.text.lines()) {
        for word in words.iter().filter(|word| line.contains(**word)) {
            found.push(format!("{}:{number}: {word}", file.path));
        }
    }
    found
}

#[test]
fn nothing_is_left_for_later() {
    let words = [concat!("TO", "DO"), concat!("FIX", "ME")];
    let complaints: Vec<String> = text_files().iter().flat_map(|file| places(file, &words)).collect();
    none(&complaints, "What is here works; what is for later is an issue:");
}

#[test]
fn no_file_names_a_place_on_a_machine() {
    let words =
        [concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Us", "ers/"), concat!("C:\\", "Users")];
    let complaints: Vec<String> = text_files().iter().flat_map(|file| places(file, &words)).collect();
    none(&complaints, "Paths of one machine mean nothing on another:");
}

#[test]
fn the_lock_of_the_pages_names_no_registry() {
    let files = text_files();
    let lock = files.iter().find(|file| file.path == "ui/package-lock.json").expect("ui/package-lock.json");
    none(
        &places(lock, &["\"resolved\""]),
        "npm's `omit-lockfile-registry-resolved` keeps addresses out of the lock:",
    );
}

/// Codes of the bundled documents.
const DOCUMENTS: [&str; 5] = ["FCM", "BSL", "ASM", "COL", "EMT"];

/// Crates whose code knows documents, clauses and procedures only as data.
const KNOWS_NO_REGULATION: [&str; 6] = ["app", "audit", "cli", "intake", "report", "vault"];

#[test]
fn no_code_names_a_regulation() {
    let mut complaints = Vec::new();
    for file in text_files().iter().filter(|file| file.is("rs") && is_judged(&file.path)) {
        // Tests stand at the end of a file.
        let code = file.text.lines().take_while(|line| line.trim() != "#[cfg(test)]");
        for (number, line) in (1..).zip(code) {
            if names_a_regulation(line) {
                complaints.push(format!("{}:{number}: {}", file.path, line.trim()));
            }
        }
    }
    none(&complaints, "Differences between authorities are rows of data, never an `if`:");
}

fn is_judged(path: &str) -> bool {
    let in_room = KNOWS_NO_REGULATION.iter().any(|room| path.starts_with(&format!("crates/{room}/src/")));
    in_room && !path.contains("test")
}

/// Whether the code of a line, its comment aside, holds a document's code as a whole text, or an id of one of its
/// clauses or procedures.
fn names_a_regulation(line: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    DOCUMENTS.iter().any(|document| {
        code.match_indices(document).any(|(at, _)| {
            let before = code.get(..at).and_then(|text| text.chars().next_back());
            let mut after = code.get(at + document.len()..).unwrap_or_default().chars();
            let (first, second) = (after.next(), after.next());
            let whole = before == Some('"') && first == Some('"');
            let id = !before.is_some_and(|c| c.is_ascii_alphanumeric())
                && first == Some('-')
                && second.is_some_and(|c| c.is_ascii_digit() || c.is_ascii_uppercase());
            whole || id
        })
    })
}

#[test]
fn a_regulation_is_recognised() {
    for bad in ["if doc == \"FCM\" {", "let id = \"BSL-6.7\";", "run(\"T-COL-05\")", "x(\"見 COL-D5\")"] {
        assert!(names_a_regulation(bad), "{bad}");
    }
    for good in ["// `COL-D5.1` of …", "/// e.g. BSL-6.7", "enum Asm {}", "let x = \"ASMALL\";", "PROTOCOL-X"]
    {
        assert!(!names_a_regulation(good), "{good}");
    }
}
