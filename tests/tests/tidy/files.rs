//! How files look from outside: their length, their first line, whom they import.

use super::{none, text_files};

/// Lines that a file may have; over that it is split by meaning.
const LONGEST: [(&str, usize); 2] = [("rs", 500), ("svelte", 350)];

/// Lines of Rust that the window's shell may have in all: it holds no logic.
const SHELL: usize = 1_200;

#[test]
fn no_file_is_too_long() {
    let files = text_files();
    let mut complaints = Vec::new();
    for (ending, most) in LONGEST {
        for file in files.iter().filter(|file| file.is(ending)) {
            let lines = file.text.lines().count();
            if lines > most {
                complaints.push(format!("{}: {lines} lines, {most} at most", file.path));
            }
        }
    }
    let shell = files.iter().filter(|file| file.path.starts_with("src-tauri/") && file.is("rs"));
    let lines: usize = shell.map(|file| file.text.lines().count()).sum();
    if lines > SHELL {
        complaints.push(format!("src-tauri: {lines} lines in all, {SHELL} at most"));
    }
    none(&complaints, "A file that grows too long is split by meaning:");
}

#[test]
fn every_rust_file_says_what_it_is_for() {
    let files = text_files();
    let silent = files.iter().filter(|file| file.is("rs") && !file.text.starts_with("//! "));
    let complaints: Vec<String> = silent.map(|file| file.path.clone()).collect();
    none(&complaints, "The first line of a Rust file is `//! ` and what it is for:");
}

#[test]
fn one_door_leads_from_the_window_to_the_shell() {
    let files = text_files();
    let pages =
        files.iter().filter(|file| file.path.starts_with("ui/src/") && (file.is("ts") || file.is("svelte")));
    let beside =
        pages.filter(|file| !file.path.starts_with("ui/src/backend/") && file.text.contains("@tauri-apps"));
    let complaints: Vec<String> = beside.map(|file| file.path.clone()).collect();
    none(&complaints, "Only ui/src/backend imports @tauri-apps:");
}
