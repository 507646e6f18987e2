//! The chain of custody, and bytes that never change.

use crate::fixture::*;
use crate::review::piece;
use fieldbook_model::{CustodyEntry, CustodyEvent, Evidence};
use fieldbook_vault::{ExamStore, VaultError};
use rusqlite::Connection;
use std::io::{self, Read};
use std::path::Path;
use tempfile::tempdir;

const MIB: u64 = 1 << 20;

fn told(evidence: i64, event: CustodyEvent) -> CustodyEntry {
    CustodyEntry {
        id: 0,
        evidence,
        event,
        from: "王查核".into(),
        to: "資訊部林經理".into(),
        place: "受查單位會議室".into(),
        purpose: "歸還原件".into(),
        condition: "完好".into(),
        seal: "S-0007".into(),
        receipt: "收據 115-3".into(),
        sha256: String::new(),
        happened_at: at(),
        by: EXAMINER.into(),
        at: at(),
    }
}

fn events(store: &ExamStore) -> Vec<CustodyEvent> {
    store.custody().expect("reads").into_iter().map(|e| e.event).collect()
}

fn raw(dir: &Path) -> Connection {
    exam_database(&dir.join("exams/e1.db"), "e1")
}

fn counted(conn: &Connection, table: &str) -> i64 {
    conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |r| r.get(0)).expect("counts")
}

/// Bytes that end, or break off, after so many.
struct Bytes {
    left: u64,
    breaks: bool,
}

impl Read for Bytes {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 && self.breaks {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        let n = usize::try_from(self.left).unwrap_or(usize::MAX).min(to.len());
        to[..n].fill(u8::try_from(self.left % 251).expect("a byte"));
        self.left -= n as u64;
        Ok(n)
    }
}

#[test]
fn a_piece_tells_where_it_was_from_the_taking_in_to_the_return() {
    let dir = tempdir().expect("a folder");
    let (vault, mut store) = with_exam(dir.path());
    let kept = store.add_evidence(&piece("甲.pdf"), &mut [7_u8; 9].as_slice()).expect("is kept");
    store.record_custody(&told(1, CustodyEvent::HandedOver)).expect("is recorded");
    store.record_custody(&told(1, CustodyEvent::Returned)).expect("is recorded");
    let all = store.custody().expect("reads");
    assert_eq!(events(&store), [CustodyEvent::TakenIn, CustodyEvent::HandedOver, CustodyEvent::Returned]);
    assert_eq!((all[0].from.as_str(), all[0].to.as_str()), ("資訊部", EXAMINER));
    let expected = CustodyEntry { id: 3, sha256: kept.sha256, ..told(1, CustodyEvent::Returned) };
    assert_eq!(all[2], expected, "with the receipt, and the hash of what is kept");
    let gone = Err(VaultError::OutOfCustody { id: 1 });
    assert_eq!(store.record_custody(&told(1, CustodyEvent::HandedOver)), gone);
    assert_eq!(store.record_custody(&told(1, CustodyEvent::Destroyed)), gone);
    store.record_custody(&told(1, CustodyEvent::CopiedOut)).expect("what is kept here can still be copied");
    let unknown = store.record_custody(&told(2, CustodyEvent::Returned));
    assert_eq!(unknown, Err(VaultError::UnknownEvidence { id: 2 }));
    let nobody = CustodyEntry { by: " ".into(), ..told(1, CustodyEvent::CopiedOut) };
    assert_eq!(store.record_custody(&nobody), Err(VaultError::NoPerson));
    let journal = store.journal(0, 99).expect("reads");
    let recorded = journal.iter().filter(|e| e.action == "evidence.transfer").count();
    assert_eq!(recorded, 3, "taking in has an entry of its own");
    drop(store);
    assert_eq!(vault.verify(), Ok(vec![]));
}

#[test]
fn a_look_is_recorded_once_for_a_person_and_a_day() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    store.add_evidence(&piece("甲.pdf"), &mut [7_u8; 9].as_slice()).expect("is kept");
    let look = told(1, CustodyEvent::Viewed);
    let first = store.record_custody(&look).expect("is recorded");
    let later =
        CustodyEntry { at: at().checked_add(jiff::Span::new().hours(2)).expect("later"), ..look.clone() };
    assert_eq!(store.record_custody(&later), Ok(first));
    let another = CustodyEntry { by: "林覆核".into(), ..look.clone() };
    assert_eq!(store.record_custody(&another), Ok(first + 1));
    let tomorrow = CustodyEntry { at: at().checked_add(jiff::Span::new().days(1)).expect("later"), ..look };
    assert_eq!(store.record_custody(&tomorrow), Ok(first + 2));
}

#[test]
fn nothing_changes_what_was_taken_in_nor_what_was_recorded_of_it() {
    let dir = tempdir().expect("a folder");
    let (vault, mut store) = with_exam(dir.path());
    store.add_evidence(&piece("甲.pdf"), &mut Bytes { left: 3 * MIB, breaks: false }).expect("is kept");
    drop(store);
    let conn = raw(dir.path());
    for refused in [
        "UPDATE evidence_chunk SET bytes = zeroblob(9)",
        "DELETE FROM evidence_chunk",
        "INSERT INTO evidence_chunk SELECT taking, 99, x'00' FROM evidence",
        "UPDATE evidence SET sha256 = 'x'",
        "UPDATE evidence SET size = 1",
        "UPDATE evidence SET taking = NULL",
        "DELETE FROM evidence",
        "UPDATE evidence_transfer SET by = 'x'",
        "DELETE FROM evidence_transfer",
    ] {
        assert!(conn.execute(refused, []).is_err(), "{refused}");
    }
    drop(conn);
    assert_eq!(vault.verify(), Ok(vec![]));
}

#[test]
fn a_file_that_breaks_off_leaves_nothing() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    let broken = store.add_evidence(&piece("甲.pdf"), &mut Bytes { left: 40 * MIB, breaks: true });
    assert_eq!(broken, Err(VaultError::Io(io::ErrorKind::BrokenPipe)));
    let same = [7_u8; 9];
    store.add_evidence(&piece("甲.pdf"), &mut same.as_slice()).expect("is kept");
    let again = store.add_evidence(&piece("乙.pdf"), &mut same.as_slice());
    assert_eq!(again, Err(VaultError::EvidenceKept { id: 1 }));
    let numbers: Vec<i64> = store.evidence().expect("reads").iter().map(|e| e.id).collect();
    assert_eq!(numbers, [1], "no number is lost either");
    drop(store);
    let conn = raw(dir.path());
    assert_eq!((counted(&conn, "evidence_taking"), counted(&conn, "evidence_chunk")), (0, 1));
}

#[test]
fn the_write_ahead_log_does_not_grow_with_the_file() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    let kept = store.add_evidence(&piece("甲.bin"), &mut Bytes { left: 96 * MIB, breaks: false });
    assert_eq!(kept.map(|e: Evidence| e.size), Ok(96 * MIB));
    let log = std::fs::metadata(dir.path().join("exams/e1.db-wal")).expect("is there").len();
    assert!(log < 40 * MIB, "{log}");
}
