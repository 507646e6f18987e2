//! `fieldbook evidence …`: the chain of custody, and looking at a piece without a copy of it.

use crate::call::{Desk, program, text};
use crate::exams::PROFILE;
use fieldbook_app::host::book_reader;
use fieldbook_app::wire::*;
use fieldbook_app::{Desk as App, evidence};
use fieldbook_tests::desk::{host, with_exam};
use std::path::Path;

fn exam(desk: &Desk) -> String {
    std::fs::write(desk.path("profile.toml"), PROFILE).expect("profile");
    std::fs::write(desk.path("系統日誌.log"), "登入成功\n登入失敗\n").expect("evidence");
    let call = ["exam", "new", "--firm", "丙丁證券", "--profile", "profile.toml", "--as-of", "2026-03-31"];
    let more = ["--period", "2025-01-01..2026-03-31", "--examiner", "查核員甲"];
    let exam = text(&desk.done(&[&call[..], &more].concat())["exam"]).to_owned();
    desk.done(&["evidence", "add", &exam, "系統日誌.log", "--source", "資訊部"]);
    exam
}

#[test]
fn a_piece_is_looked_at_handed_over_and_returned() {
    let desk = Desk::with_vault();
    let exam = exam(&desk);
    let shown = desk.done(&["evidence", "preview", &exam, "E-001"]);
    assert_eq!(text(&shown["kind"]), "text");
    assert_eq!(text(&shown["text"]["text"]), "登入成功\n登入失敗\n");
    let transfer = |more: &[&str]| desk.done(&[&["evidence", "transfer", &exam, "E-001"], more].concat());
    transfer(&["--event", "handed_over", "--to", "鑑識組", "--seal", "S-7"]);
    let piece = transfer(&["--event", "returned", "--to", "資訊部", "--receipt", "收據 3"]);
    assert_eq!(text(&piece["moved"]), "returned");
    let shown = desk.done(&["evidence", "show", &exam, "E-001"]);
    let chain = shown["custody"].as_array().expect("a chain");
    let events: Vec<&str> = chain.iter().map(|c| text(&c["event"])).collect();
    assert_eq!(events, ["taken_in", "viewed", "handed_over", "returned"]);
    assert_eq!((text(&chain[3]["from"]), text(&chain[3]["receipt"])), ("鑑識組", "收據 3"));
}

/// A desk whose files are shown by the program.
fn with_reader(folder: &Path) -> App {
    let (desk, exam) = with_exam(folder).expect("an exam");
    drop(desk);
    let shower = fieldbook_app::Host { book_reader: Some(book_reader(program())), ..host(folder) };
    let mut desk = App::new(shower).expect("a desk");
    fieldbook_tests::desk::reopen(&mut desk, folder, &exam.head.id).expect("opens");
    desk
}

#[test]
fn a_look_is_recorded_once_and_a_thumbnail_is_none() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = with_reader(folder.path());
    let file = folder.path().join("點.bmp");
    // One white point, 24 bits (BITMAPINFOHEADER).
    let head =
        [b"BM\x3a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01\0\0\0\x01\0\0\0\x01\0\x18\0".as_slice(), &[0_u8; 24]];
    std::fs::write(&file, [head.concat().as_slice(), b"\xff\xff\xff\0"].concat()).expect("written");
    let request = EvidenceAddRequest {
        path: file.to_string_lossy().into_owned(),
        about: EvidenceAbout { source: "現場".into(), ..EvidenceAbout::default() },
        findings: Vec::new(),
    };
    evidence::evidence_add(&mut desk, &request).expect("kept");
    let one = EvidenceRequest { id: 1 };
    let thumbnail = evidence::evidence_thumbnail(&mut desk, &one).expect("a picture");
    assert!(thumbnail.data.starts_with("data:image/png;base64,iVBOR"));
    assert_eq!(evidence::evidence_custody(&desk, &one).expect("a chain").len(), 1);
    let facts = evidence::evidence_preview(&mut desk, &one).expect("is shown");
    assert_eq!((facts.kind, facts.pages, facts.width), (PreviewKindWord::Image, 1, Some(1)));
    let page = EvidencePageRequest { id: 1, page: 0, width: 800 };
    evidence::evidence_page(&mut desk, &page).expect("a page");
    let missing = EvidencePageRequest { page: 7, ..page.clone() };
    assert_eq!(
        evidence::evidence_page(&mut desk, &missing).expect_err("no such page").key(),
        "preview_damaged"
    );
    evidence::evidence_page(&mut desk, &page).expect("and another process shows it again");
    assert_eq!(evidence::evidence_custody(&desk, &one).expect("a chain").len(), 2);
}

#[test]
fn what_cannot_be_shown_is_said_in_words() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = with_reader(folder.path());
    for (n, (name, bytes, key)) in (1..).zip([
        ("空.pdf", b"".as_slice(), "preview_empty"),
        ("壞.pdf", b"%PDF-1.7\nnothing".as_slice(), "preview_damaged"),
        (
            "炸.png",
            b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xea\x60\0\0\xea\x60\x08\x02\0\0\0".as_slice(),
            "preview_damaged",
        ),
    ]) {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).expect("written");
        let request = EvidenceAddRequest {
            path: file.to_string_lossy().into_owned(),
            about: EvidenceAbout { source: "資訊部".into(), ..EvidenceAbout::default() },
            findings: Vec::new(),
        };
        evidence::evidence_add(&mut desk, &request).expect("kept all the same");
        let refused = evidence::evidence_preview(&mut desk, &EvidenceRequest { id: n }).expect_err(name);
        assert!([key, "preview_too_large"].contains(&refused.key()), "{name}: {}", refused.key());
    }
}
