//! A program of ours that falls says where, not what about, and leaves no picture of its memory.

use std::process::Command;

/// What no panic may repeat.
const FIRM: &str = "甲乙綜合證券";

/// Runs in a process of its own, started by the other test.
#[test]
#[ignore = "it falls: the test below starts it"]
fn falls() {
    fieldbook_app::host::keep_to_itself();
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    eprintln!("{}", limits.lines().find(|line| line.contains("core file")).unwrap_or("no limits"));
    let firm = FIRM.to_owned();
    panic!("{firm} at /secret/place");
}

#[test]
fn a_panic_tells_a_place_in_the_program_and_nothing_that_it_was_about() {
    let program = std::env::current_exe().expect("this test has a program");
    let mut call = Command::new(program);
    call.args(["--ignored", "--exact", "falls", "--nocapture"]).env("RUST_BACKTRACE", "full");
    let output = call.output().expect("it starts");
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(!output.status.success());
    assert!(said.contains("內部錯誤（last_words.rs:"), "{said}");
    assert!(!said.contains(FIRM) && !said.contains("/secret"), "{said}");
    if cfg!(target_os = "linux") {
        let core = said.lines().find(|line| line.contains("core file")).expect("its limits");
        assert_eq!(core.split_whitespace().filter(|word| *word == "0").count(), 2, "{core}");
    }
}
