//! Readers that fail, and files that make them.

use crate::parts::container;
use crate::{opened_by, program, reader, table};
use fieldbook_intake::{
    BookReader, Excess, IntakeError, Limits, OpenOptions, Source, open, open_with, text_table,
};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A reader that is a line of the shell; `$1` is the true one.
fn shell(line: &str) -> BookReader {
    let program = program().to_string_lossy().into_owned();
    let args = ["-c", line, "sh", &program].map(str::to_owned).to_vec();
    BookReader { program: "/bin/sh".into(), args }
}

fn refused(path: &Path, reader: &BookReader, limits: &Limits) -> IntakeError {
    match opened_by(path, reader, limits) {
        Ok(_) => panic!("opened"),
        Err(error) => error,
    }
}

const ODS: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

fn ods(tables: &str) -> Vec<u8> {
    let content =
        format!("<office:document-content><office:body>{tables}</office:body></office:document-content>");
    container(&[
        ("mimetype", ODS),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

#[test]
fn without_a_reader_old_formats_are_refused_by_name() {
    for kind in ["xls", "ods"] {
        let error = open(&table::fixture(&format!("table.{kind}")), &Limits::default(), None).err();
        assert!(matches!(error, Some(IntakeError::Unsupported { kind: k }) if k == kind), "{error:?}");
    }
}

#[test]
fn a_reader_that_cannot_be_started_says_so() {
    let nobody = BookReader { program: "/nowhere/at/all".into(), args: Vec::new() };
    let error = refused(&table::fixture("table.xls"), &nobody, &Limits::default());
    assert!(matches!(error, IntakeError::NoReader(_)), "{error:?}");
}

#[test]
fn a_reader_that_dies_or_talks_nonsense_is_damage_soon() {
    let start = Instant::now();
    for line in [
        "exit 0",
        "exit 3",
        "printf 'no frame at all, and long enough to be one'",
        "printf '\\003\\000\\000\\000\\377\\377\\377'; cat >/dev/null",
        "printf '\\377\\377\\377\\377'; cat >/dev/null",
        "\"$1\" | (dd bs=1 count=20 2>/dev/null; kill $$)",
    ] {
        let error = refused(&table::fixture("table.xls"), &shell(line), &Limits::default());
        assert!(matches!(error, IntakeError::Damaged { .. }), "{line}: {error:?}");
    }
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn a_reader_that_is_killed_ran_out_of_memory() {
    for line in ["kill -9 $$", "kill -6 $$"] {
        let error = refused(&table::fixture("table.xls"), &shell(line), &Limits::default());
        assert!(matches!(error, IntakeError::TooLarge { what: Excess::Memory, .. }), "{line}: {error:?}");
    }
}

#[test]
fn a_reader_that_dies_between_two_answers_is_damage() {
    // The answers about the workbook and the sheet come through, the rows do not.
    for bytes in [60, 90, 120] {
        let line = format!("\"$1\" | (dd bs=1 count={bytes} 2>/dev/null; kill $$)");
        let result = opened_by(&table::fixture("table.ods"), &shell(&line), &Limits::default());
        let error = result.and_then(|mut source| text_table(&mut source, table::SHEET, 99)).err();
        assert!(matches!(error, Some(IntakeError::Damaged { .. })), "{bytes}: {error:?}");
    }
}

#[test]
fn a_reader_that_says_nothing_is_given_up() {
    let start = Instant::now();
    let limits = Limits { max_reader_seconds: 1, ..Limits::default() };
    let error = refused(&table::fixture("table.xls"), &shell("exec sleep 100"), &limits);
    assert!(matches!(error, IntakeError::TooLarge { what: Excess::Seconds, limit: 1 }), "{error:?}");
    assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
}

#[test]
fn an_opening_is_cancelled_at_once() {
    let cancel = AtomicBool::new(false);
    let (limits, slow) = (Limits::default(), shell("exec sleep 100"));
    let options = OpenOptions { limits: &limits, encoding: None, reader: Some(&slow), cancel: Some(&cancel) };
    let start = Instant::now();
    let error = std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(200));
            cancel.store(true, Ordering::Relaxed);
        });
        open_with(&table::fixture("table.xls"), &options).err()
    });
    assert!(matches!(error, Some(IntakeError::Cancelled)), "{error:?}");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    // Whatever the format.
    let folder = tempfile::tempdir().unwrap();
    let xlsx = folder.path().join("a.xlsx");
    table::xlsx(&xlsx, table::Logical::Plain);
    let reader = reader();
    let options = OpenOptions { reader: Some(&reader), ..options };
    for path in [xlsx, table::fixture("table.xls")] {
        assert!(matches!(open_with(&path, &options).err(), Some(IntakeError::Cancelled)));
    }
}

