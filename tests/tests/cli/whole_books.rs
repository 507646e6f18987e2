//! The program reads xls and ods for other processes of itself, with as much memory as it is told and no more.

use fieldbook_app::host::book_reader;
use fieldbook_intake::{BookReader, Excess, IntakeError, Limits, OpenOptions, Source, open_with, text_table};

fn reader() -> BookReader {
    book_reader(crate::call::program())
}

fn opened(name: &str, reader: &BookReader) -> Result<Source, IntakeError> {
    let path = fieldbook_tests::root().join("crates/intake/tests/fixtures").join(name);
    let limits = Limits::default();
    open_with(&path, &OpenOptions { limits: &limits, encoding: None, reader: Some(reader), cancel: None })
}

#[test]
fn the_program_reads_whole_workbooks_for_another_process() {
    for name in ["table.xls", "table.ods"] {
        let mut source = opened(name, &reader()).expect("opened");
        let sheet = source.sheets()[0].name.clone();
        let lines = text_table(&mut source, &sheet, 99).expect("read");
        assert_eq!(lines[1].cells[1], "帳號", "{name}");
        assert_eq!(lines.len(), 6, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn the_program_keeps_to_the_memory_that_it_is_given() {
    let mut reader = reader();
    *reader.args.last_mut().expect("the bytes come last") = "65536".to_owned();
    let error = opened("table.xls", &reader).err();
    assert!(matches!(error, Some(IntakeError::TooLarge { what: Excess::Memory, .. })), "{error:?}");
}

#[test]
fn the_call_is_in_no_help_and_tells_nothing_by_itself() {
    let program = crate::call::program();
    let run = |word: &str| {
        let done = std::process::Command::new(&program)
            .arg(word)
            .stdin(std::process::Stdio::null())
            .output()
            .expect("the program starts");
        (done.status.code(), String::from_utf8_lossy(&done.stdout).into_owned())
    };
    assert!(!run("--help").1.contains("read-book"));
    assert_eq!(run("read-book"), (Some(0), String::new()));
}
