//! Taking files into custody: what is read stays as it is, what changes meanwhile is refused, what is stopped leaves nothing.

use fieldbook_app::wire::*;
use fieldbook_app::{AppError, Desk, evidence};
use fieldbook_tests::desk::{FIRST, with_exam};
use fieldbook_tests::peak::peak_mib;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

const MIB: usize = 1 << 20;

/// A file of so many bytes that no two parts of are the same.
fn large(path: &Path, mib: usize) -> PathBuf {
    let mut file = fs::File::create(path).expect("a file");
    for n in 0..mib {
        let bytes: Vec<u8> = (0..MIB).map(|i| ((i * 31 + n * 17) % 251) as u8).collect();
        file.write_all(&bytes).expect("written");
    }
    path.to_owned()
}

fn take(
    desk: &mut Desk,
    files: &[&Path],
    tell: &mut dyn FnMut(EvidenceProgressView),
) -> Result<EvidenceTakenView, AppError> {
    let file =
        |path: &&Path| EvidenceFile { path: path.to_string_lossy().into_owned(), acquired_at: String::new() };
    let request = EvidenceTakeRequest {
        files: files.iter().map(file).collect(),
        about: EvidenceAbout { source: "資訊部".into(), ..EvidenceAbout::default() },
        findings: Vec::new(),
    };
    evidence::evidence_take(desk, &request, tell)
}

#[test]
fn several_files_come_in_at_once_and_what_cannot_is_said() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("an exam");
    let [first, second] = ["甲 乙.txt", "照片.jpg"].map(|name| folder.path().join(name));
    fs::write(&first, "一").expect("written");
    fs::write(&second, "二").expect("written");
    let before = fs::metadata(&first).expect("there").modified().expect("a time");
    let missing = folder.path().join("缺.pdf");
    let taken = take(&mut desk, &[&first, &missing, folder.path(), &second], &mut |_| {}).expect("taken");
    let names: Vec<&str> = taken.taken.iter().map(|e| e.name.as_str()).collect();
    assert_eq!(names, ["甲 乙.txt", "照片.jpg"]);
    assert_eq!(taken.refused.len(), 2);
    assert!(taken.refused[0].error.message.contains("路徑不存在"), "{}", taken.refused[0].error.message);
    assert!(taken.refused[1].error.message.contains("不是檔案"), "{}", taken.refused[1].error.message);
    assert_eq!(fs::metadata(&first).expect("there").modified().expect("a time"), before);
    let chain = evidence::evidence_custody(&desk, &EvidenceRequest { id: 1 }).expect("a chain");
    assert_eq!(
        (chain[0].event, chain[0].from.as_str(), chain[0].to.as_str()),
        (CustodyWord::TakenIn, "資訊部", FIRST)
    );
}

#[test]
fn a_file_that_changes_while_it_is_read_is_refused() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("an exam");
    let file = large(&folder.path().join("記憶體.bin"), 24);
    let mut changed = false;
    let taken = take(&mut desk, &[&file], &mut |_| {
        if !std::mem::replace(&mut changed, true) {
            let mut file = fs::OpenOptions::new().append(true).open(&file).expect("opens");
            file.write_all(b"more").expect("written");
        }
    });
    let taken = taken.expect("an answer");
    assert!(changed && taken.taken.is_empty());
    assert!(taken.refused[0].error.message.contains("被更動"), "{}", taken.refused[0].error.message);
    assert!(evidence::evidence(&desk).expect("lists").is_empty());
    let again = take(&mut desk, &[&file], &mut |_| {}).expect("an answer");
    assert_eq!(again.taken[0].number, "E-001", "left alone it is taken");
}