#[test]
fn a_flag_that_is_not_raised_cancels_nothing() {
    let cancel = AtomicBool::new(false);
    let (limits, reader) = (Limits::default(), reader());
    let options =
        OpenOptions { limits: &limits, encoding: None, reader: Some(&reader), cancel: Some(&cancel) };
    let mut source: Source = open_with(&table::fixture("table.ods"), &options).expect("opened");
    cancel.store(true, Ordering::Relaxed);
    assert_eq!(text_table(&mut source, table::SHEET, 99).expect("read").len(), table::rows().len());
}

#[test]
fn a_sheet_that_asks_for_too_much_memory_is_too_large() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bomb.ods");
    let cell = r#"<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>"#;
    let row = format!(r#"<table:table-row table:number-rows-repeated="5000">{cell}</table:table-row>"#);
    std::fs::write(&path, ods(&format!(r#"<table:table table:name="a">{row}</table:table>"#))).unwrap();
    let error = refused(&path, &shell("ulimit -c 0; ulimit -v 300000; exec \"$1\""), &Limits::default());
    assert!(matches!(error, IntakeError::TooLarge { what: Excess::Memory, .. }), "{error:?}");
}

#[test]
fn a_workbook_cut_off_or_bent_anywhere_is_damaged_and_nothing_worse() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["table.xls", "table.ods"] {
        let whole = std::fs::read(table::fixture(name)).unwrap();
        let path = folder.path().join(name);
        for cut in (600..whole.len()).step_by(whole.len() / 12) {
            std::fs::write(&path, &whole[..cut]).unwrap();
            let result = opened_by(&path, &reader(), &Limits::default());
            let read = result.and_then(|mut source| text_table(&mut source, table::SHEET, 99));
            match read {
                // What was cut off may matter to nobody; what is read is all of it.
                Ok(lines) => assert_eq!(lines.len(), table::rows().len(), "{name} cut at {cut}"),
                // The list of an xls file's parts may be in what is missing: then it is no spreadsheet at all.
                Err(IntakeError::Damaged { .. } | IntakeError::NotASpreadsheet) => {}
                Err(error) => panic!("{name} cut at {cut}: {error:?}"),
            }
        }
        for at in (0..whole.len()).step_by(whole.len() / 25) {
            let mut bent = whole.clone();
            bent[at] ^= 0x5a;
            std::fs::write(&path, &bent).unwrap();
            // Some bytes do not matter; none may bring the program down.
            let _ = opened_by(&path, &reader(), &Limits::default())
                .and_then(|mut source| text_table(&mut source, table::SHEET, 99));
        }
    }
}

#[test]
fn a_password_is_named_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let encrypted = br#"<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data manifest:checksum-type="SHA1/1K"/></manifest:file-entry></manifest:manifest>"#;
    let ods = folder.path().join("a.ods");
    std::fs::write(&ods, container(&[("mimetype", ODS), ("META-INF/manifest.xml", encrypted)])).unwrap();
    // A password puts a FilePass record behind the beginning of the workbook's stream.
    let mut xls = std::fs::read(table::fixture("table.xls")).unwrap();
    let bof = memchr::memmem::find(&xls, b"\x09\x08\x10\0\0\x06\x05\0").expect("a stream");
    xls[bof + 20..bof + 28].copy_from_slice(b"\x2F\0\x06\0\0\0\x59\xB3");
    let path = folder.path().join("a.xls");
    std::fs::write(&path, xls).unwrap();
    for path in [ods, path] {
        let error = refused(&path, &reader(), &Limits::default());
        assert!(matches!(error, IntakeError::Locked), "{}: {error:?}", path.display());
    }
}

#[test]
fn no_process_is_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    let seen = folder.path().join("pid");
    let line = format!("echo $$ > '{}'; exec \"$1\"", seen.display());
    let mut source =
        opened_by(&table::fixture("table.xls"), &shell(&line), &Limits::default()).expect("opened");
    text_table(&mut source, table::SHEET, 99).expect("read");
    let number = std::fs::read_to_string(&seen).expect("noted").trim().to_owned();
    let process = Path::new("/proc").join(number);
    assert!(process.exists(), "the reader waits for the next question");
    drop(source);
    assert!(!process.exists(), "not even a zombie");
}
