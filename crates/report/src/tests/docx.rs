//! The report as a Word document: what a person who edits it finds in it.

use super::closed::full;
use super::fixture::{CONDITION, dossier};
use super::pdf::joined;
use crate::doc::Block;
use crate::{Dossier, build, report_docx};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::BTreeSet;
use std::io::{Cursor, Read};

fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The values of `w:val` of these elements.
fn values(xml: &str, tags: &[&str]) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut values = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return values,
            Event::Start(e) | Event::Empty(e) if tags.contains(&e.name().as_ref()) => {
                let value = e.attributes().map(Result::unwrap).find(|a| a.key.as_ref() == "w:val");
                values.extend(value.map(|v| v.value.into_owned()));
            }
            _ => {}
        }
    }
}

/// The text of the runs.
fn text(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    let (mut out, mut inside) = (String::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return out,
            Event::Start(e) => inside = e.name().as_ref() == "w:t",
            Event::End(_) => inside = false,
            Event::Text(t) if inside => out.push_str(&t),
            Event::GeneralRef(name) if inside => out.push_str(match name.as_ref() {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                _ => "'",
            }),
            _ => {}
        }
    }
}

#[test]
fn every_text_of_the_report_is_in_the_document_in_order() {
    let report = build::report_to_edit(&full());
    let text = joined(&text(&part(&report_docx(&full()).unwrap(), "word/document.xml")));
    let mut at = text.rfind("壹、查核概要").unwrap();
    for part in report.blocks.iter().flat_map(Block::texts).map(|t| joined(&t)) {
        let found = text[at..].find(&part);
        assert!(found.is_some(), "{part}");
        at += found.unwrap() + part.len();
    }
    assert!(text.contains(&joined(CONDITION)));
    assert!(!text.contains("均有對應字形"), "of fonts that are not this program's nothing is claimed");
}

#[test]
fn every_style_that_is_used_is_one_that_the_document_has() {
    let bytes = report_docx(&full()).unwrap();
    let document = part(&bytes, "word/document.xml");
    let used: BTreeSet<_> = values(&document, &["w:pStyle", "w:rStyle", "w:tblStyle"]).into_iter().collect();
    let styles = part(&bytes, "word/styles.xml");
    for style in &used {
        assert!(styles.contains(&format!("w:styleId=\"{style}\"")), "{style}");
    }
    for style in ["Heading1", "Heading2", "Heading3", "FbTable", "TOC1", "CellRight", "Fail"] {
        assert!(used.contains(style), "{style} of {used:?}");
    }
}

#[test]
fn contents_page_numbers_and_lists_are_fields_of_the_word_processor() {
    let bytes = report_docx(&full()).unwrap();
    let document = part(&bytes, "word/document.xml");
    assert!(document.contains("TOC \\o"));
    for mark in document.split("w:anchor=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(document.contains(&format!("w:name=\"{mark}\"")), "{mark}");
    }
    assert_eq!(document.matches("\"begin\"").count(), document.matches("\"end\"").count());
    let footer = part(&bytes, "word/footer1.xml");
    assert!(footer.contains(">PAGE<") && footer.contains(">NUMPAGES<"), "{footer}");
    assert!(document.contains("<w:numId w:val=\"1\"/>"));
    assert!(part(&bytes, "word/numbering.xml").contains("w:numId=\"1\""));
    assert!(document.contains("<w:tblHeader/>") && document.contains("<w:cantSplit/>"));
}

#[test]
fn a_chart_is_one_of_the_word_processor_with_its_figures_inside() {
    let bytes = report_docx(&full()).unwrap();
    let charts = build::report_to_edit(&full()).blocks.into_iter().filter_map(|block| match block {
        Block::Chart(chart) => Some(chart),
        _ => None,
    });
    let relations = part(&bytes, "word/_rels/document.xml.rels");
    let document = part(&bytes, "word/document.xml");
    let mut seen = 0;
    for (n, chart) in (1..).zip(charts) {
        let name = format!("charts/chart{n}.xml");
        let drawn = part(&bytes, &format!("word/{name}"));
        assert!(relations.contains(&format!("Id=\"rIdChart{n}\"")) && relations.contains(&name));
        assert!(document.contains(&format!("r:id=\"rIdChart{n}\"")));
        assert!(part(&bytes, "[Content_Types].xml").contains(&format!("/word/{name}")));
        for (at, series) in chart.series.iter().enumerate() {
            let figures: Vec<String> =
                chart.bars.iter().map(|bar| format!("<c:v>{}</c:v>", bar.figures[at])).collect();
            let own = drawn.split("<c:ser>").nth(at + 1).unwrap();
            assert!(own.contains(&series.name), "{}", series.name);
            let values = &own[own.find("<c:val>").unwrap()..];
            let found: Vec<&str> =
                values.split("<c:v>").skip(1).map(|v| &v[..v.find('<').unwrap()]).collect();
            assert_eq!(found.len(), figures.len());
            assert!(figures.iter().zip(found).all(|(f, v)| f.contains(&format!(">{v}<"))), "{own}");
        }
        seen += 1;
    }
    assert_eq!(seen, 4);
}

#[test]
fn the_same_report_gives_the_same_bytes_and_a_draft_says_so() {
    assert!(report_docx(&full()).unwrap() == report_docx(&full()).unwrap());
    let header = |d: &Dossier, n: u8| text(&part(&report_docx(d).unwrap(), &format!("word/header{n}.xml")));
    let last = Dossier { draft: false, ..dossier() };
    for n in [1, 2] {
        assert!(header(&dossier(), n).contains("草稿"));
        assert!(!header(&last, n).contains("草稿"));
    }
}

#[test]
fn signs_that_xml_cannot_hold_do_not_break_the_document() {
    let mut odd = full();
    odd.findings[0].finding.cause = "甲\u{0}乙\u{b}丙<w:t>&\u{ffff}丁".to_owned();
    let bytes = report_docx(&odd).unwrap();
    let text = text(&part(&bytes, "word/document.xml"));
    assert!(text.contains("甲乙丙<w:t>&丁"));
}