#[test]
fn stopping_keeps_what_was_taken_and_nothing_of_the_rest() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("an exam");
    let small = folder.path().join("小.txt");
    fs::write(&small, "一").expect("written");
    let file = large(&folder.path().join("大.bin"), 40);
    let stop = desk.cancel_flag();
    let mut told = Vec::new();
    let taken = take(&mut desk, &[&small, &file, &small], &mut |p| {
        if p.no == 2 {
            stop.store(true, Ordering::Relaxed);
        }
        told.push((p.no, p.files));
    });
    let taken = taken.expect("an answer");
    assert!(taken.cancelled && taken.refused.is_empty());
    assert_eq!(taken.taken.iter().map(|e| e.number.as_str()).collect::<Vec<_>>(), ["E-001"]);
    assert_eq!(told.iter().map(|t| t.0).max(), Some(2), "the third was not begun");
    assert_eq!(evidence::evidence(&desk).expect("lists").len(), 1);
}

#[test]
fn no_copy_is_outside_without_an_entry_and_a_returned_original_can_still_be_copied() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("an exam");
    let file = folder.path().join("申請單.txt");
    fs::write(&file, "帳號申請單").expect("written");
    take(&mut desk, &[&file], &mut |_| {}).expect("taken");
    let told = |event, to: &str, receipt: &str| CustodyRequest {
        id: 1,
        event,
        from: String::new(),
        to: to.into(),
        place: String::new(),
        purpose: String::new(),
        condition: String::new(),
        seal: String::new(),
        receipt: receipt.into(),
        happened_at: String::new(),
    };
    let refused =
        |desk: &mut Desk, request| evidence::evidence_record(desk, &request).expect_err("refused").key();
    assert_eq!(refused(&mut desk, told(CustodyWord::Viewed, "甲", "")), "bad_custody");
    assert_eq!(refused(&mut desk, told(CustodyWord::HandedOver, " ", "")), "required");
    assert_eq!(refused(&mut desk, told(CustodyWord::Returned, "資訊部", "")), "required");
    let piece =
        evidence::evidence_record(&mut desk, &told(CustodyWord::HandedOver, "鑑識組", "")).expect("recorded");
    assert_eq!((piece.moved, piece.holder.as_str()), (Some(CustodyWord::HandedOver), "鑑識組"));
    evidence::evidence_record(&mut desk, &told(CustodyWord::Returned, "資訊部", "收據 3")).expect("recorded");
    assert_eq!(refused(&mut desk, told(CustodyWord::Destroyed, "", "紀錄 1")), "out_of_custody");
    let copy = folder.path().join("出").join("副本.txt");
    let request = EvidenceExportRequest { id: 1, path: copy.to_string_lossy().into_owned() };
    evidence::evidence_export(&mut desk, &request).expect("handed out");
    let nowhere = EvidenceExportRequest { id: 1, path: file.join("x").to_string_lossy().into_owned() };
    assert!(evidence::evidence_export(&mut desk, &nowhere).is_err());
    let chain = evidence::evidence_custody(&desk, &EvidenceRequest { id: 1 }).expect("a chain");
    let events: Vec<CustodyWord> = chain.iter().map(|c| c.event).collect();
    use CustodyWord as W;
    assert_eq!(events, [W::TakenIn, W::HandedOver, W::Returned, W::CopiedOut]);
    assert_eq!(chain[2].from, "鑑識組", "from whoever had it");
    assert_eq!(chain[3].place, copy.to_string_lossy());
    assert!(chain.iter().all(|c| c.sha256 == piece.sha256));
}

#[test]
fn memory_does_not_grow_with_the_file() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("an exam");
    let file = large(&folder.path().join("大.bin"), 96);
    let before = peak_mib();
    take(&mut desk, &[&file], &mut |_| {}).expect("taken");
    let copy = folder.path().join("副本.bin");
    let request = EvidenceExportRequest { id: 1, path: copy.to_string_lossy().into_owned() };
    evidence::evidence_export(&mut desk, &request).expect("handed out");
    if let (Some(before), Some(after)) = (before, peak_mib()) {
        assert!(after - before < 64.0, "{before} MiB, then {after} MiB");
    }
    assert!(fs::read(&copy).expect("copy") == fs::read(&file).expect("original"));
}
