//! The self-check: nothing that an exam says may be missing from its papers without being named.

use super::whole::whole;
use crate::{Dossier, Missing, MissingKind, PaperFile, prove_papers, working_papers};
use std::io::{Cursor, Read, Write};

/// The file with one part changed.
fn changed(file: &PaperFile, part: &str, change: impl Fn(String) -> String) -> PaperFile {
    let mut from = zip::ZipArchive::new(Cursor::new(&file.bytes)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..from.len() {
        let mut entry = from.by_index(i).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        if name == part {
            let other = change(text.clone());
            assert_ne!(other, text, "the test changes nothing");
            text = other;
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(text.as_bytes()).unwrap();
    }
    PaperFile { name: file.name.clone(), bytes: to.finish().unwrap().into_inner() }
}

fn with_change(start: &str, part: &str, change: impl Fn(String) -> String) -> Vec<Missing> {
    let d = whole();
    let mut papers = working_papers(&d).unwrap();
    let file = papers.iter_mut().find(|p| p.name.starts_with(start)).expect("the paper");
    *file = changed(file, part, change);
    prove_papers(&d, &papers).expect_err("something is missing")
}

/// The row of this number taken out, the others left where they are.
fn without_row(xml: String, holding: &str) -> String {
    let row = xml.split_inclusive("</row>").find(|row| row.contains(holding)).expect("the row");
    let row = row.split_once("<row ").map_or(row.to_owned(), |(_, rest)| format!("<row {rest}"));
    xml.replacen(&row, "", 1)
}

fn missing(paper: &str, kind: MissingKind, which: &str) -> Missing {
    Missing { paper: paper.to_owned(), kind, which: which.to_owned() }
}

#[test]
fn what_was_written_is_proved() {
    for mut d in [super::fixture::dossier(), whole()] {
        prove_papers(&d, &working_papers(&d).unwrap()).expect("everything is there");
        d.items.push(super::cells::bots());
        prove_papers(&d, &working_papers(&d).unwrap()).expect("units and systems too");
    }
}

#[test]
fn a_row_that_is_lost_is_named() {
    let lost = with_change("T-COL-06", "xl/worksheets/sheet2.xml", |xml| without_row(xml, "<row r=\"50\""));
    assert_eq!(lost.len(), 1);
    assert_eq!((lost[0].paper.as_str(), lost[0].kind), ("T-COL-06", MissingKind::Exception));
    let number: u32 = lost[0].which.parse().unwrap();
    assert!((35..=45).contains(&number), "{number}");
}

#[test]
fn a_changed_note_is_named() {
    let lost = with_change("E-00", "xl/sharedStrings.xml", |xml| xml.replace("資訊處林經理", "他人"));
    assert_eq!(lost, ["E-001", "E-002", "E-003"].map(|n| missing("E-00", MissingKind::Evidence, n)));
    let lost = with_change("G-01", "xl/sharedStrings.xml", |xml| xml.replace("已補充於第五點。", ""));
    assert_eq!(lost, [missing("G-01", MissingKind::ReviewNote, "1")]);
    let lost = with_change("F-00", "xl/sharedStrings.xml", |xml| xml.replace("建立每月比對作業", "–"));
    assert_eq!(lost, [missing("F-00", MissingKind::Reply, "F01")]);
    let lost = with_change("C-COL", "xl/sharedStrings.xml", |xml| xml.replace("抽查25件", "抽查26件"));
    assert!(lost.len() > 2 && lost.iter().all(|m| m.kind == MissingKind::Answer && m.paper == "C-COL"));
}

#[test]
fn a_paper_that_is_missing_or_broken_is_named() {
    let d = whole();
    let mut papers = working_papers(&d).unwrap();
    papers.retain(|p| !p.name.starts_with("C-BSL"));
    for start in ["F-00", "T-COL-05"] {
        let file = papers.iter_mut().find(|p| p.name.starts_with(start)).expect("the paper");
        file.bytes.truncate(file.bytes.len() / 2);
    }
    let lost = prove_papers(&d, &papers).expect_err("three papers");
    assert_eq!(lost, ["C-BSL", "F-00", "T-COL-05"].map(|p| missing(p, MissingKind::Paper, "")));
    assert_eq!(lost[0].to_string(), "paper C-BSL is missing or cannot be read");
}

#[test]
fn an_item_that_no_paper_takes_is_named() {
    let mut d = whole();
    d.documents.retain(|doc| doc.code != "BSL");
    let lost = prove_papers(&d, &working_papers(&d).unwrap()).expect_err("a document without a head");
    assert!(lost.contains(&missing("C-BSL", MissingKind::Paper, "")), "{lost:?}");
}

#[test]
fn a_text_of_any_length_is_whole_in_its_paper() {
    let mut d: Dossier = whole();
    let long: String = (0..12_000).map(|n| format!("第{n}點；")).collect();
    d.findings[0].finding.condition = long.clone();
    d.findings[1].finding.effect = format!("{}\n", "逐列說明。\n".repeat(60));
    let answered = d.items.iter_mut().find(|i| !i.answers.is_empty()).expect("an answer");
    answered.answers[0].note = long.clone();
    d.tests[0].procedure.purpose = long;
    let row = &mut d.tests[0].exceptions[1];
    row.values[1].1 = Some("=長".repeat(20_000));
    let papers = working_papers(&d).unwrap();
    prove_papers(&d, &papers).expect("nothing is cut");
    for paper in &papers {
        let strings = super::book::part(paper, "xl/sharedStrings.xml");
        let longest = strings.split("<si>").map(|si| si.encode_utf16().count()).max();
        assert!(longest < Some(32_767), "{}: {longest:?}", paper.name);
    }
    let findings = papers.iter().find(|p| p.name.starts_with("F-00")).expect("the findings");
    let page = super::book::page(findings, "查核發現");
    assert_eq!(page.at(page.find("115-證-0012-F01") + 1, 0), "（續）115-證-0012-F01");
}
